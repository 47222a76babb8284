"""A person who knows only Excel plans a new contract over three materials, with keys, clipboard and a few clicks."""

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from planner.analysis import Period, Subject
from planner.model import Contract, Delivery, Line, Organisation, Volume
from planner.plan import Plan
from planner.units import Basis, Month
from tests.journeys.desk import CONTROL, SHIFT, Desk, button, click, visible_dialogs
from tests.ui.grids.keys import press, typing
from ui.dialogs.agree_volumes import AgreeVolumesDialog
from ui.dialogs.new_record import NewRecordDialog
from ui.grids.grid_view import GridView
from ui.grids.rectangle import Rectangle
from ui.pages.contracts import ContractsPage
from ui.pages.deliveries import DeliveriesPage

REFERENCE = "NEW-3M-2027"
YEARS = range(2027, 2034)
# What the person has in a workbook: the material and two percentages of flexibility and one of take-or-pay.
LINES = "CoSO4.7H2O\t\t10\t10\t80\r\nMnSO4.H2O\t\t10\t10\t80\r\nCu\t\t10\t10\t80\r\n"
FULL = "5000\r\n4000\r\n1200\r\n"


class Pictures:
    """Takes a picture of the screen after each step, to be looked at."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk = desk
        self._folder = folder
        self.taken: list[Path] = []

    def take(self, name: str) -> None:
        """Take a picture of the window with what lies over it; an empty one is no picture."""
        QApplication.processEvents()
        top = next(iter(visible_dialogs(self._desk.window)), self._desk.window)
        image = top.grab()
        path = self._folder / f"{len(self.taken):02d} {name}.png"
        assert image.save(str(path))
        assert image.width() > 200
        self.taken.append(path)


def contracts_page(desk: Desk) -> ContractsPage:
    page = desk.window.page
    assert isinstance(page, ContractsPage)
    return page


def cells(*texts: str) -> None:
    """Type texts into cells from left to right; an empty one leaves its cell as it is."""
    for text in texts:
        typing(text)
        press(Qt.Key.Key_Tab)


def make_organisation(desk: Desk, name: str, pictures: Pictures) -> None:
    """Fill in the dialog that asks for an organisation that is not there yet."""
    dialog = desk.dialog(NewRecordDialog)
    assert isinstance(dialog.focusWidget(), QLineEdit)
    typing(name)
    pictures.take("a new organisation")
    press(Qt.Key.Key_Return)
    desk.wait(lambda: not visible_dialogs(desk.window))
    desk.activate()


def paste(text: str) -> None:
    """Put on the clipboard what a spreadsheet copied, and paste it."""
    QGuiApplication.clipboard().setText(text)
    press(Qt.Key.Key_V, CONTROL)


def type_header(desk: Desk, page: ContractsPage, pictures: Pictures) -> None:
    """Type the contract into the row with the asterisk; neither supplier nor buyer is in the plan."""
    click(button(page, "New contract"))
    desk.wait(lambda: page.list.is_editing)
    cells(REFERENCE, "Cobalt, manganese and copper")
    typing("NEWCO")
    pictures.take("an unknown supplier")
    press(Qt.Key.Key_Tab)
    make_organisation(desk, "New mining company", pictures)
    press(Qt.Key.Key_Tab)
    typing("MAKER")
    press(Qt.Key.Key_Tab)
    make_organisation(desk, "Car maker", pictures)
    press(Qt.Key.Key_Tab)
    pictures.take("what is still needed")
    cells("Signed", "", "1/27", "dec 2033")


def fill_lines(desk: Desk, page: ContractsPage, pictures: Pictures) -> None:
    """Paste the lines of a workbook below the heading Material."""
    lines = page.views["lines"]
    desk.shortcut(Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
    assert page.grid is lines
    lines.go_to((0, page.parts["lines"].column_of("material")))
    paste(LINES)
    pictures.take("three lines")


def agree_volumes(desk: Desk, pictures: Pictures) -> None:
    """Paste full volumes, choose a ramp-up over three years for all lines at once, and agree."""
    desk.shortcut(Qt.Key.Key_A, CONTROL | SHIFT)
    dialog = desk.dialog(AgreeVolumesDialog)
    paste(FULL)
    set_all(dialog.grid, 2, "Linear")
    set_all(dialog.grid, 3, "3")
    pictures.take("the ramp-up")
    click(button(dialog, "Agree volumes"))
    desk.wait(lambda: not visible_dialogs(desk.window))


def set_all(grid: GridView, column: int, text: str) -> None:
    """Select a column of three cells, type into the first and press Ctrl+Enter."""
    grid.setFocus()
    grid.go_to((0, column))
    grid.select(Rectangle(0, column, 2, column))
    grid.selectionModel().setCurrentIndex(grid.grid.index(0, column), QItemSelectionModel.SelectionFlag.NoUpdate)
    typing(text)
    press(Qt.Key.Key_Return, CONTROL)


def volumes(plan: Plan, line: int) -> dict[int, int]:
    """Return the agreed tonnes of a line by contract year."""
    found = (row.record for row in plan.rows("volumes", {"contract": REFERENCE, "line": line}))
    return {volume.year: volume.agreed_kg // 1_000 for volume in found if isinstance(volume, Volume)}


def test_a_contract_over_three_materials_is_planned_in_five_minutes(desk: Desk, empty: Path, tmp_path: Path) -> None:
    plan = desk.start(empty).plan
    pictures = Pictures(desk, tmp_path)
    edits = len(plan.history())
    desk.go(Qt.Key.Key_2)
    page = contracts_page(desk)
    pictures.take("nothing yet")
    type_header(desk, page, pictures)
    assert page.chosen_contract == REFERENCE
    fill_lines(desk, page, pictures)
    agree_volumes(desk, pictures)
    pictures.take("a whole contract")
    check_records(plan)
    # Two organisations, the contract, its lines, its volumes with their months: five things were done.
    assert len(plan.history()) == edits + 5
    check_deliveries(desk, pictures)
    check_cover(desk, plan, pictures)
    assert len(pictures.taken) == 10
    take_back(desk, plan, edits)


def check_records(plan: Plan) -> None:
    """Look whether the plan holds what was meant."""
    contract = plan.find("contracts", (REFERENCE,))
    assert contract is not None
    assert contract.record == Contract(
        reference=REFERENCE,
        title="Cobalt, manganese and copper",
        supplier="NEWCO",
        buyer="MAKER",
        stage="signed",
        start_month=Month.of(2027, 1),
        end_month=Month.of(2033, 12),
    )
    organisations = [row.record for row in plan.rows("organisations") if isinstance(row.record, Organisation)]
    assert [(each.name, each.role) for each in organisations] == [
        ("Car maker", "buyer"),
        ("New mining company", "supplier"),
    ]
    lines = [row.record for row in plan.rows("lines") if isinstance(row.record, Line)]
    assert [(each.line, each.material) for each in lines] == [(1, "CoSO4.7H2O"), (2, "MnSO4.H2O"), (3, "Cu")]
    terms = {(each.flexibility_down_ppm, each.flexibility_up_ppm, each.take_or_pay_ppm) for each in lines}
    assert terms == {(100_000, 100_000, 800_000)}
    # A third, two thirds, then the full volume; whole kilograms, told here in tonnes.
    assert volumes(plan, 1) == dict(zip(YEARS, (1_666, 3_333, 5_000, 5_000, 5_000, 5_000, 5_000), strict=True))
    assert volumes(plan, 2) == dict(zip(YEARS, (1_333, 2_666, 4_000, 4_000, 4_000, 4_000, 4_000), strict=True))
    assert volumes(plan, 3) == dict(zip(YEARS, (400, 800, 1_200, 1_200, 1_200, 1_200, 1_200), strict=True))
    months = [row.record for row in plan.rows("deliveries") if isinstance(row.record, Delivery)]
    assert len(months) == 3 * 7 * 12
    agreed = sum(row.record.agreed_kg for row in plan.rows("volumes") if isinstance(row.record, Volume))
    assert sum(each.quantity_kg for each in months) == agreed


def check_deliveries(desk: Desk, pictures: Pictures) -> None:
    """Look at the months: what is agreed is planned, nothing is left, nothing lies beyond the flexibility."""
    desk.deliveries()
    page = desk.window.page
    assert isinstance(page, DeliveriesPage)
    model = page.deliveries
    shown = [[str(model.index(row, column).data()) for column in range(6)] for row in range(model.rowCount())]
    assert [row[4:] for row in shown] == [["30,000", "0"], ["24,000", "0"], ["7,200", "0"]]
    pictures.take("the months")


def check_cover(desk: Desk, plan: Plan, pictures: Pictures) -> None:
    """Look at the chart: the contract is firm supply of its three elements."""
    overview = desk.overview()
    for element, tonnes in (("Co", 5_000 * 0.20966), ("Mn", 4_000 * 0.32506), ("Cu", 1_200)):
        subject = Subject("element", element)
        overview.choose(subject)
        table = plan.cover(subject, by=Period.YEAR, basis=Basis.METAL, start=Month.of(2030, 1), end=Month.of(2030, 12))
        assert round(table.rows[0].firm) == round(tonnes)
    pictures.take("the cover of copper")


def take_back(desk: Desk, plan: Plan, edits: int) -> None:
    """Undo everything, one edit after the other."""
    desk.go(Qt.Key.Key_2)
    for _ in range(5):
        desk.shortcut(Qt.Key.Key_Z)
    desk.wait(lambda: plan.count("contracts") == 0)
    assert plan.count("organisations") == plan.count("deliveries") == 0
    assert len(plan.history()) == edits + 5
