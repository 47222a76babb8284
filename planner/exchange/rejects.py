"""The refused rows of an import as a file: mended, it imports again."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from planner.exchange.atomic import written
from planner.exchange.guard import guarded, unguarded
from planner.exchange.imports import Found

REASON: Final = "reason"


def write_rejects(found: Found, target: Path) -> None:
    """Write the refused rows as CSV, as they stand in the file or were mended, with a column that says why.

    PlannerError when the file cannot be written.
    """
    reasons: dict[int, list[str]] = {}
    for problem in found.preview.problems:
        reasons.setdefault(problem.line, []).append(f"{problem.field}: {problem.reason}".removeprefix(": "))
    header = found.source.header
    width = len(header) - (header[-1:] == (REASON,))
    with written(target, encoding="utf-8-sig") as file:
        # The cells of a workbook have a decimal point, and no delimiter of their own.
        writer = csv.writer(file, delimiter=found.source.dialect.delimiter or ",", lineterminator="\r\n")
        writer.writerow((*map(_guarded_once, header[:width]), REASON))
        for batch in found.batches():
            for line, row in zip(batch.lines, batch.rows, strict=True):
                if line in reasons:
                    cells = [_guarded_once(cell) for cell in _without_reason(row, width, len(header))]
                    writer.writerow((*cells, *[""] * (width - len(cells)), "; ".join(reasons[line])))


def _without_reason(row: Sequence[str], width: int, header: int) -> Sequence[str]:
    """Return a row without the reason that an earlier import gave; one wider than its header is left whole."""
    return row[:width] if len(row) <= header else row


def _guarded_once(cell: str) -> str:
    """Return a cell that reads as it did and is no formula; it may be guarded already."""
    return guarded(unguarded(cell))
