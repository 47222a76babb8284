"""Months, masses and the other units of stored integers: conversions and nothing else."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, Self

KG_PER_T: Final = 1_000
KWH_PER_GWH: Final = 1_000_000
PPM: Final = 1_000_000
MG_PER_KG: Final = 1_000_000
MONTHS_PER_YEAR: Final = 12

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2199

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


class Basis(StrEnum):
    """What a quantity counts: tonnes as delivered, tonnes of contained element, or GWh of cells."""

    PRODUCT = "product"
    METAL = "metal"
    GWH = "gwh"


class Month(int):
    """A calendar month as an integer, year x 12 + month - 1: differences are counts of months.

    Written `2025-03`. Years run from 1990 to 2199.
    """

    __slots__ = ()

    def __new__(cls, number: int) -> Self:
        """Raise ValueError outside the years that a plan can hold."""
        if not FIRST_YEAR * 12 <= number < (LAST_YEAR + 1) * 12:
            raise ValueError(f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}")
        return super().__new__(cls, number)

    @classmethod
    def of(cls, year: int, month: int) -> Self:
        """Return the month 1 to 12 of a year; ValueError when there is none."""
        if not 1 <= month <= MONTHS_PER_YEAR:
            raise ValueError("the month must lie between 1 and 12")
        return cls(year * MONTHS_PER_YEAR + month - 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2025-03`; ValueError for anything else."""
        match = _MONTH.fullmatch(text)
        if match is None:
            raise ValueError("a month is written 2025-03")
        return cls.of(int(match[1]), int(match[2]))

    @property
    def year(self) -> int:
        """The calendar year."""
        return int(self) // MONTHS_PER_YEAR

    @property
    def month(self) -> int:
        """The month of the year, 1 to 12."""
        return int(self) % MONTHS_PER_YEAR + 1

    def plus(self, months: int) -> Self:
        """Return the month that many months later, or earlier."""
        return type(self)(int(self) + months)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def __repr__(self) -> str:
        return f"Month({self})"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """Split a whole number by weights into whole numbers with the same sum (largest remainder, the earliest first).

    Nothing is split where all weights are 0: the result is empty then.
    """
    whole = sum(weights)
    if not whole:
        return []
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares
