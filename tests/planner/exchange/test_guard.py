"""Text that looks like a formula: never one in a file, and always itself again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.exchange.guard import GUARD, STARTS, guarded, unguarded

TEXTS = st.text() | st.text(st.sampled_from("'=+-@\t\r\na＝"), max_size=6)  # noqa: RUF001 - the full-width form is meant


@given(TEXTS)
def test_the_guard_comes_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(TEXTS, TEXTS)
def test_no_two_texts_are_guarded_alike(one: str, other: str) -> None:
    assert (guarded(one) == guarded(other)) == (one == other)


@given(TEXTS)
def test_nothing_guarded_begins_like_a_formula(text: str) -> None:
    assert guarded(text)[:1] not in STARTS
    assert guarded(text) in {text, GUARD + text}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1"])  # noqa: RUF001 - the full-width form is meant
def test_formulas_are_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "'", "'tis", "CoSO4", "5-6", " '="])
def test_plain_text_is_left_alone(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text
