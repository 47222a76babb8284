"""`supported`: the GWh that supply allows, its bottleneck and what would lift it, in text and JSON."""

from pathlib import Path

import pytest

from planner.analysis import Period
from planner.plan import Plan
from tests.planner.cli.conftest import Run

KEYS = ["period", "gwh", "bottleneck", "demand_gwh", "headroom_gwh", "next_bottleneck", "lift_t"]


def test_the_document_has_what_the_plan_says(run: Run, sample: Path) -> None:
    document = run("supported", sample, "--by", "year", "--json").document
    with Plan.open(sample, person="Tester") as plan:
        table = plan.supported(by=Period.YEAR)
    assert (document["by"], document["stages"], document["unplanned"]) == ("year", "all", list(table.unplanned))
    assert [list(row) for row in document["rows"]] == [KEYS] * 7
    for told, row in zip(document["rows"], table.rows, strict=True):
        assert [told[key] for key in ("period", "bottleneck", "next_bottleneck")] == [
            row.period,
            row.bottleneck,
            row.next_bottleneck,
        ]
        assert [told["gwh"], told["lift_t"]] == pytest.approx([row.gwh, row.lift_t])


def test_the_horizon_and_the_stages_are_those_asked_for(run: Run, sample: Path) -> None:
    options = ("--by", "year", "--from", "2029-01", "--to", "2029-12", "--stages", "firm", "--json")
    (row,) = run("supported", sample, *options).document["rows"]
    # Nothing of cobalt is signed for 2029.
    assert (row["period"], row["gwh"], row["bottleneck"]) == ("2029", 0, "Co")


def test_text_is_a_table_that_names_what_it_leaves_out(run: Run, sample: Path) -> None:
    lines = run("supported", sample, "--by", "quarter").out.splitlines()
    assert lines[0] == "Supported GWh by quarter, stages: all; nothing is contracted of Mn, Cu"
    assert lines[1].split() == [
        *("period", "supported", "GWh", "least", "wanted", "GWh"),
        *("headroom", "GWh", "then", "lift", "t", "metal"),
    ]
    assert len(lines) == 2 + 28


def test_an_empty_plan_has_no_number(run: Run, tmp_path: Path) -> None:
    run("new", tmp_path / "new.offtake")
    answer = run("supported", tmp_path / "new.offtake", "--by", "year")
    assert answer.status == 0
    assert answer.out.splitlines()[0] == "Supported GWh by year, stages: all"


@pytest.mark.parametrize("option", [("--element", "Co"), ("--material", "Cu"), ("--basis", "gwh")])
def test_what_makes_no_sense_for_cells_is_refused(run: Run, sample: Path, option: tuple[str, str]) -> None:
    answer = run("supported", sample, *option, "--json")
    assert (answer.status, "leave --element, --material and --basis out" in answer.err) == (2, True)
