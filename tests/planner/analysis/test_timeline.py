"""Terms are tiled by stage, milestones are late by the calendar, and what starts too early is found."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.terms.timeline import (
    EarlyDelivery,
    Records,
    Segment,
    Span,
    TimelineMark,
    TimelineRow,
    day_after,
    early_deliveries,
    first_day,
    late_first_deliveries,
    mark_of,
    plant_starts,
    segments_of,
    stage_class,
    timeline,
)
from planner.model import Contract, Line, Milestone, Organisation, PlantCapacity, StageChange, Volume
from planner.model.contracts import STAGE
from planner.units import Month

START, END = Month.of(2025, 1), Month.of(2026, 12)
CONTRACT = Contract(
    reference="C1", title="Cobalt", supplier="MNG", buyer="RNO", stage="delivering", start_month=START, end_month=END
)
TODAY = date(2025, 6, 15)
STAGES = [word for word, _ in STAGE.words]


def change(day: date, stage: str, previous: str = "") -> StageChange:
    return StageChange(contract="C1", day=day, stage=stage, previous=previous)


def milestone(name: str = "Qualification", **days: date) -> Milestone:
    return Milestone(
        contract="C1", name=name, due=days.get("due"), forecast=days.get("forecast"), done=days.get("done")
    )


def test_a_term_without_changes_is_one_segment_of_its_stage() -> None:
    assert segments_of(CONTRACT, ()) == (Segment(date(2025, 1, 1), date(2027, 1, 1), "delivering"),)


def test_a_term_is_divided_on_the_days_of_its_changes() -> None:
    changes = (
        change(date(2025, 9, 10), "ramping_up", "signed"),
        change(date(2025, 3, 1), "signed", "memorandum"),
        change(date(2026, 2, 1), "delivering", "ramping_up"),
    )
    assert segments_of(CONTRACT, changes) == (
        Segment(date(2025, 1, 1), date(2025, 3, 1), "memorandum"),
        Segment(date(2025, 3, 1), date(2025, 9, 10), "signed"),
        Segment(date(2025, 9, 10), date(2026, 2, 1), "ramping_up"),
        Segment(date(2026, 2, 1), date(2027, 1, 1), "delivering"),
    )


def test_changes_outside_the_term_leave_only_what_holds_inside() -> None:
    before = change(date(2024, 6, 1), "delivering", "memorandum")
    assert [segment.stage for segment in segments_of(CONTRACT, (before,))] == ["delivering"]
    after = change(date(2027, 6, 1), "expired", "delivering")
    closed = replace(CONTRACT, stage="expired")
    assert segments_of(closed, (after,)) == (Segment(date(2025, 1, 1), date(2027, 1, 1), "delivering"),)


def test_a_first_change_without_a_stage_before_it_holds_from_the_start() -> None:
    assert segments_of(CONTRACT, (change(date(2025, 5, 1), "delivering"),)) == segments_of(CONTRACT, ())


@given(
    start=st.integers(int(Month.of(1990, 1)), int(Month.of(2199, 12)) - 599),
    months=st.integers(0, 599),
    days=st.lists(st.integers(-4_000, 25_000), unique=True, max_size=6),
    stages=st.lists(st.sampled_from(STAGES), min_size=8, max_size=8),
)
def test_segments_tile_the_term(start: int, months: int, days: list[int], stages: list[str]) -> None:
    contract = replace(CONTRACT, start_month=Month(start), end_month=Month(start + months), stage=stages[0])
    origin = first_day(contract.start_month)
    latest = date(2199, 12, 31)
    dated = {min(max(origin + timedelta(days=each), date(1990, 1, 1)), latest) for each in days}
    changes = [change(day, stages[at + 1], stages[at]) for at, day in enumerate(sorted(dated))]
    row = TimelineRow("C1", "", "", Month(start), Month(start + months), segments_of(contract, changes))
    for each in (
        row,
        row.with_term(Month(start), Month(start + 3)),
        row.with_term(Month(start + 1), Month(start + 500)),
    ):
        assert each.segments[0].start_day == first_day(each.start)
        assert each.segments[-1].end_day == day_after(each.end)
        assert all(segment.start_day < segment.end_day for segment in each.segments)
        assert all(one.end_day == other.start_day for one, other in pairwise(each.segments))
        assert all(one.stage != other.stage for one, other in pairwise(each.segments))


def test_a_row_keeps_its_segments_when_its_term_stays() -> None:
    segments = segments_of(CONTRACT, (change(date(2025, 3, 1), "signed", "memorandum"),))
    row = TimelineRow("C1", "", "", START, END, segments)
    assert row.with_term(START, END) == row


@pytest.mark.parametrize(
    ("given_days", "day", "state", "days_late"),
    [
        ({"due": date(2025, 3, 31), "done": date(2025, 4, 5)}, date(2025, 4, 5), "done", 5),
        ({"due": date(2025, 8, 1)}, date(2025, 8, 1), "due", 0),
        ({"due": date(2025, 6, 15)}, date(2025, 6, 15), "due", 0),
        ({"due": date(2025, 6, 14)}, date(2025, 6, 14), "late", 0),
        ({"due": date(2025, 8, 1), "forecast": date(2025, 9, 1)}, date(2025, 9, 1), "late", 31),
        ({"due": date(2025, 8, 1), "forecast": date(2025, 7, 1)}, date(2025, 7, 1), "forecast", -31),
        ({"forecast": date(2025, 7, 1)}, date(2025, 7, 1), "forecast", 0),
        ({"forecast": date(2025, 5, 1)}, date(2025, 5, 1), "late", 0),
    ],
)
def test_a_milestone_is_late_by_its_due_day(given_days: dict[str, date], day: date, state: str, days_late: int) -> None:
    (mark,) = mark_of(milestone("Qualification", **given_days), TODAY)
    assert (mark.day, mark.state, mark.days_late) == (day, state, days_late)


def test_a_milestone_without_a_day_has_no_mark() -> None:
    assert list(mark_of(milestone(), TODAY)) == []


def test_a_row_gathers_what_belongs_to_its_contract() -> None:
    later = replace(CONTRACT, reference="C0", supplier="NOBODY", start_month=START.plus(1))
    records = Records(
        contracts=(later, CONTRACT),
        organisations=(Organisation(code="MNG", name="Managem"),),
        changes=(change(date(2025, 3, 1), "delivering", "signed"),),
        milestones=(
            milestone("Qualification", due=date(2025, 9, 1)),
            milestone("Engineering study", due=date(2024, 1, 1), done=date(2024, 2, 1)),
        ),
        volumes=(
            Volume(contract="C1", line=1, year=2025, agreed_kg=1, option_kg=5, option_until=date(2025, 11, 30)),
            Volume(contract="C1", line=1, year=2026, agreed_kg=1, option_until=date(2026, 11, 30)),
        ),
        spans=(span(1, None, START.plus(3)), span(2, None, START.plus(2))),
    )
    first, second = timeline(records, TODAY)
    assert (first.contract, first.supplier, second.contract, second.supplier) == ("C1", "Managem", "C0", "NOBODY")
    assert [segment.stage for segment in first.segments] == ["signed", "delivering"]
    assert [mark.name for mark in first.marks] == ["Engineering study", "Qualification"]
    assert (first.first_delivery, second.first_delivery) == (Month.of(2025, 3), None)
    assert first.option_days == (date(2025, 11, 30),)
    assert first.days == (date(2024, 2, 1), date(2027, 1, 1))
    assert second.days == (date(2025, 2, 1), date(2027, 1, 1))


def test_a_day_of_a_row_may_lie_after_its_term() -> None:
    mark = TimelineMark(date(2028, 1, 1), "Review", "due")
    row = TimelineRow("C1", "", "", START, END, segments_of(CONTRACT, ()), (mark,))
    assert row.days == (date(2025, 1, 1), date(2028, 1, 1))


def test_every_stage_has_a_class() -> None:
    classes = {stage: stage_class(stage) for stage in STAGES}
    assert [stage for stage, kind in classes.items() if kind == "probable"] == ["memorandum", "letter_of_intent"]
    assert [stage for stage, kind in classes.items() if kind == "closed"] == ["expired", "cancelled"]


def test_the_last_month_has_a_day_after_it() -> None:
    assert day_after(Month.of(2199, 12)) == date(2200, 1, 1)


def capacity(plant: str, month: Month, available_kg: int) -> PlantCapacity:
    return PlantCapacity(plant=plant, month=month, available_kg=available_kg)


CAPACITIES = (
    capacity("GUE", START, 0),
    capacity("GUE", START.plus(6), 9),
    capacity("GUE", START.plus(3), 5),
    capacity("NEVER", START, 0),
)


def line(number: int, plant: str | None) -> Line:
    return Line(contract="C1", line=number, material="CoSO4", plant=plant)


def test_a_plant_starts_with_its_first_capacity() -> None:
    assert plant_starts(CAPACITIES) == {"GUE": Month.of(2025, 4), "NEVER": None}


def span(number: int, to_come: Month | None, first: Month = START) -> Span:
    return Span("C1", number, first, END, to_come)


def test_deliveries_before_the_plant_can_deliver_are_found() -> None:
    lines = (line(1, "GUE"), line(2, "GUE"), line(3, "NEVER"), line(4, None), line(5, "UNLIMITED"), line(6, "GUE"))
    spans = [span(number, START.plus(3 if number == 2 else 0)) for number in range(1, 6)]
    assert list(early_deliveries(lines, CAPACITIES, spans)) == [
        EarlyDelivery("C1", 1, START, "GUE", Month.of(2025, 4)),
        EarlyDelivery("C1", 3, START, "NEVER", None),
    ]


def test_what_is_received_did_not_come_too_early() -> None:
    assert not list(early_deliveries([line(1, "GUE")], CAPACITIES, [span(1, None)]))
    assert not list(early_deliveries([line(1, "GUE")], CAPACITIES, [span(1, START.plus(3))]))


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ({"due": date(2025, 3, 1)}, True),
        ({"due": date(2025, 2, 1), "forecast": date(2025, 4, 1)}, True),
        ({"due": date(2025, 2, 28)}, False),
        ({"due": date(2025, 4, 1), "forecast": date(2025, 2, 1)}, False),
        ({"due": date(2025, 4, 1), "done": date(2025, 4, 1)}, False),
        ({}, False),
    ],
)
def test_a_first_delivery_after_the_first_month_with_deliveries_is_found(days: dict[str, date], found: bool) -> None:
    one = milestone("First delivery", **days)
    others = (milestone("Qualification", due=date(2026, 1, 1)), replace(one, contract="C2"))
    spans = [span(1, START.plus(1)), span(2, START.plus(20)), span(3, None)]
    assert list(late_first_deliveries((one, *others), spans)) == ([(one, Month.of(2025, 2))] if found else [])
