"""Workbooks: what is in the cells and how it is shown, that texts stay texts, and what is refused in a sentence."""

import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from planner.commands import CreateRecords
from planner.errors import PlannerError
from planner.exchange import imports
from planner.exchange.extract import Extract, OutColumn
from planner.exchange.workbook_export import export_plan, export_workbook, write_workbook
from planner.exchange.workbook_parts import MOST_ROWS, sheet_name
from planner.fields.kinds import DateKind, MonthKind, Text
from planner.fields.quantities import Energy, Mass
from planner.model import TABLES, Organisation
from planner.plan import Plan
from planner.units import Month
from tests.planner.exchange.imported import contents, counts

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(path: Path, sheet: str) -> list[list[object]]:
    """Return the cells of a sheet as another program reads them."""
    return [list(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()]


def part(path: Path, name: str) -> ET.Element:
    """Return a part of a workbook that we wrote."""
    with zipfile.ZipFile(path) as book:
        return ET.fromstring(book.read(f"xl/{name}.xml"))  # noqa: S314 - our own file


def formats(path: Path, sheet: int) -> dict[str, str]:
    """Return how the cells of the second row of a sheet, by number from 1, are shown: the format by column letter."""
    styles = part(path, "styles")
    named = {each.attrib["numFmtId"]: each.attrib["formatCode"] for each in styles.iter(f"{MAIN}numFmt")}
    known = {"0": "General", "1": "0", "3": "#,##0", "4": "#,##0.00", "49": "@"} | named
    used = [each.attrib["numFmtId"] for each in next(styles.iter(f"{MAIN}cellXfs"))]
    rows = list(part(path, f"worksheets/sheet{sheet}").iter(f"{MAIN}row"))
    return {cell.attrib["r"][0]: known[used[int(cell.attrib.get("s", 0))]] for row in rows[1:2] for cell in row}


def test_a_table_has_headings_with_units_numbers_months_and_texts(plan: Plan, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    assert export_workbook(plan, "deliveries", target) == plan.count("deliveries")
    assert cells(target, "Deliveries")[:2] == [
        ["Contract", "Line", "Month", "Quantity (t)", "Status"],
        ["C1", 1.0, date(2025, 1, 1), 416.0, "Planned"],
    ]
    assert formats(target, 2) == {"A": "@", "B": "0", "C": "yyyy-mm", "D": "#,##0", "E": "@"}


@pytest.mark.parametrize(
    ("values", "shown"),
    [((1_000_000,), "#,##0"), ((1_000_000, 2_500_000, None), "#,##0.0"), ((0, 1), "#,##0.000000"), ((), None)],
)
def test_numbers_are_shown_with_the_decimals_that_one_of_them_needs(
    tmp_path: Path, values: tuple[int | None, ...], shown: str | None
) -> None:
    rows = [(value,) for value in values]
    extract = Extract("demand", "Demand", (OutColumn("e", "E", Energy()),), lambda: iter(rows), len(rows))
    write_workbook((extract,), tmp_path / "out.xlsx", "Demand", ())
    assert formats(tmp_path / "out.xlsx", 2).get("A") == shown


def test_headings_stay_in_sight_and_the_first_sheet_tells_what_it_is(plan: Plan, tmp_path: Path) -> None:
    target = tmp_path / "all.xlsx"
    assert export_plan(plan, target) == sum(plan.count(table) for table in TABLES)
    names = CalamineWorkbook.from_path(target).sheet_names
    assert names == ["About", *(table.title for table in TABLES.values())]
    about = cells(target, "About")
    said = {row[0]: row[1] for row in about}
    assert about[0][0] == "plan"
    assert said["Plan"] == "plan.offtake"
    assert said["Deliveries"] == plan.count("deliveries")
    assert any("To bring it back" in str(row[0]) for row in about)
    for number in range(2, len(names) + 1):
        pane = next(part(target, f"worksheets/sheet{number}").iter(f"{MAIN}pane"))
        assert (pane.attrib["state"], pane.attrib["ySplit"]) == ("frozen", "1")


def test_texts_are_neither_formulas_nor_links_and_come_back(plan: Plan, tmp_path: Path) -> None:
    names = [
        "=1+1",
        "+1",
        "@A",
        "'=1",
        "''=1",
        "'tis",
        "http://a.b/c",
        "1.50",
        "007",
        "TRUE",
        "_x0041_",
        "a\nb",
        "#N/A",
    ]
    plan.run(CreateRecords(tuple(Organisation(code=f"O{n}", name=name) for n, name in enumerate(names))))
    target = tmp_path / "out.xlsx"
    export_workbook(plan, "organisations", target)
    sheet = part(target, "worksheets/sheet2")
    assert not list(sheet.iter(f"{MAIN}f"))
    assert not list(sheet.iter(f"{MAIN}hyperlink"))
    read = {row[0]: row[1] for row in cells(target, "Organisations")}
    assert [read[f"O{n}"] for n in (0, 1, 2, 6, 8)] == ["=1+1", "+1", "@A", "http://a.b/c", "007"]
    assert counts(imports.preview(plan, "organisations", target)) == (0, 0, plan.count("organisations"), 0)


@pytest.mark.parametrize("bad", ["\uffff", "\ufffe"])
def test_a_character_that_no_workbook_can_hold_is_told(plan: Plan, tmp_path: Path, bad: str) -> None:
    plan.run(CreateRecords((Organisation(code="O", name=f"a{bad}"),)))
    with pytest.raises(PlannerError, match=r"holds the character U\+FFF[EF], which no workbook can; delete that"):
        export_workbook(plan, "organisations", tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_more_rows_than_a_sheet_holds_are_refused_with_the_remedy(tmp_path: Path) -> None:
    columns = (OutColumn("a", "A", Text()),)
    many = Extract("deliveries", "Deliveries", columns, lambda: iter(()), MOST_ROWS)
    with pytest.raises(
        PlannerError, match=r"Deliveries has 1,048,576 rows, and a sheet of Excel holds 1,048,575; write"
    ):
        write_workbook((many,), tmp_path / "out.xlsx", "Many", ())
    assert not (tmp_path / "out.xlsx").exists()


def test_to_stop_leaves_the_old_file_and_nothing_else(plan: Plan, tmp_path: Path) -> None:
    target = tmp_path / "all.xlsx"
    target.write_text("old")
    before = set(tmp_path.iterdir())

    def stop(done: float) -> None:
        if done > 0.5:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        export_plan(plan, target, stop)
    assert target.read_text() == "old"
    assert set(tmp_path.iterdir()) == before


def test_what_is_done_rises_from_nothing_to_all(plan: Plan, tmp_path: Path) -> None:
    told: list[float] = []
    export_plan(plan, tmp_path / "all.xlsx", told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_plan_is_not_overwritten(plan: Plan) -> None:
    before = contents(plan)
    with pytest.raises(PlannerError, match="is a plan, and would be lost"):
        export_plan(plan, plan.path)
    assert contents(plan) == before


@given(
    masses=st.lists(st.none() | st.integers(0, 10**12), min_size=1, max_size=20),
    days=st.dates(date(1990, 1, 1), date(2199, 12, 31)),
    month=st.integers(1990 * 12, 2199 * 12 + 11).map(Month),
)
def test_every_number_and_day_is_itself_again(
    tmp_path_factory: pytest.TempPathFactory, masses: list[int | None], days: date, month: Month
) -> None:
    target = tmp_path_factory.mktemp("book") / "out.xlsx"
    columns = (OutColumn("q", "Q", Mass()), OutColumn("d", "D", DateKind()), OutColumn("m", "M", MonthKind()))
    rows = [(mass, days.isoformat(), int(month)) for mass in masses]
    write_workbook((Extract("a", "A", columns, lambda: iter(rows), len(rows)),), target, "A", ())
    read = cells(target, "A")[1:]
    assert [None if row[0] == "" else Mass().parse(repr(row[0]), None) for row in read] == masses
    assert {(row[1], row[2]) for row in read} == {(days, date(month.year, month.month, 1))}


@given(st.lists(st.text() | st.text(st.sampled_from("ab'[]:*?/\\ H")), max_size=5))
def test_names_of_sheets_are_such_as_excel_takes_and_no_two_alike(wanted: list[str]) -> None:
    taken: list[str] = []
    for name in wanted:
        taken.append(sheet_name(name, taken))
    assert len({name.casefold() for name in taken}) == len(taken)
    for name in taken:
        assert 1 <= len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name
