"""Records as arrays: the same rows as one by one, whatever stands in them, and some of them in any order."""

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from planner.commands import CreateRecords, DeleteRecords
from planner.errors import PlannerError
from planner.exchange.csv_export import MACHINES, CsvStyle, write_csv
from planner.exchange.extract import Extract
from planner.exchange.sheet_extract import some_records, whole_table
from planner.model import TABLES, Record
from planner.plan import Plan
from tests.strategies import consistent


def written(extract: Extract, style: CsvStyle = MACHINES) -> str:
    """Return the rows as CSV."""
    stream = io.BytesIO()
    write_csv(extract, stream, style)
    return stream.getvalue().decode(style.encoding)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(records=consistent(4))
def test_arrays_and_rows_are_written_alike(
    tmp_path_factory: pytest.TempPathFactory, records: tuple[Record, ...]
) -> None:
    with Plan.create(tmp_path_factory.mktemp("plan") / "plan.offtake", person="Tester") as plan:
        plan.run(CreateRecords(records))
        for table in TABLES.values():
            extract = whole_table(plan, table.name)
            ids = plan.row_ids(table.name)
            some = some_records(plan, table, table.fields, ids)
            for style in (MACHINES, CsvStyle("fr", people=True)):
                row_by_row = written(replace(extract, arrays=None), style)
                assert written(extract, style) == row_by_row
                assert written(some, style) == row_by_row
                assert written(replace(some, arrays=None), style) == row_by_row


def test_some_records_come_in_the_order_and_with_the_fields_that_are_wanted(plan: Plan) -> None:
    table = TABLES["organisations"]
    ids = plan.row_ids("organisations")[::-1]
    code, name = table.fields[:2]
    found = written(some_records(plan, table, (name, code), ids)).splitlines()
    assert found[0] == "name,code"
    assert [line.split(",")[-1] for line in found[1:]] == ["RNO", "MNG"]


def test_a_record_that_is_gone_is_left_out(plan: Plan) -> None:
    table = TABLES["deliveries"]
    ids = np.append(plan.row_ids("deliveries"), 10**9)
    extract = some_records(plan, table, table.fields, ids)
    assert len(written(extract).splitlines()) == 1 + plan.count("deliveries")
    plan.run(DeleteRecords("deliveries", (int(ids[0]),), cascade=True))
    assert len(written(extract).splitlines()) == plan.count("deliveries") + 1


def test_what_is_done_is_told_and_can_be_ended(plan: Plan, tmp_path: Path) -> None:
    told: list[float] = []
    write_csv(whole_table(plan, "organisations"), tmp_path / "out.csv", report=told.append)
    assert told == [1.0]

    def stop(_: float) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_csv(whole_table(plan, "organisations"), tmp_path / "new.csv", report=stop)
    assert not (tmp_path / "new.csv").exists()


def test_a_table_that_is_none_is_told(plan: Plan) -> None:
    with pytest.raises(PlannerError, match="There is no table 'prices'"):
        whole_table(plan, "prices")
