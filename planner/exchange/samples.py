"""New plans: with the reference data that ships with the program, or with the sample plan as well."""

from importlib import resources
from pathlib import Path

from planner.errors import PlannerError
from planner.exchange import imports
from planner.model import TABLES
from planner.plan import Mode, Plan


def create(path: Path, person: str, *, sample: bool) -> Plan:
    """Make a plan with the reference materials and chemistries, and the sample's records if wanted.

    Every file goes through the importer. PlannerError when the plan cannot be made; no half-made file stays then.
    """
    plan = Plan.create(path, person=person)
    try:
        for folder in ("reference", "sample") if sample else ("reference",):
            _load(plan, folder)
    except BaseException:
        plan.close()
        path.unlink()
        raise
    return plan


def create_sample(path: Path, person: str) -> Plan:
    """Make the sample plan."""
    return create(path, person, sample=True)


def _load(plan: Plan, folder: str) -> None:
    with resources.as_file(resources.files("resources") / folder) as directory:
        for table in TABLES:
            file = directory / f"{table}.csv"
            if not file.exists():
                continue
            found = imports.preview(plan, table, file, mode=Mode.UPSERT)
            if found.preview.problems:
                raise PlannerError(
                    f"{file.name} of the program is damaged: {found.preview.problems[0]}. Install it anew."
                )
            if found.preview.draft is not None:
                plan.apply_draft(found.preview.draft)
