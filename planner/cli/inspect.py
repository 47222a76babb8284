"""The command that tells how a file is understood, before it goes into any plan."""

from pathlib import Path

import click

from planner.cli.group import AS_JSON, DONE, IN_PART, NOT_DONE, answer, table_of
from planner.exchange.guess import Guess
from planner.exchange.inspection import Inspection, SeenColumn, inspect
from planner.model import TABLES, table_named

_WORDS = {
    "encoding": "Encoding",
    "delimiter": "Delimiter",
    "sheet": "Sheet",
    "locale": "Numbers",
    "header_line": "Header row",
    "date_order": "Dates",
    "wide": "Months across",
}
_VALUES = {
    ("delimiter", ","): "comma",
    ("delimiter", ";"): "semicolon",
    ("delimiter", "\t"): "tab",
    ("delimiter", "|"): "pipe",
    ("locale", ""): "1250.5",
    ("locale", "en"): "1,250.5",
    ("locale", "fr"): "1 250,5",
    ("locale", "de"): "1.250,5",
    ("locale", "de_CH"): "1’250.5",
    ("date_order", "dmy"): "day, month, year",
    ("date_order", "mdy"): "month, day, year",
    ("date_order", "ymd"): "year, month, day",
}


@click.command("inspect")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--table", help="The table that it is for; the likeliest where this is not given.")
@AS_JSON
def inspect_file(file: Path, *, table: str | None, as_json: bool) -> int:
    """Tell how FILE is understood: its table, how it is written, its columns, and what is in doubt. Nothing is changed.

    Codes are not looked up: which of them a plan has, `import --dry-run` tells.
    """
    seen = inspect(file, None if table is None else table_named(table).name)
    if as_json:
        answer(_document(file, seen))
    else:
        _print(file, seen)
    if seen.trouble:
        return NOT_DONE
    return IN_PART if seen.refused or seen.doubt else DONE


def _print(file: Path, seen: Inspection) -> None:
    click.secho(f"{file.name} is read as {TABLES[seen.table].title.lower()} ({seen.table}).", bold=True)
    rows = [(_WORDS[each.name], _value(each), f"{each.confidence:.0%}", each.why) for each in seen.guesses]
    click.echo("\n" + table_of([("guess", "read as", "sure", "why"), *rows], frozenset({2})))
    if seen.columns:
        heading = ("column", "heading", "field", "matched by", "sure", "unit", "cells, and what they are read as")
        click.echo("\n" + table_of([heading, *map(_column, seen.columns)], frozenset({0, 4})))
    if seen.ignored:
        click.echo(f"\nLeft aside: {', '.join(seen.ignored)}.")
    if not seen.trouble:
        count = f"{seen.rows:,} {'row' if seen.rows == 1 else 'rows'}"
        click.echo(f"\n{count}, {f'{seen.refused:,} of them' if seen.refused else 'none'} refused.")
    for note in seen.notes:
        click.echo(note)
    for place, problem in seen.unread:
        click.echo(f"line {place}: {problem.field} {problem.value!r}: {problem.reason}", err=True)
    for sentence in filter(None, (seen.doubt, seen.trouble)):
        click.echo(sentence, err=True)


def _value(guess: Guess) -> str:
    return _VALUES.get((guess.name, guess.value), guess.value)


def _column(column: SeenColumn) -> tuple[str, ...]:
    samples = "; ".join(
        f"{each.text} (refused)"
        if each.refused
        else each.text
        if each.text == each.read
        else f"{each.text} = {each.read}"
        for each in column.samples
    )
    sure = f"{column.confidence:.0%}"
    return (str(column.number + 1), column.heading, column.field, column.how, sure, column.unit, samples)


def _document(file: Path, seen: Inspection) -> dict[str, object]:
    return {
        "file": str(file),
        "table": seen.table,
        "dialect": [
            {"name": each.name, "value": each.value, "confidence": each.confidence, "why": each.why}
            for each in seen.guesses
        ],
        "columns": [
            {
                "column": each.number + 1,
                "heading": each.heading,
                "field": each.field,
                "how": each.how,
                "confidence": each.confidence,
                "unit": each.unit,
                "samples": [{"text": s.text, "read": s.read, "refused": s.refused} for s in each.samples],
            }
            for each in seen.columns
        ],
        "ignored": list(seen.ignored),
        "rows": seen.rows,
        "refused": seen.refused,
        "unread": [
            {"place": place, "field": problem.field, "value": problem.value, "reason": problem.reason}
            for place, problem in seen.unread
        ],
        "notes": list(seen.notes),
        "doubts": [seen.doubt] if seen.doubt else [],
        "trouble": seen.trouble or None,
    }
