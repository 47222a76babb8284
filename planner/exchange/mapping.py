"""Which column of a file holds which field of a table: told by the header and the cells, or by the person."""

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Mapping as Names
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final, Literal, TypeAlias

from planner.errors import InvalidValueError, PlannerError
from planner.exchange.content import ByContent, Known, by_content
from planner.exchange.heading_units import field_of_unit
from planner.exchange.near_names import near_field
from planner.fields import Field, Value, folded
from planner.fields.typed import parse_typed
from planner.model import Table

How: TypeAlias = Literal["name", "title", "synonym", "near", "content", "profile", "chosen", "constant"]
# In `MappingChoice.columns`: the field is left out, whatever the header says.
LEFT_OUT: Final = -1
# In `Mapping.columns`: every row has the value in `Mapping.constants`.
CONSTANT: Final = -1
_BY_NAME: Final[tuple[How, ...]] = ("name", "title", "synonym", "near")
# How sure each way is; content is less sure than the nearest name, however many of its cells fit.
_CONFIDENCE: Final[Names[How, float]] = {"synonym": 0.95, "near": 0.8, "content": 0.7}
_SHOWN: Final = 60
_NAMED: Final = 4
# No header of a person is longer.
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class MappingChoice:
    """What a person says about the columns of a file, by the names of fields; what is not said is told from the file.

    `columns` count from 0, or are LEFT_OUT; `constants` are typed texts that stand for a column; `lookups` are the
    codes that texts of the file stand for. `by` tells whether the person chose them now, or keeps them in a profile.
    """

    columns: Names[str, int] = field(default_factory=dict)
    constants: Names[str, str] = field(default_factory=dict)
    lookups: Names[str, str] = field(default_factory=dict)
    by: Literal["chosen", "profile"] = "chosen"

    def over(self, other: "MappingChoice") -> "MappingChoice":
        """Return the other choice with what this one says in its place."""
        said = {*self.columns, *self.constants}
        columns = {name: column for name, column in other.columns.items() if name not in said}
        constants = {name: text for name, text in other.constants.items() if name not in said}
        return MappingChoice(
            {**columns, **self.columns}, {**constants, **self.constants}, {**other.lookups, **self.lookups}, other.by
        )


@dataclass(frozen=True, slots=True)
class Mapping:
    """The fields that a file has and the column (from 0) of each; `ignored` are headers that mean no field.

    A field that is the same in all rows has CONSTANT for its column, and its value in `constants` by its name. `how`
    and `confidence` (0 to 1) tell of each field by its name what gave it its column, and how sure that is.
    """

    fields: tuple[Field, ...]
    columns: tuple[int, ...]
    ignored: tuple[str, ...]
    constants: Names[str, Value] = field(default_factory=dict)
    how: Names[str, How] = field(default_factory=dict)
    confidence: Names[str, float] = field(default_factory=dict)

    def kept(self, choice: MappingChoice) -> MappingChoice:
        """Return a choice with the columns that were found in it, for a profile: the same header means the same."""
        pairs = zip(self.fields, self.columns, strict=True)
        found = {each.name: column for each, column in pairs if column != CONSTANT}
        return replace(choice, columns={**choice.columns, **found}, by="profile")


@dataclass(frozen=True, slots=True)
class _Place:
    """The column of a field and what gave it."""

    column: int
    how: How
    confidence: float


@cache
def names_of(table: Table) -> Names[str, Field]:
    """Return what each header that means a field means, by the header as `folded` leaves it."""
    names = frozenset[str]().union(*(each.names() for each in table.fields))
    return {name: each for name in names if (each := table.field(name)) is not None}


def field_meant(text: str, table: Table) -> tuple[Field, How] | None:
    """Return the field that a header means and by what: name, title, synonym or unit, or one of them near it."""
    if len(text) > _LONGEST:
        return None
    wanted = folded(text)
    found = names_of(table).get(wanted)
    if found is not None and wanted == folded(found.name):
        return found, "name"
    if found is not None:
        return found, "title" if wanted in {folded(found.title), folded(found.heading)} else "synonym"
    of_unit = field_of_unit(text, table)
    if of_unit is not None:
        return of_unit, "synonym"
    near = near_field(text, table)
    return None if near is None else (near, "near")


def match(  # noqa: PLR0913 - what tells of the columns, each named at the call
    header: Sequence[str],
    table: Table,
    file_name: str,
    *,
    sample: Sequence[Sequence[str]] = (),
    choice: MappingChoice | None = None,
    known: Known = lambda _: (),
) -> Mapping:
    """Give each field its column: as the person says, else by name, title, synonym or near name, else by content.

    `sample` are the first rows, `known` tells the codes that a reference may hold: without them content tells nothing.
    PlannerError when two columns mean the same field equally well, a field of the key has none, or the choice names
    what there is not.
    """
    said = choice or MappingChoice()
    _check(said, header, table, file_name)
    constants = {name: _constant(table, name, text) for name, text in said.constants.items()}
    places = _chosen(said, table)
    open_fields = [each for each in table.fields if each.name not in {*said.columns, *constants}]
    places |= _by_header(open_fields, places, header, table, file_name)
    if sample:
        silent = [column for column in _free(places, header) if field_meant(header[column], table) is None]
        rest = [each for each in open_fields if each not in places]
        places |= _by_cells(by_content(rest, silent, header, sample, known))
    missing = [each.name for each in table.key if each not in places]
    if missing:
        raise PlannerError(f"{file_name} has no column {', '.join(missing)}, by which {table.one} is known; add it.")
    return _mapping(table, header, places, constants)


def _mapping(
    table: Table, header: Sequence[str], places: Names[Field, _Place], constants: Names[str, Value]
) -> Mapping:
    fields = tuple(each for each in table.fields if each in places)
    taken = {place.column for place in places.values()}
    return Mapping(
        fields,
        tuple(places[each].column for each in fields),
        tuple(text for column, text in enumerate(header) if column not in taken and text.strip()),
        constants,
        {each.name: places[each].how for each in fields},
        {each.name: places[each].confidence for each in fields},
    )


def _check(said: MappingChoice, header: Sequence[str], table: Table, file_name: str) -> None:
    names = [each.name for each in table.fields]
    for name in (*said.columns, *said.constants):
        if name not in names:
            raise PlannerError(f"{table.title} have no field {name[:_SHOWN]!r}; name one of {', '.join(names)}.")
    both = sorted(name for name in said.constants if said.columns.get(name, LEFT_OUT) != LEFT_OUT)
    if both:
        raise PlannerError(f"{both[0]} is given both a column and one value for all rows; choose one of the two.")
    for name, column in said.columns.items():
        if not LEFT_OUT <= column < len(header):
            raise PlannerError(
                f"{file_name} has {len(header)} columns, and {name} was to be in column {column + 1};"
                f" choose another column for {name}."
            )


def _constant(table: Table, name: str, text: str) -> Value:
    of_name = next(each for each in table.fields if each.name == name)
    try:
        return parse_typed(of_name, text, None)
    except InvalidValueError as error:
        raise PlannerError(f"{name} cannot be set to {text[:_SHOWN]!r}: {error.reason}.") from None


def _chosen(said: MappingChoice, table: Table) -> dict[Field, _Place]:
    columns = {each: said.columns.get(each.name, LEFT_OUT) for each in table.fields}
    chosen = {each: _Place(column, said.by, 1.0) for each, column in columns.items() if column != LEFT_OUT}
    return chosen | {each: _Place(CONSTANT, "constant", 1.0) for each in table.fields if each.name in said.constants}


def _free(places: Names[Field, _Place], header: Sequence[str]) -> Iterator[int]:
    taken = {place.column for place in places.values()}
    return (column for column in range(len(header)) if column not in taken)


def _by_header(
    fields: Collection[Field], places: Names[Field, _Place], header: Sequence[str], table: Table, file_name: str
) -> dict[Field, _Place]:
    found: dict[Field, dict[How, list[int]]] = {}
    for column in _free(places, header):
        meant = field_meant(header[column], table)
        if meant is not None and meant[0] in fields:
            found.setdefault(meant[0], {}).setdefault(meant[1], []).append(column)
    chosen = ((each, _best(each, columns, header, file_name)) for each, columns in found.items())
    return {each: place for each, place in chosen if place is not None}


def _best(of: Field, columns: Names[How, list[int]], header: Sequence[str], file_name: str) -> _Place | None:
    """Return the column that says the field most plainly; None where two nearly say one that need not be there."""
    how = next(each for each in _BY_NAME if each in columns)
    if len(columns[how]) == 1:
        return _Place(columns[how][0], how, _CONFIDENCE.get(how, 1.0))
    if how == "near" and not of.required:
        return None
    names = " and ".join(repr(header[column][:_SHOWN]) for column in columns[how][:_NAMED])
    if len(columns[how]) > _NAMED:
        names += f" and {len(columns[how]) - _NAMED} more"
    raise PlannerError(f"{file_name} has several columns for {of.name}: {names}. Rename or delete all but one.")


def _by_cells(found: Names[Field, ByContent]) -> dict[Field, _Place]:
    sure = _CONFIDENCE["content"]
    return {each: _Place(content.column, "content", round(sure * content.share, 2)) for each, content in found.items()}
