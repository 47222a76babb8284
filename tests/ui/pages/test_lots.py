"""The page of lots: the grid, the chain of a lot, what stands behind a programme, and mass balances."""

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog

from planner.commands import CreateRecords, DeleteRecords
from planner.model import Intake, Lot
from planner.units import Month
from tests.journeys.desk import Desk
from ui.grids.record_model import RecordModel
from ui.grids.texts_model import TextsModel
from ui.pages.behind import NO_LOT as NOTHING_BEHIND
from ui.pages.lots import BALANCE, CHOOSE, NO_BALANCE, NO_LOT, LotsPage
from ui.theme import DARK


@pytest.fixture
def page(desk: Desk, sample: Path) -> LotsPage:
    """Show the page of the sample plan."""
    found = desk.start(sample).go("lots")
    assert isinstance(found, LotsPage)
    return found


def texts(model: TextsModel) -> list[list[str]]:
    return [[model.index(row, c).data() for c in range(model.columnCount())] for row in range(model.rowCount())]


def type_into(model: RecordModel, row: int, **texts: str) -> None:
    """Write cells of one row as one edit."""
    assert model.put({(row, model.column_of(name)): text for name, text in texts.items()})


def test_the_chosen_lot_shows_its_chain(page: LotsPage) -> None:
    assert page.lot is not None
    assert (page.lot.code, page.chosen_line, page.chosen_contract) == (
        "EXC-2501-A",
        ("EXC-CO-2025", 1),
        "EXC-CO-2025",
    )
    assert [box.name for box in page.strip.boxes] == [
        "Example Cobalt Mine",
        "Example Cobalt Refinery",
        "Example Cobalt Refinery",
        "Example Cobalt Refining",
        "Small car",
    ]
    page.view.setCurrentIndex(page.lots.index(4, 0))
    assert [box.name for box in page.strip.boxes][:3] == ["not named"] * 3
    page.view.setCurrentIndex(page.lots.index(page.lots.rowCount() - 1, 0))
    assert (page.strip_empty.is_empty, page.strip_empty.sentence) == (True, CHOOSE)
    assert [each for each in (page.lot, page.chosen_line, page.chosen_contract) if each is not None] == []


def test_an_edit_of_a_lot_is_followed(page: LotsPage, desk: Desk) -> None:
    type_into(page.lots, 0, programme="PROG-C", mine="")
    desk.wait(lambda: page.strip.boxes[-1].name == "Van")
    assert page.strip.boxes[0].name == "not named"


def test_what_stands_behind_a_programme_and_a_month(page: LotsPage) -> None:
    assert [row[:4] for row in texts(page.behind.totals)] == [
        ["Co", "4", "30.0", "8,191.3"],
        ["Li", "4", "118.5", "13,010.4"],
    ]
    page.behind.choose("PROG-A", "Co", "2025-01")
    assert texts(page.behind.totals) == [["Co", "1", "9.0", "18.5", "48.8", "2.50", "12.0", "Congo - Kinshasa 100 %"]]
    assert texts(page.behind.lots) == [
        [
            *("EXC-2501-A", "2025-01", "CoSO4.7H2O", "9.0", "Congo - Kinshasa", "Example Cobalt Refining", "PROG-A"),
            *("2.50", "12.0", ""),
        ]
    ]
    assert not page.behind.foot.isVisible()
    page.behind.choose("PROG-C")
    assert (page.behind.foot.isVisible(), page.behind.foot.text()) == (True, NOTHING_BEHIND)
    assert not page.behind.csv_button.isEnabled()


def test_what_was_received_without_a_lot_is_told(page: LotsPage, desk: Desk) -> None:
    page.plan.run(DeleteRecords("lots", (page.plan.rows("lots")[0].id,)))
    desk.wait(lambda: page.behind.foot.text() == "9.0 t received of EXC-CO-2025 1, not traced.")
    page.behind.choose(element="Li")
    assert not page.behind.foot.isVisible()


def test_choices_stay_when_the_plan_changes(page: LotsPage, desk: Desk) -> None:
    page.behind.choose("PROG-B", month="2025-02")
    page.plan.run(DeleteRecords("lots", (page.plan.rows("lots")[0].id,)))
    desk.wait(lambda: page.lots.rowCount() == 8)
    assert (page.behind.choice.programme, page.behind.choice.month) == ("PROG-B", Month.of(2025, 2))
    page.context.view.choose(first_year=2026)
    desk.wait(lambda: page.behind.choice.month is None)
    assert texts(page.behind.lots) == []


def test_rows_lead_to_deliveries_and_to_the_lot(page: LotsPage) -> None:
    told: list[tuple[object, str]] = []
    page.rows_wanted.disconnect(page.window().navigation.go_to_lines)  # type: ignore[attr-defined] # the main window
    page.rows_wanted.connect(lambda lines, period: told.append((lines, period)))
    page.behind.choose(month="2025-02")
    page.behind.totals_list.activated.emit(page.behind.totals.index(1, 0))
    assert told == [((("EXL-LI-2025", 1),), "2025-02")]
    page.behind.lots_list.activated.emit(page.behind.lots.index(1, 0))
    assert page.lot is not None
    assert page.lot.code == "EXC-2502-B"


def test_the_mass_balance_of_a_plant_is_carried_forward(page: LotsPage, desk: Desk) -> None:
    page.tabs.setCurrentIndex(BALANCE)
    assert [row[0] for row in texts(page.balance)] == ["2024-12", "2025-01", "2025-02"]
    assert texts(page.balance)[1] == ["2025-01", "20.0", "12.0", "15.0", "0.0", "17.0", ""]
    assert page.balance_note.text() == "t of metal; 16.0 t are left, carried forward"
    # The last lots need 15 t of 17 + 14 t; with 20 t less at the start 3 t and then 1 t are missing.
    type_into(page.intakes, 0, quantity_t="0")
    desk.wait(lambda: texts(page.balance)[1][6] == "3.0")
    assert page.balance_note.text() == "t of metal; in 2 months more went out than was there"
    page.plan.run(DeleteRecords("intakes", tuple(row.id for row in page.plan.rows("intakes"))))
    desk.wait(lambda: page.balance_note.text() == "t of metal; nothing says what went in")


def test_records_are_gone_to_from_anywhere(page: LotsPage, desk: Desk) -> None:
    navigation = desk.window.navigation
    desk.window.go("overview")
    navigation.go_to_record("intakes", ("EXC-REFINERY", "EXC-MINE", Month.of(2025, 1)))
    assert desk.window.page is page
    assert (page.tabs.currentIndex(), page.intake_view.currentIndex().row()) == (BALANCE, 1)
    navigation.go_to_record("lots", ("EXL-2501-A",))
    assert page.lot is not None
    assert page.lot.code == "EXL-2501-A"


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_lots_are_exported(page: LotsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    page.behind.choose("PROG-A")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "lots"), ""))
    page.behind.save_wanted.emit(suffix)
    written = tmp_path / f"lots{suffix}"
    assert said == [f"Wrote 4 lots to {written}"]
    with written.open(encoding="utf-8", newline="") as file:
        codes = [r["lot"] for r in (csv.DictReader(file) if suffix == ".csv" else json.load(file)["lots"])]
    assert codes == ["EXC-2501-A", "EXC-2502-A", "EXL-2501-A", "EXL-2502-A"]


def test_a_file_that_cannot_be_written_is_said(page: LotsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    for name in (str(tmp_path / "none" / "lots.csv"), ""):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (name, ""))
        page.behind.csv_button.click()
    assert len(said) == 1
    assert said[0].endswith("Choose another folder.")


def test_an_empty_plan_says_what_comes_first(desk: Desk, empty: Path) -> None:
    page = desk.start(empty).go("lots")
    assert isinstance(page, LotsPage)
    assert (page.empty.is_empty, page.empty.sentence) == (True, NO_LOT)
    page.tabs.setCurrentIndex(BALANCE)
    assert (page.balance_empty.is_empty, page.balance_empty.sentence) == (True, NO_BALANCE)


def test_a_lot_that_was_made_nowhere_else_appears_among_the_plants(page: LotsPage, desk: Desk) -> None:
    lot = Lot(code="M1", contract="MNG-CO-2025", line=1, month=Month.of(2025, 1), quantity_kg=10_000)
    page.plan.run(
        CreateRecords((lot, Intake(plant="GUEMASSA", origin="BOU-AZZER", month=lot.month, quantity_kg=5_000)))
    )
    desk.wait(lambda: page.site.findData("GUEMASSA") >= 0)
    page.choose_site("GUEMASSA")
    assert texts(page.balance) == [["2025-01", "0.0", "5.0", "2.1", "0.0", "2.9", ""]]


def test_the_table_that_has_the_keyboard_is_copied(page: LotsPage) -> None:
    page.behind.totals_list.setFocus()
    page.copy()
    assert QGuiApplication.clipboard().text().startswith("Element\tLots\tMetal, t")
    page.view.setFocus()
    page.copy()
    assert QGuiApplication.clipboard().text().strip() == "EXC-2501-A"


def test_models_and_colours_hold(page: LotsPage) -> None:
    for model in (page.balance, page.behind.totals, page.behind.lots):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.set_theme(DARK)
    page.strip.grab()
    assert page.strip.boxes
