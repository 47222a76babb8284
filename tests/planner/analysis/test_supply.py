"""Contracted supply within the plants' capacity, worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from planner.analysis import CLOSED_CLASS, PROBABLE_CLASS, Cube, Stages, Supply
from tests.planner.analysis.plans import Line, Sketch

# One half of each is metal, so that 100 t of product are 50 t of the element.
HALF = (("Sulphate", 0, 500_000),)


def tonnes(supply: Supply, month: int = 0) -> dict[str, float]:
    """Return the columns of a month in t, summed over the materials."""
    names = ("firm", "probable", "option", "over")
    return {name: float(getattr(supply, name)[:, month].sum()) / 1000 for name in names}


def month_of(stages: Stages, *lines: Line, open_t: tuple[float, ...] | None = None) -> dict[str, float]:
    """Return the first month's supply of these lines of a plan with one plant."""
    return tonnes(Cube(Sketch(materials=HALF, lines=lines, plants=((0, open_t),)).inputs()).supply(stages))


@pytest.mark.parametrize(
    ("stages", "firm", "probable", "option"),
    [
        # firm: (10 planned + 4 received + 2 received of the memorandum + 6 received of the closed) / 2 = 11
        # probable: 20 planned / 2 = 10, weighted by 30 % = 3, left out = 0
        # option: (8 of the firm + 12 of the memorandum) / 2 = 10, never weighted; 8 / 2 = 4 without the memorandum
        (Stages.ALL, 11.0, 10.0, 10.0),
        (Stages.PROBABLE, 11.0, 3.0, 10.0),
        (Stages.FIRM, 11.0, 0.0, 4.0),
    ],
)
def test_stages_choose_how_probable_lines_count(stages: Stages, firm: float, probable: float, option: float) -> None:
    lines = (
        Line(planned=(10,), received=(4,), option=(8,)),
        Line(stage_class=PROBABLE_CLASS, probability_pct=30, planned=(20,), received=(2,), option=(12,)),
        Line(stage_class=CLOSED_CLASS, planned=(100,), received=(6,), option=(100,)),
    )
    supply = month_of(stages, *lines)
    assert supply == pytest.approx({"firm": firm, "probable": probable, "option": option, "over": 0.0})


def test_metal_lines_are_metal_and_an_assay_replaces_the_fraction() -> None:
    # 10 t of metal + 10 t of product x 0.4 = 14 t.
    supply = month_of(Stages.ALL, Line(is_metal=True, planned=(10,)), Line(assay_ppm=400_000, planned=(10,)))
    assert supply["firm"] == 14.0


def test_capacity_is_filled_by_received_then_firm_then_probable_then_options() -> None:
    # Open: 100 t product = 50 t metal. Received 20 / 2 = 10, left 40; firm 60 / 2 = 30, left 10;
    # probable 40 / 2 = 20 of which 10 fit; option 10 / 2 = 5 of which none fits. Over: 10 + 5.
    supply = month_of(
        Stages.ALL,
        Line(plant=0, received=(20,), planned=(60,), option=(10,)),
        Line(plant=0, stage_class=PROBABLE_CLASS, planned=(40,)),
        open_t=(100,),
    )
    assert supply == {"firm": 40.0, "probable": 10.0, "option": 0.0, "over": 15.0}


def test_probability_weighs_the_call_before_the_plant_limits_it() -> None:
    # The memorandum's 40 / 2 x 50 % = 10 t fit beside 10 + 30 into 50, the option finds nothing left.
    supply = month_of(
        Stages.PROBABLE,
        Line(plant=0, received=(20,), planned=(60,), option=(10,)),
        Line(plant=0, stage_class=PROBABLE_CLASS, probability_pct=50, planned=(40,)),
        open_t=(100,),
    )
    assert supply == {"firm": 40.0, "probable": 10.0, "option": 0.0, "over": 5.0}


def test_received_above_capacity_is_over_too() -> None:
    supply = month_of(Stages.FIRM, Line(plant=0, received=(120,)), open_t=(100,))
    assert supply == {"firm": 50.0, "probable": 0.0, "option": 0.0, "over": 10.0}


def test_within_a_class_lines_are_cut_pro_rata() -> None:
    # Two materials of one plant: 30 t x 0.5 = 15 t and 25 t x 0.2 = 5 t are 20 t of metal; the plant makes
    # 20 t x 0.5 = 10 t, one half of it: 7.5 and 2.5 t stay within, as much is over.
    sketch = Sketch(
        materials=(("Sulphate", 0, 500_000), ("Carbonate", 0, 200_000)),
        lines=(Line(material=0, plant=0, planned=(30,)), Line(material=1, plant=0, planned=(25,))),
        plants=((0, (20,)),),
    )
    supply = Cube(sketch.inputs()).supply(Stages.ALL)
    assert (supply.firm[:, 0] / 1000).tolist() == [7.5, 2.5]
    assert (supply.over[:, 0] / 1000).tolist() == [7.5, 2.5]


def test_each_month_has_its_own_limit() -> None:
    sketch = Sketch(months=2, materials=HALF, lines=(Line(plant=0, planned=(40, 40)),), plants=((0, (0, 60)),))
    supply = Cube(sketch.inputs()).supply(Stages.ALL)
    assert tonnes(supply, 0) == {"firm": 0.0, "probable": 0.0, "option": 0.0, "over": 20.0}
    assert tonnes(supply, 1) == {"firm": 20.0, "probable": 0.0, "option": 0.0, "over": 0.0}


def test_what_no_plant_limits_is_taken_in_full() -> None:
    materials = (("CoSulphate", 0, 500_000), ("NiSulphate", 1, 500_000))
    # No plant; a plant without capacity rows; a plant of another element; a plant without a material.
    lines = (
        Line(planned=(2,)),
        Line(plant=0, planned=(4,)),
        Line(plant=1, planned=(8,)),
        Line(plant=2, planned=(16,)),
    )
    sketch = Sketch(
        elements=("Co", "Ni"),
        materials=materials,
        lines=lines,
        plants=((0, None), (1, (0,)), (-1, (0,))),
        intensity_mg=((1, 1),),
    )
    assert tonnes(Cube(sketch.inputs()).supply(Stages.ALL))["firm"] == 15.0


def test_contracted_is_what_was_asked_for_without_options() -> None:
    line = Line(plant=0, received=(20,), planned=(100,), option=(10,))
    cube = Cube(Sketch(materials=HALF, lines=(line,), plants=((0, (30,)),)).inputs())
    assert cube.supply(Stages.ALL).contracted.tolist() == [[60_000.0]]


def test_shapes_that_disagree_are_refused() -> None:
    with pytest.raises(ValueError, match=r"received has the shape \(0, 2\), not \(0, 1\)"):
        replace(Sketch().inputs(), received=np.zeros((0, 2), dtype=np.int64))
    with pytest.raises(ValueError, match="plant_material must lie between -1 and 0"):
        Sketch(plants=((1, None),)).inputs()
    with pytest.raises(ValueError, match="fraction_ppm must be above 0"):
        Sketch(materials=(("Nothing", 0, 0),)).inputs()
