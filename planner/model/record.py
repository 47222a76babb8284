"""What every record is: a frozen value whose fields are declared once, and that cannot exist when they are wrong."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from dataclasses import fields as dataclass_fields
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Self, Union, cast, get_args, get_origin, get_type_hints

from planner.fields import Field, Value


@dataclass(frozen=True, slots=True)
class Record:
    """The base of all records; construction raises InvalidValueError when a field or a rule is broken."""

    table: ClassVar[str]

    def __post_init__(self) -> None:
        for field in fields_of(type(self)):
            field.check(getattr(self, field.attr))
        self.rules()

    def rules(self) -> None:
        """Raise InvalidValueError when fields that are sound alone do not fit together."""

    @classmethod
    def of(cls, values: Mapping[str, Value]) -> Self:
        """Build a record from values by attribute."""
        arguments: dict[str, Any] = dict(values)
        return cls(**arguments)

    def values(self) -> dict[str, Value]:
        """Return the values by attribute, in the order of the fields."""
        return {field.attr: getattr(self, field.attr) for field in fields_of(type(self))}


def _read_fields(record: type[Record]) -> tuple[Field, ...]:
    hints = get_type_hints(record, include_extras=True)
    return tuple(
        _declared(hints[each.name]).bound(
            each.name,
            required=not _may_be_empty(hints[each.name], each.default),
            default=None if each.default is MISSING else each.default,
        )
        for each in dataclass_fields(record)
    )


# The fields of a kind of record in the order of their declaration, read from its annotations once.
fields_of = cast("Callable[[type[Record]], tuple[Field, ...]]", cache(_read_fields))


def _declared(hint: object) -> Field:
    if get_origin(hint) is Annotated:
        return next(each for each in get_args(hint)[1:] if isinstance(each, Field))
    raise TypeError(f"{hint} declares no field")


def _may_be_empty(hint: object, default: object) -> bool:
    inner = get_args(hint)[0]
    optional = get_origin(inner) in {Union, UnionType} and NoneType in get_args(inner)
    return optional or default is not MISSING
