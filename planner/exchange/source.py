"""Files of tables: which kind each is, how it is understood, and the rows that it gives."""

import re
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Final

from planner.errors import PlannerError
from planner.exchange import dialect as text
from planner.exchange import workbook_dialect
from planner.exchange.batch import Batch, Source
from planner.exchange.csv_source import CsvSource
from planner.exchange.decimals import detect_locale
from planner.exchange.dialect import Dialect
from planner.exchange.encoding import opened
from planner.exchange.guess import Guess
from planner.exchange.wide_source import Across, WideSource, detect_wide
from planner.exchange.workbook import is_workbook, sheets_of
from planner.exchange.workbook_source import WorkbookSource
from planner.model import Table

__all__ = [
    "SUFFIXES",
    "TEXTS",
    "WORKBOOKS",
    "Batch",
    "Source",
    "detect",
    "guesses",
    "header_of",
    "opened_source",
    "sheets_of",
]

TEXTS: Final = (".csv", ".tsv", ".txt")
WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".ods")
SUFFIXES: Final = TEXTS + WORKBOOKS

_HEAD_BYTES: Final = 4_096
# What programs save under the suffix of a workbook, by how it begins.
_OTHERS: Final = (
    (re.compile(rb"\s*<\?xml.*?schemas-microsoft-com:office:spreadsheet", re.DOTALL), "an XML workbook of 2003"),
    (re.compile(rb"\s*(?:<!doctype html|<html|<table|<meta|<head|<style|<div)", re.IGNORECASE), "a web page"),
    (re.compile(rb"\s*(?:<\?xml|<[a-z])", re.IGNORECASE), "a file of XML"),
    (re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08]\x00"), "a workbook of Excel 4 or older"),
    (re.compile(rb"%PDF-"), "a PDF document"),
)


def detect(path: Path, table: Table) -> Dialect:
    """Tell how a file is written, by its content whatever its suffix; PlannerError when no header fits the table."""
    if is_workbook(path):
        return workbook_dialect.detect(path, table)
    _refuse_others(path)
    found = text.detect(path, table)
    return found if found.wide else _with_years(path, found, table)


def guesses(path: Path, table: Table) -> tuple[Guess, ...]:
    """Return what `detect` guesses, each with how sure it is and why; PlannerError when the file has no header."""
    if is_workbook(path):
        return workbook_dialect.guesses(path, table)
    found, told = detect(path, table), text.guesses(path, table)
    across = Across.of(CsvSource(path, found).header, table) if found.wide else None
    if across is None:
        return told
    why = f"{len(across.periods)} of its columns are headed by {across.period.title.lower().removeprefix('from ')}s"
    return tuple(Guess("wide", "yes", 0.95, why) if guess.name == "wide" else guess for guess in told)


def header_of(path: Path, dialect: Dialect, table: Table) -> tuple[str, ...]:
    """Return the header that `opened_source` would give, without reading the rows; PlannerError where it cannot be."""
    header = workbook_dialect.header_of(path, dialect) if is_workbook(path) else CsvSource(path, dialect).header
    across = Across.of(header, table) if dialect.wide else None
    return across.turned(header) if across else header or opened_source(path, dialect, table).header


def opened_source(path: Path, dialect: Dialect, table: Table) -> Source:
    """Return the rows of a file as its dialect says; PlannerError when the file or its header cannot be read."""
    source: Source
    if is_workbook(path):
        source = WorkbookSource(path, dialect, table)
    else:
        _refuse_others(path)
        source = CsvSource(path, dialect)
    return WideSource(source, table) if dialect.wide else source


def _with_years(path: Path, found: Dialect, table: Table) -> Dialect:
    """Return the dialect of a table whose years stand across: to the text alone they are numbers."""
    source = CsvSource(path, found)
    across = Across.of(source.header, table)
    if across is None or not detect_wide(source.header, table):
        return found
    batch = next(source.batches(), None)
    columns = [batch.columns[at] for at in across.periods if at < len(batch.columns)] if batch else []
    locale, doubt = detect_locale(chain.from_iterable(columns), found.delimiter)
    return replace(found, wide=True, locale=locale.value or None, doubt=" ".join(filter(None, (found.doubt, doubt))))


def _refuse_others(path: Path) -> None:
    with opened(path) as file:
        head = file.read(_HEAD_BYTES).removeprefix(b"\xef\xbb\xbf")
    for form, what in _OTHERS:
        if form.match(head):
            raise PlannerError(f"{path.name} is {what}; open it in a spreadsheet program and save it as .xlsx.")
