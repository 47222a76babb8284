"""Fields of records: each is declared once, and grids, CSV, the command line and the manual read that."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from planner.errors import InvalidValueError
from planner.fields.kinds import Choice, Kind, LineNumber, Reference, Stored, Value, folded
from planner.fields.quantities import Fixed

__all__ = [
    "Choice",
    "Field",
    "Fixed",
    "Kind",
    "LineNumber",
    "Reference",
    "Stored",
    "Value",
    "declare",
    "folded",
    "target_of",
]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record.

    `name` is what people and CSV call it (quantity_t), `attr` the attribute that holds the value (quantity_kg).
    A field that is not required may be empty: None, or the empty text.
    """

    name: str
    title: str
    kind: Kind
    help: str
    synonyms: tuple[str, ...] = ()
    key: bool = False
    attr: str = ""
    required: bool = True
    default: Value = None

    @property
    def unit(self) -> str:
        """The unit that people see; empty where there is none."""
        return self.kind.unit

    @property
    def heading(self) -> str:
        """The title with its unit, as a column is headed: `Quantity (t)`."""
        return f"{self.title} ({self.unit})" if self.unit else self.title

    def parse(self, text: str, locale: str | None = None) -> Value:
        """Read what a person or a file wrote; InvalidValueError says why it cannot be."""
        if not text or not text.strip():
            return self.emptied()
        try:
            return self.kind.parse(text, locale)
        except ValueError as reason:
            raise InvalidValueError(self.name, str(reason)) from None

    def emptied(self) -> Value:
        """Return the value of an empty cell; InvalidValueError when the field is required."""
        if self.required:
            raise InvalidValueError(self.name, "it is empty, and it must be filled in")
        return self.default

    def format(self, value: Value, locale: str | None = None, *, grouping: bool = False) -> str:
        """Write a value; the empty text for None."""
        return "" if value is None else self.kind.format(value, locale, grouping=grouping)

    def check(self, value: Value) -> None:
        """Raise InvalidValueError when a program's value does not fit."""
        if value is None or value == "":
            if self.required or value != self.default:
                raise InvalidValueError(self.name, "it is empty, and it must be filled in")
            return
        try:
            self.kind.check(value)
        except ValueError as reason:
            raise InvalidValueError(self.name, str(reason)) from None

    def names(self) -> frozenset[str]:
        """Return every header that means this field, folded for comparison."""
        words = (self.title, *self.synonyms)
        return frozenset(map(folded, (self.name, *words, *(f"{word} {self.unit}" for word in words))))

    def bound(self, attr: str, *, required: bool, default: Value) -> "Field":
        """Return the field as a record's attribute declares it."""
        return replace(self, attr=attr, required=required, default=default)


def declare(  # noqa: PLR0913 - the row of a table of fields: every cell is named at the call
    name: str,
    title: str,
    kind: Kind,
    help: str,  # noqa: A002 - the word people look for
    *,
    also: tuple[str, ...] = (),
    key: bool = False,
) -> Field:
    """Return what stands beside the type in an `Annotated` attribute."""
    return Field(name=name, title=title, kind=kind, help=help, synonyms=also, key=key)


def target_of(kind: Kind) -> tuple[str, str] | None:
    """Return the table that a field refers to and the part of its key, or None for a plain field."""
    match kind:
        case Reference(table=table, part=part) | LineNumber(table=table, part=part) if table:
            return table, part
        case _:
            return None


def by_name(fields: tuple[Field, ...]) -> Mapping[str, Field]:
    """Return the fields by the name that people see."""
    return {field.name: field for field in fields}
