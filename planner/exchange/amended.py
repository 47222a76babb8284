"""Cells of a file that a person has mended in the preview; the file itself stays as it is."""

from collections.abc import Mapping

from planner.exchange.batch import Batch

# The text of each mended cell, by the line of its row in the file and by its column, from 0.
Cells = Mapping[int, Mapping[int, str]]


def amended_batch(batch: Batch, cells: Cells) -> Batch:
    """Return a batch with the mended cells in the place of what the file says."""
    touched = [place for place, line in enumerate(batch.lines) if line in cells] if cells else []
    if not touched:
        return batch
    rows = batch.rows
    for place in touched:
        for column, text in cells[batch.lines[place]].items():
            row = rows[place]
            row.extend([""] * (column + 1 - len(row)))
            row[column] = text
    return Batch.of_rows(batch.lines, rows, batch.done)
