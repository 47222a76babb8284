"""A record that is wrong cannot exist."""

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import InvalidValueError
from planner.fields.quantities import Fixed
from planner.model import TABLES, Contract, Delivery, Milestone, Organisation, Table, Volume
from planner.units import LAST_YEAR, Month
from tests.strategies import EXAMPLES, FIRST, consistent, records

CONTRACT = Contract(
    reference="C1", supplier="MNG", buyer="RNO", stage="memorandum", start_month=FIRST.plus(3), end_month=FIRST.plus(17)
)


@pytest.mark.parametrize("table", list(TABLES.values()), ids=TABLES)
@settings(max_examples=20)
@given(data=st.data())
def test_a_record_is_built_again_from_its_values(table: Table, data: st.DataObject) -> None:
    record = data.draw(records(table))
    assert type(record).of(record.values()) == record
    assert list(record.values()) == [field.attr for field in table.fields]
    assert table.key_label(table.key_of(record)) == table.label(record)
    assert hash(record) == hash(replace(record))


@pytest.mark.parametrize("table", list(TABLES.values()), ids=TABLES)
def test_a_record_without_a_required_field_or_with_a_wrong_one_is_refused(table: Table) -> None:
    record = next(each for each in EXAMPLES if each.table == table.name)
    for field in table.fields:
        below = field.kind.lowest - 1 if isinstance(field.kind, Fixed) else -1
        for value in ("\ud800", below, *((None, "") if field.required else ())):
            with pytest.raises(InvalidValueError) as caught:
                table.record.of({**record.values(), field.attr: value})
            assert caught.value.field == field.name


def test_a_record_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        CONTRACT.title = "Other"  # type: ignore[misc] # what is tested


def test_a_term_ends_after_it_starts_and_within_fifty_years() -> None:
    assert replace(CONTRACT, end_month=CONTRACT.start_month).end_month == CONTRACT.start_month
    assert replace(CONTRACT, end_month=CONTRACT.start_month.plus(599)).end_month == FIRST.plus(602)
    with pytest.raises(InvalidValueError, match="end_month: 2025-03 lies before the start, 2025-04"):
        replace(CONTRACT, end_month=FIRST.plus(2))
    with pytest.raises(InvalidValueError, match="end_month: the term is longer than 50 years"):
        replace(CONTRACT, end_month=CONTRACT.start_month.plus(600))


def test_a_probability_is_the_stage_s_where_there_is_none() -> None:
    assert CONTRACT.effective_probability_ppm == 500_000
    assert replace(CONTRACT, stage="letter_of_intent").effective_probability_ppm == 750_000
    assert replace(CONTRACT, stage="delivering").effective_probability_ppm == 1_000_000
    assert replace(CONTRACT, stage="cancelled").effective_probability_ppm == 0
    assert replace(CONTRACT, probability_ppm=0).effective_probability_ppm == 0


def test_a_contract_year_begins_in_the_month_of_the_start_and_lies_within_the_term() -> None:
    # April 2025 to June 2026.
    assert CONTRACT.year_months(2025) == tuple(Month.of(2025, 4).plus(n) for n in range(12))
    assert CONTRACT.year_months(2026) == (Month.of(2026, 4), Month.of(2026, 5), Month.of(2026, 6))
    assert CONTRACT.year_months(2024) == CONTRACT.year_months(2027) == ()


def test_the_last_contract_year_ends_with_the_last_month_of_all() -> None:
    late = replace(CONTRACT, start_month=Month.of(LAST_YEAR, 6), end_month=Month.of(LAST_YEAR, 12))
    assert len(late.year_months(LAST_YEAR)) == 7
    assert CONTRACT.year_months(LAST_YEAR) == ()


@settings(max_examples=20)
@given(consistent())
def test_records_that_fit_together_have_keys_of_their_own(given_records: tuple[Organisation, ...]) -> None:
    keys = [(record.table, TABLES[record.table].key_of(record)) for record in given_records]
    assert len(set(keys)) == len(keys)


def test_people_call_a_record_by_its_key() -> None:
    delivery = Delivery(contract="MNG-CO-2025", line=1, month=Month.of(2025, 3), quantity_kg=1)
    assert TABLES["deliveries"].label(delivery) == "MNG-CO-2025 1 2025-03"
    assert TABLES["volumes"].label(Volume(contract="C", line=2, year=2025, agreed_kg=1)) == "C 2 2025"
    milestone = Milestone(contract="C1", name="First delivery", due=date(2025, 1, 31))
    assert TABLES["milestones"].label(milestone) == "C1 First delivery"
