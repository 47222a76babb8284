"""Files as programs and people save them, each with what must come out: rows, what is left out, what is refused."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from planner.fields import Value
from planner.model import Delivery
from planner.plan import Plan
from tests.planner.exchange.imported import previewed, saved

FILES = Path(__file__).parent / "files" / "texts"


@dataclass(frozen=True)
class Expected:
    """What comes out of a file of deliveries: kilograms by month, notes, refused lines, a doubt."""

    name: str
    kg: dict[str, int]
    notes: tuple[str, ...] = ()
    refused: tuple[int, ...] = ()
    doubt: str = ""


DELIVERIES = [
    Expected(
        "sap_unconverted.txt",
        {"2025-02": 1_250_500, "2025-03": 980_000, "2025-04": 1_100_000},
        (
            "4 ruled lines were left out.",
            "1 row of headings that come again was left out.",
            "1 row of totals was left out.",
        ),
        (11,),
    ),
    Expected(
        "excel_francais.csv",
        {"2025-02": 1_250_500, "2025-03": 980_000, "2025-04": 1_100_250},
        ("2 rows of totals were left out.",),
    ),
    Expected("excel_mac.csv", {"2025-02": 1_250_500, "2025-08": 980_000}, ("Quantity is given in kg.",)),
    Expected(
        "excel_deutsch.csv",
        {"2025-03": 1_200_000, "2025-04": 1_200, "2025-05": 1_250_750},
        ("1 row of totals was left out.",),
    ),
    Expected(
        "excel_us.csv",
        {"2025-02": 1_000_000},
        ("1 row of totals was left out.", "Quantity is given in lb, read to the nearest 0.001 t."),
        (3,),
    ),
    Expected("excel_unicode.txt", {"2025-02": 12_500, "2025-03": 1_250_500}),
    Expected(
        "data_warehouse.csv",
        {"2025-02": 12_500, "2025-03": 1_250_500, "2025-04": 7_000},
        ("1 row of headings that come again was left out.",),
    ),
    Expected("statistics.tsv", {"2025-02": 12_500, "2025-03": 13_000}),
    Expected(
        "serials.csv",
        {"2025-02": 10_000, "2025-03": 11_500},
        ("The numbers in Month were read as days of a spreadsheet.",),
    ),
    Expected(
        "quarters.csv",
        {
            "2025-01": 5_000,
            "2025-04": 33_334,
            "2025-05": 33_333,
            "2025-06": 33_333,
            "2025-07": 2,
            "2025-08": 1,
            "2025-09": 1,
        },
        ("2 rows of quarters were spread evenly over the three months of each.",),
    ),
    Expected(
        "cobalt_contained.csv",
        {"2025-02": 100_000, "2025-03": 47_696},
        ("Quantity is given in t Co, read to the nearest 0.001 t.",),
        doubt="20,966 was read as 20.966; it could also mean 20966. Check the decimal mark.",
    ),
    Expected("mixed_ends.csv", {"2025-02": 1_000, "2025-03": 2_000, "2025-04": 3_000}),
    Expected(
        "wide_forecast.csv",
        {"2025-02": 10_000, "2025-03": 11_500, "2025-04": 10_000, "2025-05": 10_000, "2025-06": 10_000},
        (
            "3 columns, Feb 2025 to T2 2025, were turned into a row for each month that is filled.",
            "Sums beside the months were left out: 'Total'.",
            "1 row of totals was left out.",
            "1 row of a quarter was spread evenly over the three months of each.",
        ),
    ),
]


def brought(plan: Plan, name: str, table: str, attr: str) -> list[Value]:
    """Return one value of each record that a file brings, none of it refused."""
    found = previewed(plan, FILES / name, table)
    assert found.preview.problems == ()
    assert found.preview.changes is not None
    return [change.after.values()[attr] for change in found.preview.changes if change.after is not None]


@pytest.mark.parametrize("expected", DELIVERIES, ids=lambda each: each.name)
def test_a_file_of_deliveries_gives_its_rows_and_says_what_it_left_out(plan: Plan, expected: Expected) -> None:
    found = previewed(plan, FILES / expected.name)
    changes = found.preview.changes
    assert changes is not None
    records = [change.after for change in changes if isinstance(change.after, Delivery)]
    assert {str(each.month): each.quantity_kg for each in records} == expected.kg
    assert found.notes == expected.notes
    assert tuple(problem.line for problem in found.preview.problems) == expected.refused
    assert found.source.dialect.doubt == expected.doubt


def test_every_file_of_the_folder_is_tried() -> None:
    others = {"demand_mwh.csv", "organisations_euro.csv", "budget.csv", "shares.csv"}
    assert {path.name for path in FILES.iterdir()} == {each.name for each in DELIVERIES} | others


def test_energy_in_another_unit_is_headed_by_the_unit_alone(plan: Plan) -> None:
    assert brought(plan, "demand_mwh.csv", "demand", "energy_kwh") == [1_250_000, 980_500]


def test_letters_that_only_one_encoding_has_decide(plan: Plan) -> None:
    found = previewed(plan, FILES / "organisations_euro.csv", "organisations")
    assert found.source.dialect.encoding == "iso8859-15"
    assert brought(plan, "organisations_euro.csv", "organisations", "name") == ["Œuvre du cœur", "Élan & Fils"]


def test_amounts_in_thousands_and_with_signs_of_currency(plan: Plan) -> None:
    assert brought(plan, "budget.csv", "budgets", "amount_cents") == [125_050_000, 98_000_000]


def test_a_price_stays_in_the_unit_of_its_index_and_that_is_said(plan: Plan, tmp_path: Path) -> None:
    found = previewed(plan, saved(tmp_path, "index,month,Price (USD/lb)\nLME-CO,2025-06,$ 12.50\n"), "index_prices")
    assert found.notes == ("Price is read as it stands, in the unit of its own record; the heading says USD/lb.",)
    assert found.preview.new == 1


def test_shares_may_carry_their_sign(plan: Plan) -> None:
    assert brought(plan, "shares.csv", "mix", "share_ppm") == [625_000, 1_000_000]
