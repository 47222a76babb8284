"""What is exported comes back as it was: every table, for machines and for people of several countries."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from planner.commands import CreateRecords
from planner.errors import InvalidValueError
from planner.exchange import imports
from planner.exchange.csv_export import CsvStyle, export
from planner.exchange.datapackage import export_package
from planner.exchange.guard import STARTS
from planner.exchange.read_all import read_all
from planner.exchange.samples import create_sample
from planner.exchange.workbook_export import export_plan, export_workbook
from planner.fields import Value, target_of
from planner.fields.kinds import Text
from planner.model import TABLES, Organisation, Record, Table
from planner.plan import Plan
from tests.planner.exchange.imported import contents, counts
from tests.strategies import Key, cells, consistent

OFFERED = ("en", "fr", "de", "de_CH", "it", "es", "pt", "nl", "pl", "sv")
LOCALES = [(None, False), (None, True), *((locale, True) for locale in OFFERED)]
FORMULAS = st.text(st.sampled_from("=+-@' a;\",＝"), min_size=1, max_size=5).map(str.strip)  # noqa: RUF001 - the full-width form is meant


@pytest.fixture(scope="module")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    """Open the sample plan, which these tests leave as it is."""
    with create_sample(tmp_path_factory.mktemp("made") / "sample.offtake", "Tester") as made:
        yield made


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


def unchanged(plan: Plan, folder: Path, locale: str | None, *, people: bool) -> None:
    """Write every table and see that each would come back without a change."""
    for table in TABLES:
        count, file = plan.count(table), folder / f"{table}.csv"
        assert export(plan, table, file, locale=locale, people=people) == count
        found = imports.preview(plan, table, file)
        assert (table, found.preview.problems, counts(found)) == (table, (), (0, 0, count, 0))


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(records=any_plan() | consistent(), style=st.sampled_from(LOCALES))
def test_every_table_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, records: tuple[Record, ...], style: tuple[str | None, bool]
) -> None:
    folder = tmp_path_factory.mktemp("plan")
    with Plan.create(folder / "p;l,a'n.offtake", person="Tester") as plan:
        plan.run(CreateRecords(records))
        before = contents(plan)
        unchanged(plan, folder, style[0], people=style[1])
        assert contents(plan) == before


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(records=any_plan() | consistent())
def test_the_whole_plan_comes_back_out_of_a_workbook_and_out_of_a_package(
    tmp_path_factory: pytest.TempPathFactory, records: tuple[Record, ...]
) -> None:
    # Two characters that no workbook can hold, which is told in a sentence.
    assume(not any(c in str(record.values()) for record in records for c in ("\\uffff", "\\ufffe")))
    folder = tmp_path_factory.mktemp("plan")
    with Plan.create(folder / "p;l,a'n.offtake", person="Tester") as plan:
        plan.run(CreateRecords(records))
        before = contents(plan)
        total = sum(plan.count(table) for table in TABLES)
        for write, target in ((export_plan, folder / "all.xlsx"), (export_package, folder / "package")):
            assert write(plan, target) == total
            done = read_all(plan, target)
            assert [each for each in done.results if each.trouble or each.problems] == []
            assert {(each.table, each.new, each.changed, each.same) for each in done.results} == {
                (table, 0, 0, plan.count(table)) for table in TABLES
            }
            assert done.others == ()
        assert contents(plan) == before


@pytest.mark.parametrize(("locale", "people"), LOCALES)
def test_the_sample_comes_back_in_every_locale(made_sample: Plan, tmp_path: Path, locale: str, people: bool) -> None:
    unchanged(made_sample, tmp_path, locale, people=people)


@pytest.mark.parametrize("table", TABLES)
def test_each_table_of_the_sample_comes_back_out_of_a_workbook_of_its_own(
    made_sample: Plan, tmp_path: Path, table: str
) -> None:
    count = export_workbook(made_sample, table, tmp_path / "out.xlsx")
    found = imports.preview(made_sample, table, tmp_path / "out.xlsx")
    assert (found.preview.problems, counts(found)) == ((), (0, 0, count, 0))


@pytest.mark.parametrize("write", [export_plan, export_package])
def test_a_new_plan_takes_in_a_whole_one(made_sample: Plan, tmp_path: Path, write: Callable[[Plan, Path], int]) -> None:
    target = tmp_path / ("all.xlsx" if write is export_plan else "package")
    write(made_sample, target)
    with Plan.create(tmp_path / "other.offtake", person="Tester") as other:
        assert read_all(other, target, whole=True).sound
        assert contents(other)[1] == contents(made_sample)[1]


@pytest.mark.parametrize(("locale", "people"), LOCALES)
def test_text_like_a_formula_is_guarded_in_the_file(plan: Plan, tmp_path: Path, locale: str, people: bool) -> None:
    names = ["=1+1", "+1", "-1", "@A", "'=1", "''=1", "'tis", "plain"]
    plan.run(CreateRecords(tuple(Organisation(code=f"={n}", name=name) for n, name in enumerate(names))))
    file = tmp_path / "out.csv"
    export(plan, "organisations", file, locale=locale, people=people)
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text, delimiter=CsvStyle(locale, people).delimiter))[1 + people :]
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
