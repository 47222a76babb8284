"""What the status bar says about a selection."""

from decimal import Decimal

import pytest

from ui.grids.grid_model import Number
from ui.grids.selection import SelectionStatistics, statistics

NARROW = "\N{NARROW NO-BREAK SPACE}"


def tonnes(*values: str) -> list[Number]:
    return [Number(Decimal(value), "t") for value in values]


def test_numbers_of_one_unit_are_summed_exactly() -> None:
    found = statistics(4, tonnes("0.1", "0.2", "1250.5"))
    assert found == SelectionStatistics(4, 3, Decimal("1250.8"), "t")
    assert found.sentence("fr_FR") == f"Sum 1{NARROW}250,8 t · Mean 416,93 t · 3 numbers"
    assert found.sentence("en") == "Sum 1,250.8 t · Mean 416.93 t · 3 numbers"


@pytest.mark.parametrize(
    ("cells", "numbers", "sentence"),
    [
        (0, [], ""),
        (1, tonnes("5"), ""),
        (3, [], "3 cells"),
        (2, [Number(Decimal(1), "t"), Number(Decimal(1), "GWh")], "2 cells"),
        (2, [Number(Decimal(10), ""), Number(Decimal(5), "")], "Sum 15 · Mean 7.5 · 2 numbers"),
    ],
)
def test_a_sum_is_told_only_where_it_means_something(cells: int, numbers: list[Number], sentence: str) -> None:
    assert statistics(cells, numbers).sentence("en") == sentence
