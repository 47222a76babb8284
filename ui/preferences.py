"""What one person prefers on one machine (QSettings); never stored in a plan."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from planner.analysis.gaps.heat import DEFAULT, Thresholds
from planner.changes import login_name
from planner.errors import PlannerError
from ui.theme import Scheme

RECENT_LIMIT = 10
CHOICES_LIMIT = 12


class Preferences:
    """Typed fields over QSettings; what cannot be read counts as not set."""

    def __init__(self, settings: QSettings | None = None) -> None:
        """Use the given settings, or the person's own."""
        self._settings = QSettings("Offtake", "Offtake") if settings is None else settings

    @property
    def recent_plans(self) -> tuple[Path, ...]:
        """Plans opened lately, newest first, at most ten, without those that no longer exist."""
        return tuple(path for path in map(Path, self._texts("recent_plans")) if path.is_file())[:RECENT_LIMIT]

    def add_recent_plan(self, path: Path) -> None:
        """Put a plan at the head of the list."""
        plan = path.resolve()
        others = [other for other in self.recent_plans if other != plan]
        self._settings.setValue("recent_plans", [str(each) for each in (plan, *others)[:RECENT_LIMIT]])

    @property
    def recent_choices(self) -> tuple[str, ...]:
        """The ids of what was chosen lately in the search over everything, newest first."""
        return self._texts("recent_choices")[:CHOICES_LIMIT]

    def add_recent_choice(self, choice: str) -> None:
        """Put an id at the head of the list."""
        others = [other for other in self.recent_choices if other != choice]
        self._settings.setValue("recent_choices", [choice, *others][:CHOICES_LIMIT])

    def grid_arrangement(self, name: str) -> str:
        """Return how a grid was left, as a text; empty when it was never arranged."""
        return self._text(f"grids/{name}")

    def set_grid_arrangement(self, name: str, text: str) -> None:
        """Remember how a grid is left."""
        self._settings.setValue(f"grids/{name}", text)

    @property
    def thresholds(self) -> Thresholds:
        """From which cover in % a cell of the heat map is short, tight, or holds too much."""
        try:
            return Thresholds(*(int(text) for text in self._texts("heat_thresholds")[:3]))
        except (ValueError, PlannerError):
            return DEFAULT

    @thresholds.setter
    def thresholds(self, chosen: Thresholds) -> None:
        steps = (chosen.short_below_pct, chosen.tight_below_pct, chosen.excess_above_pct)
        self._settings.setValue("heat_thresholds", [str(step) for step in steps])

    @property
    def scheme(self) -> Scheme:
        """`system`, `light` or `dark`; the system's unless chosen."""
        match self._text("scheme"):
            case "light":
                return "light"
            case "dark":
                return "dark"
            case _:
                return "system"

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._settings.setValue("scheme", scheme)

    @property
    def geometry(self) -> QByteArray:
        """What `QWidget.saveGeometry` gave; empty when never saved."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._settings.setValue("window/geometry", value)

    @property
    def state(self) -> QByteArray:
        """What `QMainWindow.saveState` gave; empty when never saved."""
        return self._bytes("window/state")

    @state.setter
    def state(self, value: QByteArray) -> None:
        self._settings.setValue("window/state", value)

    @property
    def last_folder(self) -> Path:
        """The folder of the last file dialog, or the home folder when it is gone."""
        folder = Path(self._text("last_folder") or Path.home())
        return folder if folder.is_dir() else Path.home()

    @last_folder.setter
    def last_folder(self, folder: Path) -> None:
        self._settings.setValue("last_folder", str(folder))

    @property
    def inbox_folder(self) -> Path | None:
        """The folder whose new files are offered for import; None when none is watched or it is gone."""
        text = self._text("inbox/folder")
        return Path(text) if text and Path(text).is_dir() else None

    @inbox_folder.setter
    def inbox_folder(self, folder: Path | None) -> None:
        self._settings.setValue("inbox/folder", "" if folder is None else str(folder))

    @property
    def inbox_known(self) -> tuple[str, ...]:
        """The marks of the files of the inbox that were offered already."""
        return self._texts("inbox/known")

    @inbox_known.setter
    def inbox_known(self, marks: tuple[str, ...]) -> None:
        self._settings.setValue("inbox/known", list(marks))

    @property
    def person(self) -> str:
        """The name written into the history; the login name unless set."""
        return self._text("person") or login_name()

    @person.setter
    def person(self, name: str) -> None:
        self._settings.setValue("person", name.strip())

    def _text(self, key: str) -> str:
        value = self._settings.value(key)
        return value if isinstance(value, str) else ""

    def _texts(self, key: str) -> tuple[str, ...]:
        # An INI file gives back a list of one as the bare text.
        value = self._settings.value(key)
        if isinstance(value, str):
            return (value,) if value else ()
        return tuple(str(each) for each in value) if isinstance(value, list) else ()

    def _bytes(self, key: str) -> QByteArray:
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()
