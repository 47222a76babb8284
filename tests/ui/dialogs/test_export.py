"""The export dialog writes what is chosen as the kind of file that is chosen, or says why it cannot."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from planner.exchange import imports
from planner.exchange.datapackage import DESCRIPTOR
from planner.exchange.read_all import rehearsed
from planner.model import TABLES
from planner.plan import Plan
from planner.units import Month
from ui.dialogs.export import ExportDialog
from ui.dialogs.export_wish import FORMS, LOCALES, Form, What
from ui.grids.grid_model import SortKey
from ui.grids.record_model import RecordModel
from ui.plan_signals import PlanSignals

Write = Callable[[Path], None]


@pytest.fixture
def plan(sample: Path) -> Iterator[Plan]:
    with Plan.open(sample, person="Tester") as opened:
        yield opened


@pytest.fixture
def dialog(qtbot: QtBot, plan: Plan, tmp_path: Path) -> ExportDialog:
    made = ExportDialog(plan, "lines", tmp_path)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def write(qtbot: QtBot, dialog: ExportDialog) -> Write:
    """Return what writes to a file and waits for it."""

    def wait(path: Path) -> None:
        dialog.write(path)
        qtbot.waitUntil(lambda: not dialog.busy)

    return wait


def choose(dialog: ExportDialog, what: What, form: Form, table: str = "lines") -> None:
    """Choose what a person would."""
    dialog.what.setCurrentIndex(dialog.what.findData(what))
    dialog.table.setCurrentIndex(dialog.table.findData(table))
    dialog.form.setCurrentIndex(dialog.form.findData(form))


def test_it_starts_with_the_table_of_the_page(dialog: ExportDialog) -> None:
    assert dialog.what.currentData() is What.TABLE
    assert dialog.table.currentText() == "Lines"
    assert dialog.table.count() == len(TABLES)
    assert dialog.form.currentData() is Form.WORKBOOK
    assert dialog.what.findData(What.SHOWN) == -1


def test_each_thing_has_its_own_forms_and_the_chosen_one_stays(dialog: ExportDialog) -> None:
    choose(dialog, What.TABLE, Form.PEOPLE)
    assert dialog.locale_box.isEnabled()
    for what in (What.PLAN, What.CALL_OFFS, What.TABLE):
        dialog.what.setCurrentIndex(dialog.what.findData(what))
        assert tuple(dialog.form.itemData(at) for at in range(dialog.form.count())) == FORMS[what]
        assert dialog.stages.isVisible() is (what is What.CALL_OFFS)
        assert dialog.locale_box.isEnabled() is (dialog.form.currentData() is Form.PEOPLE)


def test_the_locales_begin_with_that_of_this_computer(dialog: ExportDialog, qtbot: QtBot) -> None:
    assert {dialog.locale_box.itemData(at) for at in range(dialog.locale_box.count())} >= set(LOCALES)
    assert dialog.locale_box.itemText(0) == "This computer: English (United Kingdom), 1250.5"
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    french = ExportDialog(dialog._plan, "lines", Path())  # noqa: SLF001 - a second dialog over the same plan
    qtbot.addWidget(french)
    assert french.locale_box.itemText(0) == "This computer: French (France), 1250,5"


@pytest.mark.parametrize("form", [Form.PEOPLE, Form.MACHINES])
def test_every_table_that_is_written_imports_unchanged(
    dialog: ExportDialog, write: Write, plan: Plan, tmp_path: Path, form: Form
) -> None:
    for table in TABLES:
        choose(dialog, What.TABLE, form, table)
        write(tmp_path / f"{table}.csv")
        found = imports.preview(plan, table, tmp_path / f"{table}.csv").preview
        assert (table, found.new, found.changed, found.same, found.problems) == (table, 0, 0, plan.count(table), ())


def test_it_asks_where_to_and_closes(
    qtbot: QtBot, dialog: ExportDialog, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def name(_parent: object, _title: str, suggested: str, _kinds: str) -> tuple[str, str]:
        asked.append(suggested)
        return suggested, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    dialog.export_button.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert asked == [str(tmp_path / "lines.xlsx")]
    assert dialog.said == f"Wrote {plan.count('lines')} rows to {tmp_path / 'lines.xlsx'}"


def test_a_name_without_an_ending_gets_one(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), ""))
    dialog.export_button.click()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert (tmp_path / "mine.xlsx").exists()


def test_what_stands_in_the_way_is_said_and_the_dialog_stays(
    dialog: ExportDialog, write: Write, tmp_path: Path
) -> None:
    write(tmp_path / "no folder" / "lines.csv")
    assert dialog.isVisible()
    assert dialog.trouble.isVisible()
    assert "no folder" in dialog.trouble.text()
    assert dialog.said == ""
    assert dialog.export_button.isEnabled()


def test_the_whole_plan_becomes_a_workbook_or_a_package(
    dialog: ExportDialog, write: Write, plan: Plan, tmp_path: Path
) -> None:
    choose(dialog, What.PLAN, Form.WORKBOOK)
    write(tmp_path / "all.xlsx")
    assert CalamineWorkbook.from_path(tmp_path / "all.xlsx").sheet_names == [
        "About",
        *(t.title for t in TABLES.values()),
    ]
    choose(dialog, What.PLAN, Form.PACKAGE)
    write(tmp_path / "package")
    assert (tmp_path / "package" / DESCRIPTOR).exists()
    assert rehearsed(plan, tmp_path / "package").sound


def test_the_schedule_of_a_supplier_says_what_it_leaves_out(dialog: ExportDialog, write: Write, tmp_path: Path) -> None:
    choose(dialog, What.CALL_OFFS, Form.PEOPLE)
    dialog.supplier.setCurrentIndex(dialog.supplier.findData("EXAMPLE-CO"))
    write(tmp_path / "co.csv")
    assert dialog.said == f"Wrote {tmp_path / 'co.csv'}"
    text = (tmp_path / "co.csv").read_text(encoding="utf-8-sig")
    assert text.startswith("Call-off schedule for Example Cobalt")
    assert "VULCAN" not in text


def test_a_grid_is_written_as_it_is_shown(qtbot: QtBot, plan: Plan, tmp_path: Path) -> None:
    signals = PlanSignals(plan)
    model = RecordModel(plan, signals, "deliveries")
    model.show_columns(("quantity_t",))
    model.set_filter(model.column_of("month"), "2026")
    model.sort_by((SortKey(model.column_of("quantity_t"), descending=True),))
    first, last = Month.of(2026, 1), Month.of(2026, 12)
    dialog = ExportDialog(plan, "deliveries", tmp_path, shown=model.as_shown(), horizon=(first, last))
    qtbot.addWidget(dialog)
    assert dialog.what.currentData() is What.SHOWN
    dialog.form.setCurrentIndex(dialog.form.findData(Form.MACHINES))
    dialog.write(tmp_path / "shown.csv")
    qtbot.waitUntil(lambda: not dialog.busy)
    rows = [line.split(",") for line in (tmp_path / "shown.csv").read_text().splitlines()]
    assert rows[0] == ["contract", "line", "month", "quantity_t"]
    assert {row[2][:4] for row in rows[1:]} == {"2026"}
    numbers = [float(row[3]) for row in rows[1:]]
    assert numbers == sorted(numbers, reverse=True)
    # Not the blank row below.
    assert len(numbers) == model.rowCount() - 1
    signals.close()


def test_to_cancel_while_it_writes_leaves_nothing_and_closes(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path
) -> None:
    choose(dialog, What.PLAN, Form.PACKAGE)
    dialog.write(tmp_path / "package")
    dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert not dialog.isVisible()
    assert (tmp_path / "package").exists() is bool(dialog.said)
