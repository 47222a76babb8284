"""Every action of the window as a row of data, and the QActions that are built from the rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.icons import IconName, icon

# The actions that begin a new part of their menu.
SEPARATOR_BEFORE = frozenset(
    {
        "import",
        "quit",
        "cut",
        "find",
        "add_row",
        "mark_planned",
        "go_overview",
        "save_chart",
        "show_findings",
        "search_everything",
    }
)


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing a person can do; `shortcut` is in Qt's portable text, `tip` says what happens.

    One without a shortcut says why in `no_shortcut`. Of the actions of one `group` exactly one is checked; one that is
    `checkable` alone is on or off.
    """

    id: str
    title: str
    shortcut: str
    icon: IconName | None
    menu: str
    tip: str
    group: str = ""
    checkable: bool = False
    no_shortcut: str = ""


@dataclass(frozen=True, slots=True)
class GridKey:
    """A key that means something in a grid alone, in Qt's portable text, and what it does."""

    keys: str
    does: str


_SELDOM = "chosen once, and remembered"

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new_plan", "New plan…", "Ctrl+N", "new", "File", "Make a new, empty plan file"),
    ActionSpec("open", "Open…", "Ctrl+O", "open", "File", "Open another plan file"),
    ActionSpec(
        "save_copy", "Save a copy…", "Ctrl+Shift+S", "copy", "File", "Write the plan and its history to a new file"
    ),
    ActionSpec(
        "import",
        "Import…",
        "Ctrl+I",
        "import",
        "File",
        "Bring rows in from a CSV file or a workbook, with a preview first",
    ),
    ActionSpec(
        "inbox",
        "Inbox folder…",
        "",
        None,
        "File",
        "Watch a folder: a new table that comes into it is offered for import, never taken in by itself",
        no_shortcut=_SELDOM,
    ),
    ActionSpec(
        "export",
        "Export…",
        "Ctrl+E",
        "export",
        "File",
        "Write a grid, a table, the plan or a call-off schedule to a file",
    ),
    ActionSpec(
        "report", "Report…", "Ctrl+P", None, "File", "Write the report: a page to print, a workbook, a web page"
    ),
    ActionSpec("quit", "Quit", "Ctrl+Q", None, "File", "Close the window; every edit is saved already"),
    ActionSpec("undo", "Undo", "Ctrl+Z", "undo", "Edit", "Take back the last edit"),
    ActionSpec("redo", "Redo", "Ctrl+Y", "redo", "Edit", "Bring back the edit that was undone last"),
    ActionSpec("cut", "Cut", "Ctrl+X", "cut", "Edit", "Copy the selected cells and empty them"),
    ActionSpec("copy", "Copy", "Ctrl+C", "copy", "Edit", "Copy the selected cells for a spreadsheet"),
    ActionSpec("paste", "Paste", "Ctrl+V", None, "Edit", "Paste a block of cells as one edit"),
    ActionSpec(
        "fill_down", "Fill down", "Ctrl+D", None, "Edit", "Copy the top row of the selection to the rows below it"
    ),
    ActionSpec(
        "fill_right",
        "Fill right",
        "Ctrl+R",
        None,
        "Edit",
        "Copy the left column of the selection to the columns beside it",
    ),
    ActionSpec(
        "fill_series",
        "Fill series",
        "Ctrl+Shift+F",
        None,
        "Edit",
        "Continue the first cells of the selection: 10, 20, 30; March, April; Line 1, Line 2",
    ),
    ActionSpec("set_all", "Fill selection", "Ctrl+Return", None, "Edit", "Write what is typed into all selected cells"),
    ActionSpec("find", "Find…", "Ctrl+F", "find", "Edit", "Find a text in the grid"),
    ActionSpec("replace", "Replace…", "Ctrl+H", None, "Edit", "Replace a text in cells, with a preview first"),
    ActionSpec(
        "filters", "Filters", "Ctrl+Shift+L", "filter", "Edit", "Keep only the rows in sight that fit: >500, 2025..2027"
    ),
    ActionSpec(
        "columns", "Columns…", "Ctrl+Shift+K", "columns", "Edit", "Choose the columns of the grid and their order"
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
        "draft_contract",
        "Draft as new…",
        "Ctrl+Shift+N",
        None,
        "Plan",
        "Draft a memorandum that follows the contract, with its lines, volumes and price terms",
    ),
    ActionSpec(
        "agree_volumes",
        "Agree volumes…",
        "Ctrl+Shift+A",
        None,
        "Plan",
        "Say what is agreed for each contract year of the lines, with a ramp-up",
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
        "call_option", "Call option…", "Ctrl+Shift+O", None, "Plan", "Move volume from an option to what is agreed"
    ),
    ActionSpec(
        "close_contract",
        "Close contract…",
        "Ctrl+Shift+X",
        None,
        "Plan",
        "End a contract with a month; what is planned after it goes",
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
    ActionSpec("back", "Back", "Alt+Left", None, "Go", "Return to the page that was shown before, as it was left"),
    ActionSpec("go_overview", "Overview", "Ctrl+1", "overview", "Go", "Chart, cover table and supported GWh"),
    ActionSpec(
        "go_contracts", "Contracts", "Ctrl+2", "contracts", "Go", "Contracts with their lines, volumes and milestones"
    ),
    ActionSpec("go_deliveries", "Deliveries", "Ctrl+3", "deliveries", "Go", "Lines down, months across"),
    ActionSpec("go_timeline", "Timeline", "Ctrl+4", "timeline", "Go", "Contracts from their start to their end"),
    ActionSpec("go_demand", "Demand", "Ctrl+5", "demand", "Go", "Programmes and the GWh that they need by month"),
    ActionSpec(
        "go_capacity", "Capacity", "Ctrl+6", "capacity", "Go", "What plants can make, against what is contracted there"
    ),
    ActionSpec("go_stock", "Stock", "Ctrl+7", "stock", "Go", "Counted balances and safety stock"),
    ActionSpec("go_prices", "Prices", "Ctrl+8", "prices", "Go", "Price terms, indices and exchange rates"),
    ActionSpec("go_spend", "Spend", "Alt+1", "spend", "Go", "What supply costs, against budgets and if indices move"),
    ActionSpec(
        "go_carbon", "Carbon", "Alt+2", "carbon", "Go", "What a kWh carries, against the path, and what moves it"
    ),
    ActionSpec(
        "go_recycled",
        "Recycled",
        "Alt+3",
        "recycled",
        "Go",
        "Recycled content against the legal minimum, and closed loops",
    ),
    ActionSpec(
        "go_concentration",
        "Concentration",
        "Alt+4",
        "concentration",
        "Go",
        "On how few suppliers, plants and countries supply hangs",
    ),
    ActionSpec("go_lots", "Lots", "Alt+5", "lots", "Go", "Delivered lots, their chain and mass balances"),
    ActionSpec(
        "go_targets", "Targets", "Alt+6", "targets", "Go", "What is aimed at by year, and where the plan stands"
    ),
    ActionSpec(
        "go_tables", "Tables", "Ctrl+9", "tables", "Go", "Every table as a grid: materials, chemistries and all"
    ),
    ActionSpec("go_history", "History", "Ctrl+0", "history", "Go", "Every edit: when, who, what"),
    ActionSpec(
        "search_everything",
        "Search everything…",
        "Ctrl+K",
        "find",
        "Go",
        "Run a command, or go to a page, a contract, a material or a table by its name",
    ),
    ActionSpec(
        "scheme_system",
        "Colours of the system",
        "",
        None,
        "View",
        "Light or dark as the desktop says",
        group="scheme",
        no_shortcut=_SELDOM,
    ),
    ActionSpec("scheme_light", "Light colours", "", None, "View", "Always light", group="scheme", no_shortcut=_SELDOM),
    ActionSpec("scheme_dark", "Dark colours", "", None, "View", "Always dark", group="scheme", no_shortcut=_SELDOM),
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
    ActionSpec("show_why", "Why", "F9", None, "View", "Explain a shortage or an excess by its causes", checkable=True),
    ActionSpec("show_shortcuts", "Keyboard shortcuts", "F1", None, "Help", "List every key and what it does"),
)

# What the actions above do not say: these keys are the grid's own.
GRID_KEYS: tuple[GridKey, ...] = (
    GridKey("Enter", "Take the value and go down"),
    GridKey("Shift+Enter", "Take the value and go up"),
    GridKey("Tab", "Take the value and go right"),
    GridKey("Shift+Tab", "Take the value and go left"),
    GridKey("F2", "Edit the cell; typing replaces it"),
    GridKey("Esc", "Give up what is being typed"),
    GridKey("Del", "Clear the selected cells"),
    GridKey("Home", "Go to the first column that can be typed into"),
    GridKey("End", "Go to the last column"),
    GridKey("Ctrl+Home", "Go to the first row"),
    GridKey("Ctrl+End", "Go to the last row that is filled"),
    GridKey("Ctrl+Down", "Go to the edge of what is filled; with any arrow"),
    GridKey("Shift+Down", "Select more cells; with any arrow"),
    GridKey("Shift+Space", "Select the whole rows"),
    GridKey("Ctrl+Space", "Select the whole columns"),
    GridKey("Ctrl+A", "Select everything"),
    GridKey("F3", "Go to the next cell that was found"),
    GridKey("Shift+F3", "Go to the cell before that was found"),
    GridKey("F6", "Go to the next grid of the page"),
    GridKey("Shift+F6", "Go to the grid before"),
    GridKey("Ctrl+Tab", "Leave the grid for what comes after it"),
    GridKey("Ctrl+Shift+Tab", "Leave the grid for what comes before it"),
)

Callback = Callable[[], object]


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
