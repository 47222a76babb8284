"""What hypothesis draws: values of every kind of field, records of every table, plans that fit together, commands."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from planner.commands import (
    AgreeVolumes,
    CallOption,
    Cell,
    CloseContract,
    Command,
    CreateRecords,
    DeleteRecords,
    DeliveryCell,
    DraftContract,
    DuplicateContract,
    LineVolumes,
    PhaseLine,
    SetCells,
    SetDeliveries,
    SpreadYears,
    YearTotal,
)
from planner.errors import InvalidValueError
from planner.fields import Field, Kind, Value, target_of
from planner.fields.kinds import Choice, Code, DateKind, LineNumber, MonthKind, Phasing, Symbol, Text
from planner.fields.quantities import Fixed
from planner.model import (
    TABLES,
    Attachment,
    Budget,
    BuyerShare,
    Chemistry,
    Contract,
    Delivery,
    Demand,
    ElementIntensity,
    Evidence,
    ExchangeRate,
    IndexPrice,
    Intake,
    Line,
    Lot,
    Material,
    Milestone,
    MixShare,
    Mute,
    Organisation,
    Plant,
    PlantCapacity,
    PriceIndex,
    PriceTerm,
    Programme,
    Record,
    Return,
    SafetyStock,
    StageChange,
    StockCount,
    SupplierCarbon,
    Table,
    Target,
    Volume,
)
from planner.plan import Plan, Row
from planner.units import FIRST_YEAR, LAST_YEAR, MONTHS_PER_YEAR, Month

Key = tuple[Value, ...]
Keys = Mapping[str, Sequence[Key]]

FIRST: Final = Month.of(2025, 1)
EARLIEST: Final = FIRST_YEAR * MONTHS_PER_YEAR
LATEST: Final = LAST_YEAR * MONTHS_PER_YEAR + MONTHS_PER_YEAR - 1

# One record of every table, each after those that it refers to.
EXAMPLES: Final[tuple[Record, ...]] = (
    Material(code="CoSO4", name="Cobalt sulphate", element="Co", contained_fraction_ppm=209_660),
    Chemistry(code="NMC", name="Nickel manganese cobalt"),
    ElementIntensity(chemistry="NMC", element="Co", intensity_mg_per_kwh=69_885),
    Organisation(code="MNG", name="Managem"),
    Organisation(code="RNO", name="Renault", role="buyer"),
    Plant(code="GUE", name="Guemassa", organisation="MNG", material="CoSO4"),
    PlantCapacity(plant="GUE", month=FIRST, available_kg=500_000),
    Contract(reference="C1", supplier="MNG", buyer="RNO", stage="signed", start_month=FIRST, end_month=FIRST.plus(23)),
    Line(contract="C1", line=1, material="CoSO4", plant="GUE"),
    Volume(contract="C1", line=1, year=2025, agreed_kg=5_000_000),
    Delivery(contract="C1", line=1, month=FIRST, quantity_kg=416_000),
    Milestone(contract="C1", name="First delivery", due=date(2025, 1, 31)),
    Programme(code="R5", name="Renault 5"),
    MixShare(programme="R5", chemistry="NMC", month=FIRST, share_ppm=1_000_000),
    Demand(programme="R5", month=FIRST, energy_kwh=1_250_000),
    StockCount(material="CoSO4", month=FIRST, quantity_kg=100_000),
    SafetyStock(element="Co", month=FIRST, quantity_kg=20_000),
    Evidence(code="RMI-1", scheme="RMI RMAP", organisation="MNG", plant="GUE", issued=date(2024, 5, 1)),
    StageChange(contract="C1", day=date(2024, 6, 1), stage="signed", previous="memorandum"),
    BuyerShare(contract="C1", buyer="RNO", share_ppm=1_000_000),
    Attachment(contract="C1", name="Memorandum", link="https://example.com/memorandum.pdf"),
    PriceIndex(code="LME-CO", name="LME cobalt", currency="USD"),
    IndexPrice(index="LME-CO", month=FIRST, price_e4=334_000_000),
    ExchangeRate(base="EUR", quote="USD", month=FIRST, rate_e6=1_080_000),
    SupplierCarbon(organisation="MNG", material="CoSO4", carbon_g_per_kg=2_900),
    Lot(code="LOT-1", contract="C1", line=1, month=FIRST, quantity_kg=10_000, plant="GUE", programme="R5"),
    Intake(plant="GUE", origin="GUE", month=FIRST, quantity_kg=10_000),
    Return(contract="C1", line=1, waste="scrap", month=FIRST, quantity_kg=1_000),
    Target(measure="recycled", scope="Co", month=FIRST, value_e4=0),
    Budget(year=2025, material="CoSO4", amount_cents=10_000_000_000, currency="USD"),
    Mute(finding="unpriced", place="C1 1", until=date(2025, 12, 31)),
    PriceTerm(contract="C1", line=1, month=FIRST, index="LME-CO", payable_ppm=820_000, premium_e4=3_500_000),
)


def months() -> SearchStrategy[Month]:
    """Draw any month that a plan can hold."""
    return st.integers(EARLIEST, LATEST).map(Month)


def texts(longest: int) -> SearchStrategy[str]:
    """Draw texts as `parse` leaves them: trimmed, composed, without control characters."""
    drawn = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=min(longest, 40))
    return drawn.map(lambda text: unicodedata.normalize("NFC", text.strip()).strip()).filter(
        lambda t: len(t) <= longest
    )


def codes(longest: int) -> SearchStrategy[str]:
    """Draw codes: visible, never empty."""
    visible = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"))
    drawn = st.text(visible, min_size=1, max_size=longest)
    trimmed = drawn.map(lambda text: unicodedata.normalize("NFC", text.strip()).strip())
    return trimmed.filter(lambda text: 0 < len(text) <= longest)


def phasings() -> SearchStrategy[str]:
    """Draw `even` and twelve weights of which one at least counts."""
    weights = st.lists(st.integers(0, 9_999), min_size=12, max_size=12).filter(any)
    return st.just("even") | weights.map(lambda drawn: "/".join(map(str, drawn)))


def values(kind: Kind) -> SearchStrategy[Value]:  # noqa: PLR0911 - a case for each kind
    """Draw every value that a kind of field allows."""
    match kind:
        case Symbol():
            return st.sampled_from(("Co", "Ni", "Li")) if "a-z" in kind.shape else st.sampled_from(("EUR", "USD"))
        case Code():
            return codes(kind.longest)
        case Text():
            return texts(kind.longest)
        case Phasing():
            return phasings()
        case Choice():
            return st.sampled_from([word for word, _ in kind.words])
        case MonthKind():
            return months()
        case DateKind():
            return st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
        case Fixed() | LineNumber():
            return st.integers(kind.lowest, kind.highest)
        case _:
            raise TypeError(kind)


def cells(field: Field) -> SearchStrategy[Value]:
    """Draw every value that a field may have, the empty one included where it may be empty."""
    drawn = values(field.kind).filter(lambda value: value != "")
    return drawn if field.required else st.just(field.default) | drawn


@st.composite
def records(draw: DrawFn, table: Table) -> Record:
    """Draw a record of a table that could exist; what it refers to may not."""
    drawn = {field.attr: draw(cells(field)) for field in table.fields}
    return table.record.of(drawn | draw(together(table, drawn)))


@st.composite
def together(draw: DrawFn, table: Table, drawn: Mapping[str, Value]) -> dict[str, Value]:
    """Draw those fields anew that a rule of the record binds to one another."""
    if table.record is Contract:
        start = draw(st.integers(EARLIEST, LATEST))
        return {"start_month": Month(start), "end_month": Month(draw(st.integers(start, min(start + 599, LATEST))))}
    if table.record is PriceTerm:
        by_index = draw(st.booleans())
        floor, cap = sorted((draw(st.integers(0, 10**12)), draw(st.integers(0, 10**12))))
        one = {"fixed_e4": None, "index": draw(codes(64))} if by_index else {"fixed_e4": floor, "index": None}
        return {**one, "floor_e4": floor, "cap_e4": cap}
    if table.record is Evidence and drawn["issued"] is not None:
        return {"expires": None}
    return {"base": "EUR", "quote": "USD"} if table.record is ExchangeRate else {}


def near_values(field: Field) -> SearchStrategy[Value]:  # noqa: PLR0911 - a case for each kind
    """Draw values from a narrow choice, so that keys meet and months lie close; the ends of what is allowed too."""
    match field.kind:
        case Code() if not isinstance(field.kind, Symbol):
            return st.sampled_from(("A", "B", "C"))
        case Text() if not isinstance(field.kind, Symbol):
            return st.sampled_from(("First", "Second")) if field.required else st.sampled_from(("", "Note"))
        case MonthKind():
            near = st.integers(int(FIRST), int(FIRST) + 17)
            return st.one_of(*[near] * 9, st.sampled_from((EARLIEST, LATEST))).map(Month)
        case LineNumber(name="year"):
            return st.sampled_from((2024, 2025, 2025, 2026, LAST_YEAR))
        case LineNumber():
            return st.integers(1, 2)
        case Fixed(lowest=low, highest=high):
            return st.one_of(st.integers(low, min(high, 10_000_000)), st.sampled_from((low, high)))
        case _:
            return cells(field)


@st.composite
def fitting(draw: DrawFn, table: Table, known: Keys) -> Record | None:
    """Draw a record that refers to records that exist; None when there are none or the fields do not fit together."""
    drawn: dict[str, Value] = {}
    chosen: dict[str, Key] = {}
    for field in table.fields:
        target = target_of(field.kind)
        if target is None:
            drawn[field.attr] = draw(near_values(field))
            continue
        name, part = target
        if not known.get(name) or (not field.required and draw(st.booleans())):
            if field.required:
                return None
            drawn[field.attr] = None
            continue
        if not part:
            drawn[field.attr] = draw(st.sampled_from(known[name]))[0]
            continue
        if name not in chosen:
            chosen[name] = draw(st.sampled_from(known[name]))
        drawn[field.attr] = chosen[name][[key.name for key in TABLES[name].key].index(part)]
    try:
        return table.record.of(drawn)
    except InvalidValueError:
        return None


@st.composite
def consistent(draw: DrawFn, most: int = 3) -> tuple[Record, ...]:
    """Draw records of all tables that can stand in one plan, in the order in which they can be added."""
    known: dict[str, list[Key]] = {}
    kept: list[Record] = []
    for table in TABLES.values():
        for record in draw(st.lists(fitting(table, known), max_size=most)):
            if record is not None and table.key_of(record) not in known.setdefault(table.name, []):
                known[table.name].append(table.key_of(record))
                kept.append(record)
    return tuple(kept)


def keys_of(plan: Plan) -> dict[str, list[Key]]:
    """Return the keys of all records of a plan by table."""
    return {name: [table.key_of(row.record) for row in plan.rows(name)] for name, table in TABLES.items()}


def creations(plan: Plan) -> SearchStrategy[Command]:
    """Draw commands that add one to three records of a table."""
    known = keys_of(plan)
    ready = [table for table in TABLES.values() if all(known[name] for name in table.refers_to - {"plants"})]
    drawn = st.sampled_from(ready).flatmap(lambda table: st.lists(fitting(table, known), min_size=1, max_size=3))
    return drawn.map(lambda given: CreateRecords(tuple(record for record in given if record is not None)))


@st.composite
def cell_blocks(draw: DrawFn, plan: Plan) -> Command | None:
    """Draw a command that sets one to four cells of existing rows; None when there is nothing to change."""
    known = keys_of(plan)
    filled = [name for name in TABLES if known[name]]
    if not filled:
        return None
    block: list[Cell] = []
    for _ in range(draw(st.integers(1, 2))):
        table = TABLES[draw(st.sampled_from(filled))]
        row = draw(st.sampled_from(plan.rows(table.name)))
        other = draw(fitting(table, known))
        if other is None:
            continue
        fields = draw(st.lists(st.sampled_from(table.fields), min_size=1, max_size=2, unique=True))
        block.extend(Cell(table.name, row.id, f.name, getattr(other, f.attr)) for f in fields)
    return SetCells(tuple(block)) if block else None


@st.composite
def deletions(draw: DrawFn, plan: Plan) -> Command | None:
    """Draw a command that deletes one or two rows of a table, with or without what depends on them."""
    filled = [name for name in TABLES if plan.count(name)]
    if not filled:
        return None
    table = draw(st.sampled_from(filled))
    rows = draw(st.lists(st.sampled_from(plan.rows(table)), min_size=1, max_size=2))
    return DeleteRecords(table, tuple(row.id for row in rows), cascade=draw(st.booleans()))


@st.composite
def contract_commands(draw: DrawFn, plan: Plan) -> Command | None:
    """Draw a command that agrees volumes of a line, calls its option, or drafts or closes its contract."""
    lines = [row.record for row in plan.rows("lines") if isinstance(row.record, Line)]
    if not lines:
        return None
    line = draw(st.sampled_from(lines))
    year, kg = st.integers(2024, 2027), st.integers(0, 10_000_000)
    match draw(st.integers(0, 3)):
        case 0:
            agreed = tuple(draw(st.lists(st.tuples(year, kg), min_size=1, max_size=3)))
            return AgreeVolumes(line.contract, (LineVolumes(line.line, agreed),), draw(st.booleans()))
        case 1:
            return CallOption(line.contract, line.line, draw(year), draw(kg), draw(st.dates(date(2024, 1, 1))))
        case 2:
            return DraftContract(line.contract, draw(st.sampled_from(("A", "B", "C", "D"))))
        case _:
            return CloseContract(line.contract, Month(draw(st.integers(int(FIRST), int(FIRST) + 17))))


@st.composite
def delivery_commands(draw: DrawFn, plan: Plan) -> Command | None:
    """Draw a command that phases a line, spreads years of it, sets some of its months, or duplicates its contract."""
    lines = [row.record for row in plan.rows("lines") if isinstance(row.record, Line)]
    if not lines:
        return None
    line = draw(st.sampled_from(lines))
    which = draw(st.integers(0, 3))
    if which == 0:
        weights = draw(st.none() | st.tuples(*[st.integers(0, 5)] * 12))
        return PhaseLine(line.contract, line.line, draw(st.none() | st.just((2025,))), weights)
    if which == 1:
        return DuplicateContract(line.contract, draw(st.sampled_from(("A", "B", "C", "D"))))
    if which == 2:
        years = draw(st.lists(st.sampled_from((2025, 2026)), min_size=1, max_size=2, unique=True))
        return SpreadYears(tuple(YearTotal(line.contract, line.line, y, draw(st.integers(0, 10**7))) for y in years))
    near = near_values(TABLES["deliveries"].fields[2])
    drawn = draw(st.lists(st.tuples(near, st.none() | st.integers(0, 10_000_000)), min_size=1, max_size=3))
    return SetDeliveries(tuple(DeliveryCell(line.contract, line.line, month, kg) for month, kg in _dated(drawn)))


def _dated(drawn: list[tuple[Value, int | None]]) -> list[tuple[Month, int | None]]:
    return [(month, kg) for month, kg in drawn if isinstance(month, Month)]


def commands(plan: Plan) -> SearchStrategy[Command | None]:
    """Draw any command that makes sense, or nearly, for a plan as it is; None where a draw came to nothing."""
    any_of = creations(plan), cell_blocks(plan), deletions(plan), delivery_commands(plan), contract_commands(plan)
    return st.one_of(*any_of)


@st.composite
def imported(draw: DrawFn, plan: Plan, table: Table) -> list[Record]:
    """Draw the records of a file for a table: new ones, existing ones as they are, and changed ones."""
    drawn = draw(st.lists(fitting(table, keys_of(plan)), max_size=4))
    fresh = [record for record in drawn if record is not None]
    there: list[Row] = plan.rows(table.name)
    again = draw(st.lists(st.sampled_from(there), max_size=2)) if there else []
    return [*fresh, *(replace(row.record) for row in again)]


def example_plan(path: Path) -> Plan:
    """Make a plan that holds one record of every table, added in one edit."""
    plan = Plan.create(path, person="Tester")
    plan.run(CreateRecords(EXAMPLES))
    return plan


def row_id(plan: Plan, table: str, *key: Value) -> int:
    """Return the id of the record that a key names."""
    row = plan.find(table, key)
    assert row is not None
    return row.id
