"""Series go on as a spreadsheet continues them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.fields import Field
from planner.fields.numbers import format_number
from planner.fields.typed import parse_typed
from planner.model import TABLES
from planner.units import Month
from tests.strategies import EARLIEST, LATEST
from ui.grids.series import continued, counts_by_itself, repeated


def field_of(table: str, name: str) -> Field:
    field = TABLES[table].field(name)
    assert field is not None
    return field


TONNES, MONTH, DUE = (
    field_of("deliveries", "quantity_t"),
    field_of("deliveries", "month"),
    field_of("milestones", "due"),
)
NAME, CODE, YEAR = field_of("milestones", "name"), field_of("organisations", "code"), field_of("volumes", "year")
SUPPLIER, STATUS = field_of("contracts", "supplier"), field_of("deliveries", "status")


@pytest.mark.parametrize(
    ("field", "seeds", "after"),
    [
        (TONNES, ["400"], ["401", "402", "403"]),
        (TONNES, ["400", "410"], ["420", "430", "440"]),
        (TONNES, ["400,5", "400"], ["399,5", "399", "398,5"]),
        (TONNES, ["1", "3", "4"], ["6", "8", "10"]),
        (YEAR, ["2025"], ["2026", "2027", "2028"]),
        (YEAR, ["2025", "2030"], ["2035", "2040", "2045"]),
        (MONTH, ["2025-11"], ["2025-12", "2026-01", "2026-02"]),
        (MONTH, ["2025-01", "2025-04"], ["2025-07", "2025-10", "2026-01"]),
        (DUE, ["2025-01-31"], ["2025-02-28", "2025-03-31", "2025-04-30"]),
        (DUE, ["2025-01-15", "2025-04-15"], ["2025-07-15", "2025-10-15", "2026-01-15"]),
        (DUE, ["2025-01-01", "2025-01-08"], ["2025-01-15", "2025-01-22", "2025-01-29"]),
        (NAME, ["Step 1"], ["Step 2", "Step 3", "Step 4"]),
        (NAME, ["Step 1", "Step 3"], ["Step 5", "Step 7", "Step 9"]),
        (NAME, ["Step 1", "Other 2"], ["Step 1", "Other 2", "Step 1"]),
        (NAME, ["First delivery"], ["First delivery"] * 3),
        (CODE, ["A-008"], ["A-009", "A-010", "A-011"]),
        (SUPPLIER, ["MNG-1"], ["MNG-1"] * 3),
        (STATUS, ["Planned", "Received"], ["Planned", "Received", "Planned"]),
        (TONNES, ["lots"], ["lots"] * 3),
        (TONNES, ["400", ""], ["400", "", "400"]),
        (TONNES, [], []),
        (None, ["x"], ["x"] * 3),
    ],
)
def test_each_kind_goes_on_in_its_way(field: Field | None, seeds: list[str], after: list[str]) -> None:
    assert continued(seeds, 3, field, "fr_FR") == after


def test_a_series_is_empty_where_the_calendar_ends() -> None:
    assert continued(["2199-11"], 3, MONTH, "en") == ["2199-12", "", ""]
    assert continued(["2199-12-31"], 2, DUE, "en") == ["", ""]
    assert continued(["Step 2", "Step 1"], 3, NAME, "en") == ["Step 0", "", ""]


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 20), st.sampled_from(["en", "fr_FR", "de_CH"]))
def test_numbers_keep_the_step_of_the_first_two(first: int, second: int, count: int, locale: str) -> None:
    seeds = [TONNES.format(first, locale), TONNES.format(second, locale)]
    after = continued(seeds, count, TONNES, locale)
    wanted = [second + (second - first) * number for number in range(1, count + 1)]
    assert after == [format_number(TONNES.kind.seen(each), locale) for each in wanted]  # type: ignore[attr-defined]  # a mass


@given(st.integers(EARLIEST, LATEST - 400), st.integers(0, 12), st.integers(1, 24))
def test_months_keep_the_step_of_the_first_two(first: int, step: int, count: int) -> None:
    seeds = [str(Month(first)), str(Month(first + step))]
    after = [parse_typed(MONTH, text, "en") for text in continued(seeds, count, MONTH, "en")]
    assert after == [Month(first + step * number) for number in range(2, count + 2)]


def test_a_single_cell_counts_on_as_in_a_spreadsheet() -> None:
    assert counts_by_itself(MONTH, "2025-01")
    assert counts_by_itself(NAME, "Step 1")
    assert not counts_by_itself(NAME, "Step")
    assert not counts_by_itself(TONNES, "400")
    assert not counts_by_itself(MONTH, "")
    assert not counts_by_itself(None, "Step 1")


def test_what_does_not_count_is_repeated() -> None:
    assert repeated(["a", "b"], 5) == ["a", "b", "a", "b", "a"]
    assert repeated([], 3) == []
