"""A workbook of the first rows of a CSV file of deliveries, and the library's bare read of it, as programs to run."""

import sys
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook


def make(file: Path, rows: int) -> None:
    """Write the first rows of a CSV file as `part.csv` and `part.xlsx` beside it."""
    text = file.with_name("part.csv")
    with file.open(encoding="utf-8", newline="") as source, text.open("w", encoding="utf-8", newline="") as target:
        target.writelines(islice(source, rows + 1))
    header, *body = (line.split(",") for line in text.read_text(encoding="utf-8").splitlines())
    with xlsxwriter.Workbook(text.with_suffix(".xlsx"), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Deliveries")
        month = book.add_format({"num_format": "yyyy-mm"})
        sheet.write_row(0, 0, header)
        for at, (contract, line, when, tonnes, status) in enumerate(body, 1):
            sheet.write_string(at, 0, contract)
            sheet.write_number(at, 1, int(line))
            day = datetime.strptime(when, "%Y-%m").replace(tzinfo=UTC)
            sheet.write_datetime(at, 2, day.replace(tzinfo=None), month)
            sheet.write_number(at, 3, float(tonnes))
            sheet.write_string(at, 4, status)


def read(book: Path) -> None:
    """Read every row of a workbook and do nothing with it."""
    for _ in CalamineWorkbook.from_path(book).get_sheet_by_index(0).iter_rows():
        pass


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", file, rows]:
            make(Path(file), int(rows))
        case [book]:
            read(Path(book))
