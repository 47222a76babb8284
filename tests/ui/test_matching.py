"""A text answers what is typed in a simple order, and the matched letters are those that were typed."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.matching import Match, Rank, match

TEXTS = st.text(alphabet="abcdeéÉİß Æx-–12", max_size=20)


def sure(wanted: str, text: str) -> Match:
    found = match(wanted, text)
    assert found is not None
    return found


def letters(wanted: str, text: str) -> str:
    return "".join(text[place] for place in sure(wanted, text).places)


@pytest.mark.parametrize(
    ("wanted", "text", "rank"),
    [
        ("stock", "Stock", Rank.EXACT),
        ("stock", "Stock counts", Rank.PREFIX),
        ("stock", "Safety stock", Rank.WORD),
        ("co", "MNG-CO-2025", Rank.WORD),
        ("tock", "Safety stock", Rank.INSIDE),
        ("phvol", "Phase volumes", Rank.LETTERS),
        ("dup con", "Duplicate contract…", Rank.LETTERS),
        ("resume", "Résumé", Rank.EXACT),
    ],
)
def test_the_ways_to_answer(wanted: str, text: str, rank: Rank) -> None:
    assert sure(wanted, text).rank is rank


def test_what_is_not_there_does_not_answer() -> None:
    assert match("xyz", "Phase volumes") is None
    assert match("volph", "Phase volumes") is None
    assert match("a", "") is None


def test_better_answers_come_first() -> None:
    texts = ["Export…", "Tables", "Timeline", "Mark as planned", "Plants", "Phase volumes"]
    found = [text for _, text in sorted((sure("p", text), text) for text in texts if match("p", text))]
    assert found == ["Plants", "Phase volumes", "Mark as planned", "Export…"]


def test_scattered_letters_are_rather_the_starts_of_words() -> None:
    assert sure("mpl", "Mark as planned").places == (0, 8, 9)
    assert letters("pv", "Phase volumes") == "Pv"
    assert sure("pv", "Phase volumes") < sure("pv", "Approved")


@given(TEXTS, TEXTS)
def test_the_places_spell_what_was_typed_in_order(wanted: str, text: str) -> None:
    found = match(wanted, text)
    if found is not None:
        assert list(found.places) == sorted(set(found.places))
        assert all(0 <= place < len(text) for place in found.places)
        typed = wanted.strip().replace(" ", "") if found.rank is Rank.LETTERS else wanted.strip()
        assert len(found.places) == len(typed)


@given(TEXTS, st.data())
def test_letters_of_a_text_in_order_always_answer(text: str, data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)))
    wanted = "".join(letter for letter, keep in zip(text, kept, strict=True) if keep)
    assert match(wanted, text) is not None


@pytest.mark.parametrize("changed", [str.upper, str.lower])
@given(text=st.text(alphabet="abcÉé x-", max_size=12))
def test_case_does_not_matter(changed: Callable[[str], str], text: str) -> None:
    assert sure(changed(text), text.strip()).rank is Rank.EXACT
