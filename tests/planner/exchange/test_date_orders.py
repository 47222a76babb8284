"""Whether day or month comes first: told from a column, doubted where nothing tells."""

import pytest

from planner.exchange.date_orders import detect_order


@pytest.mark.parametrize(
    ("months", "days", "order", "doubt"),
    [
        ([["25/03/2027", "03/04/2027"]], [], "dmy", ""),
        ([["03/25/2027", "03/04/2027"]], [], "mdy", ""),
        ([], [["03/04/2027"], ["13/04/2027"]], "dmy", ""),
        ([["01/03/2027", "01/04/2027"]], [], "dmy", ""),
        ([["03/01/2027", "04/01/2027"]], [], "mdy", ""),
        ([["99/03/04"]], [], "ymd", ""),
        ([["03/03/2027"]], [], "dmy", ""),
        ([["03.04.2027", "2027-03-04", "March 2027"]], [], "dmy", ""),
        ([], [], "dmy", ""),
        ([["03/13/2027", "25/03/2027", "04/14/2027"]], [], "mdy", ""),
        (
            [["03/04/2027"]],
            [],
            "dmy",
            "03/04/2027 was read as 3 April; it could be 4 March. Check the order of dates.",
        ),
        # First days of months tell nothing about a column of any days.
        (
            [],
            [["01/03/2027", "01/04/2027"]],
            "dmy",
            "01/03/2027 was read as 1 March; it could be 3 January. Check the order of dates.",
        ),
    ],
)
def test_the_order_is_told_from_the_column(
    months: list[list[str]], days: list[list[str]], order: str, doubt: str
) -> None:
    guess, told = detect_order(months=months, days=days)
    assert (guess.value, told) == (order, doubt)
    assert guess.why
    assert guess.confidence < 0.7 or not doubt
