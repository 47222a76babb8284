"""Projected stock and net requirement, month by month."""

from dataclasses import dataclass

import numpy as np

from planner.analysis.inputs import Floats

NOISE = 1e-12
"""What sums of fractions leave over, as a part of all that was summed: no requirement."""


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """Kilograms [T]: stock at the start and the end of each month, and what must still be bought in it.

    `planned` is the stock at the end of each month with all that had to be bought so far.
    """

    opening: Floats
    end: Floats
    net: Floats
    planned: Floats


def balance_of(receipts: Floats, gross: Floats, safety: Floats, counted: Floats) -> Balance:
    """Net demand against stock; all [T] in kg of one basis, `counted` at the start of a month or NaN.

    stock[t] = stock[t-1] + receipts[t] - gross[t], below zero when there is a shortage;
    net[t] = max(0, safety[t] - (planned[t-1] + receipts[t] - gross[t])), where planned is the stock with
    the net requirements so far added. A count replaces both; before any count there is nothing.
    """
    noise = NOISE * float(np.abs(receipts).sum() + gross.sum() + safety.sum() + np.nansum(counted))
    opening, end, net, plans = [], [], [], []
    stock = planned = 0.0
    is_counted = (~np.isnan(counted)).tolist()
    counts, changes = counted.tolist(), (receipts - gross).tolist()
    for month, least in enumerate(safety.tolist()):
        if is_counted[month]:
            stock = planned = counts[month]
        opening.append(stock)
        stock += changes[month]
        planned += changes[month]
        missing = least - planned
        if missing <= noise:
            missing = 0.0
        planned += missing
        end.append(stock)
        net.append(missing)
        plans.append(planned)
    return Balance(np.array(opening), np.array(end), np.array(net), np.array(plans))
