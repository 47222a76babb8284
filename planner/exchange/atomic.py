"""Files that are written whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

from planner.errors import PlannerError
from planner.plan import SUFFIX

_DATABASE: Final = b"SQLite format 3\0"
# A name may have 255 bytes, which what is written beside it must not exceed.
_SHOWN: Final = 40


@contextmanager
def written(target: Path, *, encoding: str) -> Iterator[TextIO]:
    """Write beside the target and put that in its place at the end; what was there stays when anything fails.

    A pipe or device is written to as it is. PlannerError when the folder cannot be written or the disk is full, and
    for a plan, which no table may take the place of.
    """
    # What a link leads to is replaced, not the link.
    real = Path(os.path.realpath(target))
    try:
        if real.exists() and not real.is_file() and not real.is_dir():
            with real.open("w", encoding=encoding, newline="") as file:
                yield file
            return
        if _is_plan(real):
            raise PlannerError(f"{target} is a plan, and would be lost; choose another name, such as {real.stem}.csv.")
        number, name = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name[:_SHOWN]}.")
    except OSError as error:
        raise _unwritable(target, error) from error
    beside = Path(name)
    try:
        with os.fdopen(number, "w", encoding=encoding, newline="") as file:
            yield file
        beside.chmod(real.stat().st_mode if real.exists() else 0o666 & ~_umask())
        beside.replace(real)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _is_plan(path: Path) -> bool:
    if path.suffix == SUFFIX:
        return True
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_DATABASE)) == _DATABASE


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(target: Path, error: OSError) -> PlannerError:
    return PlannerError(f"{target} cannot be written: {error.strerror or error}. Choose another folder.")
