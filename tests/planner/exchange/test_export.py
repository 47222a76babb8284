"""Exported files: what is in them, that they are written whole or not at all, and what may not be overwritten."""

import contextlib
import errno
import io
import os
import threading
from pathlib import Path

import pytest
from babel import localedata

from planner.errors import PlannerError
from planner.exchange.atomic import written
from planner.exchange.csv_export import export
from planner.fields.numbers import decimal_mark
from planner.plan import Plan
from tests.planner.exchange.imported import contents


def test_machines_get_names_points_and_utf_8(plan: Plan, tmp_path: Path) -> None:
    assert export(plan, "intensities", tmp_path / "out.csv") == 1
    assert (tmp_path / "out.csv").read_bytes() == b"chemistry,element,kg_per_kwh\nNMC,Co,0.069885\n"


def test_people_get_a_title_units_and_their_decimal_mark(plan: Plan, tmp_path: Path) -> None:
    export(plan, "contracts", tmp_path / "out.csv", locale="fr", people=True)
    assert (tmp_path / "out.csv").read_bytes().decode("utf-8-sig").split("\r\n") == [
        "Contracts of plan.offtake",
        "Contract;Title;Supplier;Buyer;Stage;Probability (%);Start;End;Currency;Incoterm;Note",
        "C1;;MNG;RNO;Signed;;2025-01;2026-12;;;",
        "",
    ]
    export(plan, "intensities", tmp_path / "out.csv", locale="de", people=True)
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()[-1] == "NMC;Co;0,069885"


def test_a_stream_is_written_and_left_open(plan: Plan) -> None:
    stream = io.BytesIO()
    export(plan, "intensities", stream)
    assert stream.getvalue().startswith(b"chemistry,element")


@pytest.mark.parametrize("locale", ["xx", "", "nonsense_locale", "fr_FR_x_y", "12"])
def test_an_unknown_locale_is_refused_before_anything_is_written(plan: Plan, tmp_path: Path, locale: str) -> None:
    with pytest.raises(PlannerError, match="There is no locale"):
        export(plan, "lines", tmp_path / "out.csv", locale=locale, people=True)
    assert list(tmp_path.glob("*.csv")) == []


def test_a_locale_whose_numbers_no_import_reads_is_refused(plan: Plan) -> None:
    refused = set()
    for name in localedata.locale_identifiers():
        try:
            export(plan, "intensities", io.BytesIO(), locale=name, people=True)
        except PlannerError as error:
            assert str(error).startswith(f"The decimal mark of {name}, ")  # noqa: PT017 - most locales raise nothing
            refused.add(decimal_mark(name))
    assert refused == {"\N{ARABIC DECIMAL SEPARATOR}"}


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")
    with contextlib.suppress(RuntimeError), written(target, encoding="utf-8") as file:
        file.write("new, in part")
        raise RuntimeError
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "out.csv"]


def test_a_full_disk_is_told_in_a_sentence_and_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")
    with (
        pytest.raises(PlannerError, match=r"out.csv cannot be written: .+\. Choose another folder\."),
        written(target, encoding="utf-8"),
    ):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert target.read_text() == "old"


def test_a_folder_that_is_none_is_told_in_a_sentence(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match=r"cannot be written: No such file or directory\. Choose another folder\."):
        export(plan, "lines", tmp_path / "none" / "out.csv")
    with pytest.raises(PlannerError, match="cannot be written"):
        export(plan, "lines", tmp_path)
    with pytest.raises(PlannerError, match="cannot be written"):
        export(plan, "lines", tmp_path / ("x" * 300))


def test_a_link_leads_to_the_file_that_is_replaced_and_its_rights_are_kept(plan: Plan, tmp_path: Path) -> None:
    real = tmp_path / "real.csv"
    real.touch(mode=0o600)
    link = tmp_path / "link.csv"
    link.symlink_to(real)
    export(plan, "intensities", link)
    assert link.is_symlink()
    assert real.read_text().startswith("chemistry")
    assert real.stat().st_mode & 0o777 == 0o600


def test_a_pipe_is_written_as_it_is(plan: Plan, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    export(plan, "intensities", pipe)
    reader.join()
    assert read == ["chemistry,element,kg_per_kwh\nNMC,Co,0.069885\n"]


def test_no_table_takes_the_place_of_a_plan(plan: Plan, tmp_path: Path) -> None:
    before = contents(plan)
    disguised = tmp_path / "plan.csv"
    disguised.write_bytes(plan.path.read_bytes())
    for target in (plan.path, tmp_path / "new.offtake", disguised):
        with pytest.raises(PlannerError, match="is a plan, and would be lost; choose another name, such as"):
            export(plan, "lines", target)
    assert contents(plan) == before


def test_a_plan_that_is_open_elsewhere_is_exported_all_the_same(plan: Plan, tmp_path: Path) -> None:
    with Plan.open(plan.path, person="Other") as reading:
        assert reading.read_only is not None
        assert export(reading, "deliveries", tmp_path / "out.csv") == 1
