"""A small plan in a real file, and what listens to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from planner.commands import CreateRecords
from planner.model import Contract, Delivery, Demand, Line, Material, Milestone, Organisation, Programme
from planner.plan import Plan
from planner.units import Month
from tests.ui.grids.keys import shown_view
from ui.grids.grid_view import GridView
from ui.grids.record_model import RecordModel
from ui.plan_signals import PlanSignals

JAN = Month.of(2025, 1)
DEC = Month.of(2026, 12)


def delivery(month: int, tonnes: int, status: str = "planned") -> Delivery:
    return Delivery(
        contract="MNG-CO-2025", line=1, month=Month.of(2025, month), quantity_kg=tonnes * 1_000, status=status
    )


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    """Decimal commas, and a narrow no-break space between thousands."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    with Plan.create(tmp_path / "small.offtake", person="Tester") as made:
        made.run(
            CreateRecords(
                (
                    Material(code="CoSO4.7H2O", name="Cobalt sulphate", element="Co", contained_fraction_ppm=209_660),
                    Organisation(code="MNG", name="Managem", country="Morocco"),
                    Organisation(code="RNO", name="Renault", role="buyer"),
                    Contract(
                        reference="MNG-CO-2025",
                        supplier="MNG",
                        buyer="RNO",
                        stage="memorandum",
                        start_month=JAN,
                        end_month=Month.of(2031, 12),
                    ),
                    Line(contract="MNG-CO-2025", line=1, material="CoSO4.7H2O"),
                    Line(contract="MNG-CO-2025", line=2, material="CoSO4.7H2O", volume_basis="metal"),
                    delivery(1, 400, "received"),
                    delivery(2, 410, "confirmed"),
                    delivery(3, 1_250),
                    Milestone(contract="MNG-CO-2025", name="Engineering study"),
                    Programme(code="R5", name="Small car"),
                    Programme(code="TWI", name="Smaller car"),
                    Demand(programme="R5", month=JAN, energy_kwh=1_000_000),
                )
            )
        )
        yield made


@pytest.fixture
def signals(plan: Plan, qtbot: QtBot) -> Iterator[PlanSignals]:  # noqa: ARG001 - an application must be there
    made = PlanSignals(plan)
    yield made
    made.close()


@pytest.fixture
def view(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> GridView:
    model = RecordModel(plan, signals, "deliveries", where={"contract": "MNG-CO-2025", "line": 1})
    return shown_view(qtbot, GridView(model))


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what tool tips say: the display that there is not cannot raise them."""
    texts: list[str] = []
    monkeypatch.setattr("ui.grids.delegates.QToolTip.showText", lambda _place, text, _owner: texts.append(text))
    return texts
