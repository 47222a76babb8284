"""Days, months and quarters in any form: what was written is what is read, and what could be two things is refused."""

import re
from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from planner.exchange.periods import DATE_ORDERS, DateOrder, Quarter, heading_period, is_serial, read_day, read_month
from planner.fields.kinds import DateKind, MonthKind
from planner.units import Month
from tests.strategies import months

DAYS = st.dates(date(1990, 1, 1), date(2199, 12, 31))
THIS_CENTURY = st.dates(date(2000, 1, 1), date(2099, 12, 31))
TIMES = ("", " 00:00", "T00:00:00", " 12:34:56.789", " 01:02 PM", "T00:00:00Z")
ORDERED: dict[DateOrder, str] = {"dmy": "{d}/{m}/{y}", "mdy": "{m}/{d}/{y}", "ymd": "{y}/{m}/{d}"}
EXCEL_DAY_0 = date(1899, 12, 30)


@given(day=DAYS, order=st.sampled_from(DATE_ORDERS), mark=st.sampled_from("/-"), time=st.sampled_from(TIMES))
def test_a_day_is_read_in_its_order(day: date, order: DateOrder, mark: str, time: str) -> None:
    text = ORDERED[order].format(d=day.day, m=day.month, y=day.year).replace("/", mark)
    assert read_day(text + time, order) == day
    assert read_month(text + time, order) == Month.of(day.year, day.month)


@given(day=THIS_CENTURY, order=st.sampled_from(DATE_ORDERS))
def test_a_year_of_two_figures_lies_in_this_century(day: date, order: DateOrder) -> None:
    text = ORDERED[order].format(d=f"{day:%d}", m=f"{day:%m}", y=f"{day:%y}")
    assert read_day(text, order) == day


@given(
    day=DAYS, order=st.sampled_from(DATE_ORDERS), form=st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%Y/%m/%d"])
)
def test_forms_with_one_meaning_are_read_in_any_order(day: date, order: DateOrder, form: str) -> None:
    assert read_day(f"{day:{form}}", order) == day


@given(day=DAYS, locale=st.sampled_from(["en", "en_GB", "fr", "de"]), form=st.sampled_from(["d MMM y", "d MMMM y"]))
def test_days_with_names_of_months_are_read(day: date, locale: str, form: str) -> None:
    assert read_day(format_date(day, form, locale)) == day


@given(month=months(), locale=st.sampled_from(["en", "fr", "de"]), form=st.sampled_from(["MMM y", "MMMM y", "MMM-y"]))
def test_months_by_name_are_read(month: Month, locale: str, form: str) -> None:
    assert read_month(format_date(date(month.year, month.month, 1), form, locale)) == month


@given(
    month=months(), form=st.sampled_from(["{y}-{m:02}", "{y}M{m:02}", "{y}{m:02}", "{m:02}/{y}", "{m}.{y}", "M{m} {y}"])
)
def test_months_by_number_are_read(month: Month, form: str) -> None:
    assert read_month(form.format(y=month.year, m=month.month)) == month


FORMS = [
    "T{q} {y}",
    "Q{q}-{s}",
    "{y}-Q{q}",
    "{q}Q{s}",
    "{y}Q{q}",
    "Q{q}/{y}",
    "{q}T{y}",
    "{q}. Quartal {y}",
    "Trim {q} {y}",
]


@given(year=st.integers(2000, 2099), number=st.integers(1, 4), form=st.sampled_from(FORMS))
def test_quarters_are_three_months(year: int, number: int, form: str) -> None:
    found = read_month(form.format(q=number, y=year, s=f"{year % 100:02}"))
    assert isinstance(found, Quarter)
    assert [str(month) for month in found.months] == [f"{year}-{3 * number - 2 + i:02}" for i in range(3)]


@given(day=DAYS)
def test_a_number_of_a_spreadsheet_is_a_day_where_that_is_allowed(day: date) -> None:
    text = str((day - EXCEL_DAY_0).days)
    assert is_serial(text)
    assert read_day(text, serials=True) == day
    with pytest.raises(ValueError, match="is not a date"):
        read_day(text)


@given(day=DAYS)
def test_all_that_fields_read_is_read_so(day: date) -> None:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"):
        text = f"{day:{form}}"
        assert read_day(text) == DateKind().parse(text, None)
        assert read_month(text) == MonthKind().parse(text, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2027", "'2027' is a year and not a month"),
        ("FY 2027", "'FY 2027' is a year and not a month"),
        ("2027-W12", "'2027-W12' is a week and not a month"),
        ("KW 12 2027", "'KW 12 2027' is a week and not a month"),
        ("27-Mar", "'27-Mar' is not a month"),
        ("2027-13", "'2027-13' is not a month"),
        ("31/02/2027", "'31/02/2027' is not a month"),
        ("March", "'March' is not a month"),
        ("12027-01", "'12027-01' is not a month"),
        ("x" * 1_000_000, "is not a month"),
        ("", "'' is not a month"),
        ("9999-01", "the year must lie between 1990 and 2199"),
        (
            "03/13/2027",
            "'03/13/2027' is no day in the order in which the dates are read; choose another order, or write",
        ),
    ],
)
def test_what_is_no_month_is_refused_with_what_it_is(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        read_month(text)


def test_a_quarter_is_no_day() -> None:
    with pytest.raises(ValueError, match="'T1 2027' is a quarter and not a date"):
        read_day("T1 2027")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Jan 2027", "2027-01"),
        ("2027-01", "2027-01"),
        ("01/2027", "2027-01"),
        ("janv.-27", "2027-01"),
        ("T1 2027", "Quarter(first=Month(2027-01))"),
        ("1.27", None),
        ("1 250", None),
        ("20270101", None),
        ("Quantity", None),
        ("", None),
    ],
)
def test_a_heading_may_name_a_month_and_never_a_number(text: str, period: str | None) -> None:
    found = heading_period(text)
    assert (None if found is None else str(found)) == period
