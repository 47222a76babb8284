"""A plan as a folder of CSV files with a description of them: a Data Package by the standard of Frictionless."""

import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from planner.errors import PlannerError
from planner.exchange.csv_export import MACHINES, write_csv
from planner.exchange.extract import Report, share_of, silent
from planner.exchange.sheet_extract import whole_table
from planner.fields import Choice, Field, Fixed, Kind, LineNumber, target_of
from planner.fields.kinds import WEIGHTS, Code, DateKind, MonthKind, Phasing, Symbol, Text, Year
from planner.model import TABLES, Table
from planner.plan import Plan

DESCRIPTOR: Final = "datapackage.json"
_PROFILE: Final = "tabular-data-package"
_ABOUT: Final = (
    "A plan of contracts for battery materials, a CSV file for each table. Each field says its unit. A text that a"
    " spreadsheet would take for a formula has an apostrophe before it. To bring it back: offtake import PLAN --all"
    " FOLDER."
)
_DIALECT: Final = {
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "lineTerminator": "\n",
    "skipInitialSpace": False,
    "header": True,
}


def export_package(plan: Plan, folder: Path, report: Report = silent) -> int:
    """Write every table into a folder, whole or not at all, and return how many rows there are.

    The folder may be new, empty, or hold an earlier package, whose place the new one takes. PlannerError when it holds
    anything else or cannot be written.
    """
    real = Path(os.path.realpath(folder))
    _check(folder, real)
    try:
        with tempfile.TemporaryDirectory(dir=real.parent, prefix=".package-", ignore_cleanup_errors=True) as beside:
            made = Path(beside) / "made"
            made.mkdir()
            with plan.reading():
                rows = _write(plan, made, report)
            _put_in_place(made, real, Path(beside) / "before")
    except OSError as error:
        raise PlannerError(f"{folder} cannot be written: {error.strerror or error}. Choose another folder.") from error
    return rows


def _write(plan: Plan, folder: Path, report: Report) -> int:
    extracts = [whole_table(plan, table) for table in TABLES]
    whole, done = max(1, sum(extract.count for extract in extracts)), 0
    for extract in extracts:
        part = share_of(report, done / whole, extract.count / whole)
        done += write_csv(extract, folder / _file_of(extract.name), MACHINES, report=part)
    text = json.dumps(descriptor(plan), ensure_ascii=False, indent=2)
    (folder / DESCRIPTOR).write_text(text + "\n", encoding="utf-8")
    report(1.0)
    return done


def _check(folder: Path, real: Path) -> None:
    """Raise PlannerError unless a package may stand in a folder."""
    if not real.parent.is_dir():
        raise PlannerError(f"There is no folder {folder.parent}; make it first.")
    if real.exists() and not real.is_dir():
        raise PlannerError(f"{folder} is a file; name a folder for the package.")
    if not real.exists():
        return
    ours = {DESCRIPTOR, *map(_file_of, TABLES)}
    with os.scandir(real) as entries:
        held = {entry.name: entry.is_file(follow_symlinks=False) for entry in entries}
    other = sorted(name for name, is_file in held.items() if name not in ours or not is_file)
    if held and (other or DESCRIPTOR not in held):
        named = f", such as {other[0]}" if other else ""
        raise PlannerError(f"{folder} holds other files{named}; name a new or empty folder for the package.")


def _put_in_place(made: Path, target: Path, aside: Path) -> None:
    """Give a folder its place; what was there comes back when that fails."""
    # The folder of a temporary directory is for its maker alone.
    made.chmod(0o777 & ~_umask())
    if not target.exists():
        made.replace(target)
        return
    mode = target.stat().st_mode
    target.replace(aside)
    try:
        made.replace(target)
    except OSError:
        aside.replace(target)
        raise
    target.chmod(mode)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _file_of(table: str) -> str:
    return f"{table}.csv"


def descriptor(plan: Plan) -> dict[str, Any]:
    """Return what `datapackage.json` says of a plan."""
    return {
        "profile": _PROFILE,
        "name": _slug(plan.path.stem),
        "title": plan.path.stem,
        "description": _ABOUT,
        "created": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "resources": [resource(table) for table in TABLES.values()],
    }


def resource(table: Table) -> dict[str, Any]:
    """Return what a package says of one table: where it is, how it is written, its fields and keys."""
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": _file_of(table.name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": _DIALECT,
        "schema": {
            "fields": [_described(table, field) for field in table.fields],
            "missingValues": [""],
            "primaryKey": [field.name for field in table.key],
            "foreignKeys": _foreign_keys(table),
        },
    }


def _described(table: Table, field: Field) -> dict[str, Any]:
    sort, shape = _type_of(field.kind)
    limits = _constraints(field.kind)
    if field.required:
        limits["required"] = True
    if table.key == (field,):
        limits["unique"] = True
    said = {"name": field.name, "title": field.title, "type": sort, "format": shape, "description": field.help}
    unit = {"unit": field.unit} if field.unit else {}
    return said | unit | ({"constraints": limits} if limits else {})


def _type_of(kind: Kind) -> tuple[str, str]:
    match kind:
        case Fixed():
            return "number", "default"
        case Year():
            return "year", "default"
        case LineNumber():
            return "integer", "default"
        case MonthKind():
            return "yearmonth", "default"
        case DateKind():
            return "date", "default"
        case _:
            return "string", "default"


def _constraints(kind: Kind) -> dict[str, Any]:  # noqa: PLR0911 - a case for each kind
    match kind:
        case Fixed(lowest=low, highest=high):
            return {"minimum": _number(kind, low), "maximum": _number(kind, high)}
        case Year():
            # As they are written: the standard has no other form for them.
            return {}
        case LineNumber(lowest=low, highest=high):
            return {"minimum": low, "maximum": high}
        case Choice(words=words):
            return {"enum": [word for word, _ in words]}
        case Phasing():
            return {"pattern": f"even|{WEIGHTS.pattern}"}
        case Symbol(shape=shape):
            return {"pattern": shape}
        case Code(longest=longest):
            # One more for the guard.
            return {"minLength": 1, "maxLength": longest + 1}
        case Text(longest=longest):
            return {"maxLength": longest + 1}
        case _:
            return {}


def _number(kind: Fixed, small: int) -> int | float:
    seen = kind.seen(small)
    return int(seen) if seen == seen.to_integral_value() else float(seen)


def _foreign_keys(table: Table) -> list[Mapping[str, Any]]:
    """Return the references of a table: the fields that together name a record of another, and those of that."""
    found: list[tuple[str, list[str], list[str]]] = []
    for field in table.fields:
        target = target_of(field.kind)
        if target is None:
            continue
        name, part = target
        named = part or TABLES[name].key[0].name
        whole = next((each for each in found if part and each[0] == name and named not in each[2]), None)
        if whole is None:
            whole = (name, [], [])
            found.append(whole)
        whole[1].append(field.name)
        whole[2].append(named)
    return [
        # A table that refers to itself leaves its own name out, by the standard.
        {"fields": ours, "reference": {"resource": "" if name == table.name else name, "fields": theirs}}
        for name, ours, theirs in found
    ]


def _slug(text: str) -> str:
    """Return a name as the standard asks for: small letters, figures and `-._`."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9._]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-") or "plan"
