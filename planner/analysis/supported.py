"""The GWh of cells that the supply of a month allows, and the element that limits them."""

import numpy as np

from planner.analysis.inputs import Floats
from planner.analysis.periods import Periods
from planner.analysis.values import SupportedRow
from planner.units import KWH_PER_GWH


def supported_rows(
    elements: tuple[str, ...], receipts: Floats, intensity: Floats, kwh: Floats, periods: Periods
) -> tuple[SupportedRow, ...]:
    """Return a row a period for these elements (N), which are those to be reckoned with.

    `receipts` [N, T] metal kg, `intensity` [N, T] mg per kWh (0 or NaN: not needed), `kwh` [T] wanted.
    supported[t] = min over e of receipts[e, t] / intensity of the mix in t; a period has the sum of its
    months, and its bottleneck is the element that would allow least over the whole of it, the first of
    equals. kg / (mg per kWh) are GWh.
    """
    needed = intensity > 0
    allowed = np.divide(receipts, intensity, out=np.full(receipts.shape, np.inf), where=needed)
    # An element that a month's mix does without limits that month no more than the least limiting one.
    most = np.where(needed, allowed, 0.0).max(axis=0, initial=0.0)
    limits = np.where(needed, allowed, most)
    gwh = periods.sums(limits.min(axis=0, initial=np.inf)).tolist()
    counts = periods.sums(np.where(needed.any(axis=0), 1.0, 0.0)).tolist()
    by_element = periods.sums(limits)
    wanted = (periods.sums(kwh) / KWH_PER_GWH).tolist()
    rows = []
    for position, label in enumerate(periods.labels):
        if counts[position]:
            worst = elements[int(by_element[:, position].argmin())]
            rows.append(SupportedRow(label, gwh[position], worst, wanted[position]))
        else:
            rows.append(SupportedRow(label, None, None, wanted[position]))
    return tuple(rows)
