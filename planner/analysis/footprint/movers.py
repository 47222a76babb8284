"""Which contract moves the carbon of a kWh most, up or down."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import compress
from typing import Final

import numpy as np

from planner.analysis.book import Book
from planner.analysis.footprint.parts import Parts, whole
from planner.analysis.inputs import Floats, Ints
from planner.analysis.money.pricing import english
from planner.analysis.supply import sum_groups
from planner.analysis.traits import LineKeys
from planner.analysis.values import Scope, Write

# What is left of an element without a contract is nothing when it is less than this part of it.
NOTHING_LEFT: Final = 1e-9
# From here on two decimals say enough, in kg per kWh.
ROUGH: Final = 0.1


@dataclass(frozen=True, slots=True)
class ContractEffect:
    """What a contract does to the kg CO2e of a kWh over the whole horizon.

    `carries` is its part. `moves` is how far the kWh stands above what it would carry without the contract, the rest
    of each element in its place: more than 0 where the contract raises it. An element that nobody else supplies, in
    `alone`, has no such rest and is left out; None where there is no other.
    """

    contract: str
    title: str
    carries: float
    moves: float | None
    alone: tuple[str, ...]
    lines: LineKeys


def movers(book: Book, scope: Scope) -> tuple[ContractEffect, ...]:
    """Return the contracts with known carbon, the one that moves a kWh of the whole horizon most first."""
    horizon = whole(book.periods(scope))
    if horizon is None:
        return ()
    parts = Parts.of(book, scope, horizon)
    contract, names, elements = book.traits.contract.of[parts.places], book.traits.contract.names, book.inputs.elements
    known, carbon_kg = (_by_contract(parts, each, contract, len(names)) for each in (parts.known, parts.carbon))
    intensity = np.nan_to_num(parts.intensity[:, 0])
    touched = (known > 0) & (intensity > 0)
    total, total_kg = known.sum(axis=0), carbon_kg.sum(axis=0)
    rest, rest_kg = total - known, total_kg - carbon_kg
    left = touched & (rest > NOTHING_LEFT * total)
    average = np.divide(total_kg, total, out=np.zeros_like(total), where=total > 0)
    without = np.divide(rest_kg, rest, out=np.zeros_like(rest), where=left)
    moves = np.where(left, average - without, 0.0) @ intensity
    carries = sum_groups(parts.per_kwh, contract, len(names))[:, 0]
    lines = _lines(book, parts)
    found = [
        ContractEffect(
            names[place],
            book.traits.contract.title(names[place]),
            float(carries[place]),
            float(moves[place]) if left[place].any() else None,
            tuple(compress(elements, (touched & ~left)[place].tolist())),
            lines[names[place]],
        )
        for place in np.flatnonzero(touched.any(axis=1)).tolist()
    ]
    return tuple(sorted(found, key=lambda each: (each.moves is None, -abs(each.moves or 0.0), each.contract)))


def _by_contract(parts: Parts, values: Floats, contract: Ints, count: int) -> Floats:
    """Sum values of lines [N, 1] by contract and element [C, E]."""
    elements = len(parts.intensity)
    return sum_groups(values, contract * elements + parts.element, count * elements).reshape(count, elements)


def _lines(book: Book, parts: Parts) -> dict[str, LineKeys]:
    """Return the lines with known supply by contract."""
    found: dict[str, LineKeys] = {}
    for line in parts.keys(book, parts.known[:, 0] > 0):
        found[line[0]] = (*found.get(line[0], ()), line)
    return found


def sentence(effects: tuple[ContractEffect, ...], write: Write = english) -> str:
    """Say which contract moves a kWh most; why none does, where there is none with a rest to compare it to."""
    if not effects:
        return "No contract has both supply and a carbon factor."
    first = effects[0]
    if first.moves is None:
        return "Each element has one contract alone: there is nothing to put in its place."
    if not _rounded(abs(first.moves)):
        return "No contract moves it: what others supply of the same elements carries as much."
    amount = write(_rounded(abs(first.moves)))
    more = "less" if first.moves > 0 else "more"
    named = first.contract if first.title == first.contract else f"{first.contract} ({first.title})"
    return f"{named} moves it most: without it a kWh would carry {amount} kg {more}."


def _rounded(value: float) -> Decimal:
    return Decimal(f"{value:.2f}" if value >= ROUGH else f"{value:.4f}")
