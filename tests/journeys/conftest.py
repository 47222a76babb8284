"""A desk for each journey, and the sample plan as a file of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.exchange.samples import create, create_sample
from tests.journeys.desk import Desk


@pytest.fixture(scope="session")
def sample_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the sample plan once."""
    path = tmp_path_factory.mktemp("sample") / "sample.offtake"
    create_sample(path, "Planner").close()
    return path


@pytest.fixture
def sample(sample_made: Path, tmp_path: Path) -> Path:
    """Return a copy of the sample plan."""
    return Path(shutil.copy(sample_made, tmp_path / "plan.offtake"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Return a plan with nothing but the reference data."""
    path = tmp_path / "empty.offtake"
    create(path, "Planner", sample=False).close()
    return path


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Decimal points, unless a journey says otherwise."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, own_folders: Path) -> Iterator[Desk]:
    """Start nothing yet; close everything at the end."""
    made = Desk(qtbot, qapp, own_folders / "preferences.ini")
    yield made
    made.quit_all()
