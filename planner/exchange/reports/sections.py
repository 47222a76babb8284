"""The sections of a report: what each analysis says of a scope, as a table of its own."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from planner.analysis import Basis, Book, Scope, Subject
from planner.analysis.aims.targets import targets
from planner.analysis.footprint.carbon import carbon
from planner.analysis.footprint.recycled import recycled
from planner.analysis.money.cost import spend
from planner.analysis.money.cost_values import EURO, SpendBy
from planner.analysis.origins.concentration import ConcentrationBy, concentration
from planner.analysis.terms.dates import next_dates
from planner.checks import Finding
from planner.exchange.reports.values import Cell, Column, Section

MILLION: Final = 1e6
FORESEEN_MONTHS: Final = 12


class Asked(NamedTuple):
    """What a report is asked for: of what, as of which day, and the findings of the plan."""

    book: Book
    scope: Scope
    today: date
    findings: Sequence[Finding]
    currency: str = EURO


def sections(asked: Asked) -> tuple[Section, ...]:
    """Return all sections of a report; PlannerError as the analyses say."""
    return tuple(make(asked) for make in SECTIONS)


def _cover(asked: Asked) -> Section:
    rows = tuple(_cover_rows(asked))
    one = _is_one(rows)
    columns = (
        Column("subject", "Element or material", "text"),
        Column("period", "Period", "text"),
        Column("demand", "Demand (t metal)", total=one),
        Column("firm", "Firm (t metal)", total=one),
        Column("probable", "Probable (t metal)", total=one),
        Column("supply", "Supply (t metal)", formula="{firm}+{probable}", total=one),
        Column("option", "Option (t metal)", total=one),
        Column("over", "Over capacity (t metal)", total=one),
        Column("start", "Stock at the start (t metal)"),
        Column("end", "Stock at the end (t metal)"),
        Column("safety", "Safety stock (t metal)"),
        Column("net", "Net requirement (t metal)", total=one),
        Column("cover", "Cover (%)", decimals=0, formula='IF({demand}>0,100*({start}+{supply})/{demand},"")'),
    )
    note = "Supply within the plants' capacity against gross demand; options apart. A stock at the start counts."
    return Section("Cover", "Cover", note, columns, rows)


def _cover_rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    scope = asked.scope
    for subject in subjects_of(asked):
        table = asked.book.cube.cover(
            subject, by=scope.by, basis=Basis.METAL, stages=scope.stages, start=scope.start, end=scope.end
        )
        for row in table.rows:
            start = None if row.cover_pct is None else max(0.0, row.cover_pct * row.demand / 100 - row.supply)
            figures = (row.demand, row.firm, row.probable, row.supply, row.option, row.over_capacity, start)
            levels = (row.stock_end, row.safety_stock, row.net_requirement, row.cover_pct)
            yield subject.code, row.period, *figures, *levels


def _supported(asked: Asked) -> Section:
    columns = (
        Column("period", "Period", "text"),
        Column("wanted", "Wanted (GWh)", decimals=2, total=True),
        Column("supported", "Supported (GWh)", decimals=2, total=True),
        Column("missing", "Not supported (GWh)", decimals=2, formula="MAX(0,{wanted}-{supported})"),
        Column("bottleneck", "Least element", "text"),
        Column("lift", "To lift it (t metal)"),
        Column("more", "That would allow (GWh)", decimals=2),
        Column("next", "Then least", "text"),
    )
    scope = asked.scope
    table = asked.book.cube.supported(by=scope.by, stages=scope.stages, start=scope.start, end=scope.end)
    rows = tuple(
        (
            row.period,
            row.demand_gwh,
            row.gwh,
            None if row.gwh is None else max(0.0, row.demand_gwh - row.gwh),
            row.bottleneck,
            row.lift_t,
            row.headroom_gwh,
            row.next_bottleneck,
        )
        for row in table.rows
    )
    left_out = f" Nothing is contracted of {', '.join(table.unplanned)}." if table.unplanned else ""
    note = f"The GWh of cells that receipts allow: the least over the elements.{left_out}"
    return Section("Supported", "Supported battery capacity", note, columns, rows)


def _spend(asked: Asked) -> Section:
    table = spend(asked.book, asked.scope, asked.currency, SpendBy.SUPPLIER)
    million = f"(million {asked.currency})"
    columns = (
        Column("period", "Period", "text"),
        *(Column(f"s{at}", f"{each.title} {million}", decimals=2, total=True) for at, each in enumerate(table.series)),
        Column(
            "spend",
            f"Spend {million}",
            decimals=2,
            formula="+".join(f"{{s{at}}}" for at in range(len(table.series))),
            total=True,
        ),
        Column("budget", f"Budget {million}", decimals=2, total=True),
        Column("difference", f"Spend - budget {million}", decimals=2, formula="{spend}-{budget}", total=True),
        Column("floating", "Floating (%)", decimals=0),
        Column("up", f"Indices 10 % up {million}", decimals=2),
        Column("down", f"Indices 10 % down {million}", decimals=2),
        Column("metal", f"Average price ({asked.currency} per t metal)", decimals=0),
        Column("kwh", f"Average price ({asked.currency} per kWh)", decimals=2),
        Column("unpriced", "Without a price (t product)"),
    )
    rows = tuple(
        (
            row.period,
            *(_millions(each.spend[at]) for each in table.series),
            _millions(row.spend if row.is_known else None),
            _millions(row.budget),
            _millions(row.difference if row.is_known else None),
            100 * row.floating / row.spend if row.spend else None,
            _millions(row.index_up if row.is_known else None),
            _millions(row.index_down if row.is_known else None),
            row.per_t_metal,
            row.per_kwh,
            row.unpriced_t,
        )
        for at, row in enumerate(table.rows)
    )
    note = " ".join(("Supply at the price of its month; what has no price is no part of it.", *table.notes))
    return Section("Spend", "Spend", note, columns, rows)


def _carbon(asked: Asked) -> Section:
    columns = (
        Column("period", "Period", "text"),
        Column("carbon", "kg CO2e per kWh", decimals=2),
        Column("path", "Path (kg CO2e per kWh)", decimals=2),
        Column("above", "Above the path (kg CO2e per kWh)", decimals=2, formula="{carbon}-{path}"),
        Column("emissions", "Emissions (t CO2e)", decimals=0, total=True),
        Column("known", "Of known carbon (%)", decimals=0),
        Column("renewable", "Renewable energy (%)", decimals=0),
    )
    rows = tuple(
        (
            row.period,
            row.kg_per_kwh,
            row.path_kg_per_kwh,
            None if row.kg_per_kwh is None or row.path_kg_per_kwh is None else row.kg_per_kwh - row.path_kg_per_kwh,
            row.emissions_t,
            row.known_pct,
            row.renewable_pct,
        )
        for row in carbon(asked.book, asked.scope).rows
    )
    note = "What a kWh of the mix carries from the supply, against the target path."
    return Section("Carbon", "Carbon", note, columns, rows)


def _concentration(asked: Asked) -> Section:
    columns = (
        Column("subject", "Element or material", "text"),
        Column("among", "Among", "text"),
        Column("period", "Period", "text"),
        Column("hhi", "HHI", decimals=0),
        Column("largest", "Largest", "text"),
        Column("share", "Its share (%)"),
        Column("limit", "Limit (%)"),
        Column("supply", "Supply (t metal)"),
    )
    rows = tuple(
        (
            row.subject.code,
            among.value,
            row.period,
            row.hhi,
            None if row.largest is None else row.largest.title,
            None if row.largest is None else row.largest.pct,
            row.limit_pct,
            row.supply_t,
        )
        for among in ConcentrationBy
        for row in concentration(asked.book, asked.scope, among)
    )
    note = "Herfindahl-Hirschman index of the supply, 0 to 10,000, and who has the largest share."
    return Section("Concentration", "Concentration", note, columns, rows)


def _recycled(asked: Asked) -> Section:
    words = {True: "yes", False: "no", None: None}
    rows = tuple(
        (row.element, row.period, row.supply_t, row.recycled_t, row.recycled_pct, row.minimum_pct, words[row.met])
        for row in recycled(asked.book, asked.scope).rows
    )
    one = _is_one(rows)
    columns = (
        Column("element", "Element", "text"),
        Column("period", "Period", "text"),
        Column("supply", "Supply (t metal)", total=one),
        Column("recycled", "Recycled (t metal)", total=one),
        Column("share", "Recycled (%)", formula='IF({supply}>0,100*{recycled}/{supply},"")'),
        Column("minimum", "Minimum (%)"),
        Column("met", "Met", "text"),
    )
    note = "The recycled share of the supply against the minimum in force at the end of the period."
    return Section("Recycled", "Recycled content", note, columns, rows)


def _targets(asked: Asked) -> Section:
    found = targets(asked.book, asked.scope)
    years = [year.year for year in found[0].years] if found else []
    columns = (
        Column("target", "Target", "text"),
        Column("unit", "Unit", "text"),
        Column("what", "", "text"),
        *(Column(f"y{year}", year) for year in years),
    )
    rows = tuple(
        row
        for each in found
        for row in (
            (each.title, each.unit, each.direction, *(year.path for year in each.years)),
            (each.title, each.unit, "plan", *(year.plan for year in each.years)),
        )
    )
    return Section("Targets", "Targets", "What is asked for, and where the plan stands.", columns, rows)


def _findings(asked: Asked) -> Section:
    columns = tuple(
        Column(key, heading, "text")
        for key, heading in (("severity", "Severity"), ("place", "Where"), ("text", "What"), ("remedy", "What to do"))
    )
    rows = tuple((each.severity, each.place, each.text, each.remedy) for each in asked.findings)
    note = "What somebody should look at." if rows else "Nothing stands out in this plan."
    return Section("Findings", "Findings", note, columns, rows)


def _dates(asked: Asked) -> Section:
    columns = (
        Column("day", "Day", "day"),
        Column("what", "What", "text"),
        Column("of", "Of", "text"),
        Column("overdue", "Overdue", "text"),
    )
    rows = tuple(
        (each.day, each.text, each.owner, "overdue" if each.overdue else None)
        for each in next_dates(asked.book, asked.today, FORESEEN_MONTHS)
    )
    return Section("Dates", "Next dates", "In twelve months, and what is overdue.", columns, rows)


def subjects_of(asked: Asked) -> list[Subject]:
    """Return what the cover is told of: what was asked for, else all elements that are needed or come."""
    if asked.scope.subject is not None:
        return [asked.scope.subject]
    book, everything = asked.book, replace(asked.scope, subject=None)
    found = []
    for element in book.inputs.elements:
        subject = Subject("element", element)
        rows = book.cube.cover(subject, by=everything.by, stages=everything.stages).rows
        if any(row.demand or row.supply for row in rows):
            found.append(subject)
    return found


def _is_one(rows: Sequence[tuple[Cell, ...]]) -> bool:
    """Tell whether rows are of one element or material: tonnes of several are not added up."""
    return len({row[0] for row in rows}) == 1


def _millions(amount: float | None) -> float | None:
    return None if amount is None else amount / MILLION


SECTIONS: Final[tuple[Callable[[Asked], Section], ...]] = (
    _cover,
    _supported,
    _spend,
    _carbon,
    _concentration,
    _recycled,
    _targets,
    _findings,
    _dates,
)
