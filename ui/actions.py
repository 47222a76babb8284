"""Every action of the window as a row of data, and the QActions that are built from the rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.icons import IconName, icon

# The actions that begin a new part of their menu.
SEPARATOR_BEFORE = frozenset({"import", "quit", "copy", "add_row", "mark_planned", "save_chart", "show_findings"})


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing a person can do; `shortcut` is in Qt's portable text, `tip` says what happens.

    Of the actions of one `group` exactly one is checked; one that is `checkable` alone is on or off.
    """

    id: str
    title: str
    shortcut: str
    icon: IconName | None
    menu: str
    tip: str
    group: str = ""
    checkable: bool = False


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new_plan", "New plan…", "Ctrl+N", "new", "File", "Make a new, empty plan file"),
    ActionSpec("open", "Open…", "Ctrl+O", "open", "File", "Open another plan file"),
    ActionSpec(
        "save_copy", "Save a copy…", "Ctrl+Shift+S", "copy", "File", "Write the plan and its history to a new file"
    ),
    ActionSpec("import", "Import…", "Ctrl+I", "import", "File", "Bring rows in from a CSV file, with a preview first"),
    ActionSpec("export", "Export…", "Ctrl+E", "export", "File", "Write a table to a CSV file"),
    ActionSpec("quit", "Quit", "Ctrl+Q", None, "File", "Close the window; every edit is saved already"),
    ActionSpec("undo", "Undo", "Ctrl+Z", "undo", "Edit", "Take back the last edit"),
    ActionSpec("redo", "Redo", "Ctrl+Y", "redo", "Edit", "Bring back the edit that was undone last"),
    ActionSpec("copy", "Copy", "Ctrl+C", "copy", "Edit", "Copy the selected cells for a spreadsheet"),
    ActionSpec("paste", "Paste", "Ctrl+V", None, "Edit", "Paste a block of cells as one edit"),
    ActionSpec(
        "fill_down", "Fill down", "Ctrl+D", None, "Edit", "Copy the top row of the selection to the rows below it"
    ),
    ActionSpec("add_row", "Add row", "Ctrl++", "add", "Edit", "Go to the blank row at the end of the table"),
    ActionSpec("delete_rows", "Delete rows", "Ctrl+-", "delete", "Edit", "Delete the rows of the selection"),
    ActionSpec(
        "duplicate_contract",
        "Duplicate contract…",
        "Ctrl+Shift+D",
        "duplicate",
        "Plan",
        "Copy a contract with its lines, under a new reference",
    ),
    ActionSpec(
        "phase_volumes",
        "Phase volumes",
        "Ctrl+Shift+P",
        "phase",
        "Plan",
        "Spread the agreed volumes of a line over their months",
    ),
    ActionSpec(
        "mark_planned", "Mark as planned", "Ctrl+Alt+1", None, "Plan", "Say that the selected deliveries are a plan"
    ),
    ActionSpec(
        "mark_confirmed",
        "Mark as confirmed",
        "Ctrl+Alt+2",
        None,
        "Plan",
        "Say that the supplier has confirmed the selected deliveries",
    ),
    ActionSpec(
        "mark_received",
        "Mark as received",
        "Ctrl+Alt+3",
        None,
        "Plan",
        "Say that the selected deliveries have arrived",
    ),
    ActionSpec("go_overview", "Overview", "Ctrl+1", "overview", "Go", "Chart, cover table and supported GWh"),
    ActionSpec(
        "go_contracts", "Contracts", "Ctrl+2", "contracts", "Go", "Contracts with their lines, volumes and milestones"
    ),
    ActionSpec("go_deliveries", "Deliveries", "Ctrl+3", "deliveries", "Go", "Lines down, months across"),
    ActionSpec("go_demand", "Demand", "Ctrl+4", "demand", "Go", "Programmes and the GWh that they need by month"),
    ActionSpec(
        "go_capacity", "Capacity", "Ctrl+5", "capacity", "Go", "What plants can make, against what is contracted there"
    ),
    ActionSpec("go_stock", "Stock", "Ctrl+6", "stock", "Go", "Counted balances and safety stock"),
    ActionSpec(
        "go_tables", "Tables", "Ctrl+7", "tables", "Go", "Every table as a grid: materials, chemistries and all"
    ),
    ActionSpec("go_history", "History", "Ctrl+8", "history", "Go", "Every edit: when, who, what"),
    ActionSpec(
        "scheme_system", "Colours of the system", "", None, "View", "Light or dark as the desktop says", group="scheme"
    ),
    ActionSpec("scheme_light", "Light colours", "", None, "View", "Always light", group="scheme"),
    ActionSpec("scheme_dark", "Dark colours", "", None, "View", "Always dark", group="scheme"),
    ActionSpec(
        "save_chart",
        "Save chart as picture…",
        "Ctrl+Shift+E",
        "picture",
        "View",
        "Write the chart to a PNG or SVG file",
    ),
    ActionSpec("copy_chart", "Copy chart", "Ctrl+Shift+C", "copy", "View", "Copy the chart as a picture"),
    ActionSpec("show_findings", "Findings", "F8", None, "View", "List what somebody should look at", checkable=True),
)

Callback = Callable[[], object]
Condition = Callable[[], bool]


def build_actions(owner: QWidget, callbacks: Mapping[str, Callback]) -> dict[str, QAction]:
    """Return a QAction by id, in the order of the table, for every id that has a callback.

    KeyError names callbacks that no row of the table describes. The actions belong to the owner and are added to it,
    so that their shortcuts work without a menu.
    """
    unknown = set(callbacks) - {spec.id for spec in ACTIONS}
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    actions = {spec.id: _action(owner, spec, callbacks[spec.id]) for spec in ACTIONS if spec.id in callbacks}
    for group in {spec.group for spec in ACTIONS if spec.group}:
        together = QActionGroup(owner)
        for spec in ACTIONS:
            if spec.group == group and spec.id in actions:
                together.addAction(actions[spec.id])
    owner.addActions(list(actions.values()))
    return actions


def _action(owner: QWidget, spec: ActionSpec, callback: Callback) -> QAction:
    action = QAction(QIcon() if spec.icon is None else icon(spec.icon, owner.palette()), spec.title, owner)
    action.setObjectName(spec.id)
    action.setCheckable(bool(spec.group) or spec.checkable)
    if spec.shortcut:
        action.setShortcut(QKeySequence(spec.shortcut, QKeySequence.SequenceFormat.PortableText))
    written = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{spec.tip} ({written})" if written else spec.tip)
    action.setStatusTip(spec.tip)
    action.triggered.connect(lambda _checked: callback())
    return action


def refresh_enabled(actions: Mapping[str, QAction], enabled_when: Mapping[str, Condition]) -> None:
    """Enable each action exactly when its condition holds; those without a condition stay as they are."""
    for each, condition in enabled_when.items():
        if each in actions:
            actions[each].setEnabled(condition())


def refresh_icons(actions: Mapping[str, QAction], owner: QWidget) -> None:
    """Draw the icons anew in the palette of the owner, after light became dark."""
    for spec in ACTIONS:
        if spec.icon is not None and spec.id in actions:
            actions[spec.id].setIcon(icon(spec.icon, owner.palette()))


def of_menu(menu: str) -> tuple[ActionSpec, ...]:
    """Return the rows of one menu, in order."""
    return tuple(spec for spec in ACTIONS if spec.menu == menu)


def menus() -> tuple[str, ...]:
    """Return the titles of the menus, in the order in which the table first names them."""
    return tuple(dict.fromkeys(spec.menu for spec in ACTIONS))
