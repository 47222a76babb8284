"""Charts on the screen that there is not, with the mouse as fast as a test is."""

from collections.abc import Iterator

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from ui.charts.cover_chart import CoverChart
from ui.charts.small import SupportedChart
from ui.theme import LIGHT


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Commas between thousands, and every movement of the mouse delivered."""
    before, rate = QLocale(), pg.getConfigOption("mouseRateLimit")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    pg.setConfigOption("mouseRateLimit", 0)
    yield
    QLocale.setDefault(before)
    pg.setConfigOption("mouseRateLimit", rate)


@pytest.fixture
def chart(qtbot: QtBot) -> CoverChart:
    made = CoverChart(LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def small(qtbot: QtBot) -> SupportedChart:
    made = SupportedChart(LIGHT)
    qtbot.addWidget(made)
    made.resize(700, 240)
    with qtbot.waitExposed(made):
        made.show()
    return made
