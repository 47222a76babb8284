"""Columns find their fields by name, near name and content; what the person says goes before all."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import PlannerError
from planner.exchange.mapping import CONSTANT, LEFT_OUT, Mapping, MappingChoice, field_meant, match
from planner.fields import Field
from planner.model import TABLES, Table

DELIVERIES = TABLES["deliveries"]
CODES = {"C1", "C2", "C3"}
HEADER = ("contract", "line", "month", "quantity_t")


def matched(
    header: Sequence[str],
    table: str = "deliveries",
    sample: Sequence[Sequence[str]] = (),
    choice: MappingChoice | None = None,
) -> Mapping:
    return match(header, TABLES[table], "in.csv", sample=sample, choice=choice, known=lambda _: CODES)


def places(mapping: Mapping) -> dict[str, int]:
    return {field.name: column for field, column in zip(mapping.fields, mapping.columns, strict=True)}


def headings(field: Field) -> list[str]:
    names = [field.name, field.title, field.heading, *field.synonyms]
    return [*names, *(name.upper() for name in names)]


@given(st.sampled_from(list(TABLES.values())), st.data())
def test_any_order_and_any_name_of_the_columns_maps_the_same(table: Table, data: st.DataObject) -> None:
    fields = data.draw(st.permutations(table.fields))
    header = [data.draw(st.sampled_from([h for h in headings(f) if table.field(h) == f])) for f in fields]
    assert places(matched(header, table.name)) == {field.name: column for column, field in enumerate(fields)}


@given(st.sampled_from(list(TABLES.values())), st.text(max_size=30))
def test_any_heading_means_a_field_of_the_table_or_none(table: Table, heading: str) -> None:
    meant = field_meant(heading, table)
    assert meant is None or meant[0] in table.fields


@pytest.mark.parametrize(
    ("table", "heading", "name"),
    [
        ("contracts", "Vendor name", "supplier"),
        ("contracts", "SUPPLIER_ID", "supplier"),
        ("contracts", "Start date", "start_month"),
        ("contracts", "contractNo", "reference"),
        ("deliveries", "Qté commandée", "quantity_t"),
        ("deliveries", "Quantités prévues", "quantity_t"),
        ("deliveries", "Quantity (kt)", "quantity_t"),
        ("deliveries", "quantity_kg", "quantity_t"),
        ("deliveries", "N° de contrat", "contract"),
        ("deliveries", "Date de livraison", "month"),
        ("deliveries", "Item number", "line"),
    ],
)
def test_a_name_among_words_that_add_nothing_is_a_near_name(table: str, heading: str, name: str) -> None:
    meant = field_meant(heading, TABLES[table])
    assert meant is not None
    assert (meant[0].name, meant[1]) == (name, "near")


@pytest.mark.parametrize(
    "heading",
    ["Contract date", "Quantity (pieces)", "Quantity (Mt)", "Invoiced by", "Line of business", "x" * 10_000, ""],
)
def test_a_name_among_words_that_say_something_else_is_none(heading: str) -> None:
    assert field_meant(heading, DELIVERIES) is None


def test_a_name_goes_before_a_near_name_and_two_near_names_of_what_may_be_empty_are_none() -> None:
    assert matched([*HEADER, "Qté commandée"]).ignored == ("Qté commandée",)
    assert matched([*HEADER, "Status label", "Status name"]).ignored == ("Status label", "Status name")


def test_two_near_names_of_what_must_be_there_are_an_error_that_names_both() -> None:
    with pytest.raises(PlannerError) as caught:
        matched([*HEADER[:3], "Qté commandée", "Qté livrée"])
    assert str(caught.value) == (
        "in.csv has several columns for quantity_t: 'Qté commandée' and 'Qté livrée'. Rename or delete all but one."
    )


def test_a_column_is_known_by_its_content_where_its_heading_says_nothing() -> None:
    rows = [["C1", "1", "2025-01", "5", "planned"], ["C2", "1", "2025-02", "7", "received"]]
    found = matched(["Order", "line", "When", "qty", "Column5"], sample=rows)
    assert places(found) == {"contract": 0, "line": 1, "month": 2, "quantity_t": 3, "status": 4}
    assert [found.how[name] for name in places(found)] == ["content", "name", "content", "synonym", "content"]
    assert found.confidence["line"] > found.confidence["quantity_t"] > found.confidence["month"]


def test_two_columns_with_the_same_content_are_left_alone() -> None:
    rows = [["C1", "1", "2025-01", "2025-02", "5"], ["C2", "1", "2025-02", "2025-03", "7"]]
    with pytest.raises(PlannerError, match="no column month"):
        matched(["contract", "line", "A", "B", "qty"], sample=rows)


def test_content_does_not_fill_what_may_be_empty_from_a_column_that_is_called_something() -> None:
    rows = [["C1", "1", "2025-01", "5", "planned"]] * 3
    assert matched([*HEADER, "Phase"], sample=rows).ignored == ("Phase",)


def test_what_is_said_goes_before_what_the_header_says() -> None:
    choice = MappingChoice(columns={"quantity_t": 4, "status": LEFT_OUT}, constants={"line": "2"})
    found = matched([*HEADER, "extra", "status"], choice=choice)
    assert places(found) == {"contract": 0, "line": CONSTANT, "month": 2, "quantity_t": 4}
    assert found.constants == {"line": 2}
    assert (found.how["line"], found.how["quantity_t"]) == ("constant", "chosen")
    assert found.ignored == ("line", "quantity_t", "status")


def test_a_key_may_be_one_value_for_all_rows() -> None:
    found = matched(["month", "qty"], choice=MappingChoice(constants={"contract": "C1", "line": "1"}))
    assert places(found) == {"contract": CONSTANT, "line": CONSTANT, "month": 0, "quantity_t": 1}


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        (MappingChoice(constants={"line": "two"}), "line cannot be set to 'two'"),
        (MappingChoice(constants={"colour": "red"}), "Deliveries have no field 'colour'; name one of contract, line"),
        (MappingChoice(columns={"month": 9}), "month was to be in column 10; choose another column"),
        (MappingChoice(columns={"month": -2}), "choose another column for month"),
        (MappingChoice({"line": 1}, {"line": "2"}), "line is given both a column and one value"),
        (MappingChoice(columns={"month": LEFT_OUT}), "has no column month"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(choice: MappingChoice, sentence: str) -> None:
    with pytest.raises(PlannerError) as caught:
        matched(HEADER, choice=choice)
    assert sentence in str(caught.value)


@given(st.permutations(HEADER), st.booleans())
def test_a_choice_that_is_kept_gives_the_mapping_again(header: list[str], constant: bool) -> None:
    choice = MappingChoice(constants={"status": "planned"} if constant else {})
    found = matched(header, choice=choice)
    again = matched(header, choice=found.kept(choice))
    assert (again.fields, again.columns, again.constants) == (found.fields, found.columns, found.constants)
    assert set(again.how.values()) <= {"profile", "constant"}
