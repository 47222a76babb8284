"""A profile: how files with one header are understood, as a value and as JSON that a stranger may have written."""

import codecs
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Final, NoReturn, TypeAlias

from babel.core import UnknownLocaleError

from planner.errors import PlannerError
from planner.exchange.dialect import Dialect
from planner.exchange.mapping import LEFT_OUT, MappingChoice
from planner.fields import folded
from planner.fields.numbers import decimal_mark
from planner.model import TABLES

Setting: TypeAlias = str | int | bool | None

VERSION: Final = 1
LARGEST_BYTES: Final = 1_000_000
LONGEST_NAME: Final = 100
MOST_COLUMNS: Final = 16_384
_VERSION_KEY: Final = "offtake_profile"
_KEYS: Final = (_VERSION_KEY, "name", "table", "header", "dialect", "columns", "constants", "lookups")
_HEADER_LENGTH: Final = 100
_MOST_LOOKUPS: Final = 10_000
_LONGEST_TEXT: Final = 2_000
_LAST_HEADER_LINE: Final = 10_000
_SHOWN: Final = 60
# Encodings of files: Python knows others, which stand for programs' escapes and not for files.
_ENCODING: Final = re.compile(
    r"ascii|utf-(?:8|16|32)(?:-sig|-le|-be)?|(?:cp|iso8859-|mac-|koi8-)\w+|gb\w+|shift_jis|big5"
)


@dataclass(frozen=True, slots=True)
class Profile:
    """How files with one header are understood.

    `header` is the header as `fingerprint` leaves it, `dialect` what was changed of the guesses, by the names of the
    fields of a Dialect, `choice` the columns, constants and lookups.
    """

    name: str
    table: str
    header: tuple[str, ...]
    dialect: Mapping[str, Setting] = field(default_factory=dict)
    choice: MappingChoice = field(default_factory=lambda: MappingChoice(by="profile"))

    def applied(self, dialect: Dialect) -> Dialect:
        """Return how a file is written, with what the profile says in the place of the guesses."""
        known = {each.name for each in fields(Dialect)}
        changed = {name: setting for name, setting in self.dialect.items() if name in known}
        return replace(dialect, **changed, doubt="" if "locale" in changed else dialect.doubt)  # type: ignore[arg-type] # each was checked to be of its field's type

    def whole_dialect(self) -> Dialect | None:
        """Return how a file is written where the profile alone says it; None where it leaves that to be guessed."""
        encoding, delimiter, line = (self.dialect.get(name) for name in ("encoding", "delimiter", "header_line"))
        if not (isinstance(encoding, str) and isinstance(delimiter, str) and isinstance(line, int)):
            return None
        return self.applied(Dialect(encoding, delimiter, None, line))

    def choice_for(self, header: Sequence[str], file_name: str, said: MappingChoice | None = None) -> MappingChoice:
        """Return the choice for a file, whose columns may stand in another order, with what was `said` before all.

        PlannerError when the file lacks a column that the profile names.
        """
        now = said or MappingChoice()
        theirs = fingerprint(header)
        open_columns = {n: at for n, at in self.choice.columns.items() if n not in {*now.columns, *now.constants}}
        if theirs != self.header:
            open_columns = {name: self._moved(name, at, theirs, file_name) for name, at in open_columns.items()}
        return now.over(replace(self.choice, columns=open_columns, by="profile"))

    def _moved(self, name: str, column: int, theirs: Sequence[str], file_name: str) -> int:
        if column == LEFT_OUT:
            return LEFT_OUT
        text = self.header[column] if column < len(self.header) else ""
        places = [place for place, other in enumerate(theirs) if text and other == text]
        if len(places) == 1:
            return places[0]
        raise PlannerError(
            f"{file_name} has {'several columns' if places else 'no column'} {text!r}, which the profile {self.name}"
            f" takes for {name}; choose another profile, or say what {name} is."
        )


def fingerprint(header: Sequence[str]) -> tuple[str, ...]:
    """Return a header as headers are compared: each text folded and cut short, empty ones at the end left out."""
    texts = [folded(text[:_HEADER_LENGTH])[:_HEADER_LENGTH] for text in header[:MOST_COLUMNS]]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def changed(guess: Dialect, dialect: Dialect) -> dict[str, Setting]:
    """Return what was changed of a guess, as a profile keeps it."""
    names = (each.name for each in fields(Dialect) if each.name in _SETTINGS)
    return {name: getattr(dialect, name) for name in names if getattr(dialect, name) != getattr(guess, name)}


def text_of(profile: Profile) -> str:
    """Return a profile as JSON."""
    choice = profile.choice
    document = {
        _VERSION_KEY: VERSION,
        "name": profile.name,
        "table": profile.table,
        "header": profile.header,
        "dialect": dict(profile.dialect),
        "columns": dict(choice.columns),
        "constants": dict(choice.constants),
        "lookups": dict(choice.lookups),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def read_profile(data: bytes, source: str) -> Profile:
    """Read a profile that anybody may have written; PlannerError names the `source` and says why it is none."""
    try:
        return _read(data)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, _WrongError) else "it is not the JSON of a profile"
        raise PlannerError(f"{source} cannot be used as a profile: {reason}. Export the profile again.") from None


class _WrongError(ValueError):
    """What is wrong with a profile, half a sentence."""


def _read(data: bytes) -> Profile:
    if len(data) > LARGEST_BYTES:
        raise _WrongError(f"it is larger than {LARGEST_BYTES // 1_000:,} KB")
    document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_number)
    if not isinstance(document, dict) or _VERSION_KEY not in document:
        raise _WrongError(f"it has no {_VERSION_KEY}")
    if type(document[_VERSION_KEY]) is not int or document[_VERSION_KEY] != VERSION:
        raise _WrongError("it was made by a newer version of the program")
    _only(document, _KEYS)
    for key in _KEYS:
        if key not in document:
            raise _WrongError(f"it has no {key}")
    name, table = _text(document["name"], "name", LONGEST_NAME), document["table"]
    if not isinstance(table, str) or table not in TABLES:
        raise _WrongError(f"there is no table {_quoted(table)}")
    checked_name(name)
    return Profile(name, table, _header(document["header"]), _dialect(document["dialect"]), _choice(document, table))


def checked_name(name: str) -> str:
    """Return the name of a profile; ValueError, half a sentence, when nothing can be called so."""
    if not name.strip() or name != name.strip():
        raise _WrongError("its name is empty, or begins or ends with a space")
    _text(name, "name", LONGEST_NAME)
    if any(unicodedata.category(c).startswith(("C", "Zl", "Zp")) for c in name):
        raise _WrongError("its name holds a line break or an invisible character")
    return name


def _object(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _WrongError(f"it names {_quoted(key)} twice")
        found[key] = value
    return found


def _no_number(text: str) -> NoReturn:
    raise _WrongError(f"{text} is no number of JSON")


def _only(document: Mapping[str, object], keys: Iterable[str]) -> None:
    unknown = [key for key in document if key not in keys]
    if unknown:
        raise _WrongError(f"it has the unknown entry {_quoted(unknown[0])}")


def _header(found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or len(found) > MOST_COLUMNS:
        raise _WrongError(f"its header is not a list of at most {MOST_COLUMNS:,} texts")
    return tuple(_text(each, "header", _HEADER_LENGTH) for each in found)


def _dialect(found: object) -> dict[str, Setting]:
    if not isinstance(found, dict):
        raise _WrongError("its dialect is not a list of settings")
    _only(found, _SETTINGS)
    for name, value in found.items():
        if not _SETTINGS[name](value):
            raise _WrongError(f"{_quoted(value)} cannot be the {name.replace('_', ' ')} of a file")
    return found


def _choice(document: Mapping[str, object], table: str) -> MappingChoice:
    names = [each.name for each in TABLES[table].fields]
    columns, constants, lookups = (_entries(document[key], key) for key in ("columns", "constants", "lookups"))
    for found in (columns, constants):
        _only(found, names)
    return MappingChoice(
        {name: _column(column) for name, column in columns.items()},
        {name: _text(text, "constants", _LONGEST_TEXT) for name, text in constants.items()},
        {
            _text(text, "lookups", _LONGEST_TEXT): _text(code, "lookups", _LONGEST_TEXT)
            for text, code in lookups.items()
        },
        "profile",
    )


def _entries(found: object, key: str) -> dict[str, object]:
    if not isinstance(found, dict) or len(found) > _MOST_LOOKUPS:
        raise _WrongError(f"its {key} are not a list of at most {_MOST_LOOKUPS:,} entries")
    return found


def _column(found: object) -> int:
    # A bool is an int in Python, and no column.
    if type(found) is not int or not LEFT_OUT <= found < MOST_COLUMNS:
        raise _WrongError(f"{_quoted(found)} is the number of no column")
    return found


def _text(found: object, key: str, longest: int) -> str:
    if not isinstance(found, str) or len(found) > longest:
        raise _WrongError(f"its {key} holds {_quoted(found)}, which is no text of at most {longest:,} characters")
    if any(unicodedata.category(c) == "Cs" for c in found):
        raise _WrongError(f"its {key} holds half a character")
    return found


def _quoted(found: object) -> str:
    shown = repr(found)
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"


def _is_encoding(found: object) -> bool:
    try:
        return isinstance(found, str) and _ENCODING.fullmatch(codecs.lookup(found).name) is not None
    except (LookupError, ValueError):
        return False


def _is_locale(found: object) -> bool:
    if found is None:
        return True
    try:
        return isinstance(found, str) and len(found) <= _SHOWN and bool(decimal_mark(found))
    except (UnknownLocaleError, ValueError):
        return False


def _is_delimiter(found: object) -> bool:
    return isinstance(found, str) and len(found) == 1 and not found.isalnum() and found not in '"\r\n'


def _is_line(found: object) -> bool:
    return type(found) is int and 1 <= found <= _LAST_HEADER_LINE


def _is_sheet(found: object) -> bool:
    return isinstance(found, str) and found == _text(found, "sheet", _HEADER_LENGTH)


def _is_bool(found: object) -> bool:
    return isinstance(found, bool)


# What may be changed of a Dialect, and what each may be.
_SETTINGS: Final[Mapping[str, Callable[[object], bool]]] = {
    "encoding": _is_encoding,
    "delimiter": _is_delimiter,
    "locale": _is_locale,
    "header_line": _is_line,
    "sheet": _is_sheet,
    "date_order": lambda found: found in ("dmy", "mdy", "ymd"),
    "wide": _is_bool,
    "totals": _is_bool,
}
