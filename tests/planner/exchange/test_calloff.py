"""Call-off schedules: what a supplier is told, in which months, and what it must not see."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from planner.commands import CreateRecords
from planner.errors import PlannerError
from planner.exchange.calloff import ALL_LINES, TOTAL, call_offs, schedule_rows, suppliers
from planner.exchange.calloff_files import file_name, write_schedules
from planner.exchange.csv_export import CsvStyle
from planner.model import Contract, Delivery, Line, Material, Organisation, Plant, PriceTerm, Record
from planner.model.contracts import FIRM
from planner.plan import Plan
from planner.units import Month
from tests.strategies import consistent

JANUARY = Month.of(2027, 1)


def contract(reference: str, supplier: str, stage: str = "signed") -> Contract:
    first, last = Month.of(2027, 1), Month.of(2027, 12)
    return Contract(reference=reference, supplier=supplier, buyer="B", stage=stage, start_month=first, end_month=last)


def delivered(reference: str, line: int, month: int, kg: int, status: str = "planned") -> Delivery:
    return Delivery(contract=reference, line=line, month=Month.of(2027, month), quantity_kg=kg, status=status)


RECORDS: tuple[Record, ...] = (
    Material(code="CoSO4", name="Cobalt sulphate", element="Co", contained_fraction_ppm=205_000),
    *(Organisation(code=code, name=name) for code, name in (("B", "Buyer"), ("S", "Supplier"), ("R", "Rival"))),
    Plant(code="P", name="The plant", organisation="S"),
    contract("S-1", "S"),
    contract("S-2", "S", "memorandum"),
    contract("R-1", "R"),
    Line(contract="S-1", line=1, material="CoSO4", plant="P"),
    Line(contract="S-1", line=2, material="CoSO4", volume_basis="metal"),
    Line(contract="S-1", line=3, material="CoSO4"),
    Line(contract="S-2", line=1, material="CoSO4"),
    Line(contract="R-1", line=1, material="CoSO4"),
    PriceTerm(contract="S-1", line=1, month=JANUARY, fixed_e4=123_456),
    delivered("S-1", 1, 1, 10_500, "received"),
    delivered("S-1", 1, 2, 11_000, "confirmed"),
    delivered("S-1", 1, 4, 12_000),
    delivered("S-1", 2, 4, 3_000),
    delivered("S-1", 3, 4, 0),
    delivered("S-2", 1, 4, 99_000),
    delivered("R-1", 1, 4, 77_000),
)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open a plan with two suppliers, one of them with a memorandum too."""
    with Plan.create(tmp_path / "plan.offtake", person="Tester") as made:
        made.run(CreateRecords(RECORDS))
        yield made


def test_each_line_tells_its_statuses_apart_and_adds_them_up(plan: Plan) -> None:
    schedule = call_offs(plan, "S")
    assert (str(schedule.start), str(schedule.end)) == ("2027-01", "2027-04")
    assert schedule.buyers == ("Buyer",)
    first = ("S-1", 1, "CoSO4", "Cobalt sulphate", "The plant", "t")
    second = ("S-1", 2, "CoSO4", "Cobalt sulphate", "", "t Co content")
    assert list(schedule_rows(schedule).rows()) == [
        (*first, "Planned", None, None, None, 12_000, 12_000),
        (*first, "Confirmed", None, 11_000, None, None, 11_000),
        (*first, "Received", 10_500, None, None, None, 10_500),
        (*first, TOTAL, 10_500, 11_000, None, 12_000, 33_500),
        (*second, "Planned", None, None, None, 3_000, 3_000),
        (*second, TOTAL, None, None, None, 3_000, 3_000),
    ]
    assert schedule.left_out == (("S-2", "Memorandum"),)


def test_lines_of_one_unit_are_added_up_below(plan: Plan) -> None:
    schedule = call_offs(plan, "S", agreed_only=False)
    assert list(schedule_rows(schedule).rows())[-1] == (
        ALL_LINES, None, "", "", "", "t", TOTAL, 10_500, 11_000, None, 111_000, 132_500
    )  # fmt: skip
    assert schedule.left_out == ()


def test_a_horizon_shows_its_months_alone(plan: Plan) -> None:
    schedule = call_offs(plan, "S", Month.of(2027, 3), Month.of(2027, 6))
    assert list(map(str, schedule.months)) == ["2027-03", "2027-04", "2027-05", "2027-06"]
    assert [dict(line.total()) for line in schedule.lines] == [{Month.of(2027, 4): 12_000}, {Month.of(2027, 4): 3_000}]


def test_only_those_with_an_agreed_contract_are_suppliers(plan: Plan) -> None:
    plan.run(CreateRecords((Organisation(code="M", name="Mere talk"), contract("M-1", "M", "letter_of_intent"))))
    assert [each.code for each in suppliers(plan)] == ["R", "S"]
    assert [each.code for each in suppliers(plan, agreed_only=False)] == ["M", "R", "S"]


@pytest.mark.parametrize(
    ("supplier", "months", "sentence"),
    [
        ("X", (1, 12), "There is no organisation X; the table organisations lists their codes"),
        ("B", (1, 12), "No agreed contract with B has deliveries in these months; plan them"),
        ("S", (7, 9), "No agreed contract with S has deliveries in these months"),
        ("S", (9, 7), "2027-07 lies before 2027-09; name the first month first"),
    ],
)
def test_what_cannot_be_is_told(plan: Plan, supplier: str, months: tuple[int, int], sentence: str) -> None:
    first, last = (Month.of(2027, month) for month in months)
    with pytest.raises(PlannerError, match=sentence):
        call_offs(plan, supplier, first, last)


def test_nothing_but_memoranda_is_told_by_name(plan: Plan) -> None:
    plan.run(CreateRecords((contract("R-2", "B", "cancelled"), Line(contract="R-2", line=1, material="CoSO4"))))
    plan.run(CreateRecords((delivered("R-2", 1, 1, 5),)))
    with pytest.raises(PlannerError, match=r"Nothing is agreed with B yet: R-2 \(cancelled\)\."):
        call_offs(plan, "B")


def test_files_have_neither_prices_nor_anybody_else(plan: Plan, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    made = [call_offs(plan, code) for code in ("S", "R")]
    files = write_schedules(made, folder, ".csv", CsvStyle("fr", people=True))
    assert [file.name for file in files] == ["Call-offs S.csv", "Call-offs R.csv"]
    text = files[0].read_text(encoding="utf-8-sig")
    assert [word for word in ("Rival", "R-1", "77", "S-2", "99", "12,3456", "12.3456") if word in text] == []
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert rows[0] == ["Call-off schedule for Supplier"]
    assert rows[1][6:] == ["Status", "2027-01", "2027-02", "2027-03", "2027-04", "Total"]
    assert rows[5][6:] == ["Total", "10,5", "11", "", "12", "33,5"]


def test_a_workbook_has_a_sheet_for_each_with_sums_that_are_right(plan: Plan, tmp_path: Path) -> None:
    target = tmp_path / "all.xlsx"
    assert write_schedules([call_offs(plan, code) for code in ("S", "R")], target) == (target,)
    book = CalamineWorkbook.from_path(target)
    assert book.sheet_names == ["S", "R"]
    rows = book.get_sheet_by_name("S").to_python()
    assert rows[0][0] == "Call-off schedule for Supplier"
    assert [row[1] for row in rows[1:3]] == ["Buyer", "2027-01 to 2027-04"]
    assert date.fromisoformat(str(rows[3][1])) > date(2025, 1, 1)
    assert rows[6][:8] == ["Contract", "Line", "Material", "Name", "Plant", "Unit", "Status", "2027-01"]
    assert [row[6:] for row in rows[7:11]] == [
        ["Planned", "", "", "", 12.0, 12.0],
        ["Confirmed", "", 11.0, "", "", 11.0],
        ["Received", 10.5, "", "", "", 10.5],
        ["Total", 10.5, 11.0, "", 12.0, 33.5],
    ]
    assert not any("Rival" in str(cell) for row in rows for cell in row)


def test_a_target_that_cannot_hold_them_is_told(plan: Plan, tmp_path: Path) -> None:
    made = [call_offs(plan, code) for code in ("S", "R")]
    with pytest.raises(PlannerError, match=r"out\.csv holds one supplier; choose one, or name a folder or a workbook"):
        write_schedules(made, tmp_path / "out.csv")
    with pytest.raises(PlannerError, match=r"There is no folder .+ make it first, or name a file"):
        write_schedules(made, tmp_path / "none")


@given(st.lists(st.text(min_size=1) | st.text(st.sampled_from("./\\:aA*<>|\"'?"), min_size=1), max_size=4))
def test_no_name_of_a_supplier_leads_out_of_the_folder(codes: list[str]) -> None:
    taken: list[str] = []
    for code in codes:
        taken.append(file_name(code, ".csv", taken))
    assert len({name.casefold() for name in taken}) == len(taken)
    for name in taken:
        assert Path(name).name == name
        assert name.startswith("Call-offs")
        assert not set(name) & set('<>:"/\\|?*')


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(records=consistent(5))
def test_a_schedule_adds_up_to_what_is_delivered(
    tmp_path_factory: pytest.TempPathFactory, records: tuple[Record, ...]
) -> None:
    stages = {r.reference: (r.supplier, r.stage) for r in records if isinstance(r, Contract)}
    wanted: dict[str, int] = defaultdict(int)
    for record in records:
        if isinstance(record, Delivery) and stages[record.contract][1] in FIRM | {"expired"}:
            wanted[stages[record.contract][0]] += record.quantity_kg
    with Plan.create(tmp_path_factory.mktemp("plan") / "plan.offtake", person="Tester") as plan:
        plan.run(CreateRecords(records))
        for supplier, kg in wanted.items():
            if kg:
                schedule = call_offs(plan, supplier)
                assert sum(sum(line.total().values()) for line in schedule.lines) == kg
                rows = list(schedule_rows(schedule).rows())
                assert sum(int(row[-1] or 0) for row in rows if row[6] == TOTAL and row[0] != ALL_LINES) == kg
