"""The chain of a lot as boxes: what each says, and how a missing part looks."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QLocale, QPoint
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from planner.analysis.origins.evidence import Dossiers, Proofs
from planner.analysis.origins.trace import Link, Step, TracedLot
from planner.model import Evidence
from planner.units import Month
from ui.pages.chain_strip import ChainStrip, boxes_of, told
from ui.theme import DARK, LIGHT

MONTH = Month.of(2025, 1)
RMAP = Evidence(code="E1", scheme="RMI RMAP", organisation="A", expires=date(2026, 5, 5))
OLD = Evidence(code="E2", scheme="IRMA", organisation="B", expires=date(2024, 5, 5))
LATE = Evidence(code="E3", scheme="IRMA", organisation="C", issued=date(2025, 5, 5))


def proofs(*evidence: Evidence) -> Proofs:
    return Dossiers.of(evidence).about(evidence[0].organisation if evidence else "A", None, MONTH)


def link(step: Step, code: str, country: str, *evidence: Evidence) -> Link:
    return Link(step, code, f"Name of {code}", "A", country, proofs(*evidence))


LOT = TracedLot(
    code="L1",
    line=("K", 1),
    month=MONTH,
    material="CoSO4",
    element="Co",
    product_kg=10.0,
    metal_kg=2.0,
    supplier=link(Step.SUPPLIER, "A", "MA", RMAP),
    chain=(link(Step.MINE, "M", "CD", OLD), Link(Step.REFINERY, "", "", "", "", proofs()), link(Step.PLANT, "P", "")),
    programme="CAR",
    carbon_g_per_kg=None,
    carbon_from="none",
    carbon_quality="",
    recycled_ppm=0,
    recycled_from="line",
    lacks=(),
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def strip(qtbot: QtBot) -> ChainStrip:
    made = ChainStrip(LIGHT)
    qtbot.addWidget(made)
    made.resize(1_000, made.height())
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ((), "No evidence"),
        ((RMAP,), "✓ RMI RMAP"),
        ((RMAP, Evidence(code="E4", scheme="IRMA", organisation="A")), "✓ RMI RMAP and 1 more"),
        ((OLD,), "Evidence expired 2024-05-05"),
        ((LATE,), "Evidence only from 2025-05-05"),
    ],
)
def test_evidence_is_told_in_a_few_words(evidence: tuple[Evidence, ...], words: str) -> None:
    assert told(proofs(*evidence)) == words


def test_each_step_is_a_box_with_country_and_evidence() -> None:
    boxes = boxes_of(LOT, "Small car")
    assert [(box.heading, box.name, box.place, box.evidence, box.sound) for box in boxes] == [
        ("Mine", "Name of M", "Congo - Kinshasa · M", "Evidence expired 2024-05-05", False),
        ("Refinery", "not named", "", "", False),
        ("Plant", "Name of P", "country not known · P", "No evidence", False),
        ("Supplier", "Name of A", "Morocco · A", "✓ RMI RMAP", True),
        ("Programme", "Small car", "CAR", "", True),
    ]
    assert boxes[3].tip == "RMI RMAP E1: holds, until 2026-05-05"


def test_a_lot_without_a_programme_says_so() -> None:
    last = boxes_of(LOT, "")[-1]
    assert (last.name, last.place) == ("not named", "")


def test_boxes_stand_side_by_side_inside(strip: ChainStrip) -> None:
    strip.show_lot(LOT, "Small car")
    places = strip.places()
    assert len(places) == 5
    assert all(one.right() < other.left() for one, other in pairwise(places))
    assert places[-1].right() <= strip.width()
    assert strip.accessibleDescription().startswith("Mine Name of M, Evidence expired 2024-05-05; Refinery not named")


def test_no_lot_is_no_box(strip: ChainStrip) -> None:
    strip.show_lot(LOT, "Small car")
    strip.show_lot(None, "")
    assert (strip.boxes, strip.places()) == ((), [])


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_boxes_are_drawn_in_the_colours_of_the_theme(strip: ChainStrip, theme: object) -> None:
    strip.set_theme(DARK if theme is DARK else LIGHT)
    strip.show_lot(LOT, "Small car")
    image = strip.grab().toImage()
    inside = strip.places()[0].bottomRight() - QPoint(6, 6)
    wanted = DARK if theme is DARK else LIGHT
    assert image.pixelColor(1, 1) == QColor(wanted.base)
    assert image.pixelColor(inside.toPoint()) == QColor(wanted.alternate)


def test_pointing_at_a_box_tells_all_its_evidence(strip: ChainStrip, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: said.append(text))
    strip.show_lot(LOT, "Small car")
    place = strip.places()[3].center().toPoint()
    QApplication.sendEvent(strip, QHelpEvent(QHelpEvent.Type.ToolTip, place, strip.mapToGlobal(place)))
    assert said == ["RMI RMAP E1: holds, until 2026-05-05"]
