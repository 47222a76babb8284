"""A sample plan for the dialogs, with a contract whose volumes are yet to be agreed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from planner.commands import CreateRecords
from planner.model import Contract, Line
from planner.plan import Plan
from planner.units import Month

MATERIALS = ("CoSO4.7H2O", "MnSO4.H2O", "Cu")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Decimal points, unless a test says otherwise."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def planned(sample: Path) -> Iterator[Plan]:
    """Open the sample plan with NEW-1: three lines from 2027 to 2033, nothing agreed."""
    with Plan.open(sample, person="Tester") as plan:
        contract = Contract(
            reference="NEW-1",
            supplier="MANAGEM",
            buyer="RENAULT",
            stage="signed",
            start_month=Month.of(2027, 1),
            end_month=Month.of(2033, 12),
        )
        lines = (Line(contract="NEW-1", line=at, material=code) for at, code in enumerate(MATERIALS, start=1))
        plan.run(CreateRecords((contract, *lines)))
        yield plan
