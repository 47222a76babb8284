"""Every icon is there, from one family, and takes its colour from the palette."""

from importlib import resources

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from pytestqt.qtbot import QtBot

from ui.actions import ACTIONS
from ui.findings import ICONS
from ui.icons import NAMES, IconName, icon
from ui.pages import PAGES
from ui.theme import DARK, LIGHT, Theme, palette_of

SIZE = QSize(32, 32)


def drawn(name: IconName, theme: Theme, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return icon(name, palette_of(theme)).pixmap(SIZE, mode).toImage()


def inks(image: QImage) -> set[str]:
    """Return the colours of the pixels that are wholly covered."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def test_every_drawing_is_of_a_name_and_its_own() -> None:
    folder = resources.files("resources") / "icons"
    drawings = {path.name.removesuffix(".svg"): path.read_bytes() for path in folder.iterdir() if path.suffix == ".svg"}  # type: ignore[attr-defined] # a real folder here
    assert set(drawings) == set(NAMES)
    assert len(set(drawings.values())) == len(drawings)


def test_every_icon_is_used_by_an_action_a_page_or_a_finding() -> None:
    used = {spec.icon for spec in ACTIONS if spec.icon is not None} | {spec.icon for spec in PAGES}
    assert used | set(ICONS.values()) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn(qtbot: QtBot, name: IconName) -> None:  # noqa: ARG001 - Qt runs
    assert not icon(name, palette_of(LIGHT)).isNull()
    assert inks(drawn(name, LIGHT)) == {LIGHT.text}


def test_icons_follow_the_theme(qtbot: QtBot) -> None:  # noqa: ARG001 - Qt runs
    assert inks(drawn("undo", DARK)) == {DARK.text}


def test_what_is_disabled_is_faded(qtbot: QtBot) -> None:  # noqa: ARG001 - Qt runs
    faded = drawn("undo", LIGHT, QIcon.Mode.Disabled)
    alphas = [faded.pixelColor(x, y).alpha() for x in range(faded.width()) for y in range(faded.height())]
    assert 0 < max(alphas) < 255


def test_what_is_checked_has_the_accent(qtbot: QtBot) -> None:  # noqa: ARG001 - Qt runs
    checked = icon("overview", palette_of(LIGHT)).pixmap(SIZE, QIcon.Mode.Normal, QIcon.State.On).toImage()
    assert inks(checked) == {QColor(LIGHT.accent).name()}
