"""Contracted supply within the plants' capacity, by material and month."""

from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np

from planner.analysis.inputs import CLOSED_CLASS, FIRM_CLASS, PROBABLE_CLASS, Bools, Floats, Inputs, Ints
from planner.analysis.values import Stages
from planner.units import PPM

# One array each for received deliveries, firm ones, probable ones and options.
Shares: TypeAlias = tuple[Floats, Floats, Floats, Floats]
# Positions on the axis T; a slice of all of them copies nothing.
Months: TypeAlias = Ints | slice


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """Metal kg [M, T]: firm, probable and option within capacity, and what lies `over` it, of all three.

    `contracted` is what was contracted without options, whatever the plants can make.
    """

    firm: Floats
    probable: Floats
    option: Floats
    over: Floats
    contracted: Floats

    @property
    def receipts(self) -> Floats:
        """What is expected to arrive: firm + probable."""
        return self.firm + self.probable

    def put(self, months: Ints, part: Self) -> None:
        """Overwrite these months with `part`, whose columns they are."""
        self.firm[:, months] = part.firm
        self.probable[:, months] = part.probable
        self.option[:, months] = part.option
        self.over[:, months] = part.over
        self.contracted[:, months] = part.contracted


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Lines of one material that share a plant's limit act as one group (G); plant P stands for no limit."""

    line_group: Ints
    line_class: Ints
    metal_ppm: Floats
    planned_ppm: dict[Stages, Floats]
    option_ppm: dict[Stages, Floats]
    plant: Ints
    material: Ints
    capacity: Floats
    """[P + 1, T] metal kg open to us; infinite where it is not limited."""

    @classmethod
    def of(cls, inputs: Inputs) -> Self:
        """Group the lines; a plant limits only lines of the element that its capacity is stated in."""
        plants, materials = len(inputs.plant_material), max(1, len(inputs.materials))
        slot = np.where(_limited(inputs), inputs.line_plant, plants)
        keys, line_group = np.unique(slot * materials + inputs.line_material, return_inverse=True)
        capacity = np.full((plants + 1, inputs.months), np.inf)
        capacity[:-1] = np.where(np.isnan(metal := plant_metal(inputs)), np.inf, metal)
        metal_ppm = np.where(inputs.line_is_metal, PPM, inputs.line_fraction_ppm).astype(np.float64)
        return cls(
            line_group=line_group,
            line_class=inputs.line_stage_class,
            metal_ppm=metal_ppm,
            planned_ppm={stages: metal_ppm * _planned_weight(inputs, stages) for stages in Stages},
            option_ppm={stages: metal_ppm * _option_weight(inputs, stages) for stages in Stages},
            plant=keys // materials,
            material=keys % materials,
            capacity=capacity,
        )


def plant_metal(inputs: Inputs) -> Floats:
    """Return the capacity open to us [P, T] in metal kg; NaN where it is not limited."""
    if not inputs.materials:
        return np.full(inputs.plant_open_kg.shape, np.nan)
    ppm = np.where(inputs.plant_material >= 0, inputs.fraction_ppm[inputs.plant_material], np.nan)
    metal: Floats = inputs.plant_open_kg * ppm[:, None] / PPM
    return metal


def open_capacity(inputs: Inputs) -> Floats:
    """Return the capacity stated in each material [M, T] in metal kg; NaN where no plant is limited."""
    metal = plant_metal(inputs)
    stated = inputs.plant_material >= 0
    metal, material = metal[stated], inputs.plant_material[stated]
    limited = sum_groups(np.where(np.isnan(metal), 0.0, 1.0), material, len(inputs.materials))
    total = sum_groups(np.nan_to_num(metal), material, len(inputs.materials))
    return np.where(limited > 0, total, np.nan)


def supply_of(inputs: Inputs, grouping: Grouping, stages: Stages, months: Months) -> Supply:
    """Return the supply in these months, K of them: arrays are [M, K].

    Where several lines share a plant, received deliveries come first, then firm, then probable, then options,
    pro rata within each. Weighting by probability comes before the limit: it is the call that the plant must
    expect.
    """
    calls = _calls(inputs, grouping, stages, months)
    shares = _shares(calls, grouping, months)
    within = [call * share[grouping.plant] for call, share in zip(calls, shares, strict=True)]
    received, firm, probable, option = within
    over = np.sum([call - kept for call, kept in zip(calls, within, strict=True)], axis=0)
    parts = (received + firm, probable, option, over, calls[0] + calls[1] + calls[2])
    return Supply(*(sum_groups(part, grouping.material, len(inputs.materials)) for part in parts))


def plant_shares(inputs: Inputs, grouping: Grouping, stages: Stages, months: Months) -> Shares:
    """Return which share of its calls each plant can make in these months, [P + 1, K] each.

    Of received deliveries, firm ones, probable ones and options; the last row is that of no limit.
    """
    return _shares(_calls(inputs, grouping, stages, months), grouping, months)


def sum_groups(values: Floats, group: Ints, groups: int) -> Floats:
    """Sum the rows of `values` [N, K] by `group` [N] into [groups, K], always in the order of the rows."""
    columns = values.shape[1]
    cells = group[:, None] * columns + np.arange(columns)
    sums = np.bincount(cells.ravel(), weights=values.ravel(), minlength=groups * columns)
    return np.asarray(sums, dtype=np.float64).reshape(groups, columns)


def _shares(calls: Shares, grouping: Grouping, months: Months) -> Shares:
    """Return the share that the plants keep of each of the calls, which come first to last."""
    left = grouping.capacity[:, months]
    shares = []
    for call in calls:
        asked = sum_groups(call, grouping.plant, len(left))
        kept = np.minimum(asked, left)
        left = left - kept
        shares.append(np.divide(kept, asked, out=np.ones_like(kept), where=asked > 0))
    received, firm, probable, option = shares
    return received, firm, probable, option


def _limited(inputs: Inputs) -> Bools:
    """Tell which lines [L] have a plant whose capacity is stated in a material of their own element."""
    placed = inputs.line_plant >= 0
    if not placed.any():
        return placed
    stated = inputs.plant_material[inputs.line_plant]
    same = inputs.material_element[stated] == inputs.material_element[inputs.line_material]
    limited: Bools = placed & (stated >= 0) & same
    return limited


def _calls(inputs: Inputs, grouping: Grouping, stages: Stages, months: Months) -> Shares:
    """Return what is asked of each group, [G, K] metal kg: received, firm, probable, option.

    kg x ppm are whole numbers, so that the sums are exact until they are divided.
    """
    groups, group = len(grouping.plant), grouping.line_group
    split = group + groups * (grouping.line_class == PROBABLE_CLASS)
    received = sum_groups(inputs.received[:, months] * grouping.metal_ppm[:, None], group, groups)
    planned = sum_groups(inputs.planned[:, months] * grouping.planned_ppm[stages][:, None], split, 2 * groups)
    option = sum_groups(inputs.option[:, months] * grouping.option_ppm[stages][:, None], group, groups)
    return received / PPM, planned[:groups] / PPM, planned[groups:] / PPM, option / PPM


def _planned_weight(inputs: Inputs, stages: Stages) -> Floats:
    """Return how planned deliveries count [L]; what was received counts in full at any stage."""
    stage = inputs.line_stage_class
    probable: Floats = inputs.line_probability_ppm / PPM
    if stages is not Stages.PROBABLE:
        probable = np.full(len(stage), float(stages is Stages.ALL))
    return np.where(stage == PROBABLE_CLASS, probable, np.where(stage == FIRM_CLASS, 1.0, 0.0))


def _option_weight(inputs: Inputs, stages: Stages) -> Floats:
    """Return how options count [L]: in full, or not at all where the contract is left out or closed."""
    stage = inputs.line_stage_class
    left_out = (stage == CLOSED_CLASS) | ((stage == PROBABLE_CLASS) & (stages is Stages.FIRM))
    return np.where(left_out, 0.0, 1.0)
