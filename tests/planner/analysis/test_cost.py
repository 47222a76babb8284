"""What supply costs: by hand, by the other road over the rows, and what always adds up."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.analysis import Period, Scope, Stages, Subject
from planner.analysis.money.budgets import year_rate
from planner.analysis.money.cost import OTHERS, currencies, gathered, spend
from planner.analysis.money.cost_values import SpendBy, SpendTable
from planner.analysis.money.sourcing import local_spend
from planner.commands import Cell, CreateRecords, DeleteRecords, SetCells
from planner.errors import PlannerError
from planner.exchange.samples import create_sample
from planner.model import (
    Budget,
    Chemistry,
    Contract,
    Delivery,
    Demand,
    ElementIntensity,
    ExchangeRate,
    IndexPrice,
    Line,
    Material,
    MixShare,
    Organisation,
    Plant,
    PlantCapacity,
    PriceIndex,
    PriceTerm,
    Programme,
    Record,
    Target,
)
from planner.plan import SUFFIX, Plan
from planner.units import Month
from tests.planner.analysis.priced import markets, terms
from tests.planner.analysis.rows_of_cost import cost_by_rows, paid_by_line
from tests.strategies import consistent, row_id

JANUARY = Month.of(2025, 1)
FEBRUARY, MARCH = JANUARY.plus(1), JANUARY.plus(2)
YEAR = Scope(Period.YEAR)
INDEXED, FIXED = ("C1", 1), ("C2", 1)

# Cobalt sulphate with a fifth of cobalt: 100 t of it a month by an index in USD, and 10 t of the metal in it at a
# fixed price in EUR, over three months. The plant of the first is in Morocco, the supplier of the second in Germany.
BY_HAND: tuple[Record, ...] = (
    Material(code="CoSO4", name="Cobalt sulphate", element="Co", contained_fraction_ppm=200_000),
    Material(code="Cu", name="Copper", element="Cu", contained_fraction_ppm=1_000_000),
    Chemistry(code="NMC", name="Nickel manganese cobalt"),
    ElementIntensity(chemistry="NMC", element="Co", intensity_mg_per_kwh=100_000),
    Organisation(code="MNG", name="Managem", country="MA"),
    Organisation(code="GER", name="German metals", country="DE"),
    Organisation(code="RNO", name="Renault", role="buyer"),
    Plant(code="GUE", name="Guemassa", organisation="MNG", country="MA", material="CoSO4"),
    Contract(reference="C1", supplier="MNG", buyer="RNO", stage="signed", start_month=JANUARY, end_month=MARCH),
    Contract(
        reference="C2",
        supplier="GER",
        buyer="RNO",
        stage="signed",
        start_month=JANUARY,
        end_month=MARCH,
        currency="EUR",
    ),
    Line(contract="C1", line=1, material="CoSO4", plant="GUE"),
    Line(contract="C2", line=1, material="CoSO4", volume_basis="metal"),
    *(Delivery(contract="C1", line=1, month=JANUARY.plus(at), quantity_kg=100_000) for at in range(3)),
    *(Delivery(contract="C2", line=1, month=JANUARY.plus(at), quantity_kg=10_000) for at in range(3)),
    Programme(code="R5", name="Renault 5"),
    MixShare(programme="R5", chemistry="NMC", month=JANUARY, share_ppm=1_000_000),
    Demand(programme="R5", month=JANUARY, energy_kwh=1_000_000),
    PriceIndex(code="LME", name="LME cobalt", currency="USD"),
    IndexPrice(index="LME", month=JANUARY, price_e4=300_000_000),
    IndexPrice(index="LME", month=FEBRUARY, price_e4=200_000_000),
    IndexPrice(index="LME", month=MARCH, price_e4=300_000_000, standing="forecast"),
    ExchangeRate(base="EUR", quote="USD", month=JANUARY, rate_e6=1_250_000),
    ExchangeRate(base="EUR", quote="USD", month=FEBRUARY, rate_e6=1_200_000),
    PriceTerm(
        contract="C1",
        line=1,
        month=JANUARY,
        index="LME",
        payable_ppm=800_000,
        floor_e4=180_000_000,
        currency="USD",
        unit="t metal",
    ),
    PriceTerm(contract="C2", line=1, month=JANUARY, fixed_e4=40_000_000, unit="t product"),
    Budget(year=2025, material="CoSO4", amount_cents=200_000_000, currency="USD"),
    Target(measure="local_spend", scope="MA", month=JANUARY, value_e4=10_000),
)


def plan_of(records: tuple[Record, ...], path: Path) -> Plan:
    """Make a plan that holds these records."""
    plan = Plan.create(path, person="Tester")
    plan.run(CreateRecords(records))
    return plan


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open the plan that is worked out by hand."""
    with plan_of(BY_HAND, tmp_path / f"plan{SUFFIX}") as made:
        yield made


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    """Open the sample plan, to read."""
    with create_sample(tmp_path_factory.mktemp("sample") / f"sample{SUFFIX}", "Tester") as made:
        yield made


def test_spend_is_supply_times_the_price_of_the_month(plan: Plan) -> None:
    table = plan.ask(spend, Scope(Period.MONTH))
    # C1: 20 t of metal x 24,000 / 1.25, at the floor of 18,000 / 1.20, 24,000 at the rate of February.
    # C2: 10 t of metal at 4,000 EUR a t of product, which holds a fifth.
    assert [row.period for row in table.rows] == ["2025-01", "2025-02", "2025-03"]
    assert [row.spend for row in table.rows] == pytest.approx([584_000, 500_000, 600_000], rel=1e-12)
    assert [row.floating for row in table.rows] == pytest.approx([384_000, 300_000, 400_000], rel=1e-12)
    assert [row.fixed for row in table.rows] == pytest.approx([200_000] * 3, rel=1e-12)
    assert [row.assumed for row in table.rows] == pytest.approx([0, 0, 400_000], rel=1e-12)


def test_floors_hold_while_the_indices_move(plan: Plan) -> None:
    [row] = plan.ask(spend, YEAR).rows
    # February stays at the floor: 30,000 x 0.8 x 1.1 x 20 t / 1.25 + 300,000 + 26,400 x 20 / 1.2, and 600,000 fixed.
    assert row.index_up == pytest.approx(422_400 + 300_000 + 440_000 + 600_000, rel=1e-12)
    assert row.index_down == pytest.approx(345_600 + 300_000 + 360_000 + 600_000, rel=1e-12)


def test_averages_are_per_tonne_of_product_of_metal_and_per_kwh(plan: Plan) -> None:
    table = plan.ask(spend, YEAR)
    [row], [average] = table.rows, table.averages
    # 450 t of product, 90 t of metal, and at 0.1 kg a kWh 900,000 kWh
    assert row.per_t_product == pytest.approx(1_684_000 / 450, rel=1e-12)
    assert row.per_t_metal == pytest.approx(1_684_000 / 90, rel=1e-12)
    assert row.per_kwh == pytest.approx(1.684 / 0.9, rel=1e-12)
    assert average.element == "Co"
    told = average.per_t_product + average.per_t_metal + average.per_kwh
    assert told == (row.per_t_product, row.per_t_metal, row.per_kwh)


def test_a_budget_counts_at_the_average_rate_of_its_year(plan: Plan) -> None:
    table = plan.ask(spend, Scope(Period.MONTH))
    # 2,000,000 USD x (1 / 1.25 + 1 / 1.20) / 2, over the three months that the plan has
    budget = 2_000_000 * (0.8 + 1 / 1.2) / 2
    assert [row.budget for row in table.rows] == pytest.approx([budget / 3] * 3, rel=1e-12)
    assert table.rows[0].difference == pytest.approx(584_000 - budget / 3, rel=1e-12)
    assert table.notes == ("Budgets of 2025 are converted from USD to EUR at the average rate of their year.",)
    assert plan.ask(spend, YEAR, "USD").notes == ()


def test_without_a_rate_of_the_year_the_last_one_before_is_taken(plan: Plan) -> None:
    plan.run(CreateRecords((Delivery(contract="C2", line=1, month=Month.of(2026, 2), quantity_kg=0),)))
    plan.run(CreateRecords((Budget(year=2026, material="CoSO4", amount_cents=120, currency="USD"),)))
    plan.run(CreateRecords((Budget(year=2026, material="Cu", amount_cents=100, currency="CNY"),)))
    table = plan.ask(spend, YEAR)
    assert table.rows[1].budget == pytest.approx(1, rel=1e-12)
    assert table.notes == (
        "Budgets of 2025 are converted from USD to EUR at the average rate of their year.",
        "Budgets of 2026 are converted from USD to EUR at the last rate known before.",
        "The budget of 2026 for Cu is left out: no exchange rate from CNY to EUR is known by then; add one.",
    )
    rate = year_rate(plan.ask(lambda book: book.market), "USD", "EUR", 2026)
    assert rate is not None
    assert (rate.factor, rate.carried) == (Fraction(5, 6), True)


@pytest.mark.parametrize(
    ("split", "wanted"),
    [
        (SpendBy.SUPPLIER, [("MNG", "Managem", 1_084_000), ("GER", "German metals", 600_000)]),
        (SpendBy.MATERIAL, [("CoSO4", "CoSO4", 1_684_000)]),
        (SpendBy.ELEMENT, [("Co", "Co", 1_684_000)]),
        (SpendBy.CONTRACT, [("C1", "C1", 1_084_000), ("C2", "C2", 600_000)]),
        (SpendBy.CURRENCY, [("USD", "USD", 1_084_000), ("EUR", "EUR", 600_000)]),
        (SpendBy.COUNTRY, [("MA", "MA", 1_084_000), ("DE", "DE", 600_000)]),
    ],
)
def test_spend_is_split_by_a_choice(plan: Plan, split: SpendBy, wanted: list[tuple[str, str, float]]) -> None:
    table = plan.ask(spend, YEAR, "EUR", split)
    assert [(each.key, each.title) for each in table.series] == [(key, title) for key, title, _ in wanted]
    assert [each.spend[0] for each in table.series] == pytest.approx([amount for *_, amount in wanted], rel=1e-12)
    known = split in {SpendBy.MATERIAL, SpendBy.ELEMENT}
    assert all((each.budget[0] is not None) == known for each in table.series)


def test_every_figure_says_which_lines_it_is_made_of(plan: Plan) -> None:
    plan.run(DeleteRecords("deliveries", (row_id(plan, "deliveries", "C2", 1, FEBRUARY),)))
    table = plan.ask(spend, Scope(Period.MONTH), "EUR", SpendBy.COUNTRY)
    assert [row.lines for row in table.rows] == [(INDEXED, FIXED), (INDEXED,), (INDEXED, FIXED)]
    assert [each.lines for each in table.series] == [((INDEXED,),) * 3, ((FIXED,), (), (FIXED,))]


def test_what_has_no_price_is_told_apart(plan: Plan) -> None:
    plan.run(SetCells((Cell("price_terms", row_id(plan, "price_terms", "C2", 1, JANUARY), "month", MARCH),)))
    table = plan.ask(spend, Scope(Period.MONTH), "EUR", SpendBy.CONTRACT)
    assert [row.unpriced_t for row in table.rows] == pytest.approx([50, 50, 0], rel=1e-12)
    assert [row.unpriced_lines for row in table.rows] == [(FIXED,), (FIXED,), ()]
    assert next(each.spend for each in table.series if each.key == "C2")[:2] == (None, None)
    assert table.rows[0].spend == pytest.approx(384_000, rel=1e-12)
    assert table.rows[0].per_t_product == pytest.approx(3_840, rel=1e-12)
    [unpriced] = table.unpriced
    assert (unpriced.contract, unpriced.line, unpriced.month) == ("C2", 1, "2025-01")
    assert unpriced.tonnes == pytest.approx(100, rel=1e-12)
    assert unpriced.reason == "C2 1: no price term holds in 2025-01; add one from that month on."
    assert plan.ask(spend, Scope(Period.MONTH, start=MARCH)).unpriced == ()


def test_a_price_that_no_rate_converts_is_told_apart(plan: Plan) -> None:
    plan.run(SetCells((Cell("price_terms", row_id(plan, "price_terms", "C2", 1, JANUARY), "currency", "CNY"),)))
    table = plan.ask(spend, YEAR)
    assert [each.reason for each in table.unpriced] == [
        "No exchange rate between CNY and EUR is known for 2025-01 or before; add one."
    ]
    assert plan.ask(currencies) == ()
    assert plan.ask(spend, YEAR, "CNY").rows[0].spend == pytest.approx(600_000, rel=1e-12)


def test_the_currencies_to_choose_from_are_those_that_every_price_reaches(plan: Plan) -> None:
    assert plan.ask(currencies) == ("EUR", "USD")
    with pytest.raises(PlannerError, match="No price and no exchange rate of this plan is in GBP, but in EUR, USD;"):
        plan.ask(spend, YEAR, "GBP")


def test_local_spend_stands_against_the_target_that_holds(plan: Plan) -> None:
    [germany, morocco] = sorted(plan.ask(local_spend, Scope(start=FEBRUARY)), key=lambda each: each.country)
    # The target is for the year, so January counts too.
    assert morocco.spend == pytest.approx(1_084_000, rel=1e-12)
    assert (morocco.year, morocco.target, morocco.lines) == (2025, 1_000_000, (INDEXED,))
    assert morocco.share_pct == pytest.approx(108.4, rel=1e-12)
    assert (germany.target, germany.share_pct, germany.lines) == (None, None, (FIXED,))
    plan.run(CreateRecords((Target(measure="local_spend", scope="MA", month=MARCH, value_e4=20_000),)))
    assert [each.target for each in plan.ask(local_spend, YEAR) if each.country == "MA"] == [2_000_000]


def test_a_plant_that_is_full_is_not_paid_for_more(plan: Plan) -> None:
    plan.run(CreateRecords((PlantCapacity(plant="GUE", month=JANUARY, available_kg=50_000),)))
    [row] = plan.ask(spend, YEAR).rows
    assert row.floating == pytest.approx(1_084_000 / 2, rel=1e-12)


def test_a_subject_has_its_own_spend_and_budget(plan: Plan) -> None:
    copper = plan.ask(spend, Scope(Period.YEAR, subject=Subject("element", "Cu")))
    assert (copper.rows[0].spend, copper.rows[0].budget, copper.series, copper.averages) == (0.0, None, (), ())
    cobalt = plan.ask(spend, Scope(Period.YEAR, subject=Subject("material", "CoSO4")))
    assert replace(cobalt, scope=YEAR) == plan.ask(spend, YEAR)


def test_few_series_are_kept_and_the_rest_added_up(plan: Plan) -> None:
    table = plan.ask(spend, YEAR, "EUR", SpendBy.CONTRACT)
    assert gathered(table, 2) is table
    first, others = gathered(table, 1).series
    assert (first.key, others.key, others.spend, others.lines) == ("C1", OTHERS, table.series[1].spend, ((FIXED,),))


def test_an_empty_plan_costs_nothing(tmp_path: Path) -> None:
    with Plan.create(tmp_path / f"empty{SUFFIX}", person="Tester") as plan:
        table = plan.ask(spend, YEAR)
        assert ([row.spend for row in table.rows], table.series, table.unpriced) == ([0.0], (), ())
        assert plan.ask(spend, Scope(start=Month.of(2040, 1))).rows == ()
        assert plan.ask(local_spend, YEAR) == ()
        assert plan.ask(currencies) == ()


def assert_agrees(plan: Plan, stages: Stages, currency: str) -> None:
    """Compare the spend of every line and month with the other road; the limit of a plant is a difference of sums."""
    wanted = cost_by_rows(plan, stages, currency)
    found, lines, first = plan.ask(paid_by_line, stages, currency)
    for (contract, number, month), cost in wanted.items():
        got = float(found[lines.index((contract, number)), month - first])
        if cost.per_metal_t is None:
            assert np.isnan(got) or not cost.kg, (contract, number, month)
            continue
        each = cost.per_metal_t / 1_000
        assert abs(Fraction(got) - cost.kg * each) <= Fraction(1, 10**9) * cost.asked_kg * abs(each)
    without = np.ones_like(found, dtype=np.bool_)
    for contract, number, month in wanted:
        without[lines.index((contract, number)), month - first] = False
    assert not found[without].any()


@pytest.mark.parametrize("stages", list(Stages))
@pytest.mark.parametrize("currency", ["EUR", "USD", "CNY"])
def test_the_sample_agrees_with_its_rows(sample: Plan, stages: Stages, currency: str) -> None:
    assert_agrees(sample, stages, currency)


@st.composite
def priced_plans(draw: st.DrawFn) -> tuple[Record, ...]:
    """Draw three lines of two contracts, two of which share a plant, with deliveries, terms and a market."""
    market = draw(markets())
    ends = {"start_month": JANUARY, "end_month": JANUARY.plus(30)}
    stages = st.sampled_from(("memorandum", "letter_of_intent", "signed", "delivering", "expired"))
    places = [("C1", 1), ("C1", 2), ("C2", 1)]
    bases = st.sampled_from(("product", "metal"))
    kg = st.integers(0, 200).map(lambda tonnes: tonnes * 1_000)
    months = st.integers(21, 29).map(JANUARY.plus)
    deliveries = draw(
        st.lists(
            st.tuples(st.sampled_from(places), months, kg, st.sampled_from(("planned", "confirmed", "received"))),
            max_size=12,
            unique_by=lambda each: each[:2],
        )
    )
    agreed = draw(
        st.lists(
            st.tuples(st.sampled_from(places), terms()), max_size=5, unique_by=lambda each: (each[0], each[1].month)
        )
    )
    capacity = draw(st.none() | st.builds(PlantCapacity, plant=st.just("P"), month=months, available_kg=kg))
    return (
        Material(code="M", name="M", element="Co", contained_fraction_ppm=draw(st.integers(1, 1_000_000))),
        Organisation(code="S", name="S"),
        Organisation(code="B", name="B", role="buyer"),
        Plant(code="P", name="P", organisation="S", material="M"),
        *((capacity,) if capacity is not None else ()),
        *(
            Contract(
                reference=reference,
                supplier="S",
                buyer="B",
                stage=draw(stages),
                probability_ppm=draw(st.none() | st.integers(0, 1_000_000)),
                currency=draw(st.sampled_from(("", "EUR", "USD"))),
                start_month=ends["start_month"],
                end_month=ends["end_month"],
            )
            for reference in ("C1", "C2")
        ),
        *(
            Line(contract=contract, line=line, material="M", plant=plant, volume_basis=draw(bases))
            for (contract, line), plant in zip(places, ("P", None, "P"), strict=True)
        ),
        *(
            Delivery(contract=contract, line=line, month=month, quantity_kg=quantity, status=status)
            for (contract, line), month, quantity, status in deliveries
        ),
        *market.indices.values(),
        *(price for prices in market.prices.values() for price in prices),
        *(rate for rates in market.rates.values() for rate in rates),
        *(replace(term, contract=contract, line=line) for (contract, line), term in agreed),
    )


@settings(max_examples=60)
@given(priced_plans(), st.sampled_from(Stages), st.sampled_from(("EUR", "USD")))
def test_any_plan_agrees_with_its_rows(records: tuple[Record, ...], stages: Stages, currency: str) -> None:
    with tempfile.TemporaryDirectory() as folder, plan_of(records, Path(folder) / f"plan{SUFFIX}") as plan:
        assert_agrees(plan, stages, currency)
        if currency not in plan.ask(currencies) and currency != "EUR":
            return
        for split in SpendBy:
            assert_adds_up(plan, plan.ask(spend, Scope(Period.QUARTER, stages), currency, split), stages)


@settings(max_examples=25)
@given(consistent(), st.sampled_from(SpendBy), st.sampled_from(Period))
def test_whatever_a_plan_holds_its_cost_adds_up(records: tuple[Record, ...], split: SpendBy, by: Period) -> None:
    with tempfile.TemporaryDirectory() as folder, plan_of(records, Path(folder) / f"plan{SUFFIX}") as plan:
        assert_adds_up(plan, plan.ask(spend, Scope(by), "EUR", split), Stages.ALL)
        plan.ask(local_spend, Scope(by))


def assert_adds_up(plan: Plan, table: SpendTable, stages: Stages) -> None:
    """Compare the parts of a table with its totals, and those with the lines; a price may be below nothing."""
    spent = np.nan_to_num(plan.ask(paid_by_line, stages, table.currency)[0])
    most = 1e-9 * float(np.abs(spent).sum())
    assert sum(row.spend for row in table.rows) == pytest.approx(spent.sum(), abs=most)
    for at, row in enumerate(table.rows):
        assert row.fixed + row.floating == pytest.approx(row.spend, abs=most)
        assert sum(each.spend[at] or 0.0 for each in table.series) == pytest.approx(row.spend, abs=most)
        behind = [line for each in table.series for line in each.lines[at]]
        assert set(behind) == set(row.lines)
        assert len(behind) == len(row.lines) or table.split is SpendBy.CURRENCY
        assert set(row.unpriced_lines) <= set(row.lines)
        assert (row.unpriced_t > 0) == bool(row.unpriced_lines)
        if table.split in {SpendBy.MATERIAL, SpendBy.ELEMENT}:
            assert (row.budget or 0.0) == pytest.approx(sum(each.budget[at] or 0.0 for each in table.series), rel=1e-9)
    without = {line for row in table.rows for line in row.unpriced_lines}
    assert {(each.contract, each.line) for each in table.unpriced} == without
