"""Every field of every table is declared so that grids, files and the manual can show it."""

import re

import pytest

from planner.errors import PlannerError
from planner.fields import folded, target_of
from planner.fields.kinds import LineNumber
from planner.fields.quantities import Fraction, Money, Price, Rate
from planner.model import TABLES, Table, table_named
from planner.model.contracts import DEFAULT_PROBABILITY_PPM, FIRM, PROBABLE, STAGE

FIELDS = [(table, field) for table in TABLES.values() for field in table.fields]
NAMES = [f"{table.name}.{field.name}" for table, field in FIELDS]
ALL = list(TABLES.values())


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=NAMES)
def test_a_field_has_a_name_a_title_a_help_and_where_it_counts_a_unit(table: Table, field: object) -> None:
    found = next(each for each in table.fields if each is field)
    assert re.fullmatch(r"[a-z][a-z0-9_]*", found.name)
    assert found.title[0].isupper()
    assert found.help[0].isupper()
    assert found.help.endswith(".")
    assert found.kind.name
    # A share of 0 to 1, a year and a line number have no unit; an amount, a price and a rate have their record's.
    without = Fraction | LineNumber | Money | Price | Rate
    assert bool(found.unit) == (found.kind.numeric and not isinstance(found.kind, without))
    assert found.attr in table.record.__dataclass_fields__


@pytest.mark.parametrize("table", ALL, ids=TABLES)
def test_a_header_means_one_field(table: Table) -> None:
    taken: dict[str, str] = {}
    for field in table.fields:
        for name in field.names():
            assert name, field.name
            assert taken.setdefault(name, field.name) == field.name
        for header in (field.name, field.title, field.heading, field.name.upper(), *field.synonyms):
            assert table.field(header) is field
    assert len({field.name for field in table.fields}) == len(table.fields)
    assert table.field("no such header") is None


@pytest.mark.parametrize("table", ALL, ids=TABLES)
def test_a_table_has_a_key_and_stands_after_those_that_it_refers_to(table: Table) -> None:
    assert table.key
    assert all(field.required for field in table.key)
    earlier = list(TABLES)[: list(TABLES).index(table.name)]
    assert table.refers_to <= set(earlier)
    for field in table.fields:
        target = target_of(field.kind)
        if target is not None and target[1]:
            assert target[1] in {key.name for key in TABLES[target[0]].key}
    assert table.title[0].isupper()
    assert table.singular.islower()
    assert table.one in {f"a {table.singular}", f"an {table.singular}"}


def test_tables_have_names_of_their_own() -> None:
    assert len({folded(table.title) for table in ALL}) == len({table.singular for table in ALL}) == len(TABLES)
    assert table_named("contracts") is TABLES["contracts"]
    with pytest.raises(PlannerError, match=r"There is no table 'contract'. The tables are materials, chemistries"):
        table_named("contract")


def test_a_noun_has_its_article() -> None:
    assert (TABLES["lines"].one, TABLES["organisations"].one) == ("a line", "an organisation")


def test_few_tables_have_rules_over_several_fields() -> None:
    # Each row of theirs is built as a record when it is imported.
    assert [t.name for t in ALL if t.has_rules] == ["evidence", "contracts", "exchange_rates", "price_terms"]


def test_every_stage_has_a_probability_and_a_class_or_is_over() -> None:
    words = {word for word, _ in STAGE.words}
    assert set(DEFAULT_PROBABILITY_PPM) == words
    assert words - PROBABLE - FIRM == {"expired", "cancelled"}
    assert all(DEFAULT_PROBABILITY_PPM[word] == 1_000_000 for word in FIRM)
