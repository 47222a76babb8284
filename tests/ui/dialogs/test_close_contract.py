"""A contract is closed with a month; what goes is counted while the month is typed."""

from pytestqt.qtbot import QtBot

from planner.commands import SetDeliveryStatus
from planner.model import Contract
from planner.plan import Plan
from planner.units import Month
from ui.dialogs.close_contract import CloseContractDialog


def shown(qtbot: QtBot, plan: Plan, contract: str = "MNG-CO-2025") -> CloseContractDialog:
    dialog = CloseContractDialog(plan, contract)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_what_goes_is_counted_as_the_month_is_typed(qtbot: QtBot, planned: Plan) -> None:
    dialog = shown(qtbot, planned)
    said: list[str] = []
    dialog.closed.connect(said.append)
    dialog.month.setText("dec 2030")
    assert dialog.outcome.text() == (
        "MNG-CO-2025 ends with 2030-12 and stays memorandum: there are deliveries still to come."
        " What is planned after it goes: 12 deliveries and 3 agreed volumes."
    )
    dialog.month.setText("2031-12")
    assert dialog.outcome.text().endswith("Nothing is planned after it.")
    dialog.month.setText("2030-12")
    dialog.close_button.click()
    assert said == ["Close MNG-CO-2025 with 2030-12"]
    assert not dialog.isVisible()
    row = planned.find("contracts", ("MNG-CO-2025",))
    assert row is not None
    assert isinstance(row.record, Contract)
    assert (row.record.end_month, row.record.stage) == (Month.of(2030, 12), "memorandum")


def test_a_month_that_cannot_be_the_last_is_explained(qtbot: QtBot, planned: Plan) -> None:
    planned.run(SetDeliveryStatus((("MNG-CO-2025", 1, Month.of(2031, 2)),), "confirmed"))
    dialog = shown(qtbot, planned)
    for text, sentence in (
        ("2040-01", "2040-01 lies outside the term of MNG-CO-2025, 2025-01 to 2031-12."),
        ("soon", "'soon' is not a month"),
        ("", "It is empty, and it must be filled in."),
        ("2030-12", "line 1 has a confirmed delivery in 2031-02"),
    ):
        dialog.month.setText(text)
        assert sentence in dialog.outcome.text()
        assert not dialog.close_button.isEnabled()
        dialog.close_contract()
        assert dialog.isVisible()
    dialog.month.setText("2031-02")
    assert dialog.close_button.isEnabled()


def test_the_suggested_month_lies_within_the_term(qtbot: QtBot, planned: Plan) -> None:
    assert Month.parse(shown(qtbot, planned, "NEW-1").month.text()) >= Month.of(2027, 1)
