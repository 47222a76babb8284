"""Columns of a plain block of CSV: no quotation marks, every row as wide as the header."""


def plain_columns(text: str, delimiter: str, width: int) -> list[list[str]] | None:
    """Divide whole lines into `width` columns, several times as fast as row by row and to the same cells.

    None where the block is not plain: a quotation mark, a carriage return alone, a space that leads a cell, a row of
    another width, or one that begins with an empty cell, which may be empty altogether.
    """
    text = text.replace("\r\n", "\n")
    if '"' in text or "\r" in text or text.startswith(" ") or "\n " in text or f"{delimiter} " in text:
        return None
    if text and not text.endswith("\n"):
        text += "\n"
    rows = text.count("\n")
    # Every row becomes its cells and the mark of its end; what follows the last mark is one empty cell.
    cells = text.replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
    step = width + 1
    if len(cells) != rows * step + 1 or cells[width::step].count("\n") != rows:
        return None
    del cells[-1]
    columns = [cells[place::step] for place in range(width)]
    return columns if all(map(str.strip, columns[0])) else None
