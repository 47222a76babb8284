"""Both themes are readable, and red means shortage alone."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication

from planner.model.contracts import STAGE
from ui.theme import (
    DARK,
    LIGHT,
    STYLE,
    LiveTheme,
    Theme,
    apply,
    current,
    hatch_colour,
    palette_of,
    series_colour,
    short_ground,
    stage_colour,
    tabular,
)

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
def test_text_is_readable_on_the_grounds_of_the_heat_map(theme: Theme) -> None:
    for ground in (short_ground(theme), theme.tight, theme.covered, theme.excess):
        assert contrast(theme.text, ground) >= 4.5
    assert contrast(theme.shortage, short_ground(theme)) >= 2.5


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


# What protanopes, deuteranopes and tritanopes see of linear RGB, after Machado, Oliveira and Fernandes, 2009.
SEEN = {
    "all": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))


def times(rows: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in rows]


def lab(colour: str, eye: str) -> list[float]:
    """Return the CIE L*a*b* of a colour as an eye sees it."""
    channels = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    seen = [min(1.0, max(0.0, c)) for c in times(SEEN[eye], linear)]
    scaled = [c / white for c, white in zip(times(TO_XYZ, seen), (0.9505, 1.0, 1.089), strict=True)]
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in scaled)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


@both
@pytest.mark.parametrize("eye", SEEN)
def test_eight_series_are_told_apart_by_every_eye(theme: Theme, eye: str) -> None:
    seen = [lab(series_colour(theme, place), eye) for place in range(8)]
    assert min(math.dist(one, other) for one, other in combinations(seen, 2)) > 20


@both
def test_series_are_never_red_and_differ_for_a_long_time(theme: Theme) -> None:
    colours = [series_colour(theme, place) for place in range(24)]
    assert len(set(colours)) == 24
    assert not any(map(is_red, colours))
    assert series_colour(theme, 24) == colours[0]
    assert series_colour(theme, -1) not in colours
    assert all(contrast(hatch_colour(theme, colour), theme.base) >= 1.5 for colour in colours)


@both
def test_every_stage_has_a_colour_and_those_that_touch_differ_without_their_hue(theme: Theme) -> None:
    colours = {word: stage_colour(theme, word) for word, _ in STAGE.words}
    assert len(set(colours.values())) == len(colours)
    assert colours["ramping_up"] == theme.firm
    assert colours["letter_of_intent"] == theme.probable
    upwards = [colours[word] for word in ("delivering", "ramping_up", "signed", "letter_of_intent", "memorandum")]
    assert all(contrast(below, above) >= 1.25 for below, above in pairwise(upwards))


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
