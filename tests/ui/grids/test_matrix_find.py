"""A part of a number as it is shown finds the number, however it is grouped."""

from hypothesis import assume, given
from hypothesis import strategies as st

from ui.grids.matrix_find import Wanted
from ui.grids.matrix_source import field_of

KG = field_of("deliveries", "quantity_kg")


@given(
    value=st.integers(0, 10**12),
    start=st.integers(0, 10),
    length=st.integers(1, 10),
    locale=st.sampled_from(("en", "fr", "de", "de_CH")),
)
def test_every_part_of_a_number_finds_it(value: int, start: int, length: int, locale: str) -> None:
    shown = KG.format(value, locale, grouping=True)
    part = shown[start : start + length]
    wanted = Wanted(part, KG, locale, case=False, whole=False)
    assume(wanted.is_number())
    assert wanted.is_in_number(value)
    assert wanted.digits in str(value).zfill(wanted.width)
    assert Wanted(shown, KG, locale, case=False, whole=True).is_in_number(value)


@given(value=st.integers(0, 10**12), other=st.integers(0, 10**12))
def test_a_whole_number_finds_no_other(value: int, other: int) -> None:
    wanted = Wanted(KG.format(value, "fr"), KG, "fr", case=False, whole=True)
    assert wanted.is_in_number(other) == (value == other)


def test_a_word_is_in_no_number() -> None:
    assert not Wanted("cobalt", KG, "fr", case=False, whole=False).is_number()
