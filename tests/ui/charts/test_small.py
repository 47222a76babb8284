"""The strip of supported GWh."""

from dataclasses import replace

import pytest

from planner.analysis import Period, Stages, SupportedRow, SupportedTable
from tests.ui.charts.tables import supported_table
from ui.charts.small import EMPTY, SupportedChart
from ui.theme import DARK


def test_bars_and_steps_are_the_numbers(small: SupportedChart) -> None:
    small.show_table(supported_table())
    assert small.bars.heights == (1.5, 0.75, 0.0)
    assert small.demand.values == (1.0, 1.25, 0.5)
    [gap] = small.gap.bars
    assert (gap.center().x(), gap.top(), gap.bottom()) == (1.0, 0.75, 1.25)


def test_the_title_names_the_unit_and_what_nobody_has_contracted(small: SupportedChart) -> None:
    small.show_table(supported_table())
    assert small.header.subtitle == "GWh by month; nothing contracted of Ni, Mn"
    assert small.plots[0].scale.labelText == "GWh per month"
    small.show_table(replace(supported_table(), unplanned=()))
    assert small.header.subtitle == "GWh by month"


def test_the_read_out_names_the_bottleneck(small: SupportedChart) -> None:
    assert small.readings(0) == {}
    small.show_table(supported_table())
    small.point_at(1)
    assert small.header.readout_text == "February 2025; Supported 0.75; Wanted 1.25; Not supported 0.50; Bottleneck Li"
    assert small.readings(2) == {"gwh": "–", "demand_gwh": "0.50", "gap": "0.00", "bottleneck": "none"}


def test_a_table_of_nothing_says_what_to_do(small: SupportedChart) -> None:
    nothing = SupportedTable(Period.MONTH, Stages.ALL, (SupportedRow("2025-01", None, None, 0.0),), ())
    small.show_table(nothing)
    assert small.plots[0].note.toPlainText() == EMPTY
    small.show_table(supported_table())
    assert not small.plots[0].note.isVisible()


def test_the_same_table_again_sets_nothing(small: SupportedChart, monkeypatch: pytest.MonkeyPatch) -> None:
    small.show_table(supported_table())
    monkeypatch.setattr(small, "set_periods", lambda _: pytest.fail("set again"))
    small.show_table(supported_table())


def test_the_numbers_as_text_are_those_of_the_table(small: SupportedChart) -> None:
    assert len(small.csv_rows()) == 1
    small.show_table(supported_table())
    assert small.csv_rows() == [
        ["period", "supported (GWh)", "bottleneck", "demand (GWh)"],
        ["2025-01", "1.5", "Co", "1.0"],
        ["2025-02", "0.75", "Li", "1.25"],
        ["2025-03", "", "", "0.5"],
    ]


def test_a_picture_shows_the_same(small: SupportedChart) -> None:
    assert small.picture_copy().table is None
    small.show_table(supported_table())
    small.toggle("gap")
    small.set_theme(DARK)
    copy = small.picture_copy()
    assert (copy.table, copy.hidden, copy.theme) == (small.table, frozenset({"gap"}), DARK)
