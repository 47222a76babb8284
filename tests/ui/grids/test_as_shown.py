"""What a grid shows goes out as it is shown: columns, order and filter; months with their sums."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from planner.exchange import imports
from planner.exchange.csv_export import MACHINES, CsvStyle, write_csv
from planner.exchange.extract import Extract
from planner.exchange.workbook_export import write_workbook
from planner.model import Organisation
from planner.plan import Plan
from planner.units import Month
from tests.strategies import example_plan
from ui.grids.grid_model import SortKey
from ui.grids.matrix_model import delivery_model, demand_model
from ui.grids.record_model import RecordModel
from ui.plan_signals import PlanSignals

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    with example_plan(tmp_path / "plan.offtake") as made:
        yield made


@pytest.fixture
def signals(plan: Plan) -> Iterator[PlanSignals]:
    made = PlanSignals(plan)
    yield made
    made.close()


def lines(extract: Extract, tmp_path: Path, style: CsvStyle = MACHINES) -> list[str]:
    """Return the lines of the rows as CSV."""
    assert write_csv(extract, tmp_path / "out.csv", style) == extract.count
    return (tmp_path / "out.csv").read_text(encoding=style.encoding).splitlines()


def test_records_have_the_columns_order_and_filter_of_the_grid(
    plan: Plan, signals: PlanSignals, tmp_path: Path
) -> None:
    model = RecordModel(plan, signals, "organisations")
    model.show_columns(("role", "name"))
    model.sort_by((SortKey(model.column_of("name"), descending=True),))
    assert lines(model.as_shown(), tmp_path) == [
        "code,role,name",
        *(f"{row.code},{row.role},{row.name}" for row in reversed_by_name(plan)),
    ]
    model.set_filter(model.column_of("code"), "MNG")
    assert len(lines(model.as_shown(), tmp_path)) == 2
    people = lines(model.as_shown(), tmp_path, CsvStyle("fr", people=True))
    assert people[:2] == ["Organisations", "Organisation;Role;Name"]


def reversed_by_name(plan: Plan) -> list[Organisation]:
    """Return the organisations, the last name first."""
    found = [row.record for row in plan.rows("organisations") if isinstance(row.record, Organisation)]
    return sorted(found, key=lambda each: each.name.casefold(), reverse=True)


def test_what_is_shown_stays_what_it_was_when_the_grid_moves_on(
    plan: Plan, signals: PlanSignals, tmp_path: Path
) -> None:
    model = RecordModel(plan, signals, "organisations")
    extract = model.as_shown()
    model.set_filter(model.column_of("code"), "nobody")
    assert extract.count == plan.count("organisations")
    assert len(lines(extract, tmp_path)) == 1 + extract.count


def test_months_have_labels_totals_and_the_sums_of_years(plan: Plan, signals: PlanSignals, tmp_path: Path) -> None:
    first, last = Month.of(2025, 1), Month.of(2025, 2)
    model = delivery_model(plan, signals, start=first, end=last)
    extract = model.as_shown()
    assert (extract.title, extract.count) == ("Deliveries by month", model.rowCount())
    head, row = lines(extract, tmp_path)
    assert head.split(",") == [
        "Contract", "Line", "Material", "Basis", "Agreed (t)", "Left (t)", "2025-01", "2025-02", "2025 (t)"
    ]  # fmt: skip
    # As an editor holds them, without the marks of thousands; all are whole tonnes.
    edit = Qt.ItemDataRole.EditRole
    assert row.split(",") == [str(model.data(model.index(0, at), edit)) for at in range(model.columnCount())]


def test_months_as_shown_are_read_again_without_a_change(plan: Plan, signals: PlanSignals, tmp_path: Path) -> None:
    model = delivery_model(plan, signals, start=Month.of(2025, 1), end=Month.of(2026, 12))
    write_csv(model.as_shown(), tmp_path / "out.csv", CsvStyle("fr", people=True), plan.path.name)
    write_workbook((model.as_shown(),), tmp_path / "out.xlsx", "Deliveries", ())
    for name in ("out.csv", "out.xlsx"):
        found = imports.preview(plan, "deliveries", tmp_path / name).preview
        assert (found.new, found.changed, found.same, found.refused) == (0, 0, plan.count("deliveries"), 0)


def test_months_are_written_as_they_are_filtered(plan: Plan, signals: PlanSignals, tmp_path: Path) -> None:
    model = demand_model(plan, signals, start=Month.of(2025, 1), end=Month.of(2025, 3))
    assert len(lines(model.as_shown(), tmp_path)) == 1 + model.rowCount()
    model.set_filter(0, "nobody")
    assert len(lines(model.as_shown(), tmp_path)) == 1
