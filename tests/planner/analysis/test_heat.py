"""The states of the cells of the heat map, and the thresholds that they are told by."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis import CoverRow, Period, Scope, Subject
from planner.analysis.gaps.heat import DEFAULT, CoverState, Thresholds, cover_groups, must_buy, state_of
from planner.errors import PlannerError
from planner.model import Material
from planner.units import Basis
from tests.planner.analysis.books import book_of
from tests.planner.analysis.plans import Line, Programme, Sketch

ROW = CoverRow("2025", 100.0, 0.0, 0.0, 0.0, 0.0, None, 0.0, 0.0, 0.0, 0.0, 100.0)


@pytest.mark.parametrize(
    ("cover", "state"),
    [
        (None, CoverState.NONE),
        (0.0, CoverState.SHORT),
        (99.9, CoverState.SHORT),
        (100.0, CoverState.TIGHT),
        (109.9, CoverState.TIGHT),
        (110.0, CoverState.COVERED),
        (200.0, CoverState.COVERED),
        (200.1, CoverState.EXCESS),
    ],
)
def test_the_state_follows_from_the_cover(cover: float | None, state: CoverState) -> None:
    assert state_of(replace(ROW, cover_pct=cover)) is state


def test_thresholds_are_a_persons_own() -> None:
    own = Thresholds(short_below_pct=80, tight_below_pct=80, excess_above_pct=120)
    states = [state_of(replace(ROW, cover_pct=cover), own) for cover in (79.0, 80.0, 121.0)]
    assert states == [CoverState.SHORT, CoverState.COVERED, CoverState.EXCESS]


def test_a_net_requirement_is_told_whatever_the_cover() -> None:
    covered = replace(ROW, cover_pct=150.0, net_requirement=0.1)
    assert state_of(covered) is CoverState.COVERED
    assert must_buy(covered)
    assert not must_buy(replace(ROW, cover_pct=20.0))


@given(st.integers(-10, 1_100), st.integers(-10, 1_100), st.integers(-10, 1_100))
def test_thresholds_rise_or_are_refused(short: int, tight: int, excess: int) -> None:
    if 0 <= short <= tight <= excess <= 1_000:
        assert Thresholds(short, tight, excess).tight_below_pct == tight
    else:
        with pytest.raises(PlannerError, match="do not rise from 0 to 1,000 %"):
            Thresholds(short, tight, excess)


@given(st.floats(0, 1_000), st.floats(0, 1_000))
def test_more_cover_is_never_a_worse_state(one: float, other: float) -> None:
    order = list(CoverState)
    low, high = (order.index(state_of(replace(ROW, cover_pct=cover), DEFAULT)) for cover in sorted((one, other)))
    assert low <= high


NEEDED = Programme((1.0, 1.0), mix_pct=(100,))
ELEMENTS = ("Mn", "Cu", "Co", "Ni")
SKETCH = Sketch(
    months=2,
    elements=ELEMENTS,
    materials=(("Mn", 0, 1_000_000), ("MnSO4", 0, 325_060), ("Cu", 1, 1_000_000), ("Co", 2, 1_000_000)),
    lines=(Line(3, is_metal=True, planned=(5, 5)), Line(2, is_metal=True, option=(5, 5))),
    programmes=(NEEDED,),
    intensity_mg=((0, 100_000, 100_000, 0),),
)


MATERIALS = (
    Material(code="Mn", name="Manganese metal", element="Mn", contained_fraction_ppm=1_000_000),
    Material(code="MnSO4", name="Manganese sulphate", element="Mn", contained_fraction_ppm=325_060),
    Material(code="Cu", name="Copper", element="Cu", contained_fraction_ppm=1_000_000),
    Material(code="Co", name="Cobalt metal", element="Co", contained_fraction_ppm=1_000_000),
)


def test_what_is_supplied_stands_first_and_what_nobody_needs_last() -> None:
    found = cover_groups(book_of(SKETCH.inputs(), MATERIALS), Scope(by=Period.MONTH))
    assert [group.element.subject.code for group in found] == ["Co", "Cu", "Mn", "Ni"]
    assert [(group.is_supplied, group.is_idle) for group in found] == [
        (True, False),
        (False, False),
        (False, True),
        (False, True),
    ]


@pytest.mark.parametrize("basis", Basis)
def test_the_tables_are_those_of_cover_in_metal_where_the_basis_has_no_meaning(basis: Basis) -> None:
    book = book_of(SKETCH.inputs(), MATERIALS)
    for group in cover_groups(book, Scope(by=Period.MONTH), basis):
        for table in (group.element, *group.materials):
            assert table == book.cube.cover(table.subject, by=Period.MONTH, basis=table.basis)
            assert table.basis in {basis, Basis.METAL}
    bases = {group.element.subject.code: group.element.basis for group in cover_groups(book, Scope(), basis)}
    assert bases["Co"] is basis
    assert bases["Ni"] is (Basis.METAL if basis is not Basis.METAL else basis)


def test_an_element_has_its_materials_under_it_with_their_names() -> None:
    groups = cover_groups(book_of(SKETCH.inputs(), MATERIALS), Scope())
    found = {group.element.subject.code: (group.materials, group.names) for group in groups}
    materials, names = found["Mn"]
    assert [table.subject for table in materials] == [Subject("material", "Mn"), Subject("material", "MnSO4")]
    assert names == ("Manganese metal", "Manganese sulphate")
    assert found["Ni"] == ((), ())
