"""Tables as data frames: the units that people see, periods, and gaps where nothing is known."""

from dataclasses import replace

import pandas as pd

from planner.analysis import Period, Subject
from planner.exchange.frames import cover_frame, table_frame
from planner.model import TABLES
from planner.plan import Plan


def test_a_table_is_a_frame_in_the_units_that_people_see(plan: Plan) -> None:
    frame = table_frame(plan, "deliveries")
    assert list(frame.columns) == ["contract", "line", "month", "quantity_t", "status"]
    assert [str(dtype) for dtype in frame.dtypes] == ["string", "Int64", "period[M]", "Float64", "string"]
    assert frame.iloc[0].tolist() == ["C1", 1, pd.Period("2025-01", "M"), 416.0, "planned"]


def test_every_table_has_a_frame_with_and_without_records(plan: Plan) -> None:
    filled = {name: table_frame(plan, name) for name in TABLES}
    assert {name: len(frame) for name, frame in filled.items()} == {name: plan.count(name) for name in TABLES}
    plan.undo()
    for name, table in TABLES.items():
        frame = table_frame(plan, name)
        assert len(frame) == 0
        assert list(frame.columns) == [field.name for field in table.fields]
        assert list(frame.dtypes) == list(filled[name].dtypes)


def test_what_is_empty_is_missing(plan: Plan) -> None:
    assert bool(table_frame(plan, "contracts")["probability_pct"].isna().all())
    assert bool(table_frame(plan, "milestones")["done"].isna().all())
    assert table_frame(plan, "milestones")["due"].tolist() == ["2025-01-31"]


def test_a_cover_table_is_a_frame_by_period(plan: Plan) -> None:
    table = plan.cover(Subject("element", "Co"), by=Period.YEAR)
    frame = cover_frame(table)
    assert frame.index.tolist() == [row.period for row in table.rows]
    assert frame["demand"].tolist() == [row.demand for row in table.rows]
    assert frame["cover_pct"].isna().tolist() == [row.cover_pct is None for row in table.rows]


def test_a_cover_table_without_rows_is_an_empty_frame(plan: Plan) -> None:
    assert cover_frame(replace(plan.cover(Subject("element", "Co")), rows=())).empty
