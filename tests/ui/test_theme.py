"""Both themes are readable, and red means shortage alone."""

from collections.abc import Iterator
from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication

from ui.theme import DARK, LIGHT, STYLE, LiveTheme, Theme, apply, current, palette_of, tabular

ROLE = QPalette.ColorRole
COLOURS = [field.name for field in fields(Theme) if field.name != "dark"]
SERIES = ("firm", "probable", "option", "over_capacity", "demand", "capacity", "shortage", "stock", "safety")

both = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """Give the application back as it was."""
    palette, font, sheet = qapp.palette(), qapp.font(), qapp.styleSheet()
    yield qapp
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    channels = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def is_red(colour: str) -> bool:
    hue, saturation = QColor(colour).hsvHue(), QColor(colour).hsvSaturation()
    return (hue >= 340 or 0 <= hue <= 25) and saturation > 60


@both
def test_every_colour_is_written_out(theme: Theme) -> None:
    for name in COLOURS:
        colour = getattr(theme, name)
        assert QColor(colour).name() == colour, name


@both
@pytest.mark.parametrize("ink", ["text", "muted", "accent"])
@pytest.mark.parametrize("ground", ["window", "base", "alternate"])
def test_text_is_readable(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@both
def test_text_is_readable_on_buttons_and_on_the_accent(theme: Theme) -> None:
    assert contrast(theme.text, theme.button) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.shortage, theme.base) >= 4.5 - 0.05


@both
@pytest.mark.parametrize("series", ["firm", "option", "over_capacity", "demand", "capacity", "stock", "safety"])
def test_series_stand_out_from_their_ground(theme: Theme, series: str) -> None:
    assert contrast(getattr(theme, series), theme.base) >= 3


@both
def test_stages_that_touch_are_told_apart_without_their_hue(theme: Theme) -> None:
    assert contrast(theme.firm, theme.probable) >= 1.8


@both
def test_what_was_refused_looks_like_no_shortage_and_no_capacity(theme: Theme) -> None:
    assert not is_red(theme.refused)
    assert theme.refused not in {theme.shortage, theme.capacity}
    assert contrast(theme.refused, theme.base) >= 4.5


@both
def test_red_is_for_shortage_alone(theme: Theme) -> None:
    assert [name for name in COLOURS if is_red(getattr(theme, name))] == ["shortage"]
    used = STYLE.format(**{name: getattr(theme, name) for name in COLOURS})
    assert theme.shortage not in used
    palette = palette_of(theme)
    groups = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled)
    roles = [role for role in ROLE if role not in {ROLE.NoRole, ROLE.NColorRoles}]
    assert theme.shortage not in {palette.color(group, role).name() for group in groups for role in roles}


@both
def test_series_have_colours_of_their_own(theme: Theme) -> None:
    # Firm and option may share a hue: option is hatched.
    colours = {getattr(theme, name) for name in SERIES if name not in {"option", "safety", "demand"}}
    assert len(colours) == 6


def test_light_is_light_and_dark_is_dark() -> None:
    assert luminance(LIGHT.base) > 0.9
    assert luminance(DARK.base) < 0.1
    assert (LIGHT.dark, DARK.dark) == (False, True)


@both
def test_the_palette_says_what_the_theme_says(theme: Theme) -> None:
    palette = palette_of(theme)
    assert palette.color(ROLE.Window).name() == theme.window
    assert palette.color(ROLE.Base).name() == theme.base
    assert palette.color(ROLE.Text).name() == theme.text
    assert palette.color(ROLE.Highlight).name() == theme.accent
    disabled = palette.color(QPalette.ColorGroup.Disabled, ROLE.Text)
    assert (disabled.name(), disabled.alpha() < 255) == (theme.muted, True)


def test_figures_have_equal_widths(app: QApplication) -> None:
    assert tabular(app.font()).featureValue(QFont.Tag("tnum")) == 1
    assert tabular(app.font()).family() == app.font().family()


@pytest.mark.parametrize(("scheme", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_a_scheme_can_be_forced(app: QApplication, scheme: str, theme: Theme) -> None:
    assert apply(app, "dark" if scheme == "dark" else "light") is theme
    assert app.palette().color(ROLE.Window).name() == theme.window
    assert theme.base in app.styleSheet()
    assert app.font().featureValue(QFont.Tag("tnum")) == 1


@pytest.mark.parametrize(
    ("desktop", "theme"),
    [(Qt.ColorScheme.Light, LIGHT), (Qt.ColorScheme.Unknown, LIGHT), (Qt.ColorScheme.Dark, DARK)],
)
def test_the_system_is_followed(
    app: QApplication, monkeypatch: pytest.MonkeyPatch, desktop: Qt.ColorScheme, theme: Theme
) -> None:
    monkeypatch.setattr(QStyleHints, "colorScheme", lambda _: desktop)
    assert current(app, "system") is theme
    assert apply(app, "system") is theme


def test_a_change_is_told_once(app: QApplication) -> None:
    live = LiveTheme(app, "light")
    heard: list[bool] = []
    live.changed.connect(lambda theme: heard.append(theme.dark))
    live.set_scheme("light")
    assert heard == []
    live.set_scheme("dark")
    live.set_scheme("dark")
    assert heard == [True]
    assert (live.theme, live.scheme) == (DARK, "dark")
    live.set_scheme("light")
    assert heard == [True, False]
    live.deleteLater()


def test_the_desktop_is_followed_only_if_asked(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    def becomes(desktop: Qt.ColorScheme) -> None:
        monkeypatch.setattr(QStyleHints, "colorScheme", lambda _: desktop)
        app.styleHints().colorSchemeChanged.emit(desktop)

    becomes(Qt.ColorScheme.Light)
    live = LiveTheme(app, "system")
    themes = [live.theme.dark]
    becomes(Qt.ColorScheme.Dark)
    themes.append(live.theme.dark)
    live.set_scheme("light")
    becomes(Qt.ColorScheme.Light)
    becomes(Qt.ColorScheme.Dark)
    themes.append(live.theme.dark)
    assert themes == [False, True, False]
    live.deleteLater()
