"""A view of a grid works as a spreadsheet: clipboard, fill, deletion, sums, sorting."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from planner.plan import Plan
from tests.ui.grids.conftest import DEC, JAN
from tests.ui.grids.keys import clip, column, marked, place, press, select, selected, shown_view, text, typing
from ui.grids.grid_view import WIDEST_PX, GridView, ask_take_along
from ui.grids.matrix_model import delivery_model
from ui.grids.record_model import RecordModel
from ui.plan_signals import PlanSignals

NARROW = "\N{NARROW NO-BREAK SPACE}"
MONTH, QUANTITY, STATUS = 0, 1, 2
CONTROL = Qt.KeyboardModifier.ControlModifier
FILLS = ["Fill down", "Fill right", "Fill series"]


class Asked:
    """Stands in for the question whether dependents go along."""

    def __init__(self) -> None:
        """Say no until told otherwise."""
        self.answer = False
        self.sentences: list[str] = []

    def __call__(self, parent: QWidget, sentence: str) -> bool:
        """Keep the question."""
        assert isinstance(parent, GridView)
        self.sentences.append(sentence)
        return self.answer


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def contracts(qtbot: QtBot, plan: Plan, signals: PlanSignals, asked: Asked) -> GridView:
    return shown_view(qtbot, GridView(RecordModel(plan, signals, "contracts"), confirm=asked))


def test_a_selection_is_copied_as_a_spreadsheet_reads_it(view: GridView) -> None:
    select(view, 1, MONTH, 2, STATUS)
    press(Qt.Key.Key_C, CONTROL)
    assert clip() == "2025-02\t410\tConfirmed\n2025-03\t1250\tPlanned\n"


def test_cells_that_are_not_selected_are_copied_empty(view: GridView) -> None:
    select(view, 0, MONTH, 0, MONTH)
    flags = QItemSelectionModel.SelectionFlag.Select
    view.selectionModel().select(view.grid.index(1, QUANTITY), flags)
    assert view.selected_block() == (("2025-01", ""), ("", "410"))


def test_nothing_is_copied_from_nothing(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> None:
    model = RecordModel(plan, signals, "plants", growable=False)
    view = GridView(model)
    qtbot.addWidget(view)
    clip("old")
    view.copy()
    assert clip() == "old"
    assert not view.paste()
    assert not view.fill_down()
    assert not view.delete_rows()


def test_a_block_is_pasted_as_one_edit_with_one_undo(plan: Plan, view: GridView) -> None:
    before = len(plan.history())
    clip("410,5\tPlanned\r\n1 300\tConfirmed\r\n")
    select(view, 1, QUANTITY, 1, QUANTITY)
    press(Qt.Key.Key_V, CONTROL)
    assert column(view.grid, QUANTITY) == ["400", "410,5", f"1{NARROW}300", ""]
    assert column(view.grid, STATUS)[:3] == ["Received", "Planned", "Confirmed"]
    assert selected(view) == [(1, QUANTITY), (1, STATUS), (2, QUANTITY), (2, STATUS)]
    assert len(plan.history()) == before + 1
    plan.undo()
    assert column(view.grid, QUANTITY) == ["400", "410", f"1{NARROW}250", ""]
    assert column(view.grid, STATUS)[:3] == ["Received", "Confirmed", "Planned"]


def test_a_block_with_bad_cells_is_refused_whole_and_they_are_marked(qtbot: QtBot, plan: Plan, view: GridView) -> None:
    before = len(plan.history())
    clip("1\tPlanned\ntwo\tPlanned\n3\tNowhere\n")
    select(view, 0, QUANTITY, 0, QUANTITY)
    with qtbot.waitSignal(view.refused) as heard:
        press(Qt.Key.Key_V, CONTROL)
    assert "2 cells" in str(heard.args)
    assert marked(view.grid) == {(1, QUANTITY), (2, STATUS)}
    assert column(view.grid, QUANTITY) == ["400", "410", f"1{NARROW}250", ""]
    assert len(plan.history()) == before
    clip("1")
    press(Qt.Key.Key_V, CONTROL)
    assert marked(view.grid) == set()


def test_a_block_pasted_on_the_blank_row_grows_the_table(plan: Plan, view: GridView) -> None:
    clip("2025-04\t7\n2025-05\t8\n")
    select(view, 3, MONTH, 3, MONTH)
    assert view.paste()
    assert column(view.grid, MONTH) == ["2025-01", "2025-02", "2025-03", "2025-04", "2025-05", ""]
    assert plan.undo_title == "Add 2 deliveries"


def test_one_cell_fills_the_whole_selection(plan: Plan, view: GridView) -> None:
    clip("5\n")
    select(view, 1, QUANTITY, 2, QUANTITY)
    assert view.paste()
    assert column(view.grid, QUANTITY) == ["400", "5", "5", ""]
    plan.undo()
    assert column(view.grid, QUANTITY) == ["400", "410", f"1{NARROW}250", ""]


def test_a_block_too_wide_is_refused(qtbot: QtBot, view: GridView) -> None:
    clip("1\t2\t3\n")
    select(view, 1, QUANTITY, 1, QUANTITY)
    with qtbot.waitSignal(view.refused) as heard:
        assert not view.paste()
    assert heard.args == ["The block is 3 columns wide, and only 2 are left here."]


def test_what_is_copied_can_be_pasted_back_without_a_change(plan: Plan, view: GridView) -> None:
    before = len(plan.history())
    select(view, 0, MONTH, 2, STATUS)
    view.copy()
    assert view.paste()
    assert len(plan.history()) == before


@pytest.mark.parametrize(("top", "expected"), [(1, ["400", "410", "410", ""]), (2, ["400", "410", "410", ""])])
def test_fill_down_copies_the_first_row_or_the_one_above(
    plan: Plan, view: GridView, top: int, expected: list[str]
) -> None:
    before = len(plan.history())
    select(view, top, QUANTITY, 2, QUANTITY)
    press(Qt.Key.Key_D, CONTROL)
    assert column(view.grid, QUANTITY) == expected
    assert len(plan.history()) == before + 1


def test_fill_down_of_the_first_row_alone_does_nothing(view: GridView) -> None:
    select(view, 0, QUANTITY, 0, QUANTITY)
    assert not view.fill_down()


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_clears_cells_that_may_be_empty(plan: Plan, contracts: GridView, key: Qt.Key) -> None:
    model = contracts.grid
    assert isinstance(model, RecordModel)
    probability, title = model.column_of("probability_pct"), model.column_of("title")
    assert model.put({(0, probability): "50", (0, title): "Cobalt"})
    select(contracts, 0, probability, 0, probability)
    press(key)
    assert text(model, (0, probability)) == ""
    assert text(model, (0, title)) == "Cobalt"
    plan.undo()
    assert text(model, (0, probability)) == "50"


def test_delete_is_refused_where_something_must_stand(qtbot: QtBot, view: GridView) -> None:
    select(view, 1, MONTH, 2, QUANTITY)
    with qtbot.waitSignal(view.refused) as heard:
        press(Qt.Key.Key_Delete)
    assert "4 cells" in str(heard.args)
    assert marked(view.grid) == {(1, MONTH), (1, QUANTITY), (2, MONTH), (2, QUANTITY)}
    assert column(view.grid, QUANTITY) == ["400", "410", f"1{NARROW}250", ""]


def test_rows_are_deleted_as_one_edit(plan: Plan, view: GridView) -> None:
    select(view, 0, MONTH, 1, MONTH)
    assert view.selected_rows() == (0, 1)
    assert view.delete_rows()
    assert column(view.grid, MONTH) == ["2025-03", ""]
    assert plan.undo_title == "Delete 2 deliveries"
    plan.undo()
    assert column(view.grid, MONTH) == ["2025-01", "2025-02", "2025-03", ""]


@pytest.mark.parametrize("agreed", [True, False])
def test_rows_with_dependents_are_deleted_only_if_the_person_agrees(
    plan: Plan, contracts: GridView, asked: Asked, *, agreed: bool
) -> None:
    asked.answer = agreed
    select(contracts, 0, 0, 0, 0)
    assert contracts.delete_rows() == agreed
    [sentence] = asked.sentences
    assert "MNG-CO-2025" in sentence
    assert "3 deliveries" in sentence
    assert plan.count("deliveries") == (0 if agreed else 3)
    plan.undo()
    assert plan.count("deliveries") == (3 if agreed else 0)


@pytest.mark.parametrize("taken", [True, False])
def test_the_question_names_its_button_by_the_verb(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, taken: bool
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)

    def answered(box: QMessageBox) -> int:
        along = next(button for button in box.buttons() if button.text() == "Take them along")
        assert box.defaultButton() is along
        assert box.text() == "3 deliveries depend on it."
        (along if taken else box.button(QMessageBox.StandardButton.Cancel)).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answered)
    assert ask_take_along(parent, "3 deliveries depend on it.") == taken


def test_the_sum_of_the_selection_is_told(view: GridView) -> None:
    heard: list[str] = []
    view.statistics_changed.connect(lambda found: heard.append(found.sentence("fr_FR")))
    select(view, 0, MONTH, 2, QUANTITY)
    assert heard[-1] == f"Sum 2{NARROW}060 t · Mean 686,67 t · 3 numbers"
    select(view, 0, MONTH, 0, MONTH)
    assert not heard[-1]


def test_a_selection_too_large_to_sum_tells_its_size(view: GridView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.grids.selecting_view.MOST_SUMMED", 3)
    heard: list[str] = []
    view.statistics_changed.connect(lambda found: heard.append(found.sentence("en")))
    select(view, 0, MONTH, 1, QUANTITY)
    assert heard[-1] == "4 cells"


def test_columns_fit_their_texts_within_bounds(contracts: GridView) -> None:
    model = contracts.grid
    assert isinstance(model, RecordModel)
    model.put({(0, model.column_of("title")): "x" * 200})
    contracts.fit_columns()
    widths = [contracts.columnWidth(number) for number in range(model.columnCount())]
    assert max(widths) == WIDEST_PX
    assert min(widths) > 0


def test_a_new_row_is_begun_in_the_blank_one(view: GridView) -> None:
    view.go_to_blank_row()
    assert place(view) == (3, MONTH)
    assert QApplication.focusWidget() is view


def test_the_menu_offers_what_can_be_done(view: GridView, monkeypatch: pytest.MonkeyPatch) -> None:
    select(view, 0, QUANTITY, 0, QUANTITY)
    menu = view.context_menu()
    titles = [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert titles == [
        "Cut",
        "Copy",
        "Paste",
        *FILLS,
        "Clear",
        "Find…",
        "Replace…",
        "Filters",
        "Columns…",
        "Delete rows",
    ]
    assert all(action.isEnabled() for action in menu.actions())
    menu.actions()[-1].trigger()
    assert column(view.grid, MONTH) == ["2025-02", "2025-03", ""]
    places: list[QPoint] = []
    monkeypatch.setattr(QMenu, "popup", lambda _menu, where: places.append(where))
    here, there = QPoint(5, 5), QPoint(50, 60)
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, here, there))
    assert places == [there]


def test_a_plan_that_may_not_be_written_offers_copying_alone(plan: Plan, qtbot: QtBot) -> None:
    with Plan.open(plan.path, person="Second") as second:
        signals = PlanSignals(second)
        view = shown_view(qtbot, GridView(RecordModel(second, signals, "organisations")))
        titles = {action.text().split("\t")[0]: action.isEnabled() for action in view.context_menu().actions()}
        assert {title for title, enabled in titles.items() if enabled and title} == {
            "Copy",
            "Find…",
            "Filters",
            "Columns…",
        }
        assert "Delete rows" not in titles
        press(Qt.Key.Key_Delete)
        assert column(view.grid, 0) == ["MNG", "RNO"]
        signals.close()


def test_keys_select_rows_columns_and_everything(view: GridView) -> None:
    select(view, 1, QUANTITY, 1, QUANTITY)
    press(Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert selected(view) == [(1, MONTH), (1, QUANTITY), (1, STATUS)]
    select(view, 1, QUANTITY, 1, QUANTITY)
    press(Qt.Key.Key_Space, CONTROL)
    assert selected(view) == [(row, QUANTITY) for row in range(4)]
    press(Qt.Key.Key_A, CONTROL)
    assert len(selected(view)) == 12


def test_keys_jump_and_select_on_the_way(view: GridView) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    view.setCurrentIndex(view.grid.index(0, QUANTITY))
    press(Qt.Key.Key_Down, CONTROL)
    assert place(view) == (2, QUANTITY)
    press(Qt.Key.Key_Home)
    assert place(view) == (2, MONTH)
    press(Qt.Key.Key_End)
    assert place(view) == (2, STATUS)
    press(Qt.Key.Key_Home, CONTROL)
    assert place(view) == (0, MONTH)
    press(Qt.Key.Key_End, CONTROL)
    assert place(view) == (2, STATUS)
    press(Qt.Key.Key_Up, shift)
    press(Qt.Key.Key_Left, shift)
    assert place(view) == (1, QUANTITY)
    assert selected(view) == [(1, QUANTITY), (1, STATUS), (2, QUANTITY), (2, STATUS)]
    press(Qt.Key.Key_Up, CONTROL | shift)
    assert selected(view) == [(row, number) for row in (0, 1, 2) for number in (QUANTITY, STATUS)]
    press(Qt.Key.Key_Down, shift)
    assert selected(view)[0] == (1, QUANTITY)
    press(Qt.Key.Key_Down)
    assert place(view) == (2, QUANTITY)
    assert selected(view) == [(2, QUANTITY)]
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, shift, view.visualRect(view.grid.index(0, MONTH)).center()
    )
    assert selected(view) == [(row, number) for row in (0, 1, 2) for number in (MONTH, QUANTITY)]


def test_no_block_is_pasted_over_cells_that_make_no_rectangle(qtbot: QtBot, plan: Plan, view: GridView) -> None:
    before = len(plan.history())
    select(view, 0, QUANTITY, 0, QUANTITY)
    view.selectionModel().select(view.grid.index(2, QUANTITY), QItemSelectionModel.SelectionFlag.Select)
    clip("1\n2\n3\n")
    with qtbot.waitSignal(view.refused) as heard:
        assert not view.paste()
    assert heard.args == ["Select one rectangle of cells to paste over."]
    assert len(plan.history()) == before
    clip("5")
    assert view.paste()
    assert column(view.grid, QUANTITY)[:3] == ["5", "410", "5"]


@pytest.mark.parametrize("months", [False, True])
@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_X, Qt.Key.Key_V])
def test_a_plan_that_may_not_be_written_says_that_before_anything_else(
    plan: Plan, qtbot: QtBot, key: Qt.Key, *, months: bool
) -> None:
    with Plan.open(plan.path, person="Second") as second:
        signals = PlanSignals(second)
        model = (
            delivery_model(second, signals, start=JAN, end=DEC) if months else RecordModel(second, signals, "contracts")
        )
        other = shown_view(qtbot, GridView(model))
        said: list[str] = []
        other.refused.connect(said.append)
        clip("\t".join(["wrong"] * 99))
        press(key, Qt.KeyboardModifier.NoModifier if key == Qt.Key.Key_Delete else CONTROL)
        assert said == [f"small.offtake is open for reading only. {second.read_only}"]
        assert marked(model) == set()
        other.close()
        signals.close()


def test_enter_after_tab_goes_to_where_the_row_of_tabs_began(view: GridView) -> None:
    view.go_to((0, MONTH))
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Return):
        press(key)
    assert place(view) == (1, MONTH)
    press(Qt.Key.Key_Tab)
    typing("9")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert place(view) == (2, MONTH)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    assert place(view) == (2, QUANTITY)
    view.go_to((0, STATUS))
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert place(view) == (2, MONTH)
