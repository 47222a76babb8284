"""What can be searched for: actions, pages, contracts, materials, tables and plans, and which of it answers a text."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QKeySequence

from planner.analysis import Subject
from planner.model import TABLES, Contract, Material
from planner.plan import Plan
from ui.actions import ACTIONS
from ui.icons import IconName
from ui.matching import Match, match
from ui.navigation import Navigation
from ui.pages import PAGES

MOST_LISTED = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to choose; `id` is remembered, `kind` and `keys` stand at the right."""

    id: str
    text: str
    kind: str
    icon: IconName | None
    run: Callable[[], object]
    keys: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """An entry, and which of its letters were typed."""

    entry: Entry
    places: tuple[int, ...] = ()


def entries(
    plan: Plan,
    actions: Mapping[str, QAction],
    navigation: Navigation,
    recent: Sequence[Path],
    open_plan: Callable[[Path], object],
) -> list[Entry]:
    """Return all that can be chosen: what can be done first, then what can be gone to."""
    return [
        *_pages(actions, navigation),
        *_actions(actions),
        *_records(plan, navigation),
        *_tables(navigation),
        *_plans(recent, open_plan),
    ]


def _pages(actions: Mapping[str, QAction], navigation: Navigation) -> Iterator[Entry]:
    for spec in PAGES:
        run, keys = partial(navigation.go, spec.id), _keys(actions[f"go_{spec.id}"])
        yield Entry(f"page:{spec.id}", spec.title, "Page", spec.icon, run, keys)


def _actions(actions: Mapping[str, QAction]) -> Iterator[Entry]:
    for spec in ACTIONS:
        if spec.id in actions and not spec.id.startswith("go_") and spec.id != "search_everything":
            action = actions[spec.id]
            can = action.isEnabled()
            yield Entry(f"action:{spec.id}", action.text(), spec.menu, spec.icon, action.trigger, _keys(action), can)


def _records(plan: Plan, navigation: Navigation) -> Iterator[Entry]:
    for row in plan.rows("contracts"):
        if isinstance(row.record, Contract):
            key = (row.record.reference,)
            text = " – ".join(filter(None, (row.record.reference, row.record.title)))
            run = partial(navigation.go_to_record, "contracts", key)
            yield Entry(f"contract:{row.record.reference}", text, "Contract", "contracts", run)
    for element in plan.cube.inputs.elements:
        run = partial(navigation.go_to_subject, Subject("element", element))
        yield Entry(f"element:{element}", element, "Element", "overview", run)
    for row in plan.rows("materials"):
        if isinstance(row.record, Material):
            run = partial(navigation.go_to_subject, Subject("material", row.record.code))
            text = f"{row.record.code} – {row.record.name}"
            yield Entry(f"material:{row.record.code}", text, "Material", "overview", run)


def _tables(navigation: Navigation) -> Iterator[Entry]:
    for name, table in TABLES.items():
        yield Entry(f"table:{name}", table.title, "Table", "tables", partial(navigation.go_to_table, name))


def _plans(recent: Sequence[Path], open_plan: Callable[[Path], object]) -> Iterator[Entry]:
    for path in recent:
        yield Entry(f"plan:{path}", f"{path.stem} – {path.parent}", "Plan", "open", partial(open_plan, path))


def _keys(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def ranked(found: Sequence[Entry], wanted: str, recent: Sequence[str] = ()) -> list[Found]:
    """Return what answers a text, the best first and what cannot be chosen now last.

    Without a text it is what can be chosen, in the order in which it was chosen last, then in its own.
    """
    if not wanted.strip():
        order = {each: at for at, each in enumerate(recent)}
        listed = sorted((e for e in found if e.enabled), key=lambda e: order.get(e.id, len(order)))
        return [Found(entry) for entry in listed[:MOST_LISTED]]
    matched = [(fit, at, entry) for at, entry in enumerate(found) if (fit := match(wanted, entry.text)) is not None]
    matched.sort(key=_order)
    return [Found(entry, fit.places) for fit, _, entry in matched[:MOST_LISTED]]


def _order(matched: tuple[Match, int, Entry]) -> tuple[bool, Match, int]:
    fit, at, entry = matched
    return not entry.enabled, fit, at
