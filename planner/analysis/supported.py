"""The GWh of cells that the supply of a month allows, the element that limits them, and what would lift that."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from planner.analysis.inputs import Bools, Floats
from planner.analysis.periods import Periods
from planner.analysis.values import SupportedRow
from planner.units import KG_PER_T, KWH_PER_GWH


def supported_rows(
    elements: tuple[str, ...], receipts: Floats, intensity: Floats, kwh: Floats, periods: Periods
) -> tuple[SupportedRow, ...]:
    """Return a row a period for these elements (N), which are those to be reckoned with.

    `receipts` [N, T] metal kg, `intensity` [N, T] mg per kWh (0 or NaN: not needed), `kwh` [T] wanted.
    supported[t] = min over e of receipts[e, t] / intensity of the mix in t; a period has the sum of its
    months, and its bottleneck is the element that would allow least over the whole of it, of those that it
    needs the first of equals. kg / (mg per kWh) are GWh.

    The headroom of a period is what it would gain if its bottleneck limited no month: the second lowest limit less
    the lowest, summed over the months in which the bottleneck is the lowest. `lift_t` is the metal of the bottleneck
    that this takes, each tonne in the month that lacks it; with it the period supports exactly `headroom_gwh` more,
    and the next bottleneck is the element that would then allow least. Where the months of a period have other
    bottlenecks than the period, both may be nothing: more of one element alone helps no month.
    """
    needed = intensity > 0
    allowed = np.divide(receipts, intensity, out=np.full(receipts.shape, np.inf), where=needed)
    # An element that a month's mix does without limits that month no more than the least limiting one.
    most = np.where(needed, allowed, 0.0).max(axis=0, initial=0.0)
    sums = _Sums.of(np.where(needed, allowed, most), needed, intensity, periods)
    wanted = (periods.sums(kwh) / KWH_PER_GWH).tolist()
    return tuple(sums.row(elements, at, label, wanted[at]) for at, label in enumerate(periods.labels))


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """Sums over the months of periods: GWh [P], by element [N, P] what it allows and would gain, t that takes."""

    gwh: Floats
    allowed: Floats
    needed: Bools
    gain: Floats
    lift_t: Floats

    @classmethod
    def of(cls, limits: Floats, needed: Bools, intensity: Floats, periods: Periods) -> Self:
        """Sum the limits [N, T] in GWh of elements that are needed [N, T]."""
        gain = np.maximum(0.0, _least_of_others(limits) - limits)
        # GWh x mg per kWh are kg; an intensity that is not known belongs to an element that the month does without.
        kg = gain * np.where(needed, intensity, 0.0)
        return cls(
            gwh=periods.sums(limits.min(axis=0, initial=np.inf)),
            allowed=periods.sums(limits),
            needed=periods.sums(needed.astype(np.float64)) > 0,
            gain=periods.sums(gain),
            lift_t=periods.sums(kg) / KG_PER_T,
        )

    def row(self, elements: tuple[str, ...], at: int, label: str, wanted: float) -> SupportedRow:
        """Return the row of one period."""
        if not self.needed[:, at].any():
            return SupportedRow(label, None, None, wanted)
        others = np.where(self.needed[:, at], self.allowed[:, at], np.inf)
        worst, gwh = int(others.argmin()), float(self.gwh[at])
        others[worst] = np.inf
        following = int(others.argmin())
        if not np.isfinite(others[following]):
            return SupportedRow(label, gwh, elements[worst], wanted)
        gain, lift_t = float(self.gain[worst, at]), float(self.lift_t[worst, at])
        return SupportedRow(label, gwh, elements[worst], wanted, gain, elements[following], lift_t)


def _least_of_others(limits: Floats) -> Floats:
    """Return for each row of [N, T] the least of the other rows; its own value where there are none."""
    if len(limits) <= 1:
        return limits
    lowest, second = np.partition(limits, 1, axis=0)[:2]
    least: Floats = np.where(limits == lowest, second, lowest)
    return least
