"""Workbooks for tests: .xlsx as a program writes them, .ods part by part, and archives that nobody should write."""

import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

FILES = Path(__file__).parent / "files" / "workbooks"
HEADER = ("contract", "line", "month", "quantity_t")
Row = Sequence[object]

_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>{}'
    "</office:spreadsheet></office:body></office:document-content>"
)


def xlsx(
    path: Path, *sheets: tuple[str, Iterable[Row]], then: Callable[[xlsxwriter.Workbook], object] = lambda _: None
) -> Path:
    """Write sheets of rows; `then` gets the workbook to add to it."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(at, column, value, day)
                    elif isinstance(value, str):
                        sheet.write_string(at, column, value)
                    else:
                        sheet.write(at, column, value)
        then(book)
    return path


def changed(path: Path, parts: Mapping[str, Callable[[bytes], bytes]]) -> Path:
    """Write an archive anew with some of its parts changed."""
    with zipfile.ZipFile(path) as source:
        whole = {name: source.read(name) for name in source.namelist()}
    return archive(path, {name: parts.get(name, bytes)(content) for name, content in whole.items()})


def archive(path: Path, parts: Mapping[str, bytes | str]) -> Path:
    """Write an archive of parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return path


def ods(path: Path, tables: str, manifest: str = "") -> Path:
    """Write an .ods of tables that are given as XML."""
    return archive(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
            "content.xml": _CONTENT.format(tables),
        },
    )


def ods_cell(shown: str, kind: str = "string", value: str = "", more: str = "") -> str:
    """Return a cell of an .ods as the programs write it: what is shown beside the value."""
    attribute = {"date": "date-value", "boolean": "boolean-value", "string": ""}.get(kind, "value")
    given = f' office:{attribute}="{value}"' if attribute and value else ""
    return f'<table:table-cell office:value-type="{kind}"{given} {more}><text:p>{shown}</text:p></table:table-cell>'


def ods_row(*cells: str, more: str = "") -> str:
    """Return a row, filled up to the last column as LibreOffice does."""
    rest = '<table:table-cell table:number-columns-repeated="16000"/>'
    return f"<table:table-row {more}>{''.join(cells)}{rest}</table:table-row>"
