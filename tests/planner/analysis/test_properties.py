"""What holds of every plan: conservation, splitting, sums of periods, scale, and a cube that follows edits."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis import Basis, CoverRow, CoverTable, Cube, Inputs, Period, Stages, Subject, Supply
from planner.analysis.inputs import Floats, Ints
from planner.errors import PlannerError
from planner.units import PPM
from tests.planner.analysis.plans import drawn_inputs

SCALED = ("received", "planned", "option", "plant_open_kg", "demand_kwh", "counted_kg", "safety_kg")
SUMMED = ("demand", "firm", "probable", "option", "supply", "over_capacity", "net_requirement")
NOT_SCALED = ("period", "cover_pct")
# Sums in another order, in t: far below the kilogram that plans hold.
NEAR = 1e-5

stages_drawn = st.sampled_from(Stages)


def tables(cube: Cube, stages: Stages, by: Period = Period.MONTH) -> list[CoverTable]:
    """Return the tables of every subject in every basis that it can be shown in."""
    subjects = [Subject("element", code) for code in cube.inputs.elements]
    subjects += [Subject("material", code) for code in cube.inputs.materials]
    found = []
    for subject in subjects:
        for basis in Basis:
            try:
                found.append(cube.cover(subject, by=by, basis=basis, stages=stages))
            except PlannerError as reason:
                assert str(reason).startswith(("No material", "No programme"))  # noqa: PT017 - the others are bugs
    return found


def numbers(supply: Supply) -> list[Floats]:
    return [getattr(supply, field.name) for field in fields(supply)]


@given(drawn_inputs(), stages_drawn)
def test_mass_is_conserved(inputs: Inputs, stages: Stages) -> None:
    supply = Cube(inputs).supply(stages)
    ppm = np.where(inputs.line_is_metal, PPM, inputs.line_fraction_ppm)[:, None]
    weight = {Stages.ALL: 1.0, Stages.PROBABLE: inputs.line_probability_ppm / PPM, Stages.FIRM: 0.0}[stages]
    planned = np.choose(inputs.line_stage_class, [np.float64(1.0), weight, np.float64(0.0)])[:, None]
    counts = inputs.line_stage_class < (1 if stages is Stages.FIRM else 2)
    asked = (inputs.received + inputs.planned * planned + inputs.option * counts[:, None]) * ppm / PPM
    total = np.zeros(supply.firm.shape)
    np.add.at(total, inputs.line_material, asked)
    assert supply.firm + supply.probable + supply.option + supply.over == pytest.approx(total)
    assert all((column >= 0).all() for column in numbers(supply))


@given(drawn_inputs(least=1), stages_drawn)
def test_no_plant_gives_more_than_it_can_make(inputs: Inputs, stages: Stages) -> None:
    one_plant = replace(
        inputs,
        material_element=np.zeros_like(inputs.material_element),
        line_plant=np.zeros_like(inputs.line_plant),
        plant_material=np.zeros_like(inputs.plant_material),
        plant_open_kg=np.nan_to_num(inputs.plant_open_kg),
    )
    supply = Cube(one_plant).supply(stages)
    within, over = (supply.firm + supply.probable + supply.option).sum(axis=0), supply.over.sum(axis=0)
    limit = one_plant.plant_open_kg[0] * one_plant.fraction_ppm[0] / PPM
    assert (within <= limit * (1 + 1e-9)).all()
    # What is over was refused by a full plant.
    assert within[over > 0] == pytest.approx(limit[over > 0])


@given(drawn_inputs(), stages_drawn, st.integers(0, PPM))
def test_a_line_split_in_two_changes_no_total(inputs: Inputs, stages: Stages, share_ppm: int) -> None:
    doubled: dict[str, Any] = {
        name: np.repeat(getattr(inputs, name), 2, axis=0)
        for name in Inputs.__dataclass_fields__
        if name.startswith("line_")
    }
    for name in ("received", "planned", "option"):
        whole: Ints = getattr(inputs, name)
        part = whole * share_ppm // PPM
        doubled[name] = np.stack([part, whole - part], axis=1).reshape(-1, inputs.months)
    split, one = Cube(replace(inputs, **doubled)).supply(stages), Cube(inputs).supply(stages)
    for left, right in zip(numbers(split), numbers(one), strict=True):
        assert left == pytest.approx(right)


@given(drawn_inputs(), stages_drawn, st.sampled_from([Period.QUARTER, Period.YEAR]))
def test_longer_periods_are_the_sums_of_their_months(inputs: Inputs, stages: Stages, by: Period) -> None:
    cube = Cube(inputs)
    for months, periods in zip(tables(cube, stages), tables(cube, stages, by), strict=True):
        inside = [[row for row in months.rows if period_of(row.period, by) == longer.period] for longer in periods.rows]
        assert sum(map(len, inside)) == inputs.months
        for longer, rows in zip(periods.rows, inside, strict=True):
            for name in SUMMED:
                total = sum(getattr(row, name) for row in rows)
                assert getattr(longer, name) == pytest.approx(total, abs=NEAR)
            assert (longer.stock_end, longer.safety_stock) == (rows[-1].stock_end, rows[-1].safety_stock)
    monthly, longer_gwh = (cube.supported(by=each, stages=stages).rows for each in (Period.MONTH, by))
    assert sum(row.gwh or 0 for row in monthly) == pytest.approx(sum(row.gwh or 0 for row in longer_gwh))


def period_of(month: str, by: Period) -> str:
    year, number = month.split("-")
    return year if by is Period.YEAR else f"{year}-Q{-(-int(number) // 3)}"


@given(drawn_inputs(), stages_drawn)
def test_doubling_everything_doubles_everything_but_cover(inputs: Inputs, stages: Stages) -> None:
    scaled: dict[str, Any] = {name: getattr(inputs, name) * 2 for name in SCALED}
    twice = replace(inputs, **scaled)
    for one, two in zip(tables(Cube(inputs), stages), tables(Cube(twice), stages), strict=True):
        for row, other in zip(one.rows, two.rows, strict=True):
            assert row.cover_pct == pytest.approx(other.cover_pct)
            for name in {field.name for field in fields(CoverRow)} - set(NOT_SCALED):
                number = getattr(row, name)
                expected = None if number is None else pytest.approx(2 * number, abs=NEAR)
                assert getattr(other, name) == expected
    for row_one, row_two in zip(
        Cube(inputs).supported(by=Period.YEAR).rows, Cube(twice).supported(by=Period.YEAR).rows, strict=True
    ):
        assert (row_one.gwh is None) == (row_two.gwh is None)
        assert row_two.gwh == (None if row_one.gwh is None else pytest.approx(2 * row_one.gwh))
        assert row_two.demand_gwh == pytest.approx(2 * row_one.demand_gwh)


@given(drawn_inputs(), st.data())
def test_a_cube_that_followed_edits_equals_a_rebuilt_one(inputs: Inputs, data: st.DataObject) -> None:
    received, planned = inputs.received.copy(), inputs.planned.copy()
    cube = Cube(inputs)
    lines = len(inputs.line_material)
    cell = st.tuples(
        st.integers(0, max(0, lines - 1)), st.integers(0, inputs.months - 1), *(st.integers(0, 9_000),) * 2
    )
    for edit in data.draw(st.lists(st.lists(cell, max_size=5 if lines else 0), max_size=4)):
        asked = data.draw(stages_drawn)
        cube.supply(asked)
        line, month, more_received, more_planned = np.array(edit, dtype=np.int64).reshape(-1, 4).T
        cube.add_deliveries(line, month, more_received, more_planned)
        np.add.at(received, (line, month), more_received)
        np.add.at(planned, (line, month), more_planned)
    rebuilt = Cube(replace(inputs, received=received, planned=planned))
    for stages in Stages:
        for followed, anew in zip(numbers(cube.supply(stages)), numbers(rebuilt.supply(stages)), strict=True):
            assert (followed == anew).all()
        assert tables(cube, stages) == tables(rebuilt, stages)
        by = Period.QUARTER
        assert cube.supported(by=by, stages=stages) == rebuilt.supported(by=by, stages=stages)


@given(drawn_inputs(least=1))
def test_a_cube_leaves_the_arrays_that_it_was_given_alone(inputs: Inputs) -> None:
    before = inputs.planned.copy()
    one = np.ones(1, dtype=np.int64)
    cube = Cube(inputs)
    cube.add_deliveries(one * 0, one * 0, one, one)
    assert (inputs.planned == before).all()
    assert cube.inputs.planned[0, 0] == before[0, 0] + 1
    with pytest.raises(ValueError, match="invalid entry"):
        cube.add_deliveries(one * 0, -one, one, one)
    cube.replace(inputs)
    assert (cube.inputs.planned == before).all()
