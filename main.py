"""Starts the program: the window, or a command of the command line."""

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from ui import system_libraries


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window, on the plan if one is named alone, else run a command; return the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    match given:
        case []:
            return window(None)
        case [plan] if plan.endswith(".offtake"):
            return window(Path(plan))
        case _:
            return command(given)


def window(plan: Path | None) -> int:
    """Show the plan, or the last one, once the machine is known to have what Qt needs."""
    complaint = system_libraries.complaint(os.environ, sys.platform)
    if complaint is not None:
        sys.stderr.write(complaint)
        return 2
    if not has_display(os.environ, sys.platform):
        return without_display(plan)
    # What start-up makes stays to the end: looking for garbage in it takes a tenth of the start. `app.run` turns it on.
    gc.disable()
    from ui import app  # noqa: PLC0415 - Qt is loaded only when a window is wanted

    return app.run(plan)


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Tell whether a window can be shown; on Linux a chosen Qt platform counts as a display."""
    if not platform.startswith("linux") or environment.get("QT_QPA_PLATFORM") or environment.get("WAYLAND_DISPLAY"):
        return True
    return bool(environment.get("DISPLAY")) and system_libraries.x11_answers()


def without_display(plan: Path | None) -> int:
    """Do the main job on the sample plan without a window; a plan of one's own is left to the commands."""
    if plan is not None:
        sys.stderr.write(f"There is no display to show {plan} on. The commands work without one: offtake --help\n")
        return 2
    from ui import headless  # noqa: PLC0415 - Qt is loaded only when pictures are wanted

    return headless.run()


def command(arguments: Sequence[str]) -> int:
    """Run a command of the command line, which ends the process with its own exit status."""
    # As at the start of the window: what is imported stays.
    gc.disable()
    from planner.cli import cli  # noqa: PLC0415 - the window starts faster without click
    from ui import commands  # noqa: PLC0415 - the same

    gc.freeze()
    gc.enable()
    commands.add_to(cli)
    cli.main(args=list(arguments), prog_name="offtake")


if __name__ == "__main__":
    sys.exit(main())
