"""Everything the analysis reads of a plan, as arrays; whoever holds the plan fills them."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from planner.units import Month

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

FIRM_CLASS = 0
PROBABLE_CLASS = 1
CLOSED_CLASS = 2

# E elements, M materials, L lines, T months, P plants, R programmes, C chemistries.
_SHAPES = {
    "material_element": "M",
    "fraction_ppm": "M",
    "line_material": "L",
    "line_plant": "L",
    "line_fraction_ppm": "L",
    "line_is_metal": "L",
    "line_stage_class": "L",
    "line_probability_ppm": "L",
    "received": "LT",
    "planned": "LT",
    "option": "LT",
    "plant_material": "P",
    "plant_open_kg": "PT",
    "demand_kwh": "RT",
    "scrap_ppm": "R",
    "mix_ppm": "RCT",
    "intensity_mg": "CE",
    "counted_kg": "MT",
    "safety_kg": "ET",
}


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """A plan over `months` (T) months from `first`; arrays are indexed by position, names stand in tuples.

    ValueError when shapes disagree or an index points nowhere: a bug of the caller.
    """

    first: Month
    months: int

    elements: tuple[str, ...]
    materials: tuple[str, ...]
    material_element: Ints
    """[M] element of the material."""
    fraction_ppm: Ints
    """[M] contained fraction of the material, above 0."""

    line_material: Ints
    """[L] material of the line."""
    line_plant: Ints
    """[L] plant of the line, -1 for none."""
    line_fraction_ppm: Ints
    """[L] the line's assay, or its material's fraction."""
    line_is_metal: Bools
    """[L] volumes and deliveries are kg of the element, not of product."""
    line_stage_class: Ints
    """[L] FIRM_CLASS, PROBABLE_CLASS or CLOSED_CLASS."""
    line_probability_ppm: Ints
    """[L] probability of the line's contract."""
    received: Ints
    """[L, T] kg received, in the line's volume basis."""
    planned: Ints
    """[L, T] kg planned or confirmed, in the line's volume basis."""
    option: Ints
    """[L, T] kg that may still be called, in the line's volume basis."""

    plant_material: Ints
    """[P] material that the capacity is stated in, -1 for none."""
    plant_open_kg: Floats
    """[P, T] product kg of capacity open to us; NaN where it is not limited."""

    demand_kwh: Ints
    """[R, T] kWh that each programme builds."""
    scrap_ppm: Ints
    """[R] scrap of each programme."""
    mix_ppm: Ints
    """[R, C, T] share of each chemistry in the programme."""
    intensity_mg: Ints
    """[C, E] mg of the element per kWh."""

    counted_kg: Floats
    """[M, T] product kg counted at the start of the month; NaN where nothing was counted."""
    safety_kg: Floats
    """[E, T] metal kg of safety stock."""

    def __post_init__(self) -> None:
        sizes = {
            "E": len(self.elements),
            "M": len(self.materials),
            "L": len(self.line_material),
            "T": self.months,
            "P": len(self.plant_material),
            "R": len(self.scrap_ppm),
            "C": len(self.intensity_mg),
        }
        for name, axes in _SHAPES.items():
            expected = tuple(sizes[axis] for axis in axes)
            if getattr(self, name).shape != expected:
                raise ValueError(f"{name} has the shape {getattr(self, name).shape}, not {expected}")
        _check_range("material_element", self.material_element, 0, sizes["E"])
        _check_range("line_material", self.line_material, 0, sizes["M"])
        _check_range("line_plant", self.line_plant, -1, sizes["P"])
        _check_range("plant_material", self.plant_material, -1, sizes["M"])
        if (self.fraction_ppm <= 0).any():
            raise ValueError("fraction_ppm must be above 0")


def _check_range(name: str, positions: Ints, low: int, end: int) -> None:
    if positions.size and not low <= positions.min() <= positions.max() < end:
        raise ValueError(f"{name} must lie between {low} and {end - 1}")
