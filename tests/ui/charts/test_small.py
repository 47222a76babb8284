"""The strip of supported GWh."""

from dataclasses import replace

import pytest

from planner.analysis import Period, Stages, SupportedRow, SupportedTable
from tests.ui.charts.tables import supported_table
from ui.charts.small import EMPTY, SupportedChart, lift_sentence
from ui.theme import DARK


def test_bars_and_steps_are_the_numbers(small: SupportedChart) -> None:
    small.show_table(supported_table())
    assert small.bars.heights == (1.5, 0.75, 0.0)
    assert small.demand.values == (1.0, 1.25, 0.5)
    [gap] = small.gap.bars
    assert (gap.center().x(), gap.top(), gap.bottom()) == (1.0, 0.75, 1.25)


def test_the_title_names_the_unit_and_the_sentence_what_nobody_has_contracted(small: SupportedChart) -> None:
    small.show_table(supported_table())
    assert small.header.subtitle == "GWh by month"
    assert small.plots[0].scale.labelText == "GWh per month"
    assert "Nothing is contracted of Ni, Mn." in small.lift.text()
    small.show_table(replace(supported_table(), unplanned=()))
    assert "contracted" not in small.lift.text()


def test_the_read_out_names_the_bottleneck(small: SupportedChart) -> None:
    assert small.readings(0) == {}
    small.show_table(supported_table())
    small.point_at(1)
    assert small.header.readout_text == "February 2025; Supported 0.75; Wanted 1.25; Not supported 0.50; Bottleneck Li"
    assert small.readings(2) == {"gwh": "–", "demand_gwh": "0.50", "gap": "0.00", "bottleneck": "none"}


LACKING = SupportedRow("2028-Q1", 0.75, "Co", 1.25, 0.4, "Ni", 12.34)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (LACKING, "Q1 2028: Co allows least; 12.3 t more would lift it by 0.40 GWh, then Ni limits."),
        (
            replace(LACKING, headroom_gwh=0.001, lift_t=0.01),
            "Q1 2028: Co allows least; more Co alone would lift nothing, Ni limits as well.",
        ),
        (SupportedRow("2028-03", 0.75, "Co", 1.25), "March 2028: Co allows least; its cells need nothing else."),
        (SupportedRow("2028", None, None, 1.25), ""),
    ],
)
def test_a_sentence_tells_what_would_lift_a_period(row: SupportedRow, sentence: str) -> None:
    assert lift_sentence(row) == sentence


def test_the_sentence_is_about_the_period_pointed_at_else_the_worst(small: SupportedChart) -> None:
    assert small.lift.text() == ""
    small.show_table(supported_table())
    told, left_out = "would lift it by 0.40 GWh, then Co limits.", "Nothing is contracted of Ni, Mn."
    assert small.lift.text() == f"February 2025: Li allows least; 12.3 t more {told} {left_out}"
    assert small.lift.toolTip() == small.lift.text()
    small.point_at(0)
    assert small.lift.text() == f"January 2025: Co allows least; its cells need nothing else. {left_out}"
    small.point_at(2)
    assert small.lift.text() == left_out
    small.point_at(None)
    assert small.lift.text().startswith("February")


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
        [
            *("period", "supported (GWh)", "bottleneck", "demand (GWh)"),
            *("headroom (GWh)", "next bottleneck", "lift (t metal)"),
        ],
        ["2025-01", "1.5", "Co", "1.0", "", "", ""],
        ["2025-02", "0.75", "Li", "1.25", "0.4", "Co", "12.3"],
        ["2025-03", "", "", "0.5", "", "", ""],
    ]


def test_a_picture_shows_the_same(small: SupportedChart) -> None:
    assert small.picture_copy().table is None
    small.show_table(supported_table())
    small.toggle("gap")
    small.set_theme(DARK)
    copy = small.picture_copy()
    assert (copy.table, copy.hidden, copy.theme) == (small.table, frozenset({"gap"}), DARK)
