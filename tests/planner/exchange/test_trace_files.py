"""Lots as CSV and JSON: what a spreadsheet could take for a formula is guarded, and files are whole or not at all."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given

from planner.analysis import Scope
from planner.analysis.origins.evidence import Proofs, Standing
from planner.analysis.origins.passport import passport
from planner.analysis.origins.trace import Link, Step, Trace, TracedLot, trace
from planner.commands import CreateRecords
from planner.errors import PlannerError
from planner.exchange.guard import STARTS, unguarded
from planner.exchange.samples import create_sample
from planner.exchange.trace_files import HEADER, write_csv, write_json
from planner.model import Lot
from planner.plan import Plan
from planner.units import Month
from tests.strategies import codes

HOSTILE = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "＝1", "'=1", 'a,"b"', "ünïcode ☃")  # noqa: RUF001 - the full-width form is meant


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    """Open the sample plan."""
    with create_sample(tmp_path_factory.mktemp("sample") / "plan.offtake", "Tester") as made:
        yield made


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_lot_of_the_sample_is_a_row(plan: Plan, tmp_path: Path) -> None:
    target = tmp_path / "lots.csv"
    assert write_csv(plan.ask(trace, Scope()), target) == 8
    rows = rows_of(target)
    assert tuple(rows[0]) == HEADER
    assert [row["lot"] for row in rows][:2] == ["EXC-2501-A", "EXC-2501-B"]
    assert {name: rows[0][name] for name in ("product_t", "metal_t", "mine_country", "plant_evidence", "missing")} == {
        "product_t": "42.926643",
        "metal_t": "9",
        "mine_country": "CD",
        "plant_evidence": "holds",
        "missing": "",
    }
    assert (rows[4]["mine"], rows[4]["mine_evidence"], rows[4]["country_of_origin"]) == ("", "", "")
    assert rows[4]["missing"].startswith("no mine is named; no refinery is named")


def test_texts_like_formulas_are_guarded(tmp_path: Path) -> None:
    with create_sample(tmp_path / "plan.offtake", "Tester") as plan:
        march = Month.of(2025, 3)
        lots = (Lot(code=code, contract="EXC-CO-2025", line=1, month=march, quantity_kg=1) for code in HOSTILE)
        plan.run(CreateRecords(tuple(lots)))
        found = plan.ask(trace, Scope(start=march, end=march))
        target = tmp_path / "lots.csv"
        write_csv(found, target)
    written = [row["lot"] for row in rows_of(target)]
    assert not any(text[:1] in STARTS for text in written)
    assert sorted(map(unguarded, written)) == sorted(HOSTILE)


@given(code=codes(64), country=codes(60))
def test_any_text_comes_back_and_none_is_a_formula(
    tmp_path_factory: pytest.TempPathFactory, code: str, country: str
) -> None:
    none = Proofs(Standing.MISSING, ())
    lot = TracedLot(
        code=code,
        line=(code, 1),
        month=Month.of(2025, 1),
        material=code,
        element="Co",
        product_kg=1.0,
        metal_kg=0.5,
        supplier=Link(Step.SUPPLIER, code, code, code, country, none),
        chain=(Link(Step.MINE, code, code, code, country, none),),
        programme=code,
        carbon_g_per_kg=None,
        carbon_from="none",
        carbon_quality="",
        recycled_ppm=0,
        recycled_from="line",
        lacks=(code,),
    )
    target = tmp_path_factory.mktemp("drawn") / "lots.csv"
    write_csv(Trace(None, None, None, (lot,), (), ()), target)
    (row,) = rows_of(target)
    for name in ("lot", "contract", "material", "supplier", "mine", "programme", "missing"):
        assert row[name][:1] not in STARTS
        assert unguarded(row[name]) == code
    assert unguarded(row["mine_country"]) == country
    assert (row["carbon_kg_per_kg"], row["carbon_t"], row["metal_t"]) == ("", "", "0.0005")


def test_the_document_is_written_as_it_is(plan: Plan, tmp_path: Path) -> None:
    document = plan.ask(passport, plan.ask(trace, Scope()))
    target = tmp_path / "lots.json"
    write_json(document, target)
    assert json.loads(target.read_text(encoding="utf-8")) == document


@pytest.mark.parametrize("name", ["none/lots.csv", "plan.offtake"])
def test_what_cannot_be_written_is_said_and_nothing_is_lost(plan: Plan, tmp_path: Path, name: str) -> None:
    found = plan.ask(trace, Scope())
    with pytest.raises(PlannerError, match=r"choose another name|Choose another folder"):
        write_csv(found, tmp_path / name)
    with pytest.raises(PlannerError, match=r"choose another name|Choose another folder"):
        write_json({}, tmp_path / name)
    assert list(tmp_path.glob("**/*.*")) == []
