"""The commands of the command line that draw: a chart as a picture, a page as a picture."""

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from planner.analysis import Basis, Period
from planner.analysis.gaps.stack import StackBy, stacked
from planner.cli.figures import about, scope_of, subject_of
from planner.cli.group import AS_JSON, DONE, PLAN, answer, opened
from planner.errors import PlannerError
from ui import system_libraries

PAGES = (
    "overview",
    "contracts",
    "deliveries",
    "timeline",
    "demand",
    "capacity",
    "stock",
    "prices",
    "spend",
    "carbon",
    "recycled",
    "concentration",
    "lots",
    "targets",
    "tables",
    "history",
)
SMALLEST, LARGEST = 200, 8_000


class SizeOption(click.ParamType[tuple[int, int]]):
    """A size in pixels as `1600x900`."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:  # noqa: ANN401 - click's own signature
        """Read a size; click reports what is none."""
        found = re.fullmatch(r"(\d{3,4})x(\d{3,4})", value) if isinstance(value, str) else None
        if found is None:
            self.fail(f"{value!r} is not a size like 1600x900", param, ctx)
        width, height = int(found[1]), int(found[2])
        if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
            self.fail(f"{value} lies outside {SMALLEST} to {LARGEST} pixels", param, ctx)
        return width, height


SIZE = click.option("--size", type=SizeOption(), default="1600x900", show_default=True, help="In pixels.")
STACK = click.option(
    "--stack",
    type=click.Choice([by.value for by in StackBy]),
    default=StackBy.FIRMNESS.value,
    show_default=True,
    help="What supply is divided by.",
)
THEME = click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True)


@click.command()
@PLAN
@click.argument("file", type=click.Path(path_type=Path))
@about(Period.QUARTER)
@STACK
@SIZE
@THEME
@AS_JSON
def chart(  # noqa: PLR0913 - one parameter for each option
    plan: Path,
    file: Path,
    *,
    stack: str,
    size: tuple[int, int],
    theme: str,
    as_json: bool,
    **asked: Any,  # noqa: ANN401 - the options of `about`
) -> int:
    """Draw supply against demand of an element or a material in PLAN into FILE, a .png, .svg or .pdf."""
    _check_target(file, (".png", ".svg", ".pdf"))
    scope = replace(scope_of(asked), subject=subject_of(asked["element"], asked["material"]))
    with opened(plan) as opened_plan:
        table = opened_plan.ask(stacked, scope, StackBy(stack), _basis(asked))
    _ready_to_draw()
    from ui import headless  # noqa: PLC0415 - Qt is loaded only when something is drawn

    headless.draw_chart(table, file, size, dark=theme == "dark")
    return _told(file, size, as_json=as_json)


def _basis(asked: Mapping[str, Any]) -> Basis | None:
    return None if asked["basis"] is None else Basis(asked["basis"])


@click.command()
@PLAN
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--page", type=click.Choice(PAGES), default="overview", show_default=True)
@SIZE
@THEME
@AS_JSON
def screenshot(  # noqa: PLR0913 - one parameter for each option
    plan: Path, file: Path, *, page: str, size: tuple[int, int], theme: str, as_json: bool
) -> int:
    """Draw the window with a page of PLAN into FILE, a .png."""
    _check_target(file, (".png",))
    _ready_to_draw()
    from ui import headless  # noqa: PLC0415 - Qt is loaded only when something is drawn

    with opened(plan) as opened_plan:
        headless.draw_page(opened_plan, page, file, size, dark=theme == "dark")
    return _told(file, size, as_json=as_json)


@click.command()
@PLAN
@click.argument("file", type=click.Path(path_type=Path))
@about(Period.YEAR, basis=False)
@click.option("--currency", default="EUR", show_default=True, help="The currency of spend, budget and prices.")
@AS_JSON
def report(
    plan: Path,
    file: Path,
    *,
    currency: str,
    as_json: bool,
    **asked: Any,  # noqa: ANN401 - the options of `about`
) -> int:
    """Write the report of PLAN into FILE: a .pdf of one page, an .xlsx with a sheet a subject, or a .html page.

    Cover, supported capacity, spend, carbon, concentration, recycled content, targets, findings and next dates.
    """
    scope = scope_of(asked)
    _ready_to_draw()
    from ui import headless  # noqa: PLC0415 - Qt is loaded only when something is drawn

    with opened(plan) as opened_plan:
        headless.draw_report(opened_plan, file, scope, currency)
    if as_json:
        answer({"file": str(file)})
    else:
        click.echo(f"Wrote {file}.")
    return DONE


def add_to(group: click.Group) -> None:
    """Add these commands to those of the library."""
    group.add_command(chart)
    group.add_command(screenshot)
    group.add_command(report)


def _check_target(file: Path, suffixes: tuple[str, ...]) -> None:
    if file.suffix.lower() not in suffixes:
        raise PlannerError(f"{file.name} does not end in {' or '.join(suffixes)}; name the file so.")
    if not file.parent.is_dir():
        raise PlannerError(f"There is no folder {file.parent}; make it first.")


def _ready_to_draw() -> None:
    # A picture needs no display, whatever the machine has.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    complaint = system_libraries.complaint(os.environ, sys.platform)
    if complaint is not None:
        raise PlannerError(complaint.rstrip())


def _told(file: Path, size: tuple[int, int], *, as_json: bool) -> int:
    if as_json:
        answer({"file": str(file), "width": size[0], "height": size[1]})
    else:
        click.echo(f"Wrote {file}.")
    return DONE
