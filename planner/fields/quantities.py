"""The kinds of quantities: whole numbers of small units inside, decimals with a unit outside."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from planner.fields.kinds import Kind, Value
from planner.fields.numbers import format_number, parse_number, quoted, shortened


@dataclass(frozen=True, slots=True)
class Fixed(Kind):
    """A quantity kept as a whole number of small units: `decimals` places of what people see.

    `lowest` and `highest` are in small units. More decimals are refused, never rounded.
    """

    numeric: ClassVar[bool] = True
    name: ClassVar[str] = "number"
    seen_unit: str = ""
    decimals: int = 0
    lowest: int = 0
    highest: int = 10**12

    @property
    def unit(self) -> str:
        return self.seen_unit

    def parse(self, text: str, locale: str | None) -> int:
        seen = parse_number(text, locale)
        if not self._seen(self.lowest) <= seen <= self._seen(self.highest):
            raise ValueError(f"{shortened(text.strip())} lies outside {self._bounds(locale)}")
        whole = int(seen.scaleb(self.decimals))
        # Compared as seen, which is exact: scaleb rounds what has more than 28 digits.
        if self._seen(whole) != seen:
            step = format_number(self._seen(1), locale)
            what = f"{shortened(text.strip())} has more than {self.decimals} decimals"
            raise ValueError(f"{what}; the step is {step} {self.unit}".rstrip())
        return whole

    def format(self, value: Value, locale: str | None, *, grouping: bool = False) -> str:
        return "" if value is None else format_number(self.seen(value), locale, grouping=grouping)

    def check(self, value: Value) -> None:
        if type(value) is not int:
            raise ValueError(f"{quoted(value)} is not a whole number of the small unit")
        if not self.lowest <= value <= self.highest:
            raise ValueError(f"{format_number(self._seen(value), None)} lies outside {self._bounds(None)}")

    def seen(self, value: Value) -> Decimal:
        """Return the number that people see: tonnes for kilograms; ValueError for what is no number."""
        if not isinstance(value, int):
            raise ValueError(f"{quoted(value)} is not a number")  # noqa: TRY004 - a reason is a ValueError
        return self._seen(value)

    def _seen(self, small: int) -> Decimal:
        return Decimal(small).scaleb(-self.decimals)

    def _bounds(self, locale: str | None) -> str:
        low, high = (format_number(self._seen(bound), locale) for bound in (self.lowest, self.highest))
        return f"{low} to {high} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Mass(Fixed):
    """Kilograms inside, tonnes outside."""

    name: ClassVar[str] = "mass"
    seen_unit: str = "t"
    decimals: int = 3


@dataclass(frozen=True, slots=True)
class Energy(Fixed):
    """Kilowatt-hours inside, gigawatt-hours outside."""

    name: ClassVar[str] = "energy"
    seen_unit: str = "GWh"
    decimals: int = 6


@dataclass(frozen=True, slots=True)
class Percent(Fixed):
    """Parts per million inside, per cent outside; 0 to 100 unless said otherwise."""

    name: ClassVar[str] = "percent"
    seen_unit: str = "%"
    decimals: int = 4
    highest: int = 1_000_000

    def parse(self, text: str, locale: str | None) -> int:
        return Fixed.parse(self, text.strip().removesuffix("%"), locale)


@dataclass(frozen=True, slots=True)
class Price(Fixed):
    """Ten-thousandths of a currency unit inside, the price of one unit of mass outside; which ones, the record says."""

    name: ClassVar[str] = "price"
    decimals: int = 4


@dataclass(frozen=True, slots=True)
class Rate(Fixed):
    """Millionths inside, an exchange rate above 0 outside: units of the quote currency for one of the base currency."""

    name: ClassVar[str] = "rate"
    decimals: int = 6
    lowest: int = 1


@dataclass(frozen=True, slots=True)
class Fraction(Fixed):
    """Parts per million inside, a share above 0 and up to 1 outside."""

    name: ClassVar[str] = "fraction"
    decimals: int = 6
    lowest: int = 1
    highest: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Intensity(Fixed):
    """Milligrams per kWh inside, kilograms per kWh outside."""

    name: ClassVar[str] = "intensity"
    seen_unit: str = "kg/kWh"
    decimals: int = 6
    highest: int = 100_000_000


@dataclass(frozen=True, slots=True)
class CarbonFactor(Fixed):
    """Grams of CO2 equivalent per kilogram inside, kilograms per kilogram outside."""

    name: ClassVar[str] = "carbon factor"
    seen_unit: str = "kg/kg"
    decimals: int = 3
    highest: int = 10_000_000


@dataclass(frozen=True, slots=True)
class Money(Fixed):
    """Hundredths of a currency unit inside, an amount outside; which currency, the record says."""

    name: ClassVar[str] = "money"
    decimals: int = 2
    highest: int = 10**15
