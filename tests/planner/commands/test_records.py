"""Records are created, changed and deleted whole or not at all."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from planner.commands import Cell, Command, CreateRecords, DeleteRecords, PutRecords, SetCells
from planner.errors import DependentsError, InvalidValueError, PlannerError
from planner.fields import Value
from planner.model import TABLES, Line, Organisation, Plant, Record
from planner.plan import Plan
from tests.strategies import EXAMPLES, FIRST, consistent, row_id

VUL = Organisation(code="VUL", name="Vulcan")


def state(plan: Plan) -> list[object]:
    """Return all that a plan holds, its history included."""
    return [*(plan.rows(name) for name in TABLES), plan.history()]


def cell(plan: Plan, table: str, key: tuple[Value, ...], field: str, value: Value) -> Cell:
    return Cell(table, row_id(plan, table, *key), field, value)


@settings(max_examples=25)
@given(records=consistent())
def test_records_that_fit_together_are_created_in_one_edit(
    tmp_path_factory: pytest.TempPathFactory, records: tuple[Record, ...]
) -> None:
    with Plan.create(tmp_path_factory.mktemp("plan") / "a.offtake", person="Tester") as plan:
        changes = plan.run(CreateRecords(records))
        assert (0 if changes is None else changes.count) == len(records)
        found = {name: [row.record for row in plan.rows(name)] for name in TABLES}
        for record in records:
            assert record in found[record.table]
            row = plan.find(record.table, TABLES[record.table].key_of(record))
            assert row is not None
            assert plan.get(record.table, row.id) == row
        assert sum(map(len, found.values())) == len(records)


def test_a_key_that_is_taken_is_refused(plan: Plan) -> None:
    before = state(plan)
    with pytest.raises(
        PlannerError, match="There is already an organisation 'MNG'; change that one, or choose another"
    ):
        plan.run(CreateRecords((VUL, replace(VUL, code="MNG"))))
    with pytest.raises(PlannerError, match="There is already an organisation 'VUL'"):
        plan.run(CreateRecords((VUL, VUL)))
    assert state(plan) == before


def test_a_reference_that_leads_nowhere_is_refused(plan: Plan) -> None:
    before = state(plan)
    plant = Plant(code="P9", name="Nine", organisation="VUL")
    with pytest.raises(InvalidValueError) as caught:
        plan.run(CreateRecords((plant, VUL)))
    assert (caught.value.field, caught.value.reason) == (
        "organisation",
        "there is no organisation 'VUL'; add it to organisations first",
    )
    with pytest.raises(InvalidValueError, match="line: there is no line 'C1 7'; add it to lines first"):
        plan.run(CreateRecords((replace(EXAMPLES[9], line=7),)))  # type: ignore[call-arg] # a volume
    assert state(plan) == before
    assert plan.run(CreateRecords((VUL, plant))) is not None


@pytest.mark.parametrize(
    ("records", "title"),
    [
        ((VUL,), "Add organisation VUL"),
        ((EXAMPLES[10],), "Add delivery C1 1 2025-01"),
        ((VUL, replace(VUL, code="B")), "Add 2 organisations"),
        (EXAMPLES[7:10], "Add 1 contract, 1 line, 1 agreed volume"),
    ],
)
def test_titles_of_created_records(records: tuple[Record, ...], title: str) -> None:
    assert CreateRecords(records).title == title


def test_titles_of_put_records() -> None:
    assert PutRecords("organisations", ((1, VUL),)).title == "Change organisation VUL"
    assert PutRecords("organisations", (), (VUL,)).title == "Add organisation VUL"
    both = PutRecords("organisations", ((1, VUL), (2, VUL)), (VUL,))
    assert both.title == "Change 2 organisations and add organisation VUL"


@pytest.mark.parametrize(
    ("command", "title"),
    [
        (SetCells((Cell("lines", 1, "take_or_pay_pct", 5),)), "Set take-or-pay of a line"),
        (SetCells((Cell("intensities", 1, "kg_per_kwh", 5),)), "Set intensity of an intensity"),
        (SetCells((Cell("lines", 1, "no such", 5),)), "Set no such of a line"),
        (SetCells((Cell("lines", 1, "note", ""), Cell("demand", 1, "gwh", 5))), "Set 2 cells in Demand, Lines"),
        (DeleteRecords("organisations", (1,)), "Delete 1 organisation"),
        (DeleteRecords("stock", (1, 2)), "Delete 2 stock"),
    ],
)
def test_titles_of_cells_and_deletions(command: Command, title: str) -> None:
    assert command.title == title


def test_records_take_the_place_of_others_and_new_ones_are_added(plan: Plan) -> None:
    mng = row_id(plan, "organisations", "MNG")
    changes = plan.run(PutRecords("organisations", ((mng, Organisation(code="MNG2", name="New")),), (VUL,)))
    assert changes is not None
    assert {(change.row == mng, change.before is None) for change in changes} == {(True, False), (False, True)}
    assert [row.record.values()["code"] for row in plan.rows("organisations")] == ["MNG2", "RNO", "VUL"]
    contract = plan.rows("contracts")[0].record
    assert contract.values()["supplier"] == "MNG2"


def test_a_key_that_another_record_has_is_refused(plan: Plan) -> None:
    before = state(plan)
    blocks = [
        (cell(plan, "organisations", ("MNG",), "code", "RNO"),),
        tuple(cell(plan, "organisations", (code,), "code", "NEW") for code in ("MNG", "RNO")),
    ]
    for cells in blocks:
        with pytest.raises(PlannerError, match=r"There is already an organisation '(RNO|NEW)'"):
            plan.run(SetCells(cells))
    with pytest.raises(PlannerError, match="There is already an organisation 'VUL'"):
        plan.run(PutRecords("organisations", ((row_id(plan, "organisations", "MNG"), VUL),), (VUL,)))
    assert state(plan) == before


def test_a_key_that_is_given_up_in_the_same_edit_is_free(plan: Plan) -> None:
    mng = row_id(plan, "organisations", "MNG")
    plan.run(
        PutRecords("organisations", ((mng, Organisation(code="A", name="A")),), (Organisation(code="MNG", name="N"),))
    )
    assert [row.record.values()["code"] for row in plan.rows("organisations")] == ["A", "MNG", "RNO"]
    a, b = (cell(plan, "organisations", (x,), "code", y) for x, y in (("A", "MNG"), ("MNG", "A")))
    plan.run(SetCells((a, b)))
    assert row_id(plan, "organisations", "MNG") == mng


def test_a_block_of_cells_is_set_in_one_edit(plan: Plan) -> None:
    changes = plan.run(
        SetCells(
            (
                cell(plan, "lines", ("C1", 1), "flexibility_up_pct", 100_000),
                cell(plan, "lines", ("C1", 1), "Flexibility down", 50_000),
                cell(plan, "demand", ("R5", FIRST), "gwh", 7),
            )
        )
    )
    assert changes is not None
    assert (changes.count, changes.tables) == (2, frozenset({"lines", "demand"}))
    line = plan.rows("lines")[0].record
    assert isinstance(line, Line)
    assert (line.flexibility_up_ppm, line.flexibility_down_ppm) == (100_000, 50_000)


@pytest.mark.parametrize(
    ("table", "key", "field", "value", "sentence"),
    [
        ("lines", ("C1", 1), "flexibility_up_pct", 1_000_001, "flexibility_up_pct: 100.0001 lies outside 0 to 100 %"),
        ("lines", ("C1", 1), "plant", "P9", "plant: there is no plant 'P9'; add it to plants first"),
        ("lines", ("C1", 1), "material", None, "material: it is empty"),
        ("lines", ("C1", 1), "colour", "red", "The table lines has no field 'colour'"),
        ("contracts", ("C1",), "end_month", FIRST.plus(-1), "end_month: 2024-12 lies before the start, 2025-01"),
        ("deliveries", ("C1", 1, FIRST), "line", 2, "line: there is no line 'C1 2'"),
        (
            "organisations",
            ("MNG",),
            "code",
            "M\u200fNG",
            "code: a code holds no line break, tab or invisible character",
        ),
    ],
)
def test_a_block_with_one_wrong_cell_is_refused_whole(  # noqa: PLR0913, PLR0917 - the cases of a test come by position
    plan: Plan, table: str, key: tuple[Value, ...], field: str, value: Value, sentence: str
) -> None:
    before = state(plan)
    good = cell(plan, "organisations", ("RNO",), "country", "France")
    with pytest.raises(PlannerError, match=sentence):
        plan.run(SetCells((good, cell(plan, table, key, field, value))))
    assert state(plan) == before


def test_what_somebody_deleted_is_told(plan: Plan) -> None:
    gone = [cell(plan, "milestones", ("C1", "First delivery"), "note", "x")]
    row = gone[0].row
    plan.run(DeleteRecords("milestones", (row,)))
    record = EXAMPLES[11]
    commands: tuple[Command, ...] = (
        SetCells(tuple(gone)),
        DeleteRecords("milestones", (row,)),
        PutRecords("milestones", ((row, record),)),
    )
    for command in commands:
        with pytest.raises(PlannerError, match="That milestone is no longer there; somebody deleted it"):
            plan.run(command)


def test_what_others_depend_on_is_not_deleted_alone(plan: Plan) -> None:
    before = state(plan)
    with pytest.raises(DependentsError) as caught:
        plan.run(DeleteRecords("contracts", (row_id(plan, "contracts", "C1"),)))
    parts = (
        "lines",
        "volumes",
        "deliveries",
        "lots",
        "returns",
        "price_terms",
        "milestones",
        "stage_changes",
        "buyer_shares",
        "attachments",
    )
    assert caught.value.dependents == dict.fromkeys(parts, 1)
    sentence = str(caught.value)
    assert sentence.startswith("The contract C1 cannot go alone, as there are 1 line, ")
    assert sentence.endswith(" of it. Delete them first, or take them along.")
    assert all(part in sentence for part in ("1 line", "1 agreed volume", "1 delivery", "1 milestone"))
    both = tuple(row.id for row in plan.rows("organisations"))
    with pytest.raises(DependentsError, match="The 2 organisations cannot go alone"):
        plan.run(DeleteRecords("organisations", both))
    assert state(plan) == before


def test_what_depends_on_a_record_goes_along_when_asked(plan: Plan) -> None:
    before = [plan.rows(name) for name in TABLES]
    changes = plan.run(DeleteRecords("organisations", (row_id(plan, "organisations", "MNG"),), cascade=True))
    assert changes is not None
    kept = {"materials", "chemistries", "intensities", "programmes", "mix", "demand", "stock", "safety_stock"}
    kept |= {"indices", "index_prices", "exchange_rates", "targets", "budgets", "mutes"}
    assert changes.tables == TABLES.keys() - kept
    assert changes.edit.title == "Delete 1 organisation"
    assert [plan.count(name) for name in ("organisations", "materials", "lines")] == [1, 1, 0]
    plan.undo()
    assert [plan.rows(name) for name in TABLES] == before


@pytest.mark.parametrize("table", TABLES)
def test_every_table_can_be_emptied_with_all_that_depends_on_it(plan: Plan, table: str) -> None:
    plan.run(DeleteRecords(table, tuple(row.id for row in plan.rows(table)), cascade=True))
    assert plan.count(table) == 0
    assert plan.integrity() == []


def test_rows_that_nothing_depends_on_are_deleted_once_however_often_they_are_named(plan: Plan) -> None:
    row = row_id(plan, "milestones", "C1", "First delivery")
    changes = plan.run(DeleteRecords("milestones", (row, row)))
    assert changes is not None
    assert changes.count == 1
    assert plan.run(DeleteRecords("milestones", ())) is None
