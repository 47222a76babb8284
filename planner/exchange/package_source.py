"""Which files of a folder hold which tables: told by its `datapackage.json`, else by the names of the files."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from planner.errors import PlannerError
from planner.exchange.datapackage import DESCRIPTOR
from planner.exchange.dialect import Dialect
from planner.exchange.source import TEXTS
from planner.fields import folded
from planner.model import TABLES

# The description of a plan has 60 kB; one of ten million would take the memory to read it.
_LARGEST: Final = 4_000_000
_OUTSIDE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\~]")
_MOST_FILES: Final = 10_000
_SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file for a table, or its sheet; `dialect` is None where it is to be told from the file."""

    table: str
    path: Path
    dialect: Dialect | None = None
    sheet: str = ""

    @property
    def shown(self) -> str:
        """What people call it."""
        return self.sheet or self.path.name


def table_files(folder: Path) -> tuple[tuple[TableFile, ...], tuple[str, ...]]:
    """Return the files for tables, each table after those that it refers to, and the names of what is for none.

    PlannerError when the folder cannot be read, describes itself wrongly, or names a file outside of itself.
    """
    try:
        described = (folder / DESCRIPTOR).is_file()
        found, others = _of_package(folder) if described else _of_names(folder)
    except OSError as error:
        raise PlannerError(f"{folder} cannot be read: {error.strerror or error}.") from error
    twice = next((each.table for at, each in enumerate(found) if each.table in {e.table for e in found[:at]}), None)
    if twice is not None:
        named = " and ".join(each.path.name for each in found if each.table == twice)
        raise PlannerError(f"{folder} has several files for {twice}: {named}. Keep one.")
    if not found:
        raise PlannerError(f"{folder} has no file for any table; name each for its table, such as contracts.csv.")
    places = {name: place for place, name in enumerate(TABLES)}
    return tuple(sorted(found, key=lambda each: places[each.table])), tuple(others)


def table_meant(name: str) -> str | None:
    """Return the table that a file or a sheet is named for, by name or title; None for none."""
    wanted = folded(name)
    return next((t.name for t in TABLES.values() if wanted in {folded(t.name), folded(t.title)}), None)


def _of_names(folder: Path) -> tuple[list[TableFile], list[str]]:
    found, others = [], []
    with os.scandir(folder) as entries:
        # A link may lead anywhere: it is left out, and told.
        files = sorted((entry.name, not entry.is_symlink()) for entry in entries if entry.is_file())
    for name, real in files[:_MOST_FILES]:
        path = folder / name
        table = table_meant(path.stem) if real and path.suffix.lower() in TEXTS else None
        if table is None:
            others.append(name)
        else:
            found.append(TableFile(table, path))
    return found, others


def _of_package(folder: Path) -> tuple[list[TableFile], list[str]]:
    found, others = [], []
    for each in _resources(folder):
        name = each.get("name")
        table = table_meant(name) if isinstance(name, str) else None
        if table is None:
            others.append(str(name)[:_SHOWN])
        else:
            found.append(TableFile(table, _inside(folder, table, each), _dialect_of(each)))
    return found, others


def _resources(folder: Path) -> list[Mapping[str, Any]]:
    path = folder / DESCRIPTOR
    wrong = f"{path} is no description of a data package"
    if path.is_symlink():
        raise PlannerError(f"{path} is a link; put the file itself into the folder.")
    if path.stat().st_size > _LARGEST:
        raise PlannerError(f"{wrong}: it is larger than {_LARGEST // 1_000_000} MB. Write the package anew.")
    try:
        held = json.loads(path.read_text(encoding="utf-8-sig"))
    # Brackets in brackets exhaust the parser before it can say what is wrong.
    except (ValueError, RecursionError) as error:
        raise PlannerError(f"{wrong}: it cannot be read as JSON. Write the package anew.") from error
    listed = held.get("resources") if isinstance(held, dict) else None
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise PlannerError(f"{wrong}: it lists no resources. Write the package anew.")
    return listed


def _inside(folder: Path, table: str, resource: Mapping[str, Any]) -> Path:
    """Return the file of a resource; PlannerError unless it lies in the folder, on a way without links."""
    given = resource.get("path")
    if isinstance(given, list) and len(given) == 1:
        given = given[0]
    where = f"{folder / DESCRIPTOR}: {table}"
    if not isinstance(given, str) or not given:
        raise PlannerError(f"{where} has no single path; write each table into one file of the folder and name it.")
    parts = re.split(r"[/\\]", given)
    if _OUTSIDE.match(given) or ".." in parts or "\0" in given:
        raise PlannerError(f"{where} lies at {given[:_SHOWN]!r}, outside the folder; put the file into the folder.")
    path = folder.joinpath(*parts)
    if Path(os.path.realpath(path)) != Path(os.path.realpath(folder)).joinpath(*parts):
        raise PlannerError(f"{where}: {given[:_SHOWN]!r} is a link; put the file itself into the folder.")
    if not path.is_file():
        raise PlannerError(f"{where}: there is no file {given[:_SHOWN]!r} in the folder; put it there.")
    return path


def _dialect_of(resource: Mapping[str, Any]) -> Dialect | None:
    """Return how a resource says that it is written; None where it does not say so in full."""
    dialect, encoding = resource.get("dialect"), resource.get("encoding")
    schema = resource.get("schema")
    if not isinstance(dialect, dict) or not isinstance(schema, dict) or encoding not in {"utf-8", "UTF-8"}:
        return None
    delimiter, fields = dialect.get("delimiter"), schema.get("fields")
    if delimiter not in {",", ";", "\t"} or dialect.get("header") is not True or not isinstance(fields, list):
        return None
    marks = {each.get("decimalChar", ".") for each in fields if isinstance(each, dict)}
    groups = {each.get("groupChar", "") for each in fields if isinstance(each, dict)}
    if marks != {"."} or groups != {""}:
        return None
    return Dialect("utf-8-sig", str(delimiter), None, 1, totals=False)
