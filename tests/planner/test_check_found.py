"""What is found after any edits by running some checks again is what all of them find anew."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import sampled_from

from planner.analysis import CoverTable, Period, Subject, SupportedTable, UnitPrice
from planner.analysis.terms.line_months import LineMonths
from planner.analysis.terms.timeline import Span
from planner.changes import Edit
from planner.checks import CHECKS, Check, Finding, Found, Remembered
from planner.checks.checks import FIGURES
from planner.commands import (
    CloseContract,
    CreateRecords,
    DeliveryCell,
    MuteFinding,
    PhaseLine,
    SetDeliveries,
    SetTerm,
    SpreadYears,
    YearTotal,
)
from planner.exchange.samples import create_sample
from planner.model import TABLES, Contract, Delivery, Demand, Evidence, Line, Record, Volume
from planner.plan import Plan, Row
from planner.store.inputs import PIECES
from planner.units import Month
from tests.planner.store.machine import PlanMachine
from tests.strategies import EXAMPLES, FIRST, consistent, example_plan

# Different things are past on these days: nothing that is drawn, half of it, nearly all of it.
SECOND = FIRST.plus(30)
DAYS = (date(2024, 1, 1), date(2025, 8, 15), date(2027, 1, 1))
# Beside one record of every table: an option, a year that is not phased, take-or-pay, and a memorandum with receipts.
RICH = (
    *EXAMPLES,
    Volume(contract="C1", line=1, year=2026, agreed_kg=1_000, option_kg=5_000, option_until=date(2026, 12, 31)),
    Evidence(code="ISO-1", scheme="ISO 14001", organisation="MNG", expires=date(2025, 6, 30)),
    Contract(reference="C2", supplier="MNG", buyer="RNO", stage="memorandum", start_month=FIRST, end_month=SECOND),
    Line(contract="C2", line=1, material="CoSO4", take_or_pay_ppm=900_000, flexibility_up_ppm=100_000),
    Volume(contract="C2", line=1, year=2025, agreed_kg=5_000),
    Delivery(contract="C2", line=1, month=FIRST, quantity_kg=1_000, status="received"),
    Delivery(contract="C2", line=1, month=FIRST.plus(9), quantity_kg=2_000, status="confirmed"),
    Demand(programme="R5", month=FIRST.plus(6), energy_kwh=9_000_000),
)
PRICED = frozenset({"price_terms", "indices", "index_prices", "exchange_rates"})


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    with example_plan(tmp_path / "a.offtake") as made:
        made.run(PhaseLine("C1", 1))
        yield made


class FindingMachine(PlanMachine):
    """At each step the findings of the plan, kept and new, equal those of a fresh start."""

    day = DAYS[0]

    @initialize(day=sampled_from(DAYS), given=consistent(1))
    def begin(self, day: date, given: tuple[Record, ...]) -> None:
        """Fill the plan with what most checks have something to say about."""
        self.day = day
        self.edit(lambda: self.plan.run(CreateRecords(RICH)))
        self.edit(lambda: self.plan.run(CreateRecords(given)))

    @rule(day=sampled_from(DAYS))
    def go_to(self, day: date) -> None:
        """Let another day come."""
        self.day = day

    @invariant()
    def findings_follow(self) -> None:
        """Compare them, those that are put aside among them."""
        kept = self.plan.findings(muted=True, today=self.day)
        assert kept == Found().findings(self.plan, self.day, muted=True)


def test_findings_follow_any_edits() -> None:
    run_state_machine_as_test(FindingMachine, settings=settings(max_examples=30, stateful_step_count=20))


class Recording:
    """A plan that notes the tables that are read of it."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.read: set[str] = set()

    def rows(self, table: str) -> Sequence[Row]:
        """Read a table."""
        self.read.add(table)
        return self._plan.rows(table)

    def cover(self, subject: Subject, *, by: Period) -> CoverTable:
        """Read the figures."""
        self.read |= FIGURES
        return self._plan.cover(subject, by=by)

    def supported(self, *, by: Period) -> SupportedTable:
        """Read the figures."""
        self.read |= FIGURES
        return self._plan.supported(by=by)

    def delivery_spans(self) -> Sequence[Span]:
        """Read the deliveries."""
        self.read.add("deliveries")
        return self._plan.delivery_spans()

    def first_fixed(self, contracts: Iterable[str]) -> Mapping[str, Month]:
        """Read the deliveries."""
        self.read.add("deliveries")
        return self._plan.first_fixed(contracts)

    def line_months(self) -> LineMonths:
        """Read the figures, which reach as far as all of their tables do."""
        self.read |= FIGURES
        return self._plan.line_months()

    def price(self, contract: str, line: int, month: Month) -> UnitPrice:
        """Read what prices are made from."""
        self.read |= PRICED
        return self._plan.price(contract, line, month)

    def history(self, limit: int) -> Sequence[Edit]:
        """Read the edits, which any table may be in."""
        self.read |= TABLES.keys()
        return self._plan.history(limit)


def test_a_check_names_each_table_that_it_reads(tmp_path: Path) -> None:
    with create_sample(tmp_path / "sample.offtake", "Tester") as sample:
        # Below take-or-pay, so that a price is asked for.
        sample.run(CloseContract("EXC-CO-2025", Month.of(2027, 6)))
        sample.run(SpreadYears((YearTotal("EXC-CO-2025", 1, 2027, 1_000),)))
        read = {}
        for check in CHECKS:
            recordings = [Recording(sample) for _ in DAYS]
            for recording, day in zip(recordings, DAYS, strict=True):
                list(check.run(Remembered(recording, day)))
            read[check.id] = frozenset().union(*(each.read for each in recordings))
            assert read[check.id] <= check.depends_on, check.id
        assert read["take-or-pay"] >= PRICED
        assert all(read.values())


def test_the_figures_are_made_from_the_tables_that_the_checks_say() -> None:
    assert {table for _, tables in PIECES.values() for table in tables} == FIGURES


def test_checks_have_names_that_a_mute_can_hold() -> None:
    ids = [check.id for check in CHECKS]
    assert len(set(ids)) == len(ids)
    assert all(each.replace("-", "").isalpha() and each == each.lower() and len(each) <= 40 for each in ids)
    assert len({check.title for check in CHECKS}) == len(ids)


def test_the_names_of_checks_stay_for_plans_hold_them() -> None:
    assert {check.id for check in CHECKS} >= {
        *("shortage", "below-safety-stock", "over-capacity", "unplanned", "no-capacity", "mix", "outside-term"),
        *("year-outside-term", "unphased", "not-agreed", "above-flexibility", "take-or-pay", "buyer-shares"),
        *("option-lapses", "stage", "memorandum-as-firm", "before-plant", "late-milestone", "evidence-expired"),
        *("unpriced", "unquoted", "stale-data"),
    }


def counted(*tables: str) -> tuple[list[str], list[Check]]:
    """Return a list that tells which checks have run, and a check for each table."""
    ran: list[str] = []

    def check(table: str) -> Check:
        def run(_facts: Remembered) -> Iterator[Finding]:
            ran.append(table)
            yield Finding("info", table, "text", "remedy")

        return Check(table, run, frozenset({table}), table)

    return ran, [check(table) for table in tables]


def test_only_checks_whose_tables_were_touched_run_again(plan: Plan) -> None:
    ran, checks = counted("deliveries", "mix", "indices")
    found, day = Found(checks), DAYS[0]
    first = found.findings(plan, day)
    assert [(each.check, each.place) for each in first] == [("deliveries",) * 2, ("mix",) * 2, ("indices",) * 2]
    found.touch({"stock"})
    assert found.findings(plan, day) == first
    assert ran == ["deliveries", "mix", "indices"]
    found.touch({"mix"})
    assert found.findings(plan, day) == first
    assert ran[3:] == ["mix"]
    # A delivery bears the reference of its contract, a mix the code of its programme.
    found.touch({"contracts"})
    found.findings(plan, day)
    assert ran[4:] == ["deliveries"]
    found.touch({"programmes"})
    found.findings(plan, day)
    assert ran[5:] == ["mix"]


def test_another_day_is_looked_at_anew(plan: Plan) -> None:
    ran, checks = counted("mix")
    found = Found(checks)
    for day in (DAYS[0], DAYS[0], DAYS[1], DAYS[0]):
        found.findings(plan, day)
    assert len(ran) == 3


def test_an_edit_that_comes_while_checks_run_is_not_lost(plan: Plan) -> None:
    ran: list[int] = []

    def edited(_facts: Remembered) -> Iterator[Finding]:
        ran.append(len(ran))
        if len(ran) == 1:
            found.touch({"mix"})
        yield from ()

    found = Found([Check("mix", edited, frozenset({"mix"}), "Mix"), *counted("indices")[1]])
    for _ in range(3):
        found.findings(plan, DAYS[0])
    assert ran == [0, 1]


def test_what_was_read_before_an_edit_is_read_again_by_every_check(plan: Plan) -> None:
    """The second check reads what the first has read, as it was before the edit between them."""
    ran: list[str] = []

    def first(_facts: Remembered) -> Iterator[Finding]:
        ran.append("first")
        if len(ran) == 1:
            found.touch({"mix"})
        yield from ()

    def second(_facts: Remembered) -> Iterator[Finding]:
        ran.append("second")
        yield from ()

    mix = frozenset({"mix"})
    found = Found([Check("first", first, mix, "First"), Check("second", second, mix, "Second")])
    for _ in range(3):
        found.findings(plan, DAYS[0])
    assert ran == ["first", "second"] * 2


def test_who_tells_of_an_edit_does_not_wait_for_checks_that_run(plan: Plan) -> None:
    running, told = threading.Event(), threading.Event()

    def slow(_facts: Remembered) -> Iterator[Finding]:
        running.set()
        assert told.wait(20)
        yield from ()

    found = Found([Check("mix", slow, frozenset({"mix"}), "Mix")])
    worker = threading.Thread(target=found.findings, args=(plan, DAYS[0]))
    worker.start()
    assert running.wait(20)
    found.touch({"mix"})
    told.set()
    worker.join(20)
    assert not worker.is_alive()


def test_findings_of_another_thread_come_to_the_same_whatever_is_edited_meanwhile(plan: Plan) -> None:
    stop = threading.Event()

    def look() -> int:
        looks = 0
        while not stop.is_set() or not looks:
            looks += len(plan.findings(today=DAYS[1])) >= 0
        return looks

    with ThreadPoolExecutor() as pool:
        looking = pool.submit(look)
        for at in range(40):
            plan.run(SetDeliveries((DeliveryCell("C1", 1, FIRST.plus(at % 30), 1_000 * at),)))
            plan.run(SetTerm("C1", end_month=FIRST.plus(20 + at % 9)))
        stop.set()
        assert looking.result(60)
    assert plan.findings(today=DAYS[1]) == Found().findings(plan, DAYS[1]) != []


def test_what_is_put_aside_is_left_out_until_its_last_day(plan: Plan) -> None:
    plan.run(SetTerm("C1", end_month=FIRST.plus(5)))
    day = date(2026, 3, 31)
    (finding,) = [each for each in plan.findings(today=day) if each.check == "outside-term"]
    plan.run(MuteFinding(finding.check, finding.place, day, "agreed by telephone"))

    def seen(today: date, *, muted: bool = False) -> list[date | None]:
        found = plan.findings(today=today, muted=muted)
        return [each.muted_until for each in found if each.check == "outside-term"]

    assert seen(day) == []
    assert seen(day, muted=True) == [day]
    assert seen(day + timedelta(days=1)) == [None]
    plan.run(SetTerm("C1", end_month=FIRST.plus(23)))
    assert seen(day, muted=True) == []


def test_one_check_or_place_alone_is_put_aside(plan: Plan) -> None:
    plan.run(SetTerm("C1", end_month=FIRST.plus(5)))
    before = plan.findings()
    plan.run(MuteFinding("outside-term", "C1 2", date(2199, 12, 31)))
    plan.run(MuteFinding("unphased", "C1 1", date(2199, 12, 31)))
    assert plan.findings() == before != []
