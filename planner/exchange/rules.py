"""How the cells of one column are read: decimal mark, order of dates, unit; what a cell says itself goes first."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from planner.errors import InvalidValueError
from planner.exchange.figures import Figure, figure_in
from planner.exchange.guard import GUARD, unguarded
from planner.exchange.measures import Unit, is_price_unit, symbols_of, unit_of
from planner.exchange.periods import DateOrder, Quarter, read_day, read_month
from planner.fields import Field, Fixed, LineNumber, Value
from planner.fields.kinds import DateKind, MonthKind
from planner.fields.numbers import format_number, quoted
from planner.fields.quantities import Money, Price
from planner.units import Basis

# Nothing that a field holds is near it.
_TOO_LARGE: Final = 10**21


@dataclass(frozen=True, slots=True)
class Contained:
    """A number of small units of a field that says what it counts: metal, of one element or any, or product.

    `exact`: it must come to whole units where the row counts the same.
    """

    small: Fraction
    basis: Basis
    element: str
    text: str
    exact: bool


# What a cell may hold: the value of its field, or what needs the rest of the row to become one.
Cell = Value | Quarter | Contained


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """How the cells of one column are read; `locale` None is the machine's way of writing numbers.

    `unit` is the one in the heading, None for the field's own. With `serials` a number may be Excel's day. `refusal`
    is why no number of the column can be read, where that is so.
    """

    locale: str | None = None
    date_order: DateOrder = "dmy"
    unit: Unit | None = None
    serials: bool = False
    refusal: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether a number of the column that stands alone is one in the unit of its field."""
        return self.unit is None and not self.refusal

    def with_serials(self) -> "ReadingRules":
        """Return the same rules, by which a number may be Excel's day."""
        return replace(self, serials=True)

    def parse(self, field: Field, text: str) -> Cell:
        """Return what a cell of a field says; InvalidValueError with a sentence where it says nothing of the kind."""
        if text.startswith(GUARD):
            text = unguarded(text)
        kind = field.kind
        if not text or not text.strip():
            return field.emptied()
        try:
            if isinstance(kind, MonthKind):
                return read_month(text, self.date_order, serials=self.serials)
            if isinstance(kind, DateKind):
                return read_day(text, self.date_order, serials=self.serials)
            if isinstance(kind, Fixed):
                return self._number(field, kind, text)
        except ValueError as reason:
            raise InvalidValueError(field.name, str(reason)) from None
        return self._plain(field, text)

    def _plain(self, field: Field, text: str) -> Value:
        try:
            return field.parse(text, self.locale)
        except InvalidValueError:
            # Numbers of lines as spreadsheets and ledgers write them: 1.0, 00010, 1 250.
            figure = figure_in(text) if isinstance(field.kind, LineNumber) else None
            if figure is None or figure.unit or figure.currency:
                raise
            try:
                return field.parse(format_number(figure.number(self.locale), None))
            except ValueError:
                raise InvalidValueError(field.name, f"{quoted(text)} is not a whole number") from None

    def _number(self, field: Field, kind: Fixed, text: str) -> Cell:
        if self.refusal:
            raise ValueError(self.refusal)
        if self.unit is not None:
            return self._figure(field, kind, text)
        try:
            return kind.parse(text, self.locale)
        except ValueError as plain:
            try:
                return self._figure(field, kind, text)
            except ValueError as reason:
                # Of a bare number the field itself says best what is wrong with it.
                figure = figure_in(text)
                bare = figure is None or figure.numeral == text.strip()
                raise (plain if bare else reason) from None

    def _figure(self, field: Field, kind: Fixed, text: str) -> Cell:
        figure = figure_in(text)
        if figure is None:
            raise ValueError(f"{quoted(text)} is not a number")
        unit = self._unit_of(figure, field, kind)
        return _in_small_units(figure.number(self.locale), unit, kind, self.locale)

    def _unit_of(self, figure: Figure, field: Field, kind: Fixed) -> Unit:
        """Return the unit of a cell: its own, or its column's, or the field's; ValueError where it is none."""
        if figure.currency and not isinstance(kind, Money | Price):
            raise ValueError(f"{figure.currency} is a currency, and {field.name} is no amount of money")
        if not figure.unit:
            return self.unit or _OWN
        unit = unit_of(figure.unit, kind)
        # A price is in the unit that its record says: one that the cell says might be another.
        if unit is not None and not (isinstance(kind, Price) and is_price_unit(figure.unit)):
            return unit
        if figure.unit == "Mt":
            raise ValueError("Mt is a million tonnes for some and a metric tonne for others; write kt or t")
        known = symbols_of(kind)
        remedy = f"give it in {known}" if known else "write the number alone"
        raise ValueError(f"{quoted(figure.unit)} is no unit of {field.name}; {remedy}")


_OWN: Final = Unit("", Fraction(1))


def _in_small_units(number: Decimal, unit: Unit, kind: Fixed, locale: str | None) -> Cell:
    if unit.is_own:
        return kind.parse(format_number(number, None), None)
    if abs(number) >= _TOO_LARGE:
        raise ValueError("it is far too large a number")
    small = Fraction(number) * unit.factor * 10**kind.decimals
    written = f"{format_number(number, locale)} {unit.text}"
    if unit.basis is not None:
        return Contained(small, unit.basis, unit.element, written, unit.is_metric)
    return small_of(small, kind, written, exact=unit.is_metric)


def small_of(small: Fraction, kind: Fixed, written: str, *, exact: bool) -> int:
    """Return the whole number of small units of a field, within its bounds; ValueError with a sentence where not.

    Where the number must not be `exact`, as with pounds, it is the nearest one: such units never give whole ones.
    """
    if exact and small.denominator != 1:
        step = format_number(kind.seen(1), None)
        raise ValueError(f"{written} is finer than {step} {kind.unit}, the step of the field")
    whole = round(small)
    if not kind.lowest <= whole <= kind.highest:
        low, high = (format_number(kind.seen(bound), None) for bound in (kind.lowest, kind.highest))
        raise ValueError(f"{written} lies outside {low} to {high} {kind.unit}".rstrip())
    return whole
