"""What each line brings by month: within its plant's capacity, above it, and what weighting takes away."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from planner.analysis.inputs import PROBABLE_CLASS, Floats, Inputs, Ints
from planner.analysis.supply import Grouping, Months, plant_shares
from planner.analysis.values import Stages
from planner.units import PPM


@dataclass(frozen=True, slots=True, eq=False)
class LineFlows:
    """Metal kg of each line and month [L, T]; `firm` has no received part, `over` no part of an option.

    `full` is received + planned with every probable contract in full, whatever the plants can make; `called` the same
    as the stages count.
    """

    received: Floats
    firm: Floats
    probable: Floats
    option: Floats
    over: Floats
    option_over: Floats
    full: Floats

    @classmethod
    def of(cls, inputs: Inputs, grouping: Grouping, stages: Stages, months: Months) -> Self:
        """Return the flows in these months, K of them: arrays are [L, K]; shared out as `supply_of` does."""
        plant = grouping.plant[grouping.line_group] if len(grouping.line_group) else grouping.line_group
        first, firm, probable, option = (share[plant] for share in plant_shares(inputs, grouping, stages, months))
        is_probable = (grouping.line_class == PROBABLE_CLASS)[:, None]
        received = inputs.received[:, months] * (grouping.metal_ppm / PPM)[:, None]
        planned = inputs.planned[:, months] * (grouping.planned_ppm[stages] / PPM)[:, None]
        full = inputs.planned[:, months] * (grouping.planned_ppm[Stages.ALL] / PPM)[:, None] + received
        options = inputs.option[:, months] * (grouping.option_ppm[stages] / PPM)[:, None]
        kept_received, kept_options = received * first, options * option
        kept = planned * np.where(is_probable, probable, firm)
        return cls(
            received=kept_received,
            firm=np.where(is_probable, 0.0, kept),
            probable=np.where(is_probable, kept, 0.0),
            option=kept_options,
            over=received - kept_received + planned - kept,
            option_over=options - kept_options,
            full=full,
        )

    @property
    def supply(self) -> Floats:
        """What is expected to arrive [L, T]: received, firm and probable within capacity."""
        return self.received + self.firm + self.probable

    @property
    def called(self) -> Floats:
        """What is asked of the plants [L, T], options apart."""
        return self.supply + self.over

    def of_lines(self, lines: Ints) -> Self:
        """Return the flows of some lines, in their order."""
        return type(self)(*(getattr(self, field.name)[lines] for field in fields(self)))

    def put(self, months: Ints, part: Self) -> None:
        """Overwrite these months with `part`, whose columns they are."""
        for field in fields(self):
            getattr(self, field.name)[:, months] = getattr(part, field.name)
