"""The one door to a plan: reading, subscribing, tables of cover, and a thread beside the window."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from planner.analysis import Basis, Period, Stages, Subject
from planner.changes import ChangeSet
from planner.commands import CreateRecords, DeleteRecords, DeliveryCell, PhaseLine, SetDeliveries, SetDeliveryStatus
from planner.errors import ConflictError, PlannerError
from planner.model import TABLES, Delivery, Organisation
from planner.plan import SUFFIX, Mode, Plan, Problem
from planner.units import Month
from tests.strategies import EXAMPLES, FIRST, example_plan, row_id

VUL = CreateRecords((Organisation(code="VUL", name="Vulcan"),))


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open a plan that holds one record of every table."""
    with example_plan(tmp_path / f"plan{SUFFIX}") as made:
        yield made


def listened(plan: Plan) -> list[ChangeSet]:
    """Subscribe to a plan; what is heard is added to the list."""
    heard: list[ChangeSet] = []
    plan.subscribe(heard.append)
    return heard


def titles(plan: Plan) -> tuple[str | None, str | None]:
    """Return what would be undone and what would be redone."""
    return plan.undo_title, plan.redo_title


def deliver(month: Month, kg: int) -> SetDeliveries:
    return SetDeliveries((DeliveryCell("C1", 1, month, kg),))


def test_records_are_read_by_key_in_the_order_of_their_key(plan: Plan) -> None:
    for month in (FIRST.plus(5), FIRST.plus(2), FIRST.plus(-9)):
        plan.run(deliver(month, 1))
    months = [row.record.values()["month"] for row in plan.rows("deliveries")]
    assert months == [FIRST.plus(-9), FIRST, FIRST.plus(2), FIRST.plus(5)]
    assert [values[2] for values in plan.values("deliveries")] == [int(FIRST) + n for n in (-9, 0, 2, 5)]
    assert plan.delivery_spans() == [("C1", 1, FIRST.plus(-9), FIRST.plus(5), FIRST.plus(-9))]
    plan.run(SetDeliveryStatus((("C1", 1, FIRST.plus(-9)),), "received"))
    plan.run(deliver(FIRST, 0))
    assert plan.delivery_spans() == [("C1", 1, FIRST.plus(-9), FIRST.plus(5), FIRST.plus(2))]
    assert plan.count("deliveries") == 4


def test_records_are_chosen_by_their_fields(plan: Plan) -> None:
    assert [row.record for row in plan.rows("organisations", {"role": "buyer"})] == [EXAMPLES[4]]
    assert len(plan.rows("deliveries", {"contract": "C1", "line": 1, "month": FIRST})) == 1
    assert plan.rows("deliveries", {"contract": "C1", "status": "received"}) == []
    assert len(plan.rows("contracts", {"probability_ppm": None})) == 1
    assert plan.rows("lines", {"plant": None}) == []


def test_a_record_is_found_by_its_key_or_its_id(plan: Plan) -> None:
    for record in EXAMPLES:
        row = plan.find(record.table, TABLES[record.table].key_of(record))
        assert row is not None
        assert row.record == record
        assert plan.get(record.table, row.id) == row
    assert plan.find("deliveries", ("C1", 1, FIRST.plus(1))) is None
    assert plan.find("deliveries", ("C9", 1, FIRST)) is None
    assert plan.get("deliveries", 1) is None


def test_a_table_that_does_not_exist_is_told(plan: Plan) -> None:
    with pytest.raises(PlannerError, match="There is no table 'contract'"):
        plan.rows("contract")
    with pytest.raises(PlannerError, match="There is no table"):
        plan.count("x")
    with pytest.raises(PlannerError, match="There is no table"):
        plan.find("x", ("y",))
    with pytest.raises(PlannerError, match="There is no table"):
        list(plan.values("sqlite_schema"))


def test_listeners_hear_of_every_edit_once_after_it_is_done(plan: Plan) -> None:
    heard: list[tuple[ChangeSet, int]] = []
    end = plan.subscribe(lambda changes: heard.append((changes, plan.count("organisations"))))
    plan.run(VUL)
    for act in (plan.undo, plan.redo, lambda: plan.undo_edit(2), plan.undo, plan.redo):
        act()
    assert [(changes.edit.number, changes.reverse, count) for changes, count in heard] == [
        (2, False, 3),
        (2, True, 2),
        (2, False, 3),
        (2, True, 2),
        (1, True, 0),
        (1, False, 2),
    ]
    end()
    plan.run(VUL)
    assert len(heard) == 6


def test_listeners_hear_of_a_draft_when_it_is_applied_alone(plan: Plan) -> None:
    heard = listened(plan)
    fields = TABLES["organisations"].fields[:2]
    previews = []
    for code in ("A", "B"):
        with plan.stage("organisations", fields, Mode.ADD) as staging:
            staging.add([2], [[code], ["Name"]])
            previews.append(staging.finish(lambda new, *_: f"Import {new}"))
    assert heard == []
    first, second = (preview.draft for preview in previews)
    assert first is not None
    assert second is not None
    plan.discard_draft(first)
    assert heard == []
    plan.apply_draft(second)
    assert [(changes.edit.title, changes.count) for changes in heard] == [("Import 1", 1)]


def test_what_is_refused_or_changes_nothing_is_not_announced(plan: Plan) -> None:
    heard = listened(plan)
    assert plan.run(CreateRecords(())) is None
    assert plan.redo() is None
    with pytest.raises(PlannerError):
        plan.run(CreateRecords((EXAMPLES[0],)))
    with pytest.raises(PlannerError, match="There is no table"), plan.stage("x", (), Mode.ADD):
        pass
    assert heard == []


def test_titles_of_what_would_be_undone_and_redone(plan: Plan) -> None:
    first = titles(plan)[0]
    assert titles(plan) == (first, None)
    plan.run(VUL)
    assert titles(plan) == ("Add organisation VUL", None)
    plan.undo()
    assert titles(plan) == (first, "Add organisation VUL")
    plan.undo()
    assert titles(plan) == (None, first)
    assert plan.undo() is None


def test_cover_follows_an_edit_and_its_undo(plan: Plan) -> None:
    cobalt = Subject("element", "Co")
    before = plan.cover(cobalt, by=Period.YEAR)
    # 416 t of product hold 87.22 t of cobalt.
    assert before.rows[0].firm == pytest.approx(416 * 0.20966)
    plan.run(PhaseLine("C1", 1))
    after = plan.cover(cobalt, by=Period.YEAR)
    assert after.rows[0].firm == pytest.approx(5_000 * 0.20966)
    plan.undo()
    assert plan.cover(cobalt, by=Period.YEAR) == before
    product = plan.cover(cobalt, by=Period.YEAR, basis=Basis.PRODUCT, stages=Stages.FIRM, end=Month.of(2025, 12))
    assert [(row.period, round(row.firm, 6)) for row in product.rows] == [("2025", 416.0)]
    assert plan.horizon == (FIRST, FIRST.plus(23))
    supported = plan.supported(by=Period.YEAR, stages=Stages.ALL, start=FIRST, end=FIRST.plus(11))
    assert supported.rows[0].bottleneck == "Co"
    with pytest.raises(PlannerError, match="There is no element Xx in this plan"):
        plan.cover(Subject("element", "Xx"))


def test_a_worker_edits_and_reads_beside_the_window(plan: Plan) -> None:
    cobalt = Subject("element", "Co")
    plan.cover(cobalt)
    months = [FIRST.plus(n) for n in range(1, 13)]
    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(plan.run, deliver(month, 1_000)) for month in months[:6]]
        done += [pool.submit(plan.run, deliver(month, 1_000)) for month in months[6:]]
        tables = [pool.submit(plan.cover, cobalt) for _ in range(4)]
        assert all(each.result() for each in done)
        assert len({each.result().unit for each in tables}) == 1
    assert plan.cube.inputs.planned.sum() == 416_000 + 12_000
    assert sorted(edit.number or 0 for edit in plan.history()) == list(range(1, 14))


def test_an_edit_made_while_an_import_is_read_stands_in_its_way_where_they_meet(plan: Plan) -> None:
    fields = TABLES["deliveries"].fields[:4]
    with ThreadPoolExecutor(1) as pool, plan.stage("deliveries", fields, Mode.UPSERT) as staging:
        staging.add([2, 3], [["C1", "C1"], [1, 1], [FIRST, FIRST.plus(1)], [7, 8]])
        pool.submit(plan.run, deliver(FIRST, 5)).result()
        preview = staging.finish(lambda new, changed, _: f"{new} {changed}")
    assert (preview.new, preview.changed) == (1, 1)
    (change,) = (c for c in preview.changes or () if c.before is not None)
    assert isinstance(change.before, Delivery)
    assert change.before.quantity_kg == 5
    plan.run(deliver(FIRST, 6))
    assert preview.draft is not None
    with pytest.raises(ConflictError, match=r"edit 3 \(Set delivery C1 1 2025-01\) changed the same cells"):
        plan.apply_draft(preview.draft)


def test_a_reference_that_is_deleted_while_an_import_is_read_refuses_its_row(plan: Plan) -> None:
    plan.run(VUL)
    vulcan = DeleteRecords("organisations", (row_id(plan, "organisations", "VUL"),))
    with ThreadPoolExecutor(1) as pool, plan.stage("plants", TABLES["plants"].fields[:3], Mode.UPSERT) as staging:
        staging.add([2, 3], [["P1", "P2"], ["One", "Two"], ["VUL", "MNG"]])
        pool.submit(plan.run, vulcan).result()
        preview = staging.finish(lambda new, changed, _: f"{new} {changed}")
    reason = "the organisation was deleted meanwhile; import the file again"
    assert (preview.new, preview.problems) == (1, (Problem(2, "organisation", "", reason),))
    assert preview.draft is not None
    plan.apply_draft(preview.draft)
    assert plan.integrity() == []


def test_a_plan_says_where_it_is_and_whether_it_is_sound(plan: Plan, tmp_path: Path) -> None:
    assert plan.path == tmp_path / "plan.offtake"
    assert plan.read_only is None
    assert plan.integrity() == []
    assert row_id(plan, "organisations", "MNG") > 0
