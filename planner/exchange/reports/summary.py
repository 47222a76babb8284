"""The summary of a report: one figure a row, the periods across, as on the page that a manager reads."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.analysis import Basis
from planner.analysis.footprint.carbon import carbon
from planner.analysis.footprint.recycled import recycled
from planner.analysis.money.cost import spend
from planner.analysis.origins.concentration import ConcentrationBy, concentration
from planner.exchange.reports.sections import MILLION, Asked, subjects_of
from planner.exchange.reports.values import Cell, Column, Section

Row = tuple[Cell, ...]


def summary(asked: Asked) -> Section:
    """Return the figures of a scope by period; PlannerError as the analyses say."""
    periods = asked.book.periods(asked.scope).labels
    columns = (
        Column("figure", "Figure", "text"),
        Column("unit", "Unit", "text"),
        *(Column(f"p{at}", label) for at, label in enumerate(periods)),
    )
    rows = tuple(row for part in (_cover, _supported, _spend, _carbon, _recycled, _largest) for row in part(asked))
    return Section("Summary", "Summary", "Each figure is explained on its own sheet.", columns, rows)


def _cover(asked: Asked) -> Iterator[Row]:
    scope = asked.scope
    for subject in subjects_of(asked):
        table = asked.book.cube.cover(
            subject, by=scope.by, basis=Basis.METAL, stages=scope.stages, start=scope.start, end=scope.end
        )
        yield f"Cover of {subject.code}", "%", *(row.cover_pct for row in table.rows)
        if any(row.net_requirement for row in table.rows):
            yield f"Still to be bought of {subject.code}", "t metal", *(row.net_requirement for row in table.rows)


def _supported(asked: Asked) -> Iterator[Row]:
    scope = asked.scope
    rows = asked.book.cube.supported(by=scope.by, stages=scope.stages, start=scope.start, end=scope.end).rows
    yield "Battery capacity wanted", "GWh", *(row.demand_gwh for row in rows)
    yield "Battery capacity supported", "GWh", *(row.gwh for row in rows)
    yield "Least element", "", *(row.bottleneck for row in rows)


def _spend(asked: Asked) -> Iterator[Row]:
    rows = spend(asked.book, asked.scope, asked.currency).rows
    unit = f"million {asked.currency}"
    yield "Spend", unit, *(row.spend / MILLION if row.is_known else None for row in rows)
    if any(row.unpriced_t for row in rows):
        yield "Supply without a price", "t product", *(row.unpriced_t for row in rows)
    if any(row.budget is not None for row in rows):
        yield "Budget", unit, *(None if row.budget is None else row.budget / MILLION for row in rows)
    yield "Floating with an index", "%", *(100 * row.floating / row.spend if row.spend else None for row in rows)


def _carbon(asked: Asked) -> Iterator[Row]:
    rows = carbon(asked.book, asked.scope).rows
    yield "Carbon", "kg CO2e per kWh", *(row.kg_per_kwh for row in rows)
    if any(row.path_kg_per_kwh is not None for row in rows):
        yield "Carbon path", "kg CO2e per kWh", *(row.path_kg_per_kwh for row in rows)


def _recycled(asked: Asked) -> Iterator[Row]:
    table = recycled(asked.book, asked.scope)
    for element in table.elements:
        rows = table.of(element)
        yield f"Recycled share of {element}", "%", *(row.recycled_pct for row in rows)
        if any(row.minimum_pct is not None for row in rows):
            yield f"Minimum recycled share of {element}", "%", *(row.minimum_pct for row in rows)


def _largest(asked: Asked) -> Iterator[Row]:
    for among in (ConcentrationBy.SUPPLIER, ConcentrationBy.COUNTRY):
        for subject in subjects_of(asked):
            rows = concentration(asked.book, replace(asked.scope, subject=subject), among)
            shares: Sequence[float | None] = [row.largest.pct if row.largest else None for row in rows]
            if any(share is not None for share in shares):
                yield f"Largest {among.value} of {subject.code}", "%", *shares
