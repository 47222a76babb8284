"""Netting of months whose fractions do not add up exactly."""

import numpy as np

from planner.analysis.balance import balance_of


def test_what_fractions_leave_over_is_no_requirement() -> None:
    # 0.3 - 0.1 - 0.1 - 0.1 is -2.8e-17 in binary fractions.
    nothing = np.zeros(3)
    balance = balance_of(np.array([0.3, 0.0, 0.0]), np.full(3, 0.1), nothing, np.full(3, np.nan))
    assert balance.end[-1] < 0
    assert balance.net.tolist() == [0.0, 0.0, 0.0]
