"""What the records of a table are called: a code, perhaps a name, and how both are compared with what people write."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from planner.fields import Field
from planner.model import Table
from planner.store.reader import Reader

_BETWEEN_WORDS: Final = re.compile(r"[\s_.,;:/'’()\[\]-]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A record that others refer to."""

    code: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.code} ({self.name})" if self.name else self.code


def name_field(table: Table) -> Field | None:
    """Return the field that holds the name of a record beside its code: `name` or `title`, None where there is none."""
    given = {field.name: field for field in table.fields if not field.key}
    return given.get("name") or given.get("title")


def named(table: Table, reader: Reader) -> Iterator[Named]:
    """Read what the records of a table with a code are called."""
    attrs = [field.attr for field in table.fields]
    code, name = attrs.index(table.key[0].attr), name_field(table)
    at = None if name is None else attrs.index(name.attr)
    for values in reader.values(table.name):
        yield Named(str(values[code]), "" if at is None else str(values[at] or ""))


def same_code(text: str) -> str:
    """Return a code as it is compared: neither case nor the width of spaces and letters counts, every sign does."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def loosely(text: str) -> str:
    """Return a name as it is compared: no case or accents, and one space for whatever stands between two words.

    Words stay apart, unlike in `planner.fields.folded`: `Lot 1.2` is not `Lot 12`.
    """
    bare = unicodedata.normalize("NFKD", text.casefold())
    return _BETWEEN_WORDS.sub(" ", "".join(c for c in bare if not unicodedata.combining(c))).strip()
