"""References as people write them: by code, as the person said, or by name; else refused, with the nearest offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from planner.fields import Field, target_of
from planner.fields.kinds import Code
from planner.model import TABLES, Table
from planner.store.columns import Key, missing_reference
from planner.store.naming import Named, loosely, name_field, named, same_code
from planner.store.nearest import Nearest
from planner.store.reader import Reader

# For so many different texts of a column the nearest is looked for: a file may hold a million.
SEARCHES: Final = 200
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Unfound:
    """Why a reference means no record: the place of the field in the key, its text, and the reason."""

    place: int
    text: str
    reason: str


class Lookup:
    """Finds the records of one table by what stands in a file; nothing is read before a text is no code."""

    def __init__(self, table: Table, reader: Reader, said: Mapping[str, str]) -> None:
        """`said` are the codes that the person gave for texts of the file."""
        self._table = table
        self._reader = reader
        self._said = {same_code(text): code for text, code in said.items()}
        self._searched: dict[str, Named | None] = {}

    @cached_property
    def _records(self) -> dict[str, Named]:
        return {record.code: record for record in named(self._table, self._reader)}

    @cached_property
    def _by_code(self) -> dict[str, list[Named]]:
        found: dict[str, list[Named]] = {}
        for record in self._records.values():
            found.setdefault(same_code(record.code), []).append(record)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[Named]]:
        found: dict[str, list[Named]] = {}
        for record in self._records.values():
            if wanted := loosely(record.name):
                found.setdefault(wanted, []).append(record)
        return found

    @cached_property
    def _nearest(self) -> Nearest:
        return Nearest(self._records)

    def code(self, text: str) -> str | None:
        """Return the code that a text means: itself, what the person said, or the code of the one record named so."""
        if text in self._records:
            return text
        given = self._said.get(same_code(text))
        if given is not None:
            return given if given in self._records else None
        found = self._meant(text)
        return found[0].code if len(found) == 1 else None

    def why(self, text: str) -> str:
        """Return the reason why a text means no record."""
        given = self._said.get(same_code(text))
        if given is not None:
            return f"it was to mean {given!r}, and {missing_reference(self._table.name, (given,))}"
        shared = self._meant(text)
        if shared:
            listed = ", ".join(str(record) for record in islice(shared, _NAMED))
            return f"{len(shared)} {self._table.name} are called so: {listed}; write the code of one"
        near = self._near(text)
        if near is not None:
            return f"{self._nothing_called_so}; did you mean {near}?"
        if text in self._searched:
            return missing_reference(self._table.name, (text,))
        return (
            f"{self._nothing_called_so}; add it to {self._table.name} first (the nearest is offered for the first"
            f" {SEARCHES} such texts of a file)"
        )

    @cached_property
    def _nothing_called_so(self) -> str:
        name = name_field(self._table)
        words = self._table.key[0].name + (f" or {name.name}" if name is not None else "")
        return f"there is no {self._table.singular} of that {words}"

    def _meant(self, text: str) -> list[Named]:
        return self._by_code.get(same_code(text)) or self._by_name.get(loosely(text)) or []

    def _near(self, text: str) -> Named | None:
        if text not in self._searched and len(self._searched) < SEARCHES:
            self._searched[text] = self._nearest.find(text)
        return self._searched.get(text)


class References:
    """Finds the keys that one column of references means, whose target may have a key of several fields."""

    def __init__(self, target: str, reader: Reader, said: Mapping[str, str]) -> None:
        """`target` is the table that the column refers to."""
        self._target = target
        self._lookups = [_lookup_of(TABLES[target], field, reader, said) for field in TABLES[target].key]

    def key(self, written: Key) -> Key | None:
        """Return the key that is meant, each part by code or name; None when a part means nothing."""
        pairs = zip(self._lookups, written, strict=True)
        found = tuple(part if lookup is None else lookup.code(str(part)) for lookup, part in pairs)
        return None if None in found else found

    def why(self, written: Key) -> Unfound:
        """Return why a key means no record."""
        for place, (lookup, part) in enumerate(zip(self._lookups, written, strict=True)):
            if lookup is not None and lookup.code(str(part)) is None:
                return Unfound(place, str(part), lookup.why(str(part)))
        return Unfound(len(written) - 1, " ".join(map(str, written)), missing_reference(self._target, written))


def _lookup_of(table: Table, field: Field, reader: Reader, said: Mapping[str, str]) -> Lookup | None:
    """Return what finds a part of a key: in the table that it refers to, or in the table whose code it is."""
    target = target_of(field.kind)
    if target is not None and not target[1]:
        return Lookup(TABLES[target[0]], reader, said)
    return Lookup(table, reader, said) if len(table.key) == 1 and isinstance(field.kind, Code) else None
