"""`findings` lists what somebody should look at, and ends with 1 where an error is among it."""

from datetime import date
from pathlib import Path

from planner.checks import CHECKS
from planner.commands import MuteFinding, SetTerm, fix_of
from planner.plan import Plan
from planner.units import Month
from tests.planner.cli.conftest import Run

FIELDS = {"check", "severity", "place", "text", "remedy", "table", "key", "fix", "muted_until"}


def test_each_finding_is_described(run: Run, sample: Path) -> None:
    answer = run("findings", sample, "--json")
    with Plan.open(sample, person="Tester") as plan:
        found = plan.findings()
    listed = answer.document["findings"]
    assert answer.status == 1
    assert {frozenset(each) for each in listed} == {frozenset(FIELDS)}
    named = [(each.check, each.severity, each.place, each.text, each.remedy, each.table) for each in found]
    told = ("check", "severity", "place", "text", "remedy", "table")
    assert [tuple(each[name] for name in told) for each in listed] == named
    fixes = [fix_of(each) for each in found]
    assert [each["fix"] for each in listed] == [None if fix is None else fix.title for fix in fixes]
    assert {each["muted_until"] for each in listed} == {None}


def test_the_key_of_a_record_and_the_title_of_a_fix_are_plain(run: Run, sample: Path) -> None:
    with Plan.open(sample, person="Tester") as plan:
        plan.run(SetTerm("EXC-CO-2025", end_month=Month.of(2027, 6)))
    (found,) = run("findings", sample, "--check", "outside-term", "--json").document["findings"]
    assert (found["key"], found["fix"]) == (["EXC-CO-2025", 1], "Move end of EXC-CO-2025 to 2027-12")


def test_one_check_alone_is_listed(run: Run, sample: Path) -> None:
    answer = run("findings", sample, "--check", "over-capacity", "--json")
    assert answer.status == 0
    assert {each["check"] for each in answer.document["findings"]} == {"over-capacity"}
    assert run("findings", sample, "--check", "mix").out == "No findings.\n"
    answer = run("findings", sample, "--check", "nonsense", "--json")
    assert answer.status == 2
    assert "'nonsense' is not one of 'shortage'" in answer.document["error"]


def test_what_is_put_aside_is_listed_where_it_is_asked_for(run: Run, sample: Path) -> None:
    with Plan.open(sample, person="Tester") as plan:
        for each in plan.findings():
            if each.severity == "error":
                plan.run(MuteFinding(each.check, each.place, date(2199, 12, 31)))
    without = run("findings", sample, "--json")
    everything = run("findings", sample, "--muted", "--json")
    assert (without.status, everything.status) == (0, 0)
    aside = [each for each in everything.document["findings"] if each["muted_until"] is not None]
    assert "2199-12-31" in {each["muted_until"] for each in aside}
    assert [each for each in everything.document["findings"] if each not in aside] == without.document["findings"]
    assert "muted until 2199-12-31" in run("findings", sample, "--muted").out


def test_a_plan_in_order_has_none(run: Run, tmp_path: Path) -> None:
    run("new", tmp_path / "new.offtake")
    answer = run("findings", tmp_path / "new.offtake")
    assert (answer.status, answer.out) == (0, "No findings.\n")
    assert run("findings", tmp_path / "new.offtake", "--json").document == {"findings": []}


def test_help_names_every_check(run: Run) -> None:
    said = "".join(run("findings", "--help").out.split())
    assert [check.id for check in CHECKS if check.id not in said] == []
