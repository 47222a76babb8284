"""One model shows and edits the records of any table."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from planner.commands import Cell, CreateRecords, DeleteRecords, SetCells
from planner.errors import DependentsError
from planner.model import TABLES, Contract, Milestone, Organisation, Volume
from planner.plan import Plan
from ui.grids.grid_model import Number, Role, Spot
from ui.grids.record_model import RecordModel
from ui.plan_signals import PlanSignals

DISPLAY, EDIT = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole
NARROW = "\N{NARROW NO-BREAK SPACE}"


def text(model: RecordModel, row: int, name: str, role: int = DISPLAY) -> object:
    return model.data(model.index(row, model.column_of(name)), role)


def write(model: RecordModel, row: int, name: str, value: str) -> bool:
    return model.setData(model.index(row, model.column_of(name)), value)


def column(model: RecordModel, name: str) -> list[object]:
    return [text(model, row, name) for row in range(model.rowCount())]


def watched(model: RecordModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)


@pytest.fixture
def deliveries(plan: Plan, signals: PlanSignals) -> RecordModel:
    model = RecordModel(plan, signals, "deliveries", where={"contract": "MNG-CO-2025", "line": 1})
    watched(model)
    return model


@pytest.fixture
def organisations(plan: Plan, signals: PlanSignals) -> RecordModel:
    model = RecordModel(plan, signals, "organisations", hidden=("note",))
    watched(model)
    return model


def test_cells_are_written_as_the_locale_says(deliveries: RecordModel) -> None:
    assert column(deliveries, "quantity_t") == ["400", "410", f"1{NARROW}250", ""]
    assert text(deliveries, 2, "quantity_t", EDIT) == "1250"
    assert column(deliveries, "status") == ["Received", "Confirmed", "Planned", "Planned"]
    assert column(deliveries, "month") == ["2025-01", "2025-02", "2025-03", ""]
    assert text(deliveries, 0, "quantity_t", Qt.ItemDataRole.TextAlignmentRole) == (
        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    )


def test_headings_bear_the_unit_and_the_help(deliveries: RecordModel) -> None:
    heading = [deliveries.headerData(c, Qt.Orientation.Horizontal) for c in range(deliveries.columnCount())]
    assert heading == ["Month", "Quantity (t)", "Status"]
    tip = deliveries.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert tip == "Tonnes in the line's basis."
    assert deliveries.headerData(3, Qt.Orientation.Vertical) == "*"


def test_numbers_keep_their_type(deliveries: RecordModel) -> None:
    number = text(deliveries, 2, "quantity_t", Role.NUMBER)
    assert number == Number(TABLES["deliveries"].fields[3].kind.seen(1_250_000), "t")  # type: ignore[attr-defined]  # a Fixed
    assert text(deliveries, 3, "quantity_t", Role.NUMBER) is None


def test_a_typed_number_is_one_edit_that_can_be_undone(plan: Plan, deliveries: RecordModel) -> None:
    assert write(deliveries, 2, "quantity_t", "1 300,5")
    assert plan.undo_title == "Set quantity of a delivery"
    assert text(deliveries, 2, "quantity_t") == f"1{NARROW}300,5"
    plan.undo()
    assert text(deliveries, 2, "quantity_t") == f"1{NARROW}250"


def test_the_text_that_stands_there_is_no_edit(plan: Plan, deliveries: RecordModel) -> None:
    before = len(plan.history())
    assert write(deliveries, 2, "quantity_t", "1250")
    assert len(plan.history()) == before


@pytest.mark.parametrize(("value", "reason"), [("lots", "is not a number"), ("0,0004", "decimals"), ("", "empty")])
def test_a_refused_value_leaves_the_old_one_and_says_why(
    qtbot: QtBot, plan: Plan, deliveries: RecordModel, value: str, reason: str
) -> None:
    before = len(plan.history())
    with qtbot.waitSignal(deliveries.refused) as heard:
        assert not write(deliveries, 2, "quantity_t", value)
    assert reason in str(heard.args)
    assert text(deliveries, 2, "quantity_t") == f"1{NARROW}250"
    assert reason in str(text(deliveries, 2, "quantity_t", Qt.ItemDataRole.ToolTipRole))
    assert text(deliveries, 2, "quantity_t", Qt.ItemDataRole.BackgroundRole) is not None
    assert len(plan.history()) == before


def test_the_next_good_edit_forgets_the_refusal(deliveries: RecordModel) -> None:
    write(deliveries, 2, "quantity_t", "lots")
    assert write(deliveries, 2, "quantity_t", "7")
    assert text(deliveries, 2, "quantity_t", Qt.ItemDataRole.ToolTipRole) is None
    assert text(deliveries, 2, "quantity_t", Qt.ItemDataRole.BackgroundRole) is None


def test_a_rule_of_the_record_is_shown_at_its_field(plan: Plan, signals: PlanSignals) -> None:
    model = RecordModel(plan, signals, "contracts")
    assert not write(model, 0, "end_month", "2024-12")
    assert "before the start" in str(text(model, 0, "end_month", Qt.ItemDataRole.ToolTipRole))
    assert text(model, 0, "end_month") == "2031-12"


def test_an_unknown_reference_is_refused_at_its_cell(plan: Plan, signals: PlanSignals) -> None:
    model = RecordModel(plan, signals, "contracts")
    assert not write(model, 0, "supplier", "NOBODY")
    assert "NOBODY" in str(text(model, 0, "supplier", Qt.ItemDataRole.ToolTipRole))
    assert model.codes(model.column_of("supplier")) == ("MNG", "RNO")
    assert model.codes(model.column_of("title")) == ()


def test_the_blank_row_becomes_a_record_when_it_can(plan: Plan, organisations: RecordModel) -> None:
    blank = organisations.blank_row
    assert blank == 2
    current = QPersistentModelIndex(organisations.index(blank, 0))
    assert write(organisations, blank, "code", "VUL")
    assert plan.count("organisations") == 2
    assert text(organisations, blank, "code") == "VUL"
    assert write(organisations, blank, "name", "Vulcan")
    assert plan.find("organisations", ("VUL",)) is not None
    assert plan.undo_title == "Add organisation VUL"
    assert current.row() == 2
    assert column(organisations, "code") == ["MNG", "RNO", "VUL", ""]
    assert text(organisations, 2, "role") == "Supplier"


def test_a_blank_row_that_is_refused_is_kept_for_mending(plan: Plan, organisations: RecordModel) -> None:
    assert write(organisations, 2, "code", "MNG")
    assert not write(organisations, 2, "name", "Twice")
    assert plan.count("organisations") == 2
    assert text(organisations, 2, "code") == "MNG"
    assert "already" in str(text(organisations, 2, "name", Qt.ItemDataRole.ToolTipRole))
    assert write(organisations, 2, "code", "VUL")
    assert plan.count("organisations") == 3


def test_hidden_columns_are_filled_in_for_new_records(plan: Plan, signals: PlanSignals) -> None:
    model = RecordModel(plan, signals, "volumes", where={"contract": "MNG-CO-2025", "line": 1})
    assert write(model, 0, "year", "2025")
    assert write(model, 0, "agreed_t", "5000")
    record = plan.rows("volumes")[0].record
    assert record == Volume(contract="MNG-CO-2025", line=1, year=2025, agreed_kg=5_000_000)


def test_a_block_grows_the_table_as_one_edit(plan: Plan, organisations: RecordModel) -> None:
    before = len(plan.history())
    assert organisations.paste(1, 0, (("RNO", "Renault Group"), ("TER", "Terrafame"), ("VUL", "Vulcan")))
    assert len(plan.history()) == before + 1
    assert column(organisations, "name") == ["Managem", "Renault Group", "Terrafame", "Vulcan", ""]
    plan.undo()
    assert column(organisations, "name") == ["Managem", "Renault", ""]
    plan.redo()
    assert column(organisations, "name") == ["Managem", "Renault Group", "Terrafame", "Vulcan", ""]


def test_a_block_with_a_bad_cell_is_refused_whole(qtbot: QtBot, plan: Plan, deliveries: RecordModel) -> None:
    before = len(plan.history())
    with qtbot.waitSignal(deliveries.refused) as heard:
        assert not deliveries.paste(1, 1, (("1", "planned"), ("two", "nowhere")))
    assert "2 cells" in str(heard.args)
    marked = {(r, c) for r in range(4) for c in range(3) if deliveries.reason((r, c))}
    assert marked == {(2, 1), (2, 2)}
    assert len(plan.history()) == before
    assert column(deliveries, "quantity_t")[:2] == ["400", "410"]


def test_new_rows_that_lack_something_are_refused_whole(plan: Plan, organisations: RecordModel) -> None:
    assert not organisations.paste(2, 0, (("TER", "Terrafame"), ("VUL", "")))
    assert plan.count("organisations") == 2


def test_a_taken_key_is_refused(plan: Plan, organisations: RecordModel) -> None:
    assert not write(organisations, 0, "code", "RNO")
    assert next(row.record for row in plan.rows("organisations")) == Organisation(
        code="MNG", name="Managem", country="Morocco"
    )


def test_a_block_wider_than_the_table_is_refused(organisations: RecordModel) -> None:
    spots: list[str] = []
    organisations.refused.connect(spots.append)
    assert not organisations.paste(0, 3, (("a", "b"),))
    assert "wide" in spots[0]


def test_other_edits_are_followed_row_by_row(qtbot: QtBot, plan: Plan, organisations: RecordModel) -> None:
    with qtbot.assertNotEmitted(organisations.modelReset):
        plan.run(CreateRecords((Organisation(code="NEW", name="New"), Organisation(code="AAA", name="First"))))
        assert column(organisations, "code") == ["AAA", "MNG", "NEW", "RNO", ""]
        touched: list[Spot] = []
        organisations.dataChanged.connect(lambda top, bottom: touched.append((top.row(), bottom.row())))
        new = plan.find("organisations", ("NEW",))
        assert new is not None
        plan.run(SetCells((Cell("organisations", new.id, "name", "Newer"),)))
        assert touched == [(2, 2)]
        plan.run(DeleteRecords("organisations", (new.id,)))
        assert column(organisations, "code") == ["AAA", "MNG", "RNO", ""]
        plan.undo()
        assert column(organisations, "code") == ["AAA", "MNG", "NEW", "RNO", ""]


def test_records_of_other_contracts_do_not_appear(plan: Plan, signals: PlanSignals, qtbot: QtBot) -> None:
    model = RecordModel(plan, signals, "milestones", where={"contract": "OTHER"})
    watched(model)
    with qtbot.assertNotEmitted(model.rowsInserted):
        plan.run(CreateRecords((Milestone(contract="MNG-CO-2025", name="First delivery"),)))
    model.set_where({"contract": "MNG-CO-2025"})
    assert column(model, "name") == ["Engineering study", "First delivery", ""]


def test_a_renamed_code_is_shown_wherever_it_is_referred_to(plan: Plan, signals: PlanSignals) -> None:
    model = RecordModel(plan, signals, "contracts")
    watched(model)
    row = plan.find("organisations", ("MNG",))
    assert row is not None
    plan.run(SetCells((Cell("organisations", row.id, "code", "MANAGEM"),)))
    assert text(model, 0, "supplier") == "MANAGEM"


def test_sorting_is_by_value_with_the_empty_last(plan: Plan, signals: PlanSignals) -> None:
    plan.run(CreateRecords((Milestone(contract="MNG-CO-2025", name="b"), Milestone(contract="MNG-CO-2025", name="C"))))
    model = RecordModel(plan, signals, "milestones", hidden=("contract",))
    watched(model)
    write(model, 1, "due", "2026-01-31")
    write(model, 2, "due", "2025-01-31")
    for order, expected in (
        (Qt.SortOrder.AscendingOrder, ["2025-01-31", "2026-01-31", "", ""]),
        (Qt.SortOrder.DescendingOrder, ["2026-01-31", "2025-01-31", "", ""]),
    ):
        model.sort(model.column_of("due"), order)
        assert column(model, "due") == expected
    model.sort(-1)
    assert column(model, "due") == ["", "2025-01-31", "2026-01-31", ""] or column(model, "name")[-1] == ""


def test_sorting_keeps_the_cursor_on_its_record(deliveries: RecordModel) -> None:
    cursor = QPersistentModelIndex(deliveries.index(0, 1))
    deliveries.sort(deliveries.column_of("quantity_t"), Qt.SortOrder.DescendingOrder)
    assert column(deliveries, "quantity_t") == [f"1{NARROW}250", "410", "400", ""]
    assert cursor.row() == 2
    assert write(deliveries, 2, "quantity_t", "9000")
    assert column(deliveries, "quantity_t")[2] == f"9{NARROW}000"


def test_deleting_asks_about_dependents(plan: Plan, signals: PlanSignals) -> None:
    model = RecordModel(plan, signals, "contracts")
    watched(model)
    with pytest.raises(DependentsError):
        model.delete_rows((0,))
    assert model.delete_rows((0,), cascade=True)
    assert plan.count("deliveries") == 0
    assert model.rowCount() == 1


def test_a_plan_open_elsewhere_cannot_be_edited(plan: Plan, qtbot: QtBot) -> None:  # noqa: ARG001 - Qt runs
    with Plan.open(plan.path, person="Second") as second:
        signals = PlanSignals(second)
        model = RecordModel(second, signals, "organisations")
        watched(model)
        assert model.rowCount() == 2
        assert model.blank_row is None
        assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
        assert not write(model, 0, "name", "Other")
        assert not model.deletes_rows
        signals.close()


def test_every_table_has_a_sound_model(plan: Plan, signals: PlanSignals) -> None:
    for name in TABLES:
        model = RecordModel(plan, signals, name)
        watched(model)
        assert model.rowCount() == plan.count(name) + 1
        model.sort(0)


def test_choices_and_months_are_taken_as_people_write_them(plan: Plan, signals: PlanSignals, tmp_path: Path) -> None:
    assert tmp_path.exists()
    model = RecordModel(plan, signals, "contracts")
    assert write(model, 0, "stage", "Letter of intent")
    assert write(model, 0, "end_month", "31/12/2030")
    record = plan.rows("contracts")[0].record
    assert isinstance(record, Contract)
    assert (record.stage, str(record.end_month)) == ("letter_of_intent", "2030-12")
