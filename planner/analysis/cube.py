"""The cached numbers of a plan by material, month and stage, which follow its edits."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, Self, TypeAlias, TypeVar

import numpy as np

from planner.analysis.cover import Flows, add_up, cover_rows
from planner.analysis.demand import gross_demand, mix_intensity, nearest
from planner.analysis.flows import LineFlows
from planner.analysis.inputs import Bools, Floats, Inputs, Ints
from planner.analysis.periods import periods_of
from planner.analysis.supply import Grouping, Months, Supply, open_capacity, supply_of
from planner.analysis.supported import supported_rows
from planner.analysis.values import CoverTable, Period, Stages, Subject, SupportedTable
from planner.errors import PlannerError
from planner.units import KG_PER_T, PPM, Basis, Month

_UNITS = {Basis.PRODUCT: "t product", Basis.METAL: "t metal", Basis.GWH: "GWh"}


@dataclass(frozen=True, slots=True, eq=False)
class _Settled:
    """What deliveries do not change: metal kg [E or M, T], intensity in mg per kWh [E, T]."""

    grouping: Grouping
    capacity: Floats
    demand: Floats
    intensity: Floats
    counted: Floats

    @classmethod
    def of(cls, inputs: Inputs) -> Self:
        return cls(
            grouping=Grouping.of(inputs),
            capacity=open_capacity(inputs),
            demand=gross_demand(inputs),
            intensity=mix_intensity(inputs),
            counted=inputs.counted_kg * inputs.fraction_ppm[:, None] / PPM,
        )


F = TypeVar("F", Supply, LineFlows)
_WorkOut: TypeAlias = Callable[[Inputs, Grouping, Stages, Months], F]


@dataclass(frozen=True, slots=True, eq=False)
class _Followed(Generic[F]):
    """What is worked out from deliveries, and the months [T] that they have touched since."""

    value: F
    stale: Bools


class Cube:
    """Answers about one plan; deliveries are added in place, any other change replaces the inputs.

    The cube owns copies of the arrays of deliveries: those of `Cube.inputs` follow the edits, those that it
    was given do not.
    """

    def __init__(self, inputs: Inputs) -> None:
        self.replace(inputs)

    def replace(self, inputs: Inputs) -> None:
        """Start again from these inputs."""
        received, planned = inputs.received.copy(order="C"), inputs.planned.copy(order="C")
        self.inputs = replace(inputs, received=received, planned=planned)
        self._settled = _Settled.of(self.inputs)
        self._supplies: dict[Stages, _Followed[Supply]] = {}
        self._flows_of_lines: dict[Stages, _Followed[LineFlows]] = {}

    @property
    def horizon(self) -> tuple[Month, Month] | None:
        """The first and the last calendar month that the cube covers; None when it covers none."""
        first, months = self.inputs.first, self.inputs.months
        return (first, first.plus(months - 1)) if months else None

    def month_index(self, month: Month) -> int | None:
        """Return the position of a month on the axis T, None when the horizon does not cover it."""
        position = int(month) - int(self.inputs.first)
        return position if 0 <= position < self.inputs.months else None

    def add_deliveries(self, line_idx: Ints, month_idx: Ints, received_delta: Ints, planned_delta: Ints) -> None:
        """Add kg, in each line's volume basis, at these positions [N]; the same one may come twice.

        ValueError when a position does not exist; nothing has changed then.
        """
        cells = np.ravel_multi_index((line_idx, month_idx), self.inputs.received.shape)
        np.add.at(self.inputs.received.reshape(-1), cells, received_delta)
        np.add.at(self.inputs.planned.reshape(-1), cells, planned_delta)
        for supply in self._supplies.values():
            supply.stale[month_idx] = True
        for flows in self._flows_of_lines.values():
            flows.stale[month_idx] = True

    def supply(self, stages: Stages) -> Supply:
        """Return the supply [M, T] in metal kg; months that deliveries have touched are worked out anew."""
        return self._current(supply_of, self._supplies, stages)

    def flows(self, stages: Stages) -> LineFlows:
        """Return what each line brings [L, T] in metal kg; kept current as `supply` is."""
        return self._current(LineFlows.of, self._flows_of_lines, stages)

    @property
    def demand(self) -> Floats:
        """Gross demand [E, T] in metal kg."""
        return self._settled.demand

    @property
    def intensity(self) -> Floats:
        """Mg of each element per kWh of the mix [E, T], as `mix_intensity` returns it."""
        return self._settled.intensity

    def cover(  # noqa: PLR0913 - a table is chosen by that many switches
        self,
        subject: Subject,
        *,
        by: Period,
        basis: Basis | None = None,
        stages: Stages = Stages.ALL,
        start: Month | None = None,
        end: Month | None = None,
    ) -> CoverTable:
        """Return supply against demand, stock and cover of an element (by default in metal) or a material.

        Stock and net requirement are worked out from the first month of the inputs, whatever `start` is. A
        material, by default in product, is set against the whole demand of its element. PlannerError: no such
        subject, `start` after `end`, or a basis that the subject has no conversion to.
        """
        element, materials = self._find(subject)
        if basis is None:
            basis = Basis.METAL if subject.kind == "element" else Basis.PRODUCT
        periods = periods_of(self.inputs.first, self.inputs.months, by, start, end)
        product = self._leading(element, materials) if basis is Basis.PRODUCT else None
        rows = cover_rows(self._flows(element, materials, stages), self._unit_per_kg(basis, element, product), periods)
        name = None if product is None else self.inputs.materials[product]
        return CoverTable(subject, basis, by, stages, _UNITS[basis], name, rows)

    def supported(
        self,
        *,
        by: Period,
        stages: Stages = Stages.ALL,
        start: Month | None = None,
        end: Month | None = None,
    ) -> SupportedTable:
        """Return the GWh that receipts allow, stock apart; PlannerError when `start` is after `end`.

        An element that the mix needs, but of which nothing was contracted (at any stage, options apart) or
        counted, is not reckoned with: it stands in `unplanned`.
        """
        inputs, intensity = self.inputs, self._settled.intensity
        periods = periods_of(inputs.first, inputs.months, by, start, end)
        needed = (intensity > 0).any(axis=1)
        contracted = (self.supply(Stages.ALL).contracted > 0).any(axis=1)
        counted = ~np.isnan(inputs.counted_kg).all(axis=1)
        planned = np.zeros(len(inputs.elements), dtype=np.bool_)
        planned[inputs.material_element[contracted | counted]] = True
        reckoned = np.flatnonzero(needed & planned)
        receipts = np.zeros((len(inputs.elements), inputs.months))
        np.add.at(receipts, inputs.material_element, self.supply(stages).receipts)
        rows = supported_rows(
            self._names(reckoned),
            receipts[reckoned],
            intensity[reckoned],
            inputs.demand_kwh.sum(axis=0, dtype=np.float64),
            periods,
        )
        return SupportedTable(by, stages, rows, self._names(np.flatnonzero(needed & ~planned)))

    def _current(self, work_out: _WorkOut[F], kept: dict[Stages, "_Followed[F]"], stages: Stages) -> F:
        """Return what is kept for these stages, its stale months worked out anew."""
        inputs, grouping = self.inputs, self._settled.grouping
        if stages not in kept:
            whole = work_out(inputs, grouping, stages, slice(None))
            kept[stages] = _Followed(whole, np.zeros(inputs.months, dtype=np.bool_))
        found = kept[stages]
        if found.stale.any():
            months = np.flatnonzero(found.stale)
            found.value.put(months, work_out(inputs, grouping, stages, months))
            found.stale[:] = False
        return found.value

    def _find(self, subject: Subject) -> tuple[int, Ints]:
        """Return the element of a subject and its materials, as positions."""
        inputs = self.inputs
        codes = inputs.elements if subject.kind == "element" else inputs.materials
        if subject.code not in codes:
            known = ", ".join(codes) or f"no {subject.kind} at all"
            raise PlannerError(f"There is no {subject.kind} {subject.code} in this plan, which has {known}.")
        position = codes.index(subject.code)
        if subject.kind == "element":
            return position, np.flatnonzero(inputs.material_element == position)
        return int(inputs.material_element[position]), np.array([position])

    def _flows(self, element: int, materials: Ints, stages: Stages) -> Flows:
        supply = self.supply(stages)
        return Flows(
            demand=self._settled.demand[element],
            firm=supply.firm[materials].sum(axis=0),
            probable=supply.probable[materials].sum(axis=0),
            option=supply.option[materials].sum(axis=0),
            over=supply.over[materials].sum(axis=0),
            capacity=add_up(self._settled.capacity[materials]),
            safety=self.inputs.safety_kg[element],
            counted=add_up(self._settled.counted[materials]),
        )

    def _leading(self, element: int, materials: Ints) -> int:
        """Return the material of which most was contracted, in metal, at any stage; the first of equals."""
        if not materials.size:
            name = self.inputs.elements[element]
            raise PlannerError(f"No material contains {name}: add one, or choose metal instead of product.")
        supply = self.supply(Stages.ALL)
        totals = (supply.receipts + supply.option + supply.over)[materials].sum(axis=1)
        return int(materials[totals.argmax()])

    def _unit_per_kg(self, basis: Basis, element: int, product: int | None) -> Floats:
        """Return what a metal kg is in the unit of the basis, by month [T]."""
        if product is not None:
            return np.full(self.inputs.months, PPM / (KG_PER_T * self.inputs.fraction_ppm[product]))
        if basis is Basis.METAL:
            return np.full(self.inputs.months, 1 / KG_PER_T)
        intensity = self._settled.intensity[element]
        known = intensity > 0
        if not known.any():
            name = self.inputs.elements[element]
            raise PlannerError(
                f"No programme's chemistry needs {name}: it cannot be shown in GWh, choose product or metal."
            )
        # In months whose mix does without the element, it is worth what it was when last needed.
        unit_per_kg: Floats = 1 / intensity[nearest(known)]
        return unit_per_kg

    def _names(self, elements: Ints) -> tuple[str, ...]:
        return tuple(self.inputs.elements[position] for position in elements.tolist())
