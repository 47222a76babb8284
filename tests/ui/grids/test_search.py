"""What is found is what is replaced, with case or without, in a part of a text or as the whole of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.grids.search import Search

LETTERS = st.text("sSßaAİi̇ ﬁf.", max_size=8) | st.text(max_size=8)


@given(LETTERS.filter(bool), LETTERS, st.booleans(), st.booleans())
def test_whatever_is_found_can_be_replaced_and_nothing_else(wanted: str, text: str, case: bool, whole: bool) -> None:
    search = Search(wanted, case=case, whole=whole)
    replaced = search.replaced(text, "|")
    assert (replaced is not None) == search.fits(text)
    assert replaced is None or "|" in replaced


@pytest.mark.parametrize(
    ("search", "text", "replaced"),
    [
        (Search("strasse"), "Lange Straße 5", "Lange X 5"),
        (Search("STRASSE"), "Straßenstrasse", "XnX"),
        (Search("s"), "ßa", "Xa"),
        (Search("strasse", case=True), "Straße", None),
        (Search("Straße", case=True), "Straße", "X"),
        (Search(" a", whole=True), "a", None),
        (Search(" a", whole=True), " A", "X"),
        (Search("strasse", whole=True), "STRASSE", "X"),
        (Search(""), "a", None),
        (Search("."), "a.b", "aXb"),
    ],
)
def test_letters_are_the_same_for_both(search: Search, text: str, replaced: str | None) -> None:
    assert search.replaced(text, "X") == replaced


@pytest.mark.parametrize("text", ["1 250", "1\N{NARROW NO-BREAK SPACE}250", "1250"])
def test_marks_between_thousands_do_not_matter_in_numbers(text: str) -> None:
    assert Search(text).in_numbers("fr").replaced("1250", "1300") == "1300"
