"""Quantities that say what they count, `t Co` or `t product`, turned into the basis of the row that they stand in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Final

from planner.exchange.rules import Contained, small_of
from planner.fields import Field, Fixed
from planner.model import Line, Material
from planner.plan import Plan
from planner.units import PPM, Basis


@dataclass(frozen=True, slots=True)
class RowBasis:
    """What the quantities of one row count: product or metal, of which element, and how much of it product holds."""

    basis: Basis
    element: str
    contained_ppm: int | None
    what: str


class Bases:
    """Knows from a plan what the quantities of the rows of one table count."""

    def __init__(self, plan: Plan, table: str) -> None:
        """Nothing is read from the plan before a quantity asks for it."""
        self._plan = plan
        self._of_row = _OF_ROW.get(table, _unknown)

    def small(self, quantity: Contained, field: Field, row: Mapping[str, object]) -> int:
        """Return a quantity in small units of its field, as the row counts; `row` holds its values by field name.

        ValueError with a sentence where the row does not tell what it counts, or says that it counts something else.
        """
        kind = field.kind
        if not isinstance(kind, Fixed):
            raise ValueError(f"{quantity.text} is no value of {field.name}")  # noqa: TRY004 - a reason is a ValueError
        found = self._of_row(self, row)
        if found is None:
            raise ValueError(
                f"{quantity.text} says what it counts, and the row names nothing in the plan that tells how much of it"
                f" that is; give {field.name} in {field.unit} as the plan counts it"
            )
        if quantity.element and quantity.element != found.element:
            raise ValueError(
                f"{quantity.text} is of {quantity.element}, and {found.what} is bought for {found.element}"
            )
        factor = _factor(quantity, found)
        return small_of(quantity.small * factor, kind, quantity.text, exact=quantity.exact and factor == 1)

    @cached_property
    def materials(self) -> Mapping[str, Material]:
        """The materials of the plan by code."""
        records = (row.record for row in self._plan.rows(Material.table))
        return {record.code: record for record in records if isinstance(record, Material)}

    @cached_property
    def lines(self) -> Mapping[tuple[object, object], Line]:
        """The lines of the plan by contract and number."""
        records = (row.record for row in self._plan.rows(Line.table))
        return {(record.contract, record.line): record for record in records if isinstance(record, Line)}


def _factor(quantity: Contained, found: RowBasis) -> Fraction:
    if quantity.basis == found.basis:
        return Fraction(1)
    if found.contained_ppm is None:
        raise ValueError(
            f"{quantity.text} counts {quantity.basis.value}, and {found.what} is counted in {found.basis.value}"
        )
    contained = Fraction(found.contained_ppm, PPM)
    return contained if found.basis is Basis.METAL else 1 / contained


def _of_line(bases: Bases, row: Mapping[str, object]) -> RowBasis | None:
    line = bases.lines.get((row.get("contract"), row.get("line")))
    if line is None:
        return None
    material = bases.materials[line.material]
    contained = line.contained_fraction_ppm or material.contained_fraction_ppm
    return RowBasis(Basis(line.volume_basis), material.element, contained, f"line {line.line} of {line.contract}")


def _of_return(bases: Bases, row: Mapping[str, object]) -> RowBasis | None:
    found = _of_line(bases, row)
    return None if found is None else replace(found, basis=Basis.METAL, contained_ppm=None)


def _of_stock(bases: Bases, row: Mapping[str, object]) -> RowBasis | None:
    material = bases.materials.get(str(row.get("material")))
    if material is None:
        return None
    return RowBasis(Basis.PRODUCT, material.element, material.contained_fraction_ppm, material.code)


def _of_element(bases: Bases, row: Mapping[str, object]) -> RowBasis | None:  # noqa: ARG001 - the row alone tells
    element = row.get("element")
    return RowBasis(Basis.METAL, element, None, element) if isinstance(element, str) else None


def _unknown(bases: Bases, row: Mapping[str, object]) -> RowBasis | None:  # noqa: ARG001 - nothing tells
    return None


_OF_ROW: Final[Mapping[str, Callable[[Bases, Mapping[str, object]], RowBasis | None]]] = {
    "deliveries": _of_line,
    "volumes": _of_line,
    "lots": _of_line,
    "returns": _of_return,
    "stock": _of_stock,
    "safety_stock": _of_element,
}
