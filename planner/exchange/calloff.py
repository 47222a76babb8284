"""What a supplier is to deliver, month by month: the call-off schedule, without prices and without anybody else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planner.errors import PlannerError
from planner.exchange.extract import Extract, OutColumn
from planner.fields import LineNumber, Stored
from planner.fields.kinds import Text
from planner.fields.quantities import Mass
from planner.model import Contract, Line, Material, Organisation, Plant
from planner.model.contracts import FIRM, STAGE, STATUS
from planner.plan import Plan, Row
from planner.units import Month

# What was agreed; memoranda and letters of intent are called off by nobody.
STAGES: Final = FIRM | {"expired"}
TOTAL: Final = "Total"
ALL_LINES: Final = "All lines"

KgByMonth = Mapping[Month, int]


@dataclass(frozen=True, slots=True)
class CallOffLine:
    """A line of a contract: the kg of each month by status, in the line's basis, which `unit` names."""

    contract: str
    line: int
    material: str
    material_name: str
    plant: str
    unit: str
    kg: Mapping[str, KgByMonth]

    def total(self) -> KgByMonth:
        """Return the kg of each month whatever their status."""
        return _sum(self.kg.values())


@dataclass(frozen=True, slots=True)
class CallOffs:
    """The schedule of one supplier from `start` to `end`.

    `left_out` are contracts with deliveries in those months that are not agreed yet, or cancelled, with their stage.
    """

    supplier: Organisation
    buyers: tuple[str, ...]
    start: Month
    end: Month
    lines: tuple[CallOffLine, ...]
    left_out: tuple[tuple[str, str], ...]

    @property
    def months(self) -> tuple[Month, ...]:
        """All months from the first to the last."""
        return tuple(map(Month, range(self.start, self.end + 1)))

    def sums(self) -> Iterator[tuple[str, KgByMonth]]:
        """Return for each unit that several lines have the kg of all of them by month."""
        units = [line.unit for line in self.lines]
        for unit in dict.fromkeys(units):
            if units.count(unit) > 1:
                yield unit, _sum(line.total() for line in self.lines if line.unit == unit)


def suppliers(plan: Plan, *, agreed_only: bool = True) -> tuple[Organisation, ...]:
    """Return those who have a contract, by code; one that is agreed, unless all are wanted."""
    with plan.reading():
        agreed = {contract.supplier for contract in _contracts(plan) if contract.stage in STAGES or not agreed_only}
        found = (row.record for row in plan.rows("organisations"))
        return tuple(each for each in found if isinstance(each, Organisation) and each.code in agreed)


def call_offs(
    plan: Plan, supplier: str, start: Month | None = None, end: Month | None = None, *, agreed_only: bool = True
) -> CallOffs:
    """Return the schedule of a supplier; without `start` or `end` from its first or to its last delivery.

    Unless `agreed_only`, memoranda, letters of intent and what is cancelled are in it too.

    PlannerError when there is no such organisation, or nothing is agreed with it for those months.
    """
    if start is not None and end is not None and end < start:
        raise PlannerError(f"{end} lies before {start}; name the first month first.")
    with plan.reading():
        found = plan.find("organisations", (supplier,))
        if found is None or not isinstance(found.record, Organisation):
            raise PlannerError(f"There is no organisation {supplier}; the table organisations lists their codes.")
        contracts = {each.reference: each for each in _contracts(plan) if each.supplier == supplier}
        lines = [row for row in plan.rows("lines") if getattr(row.record, "contract", None) in contracts]
        kg = _deliveries(plan, lines, start, end)
        rows = [line for line in (_line(plan, row, kg) for row in lines) if line is not None]
        agreed = tuple(row for row in rows if not agreed_only or contracts[row.contract].stage in STAGES)
        buyers = tuple(_name(plan, code) for code in dict.fromkeys(contracts[row.contract].buyer for row in agreed))
    stages = {row.contract: STAGE.title(contracts[row.contract].stage) for row in rows if row not in agreed}
    months = [month for row in agreed for month in row.total()]
    if not months:
        raise PlannerError(_nothing(supplier, stages, agreed_only=agreed_only))
    return CallOffs(
        supplier=found.record,
        buyers=buyers,
        start=start or min(months),
        end=end or max(months),
        lines=agreed,
        left_out=tuple(stages.items()),
    )


def _nothing(supplier: str, stages: Mapping[str, str], *, agreed_only: bool) -> str:
    """Return why there is no schedule."""
    if not stages:
        which = "agreed contract" if agreed_only else "contract"
        return f"No {which} with {supplier} has deliveries in these months; plan them, or choose other months."
    named = ", ".join(f"{reference} ({stage.lower()})" for reference, stage in stages.items())
    return f"Nothing is agreed with {supplier} yet: {named}. Take what is not agreed yet too, to write it all the same."


def schedule_rows(schedule: CallOffs) -> Extract:
    """Return the schedule as rows to write: for each line one a status and their total, then the sum of all lines."""
    words, tonnes = Text(), Mass()
    columns = (
        OutColumn("contract", "Contract", words),
        OutColumn("line", "Line", LineNumber()),
        OutColumn("material", "Material", words),
        OutColumn("material_name", "Name", words),
        OutColumn("plant", "Plant", words),
        OutColumn("unit", "Unit", words),
        OutColumn("status", "Status", words),
        *(OutColumn(str(month), str(month), tonnes) for month in schedule.months),
        OutColumn("total", TOTAL, tonnes),
    )
    rows = tuple(_rows(schedule))
    name = f"Call-offs {schedule.supplier.code}"
    return Extract(name, f"Call-off schedule for {schedule.supplier.name}", columns, lambda: iter(rows), len(rows))


def _rows(schedule: CallOffs) -> Iterator[tuple[Stored, ...]]:
    for line in schedule.lines:
        said = (line.contract, line.line, line.material, line.material_name, line.plant, line.unit)
        for status, kg in line.kg.items():
            yield (*said, STATUS.title(status), *_across(schedule, kg))
        yield (*said, TOTAL, *_across(schedule, line.total()))
    for unit, kg in schedule.sums():
        yield (ALL_LINES, None, "", "", "", unit, TOTAL, *_across(schedule, kg))


def _across(schedule: CallOffs, kg: KgByMonth) -> tuple[Stored, ...]:
    return (*map(kg.get, schedule.months), sum(kg.values()))


def _contracts(plan: Plan) -> Iterator[Contract]:
    return (row.record for row in plan.rows("contracts") if isinstance(row.record, Contract))


def _deliveries(
    plan: Plan, lines: Sequence[Row], start: Month | None, end: Month | None
) -> Mapping[tuple[Stored, Stored], Mapping[str, dict[Month, int]]]:
    """Return the kg of lines by status, as the statuses follow one another, and by month, within the horizon."""
    order = [status for status, _ in STATUS.words]
    found: dict[tuple[Stored, Stored], dict[str, dict[Month, int]]] = defaultdict(lambda: {each: {} for each in order})
    for contract, line, month, kg, status in plan.values_of("deliveries", "lines", [row.id for row in lines]):
        at = Month(int(month or 0))
        if kg and (start is None or at >= start) and (end is None or at <= end):
            found[contract, line][str(status)][at] = int(kg)
    return found


def _line(
    plan: Plan, row: Row, kg: Mapping[tuple[Stored, Stored], Mapping[str, dict[Month, int]]]
) -> CallOffLine | None:
    """Return a line with what it delivers; None where that is nothing."""
    line = row.record
    if not isinstance(line, Line) or (line.contract, line.line) not in kg:
        return None
    material = plan.find("materials", (line.material,))
    known = material.record if material is not None and isinstance(material.record, Material) else None
    return CallOffLine(
        contract=line.contract,
        line=line.line,
        material=line.material,
        material_name="" if known is None else known.name,
        plant="" if line.plant is None else _name(plan, line.plant, "plants"),
        unit=f"t {known.element} content" if known is not None and line.volume_basis == "metal" else "t",
        kg={status: months for status, months in kg[line.contract, line.line].items() if months},
    )


def _name(plan: Plan, code: str, table: str = "organisations") -> str:
    found = plan.find(table, (code,))
    return found.record.name if found is not None and isinstance(found.record, Organisation | Plant) else code


def _sum(parts: Iterable[KgByMonth]) -> KgByMonth:
    total: dict[Month, int] = {}
    for part in parts:
        for month, kg in part.items():
            total[month] = total.get(month, 0) + kg
    return total
