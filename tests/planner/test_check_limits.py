"""Contract years planned outside what may be called, below what is paid for anyway, or not at all."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from planner.checks import Finding
from planner.commands import Cell, CreateRecords, PhaseLine, SetCells, SpreadYears, YearTotal
from planner.model import PriceTerm, Volume
from planner.plan import Plan
from tests.strategies import FIRST, example_plan, row_id

DAY = date(2025, 7, 1)
KEY = ("C1", 1, 2025)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open a plan of a line with 5,000 t agreed and planned for 2025, of which 10 % more or less may be called."""
    with example_plan(tmp_path / "a.offtake") as made:
        made.run(PhaseLine("C1", 1))
        put_line(made, "flexibility_up_pct", 100_000)
        put_line(made, "flexibility_down_pct", 100_000)
        assert made.findings(today=DAY) == []
        yield made


def put_line(plan: Plan, field: str, value: object) -> None:
    assert isinstance(value, int | str)
    plan.run(SetCells((Cell("lines", row_id(plan, "lines", "C1", 1), field, value),)))


def plan_year(plan: Plan, kg: int) -> None:
    plan.run(SpreadYears((YearTotal("C1", 1, 2025, kg),)))


def found(plan: Plan, check: str, today: date = DAY) -> list[Finding]:
    return [each for each in plan.findings(today=today) if each.check == check]


@pytest.mark.parametrize("kg", [4_500_000, 5_500_000])
def test_what_the_flexibility_allows_is_no_finding(plan: Plan, kg: int) -> None:
    plan_year(plan, kg)
    assert found(plan, "above-flexibility") == []


@pytest.mark.parametrize(
    ("kg", "text"),
    [
        (5_500_001, "contract year 2025 (2025-01 to 2025-12): 5,500.001 t planned, at most 5,500 t (agreed 5,000 t +"),
        (4_499_999, "contract year 2025 (2025-01 to 2025-12): 4,499.999 t planned, at least 4,500 t (agreed 5,000 t"),
    ],
)
def test_what_lies_outside_the_flexibility_is_told(plan: Plan, kg: int, text: str) -> None:
    plan_year(plan, kg)
    (finding,) = found(plan, "above-flexibility")
    assert finding.text.startswith(text)
    assert (finding.place, finding.table, finding.key, finding.mend) == ("C1 1 2025", "volumes", KEY, KEY)
    assert found(plan, "above-flexibility", date(2025, 12, 31)) == [finding]
    assert found(plan, "above-flexibility", date(2026, 1, 1)) == []


def test_a_closed_contract_has_no_limits(plan: Plan) -> None:
    put_line(plan, "take_or_pay_pct", 900_000)
    plan_year(plan, 1_000_000)
    plan.run(SetCells((Cell("contracts", row_id(plan, "contracts", "C1"), "stage", "expired"),)))
    assert found(plan, "above-flexibility") == found(plan, "take-or-pay") == []


def test_take_or_pay_at_risk_tells_the_money_and_the_last_month(plan: Plan) -> None:
    put_line(plan, "take_or_pay_pct", 800_000)
    plan.run(SetCells((Cell("price_terms", row_id(plan, "price_terms", "C1", 1, FIRST), "currency", "USD"),)))
    plan_year(plan, 3_000_000)
    (finding,) = found(plan, "take-or-pay")
    # 1,000 t x (33,400 x 20.966 % x 82 % + 350 = 6,092.1681) USD per t of product, at the price of January.
    assert finding.text == (
        "3,000 t are planned, 1,000 t below the take-or-pay of 4,000 t; about 6,092,168 USD at stake;"
        " it can still be met until 2025-12"
    )
    assert (finding.place, finding.key, finding.mend) == ("C1 1 2025", KEY, KEY)
    assert found(plan, "above-flexibility") == []
    assert found(plan, "take-or-pay", date(2026, 1, 1)) == []


@pytest.mark.parametrize(
    ("basis", "unit", "text"),
    [
        # 1,000 t x 1,000 USD; of metal at 20.966 %, which is 4,769.627 t of product for each 1,000 t.
        ("product", "t product", "1,000,000 USD"),
        ("product", "kg product", "1,000,000,000 USD"),
        ("product", "t metal", "209,660 USD"),
        ("metal", "t metal", "1,000,000 USD"),
        ("metal", "t product", "4,769,627 USD"),
        ("product", "lb product", "2,204,622,622 USD"),
    ],
)
def test_money_is_reckoned_in_the_unit_of_the_price(plan: Plan, basis: str, unit: str, text: str) -> None:
    put_line(plan, "take_or_pay_pct", 800_000)
    put_line(plan, "volume_basis", basis)
    fixed = PriceTerm(contract="C1", line=1, month=FIRST.plus(6), fixed_e4=10_000_000, currency="USD", unit=unit)
    plan.run(CreateRecords((fixed,)))
    plan_year(plan, 3_000_000)
    assert f"; {text} at stake;" in found(plan, "take-or-pay")[0].text


def test_a_discount_above_the_index_puts_nothing_at_stake(plan: Plan) -> None:
    put_line(plan, "take_or_pay_pct", 800_000)
    term = row_id(plan, "price_terms", "C1", 1, FIRST)
    changed = (("currency", "USD"), ("premium", -900_000_000), ("floor", None))
    plan.run(SetCells(tuple(Cell("price_terms", term, field, value) for field, value in changed)))
    plan_year(plan, 3_000_000)
    assert "; about 0 USD at stake; " in found(plan, "take-or-pay")[0].text


def test_without_a_price_the_money_is_not_known(plan: Plan) -> None:
    put_line(plan, "take_or_pay_pct", 800_000)
    plan.run(SetCells((Cell("price_terms", row_id(plan, "price_terms", "C1", 1, FIRST), "month", FIRST.plus(12)),)))
    plan_year(plan, 3_000_000)
    assert "; price unknown; it can still be met until 2025-12" in found(plan, "take-or-pay")[0].text


def test_a_term_that_ends_early_ends_what_can_be_met(plan: Plan) -> None:
    put_line(plan, "take_or_pay_pct", 900_000)
    plan.run(SetCells((Cell("contracts", row_id(plan, "contracts", "C1"), "end_month", FIRST.plus(8)),)))
    assert found(plan, "take-or-pay")[0].text.endswith("it can still be met until 2025-09")
    assert found(plan, "take-or-pay", date(2025, 10, 1)) == []


def test_a_memorandum_is_not_paid_for_in_vain(plan: Plan) -> None:
    put_line(plan, "take_or_pay_pct", 800_000)
    plan_year(plan, 3_000_000)
    plan.run(SetCells((Cell("contracts", row_id(plan, "contracts", "C1"), "stage", "memorandum"),)))
    assert found(plan, "take-or-pay") == []


def test_a_year_that_nobody_phased_is_missing(plan: Plan) -> None:
    plan.run(CreateRecords((Volume(contract="C1", line=1, year=2026, agreed_kg=1_200_000),)))
    (finding,) = found(plan, "unphased")
    assert finding.text == "1,200 t are agreed for contract year 2026, and no month of it has a delivery"
    assert (finding.place, finding.table, finding.mend) == ("C1 1 2026", "volumes", ("C1", 1, 2026))
    assert found(plan, "above-flexibility") == []
    assert found(plan, "unphased", date(2027, 1, 1)) == []
