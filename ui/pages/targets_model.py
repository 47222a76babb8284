"""Targets down, years across: where the plan stands and what is asked for, and whether that is met."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.analysis.aims.targets import TargetRow, TargetYear
from ui.charts.countries import country_name
from ui.charts.words import number
from ui.grids.formats import LEFT, RIGHT

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
YEAR_ROLE: Final = Qt.ItemDataRole.UserRole
DECIMALS_ROLE: Final = Qt.ItemDataRole.UserRole + 1
# Before the years stand the name of the target and how it is measured.
NAMES: Final = ("Target", "Asks for")
STANDINGS: Final = {True: "met", False: "missed", None: "open"}


class TargetsModel(QAbstractTableModel):
    """One row a target; the cell of a year holds its `TargetYear` under `YEAR_ROLE`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.targets: tuple[TargetRow, ...] = ()
        self.years: tuple[str, ...] = ()

    def show_targets(self, rows: Sequence[TargetRow]) -> None:
        """Show these targets, all of the same years."""
        if tuple(rows) == self.targets:
            return
        self.beginResetModel()
        self.targets = tuple(rows)
        self.years = tuple(each.year for each in rows[0].years) if rows else ()
        self.endResetModel()

    def year_at(self, index: Index) -> TargetYear | None:
        """Return what a cell is about; None in the columns before the years."""
        at = index.column() - len(NAMES)
        return self.targets[index.row()].years[at] if index.isValid() and at >= 0 else None

    def rowCount(self, parent: Index = ROOT) -> int:
        """Count the targets."""
        return 0 if parent.isValid() else len(self.targets)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Count the names and the years."""
        return 0 if parent.isValid() else len(NAMES) + len(self.years)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if section < len(NAMES) else RIGHT
        return (*NAMES, *self.years)[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a text, or the year behind it; the tip says what a figure is of."""
        if not index.isValid():
            return None
        row, year = self.targets[index.row()], self.year_at(index)
        match role:
            case Qt.ItemDataRole.DisplayRole if year is None:
                return (title_of(row), asks_for(row))[index.column()]
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole if year is not None:
                return in_words(year, decimals_of(row))
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(row.notes) if year is None else note_of(row, year)
            case Qt.ItemDataRole.TextAlignmentRole:
                return LEFT if year is None else RIGHT
            case _:
                return (
                    {YEAR_ROLE: year, DECIMALS_ROLE: decimals_of(row)}.get(Qt.ItemDataRole(role))
                    if role >= YEAR_ROLE
                    else None
                )


def title_of(row: TargetRow) -> str:
    """Return the name of a target; a country goes by its name rather than its code."""
    return row.title.removesuffix(row.scope) + country_name(row.scope) if row.measure == "local_spend" else row.title


def note_of(row: TargetRow, year: TargetYear) -> str:
    """Return what a figure is of, or what is missing of it."""
    return country_name(year.note) if row.measure == "country_share" else year.note


def asks_for(row: TargetRow) -> str:
    """Return on which side of the target the plan should be, and the unit."""
    return f"{row.direction.removesuffix(' path')}, {row.unit}"


def decimals_of(row: TargetRow) -> int:
    """Return how many decimals the figures of a target are shown with."""
    return {"carbon": 2, "recycled": 1}.get(row.measure, 0)


def in_words(year: TargetYear, decimals: int) -> str:
    """Return a year as text: `7.32 of 10.65, met`; a dash where nothing is asked for and nothing known."""
    plan = number(year.plan, decimals)
    if year.path is None:
        return plan
    return f"{plan} of {number(year.path, decimals)}, {standing_of(year)}"


def standing_of(year: TargetYear) -> str:
    """Return whether a target is met; empty where nothing is asked for."""
    if year.path is None:
        return ""
    return "not known" if year.plan is None else STANDINGS[year.met]
