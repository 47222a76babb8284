"""What each line brings by period: its metal, the carbon that it carries, and how much of it a kWh of the mix needs."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from planner.analysis.book import Book
from planner.analysis.inputs import Bools, Floats, Ints
from planner.analysis.periods import Periods
from planner.analysis.supply import sum_groups
from planner.analysis.traits import LineKeys
from planner.analysis.values import Scope
from planner.units import MG_PER_KG

G_PER_KG: Final = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The lines of a scope, N of them at `places`, by period: metal kg, what is known of it, and its carbon [N, P].

    `product` is in kg of product, `carbon` in kg CO2e, `per_kwh` in kg CO2e that a kWh of the mix carries. `intensity`
    [E, P] is in kg per kWh; 0 for what the scope is not about, NaN without a mix.
    """

    places: Ints
    element: Ints
    product: Floats
    supply: Floats
    known: Floats
    carbon: Floats
    per_kwh: Floats
    intensity: Floats

    @classmethod
    def of(cls, book: Book, scope: Scope, periods: Periods) -> Self:
        """Work out the parts of a scope; PlannerError when the plan does not know its subject."""
        inputs = book.inputs
        places = np.flatnonzero(book.lines_of(scope.subject))
        supply = periods.sums(book.flows(scope.stages).supply[places])
        product = supply * book.product_per_metal[places, None]
        factor = factors_of(book)[places, None]
        element = inputs.material_element[inputs.line_material[places]]
        intensity = period_intensity(book, periods)
        if scope.subject is not None:
            intensity[np.setdiff1d(np.arange(len(intensity)), _elements_of(book, scope))] = 0.0
        known = np.where(np.isnan(factor), 0.0, supply)
        carbon = np.nan_to_num(factor) * product / G_PER_KG
        total = sum_groups(known, element, len(intensity))
        rate = np.divide(np.nan_to_num(intensity), total, out=np.zeros_like(total), where=total > 0)
        return cls(places, element, product, supply, known, carbon, rate[element] * carbon, intensity)

    def of_elements(self, values: Floats) -> Floats:
        """Sum values of lines [N, P] by element [E, P]."""
        return sum_groups(values, self.element, len(self.intensity))

    def keys(self, book: Book, which: Bools) -> LineKeys:
        """Name some of the lines [N]."""
        return tuple(book.traits.lines[place] for place in self.places[which].tolist())


def factors_of(book: Book) -> Floats:
    """Return the carbon factor of each line [L] in g CO2e per kg of product; NaN where it has none."""
    factors = [np.nan if each.g_per_kg is None else each.g_per_kg for each in book.traits.carbon]
    return np.array(factors, dtype=np.float64)


def period_intensity(book: Book, periods: Periods) -> Floats:
    """Return the kg of each element in a kWh of the mix [E, P]: by demand, or the mean of months without any."""
    kwh = book.inputs.demand_kwh.sum(axis=0, dtype=np.float64)
    wanted, months = periods.sums(kwh), periods.sums(np.ones_like(kwh))
    weighted = periods.sums(book.intensity * kwh) / np.where(wanted > 0, wanted, 1.0)
    result: Floats = np.where(wanted > 0, weighted, periods.sums(book.intensity) / months) / MG_PER_KG
    return result


def whole(periods: Periods) -> Periods | None:
    """Return one period that is all of them."""
    if not periods.labels:
        return None
    return Periods(("",), periods.firsts[:1], periods.lasts[-1:], periods.end)


def _elements_of(book: Book, scope: Scope) -> Ints:
    """Return the position of the element that the scope's subject is, or is made of."""
    inputs, subject = book.inputs, scope.subject
    if subject is None:
        return np.arange(len(inputs.elements))
    if subject.kind == "element":
        return np.array([inputs.elements.index(subject.code)])
    return inputs.material_element[[inputs.materials.index(subject.code)]]
