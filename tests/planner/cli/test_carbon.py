"""`carbon`, `recycled` and `targets`: the figures of the sample plan, in text and JSON."""

from pathlib import Path

import pytest

from planner.commands import Cell, SetCells
from planner.plan import Plan
from tests.planner.cli.conftest import Run
from tests.strategies import row_id


def test_carbon_tells_a_kwh_its_path_and_what_moves_it(run: Run, sample: Path) -> None:
    document = run("carbon", sample, "--json").document
    assert (document["unit"], document["by"], document["split"]) == ("kg CO2e per kWh", "year", "element")
    first = document["rows"][0]
    assert (first["period"], first["path_kg_per_kwh"], first["unknown"]) == ("2025", 12.0, ["Mn", "Cu"])
    assert document["base"] == {"kg_per_kwh": 15.0, "month": "2020-01"}
    assert sum(each["kg_per_kwh"][0] for each in document["series"]) == pytest.approx(first["kg_per_kwh"], abs=1e-5)
    assert document["movers"][0]["contract"] == "EXL-LI-2025"
    assert document["sentence"].startswith("EXL-LI-2025 (Market lithium hydroxide) moves it most")
    levels = {row["contract"]: row["level"] for row in document["factors"]}
    assert (levels["EXC-CO-2025"], levels["VUL-LI-2026"], levels["EXL-LI-2025"]) == ("line", "plant", "supplier")


def test_carbon_takes_the_filters_of_cover(run: Run, sample: Path) -> None:
    options = ("--element", "Li", "--by", "quarter", "--from", "2026-01", "--to", "2026-12", "--split", "contract")
    document = run("carbon", sample, *options, "--stages", "firm", "--json").document
    assert [row["period"] for row in document["rows"]] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert {each["key"] for each in document["series"]} == {"VUL-LI-2026", "EXL-LI-2025"}
    assert document["rows"][0]["path_kg_per_kwh"] is None


def test_carbon_in_text_has_three_parts(run: Run, sample: Path) -> None:
    table, told, given = run("carbon", sample).out.split("\n\n")
    assert table.splitlines()[0] == (
        "CO2e per kWh of the mix by year and element, stages: all, 100 % = 15 kg/kWh of 2020"
    )
    assert [line.split()[0] for line in table.splitlines()[2:]] == [str(year) for year in range(2025, 2032)]
    assert told.endswith("kg less.")
    assert given.splitlines()[0] == "Factors, kg CO2e per kg of product"
    assert len(given.splitlines()) == 10


def test_recycled_tells_the_share_the_minimum_and_the_loop(run: Run, sample: Path) -> None:
    document = run("recycled", sample, "--json").document
    assert document["first_failure"] == {"Co": "2031", "Ni": "2031", "Li": "2031"}
    nickel = [row for row in document["rows"] if row["element"] == "Ni"]
    assert (nickel[-1]["minimum_pct"], nickel[-1]["met"], nickel[3]["recycled_t"]) == (6.0, False, 360.0)
    [loop] = document["loops"]
    assert (loop["contract"], loop["recovery_pct"], loop["rows"][-1]["balance_t"]) == ("EXR-NI-2028", 92.0, 21.6)
    assert loop["recovery_given"] is True


def test_recycled_in_text_is_a_table_and_one_for_each_loop(run: Run, sample: Path) -> None:
    shares, loop = run("recycled", sample, "--element", "Ni").out.split("\n\n")
    assert shares.splitlines()[-1].split() == ["Ni", "2031", "11,789.9", "540.0", "4.6", "6.0", "missed"]
    assert loop.splitlines()[0] == "Closed loop EXR-NI-2028 1, Ni, 92 % recovered"
    assert "short" not in loop


def test_a_recovery_that_nobody_has_given_is_not_told_as_nothing(run: Run, sample: Path) -> None:
    with Plan.open(sample, person="Tester") as plan:
        plan.run(SetCells((Cell("lines", row_id(plan, "lines", "EXR-NI-2028", 1), "recovery_pct", None),)))
    _, loop = run("recycled", sample, "--element", "Ni").out.split("\n\n")
    assert loop.splitlines()[0] == "Closed loop EXR-NI-2028 1, Ni, its recovery is not given"
    assert run("recycled", sample, "--json").document["loops"][0]["recovery_given"] is False


def test_targets_tell_met_missed_and_open(run: Run, sample: Path) -> None:
    rows = {(row["measure"], row["scope"]): row for row in run("targets", sample, "--json").document["targets"]}
    assert len(rows) == 9
    carbon = rows["carbon", "all"]
    assert {(year["within"], year["met"]) for year in carbon["years"]} == {(True, None)}
    assert carbon["keys"][0] == ["carbon", "all", "2020-01"]
    assert [year["met"] for year in rows["supplier_share", "Co"]["years"]] == [True] + [False] * 6


def test_targets_in_text(run: Run, sample: Path) -> None:
    first, *_ = run("targets", sample, "--element", "Co").out.split("\n\n")
    lines = first.splitlines()
    assert lines[0] == "Recycled content of Co: at least, %"
    assert lines[-1].split()[:4] == ["2031", "16.00", "0.00", "missed"]
    everything = run("targets", sample).out
    assert "  open  " in everything
    assert "  met  " in everything


def test_a_plan_without_targets_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bare.offtake"
    Plan.create(path, person="Tester").close()
    assert run("targets", path).out == "This plan has no targets.\n"
    assert run("targets", path, "--json").document == {"targets": []}
    assert "No contract has both supply and a carbon factor." in run("carbon", path).out
    assert run("recycled", path, "--json").document["loops"] == []


@pytest.mark.parametrize("command", ["carbon", "recycled", "targets"])
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--element", "Xx"), "There is no element Xx"),
        (("--element", "Co", "--material", "Cu"), "Name either an element"),
        (("--basis", "gwh"), "leave --basis out"),
        (("--from", "2026-01", "--to", "2025-01"), "choose a later end"),
    ],
)
def test_what_cannot_be_told_is_refused_with_a_sentence(
    run: Run, sample: Path, command: str, options: tuple[str, ...], sentence: str
) -> None:
    answer = run(command, sample, *options, "--json")
    assert answer.status == 2
    assert sentence in answer.document["error"]


def test_targets_are_by_year(run: Run, sample: Path) -> None:
    answer = run("targets", sample, "--by", "month")
    assert (answer.status, answer.err) == (2, "Targets are told by calendar year: leave --by out.\n")
