"""`cost`: spend by period and by a choice, budgets, exposure, averages, and what has no price."""

from pathlib import Path

import pytest

from planner.cli.cost import AVERAGES, SUMS
from planner.commands import DeleteRecords
from planner.plan import Plan
from tests.planner.cli.conftest import Run

SPLITS = ("supplier", "material", "element", "contract", "currency", "country")


def test_the_answer_is_one_document(run: Run, sample: Path) -> None:
    answer = run(
        "cost", sample, "--element", "Co", "--from", "2025-01", "--to", "2025-12", "--split", "country", "--json"
    )
    assert answer.status == 0
    document = answer.document
    head = {name: document[name] for name in ("currency", "subject", "by", "stages", "split", "notes")}
    assert head == {
        "currency": "EUR",
        "subject": "Co",
        "by": "year",
        "stages": "all",
        "split": "country",
        "notes": [],
    }
    [row] = document["rows"]
    assert set(row) == {"period", "unpriced_t", "lines", "unpriced_lines"} | {name for _, name in (*SUMS, *AVERAGES)}
    assert (row["period"], row["budget"], row["fixed"]) == ("2025", 9_000_000.0, 0.0)
    assert row["difference"] == pytest.approx(row["spend"] - row["budget"], abs=1e-5)
    assert row["lines"] == [{"contract": "MNG-CO-2025", "line": 1}, {"contract": "EXC-CO-2025", "line": 1}]
    assert [(each["key"], each["title"]) for each in document["series"]] == [("MA", "MA"), ("BE", "BE")]
    assert sum(each["spend"][0] for each in document["series"]) == pytest.approx(row["spend"], abs=1e-5)
    assert [each["element"] for each in document["averages"]] == ["Co"]
    morocco = next(each for each in document["local"] if each["country"] == "MA")
    assert (morocco["year"], morocco["target_eur"]) == (2025, 2_500_000_000.0)


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("by", ["month", "quarter", "year"])
def test_every_split_adds_up_to_the_same_spend(run: Run, sample: Path, split: str, by: str) -> None:
    options = ("--by", by, "--stages", "probable", "--from", "2027-01", "--to", "2028-12", "--split", split)
    document = run("cost", sample, *options, "--json").document
    assert len(document["rows"]) == {"month": 24, "quarter": 8, "year": 2}[by]
    for at, row in enumerate(document["rows"]):
        assert sum(each["spend"][at] or 0.0 for each in document["series"]) == pytest.approx(row["spend"], abs=1e-4)
    assert sum(row["spend"] for row in document["rows"]) == pytest.approx(474_000_000, rel=0.2)


def test_what_nothing_has_a_price_for_is_a_dash(run: Run, sample: Path) -> None:
    with Plan.open(sample, person="Tester") as plan:
        plan.run(DeleteRecords("price_terms", tuple(row.id for row in plan.rows("price_terms"))))
    lines = run("cost", sample, "--to", "2025-12").out.splitlines()
    assert lines[2].split() == ["2025", "-", "-", "-", "-", "101.00", "-", "-", "-"]


def test_what_has_no_price_is_named_with_the_reason(run: Run, sample: Path) -> None:
    options = ("cost", sample, "--material", "NiSO4.6H2O")
    [unpriced] = run(*options, "--json").document["unpriced"]
    assert {name: unpriced[name] for name in ("contract", "line", "month")} == {
        "contract": "EXR-NI-2028",
        "line": 1,
        "month": "2028-01",
    }
    assert unpriced["t"] > 0
    assert "EXR-NI-2028 1: no price term holds in 2028-01; add one from that month on." in run(*options).out


def test_text_tells_each_part_with_its_unit(run: Run, sample: Path) -> None:
    out = run("cost", sample).out
    assert out.splitlines()[0] == "Spend on everything in million EUR, by year, stages: all"
    assert "2025    108.04  35.95     72.09     0.00  101.00        7.04       100.84       115.24" in out
    assert "By supplier, in million EUR" in out
    assert "Co per t metal  Ni per t metal  Li per t metal  all per kWh" in out
    assert "Local sourcing, in million EUR" in out
    assert "per t product  per t metal  per kWh" in run("cost", sample, "--element", "Co").out


def test_another_currency_is_converted_and_says_how(run: Run, sample: Path) -> None:
    out = run("cost", sample, "--currency", "usd", "--from", "2027-01", "--to", "2028-12").out
    assert out.startswith("Spend on everything in million USD")
    assert out.splitlines()[-2:] == [
        "Budgets of 2027 are converted from EUR to USD at the average rate of their year.",
        "Budgets of 2028 are converted from EUR to USD at the last rate known before.",
    ]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--currency", "GBP"), "No price and no exchange rate of this plan is in GBP, but in CNY, EUR, USD; choose"),
        (("--element", "Xx"), "There is no element Xx in this plan"),
        (("--element", "Co", "--material", "Cu"), "Name either an element"),
        (("--from", "2027-01", "--to", "2026-01"), "The horizon ends in 2026-01, before it starts in 2027-01"),
        (("--basis", "metal"), "No such option"),
        (("--split", "plant"), "'plant' is not one of"),
    ],
)
def test_what_cannot_be_told_is_one_sentence(run: Run, sample: Path, options: tuple[str, ...], sentence: str) -> None:
    answer = run("cost", sample, *options)
    assert (answer.status, answer.out) == (2, "")
    assert sentence in answer.err
