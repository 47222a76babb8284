"""`concentration` and `trace`: in text, as JSON and as CSV."""

import csv
from pathlib import Path

import pytest

from tests.planner.cli.conftest import Run


def test_concentration_is_told_by_year_with_what_a_loss_means(run: Run, sample: Path) -> None:
    answer = run("concentration", sample, "--element", "Co", "--lost-from", "2025-01", "--json")
    assert answer.status == 0
    document = answer.document
    assert {name: document[name] for name in ("unit", "by", "among", "stages", "lost_from")} == {
        "unit": "t metal",
        "by": "year",
        "among": "supplier",
        "stages": "all",
        "lost_from": "2025-01",
    }
    first = document["rows"][0]
    assert (first["subject"], first["period"], first["largest"], round(first["largest_pct"], 1)) == (
        "Co",
        "2025",
        "MANAGEM",
        64.6,
    )
    assert first["shares"][0]["lines"] == [{"contract": "MNG-CO-2025", "line": 1}]
    assert sum(share["pct"] for share in first["shares"]) == pytest.approx(100)
    assert (first["limit_pct"], first["above_limit"], document["rows"][1]["above_limit"]) == (75, False, True)
    assert [(loss["key"], loss["months_until_short"], loss["first_short"]) for loss in document["losses"]] == [
        ("MANAGEM", 4, "2025-05"),
        ("EXAMPLE-CO", 3, "2025-04"),
    ]


@pytest.mark.parametrize(
    ("options", "month"), [(("--lost-from", "2020-01"), "2025-01"), (("--from", "2090-01"), "2031-12")]
)
def test_a_loss_is_told_from_a_month_of_the_plan(run: Run, sample: Path, options: tuple[str, ...], month: str) -> None:
    answer = run("concentration", sample, "--element", "Co", *options, "--json")
    assert (answer.status, answer.document["lost_from"]) == (0, month)


def test_concentration_as_text_is_two_tables(run: Run, sample: Path) -> None:
    out = run("concentration", sample, "--among", "country", "--from", "2027-01", "--to", "2028-12").out
    assert out.startswith("Supply in t metal, by year, stages: all\n")
    assert "Co  2027" in out
    assert "largest country" in out
    assert "If one is lost from " in out
    rows = [line.split() for line in out.splitlines() if line.startswith("Mn")]
    assert [row[1:] for row in rows] == [["2027", "0.0", "-", "-", "-", "-"], ["2028", "0.0", "-", "-", "-", "-"]]


def test_the_same_filters_as_cover(run: Run, sample: Path) -> None:
    options = (
        "--material",
        "CoSO4.7H2O",
        "--by",
        "quarter",
        "--stages",
        "firm",
        "--from",
        "2025-01",
        "--to",
        "2025-06",
    )
    rows = run("concentration", sample, *options, "--json").document["rows"]
    assert [(row["subject"], row["period"], row["largest"], row["hhi"]) for row in rows] == [
        ("CoSO4.7H2O", "2025-Q1", "EXAMPLE-CO", 10_000),
        ("CoSO4.7H2O", "2025-Q2", "EXAMPLE-CO", 10_000),
    ]


def test_lots_of_a_programme_are_a_passport_as_json(run: Run, sample: Path) -> None:
    document = run("trace", sample, "--programme", "PROG-A", "--month", "2025-01", "--element", "Co", "--json").document
    assert document["part"] == "supply chain due diligence"
    assert document["programme"] == {"code": "PROG-A", "name": "Small car"}
    assert [lot["lot"] for lot in document["lots"]] == ["EXC-2501-A"]
    assert document["raw_materials"][0]["metal_kg"] == 9_000


def test_lots_as_text_say_what_is_missing(run: Run, sample: Path) -> None:
    out = run("trace", sample, "--month", "2025-01").out
    lines = out.splitlines()
    assert lines[0].split()[:3] == ["lot", "month", "material"]
    assert "EXC-MINE > EXC-REFINERY > EXC-REFINERY" in lines[1]
    assert "EXL-2501-A: no mine is named; no refinery is named; no plant is named" in out
    assert (
        "Co: 15.0 t of metal in 2 lots, 47.1 % of the demand, 2.540 kg CO2e per kg of product, 11.2 % recycled." in out
    )
    assert run("trace", sample, "--from", "2030-01").out == "There is no lot among those asked for.\n"


def test_a_lot_alone_and_what_was_received_without_one(run: Run, sample: Path, tmp_path: Path) -> None:
    assert "in 1 lot," in run("trace", sample, "--lot", "EXC-2502-B").out
    rows = tmp_path / "deliveries.csv"
    rows.write_text("contract,line,month,quantity_t,status\nEXC-CO-2025,1,2025-03,12.3,received\n", encoding="utf-8")
    assert run("import", sample, "deliveries", rows).status == 0
    assert "12.3 t received of EXC-CO-2025 1, not traced." in run("trace", sample, "--element", "Co").out


@pytest.mark.parametrize("as_json", [False, True])
def test_lots_are_written_as_csv(run: Run, sample: Path, tmp_path: Path, *, as_json: bool) -> None:
    target = tmp_path / "lots.csv"
    answer = run("trace", sample, "--programme", "PROG-B", "--csv", target, *(["--json"] if as_json else []))
    assert (answer.status, answer.err) == (0, "")
    if as_json:
        assert len(answer.document["lots"]) == 4
    else:
        assert answer.out == f"Wrote 4 lots to {target}.\n"
    with target.open(encoding="utf-8", newline="") as file:
        assert [row["programme"] for row in csv.DictReader(file)] == ["PROG-B"] * 4


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("concentration", "--element", "Xx"), "There is no element Xx"),
        (("concentration", "--element", "Co", "--material", "Cu"), "Name either an element"),
        (("concentration", "--basis", "gwh"), "Shares of supply are told in t of metal: leave --basis out."),
        (("concentration", "--lost-from", "2040-01"), "choose an earlier month than 2040-01"),
        (("concentration", "--from", "2028-01", "--to", "2027-01"), "The horizon ends in 2027-01"),
        (("concentration", "--among", "ship"), "ship"),
        (("trace", "--programme", "BUS"), "There is no programme BUS in this plan, which has PROG-A, PROG-B, PROG-C."),
        (("trace", "--lot", "NONE"), "There is no lot NONE among those asked for"),
        (("trace", "--month", "2025-01", "--to", "2025-02"), "Name either one month (--month)"),
        (("trace", "--month", "soon"), "a month is written 2025-03"),
        (("trace", "--csv", "none/lots.csv"), "Choose another folder."),
    ],
)
def test_what_cannot_be_told_is_refused(run: Run, sample: Path, arguments: tuple[str, ...], sentence: str) -> None:
    answer = run(arguments[0], sample, *arguments[1:], "--json")
    assert answer.status == 2
    assert sentence in answer.document["error"]
