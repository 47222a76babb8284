"""Which table a file is for: every exported table is known again, whatever it is called."""

from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.exchange.csv_export import export
from planner.exchange.recognise import likely_table
from planner.model import TABLES
from planner.plan import Plan
from tests.planner.exchange.imported import saved


@pytest.mark.parametrize("locale", [None, "fr"])
@pytest.mark.parametrize("table", TABLES)
def test_an_exported_table_is_recognised(plan: Plan, tmp_path: Path, table: str, locale: str | None) -> None:
    file = tmp_path / f"{table} of March.csv"
    export(plan, table, file, locale=locale, people=locale is not None)
    assert likely_table(file) == table


@pytest.mark.parametrize(
    ("header", "table"),
    [
        ("contract,line,month,quantity_t,status", "deliveries"),
        ("Fournisseur;Contrat;Acheteur;Stage;Start;End", "contracts"),
        ("programme,month,gwh", "demand"),
        ("contract,line,year,agreed_t", "volumes"),
        ("code,name,role,country", "organisations"),
        ("month,quantity_t", None),
        ("a,b,c", None),
    ],
)
def test_a_header_alone_tells_the_table(tmp_path: Path, header: str, table: str | None) -> None:
    assert likely_table(saved(tmp_path, f"{header}\n", "x.csv")) == table


def test_where_headers_fit_two_tables_the_name_of_the_file_decides(tmp_path: Path) -> None:
    header = "element,month,quantity_t\n"
    assert likely_table(saved(tmp_path, header, "Safety stock 2025.csv")) == "safety_stock"


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="is a workbook"):
        likely_table(saved(tmp_path, b"PK\x03\x04", "x.xlsx"))
