"""Explains a shortage, an over-capacity or an over-stock by what has changed and what stands in the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from planner.analysis.balance import NOISE, Balance, balance_of
from planner.analysis.book import Book
from planner.analysis.cover import add_up
from planner.analysis.demand import programme_demand
from planner.analysis.flows import LineFlows
from planner.analysis.gaps.causes import CauseKind, Driver, Explanation, Gap, in_whole_kg, tonnes
from planner.analysis.inputs import Floats, Ints
from planner.analysis.periods import label_of, span_of
from planner.analysis.supply import plant_metal
from planner.analysis.values import Period, Stages, Subject
from planner.errors import PlannerError
from planner.fields import Value
from planner.model import Contract, Programme, SafetyStock
from planner.units import PPM, Month

# Less than this is no gap: what sums of fractions leave over.
LEAST_KG: Final = 0.5


def explain(
    book: Book, subject: Subject, period: str, *, stages: Stages = Stages.ALL, gap: Gap | None = None
) -> Explanation:
    """Explain a period, named as `2028-03`, `2028-Q1` or `2028`, of an element or a material, in kg of metal.

    Unless said otherwise the shortage is explained, else what is above capacity, else what is above the safety stock.
    PlannerError: no such subject, or no such period in the plan.
    """
    case = _Case.of(book, subject, period, stages)
    sizes = {Gap.SHORTAGE: case.shortage, Gap.OVER_CAPACITY: case.over, Gap.OVER_STOCK: case.excess}
    chosen = gap or next((each for each, kg in sizes.items() if kg > LEAST_KG), Gap.NONE)
    if sizes.get(chosen, 0.0) <= LEAST_KG:
        return Explanation(Gap.NONE, subject, period, case.by, stages, "", 0, (), asked=gap or Gap.NONE)
    base = case.base() if chosen is Gap.SHORTAGE else None
    drivers = {
        Gap.SHORTAGE: lambda: _short(case, base),
        Gap.OVER_CAPACITY: lambda: _above_capacity(case),
        Gap.OVER_STOCK: lambda: _in_stock(case),
    }[chosen]()
    total, causes = in_whole_kg(sizes[chosen], drivers)
    named = "" if base is None else case.label(base)
    return Explanation(chosen, subject, period, case.by, stages, named, total, causes)


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """The months that are explained, and what comes of and goes to the subject, metal kg by month."""

    book: Book
    subject: Subject
    by: Period
    stages: Stages
    months: Ints
    lines: Ints
    flows: LineFlows
    programmes: Floats
    safety: Floats
    counted: Floats
    balance: Balance

    @classmethod
    def of(cls, book: Book, subject: Subject, period: str, stages: Stages) -> "_Case":
        inputs = book.inputs
        lines = np.flatnonzero(book.lines_of(subject))
        if subject.kind == "element":
            element = inputs.elements.index(subject.code)
            materials = np.flatnonzero(inputs.material_element == element)
        else:
            material = inputs.materials.index(subject.code)
            element, materials = int(inputs.material_element[material]), np.array([material])
        flows, programmes = book.flows(stages).of_lines(lines), programme_demand(inputs, element)
        counted = add_up(inputs.counted_kg[materials] * inputs.fraction_ppm[materials, None] / PPM)
        receipts, safety = flows.supply.sum(axis=0), inputs.safety_kg[element]
        balance = balance_of(receipts, programmes.sum(axis=0), safety, counted)
        span = span_of(period)
        months = np.arange(max(0, span.first - inputs.first), min(inputs.months, span.last - inputs.first + 1))
        if not months.size:
            last = inputs.first.plus(inputs.months - 1)
            raise PlannerError(f"The plan has nothing in {period}: it runs from {inputs.first} to {last}.")
        return cls(book, subject, span.by, stages, months, lines, flows, programmes, safety, counted, balance)

    @property
    def shortage(self) -> float:
        return self.total(self.balance.net, self.months)

    @property
    def over(self) -> float:
        return float((self.flows.over + self.flows.option_over)[:, self.months].sum())

    @property
    def excess(self) -> float:
        last = self.months[-1]
        return float(self.balance.end[last] - self.safety[last])

    def total(self, values: Floats, months: Ints) -> float:
        """Sum an array [T] over months."""
        return float(values[months].sum())

    def base(self) -> Ints | None:
        """Return the months of the last period of the same length, going back, with demand and without a shortage.

        Months that no period is named for, as those before one that the horizon cuts, are not compared with.
        """
        months = self.months - len(self.months)
        noise = NOISE * float(self.programmes.sum()) + LEAST_KG
        while months[0] >= 0:
            fine = self.total(self.balance.net, months) <= noise and self.programmes[:, months].sum() > 0
            if fine and self.label(months):
                return months
            months = months - len(months)
        return None

    def label(self, months: Ints) -> str:
        """Name the calendar period that these months are; empty where they are none."""
        first = self.month(int(months[0]))
        spans = ((label, span_of(label)) for label in (label_of(first, by) for by in Period))
        whole = (first, first.plus(len(months) - 1))
        return next((label for label, span in spans if (span.first, span.last) == whole), "")

    def month(self, at: int) -> Month:
        return self.book.inputs.first.plus(at)

    def summed(self, values: Floats, months: Ints) -> list[float]:
        """Sum an array of the flows over months, for each line of the subject."""
        found: list[float] = values[:, months].sum(axis=1).tolist()
        return found

    def potential(self, months: Ints | None) -> list[float]:
        """Return what each line of the subject would bring in full, its option called and no plant in the way."""
        if months is None:
            return [0.0] * len(self.lines)
        flows = self.flows
        return self.summed(flows.full + flows.option + flows.option_over, months)

    @property
    def refs(self) -> list[tuple[int, tuple[str, int]]]:
        """The lines of the subject: position, contract and number."""
        return [(line, self.book.traits.lines[line]) for line in self.lines.tolist()]


def _short(case: _Case, base: Ints | None) -> Iterator[Driver]:
    """Drive a shortage: what stands in the way now, and what has changed since the base.

    net = demand - supply + what goes into stock; supply = potential - cut by plants - cut by probability - options.
    What demand and potential are is told as their change since the base, and what the base had to spare.
    """
    yield from _cuts(case)
    since = "" if base is None else case.label(base)
    yield from _demand_steps(case, base, since)
    yield from _contract_steps(case, base, since)
    if base is not None:
        needed = float(case.programmes[:, base].sum())
        spare = needed - sum(case.potential(base))
        text = f"in {since} more was contracted than needed" if spare < 0 else f"in {since} stock filled a gap already"
        yield Driver(CauseKind.SPARE, spare, text, "", ())
    yield from _stock_steps(case)


def _cuts(case: _Case) -> Iterator[Driver]:
    """Find what of the contracts does not count or does not come: plants, probability, options that are not called."""
    flows, months = case.flows, case.months
    cuts = case.summed(flows.over, months), case.summed(flows.option_over, months)
    left_out = case.summed(flows.full, months), case.summed(flows.called, months)
    options = case.summed(flows.option, months)
    for (line, key), over, option_over, full, called, option in zip(case.refs, *cuts, *left_out, options, strict=True):
        if over + option_over > 0:
            yield _capped(case, line, over, option_over)
        if full > called:
            text = f"{key[0]} line {key[1]} {_weighed(case, line)}"
            yield Driver(CauseKind.PROBABILITY, full - called, text, "contracts", key[:1])
        if option > 0:
            text = f"the option of {key[0]} line {key[1]} is not called"
            yield Driver(CauseKind.OPTION, option, text, "lines", key)


def _weighed(case: _Case, line: int) -> str:
    stage = case.book.traits.stage
    word = stage.title(stage.names[stage.of[line]]).lower()
    if case.stages is Stages.FIRM:
        return f"is a {word} and left out"
    return f"is a {word} and counts at {case.book.inputs.line_probability_ppm[line] * 100 / PPM:,.0f} %"


def _capped(case: _Case, line: int, contracted: float, optional: float) -> Driver:
    """Tell that a plant cannot make what is called; while it can make more later on, that it ramps up."""
    inputs, months = case.book.inputs, case.months
    contract, number = case.book.traits.lines[line]
    plant = case.book.traits.plant
    name = plant.names[plant.of[line]]
    capacity = plant_metal(inputs)[inputs.line_plant[line]]
    now, later = float(np.nansum(capacity[months])), capacity[months[-1] + 1 :]
    # Where a month has no limit it can make anything.
    most = float(np.where(np.isnan(later), np.inf, later).max(initial=0.0))
    ramping = len(months) * most > now * (1 + NOISE)
    can = f"can make {tonnes(now)} t for us"
    calls = "calls with its option" if optional > 0 else "calls"
    text = f"{name} {'is ramping up and ' if ramping else ''}{can}, less than {contract} line {number} {calls}"
    kind = CauseKind.RAMP_UP if ramping else CauseKind.CAPPED
    return Driver(kind, contracted + optional, text, "plants", (name,))


def _demand_steps(case: _Case, base: Ints | None, since: str) -> Iterator[Driver]:
    names = _programme_names(case.book)
    for at, (code, name) in enumerate(names):
        now = float(case.programmes[at, case.months].sum())
        before = 0.0 if base is None else float(case.programmes[at, base].sum())
        if now == before:
            continue
        step = f" ({100 * (now / before - 1):+,.0f} %)" if before else ""
        if base is None:
            text = f"{name} needs {tonnes(now)} t"
        else:
            text = f"{name} needs {'more' if now > before else 'less'} than in {since}{step}"
        yield Driver(CauseKind.DEMAND, now - before, text, "programmes", (code,))


def _contract_steps(case: _Case, base: Ints | None, since: str) -> Iterator[Driver]:
    contracts = {contract.reference: contract for contract in case.book.records(Contract)}
    options = case.summed(case.flows.option, case.months)
    steps = zip(case.refs, case.potential(case.months), case.potential(base), options, strict=True)
    for (_, key), now, before, option in steps:
        if now == before:
            continue
        kind, text = _step(case, contracts[key[0]], now - before, base, since)
        called = ", its option called" if base is None and option else ""
        yield Driver(kind, before - now, f"{key[0]} line {key[1]} {text}{called}", "lines", key)


def _step(case: _Case, contract: Contract, more: float, base: Ints | None, since: str) -> tuple[CauseKind, str]:
    """Name a change of what a line would bring."""
    if base is None:
        return CauseKind.MORE_CONTRACTED, "could bring so much"
    if more < 0:
        if contract.end_month < case.month(int(case.months[-1])):
            return CauseKind.CONTRACT_ENDS, f"ends in {contract.end_month}"
        return CauseKind.LESS_CONTRACTED, f"brings less than in {since}"
    if contract.start_month > case.month(int(base[0])):
        return CauseKind.CONTRACT_STARTS, f"starts in {contract.start_month}"
    return CauseKind.MORE_CONTRACTED, f"brings more than in {since}"


def _stock_steps(case: _Case) -> Iterator[Driver]:
    """Tell what the stock gives or takes within the months, and what a higher safety stock asks for."""
    months = case.months
    receipts = float(case.flows.supply[:, months].sum())
    found = _found_by_counts(case)
    into_stock = case.shortage + receipts - float(case.programmes[:, months].sum()) + found
    before = case.safety[max(0, months[0] - 1)]
    raised = float(case.safety[months[-1]] - before)
    if raised:
        text = f"the safety stock {'rises' if raised > 0 else 'falls'}"
        yield Driver(CauseKind.SAFETY_STOCK, raised, text, *_safety_record(case))
    given = into_stock - raised
    at_safety = case.balance.planned[months[-1]] <= case.safety[months[-1]] + LEAST_KG
    built = f"stock is built up{' to its safety level' if at_safety else ''}"
    yield Driver(CauseKind.STOCK, given, built if given > 0 else "stock is used", "", ())
    text = f"a count found {'more' if found > 0 else 'less'} stock than was planned"
    yield Driver(CauseKind.COUNT, -found, text, "stock", ())


def _found_by_counts(case: _Case) -> float:
    """Return what counts found above the stock that was planned; one at the start of the months is their start."""
    at = case.months[1:]
    at = at[~np.isnan(case.counted[at])]
    return float((case.counted[at] - case.balance.planned[at - 1]).sum())


def _safety_record(case: _Case) -> tuple[str, tuple[Value, ...]]:
    """Return table and key of the safety stock that holds at the end of the months; of none where there is no such."""
    element, last = case.book.inputs.elements[_element(case)], case.month(int(case.months[-1]))
    holding = [each.month for each in case.book.records(SafetyStock) if each.element == element and each.month <= last]
    return (SafetyStock.table, (element, max(holding))) if holding else ("", ())


def _above_capacity(case: _Case) -> Iterator[Driver]:
    flows = case.flows
    over, option_over = case.summed(flows.over, case.months), case.summed(flows.option_over, case.months)
    for (line, _), contracted, optional in zip(case.refs, over, option_over, strict=True):
        if contracted + optional > 0:
            yield _capped(case, line, contracted, optional)


def _in_stock(case: _Case) -> Iterator[Driver]:
    """Drive what lies above the safety stock: the stock at the start, what came, what was used, what was counted."""
    months = case.months
    opening = float(case.balance.opening[months[0]])
    receipts = case.summed(case.flows.supply, months)
    used = case.programmes[:, months].sum(axis=1)
    yield Driver(CauseKind.STOCK, opening, f"stock at the start of {case.month(int(months[0]))}", "", ())
    for (_, key), kg in zip(case.refs, receipts, strict=True):
        if kg:
            text = f"{key[0]} line {key[1]} delivers"
            yield Driver(CauseKind.MORE_CONTRACTED, kg, text, "lines", key)
    for (code, name), kg in zip(_programme_names(case.book), used.tolist(), strict=True):
        if kg:
            yield Driver(CauseKind.DEMAND, -kg, f"{name} needs it", "programmes", (code,))
    last = int(months[-1])
    jump = float(case.balance.end[last]) - (opening + sum(receipts) - float(used.sum()))
    yield Driver(CauseKind.COUNT, jump, "a count found another stock than was reckoned", "stock", ())
    if case.safety[last]:
        text = "the safety stock is meant to lie there"
        yield Driver(CauseKind.SAFETY_STOCK, -float(case.safety[last]), text, *_safety_record(case))


def _element(case: _Case) -> int:
    inputs = case.book.inputs
    if case.subject.kind == "element":
        return inputs.elements.index(case.subject.code)
    return int(inputs.material_element[inputs.materials.index(case.subject.code)])


def _programme_names(book: Book) -> list[tuple[str, str]]:
    """Return code and name of each programme in the order of the inputs."""
    return [(programme.code, programme.name) for programme in book.records(Programme)]
