"""Volumes are agreed in a small grid that shows the years while one types, and become one edit."""

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from planner.commands import CreateRecords, DeliveryCell, SetDeliveries
from planner.errors import PlannerError
from planner.model import Contract, Volume
from planner.plan import Plan
from planner.units import Month
from tests.ui.grids.keys import press, text, typing
from ui.dialogs.agree_grid import FIRST_YEAR, AgreedModel
from ui.dialogs.agree_volumes import AgreeVolumesDialog
from ui.grids.clipboard import text_of

CONTROL = Qt.KeyboardModifier.ControlModifier
FULL, RAMP, STEPS, SHARES = range(1, FIRST_YEAR)
SEVEN = range(2027, 2034)


@pytest.fixture
def dialog(qtbot: QtBot, planned: Plan) -> AgreeVolumesDialog:
    return shown(qtbot, AgreeVolumesDialog(planned, "NEW-1"))


def shown(qtbot: QtBot, dialog: AgreeVolumesDialog) -> AgreeVolumesDialog:
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    dialog.grid.setFocus()
    return dialog


def years(model: AgreedModel, row: int) -> list[str]:
    return [text(model, (row, model.column_of(year))) for year in SEVEN]


def agreed(plan: Plan, contract: str = "NEW-1") -> dict[tuple[int, int], int]:
    records = [row.record for row in plan.rows("volumes", {"contract": contract})]
    return {(each.line, each.year): each.agreed_kg for each in records if isinstance(each, Volume)}


def test_three_materials_are_agreed_and_phased_with_a_few_keys(dialog: AgreeVolumesDialog, planned: Plan) -> None:
    said: list[str] = []
    dialog.agreed.connect(said.append)
    assert not dialog.agree_button.isEnabled()
    for full, ramp in (("5000", "l"), ("4k", "s"), ("=2*2500", "f")):
        typing(full)
        press(Qt.Key.Key_Tab)
        typing(ramp)
        press(Qt.Key.Key_Return)
    assert years(dialog.model, 0) == ["1,666.667", "3,333.333", *["5,000"] * 5]
    assert years(dialog.model, 1) == ["1,037.037", "2,962.963", *["4,000"] * 5]
    assert years(dialog.model, 2) == ["5,000"] * 7
    assert text(dialog.model, (2, dialog.model.columnCount() - 1)) == "35,000"
    press(Qt.Key.Key_A, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert not dialog.isVisible()
    assert said == ["Agree volumes of NEW-1 and phase them"]
    assert agreed(planned)[1, 2027] == 1_666_667
    assert len(agreed(planned)) == 21
    assert len(planned.rows("deliveries", {"contract": "NEW-1"})) == 3 * 84
    planned.undo()
    assert agreed(planned) == {}


def test_the_years_follow_while_a_number_is_typed_and_esc_gives_it_up(dialog: AgreeVolumesDialog) -> None:
    typing("50")
    assert years(dialog.model, 0) == ["50"] * 7
    typing("0")
    assert years(dialog.model, 0) == ["500"] * 7
    typing("x")
    assert years(dialog.model, 0) == [""] * 7
    press(Qt.Key.Key_Escape)
    assert years(dialog.model, 0) == [""] * 7
    assert not dialog.agree_button.isEnabled()


def test_what_is_being_typed_counts_when_the_button_is_pressed(dialog: AgreeVolumesDialog, planned: Plan) -> None:
    dialog.phase.setChecked(False)
    typing("700")
    dialog.agree_button.click()
    assert agreed(planned) == {(1, year): 700_000 for year in SEVEN}
    assert planned.rows("deliveries", {"contract": "NEW-1"}) == []


def test_shares_and_steps_choose_the_shape_that_they_belong_to(dialog: AgreeVolumesDialog) -> None:
    model = dialog.model
    assert model.put({(0, FULL): "1000", (0, SHARES): "20/50/80/100", (1, FULL): "1000", (1, STEPS): "2"})
    assert (text(model, (0, RAMP)), text(model, (1, RAMP))) == ("By %", "Linear")
    assert years(model, 0) == ["200", "500", "800", *["1,000"] * 4]
    assert years(model, 1) == ["500", *["1,000"] * 6]
    assert (text(model, (0, STEPS)), text(model, (1, SHARES))) == ("", "")
    assert model.put({(0, SHARES): "", (1, RAMP): "S-curve", (1, STEPS): "3"})
    assert (text(model, (0, RAMP)), text(model, (1, RAMP)), text(model, (1, STEPS))) == ("Flat", "S-curve", "3")


def test_a_year_that_is_typed_is_bold_and_stays_until_it_is_cleared(dialog: AgreeVolumesDialog) -> None:
    model = dialog.model
    spot = 0, model.column_of(2028)
    model.put({(0, FULL): "1000", spot: "400"})
    assert model.index(*spot).data(Qt.ItemDataRole.FontRole).bold()
    model.put({(0, FULL): "2000"})
    assert years(model, 0) == ["2,000", "400", *["2,000"] * 5]
    for _ in range(spot[1] - FULL):
        press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Delete)
    assert years(model, 0) == ["2,000"] * 7
    assert model.index(*spot).data(Qt.ItemDataRole.FontRole) is None


def test_a_block_of_years_is_pasted_from_a_spreadsheet(dialog: AgreeVolumesDialog, planned: Plan) -> None:
    block = [[str(100 * row + column) for column in range(7)] for row in range(3)]
    QGuiApplication.clipboard().setText(text_of(block))
    for _ in range(FIRST_YEAR - FULL):
        press(Qt.Key.Key_Right)
    press(Qt.Key.Key_V, CONTROL)
    assert years(dialog.model, 2) == [str(200 + column) for column in range(7)]
    dialog.agree()
    assert agreed(planned)[3, 2033] == 206_000


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({(0, FULL): "much"}, "'much' is not a number; write it as 1250.5."),
        ({(0, STEPS): "0"}, "0 lies outside 1 to 50."),
        ({(0, SHARES): "20/200"}, "200 lies outside 0 to 100 %; write the share of each year, as 20/50/80/100."),
        ({(3, FULL): "1"}, "The block has more rows than the contract has lines."),
        ({(0, 0): "x"}, "The material and the total are not typed here; leave them out of the block."),
    ],
)
def test_what_is_not_right_is_said_and_agrees_nothing(
    dialog: AgreeVolumesDialog, planned: Plan, texts: dict[tuple[int, int], str], sentence: str
) -> None:
    dialog.model.put({(1, FULL): "1000"})
    assert not dialog.model.put(texts)
    assert dialog.trouble.text() == sentence
    if (0, FULL) in texts:
        dialog.agree()
        assert dialog.isVisible()
    assert agreed(planned) == {}


def test_what_is_agreed_already_is_shown_as_the_ramp_up_that_gives_it(qtbot: QtBot, planned: Plan) -> None:
    dialog = shown(qtbot, AgreeVolumesDialog(planned, "MNG-CO-2025"))
    assert (text(dialog.model, (0, FULL)), text(dialog.model, (0, RAMP))) == ("5,000", "Flat")
    assert text(dialog.model, (1, FULL)) == ""
    assert text(dialog.model, (1, dialog.model.column_of(2027))) == "0"


def test_months_that_were_planned_by_hand_stay_where_nothing_changes(qtbot: QtBot, planned: Plan) -> None:
    month = Month.of(2026, 3)
    planned.run(SetDeliveries((DeliveryCell("MNG-CO-2025", 1, month, 7_000),)))
    dialog = shown(qtbot, AgreeVolumesDialog(planned, "MNG-CO-2025"))
    dialog.model.put({(0, dialog.model.column_of(2027)): "6000"})
    dialog.agree()
    deliveries = {
        row.record.values()["month"]: row.record.values()["quantity_kg"]
        for row in planned.rows("deliveries", {"contract": "MNG-CO-2025", "line": 1})
    }
    assert deliveries[month] == 7_000
    assert deliveries[Month.of(2027, 1)] == 500_000


def test_contract_years_within_calendar_years_are_named_by_both(qtbot: QtBot, planned: Plan) -> None:
    july = Contract(
        reference="JUL",
        supplier="MANAGEM",
        buyer="RENAULT",
        stage="signed",
        start_month=Month.of(2027, 7),
        end_month=Month.of(2028, 9),
    )
    line = planned.rows("lines", {"contract": "NEW-1"})[0].record
    planned.run(CreateRecords((july, line.of({**line.values(), "contract": "JUL"}))))
    dialog = shown(qtbot, AgreeVolumesDialog(planned, "JUL"))
    dialog.model.put({(0, FULL): "1200"})
    headings = [
        dialog.model.headerData(column, Qt.Orientation.Horizontal) for column in range(FIRST_YEAR, FIRST_YEAR + 2)
    ]
    assert headings == ["2027/28 (t)", "2028/29 (t)"]
    assert [text(dialog.model, (0, FIRST_YEAR + at)) for at in range(3)] == ["1,200", "300", "1,500"]


def test_numbers_are_read_in_the_locale_of_the_person(qtbot: QtBot, planned: Plan) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    dialog = shown(qtbot, AgreeVolumesDialog(planned, "NEW-1"))
    dialog.model.put({(0, FULL): "1 250,5", (0, SHARES): "33,5/100"})
    assert dialog.model.agreed[1][2027] == 418_918


def test_there_must_be_a_line_to_agree_on(planned: Plan) -> None:
    empty = Contract(
        reference="EMPTY",
        supplier="MANAGEM",
        buyer="RENAULT",
        stage="signed",
        start_month=Month.of(2027, 1),
        end_month=Month.of(2027, 12),
    )
    planned.run(CreateRecords((empty,)))
    with pytest.raises(PlannerError, match="EMPTY has no line yet; add its materials first"):
        AgreeVolumesDialog(planned, "EMPTY")
    with pytest.raises(PlannerError, match="There is no contract 'NOBODY'"):
        AgreeVolumesDialog(planned, "NOBODY")


def test_a_refused_text_that_is_given_up_holds_nothing_back(
    dialog: AgreeVolumesDialog, planned: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The display that there is not cannot raise tool tips.
    monkeypatch.setattr("ui.grids.delegates.QToolTip.showText", lambda *_: None)
    dialog.model.put({(1, FULL): "700"})
    typing("much")
    press(Qt.Key.Key_Return)
    assert "not a number" in dialog.trouble.text()
    press(Qt.Key.Key_Escape)
    assert dialog.trouble.text() == ""
    assert dialog.model.reason((0, FULL)) is None
    dialog.agree()
    assert not dialog.isVisible()
    assert agreed(planned) == {(2, year): 700_000 for year in SEVEN}
