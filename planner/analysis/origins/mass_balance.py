"""Mass balance of the sites that lots come from: what goes out is never more than what went in before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from planner.model import Intake, Line, Lot, Material
from planner.units import PPM, Month

# What a plan keeps is whole kilograms: less than one is a rounding of the contained fraction.
_LEAST_PPM_KG: Final = PPM


@dataclass(frozen=True, slots=True)
class SiteMonth:
    """A site in a month in which something moved, metal kg: opening + taken in - made - passed on = closing.

    `made_kg` is the metal of the lots that were made there, `passed_on_kg` what other sites took in from it. What is
    left is carried forward. The balance never falls below zero: what more went out than there was is `unexplained_kg`,
    and the site starts again from nothing. A site without any intake `keeps_no_books`.
    """

    site: str
    month: Month
    opening_kg: float
    taken_in_kg: float
    made_kg: float
    passed_on_kg: float
    closing_kg: float
    unexplained_kg: float
    keeps_no_books: bool
    lots: tuple[str, ...]


@dataclass(slots=True)
class _Moves:
    """What moved at a site in a month, kg of metal in millionths, which are whole numbers."""

    taken_in: int = 0
    made: int = 0
    passed_on: int = 0
    lots: list[str] = field(default_factory=list)


def metal_ppm(line: Line, materials: Mapping[str, Material]) -> int:
    """Return how much metal is in a kg of the line's volume basis, in ppm."""
    if line.volume_basis == "metal":
        return PPM
    return line.contained_fraction_ppm or materials[line.material].contained_fraction_ppm


def site_of(lot: Lot, line: Line) -> str | None:
    """Return where a lot was made: its plant, else its line's."""
    return lot.plant or line.plant


def site_months(
    lots: Iterable[Lot], intakes: Iterable[Intake], lines: Iterable[Line], materials: Iterable[Material]
) -> tuple[SiteMonth, ...]:
    """Return the months of each site that makes lots or takes something in, by site and month.

    A plant is taken to make one material: all that it takes in is of the metal in that. What a site takes in from
    itself, such as the ore of its own mine, does not go out of it. A mine that takes nothing in is left out, whoever
    names it as the origin.
    """
    by_code = {each.code: each for each in materials}
    by_key = {(each.contract, each.line): each for each in lines}
    moves: dict[str, dict[Month, _Moves]] = defaultdict(lambda: defaultdict(_Moves))
    passed_on: list[Intake] = []
    books: set[str] = set()
    for lot in lots:
        line = by_key[lot.contract, lot.line]
        site = site_of(lot, line)
        if site is not None:
            month = moves[site][lot.month]
            month.made += lot.quantity_kg * metal_ppm(line, by_code)
            month.lots.append(lot.code)
    for intake in intakes:
        if intake.plant != intake.origin:
            passed_on.append(intake)
        books.add(intake.plant)
        moves[intake.plant][intake.month].taken_in += intake.quantity_kg * PPM
    for intake in passed_on:
        if intake.origin in moves:
            moves[intake.origin][intake.month].passed_on += intake.quantity_kg * PPM
    return tuple(row for site in sorted(moves) for row in _balanced(site, moves[site], keeps_none=site not in books))


def _balanced(site: str, moves: Mapping[Month, _Moves], *, keeps_none: bool) -> Iterator[SiteMonth]:
    stock = 0
    for month in sorted(moves):
        moved = moves[month]
        opening = stock
        left = opening + moved.taken_in - moved.made - moved.passed_on
        unexplained = -left if left <= -_LEAST_PPM_KG else 0
        stock = max(0, left)
        yield SiteMonth(
            site,
            month,
            opening / PPM,
            moved.taken_in / PPM,
            moved.made / PPM,
            moved.passed_on / PPM,
            stock / PPM,
            unexplained / PPM,
            keeps_none,
            tuple(sorted(moved.lots)),
        )
