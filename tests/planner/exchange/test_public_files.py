"""Test files of other programs, read as somebody would who points at the columns: each row is in, or refused truly."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.exchange import imports
from planner.exchange.dialect import Dialect
from planner.exchange.inspection import inspect
from planner.exchange.mapping import MappingChoice
from planner.model import TABLES, Organisation
from planner.plan import Plan
from tests.planner.exchange.imported import contents, refused

FILES = Path(__file__).parent / "files" / "public"
COMMAS = Dialect("utf-8", ",", None, 1)
EMPTY = "it is empty, and it must be filled in"
INVISIBLE = "a code holds no line break, tab or invisible character"
TOO_WIDE = "the row has 4 cells and the header 3; put a text or number that holds the delimiter in quotation marks"
TOO_MUCH = "1 row has cells right of the header; these were left out."


@dataclass(frozen=True)
class Expected:
    """Organisations out of a file: how it is read, the columns of code and name, and what becomes of its rows."""

    name: str
    dialect: Dialect | None
    columns: tuple[int, int]
    brought: dict[str, str]
    new: int
    refused: tuple[tuple[int, str, str], ...] = ()
    notes: tuple[str, ...] = ()


NEWSPAPERS = {"Chicago Reader": "1971-01-01", "Chicago Sun-Times": "1948-01-01", "Chicago Tribune": "1920-01-01"}
READ = [
    Expected("acs2012_5yr_population.csv", None, (0, 1), {"31001": "Adams County, NE"}, 93),
    Expected("FY09_EDU_Recipients_by_State.csv", None, (1, 0), {"AL": "ALABAMA", "PR": "PUERTO RICO"}, 52),
    Expected(
        "Datagov_FY10_EDU_recp_by_State.csv",
        Dialect("utf-8", ",", "en", 3),
        (1, 0),
        {"AL": "ALABAMA", "PH": "PHILIPPINES"},
        53,
        ((57, "code", EMPTY),),
        ("1 row of totals was left out.",),
    ),
    Expected("mac_newlines.csv", COMMAS, (0, 1), {"1": "2"}, 1, ((3, "code", INVISIBLE),)),
    Expected("test_header_newline.csv", COMMAS, (1, 2), {"e": "f"}, 1),
    Expected(
        "bad_skip_lines.csv",
        Dialect("utf-8", ",", None, 4),
        (0, 1),
        {"0": "mixed types.... uh oh"},
        1,
        ((5, "", TOO_WIDE), (6, "code", EMPTY)),
    ),
    Expected("test_utf16_little.csv", Dialect("utf-16", ",", None, 1), (0, 2), {"1": "3", "4": "ʤ"}, 2),
    Expected("test_utf16_big.csv", Dialect("utf-16", ",", None, 1), (0, 2), {"1": "3", "4": "ʤ"}, 2),
    Expected("test_latin1.csv", Dialect("cp1252", ",", None, 1), (0, 2), {"1": "3", "4": "©"}, 2),
    Expected("blanks.csv", COMMAS, (1, 2), {"NA": "N/A"}, 1),
    Expected("dummy_col_shuffled_ragged.csv", COMMAS, (2, 0), {"1": "2"}, 1),
    Expected("dummy.tsv", Dialect("utf-8", "\t", None, 1), (0, 1), {"1": "2"}, 1),
    Expected("test_locale.csv", COMMAS, (1, 0), {"200.000.000": "1,7"}, 1),
    Expected(
        "test_skip_lines.xlsx",
        Dialect("", "", None, 4, sheet="Sheet1"),
        (0, 1),
        NEWSPAPERS,
        3,
        ((8, "name", EMPTY), (9, "name", EMPTY)),
        (TOO_MUCH,),
    ),
    Expected(
        "sheets.xls",
        Dialect("", "", None, 1, sheet="data"),
        (0, 1),
        NEWSPAPERS,
        3,
        ((5, "name", EMPTY), (6, "name", EMPTY)),
        (TOO_MUCH,),
    ),
    Expected("test_zeros.xls", Dialect("", "", None, 1, sheet="test.csv"), (0, 1), {"0": "0", "1": "1", "2": "1"}, 3),
]
# Read as what they seem to be they are nothing for a plan, or no text at all.
REFUSED = {
    "empty.csv": "empty.csv is empty; choose a file with a header row.",
    "null_byte.csv": "null_byte.csv has no header row for organisations",
    "test_empty_columns.csv": "test_empty_columns.csv has no header row for organisations",
    "test_date_format.csv": "test_date_format.csv has no header row for organisations",
    "test_ambiguous_date.xlsx": "test_ambiguous_date.xlsx has no sheet with a header row for organisations",
}


@pytest.mark.parametrize("expected", READ, ids=lambda each: each.name)
def test_each_row_is_in_or_refused_with_a_true_reason(plan: Plan, expected: Expected) -> None:
    before = contents(plan)
    code, name = expected.columns
    choice = MappingChoice({"code": code, "name": name})
    found = imports.preview(plan, "organisations", FILES / expected.name, dialect=expected.dialect, choice=choice)
    assert contents(plan) == before
    changes = found.preview.changes
    assert changes is not None
    brought = {each.after.code: each.after.name for each in changes if isinstance(each.after, Organisation)}
    assert brought.items() >= expected.brought.items()
    assert len(brought) == found.preview.new == expected.new
    assert tuple((each.line, each.field, each.reason) for each in found.preview.problems) == expected.refused
    assert found.notes == expected.notes


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_without_any_row_for_a_plan_is_told(plan: Plan, name: str) -> None:
    assert refused(plan, FILES / name, "organisations").startswith(REFUSED[name])


def test_a_zero_byte_is_told_where_it_stands(plan: Plan) -> None:
    with pytest.raises(PlannerError, match="line 2: it holds a NUL character, which no text has"):
        imports.preview(
            plan, "organisations", FILES / "null_byte.csv", dialect=COMMAS, choice=MappingChoice({"code": 0, "name": 1})
        )


def test_every_file_of_the_folder_is_tried() -> None:
    assert {path.name for path in FILES.iterdir()} == {each.name for each in READ} | {*REFUSED, "SOURCES.md"}


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.iterdir() if path.suffix in {".csv", ".xlsx"}))
def test_for_whatever_table_a_file_is_taken_it_is_understood_or_told(name: str) -> None:
    for table in TABLES:
        try:
            seen = inspect(FILES / name, table)
        except PlannerError as error:
            assert str(error).endswith(".")  # noqa: PT017 - some are understood
        else:
            assert seen.rows >= seen.refused
            assert not seen.trouble or seen.trouble.endswith(".")
