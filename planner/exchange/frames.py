"""Tables of a plan and of its analysis as pandas data frames, in the units that people see: for notebooks."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from planner.analysis import CoverTable
from planner.fields import Field, Stored
from planner.fields.kinds import MonthKind
from planner.fields.quantities import Fixed
from planner.model import table_named
from planner.plan import Plan
from planner.units import Month

if TYPE_CHECKING:
    import pandas as pd


def table_frame(plan: Plan, table: str) -> "pd.DataFrame":
    """Return the records of a table, a column for each field by its name: t, GWh and % as floats, months as periods."""
    import pandas as pd  # noqa: PLC0415 - half a second that only notebooks spend

    fields = table_named(table).fields
    rows = [[_seen(field, value) for field, value in zip(fields, row, strict=True)] for row in plan.values(table)]
    frame = pd.DataFrame(rows, columns=[field.name for field in fields], dtype="object")
    return frame.astype({field.name: _dtype(field) for field in fields})


def cover_frame(table: CoverTable) -> "pd.DataFrame":
    """Return a cover table indexed by period, in the table's unit; NaN where there is no number."""
    import pandas as pd  # noqa: PLC0415 - half a second that only notebooks spend

    frame = pd.DataFrame([asdict(row) for row in table.rows])
    return frame if frame.empty else frame.set_index("period")


def _seen(field: Field, stored: Stored) -> str | float | None:
    value = field.kind.load(stored)
    if value is not None and isinstance(field.kind, Fixed):
        return float(field.kind.seen(value))
    return value if isinstance(value, str | int | None) and not isinstance(value, Month) else str(value)


def _dtype(field: Field) -> str:
    if isinstance(field.kind, Fixed):
        return "Float64"
    if isinstance(field.kind, MonthKind):
        return "period[M]"
    return "Int64" if field.kind.numeric else "string"
