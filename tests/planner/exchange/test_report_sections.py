"""What a report says of a plan is what the analyses say, and where nothing is known it says nothing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from planner.analysis import Scope, Subject
from planner.analysis.money.cost import spend
from planner.commands import DeleteRecords
from planner.exchange.reports.report import report_of
from planner.exchange.reports.values import Cell, Report, Section
from planner.exchange.samples import create_sample
from planner.plan import SUFFIX, Plan

DAY = date(2026, 11, 25)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open the sample plan."""
    with create_sample(tmp_path / f"sample{SUFFIX}", "Tester") as made:
        yield made


def section(report: Report, name: str) -> Section:
    return next(each for each in report.sections if each.name == name)


def figures(report: Report, name: str) -> tuple[Cell, ...]:
    """Return the periods of a figure of the summary."""
    return next(row[2:] for row in section(report, "Summary").rows if row[0] == name)


def column(report: Report, sheet: str, key: str) -> list[Cell]:
    found = section(report, sheet)
    at = [each.key for each in found.columns].index(key)
    return [row[at] for row in found.rows]


def test_spend_is_told_with_what_has_no_price(plan: Plan) -> None:
    report = report_of(plan, Scope(), today=DAY)
    rows = plan.ask(spend, Scope()).rows
    assert figures(report, "Spend") == pytest.approx(tuple(row.spend / 1e6 for row in rows))
    assert figures(report, "Supply without a price") == tuple(row.unpriced_t for row in rows)


def test_without_any_price_the_spend_is_not_nothing_but_not_known(plan: Plan) -> None:
    plan.run(DeleteRecords("price_terms", tuple(row.id for row in plan.rows("price_terms"))))
    report = report_of(plan, Scope(), today=DAY)
    nothing = [None] * 7
    assert list(figures(report, "Spend")) == nothing
    for key in ("spend", "difference", "up", "down"):
        assert column(report, "Spend", key) == nothing
    assert all(column(report, "Spend", "budget"))
    assert all(column(report, "Spend", "unpriced"))


@pytest.mark.parametrize("sheet", ["Cover", "Recycled"])
def test_tonnes_of_several_elements_are_not_added_up(plan: Plan, sheet: str) -> None:
    everything = report_of(plan, Scope(), today=DAY)
    assert len(set(column(everything, sheet, section(everything, sheet).columns[0].key))) > 1
    assert not any(each.total for each in section(everything, sheet).columns)
    cobalt = report_of(plan, Scope(subject=Subject("element", "Co")), today=DAY)
    assert any(each.total for each in section(cobalt, sheet).columns)


def test_the_findings_are_those_of_the_day_of_the_report(plan: Plan) -> None:
    # The sample puts a finding aside until this day.
    last = date(2027, 6, 30)
    places = [column(report_of(plan, Scope(), today=day), "Findings", "place") for day in (last, date(2027, 7, 1))]
    assert ["plant EXR-LOOP" in each for each in places] == [False, True]
