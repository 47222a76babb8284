"""How grids write values."""

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from planner.fields import Field, Value
from planner.model import TABLES
from planner.units import Month
from ui.grids.formats import (
    PLACEHOLDERS,
    alignment,
    bad,
    locale_id,
    month_heading,
    muted,
    shaded,
    shown,
    theme_of,
    typed,
)
from ui.theme import DARK, LIGHT, palette_of

NARROW = "\N{NARROW NO-BREAK SPACE}"


def field(table: str, name: str) -> Field:
    found = TABLES[table].field(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("table", "name", "value", "seen", "edited"),
    [
        ("deliveries", "quantity_t", 1_250_500, f"1{NARROW}250,5", "1250,5"),
        ("deliveries", "quantity_t", 0, "0", "0"),
        ("deliveries", "quantity_t", None, "", ""),
        ("deliveries", "status", "received", "Received", "Received"),
        ("contracts", "incoterm", "", "", ""),
        ("volumes", "year", 2025, "2025", "2025"),
        ("lines", "line", 1_234, "1234", "1234"),
        ("contracts", "start_month", Month.of(2025, 3), "2025-03", "2025-03"),
    ],
)
def test_numbers_are_grouped_when_shown_and_not_when_edited(
    table: str, name: str, value: Value, seen: str, edited: str
) -> None:
    assert shown(field(table, name), value, "fr_FR") == seen
    assert typed(field(table, name), value, "fr_FR") == edited


def test_what_an_editor_holds_is_read_back() -> None:
    for table, name, value in (
        ("deliveries", "quantity_t", 1_250_500),
        ("deliveries", "status", "received"),
        ("contracts", "stage", "letter_of_intent"),
        ("contracts", "start_month", Month.of(2025, 3)),
    ):
        declared = field(table, name)
        assert declared.parse(typed(declared, value, "fr_FR"), "fr_FR") == value


def test_numbers_stand_right_and_words_left() -> None:
    assert alignment(field("deliveries", "quantity_t")) & Qt.AlignmentFlag.AlignRight
    assert alignment(field("deliveries", "status")) & Qt.AlignmentFlag.AlignLeft


def test_months_are_headed_in_the_language_of_the_person() -> None:
    assert month_heading(Month.of(2025, 3)) == "mars 25"
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    assert month_heading(Month.of(2009, 12)) == "Dec 09"


@pytest.mark.parametrize(
    ("locale", "name"),
    [
        (QLocale(QLocale.Language.French, QLocale.Country.France), "fr_FR"),
        (QLocale(QLocale.Language.German, QLocale.Country.Austria), "de_AT"),
        (QLocale(QLocale.Language.C), "en"),
        (None, "fr_FR"),
    ],
)
def test_the_locale_has_a_name_that_the_library_knows(locale: QLocale | None, name: str) -> None:
    assert locale_id(locale) == name


def test_every_placeholder_is_one_that_its_kind_reads() -> None:
    kinds = {f.kind.name: f for table in TABLES.values() for f in table.fields}
    for kind, example in PLACEHOLDERS.items():
        assert kinds[kind].parse(example.rsplit(" or ", maxsplit=1)[-1].removeprefix("even, or "), "fr_FR")


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_marks_follow_the_palette(qtbot: QtBot, theme: object) -> None:  # noqa: ARG001 - Qt runs
    wanted = LIGHT if theme is LIGHT else DARK
    before = QGuiApplication.palette()
    try:
        QGuiApplication.setPalette(palette_of(wanted))
        assert theme_of(QGuiApplication.palette()) is wanted
        assert muted().color().name() == wanted.muted
        assert shaded().color().name() == wanted.window
        assert bad().color().name() == wanted.refused
        assert bad().color().alpha() < 128
    finally:
        QGuiApplication.setPalette(before)
