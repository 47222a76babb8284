"""All that an analysis reads of a plan: the cube, what is known of each line, prices, and the records of any table."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from planner.analysis.cube import Cube
from planner.analysis.flows import LineFlows
from planner.analysis.inputs import Bools, Floats, Inputs
from planner.analysis.money.line_prices import LinePrices, PricedTerms
from planner.analysis.money.market import Market
from planner.analysis.money.pricing import PricedLine, priced_lines
from planner.analysis.money.quotes import Quotes
from planner.analysis.periods import Periods, periods_of
from planner.analysis.traits import Sources, Traits, traits_of
from planner.analysis.values import Scope, Stages, Subject
from planner.errors import PlannerError
from planner.model import (
    Contract,
    ExchangeRate,
    IndexPrice,
    Line,
    Material,
    Organisation,
    Plant,
    PriceIndex,
    PriceTerm,
    Record,
    SupplierCarbon,
)
from planner.units import PPM

R = TypeVar("R", bound=Record)


class Book:
    """A plan as the analyses see it, until an edit of anything but deliveries; those the cube follows.

    Lines, months, plants and programmes stand in the order of the cube's inputs.
    """

    def __init__(self, cube: Cube, read: Callable[[type[Record]], Iterable[Record]]) -> None:
        """`read` returns the records of a kind in the order of the inputs."""
        self.cube = cube
        self._read = read
        self._records: dict[type[Record], tuple[Any, ...]] = {}
        self._prices: dict[str, LinePrices] = {}
        self._shifted: dict[tuple[str, float], Floats] = {}

    @property
    def inputs(self) -> Inputs:
        """The arrays that the cube is made from."""
        return self.cube.inputs

    @property
    def demand(self) -> Floats:
        """Gross demand [E, T] in metal kg."""
        return self.cube.demand

    @property
    def intensity(self) -> Floats:
        """Mg of each element per kWh of the mix [E, T]."""
        return self.cube.intensity

    def flows(self, stages: Stages) -> LineFlows:
        """Return what each line brings [L, T] in metal kg."""
        return self.cube.flows(stages)

    def records(self, kind: type[R]) -> tuple[R, ...]:
        """Return the records of a kind; lines, plants, programmes and materials stand as in the inputs. Read once."""
        if kind not in self._records:
            self._records[kind] = tuple(record for record in self._read(kind) if isinstance(record, kind))
        return self._records[kind]

    @cached_property
    def traits(self) -> Traits:
        """What is known of each line."""
        return traits_of(
            Sources(
                lines=self.records(Line),
                contracts=self.records(Contract),
                organisations=self.records(Organisation),
                plants=self.records(Plant),
                materials=self.records(Material),
                supplier_carbon=self.records(SupplierCarbon),
            )
        )

    @cached_property
    def product_per_metal(self) -> Floats:
        """Kg of product that hold a kg of metal, by line [L]."""
        return PPM / self.inputs.line_fraction_ppm

    @cached_property
    def market(self) -> Market:
        """Indices, their prices, and exchange rates."""
        return Market.of(self.records(PriceIndex), self.records(IndexPrice), self.records(ExchangeRate))

    @cached_property
    def _terms(self) -> PricedTerms:
        return PricedTerms.of(self.priced_lines, Quotes(self.market, self.inputs.first, self.inputs.months))

    @cached_property
    def priced_lines(self) -> list[PricedLine]:
        """The lines with their price terms."""
        return priced_lines(self.records(Line), self.records(Contract), self.records(Material), self.records(PriceTerm))

    def prices(self, currency: str) -> LinePrices:
        """Return the price of each line and month in a currency, and what it rests on."""
        if currency not in self._prices:
            self._prices[currency] = self._terms.prices(currency)
        return self._prices[currency]

    def shifted_prices(self, currency: str, shift: float) -> Floats:
        """Return the prices [L, T] per t of metal with every index moved by a share (0.1: 10 % up)."""
        key = currency, shift
        if key not in self._shifted:
            self._shifted[key] = self._terms.amounts(currency, shift)
        return self._shifted[key]

    def periods(self, scope: Scope) -> Periods:
        """Return the periods of a scope; PlannerError when it ends before it starts."""
        return periods_of(self.inputs.first, self.inputs.months, scope.by, scope.start, scope.end)

    def lines_of(self, subject: Subject | None) -> Bools:
        """Tell which lines [L] deliver a material, or any of an element; PlannerError when there is none such."""
        inputs = self.inputs
        if subject is None:
            return np.ones(len(inputs.line_material), dtype=np.bool_)
        codes = inputs.elements if subject.kind == "element" else inputs.materials
        if subject.code not in codes:
            known = ", ".join(codes) or f"no {subject.kind} at all"
            raise PlannerError(f"There is no {subject.kind} {subject.code} in this plan, which has {known}.")
        of = inputs.line_material if subject.kind == "material" else inputs.material_element[inputs.line_material]
        found: Bools = of == codes.index(subject.code)
        return found
