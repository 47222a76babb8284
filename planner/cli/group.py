"""The group of commands: how each opens a plan, answers in text or JSON, fails, and ends."""

import io
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from planner.changes import login_name
from planner.errors import PlannerError
from planner.plan import Plan

DONE: Final = 0
IN_PART: Final = 1
NOT_DONE: Final = 2

# The largest number that SQLite keeps.
COUNT: Final = click.IntRange(1, 2**63 - 1)
_ONE_LINE: Final = str.maketrans("\n\t", "  ")
PLAN = click.argument("plan", type=click.Path(path_type=Path))
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document; errors too.")


class Commands(click.Group):
    """A group whose errors are a sentence on standard error, and a JSON document as well where that was asked for."""

    def main(  # type: ignore[override] # it never returns, whatever the mode: each command ends the process
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        **extra: Any,  # noqa: ANN401 - click's own signature
    ) -> NoReturn:
        """Run a command and end the process with its exit status: 0 done, 1 done in part, 2 not done.

        Where whoever reads the output has closed it (as `head` does), click ends with 1: told in part.
        """
        given = list(sys.argv[1:] if args is None else args)
        _say_anything()
        try:
            status = super().main(given, prog_name, **{**extra, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            sys.exit(NOT_DONE)
        except click.ClickException as error:
            fail(f"{error.format_message()} See {prog_name} --help.", as_json="--json" in given)
        except click.Abort:
            fail("Stopped; nothing more was done.", as_json="--json" in given)
        except PlannerError as error:
            fail(str(error), as_json="--json" in given)
        sys.exit(status if isinstance(status, int) else DONE)


def _say_anything() -> None:
    """Write what a terminal's encoding lacks as an escape, where Python would stop."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def fail(sentence: str, *, as_json: bool) -> NoReturn:
    """Say what went wrong and end with status 2."""
    if as_json:
        answer({"error": sentence})
    click.echo(sentence, err=True)
    sys.exit(NOT_DONE)


def answer(document: Mapping[str, object]) -> None:
    """Print one JSON document."""
    # An escape of the stream would break the document; JSON has its own.
    everything = (sys.stdout.encoding or "").lower().startswith("utf")
    click.echo(json.dumps(document, ensure_ascii=not everything, indent=2))


@contextmanager
def opened(path: Path, *, to_write: bool = False) -> Iterator[Plan]:
    """Open a plan for a command; PlannerError when it must be written and cannot be."""
    with Plan.open(path, person=login_name()) as plan:
        if to_write and plan.read_only is not None:
            raise PlannerError(f"{path} cannot be written now. {plan.read_only}")
        yield plan


def table_of(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """Lay out rows of text, each on one line, under their heading; columns named in `right` are numbers."""
    rows = [[text.translate(_ONE_LINE) for text in row] for row in rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = (
            text.rjust(width) if column in right else text.ljust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="offtake")
def cli() -> None:
    """Plan battery-material supply contracts, and see whether they cover demand.

    Without a command the window opens. Every command takes --help. A PLAN is a file *.offtake.
    The exit status is 0 when all is done, 1 when done in part (refused rows, findings that are errors), 2 when not.
    """
