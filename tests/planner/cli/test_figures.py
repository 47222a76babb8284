"""`cover`: the figures of a plan by element or material, in text and JSON."""

from pathlib import Path

import pytest

from tests.planner.cli.conftest import Run

KEYS = [
    "period",
    "demand",
    "firm",
    "probable",
    "option",
    "supply",
    "capacity",
    "over_capacity",
    "stock_end",
    "safety_stock",
    "net_requirement",
    "cover_pct",
]


def test_the_sample_shows_the_agreement_in_metal_and_gwh(run: Run, sample: Path) -> None:
    options = ("--element", "Co", "--by", "year", "--from", "2029-01", "--to", "2029-12", "--json")
    metal = run("cover", sample, *options).document
    assert (metal["unit"], metal["subject"], metal["basis"], metal["by"]) == ("t metal", "Co", "metal", "year")
    assert [list(row) for row in metal["rows"]] == [KEYS]
    assert (metal["rows"][0]["period"], round(metal["rows"][0]["probable"], 1)) == ("2029", 1_048.3)
    gwh = run("cover", *options, "--basis", "gwh", sample).document
    assert (gwh["unit"], round(gwh["rows"][0]["supply"], 1)) == ("GWh", 15.0)
    product = run("cover", sample, "--material", "CoSO4.7H2O", *options[2:]).document
    assert round(product["rows"][0]["supply"], 1) == 5_000.0


@pytest.mark.parametrize(
    ("by", "first", "count"), [("month", "2025-01", 84), ("quarter", "2025-Q1", 28), ("year", "2025", 7)]
)
def test_periods_are_months_quarters_or_years(run: Run, sample: Path, by: str, first: str, count: int) -> None:
    rows = run("cover", sample, "--element", "Co", "--by", by, "--json").document["rows"]
    assert (rows[0]["period"], len(rows)) == (first, count)


def test_stages_weigh_or_leave_out_what_is_not_signed(run: Run, sample: Path) -> None:
    def supply(stages: str) -> float:
        options = ("--by", "year", "--from", "2029-01", "--to", "2029-12", "--stages", stages, "--json")
        (row,) = run("cover", sample, "--element", "Co", *options).document["rows"]
        return float(row["supply"])

    assert round(supply("all"), 1) == 1_048.3
    assert round(supply("probable"), 1) == round(1_048.3 * 0.6, 1)
    assert supply("firm") == 0


def test_text_is_a_table_with_its_unit_above(run: Run, sample: Path) -> None:
    lines = run("cover", sample, "--element", "Co", "--by", "year").out.splitlines()
    assert lines[0] == "Co in t metal, by year, stages: all"
    assert lines[1].split()[:3] == ["period", "demand", "firm"]
    assert [line.split()[0] for line in lines[2:]] == [str(year) for year in range(2025, 2032)]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "Name either an element"),
        (("--element", "Co", "--material", "Cu"), "Name either an element"),
        (("--element", "Xx"), "Xx"),
        (("--material", "none"), "none"),
        (("--element", "Co", "--from", "March"), "a month is written 2025-03"),
        (("--element", "Co", "--to", "9999-01"), "the year must lie between 1990 and 2199"),
        (("--element", "Co", "--from", "2026-01", "--to", "2025-01"), "2025-01"),
        (("--element", "Co", "--by", "week"), "week"),
        (("--element", "Co", "--basis", "money"), "money"),
        (("--element", "Co", "--stages", "some"), "some"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_sentence(
    run: Run, sample: Path, options: tuple[str, ...], sentence: str
) -> None:
    answer = run("cover", sample, *options, "--json")
    assert answer.status == 2
    assert sentence in answer.document["error"]
    assert answer.err == f"{answer.document['error']}\n"
