"""What is exported comes back as it was: every table, for machines and for people of several countries."""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from planner.commands import CreateRecords
from planner.errors import InvalidValueError
from planner.exchange import imports
from planner.exchange.csv_export import export
from planner.exchange.guard import STARTS
from planner.fields import Value, target_of
from planner.fields.kinds import Text
from planner.model import TABLES, Organisation, Record, Table
from planner.plan import Plan
from tests.planner.exchange.imported import contents, counts
from tests.strategies import Key, cells

LOCALES = [(None, False), (None, True), ("en", True), ("fr", True), ("de", True), ("de_CH", True)]
FORMULAS = st.text(st.sampled_from("=+-@' a;\",＝"), min_size=1, max_size=5).map(str.strip)  # noqa: RUF001 - the full-width form is meant


@st.composite
def any_record(draw: DrawFn, table: Table, known: dict[str, list[Key]]) -> Record | None:
    """Draw a record whose fields have any value that they allow, formulas often, and that refers to what exists."""
    drawn: dict[str, Value] = {}
    for field in table.fields:
        target = target_of(field.kind)
        if target is None:
            free = type(field.kind) is Text
            drawn[field.attr] = draw(FORMULAS.filter(bool) | cells(field) if free else cells(field))
            continue
        name, part = target
        if not known.get(name):
            return None
        index = [key.name for key in TABLES[name].key].index(part) if part else 0
        drawn[field.attr] = draw(st.sampled_from(known[name]))[index]
    try:
        return table.record.of(drawn)
    except InvalidValueError:
        return None


@st.composite
def any_plan(draw: DrawFn) -> tuple[Record, ...]:
    """Draw records of all tables that can stand in one plan."""
    known: dict[str, list[Key]] = {}
    kept: list[Record] = []
    for table in TABLES.values():
        for record in draw(st.lists(any_record(table, known), min_size=1, max_size=3)):
            if record is None:
                continue
            # A line is referred to by two fields that are drawn apart: only pairs that exist may stand.
            pair = (record.values().get("contract"), record.values().get("line"))
            lost = "lines" in table.refers_to and pair not in known["lines"]
            if not lost and table.key_of(record) not in known.setdefault(table.name, []):
                known[table.name].append(table.key_of(record))
                kept.append(record)
    return tuple(kept)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(records=any_plan())
def test_every_table_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, records: tuple[Record, ...]
) -> None:
    folder = tmp_path_factory.mktemp("plan")
    with Plan.create(folder / "p;l,a'n.offtake", person="Tester") as plan:
        plan.run(CreateRecords(records))
        before = contents(plan)
        for table in TABLES:
            count = plan.count(table)
            for locale, people in LOCALES:
                file = folder / f"{table}.csv"
                assert export(plan, table, file, locale=locale, people=people) == count
                found = imports.preview(plan, table, file)
                assert found.preview.problems == ()
                assert counts(found) == (0, 0, count, 0)
        assert contents(plan) == before


@pytest.mark.parametrize(("locale", "people"), LOCALES)
def test_text_like_a_formula_is_guarded_in_the_file(plan: Plan, tmp_path: Path, locale: str, people: bool) -> None:
    names = ["=1+1", "+1", "-1", "@A", "'=1", "''=1", "'tis", "plain"]
    plan.run(CreateRecords(tuple(Organisation(code=f"={n}", name=name) for n, name in enumerate(names))))
    file = tmp_path / "out.csv"
    export(plan, "organisations", file, locale=locale, people=people)
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text, delimiter=";" if locale in {"fr", "de"} else ","))[1 + people :]
    assert not [cell for row in rows for cell in row if cell[:1] in STARTS]
    assert [row[1] for row in rows if row[0].startswith("'")] == [
        "'=1+1", "'+1", "'-1", "'@A", "''=1", "'''=1", "'tis", "plain"
    ]  # fmt: skip
    assert counts(imports.preview(plan, "organisations", file)) == (0, 0, len(names) + 2, 0)


@pytest.mark.parametrize("name", [" led", "trailed ", "A\N{COMBINING DIAERESIS}", "a\r\nb", "a\rb", "\ta"])
def test_text_that_would_not_come_back_cannot_stand_in_a_record(name: str) -> None:
    with pytest.raises(InvalidValueError):
        Organisation(code="A", name=name)


def test_a_new_plan_takes_in_all_tables_of_another(plan: Plan, tmp_path: Path) -> None:
    with Plan.create(tmp_path / "other.offtake", person="Tester") as other:
        for table in TABLES:
            export(plan, table, tmp_path / f"{table}.csv", locale="fr", people=True)
            found = imports.preview(other, table, tmp_path / f"{table}.csv")
            assert counts(found) == (plan.count(table), 0, 0, 0)
            assert found.preview.draft is not None
            other.apply_draft(found.preview.draft)
        assert contents(other)[1] == contents(plan)[1]
