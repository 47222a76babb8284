"""What follows from an edit of a contract's stage: the day is written down in the same edit."""

import sqlite3
from datetime import UTC, datetime

from planner.store import log
from planner.store.columns import Layout, StoredRow, column_names

_CONTRACTS = Layout(column_names("contracts"))
_CHANGES = Layout(column_names("stage_changes"))


def note_stages(connection: sqlite3.Connection, edit: int) -> None:
    """Log a change of stage, from today on, for each contract whose stage a draft changes, when it is to be applied.

    A draft that touches a contract's changes of stage itself is left at that. Of several changes on one day the last
    one stays, and the stage before the first; none where the stage came back to that.
    """
    before, after = (_CONTRACTS.value(side, "stage") for side in ("before", "after"))
    found = connection.execute(
        f"SELECT row, {before}, {after} FROM change WHERE edit = ? AND \"table\" = 'contracts'"  # noqa: S608 - names come from the declared fields
        f" AND before IS NOT NULL AND after IS NOT NULL AND {before} <> {after}"
        f" AND row NOT IN (SELECT {_CHANGES.value('coalesce(after, before)', 'contract_id')} FROM change"
        " WHERE edit = ? AND \"table\" = 'stage_changes')",
        (edit, edit),
    ).fetchall()
    entries = [entry for each in found if (entry := _entry(connection, *each)).before != entry.after]
    if entries:
        log.log(connection, edit, entries)
        log.summarise(connection, edit)


def _entry(connection: sqlite3.Connection, contract: int, previous: str, stage: str) -> log.Entry:
    today = datetime.now(UTC).astimezone().date().isoformat()
    row: StoredRow = {"contract_id": contract, "day": today, "stage": stage, "previous": previous, "note": ""}
    names = column_names("stage_changes")
    noted = connection.execute(
        f"SELECT id, {', '.join(names)} FROM stage_changes WHERE contract_id = ? AND day = ?",  # noqa: S608 - names come from the declared fields
        (contract, today),
    ).fetchone()
    if noted is None:
        return log.Entry("stage_changes", log.allocate(connection, 1), None, row)
    was: StoredRow = dict(zip(names, noted[1:], strict=True))
    came_back = was["previous"] == stage and not was["note"]
    return log.Entry("stage_changes", int(noted[0]), was, None if came_back else {**was, "stage": stage})
