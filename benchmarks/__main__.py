"""Runs every benchmark on a plan of a million deliveries, made afresh; `make bench`.

This process stays small: a child counts the memory of the one that starts it as its own.
"""

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import imports, starts, workbooks


def main() -> None:
    """Print one line for each figure, and its ratio to the floor measured in the same run."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # No preference of the person who runs it is read or written.
        os.environ["XDG_CONFIG_HOME"] = str(folder)
        # Programs start as those that are installed do, compiled already, whatever is set where this runs.
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        _run("benchmarks.million", folder)
        starts.measure(folder / "sample.offtake")
        workbooks.measure(folder, folder / "empty.offtake", folder / "deliveries.csv")
        full = imports.measure(folder, folder / "empty.offtake", folder / "deliveries.csv")
        _run("benchmarks.edits", full)
        _run("benchmarks.findings", full)
        _run("benchmarks.matrix", full)
        _run("benchmarks.scrolling", full)
        _run("benchmarks.analyses", full)


def _run(module: str, argument: Path) -> None:
    subprocess.run([sys.executable, "-m", module, str(argument)], check=True)  # noqa: S603 - our own program


if __name__ == "__main__":
    main()
