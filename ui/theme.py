"""The look: palette, stylesheet and chart colours for light and dark, following the system or forced."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

Scheme = Literal["system", "light", "dark"]

GRID_PX = 8


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of one scheme as `#rrggbb`; the series colours are Okabe-Ito hues, and red means shortage only.

    `tight`, `covered` and `excess` are grounds that text stands on: tints of Okabe-Ito's yellow, green and blue.
    """

    dark: bool
    window: str
    base: str
    alternate: str
    button: str
    text: str
    muted: str
    rule: str
    grid: str
    accent: str
    on_accent: str
    firm: str
    probable: str
    option: str
    over_capacity: str
    demand: str
    capacity: str
    shortage: str
    stock: str
    safety: str
    refused: str
    tight: str
    covered: str
    excess: str


LIGHT = Theme(
    dark=False,
    window="#f5f6f7",
    base="#ffffff",
    alternate="#f7f8fa",
    button="#eef0f2",
    text="#1c2024",
    muted="#5a646e",
    rule="#d3d8dd",
    grid="#e6e9ec",
    accent="#4c51bf",
    on_accent="#ffffff",
    firm="#0072b2",
    probable="#7cc4ec",
    option="#0072b2",
    over_capacity="#b0568c",
    demand="#1c2024",
    capacity="#c77f00",
    shortage="#d2411e",
    stock="#009e73",
    safety="#5a646e",
    refused="#8a6d1d",
    tight="#f7edb2",
    covered="#dcefe7",
    excess="#cfe5f6",
)

DARK = Theme(
    dark=True,
    window="#1b1e22",
    base="#22262b",
    alternate="#272c32",
    button="#2d3238",
    text="#e8eaed",
    muted="#a3adb7",
    rule="#3d444c",
    grid="#333940",
    accent="#9aa0f8",
    on_accent="#14161a",
    firm="#2f8fd0",
    probable="#8fcff2",
    option="#6db7e8",
    over_capacity="#e08fbf",
    demand="#f2f4f6",
    capacity="#e69f00",
    shortage="#ff6a45",
    stock="#2fc795",
    safety="#a3adb7",
    refused="#d9bd62",
    tight="#574c1c",
    covered="#21403a",
    excess="#1f4366",
)

# Eight that are told apart whatever colours one sees, none of them red; light and dark in the same order.
_SERIES = {
    False: ("#46818c", "#e6a22e", "#a766cc", "#606b46", "#66ccc2", "#3a35c4", "#ccbb85", "#5b256b"),
    True: ("#5fb0bd", "#e6a22e", "#c48ff0", "#76844a", "#a4f2e8", "#6a5cf0", "#f4e6b4", "#96488e"),
}
# Further ones are the same paler, then the same deeper: what they are mixed with, and its part in per cent.
_TONES = (("#ffffff", 0), ("#ffffff", 45), ("#000000", 30))
# The firm stages are shades of firm, the probable ones of probable; what has ended is grey.
_STAGES = {
    False: {"delivering": "#004d79", "ramping_up": "#0072b2", "signed": "#4a9bcb", "letter_of_intent": "#7cc4ec"}
    | {"memorandum": "#bfe2f6", "expired": "#7d8790", "cancelled": "#b4bcc3"},
    True: {"delivering": "#1b659c", "ramping_up": "#2f8fd0", "signed": "#62aee0", "letter_of_intent": "#8fcff2"}
    | {"memorandum": "#cdeafb", "expired": "#7f8992", "cancelled": "#59626b"},
}

STYLE = """
QToolTip {{ background: {base}; color: {text}; border: 1px solid {rule}; padding: 4px 8px; }}
QHeaderView::section {{ background: {window}; color: {muted}; border: none;
    border-right: 1px solid {rule}; border-bottom: 1px solid {rule}; padding: 4px 3px; }}
QTableCornerButton::section {{ background: {window}; border: none;
    border-right: 1px solid {rule}; border-bottom: 1px solid {rule}; }}
QTableView {{ gridline-color: {grid}; border: none; }}
QDockWidget::title {{ padding: 8px; }}
QToolBar {{ border: none; border-bottom: 1px solid {rule}; padding: 4px 8px; spacing: 8px; }}
QStatusBar {{ border-top: 1px solid {rule}; }}
QStatusBar::item {{ border: none; }}
QSplitter::handle {{ background: {rule}; }}
QListWidget#rail {{ background: {window}; border-right: 1px solid {rule}; outline: none; padding-top: 8px; }}
QListWidget#rail::item {{ padding-left: 8px; border-left: 3px solid transparent; }}
QListWidget#rail::item:selected {{ background: {base}; color: {text}; border-left: 3px solid {accent}; }}
QListWidget#tables::item, QTreeWidget::item {{ padding: 4px 0; }}
QListWidget#tables::item {{ padding-left: 8px; }}
QCheckBox::indicator:unchecked {{ border: 1px solid {muted}; border-radius: 2px; background: {base};
    width: 12px; height: 12px; }}
QCheckBox::indicator:unchecked:disabled {{ border-color: {rule}; }}
QTabWidget::pane {{ border: none; }}
QTabWidget::tab-bar {{ left: 8px; }}
QTabBar::tab {{ border: none; border-bottom: 2px solid transparent; padding: 6px 8px; }}
QTabBar::tab:selected {{ border-bottom: 2px solid {accent}; }}
QTabBar::tab:hover:!selected {{ border-bottom: 2px solid {rule}; }}
QFrame#findbar {{ background: {window}; border-top: 1px solid {rule}; }}
QListWidget#choices {{ background: {base}; border: 1px solid {rule}; }}
QLabel#banner {{ background: {base}; border-bottom: 1px solid {rule}; padding: 8px 16px; }}
"""


def series_colour(theme: Theme, place: int) -> str:
    """Return the colour of what stands at a place among all of its kind, such as a supplier; below 0 a quiet grey."""
    if place < 0:
        return _mixed(theme.muted, theme.base, 35)
    hues = _SERIES[theme.dark]
    return _mixed(hues[place % len(hues)], *_TONES[place // len(hues) % len(_TONES)])


def hatch_colour(theme: Theme, colour: str) -> str:
    """Return a colour as thin lines need it: nearer to the ink."""
    return _mixed(colour, theme.text, 30)


def stage_colour(theme: Theme, stage: str) -> str:
    """Return the colour of a stage of a contract."""
    return _STAGES[theme.dark][stage]


def short_ground(theme: Theme) -> str:
    """Return the ground of what is short: the one red, thinned so that text stands on it."""
    return _mixed(theme.base, theme.shortage, 41 if theme.dark else 28)


def _mixed(colour: str, other: str, percent: int) -> str:
    """Return a colour with so many per cent of another one."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return QColor(*(round((one * (100 - percent) + two * percent) / 100) for one, two in pairs)).name()


def _channels(colour: str) -> tuple[int, int, int]:
    parsed = QColor(colour)
    return parsed.red(), parsed.green(), parsed.blue()


def palette_of(theme: Theme) -> QPalette:
    """Return the palette that widgets use under this theme."""
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.base,
        role.AlternateBase: theme.alternate,
        role.Text: theme.text,
        role.Button: theme.button,
        role.ButtonText: theme.text,
        role.BrightText: theme.on_accent,
        role.ToolTipBase: theme.base,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Mid: theme.rule,
        role.Midlight: theme.grid,
        role.Light: theme.base,
        role.Dark: theme.rule,
    }
    for key, colour in colours.items():
        palette.setColor(key, QColor(colour))
    faded = QColor(theme.muted)
    faded.setAlpha(150)
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, faded)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.rule))
    return palette


def tabular(font: QFont) -> QFont:
    """Return the font with figures of equal width, so that columns of numbers line up."""
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def quiet(widget: QWidget) -> None:
    """Write what a widget says in a quieter ink, that of notes; the ink of what is switched off is hard to read."""
    widget.setForegroundRole(QPalette.ColorRole.PlaceholderText)


def current(app: QApplication, scheme: Scheme) -> Theme:
    """Return the theme that a scheme means now; `system` asks the desktop."""
    if scheme == "system":
        return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return DARK if scheme == "dark" else LIGHT


def apply(app: QApplication, scheme: Scheme = "system") -> Theme:
    """Dress the application once and return the theme for what draws itself, such as charts."""
    wanted = {
        "system": Qt.ColorScheme.Unknown,
        "light": Qt.ColorScheme.Light,
        "dark": Qt.ColorScheme.Dark,
    }[scheme]
    app.styleHints().setColorScheme(wanted)
    theme = current(app, scheme)
    if app.style().name().lower() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette_of(theme))
    app.setStyleSheet(STYLE.format(**{name: getattr(theme, name) for name in Theme.__slots__}))
    app.setFont(tabular(app.font()))
    return theme


class LiveTheme(QObject):
    """Keeps the application dressed while the desktop or the person changes the scheme."""

    changed = Signal(Theme)

    def __init__(self, app: QApplication, scheme: Scheme = "system") -> None:
        """Dress the application at once; `changed` is emitted only when the theme becomes another."""
        super().__init__(app)
        self._app = app
        self._scheme: Scheme = scheme
        self._theme = apply(app, scheme)
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def theme(self) -> Theme:
        """The theme that the application wears now."""
        return self._theme

    @property
    def scheme(self) -> Scheme:
        """What the person asked for."""
        return self._scheme

    def set_scheme(self, scheme: Scheme) -> None:
        """Wear another scheme from now on."""
        self._scheme = scheme
        self._wear(apply(self._app, scheme))

    def _follow(self) -> None:
        if self._scheme == "system" and current(self._app, "system") != self._theme:
            self._wear(apply(self._app, "system"))

    def _wear(self, theme: Theme) -> None:
        if theme != self._theme:
            self._theme = theme
            self.changed.emit(theme)
