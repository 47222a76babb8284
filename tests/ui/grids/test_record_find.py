"""What is found in a table is what its cells show, the marks between thousands left out."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from planner.fields import Field, Value
from planner.fields.numbers import format_number
from tests.planner.sheet.sheets import drawn_rows, sheet_of, tables
from ui.grids.formats import shown
from ui.grids.record_find import Wanted


def written(field: Field, value: Value, locale: str) -> str:
    """Return what a cell shows, without the marks between thousands."""
    return field.format(value, locale) if field.kind.numeric else shown(field, value, locale)


@given(st.data())
def test_all_cells_that_show_the_text_are_found_in_order(data: DataObject) -> None:
    table = data.draw(tables())
    rows = data.draw(drawn_rows(table))
    locale = data.draw(st.sampled_from(("en", "fr_FR", "de_CH")))
    texts = [[written(field, row[field.attr], locale) for field in table.fields] for row in rows]
    given_texts = ["1", "A", "fi", "2025", "0", *(t for line in texts for t in line if t.strip())]
    text = data.draw(st.sampled_from([each for each in given_texts if not _is_grouped(each, locale)]))
    whole, case = data.draw(st.booleans()), data.draw(st.booleans())
    sheet = sheet_of(table, rows)
    order = data.draw(st.permutations(range(len(rows))))
    found = Wanted(text, locale, case=case, whole=whole).cells(sheet, sheet.ids[list(order)], table.fields)

    def holds(shown_text: str, field: Field) -> bool:
        wanted, here = (text, shown_text) if case or field.kind.numeric else (text.casefold(), shown_text.casefold())
        return bool(here) and (here == wanted if whole else wanted in here)

    expected = [
        (at, column)
        for at, place in enumerate(order)
        for column, field in enumerate(table.fields)
        if holds(texts[place][column], field) and (not field.kind.numeric or _is_number(text))
    ]
    assert found == expected


def _is_number(text: str) -> bool:
    return any(map(str.isdecimal, text))


def _is_grouped(text: str, locale: str) -> bool:
    """Tell whether a text holds what is left out of numbers."""
    group = format_number(Decimal(1_000), locale, grouping=True)[1:-3]
    return group in text or any(map(str.isspace, text))
