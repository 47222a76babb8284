"""Many tables brought in at once: from a folder of CSV files, a data package, or a workbook with a sheet for each."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from planner.errors import PlannerError
from planner.exchange import imports
from planner.exchange.extract import Report, share_of, silent
from planner.exchange.package_source import TableFile, table_files
from planner.exchange.source import WORKBOOKS
from planner.exchange.table_sheets import dialect_of, table_sheets
from planner.plan import SUFFIX, Mode, Plan, Problem


@dataclass(frozen=True, slots=True)
class TableResult:
    """What became of the rows for one table, out of a file or a sheet that `source` names.

    `edit` is the number of the edit, None when there was nothing to change. `trouble` says why the file could not be
    read at all; empty where it could.
    """

    table: str
    source: str
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    edit: int | None = None
    problems: tuple[Problem, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ReadAll:
    """The results by table, in the order in which they came in; `others` are files or sheets that are for none.

    `kept` tells whether the plan holds what was new and changed.
    """

    results: tuple[TableResult, ...]
    others: tuple[str, ...]
    kept: bool = True

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return sum(result.refused for result in self.results)

    @property
    def sound(self) -> bool:
        """Whether every row of every file could be taken in."""
        return not self.refused and not any(result.trouble for result in self.results)


def read_all(
    plan: Plan, path: Path, mode: Mode = Mode.UPSERT, *, whole: bool = False, report: Report = silent
) -> ReadAll:
    """Bring all tables of a folder or workbook in, one edit each, those first that others refer to.

    Rows that are refused stay out, and the others go in; with `whole` nothing goes in unless all do, which is tried on
    a copy first. PlannerError when there is no such folder or workbook, or nothing in it is for a table.
    """
    files, others = _parts(path)
    if whole:
        tried = rehearsed(plan, path, mode, report=share_of(report, 0.0, 0.5))
        if not tried.sound:
            return tried
        return ReadAll(_bring_in(plan, files, mode, share_of(report, 0.5, 0.5)), others)
    return ReadAll(_bring_in(plan, files, mode, report), others)


def rehearsed(plan: Plan, path: Path, mode: Mode = Mode.UPSERT, *, report: Report = silent) -> ReadAll:
    """Return what `read_all` would do, tried on a copy of the plan, which stays as it is; PlannerError as there."""
    files, others = _parts(path)
    with _copy(plan) as copy:
        results = _bring_in(copy, files, mode, report)
    return ReadAll(tuple(replace(result, edit=None) for result in results), others, kept=False)


def _parts(path: Path) -> tuple[tuple[TableFile, ...], tuple[str, ...]]:
    if path.is_dir():
        return table_files(path)
    if not path.exists():
        raise PlannerError(f"There is no folder or workbook {path}.")
    if path.suffix.lower() in WORKBOOKS:
        return table_sheets(path)
    raise PlannerError(f"{path.name} is no folder and no workbook; import it into one table by naming that.")


@contextmanager
def _copy(plan: Plan) -> Iterator[Plan]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"copy{SUFFIX}"
        plan.save_copy(path)
        with Plan.open(path, person="") as copy:
            yield copy


def _bring_in(plan: Plan, files: tuple[TableFile, ...], mode: Mode, report: Report) -> tuple[TableResult, ...]:
    results: list[TableResult] = []
    for place, file in enumerate(files):
        results.append(_one(plan, file, mode, share_of(report, place / len(files), 1 / len(files))))
    report(1.0)
    return tuple(results)


def _one(plan: Plan, file: TableFile, mode: Mode, report: Report) -> TableResult:
    result = TableResult(file.table, file.shown)
    try:
        dialect = dialect_of(file) if file.sheet and file.dialect is None else file.dialect
        found = imports.preview(plan, file.table, file.path, mode=mode, dialect=dialect, report=report)
        preview = found.preview
        edit = None if preview.draft is None else imports.apply(plan, found).edit.number
    except PlannerError as error:
        return replace(result, trouble=str(error))
    return replace(
        result,
        new=preview.new,
        changed=preview.changed,
        same=preview.same,
        refused=preview.refused,
        edit=edit,
        problems=preview.problems,
    )
