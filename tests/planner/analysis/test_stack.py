"""What supply is divided into adds up to the supply, and to the rows of the plan file."""

import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis import Inputs, Period, Scope, Stages, Subject
from planner.analysis.gaps.stack import MOST, OTHERS, StackBy, StackTable, by_firmness, stacked
from planner.commands import DeleteRecords
from planner.errors import PlannerError
from planner.exchange.samples import create_sample
from planner.model import Contract
from planner.plan import Plan
from planner.units import KG_PER_T, PPM, Basis, Month
from tests.planner.analysis.books import book_of
from tests.planner.analysis.plans import Line, Sketch, drawn_inputs

COBALT = Subject("element", "Co")
PURE = (("Co", 0, 1_000_000),)
KEY_OF = {
    StackBy.STAGE: "c.stage",
    StackBy.CONTRACT: "c.reference",
    StackBy.SUPPLIER: "s.code",
    StackBy.COUNTRY: "coalesce(nullif(p.country, ''), s.country)",
}


def columns(table: StackTable, kind: str) -> list[tuple[float, ...]]:
    """Return the values of a kind, a column for each period."""
    values = [each.values for each in table.series if each.kind == kind]
    return [tuple(own[at] for own in values) for at in range(len(table.cover.rows))]


@given(drawn_inputs(), st.sampled_from(StackBy), st.sampled_from(Stages), st.sampled_from(Period))
def test_the_series_add_up_to_the_cover_in_every_basis(
    inputs: Inputs, stack_by: StackBy, stages: Stages, by: Period
) -> None:
    book = book_of(inputs)
    subjects = [Subject("element", code) for code in inputs.elements]
    subjects += [Subject("material", code) for code in inputs.materials]
    for subject in subjects:
        for basis in Basis:
            try:
                table = stacked(book, Scope(by=by, stages=stages, subject=subject), stack_by, basis)
            except PlannerError as reason:
                assert str(reason).startswith(("No material", "No programme"))  # noqa: PT017 - the others are bugs
                continue
            cover = book.cube.cover(subject, by=by, basis=basis, stages=stages)
            assert table.cover == cover
            near = pytest.approx
            assert list(map(sum, columns(table, "supply"))) == near([row.supply for row in cover.rows], rel=1e-9)
            assert list(map(sum, columns(table, "option"))) == near([row.option for row in cover.rows], rel=1e-9)
            assert bool(table.over_lines) == any(row.over_capacity > 0 for row in cover.rows)


@given(drawn_inputs(), st.sampled_from(Period))
def test_firmness_divides_as_the_cover_does(inputs: Inputs, by: Period) -> None:
    for code in inputs.elements:
        subject = Subject("element", code)
        table = stacked(book_of(inputs), Scope(by=by, subject=subject), StackBy.FIRMNESS)
        plain = by_firmness(table.cover)
        assert [each.key for each in table.series] == [each.key for each in plain.series]
        for own, other in zip(table.series, plain.series, strict=True):
            assert own.values == pytest.approx(other.values, rel=1e-9)
            assert other.lines == ()


@given(drawn_inputs(least=1), st.sampled_from([by for by in StackBy if by is not StackBy.FIRMNESS]))
def test_each_line_stands_behind_one_series_of_a_kind(inputs: Inputs, stack_by: StackBy) -> None:
    book = book_of(inputs)
    for code in inputs.elements:
        table = stacked(book, Scope(subject=Subject("element", code)), stack_by)
        for kind in ("supply", "option"):
            lines = [line for each in table.series if each.kind == kind for line in each.lines]
            assert len(lines) == len(set(lines))
            assert all(each.lines for each in table.series)


def sketch(tonnes: list[float]) -> Inputs:
    """Return twelve months of a line for each of these quantities."""
    lines = tuple(Line(planned=(t,) * 12) for t in tonnes)
    return Sketch(months=12, materials=PURE, lines=lines).inputs()


def test_beyond_the_eighth_the_smallest_are_others() -> None:
    tonnes = [float(n) for n in (3, 12, 5, 9, 1, 7, 11, 2, 8, 10, 6, 4)]
    table = stacked(book_of(sketch(tonnes)), Scope(subject=COBALT), StackBy.CONTRACT)
    assert len(table.series) == MOST + 1
    assert [each.values[0] / 12 for each in table.series] == pytest.approx([12, 11, 10, 9, 8, 7, 6, 5, 1 + 2 + 3 + 4])
    assert table.series[0].key == table.series[0].title == "C1"
    others = table.series[-1]
    assert (others.key, others.title, others.place) == (OTHERS, OTHERS, -1)
    assert set(others.lines) == {("C0", 1), ("C4", 1), ("C7", 1), ("C11", 1)}


def test_a_key_has_the_same_place_whatever_is_shown() -> None:
    book = book_of(sketch([1.0, 5.0, 3.0]))
    one = stacked(book, Scope(subject=COBALT), StackBy.SUPPLIER)
    assert [(each.key, each.title, each.place) for each in one.series] == [
        ("S1", "Supplier 1", 1),
        ("S2", "Supplier 2", 2),
        ("S0", "Supplier 0", 0),
    ]
    countries = stacked(book, Scope(subject=COBALT), StackBy.COUNTRY)
    assert [(each.key, each.values, each.lines) for each in countries.series] == [
        ("Country 1", (60.0,), (("C1", 1),)),
        ("Country 0", (48.0,), (("C0", 1), ("C2", 1))),
    ]


def test_stages_stand_on_each_other_from_the_firmest() -> None:
    stages = ("memorandum", "signed", "delivering", "letter_of_intent")
    inputs = sketch([9.0, 1.0, 2.0, 3.0])
    first = inputs.first
    contracts = [
        Contract(
            reference=f"C{n}",
            supplier=f"S{n}",
            buyer="BUYER",
            stage=stage,
            start_month=first,
            end_month=first.plus(11),
        )
        for n, stage in enumerate(stages)
    ]
    table = stacked(book_of(inputs, contracts), Scope(subject=COBALT), StackBy.STAGE)
    assert [each.title for each in table.series] == ["Delivering", "Signed", "Letter of intent", "Memorandum"]


def test_everything_at_once_is_not_stacked() -> None:
    with pytest.raises(PlannerError, match="choose one"):
        stacked(book_of(sketch([1.0])), Scope(), StackBy.STAGE)


@pytest.fixture(scope="module")
def unlimited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the sample plan with no limit to any plant, so that supply is just what the rows say."""
    path = tmp_path_factory.mktemp("stack") / "plan.offtake"
    with create_sample(path, "Tester") as plan:
        plan.run(DeleteRecords("plant_capacity", tuple(row.id for row in plan.rows("plant_capacity"))))
    return path


@pytest.mark.parametrize("stack_by", list(KEY_OF))
@pytest.mark.parametrize("element", ["Co", "Ni", "Li", "Mn"])
def test_the_rows_of_the_file_say_the_same(unlimited: Path, stack_by: StackBy, element: str) -> None:
    query = f"""
        SELECT {KEY_OF[stack_by]}, d.month / 12, sum(d.quantity_kg * CASE l.volume_basis WHEN 'metal' THEN :ppm
            ELSE coalesce(l.contained_fraction_ppm, m.contained_fraction_ppm) END)
        FROM deliveries AS d JOIN lines AS l ON l.id = d.line_id JOIN contracts AS c ON c.id = l.contract_id
        JOIN organisations AS s ON s.id = c.supplier_id JOIN materials AS m ON m.id = l.material_id
        LEFT JOIN plants AS p ON p.id = l.plant_id WHERE m.element = :element GROUP BY 1, 2
    """  # noqa: S608 - one of the columns above
    found: dict[str, dict[str, float]] = defaultdict(dict)
    with closing(sqlite3.connect(unlimited)) as connection:
        for key, year, kg_ppm in connection.execute(query, {"ppm": PPM, "element": element}):
            found[key][str(year)] = kg_ppm / PPM / KG_PER_T
    with Plan.open(unlimited, person="Tester") as plan:
        table = plan.ask(stacked, Scope(Period.YEAR, subject=Subject("element", element)), stack_by, Basis.METAL)
    years = [row.period for row in table.cover.rows]
    drawn = {
        each.key: {year: value for year, value in zip(years, each.values, strict=True) if value}
        for each in table.series
        if each.kind == "supply"
    }
    assert set(drawn) == set(found)
    for key, by_year in found.items():
        assert drawn[key] == pytest.approx(by_year)


def test_a_horizon_counts_its_months_alone() -> None:
    book = book_of(sketch([2.0]))
    month = Month.of(2025, 6)
    table = stacked(book, Scope(Period.MONTH, start=month, end=month, subject=COBALT), StackBy.CONTRACT)
    assert [each.values for each in table.series] == [(2.0,)]
