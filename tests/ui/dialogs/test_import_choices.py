"""Each guess about a file can be changed, one after the other, and what it meant is seen at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from planner.plan import Plan
from tests.ui.dialogs.test_import_preview import opened, ready
from ui.dialogs.import_preview import ImportDialog

LINE = "EXC-CO-2025"


@pytest.fixture
def plan(sample: Path) -> Iterator[Plan]:
    with Plan.open(sample, person="Tester") as found:
        yield found


def shown(qtbot: QtBot, plan: Plan, folder: Path, data: bytes) -> ImportDialog:
    """Show what a file of deliveries would change."""
    file = folder / "deliveries.csv"
    file.write_bytes(data)
    return ready(qtbot, opened(qtbot, plan, file))


def first_row(dialog: ImportDialog) -> list[str]:
    """Return what the first row shows."""
    return [str(dialog.model.index(0, column).data()) for column in range(dialog.model.columnCount() - 1)]


def choose(qtbot: QtBot, dialog: ImportDialog, name: str, value: str) -> None:
    """Choose in one of the boxes."""
    choices = dialog.page.choices
    box = {"encoding": choices.encoding, "delimiter": choices.delimiter, "dates": choices.dates}[name]
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())
    ready(qtbot, dialog)


def test_the_order_of_dates(qtbot: QtBot, plan: Plan, tmp_path: Path) -> None:
    text = f"contract;line;month;quantity_t\n{LINE};1;03/04/2027;5\n"
    dialog = shown(qtbot, plan, tmp_path, text.encode())
    assert dialog.doubt.isVisible()
    seen = {}
    for order in ("mdy", "dmy"):
        choose(qtbot, dialog, "dates", order)
        seen[order] = first_row(dialog)[3]
    assert seen == {"mdy": "2027-03", "dmy": "2027-04"}
    assert not dialog.doubt.isVisible()


def test_the_encoding_and_the_delimiter(qtbot: QtBot, plan: Plan, tmp_path: Path) -> None:
    text = f"contract;line;month;quantity_t\n{LINE};1;2027-03;6,25\nÉ;1;2027-03;5\n"
    dialog = shown(qtbot, plan, tmp_path, text.encode("cp1252"))
    dialog.tabs.setCurrentIndex(3)
    choose(qtbot, dialog, "encoding", "cp1252")
    assert first_row(dialog)[1] == "É"
    choose(qtbot, dialog, "encoding", "mac_roman")
    assert first_row(dialog)[1] == "…"
    choose(qtbot, dialog, "delimiter", ",")
    assert not dialog.apply_button.isEnabled()
    choose(qtbot, dialog, "delimiter", ";")
    assert dialog.apply_button.text() == "Import 1 row"


def test_the_line_of_the_headings(qtbot: QtBot, plan: Plan, tmp_path: Path) -> None:
    text = f"contract,line,month,quantity_t\ncontract,line,month,quantity_t\n{LINE},1,2027-03,6.25\n"
    dialog = shown(qtbot, plan, tmp_path, text.encode())
    dialog.page.choices.header_line.setValue(3)
    ready(qtbot, dialog)
    assert not dialog.apply_button.isEnabled()
    dialog.page.choices.header_line.setValue(2)
    ready(qtbot, dialog)
    assert dialog.summary.text() == "0 new,  1 changed,  0 the same,  0 refused"


def test_months_that_stand_across(qtbot: QtBot, plan: Plan, tmp_path: Path) -> None:
    text = f"contract,line,Jan 2026,Feb 2026,Mar 2026\n{LINE},1,5,lots,7\n"
    dialog = shown(qtbot, plan, tmp_path, text.encode())
    assert dialog.page.choices.wide.isChecked()
    assert dialog.summary.text() == "0 new,  2 changed,  0 the same,  1 refused"
    assert first_row(dialog) == ["Line 2 (Feb 2026)", LINE, "1", "2026-02", "lots"]
    assert "were turned into a row for each month" in dialog.page.notes.text()
    assert dialog.model.setData(dialog.model.index(0, 4), "6")
    ready(qtbot, dialog)
    assert dialog.summary.text() == "0 new,  3 changed,  0 the same,  0 refused"
    dialog.page.choices.wide.click()
    ready(qtbot, dialog)
    assert not dialog.apply_button.isEnabled()
    dialog.page.choices.wide.click()
    ready(qtbot, dialog)
    assert dialog.apply_button.text() == "Import 2 rows"
