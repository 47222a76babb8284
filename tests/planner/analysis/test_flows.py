"""What each line brings adds up to the supply of its material, and follows deliveries as the supply does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis import Cube, Inputs, Stages
from planner.analysis.inputs import Floats
from tests.planner.analysis.plans import Line, Sketch, drawn_inputs

stages_drawn = st.sampled_from(Stages)


def by_material(inputs: Inputs, values: Floats) -> Floats:
    total = np.zeros((len(inputs.materials), inputs.months))
    np.add.at(total, inputs.line_material, values)
    return total


@given(drawn_inputs(), stages_drawn)
def test_lines_add_up_to_the_supply_of_their_material(inputs: Inputs, stages: Stages) -> None:
    cube = Cube(inputs)
    supply, flows = cube.supply(stages), cube.flows(stages)
    assert by_material(inputs, flows.received + flows.firm) == pytest.approx(supply.firm)
    assert by_material(inputs, flows.probable) == pytest.approx(supply.probable)
    assert by_material(inputs, flows.option) == pytest.approx(supply.option)
    assert by_material(inputs, flows.over + flows.option_over) == pytest.approx(supply.over, abs=1e-6)
    assert by_material(inputs, flows.called) == pytest.approx(supply.contracted)
    assert by_material(inputs, flows.full) == pytest.approx(cube.supply(Stages.ALL).contracted)


@given(drawn_inputs(least=1), stages_drawn, st.data())
def test_they_follow_deliveries(inputs: Inputs, stages: Stages, data: st.DataObject) -> None:
    cube = Cube(inputs)
    cube.flows(stages)
    line = data.draw(st.integers(0, len(inputs.line_material) - 1))
    month = data.draw(st.integers(0, inputs.months - 1))
    more = data.draw(st.integers(0, 10_000))
    places = np.array([line]), np.array([month])
    cube.add_deliveries(*places, np.array([0]), np.array([more]))
    fresh = Cube(cube.inputs).flows(stages)
    assert cube.flows(stages).supply == pytest.approx(fresh.supply)
    assert cube.flows(stages).over == pytest.approx(fresh.over, abs=1e-6)


def test_a_plant_gives_firm_lines_before_probable_ones_and_shares_within() -> None:
    """The plant makes 60 t: 40 t are signed, 30 t + 10 t are memoranda, so that these get half each."""
    lines = (
        Line(plant=0, is_metal=True, planned=(40.0,)),
        Line(plant=0, is_metal=True, planned=(30.0,), stage_class=1, probability_pct=100),
        Line(plant=0, is_metal=True, planned=(10.0,), stage_class=1, probability_pct=100, option=(5.0,)),
    )
    materials = (("Co", 0, 1_000_000),)
    flows = Cube(Sketch(materials=materials, lines=lines, plants=((0, (60.0,)),)).inputs()).flows(Stages.PROBABLE)
    assert flows.firm[:, 0].tolist() == [40_000, 0, 0]
    assert flows.probable[:, 0].tolist() == [0, 15_000, 5_000]
    assert flows.over[:, 0].tolist() == [0, 15_000, 5_000]
    assert (flows.option[2, 0], flows.option_over[2, 0]) == (0, 5_000)
