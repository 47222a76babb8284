"""How amounts of money are written: in millions or in thousands, which the heading says and the numbers do not."""

from dataclasses import dataclass
from typing import Self

# From this much on, in the largest period, amounts are told in millions.
_MILLIONS_FROM = 2_000_000


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """What an amount is divided by, its name (`million EUR`), and the decimals that are told."""

    divisor: int
    name: str
    decimals: int

    @classmethod
    def of(cls, largest: float, currency: str) -> Self:
        """Return the unit that amounts up to the largest read well in."""
        if abs(largest) >= _MILLIONS_FROM:
            return cls(1_000_000, f"million {currency}", 2)
        return cls(1_000, f"thousand {currency}", 1)

    def told(self, amount: float | None) -> float | None:
        """Return an amount in the unit."""
        return None if amount is None else amount / self.divisor
