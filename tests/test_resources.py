"""The shipped data: it loads without a complaint, comes back unchanged, and shows the figures of the agreement."""

import csv
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from planner.analysis import Basis, Period, Stages, Subject
from planner.errors import PlannerError
from planner.exchange import imports, samples
from planner.model import TABLES
from planner.plan import Plan
from planner.units import Month

COBALT = Subject("element", "Co")
NOTED = (
    "contracts",
    "lines",
    "organisations",
    "plants",
    "milestones",
    "stage_changes",
    "buyer_shares",
    "evidence",
    "attachments",
)
FULL_YEAR = Month.of(2029, 1), Month.of(2029, 12)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    with samples.create_sample(tmp_path_factory.mktemp("sample") / "sample.offtake", "Tester") as plan:
        yield plan


@pytest.mark.parametrize(
    ("basis", "expected", "digits"), [(Basis.METAL, 1_048.3, 1), (Basis.GWH, 15.0, 1), (Basis.PRODUCT, 5_000.0, 1)]
)
def test_the_agreement_shows_as_5000_t_1048_t_of_cobalt_and_15_gwh(
    sample: Plan, basis: Basis, expected: float, digits: int
) -> None:
    subject = Subject("material", "CoSO4.7H2O") if basis is Basis.PRODUCT else COBALT
    start, end = FULL_YEAR
    (row,) = sample.cover(subject, by=Period.YEAR, basis=basis, stages=Stages.ALL, start=start, end=end).rows
    assert row.period == "2029"
    assert round(row.probable, digits) == expected
    assert row.firm == 0


def test_every_file_is_of_a_table_and_imports_again_without_a_change(sample: Plan) -> None:
    names = []
    for folder in ("reference", "sample"):
        with resources.as_file(resources.files("resources") / folder) as directory:
            for file in directory.glob("*.csv"):
                preview = imports.preview(sample, file.stem, file).preview
                assert (preview.new, preview.changed, preview.problems) == (0, 0, ())
                assert preview.same > 0
                names.append(file.stem)
    assert sorted(names) == sorted(TABLES)


def test_each_table_came_in_as_one_edit_and_the_file_is_sound(sample: Plan) -> None:
    assert len(sample.history()) == len(TABLES)
    assert sample.integrity() == []


def test_what_is_not_public_says_that_it_is_illustrative() -> None:
    with resources.as_file(resources.files("resources") / "sample") as directory:
        for name in NOTED:
            with (directory / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                notes = [row["note"] for row in csv.DictReader(file)]
            assert [note for note in notes if not note.startswith(("public:", "illustrative:"))] == []


def test_a_plan_without_the_sample_has_the_reference_data_alone(tmp_path: Path) -> None:
    with samples.create(tmp_path / "new.offtake", "Tester", sample=False) as plan:
        filled = {name for name in TABLES if plan.count(name)}
    assert filled == {"materials", "chemistries", "intensities"}


def test_a_plan_that_exists_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "old.offtake"
    path.write_text("mine")
    with pytest.raises(PlannerError, match="exists already"):
        samples.create(path, "Tester", sample=True)
    assert path.read_text() == "mine"


def test_a_plan_that_cannot_be_filled_is_not_left_half_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PlannerError("materials.csv of the program is damaged.")

    monkeypatch.setattr(imports, "preview", fail)
    with pytest.raises(PlannerError, match="damaged"):
        samples.create(tmp_path / "new.offtake", "Tester", sample=True)
    assert list(tmp_path.glob("new.offtake")) == []
