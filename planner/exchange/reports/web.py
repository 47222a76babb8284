"""The report as one web page that needs nothing else, to read and to print."""

from collections.abc import Sequence
from datetime import date
from importlib import resources
from pathlib import Path

from planner.exchange.atomic import written
from planner.exchange.reports.values import Cell, Column, Report

NOTHING = "–"


def write_page(report: Report, target: Path, pictures: Sequence[str] = ()) -> None:
    """Write the report as .html; `pictures` are SVG texts that stand above the tables. PlannerError: not written."""
    with written(target, encoding="utf-8") as file:
        file.write(page_of(report, pictures))


def page_of(report: Report, pictures: Sequence[str] = (), *, template: str = "page.html") -> str:
    """Return the report as HTML; whatever texts it holds come out as text."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - loaded only when a report is written
    from markupsafe import Markup  # noqa: PLC0415 - the same

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["cell"] = told
    text = (resources.files("resources") / "report" / template).read_text(encoding="utf-8")
    # The pictures are our own.
    drawn = [Markup(_inner(picture)) for picture in pictures]  # noqa: S704 - drawn by the program itself
    return environment.from_string(text).render(report=report, pictures=drawn)


def told(value: Cell, column: Column) -> str:
    """Return a cell as a person reads it."""
    match value:
        case None:
            return NOTHING
        case float():
            return f"{value:,.{column.decimals}f}"
        case date():
            return value.isoformat()
        case _:
            return value


def _inner(picture: str) -> str:
    """Return the picture without its XML declaration, which stands only at the beginning of a file."""
    return picture[picture.index("<svg") :]
