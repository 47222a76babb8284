"""Links open where they should, programs only after a question, and nothing else at all."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.commands import CreateRecords
from planner.errors import PlannerError
from planner.model import Attachment
from planner.plan import Plan
from tests.ui.grids.keys import press
from ui.pages.contract_links import LinkView, address_of, is_program
from ui.pages.contract_rows import LinkRows
from ui.plan_signals import PlanSignals

CONTROL = Qt.KeyboardModifier.ControlModifier
WEB = "https://example.com/memorandum.pdf"


class Shelf:
    """A grid of attachments, what was opened, and what was asked and said."""

    def __init__(self, qtbot: QtBot, plan: Plan, signals: PlanSignals) -> None:
        self.opened: list[str] = []
        self.asked: list[str] = []
        self.said: list[str] = []
        self.answer = True
        self.model = LinkRows(plan, signals, "attachments", where={"contract": "EXC-CO-2025"})
        self.view = LinkView(self.model, plan.path.parent, ask=self.ask)
        qtbot.addWidget(self.view)
        self.view.said.connect(self.said.append)
        self.view.resize(900, 300)
        with qtbot.waitActive(self.view):
            self.view.show()

    def ask(self, _parent: object, sentence: str) -> bool:
        """Note a question and answer it."""
        self.asked.append(sentence)
        return self.answer

    def at(self, row: int) -> None:
        """Put the cursor into a row and press Ctrl+Enter."""
        self.view.setFocus()
        self.view.setCurrentIndex(self.model.index(row, 0))
        press(Qt.Key.Key_Return, CONTROL)


@pytest.fixture
def shelf(qtbot: QtBot, sample: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    (sample.parent / "contracts").mkdir()
    (sample.parent / "contracts" / "EXC-CO-2025.pdf").write_text("signed")
    (sample.parent / "start.sh").write_text("echo")
    with Plan.open(sample, person="Tester") as plan:
        links = {"Program": "start.sh", "Release": WEB, "Strange": "javascript:alert(1)"}
        plan.run(CreateRecords(tuple(Attachment(contract="EXC-CO-2025", name=n, link=k) for n, k in links.items())))
        signals = PlanSignals(plan)
        made = Shelf(qtbot, plan, signals)

        def note(url: QUrl) -> bool:
            made.opened.append(url.toString())
            return not url.path().endswith("memorandum.pdf") or made.answer

        monkeypatch.setattr(QDesktopServices, "openUrl", note)
        yield made
        signals.close()


def test_web_addresses_and_files_are_opened(shelf: Shelf, sample: Path) -> None:
    shelf.at(0)
    shelf.at(2)
    assert shelf.opened == [QUrl.fromLocalFile(str(sample.parent / "contracts" / "EXC-CO-2025.pdf")).toString(), WEB]
    assert (shelf.asked, shelf.said) == ([], [])


def test_a_program_is_started_only_after_a_question(shelf: Shelf) -> None:
    shelf.answer = False
    shelf.at(1)
    assert shelf.opened == []
    assert shelf.asked[0].endswith("start.sh is a program. Start it?")
    shelf.answer = True
    shelf.at(1)
    assert len(shelf.opened) == 1


def test_what_is_not_opened_is_said(shelf: Shelf) -> None:
    shelf.at(3)
    shelf.at(4)
    shelf.answer = False
    shelf.at(2)
    assert shelf.said == [
        "javascript:alert(1) is not opened: only web addresses (https) and files are.",
        "There is no link in this row.",
        f"Nothing on this computer opens {WEB}.",
    ]


def test_a_double_click_opens_only_with_control(shelf: Shelf) -> None:
    place = QPoint(shelf.view.visualRect(shelf.model.index(2, 0)).center())
    shelf.view.setCurrentIndex(shelf.model.index(2, 0))
    left = Qt.MouseButton.LeftButton
    QTest.mouseDClick(shelf.view.viewport(), left, CONTROL, place)
    assert shelf.opened == [WEB]
    QTest.mouseDClick(shelf.view.viewport(), left, Qt.KeyboardModifier.NoModifier, place)
    assert shelf.opened == [WEB]


def test_the_whole_address_stands_in_the_tooltip(shelf: Shelf) -> None:
    assert shelf.model.index(2, 0).data(Qt.ItemDataRole.ToolTipRole) == WEB
    assert shelf.model.index(4, 0).data(Qt.ItemDataRole.ToolTipRole) is None


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("ftp://example.com/x", "is not opened: only web addresses"),
        ("mailto:somebody@example.com", "is not opened: only web addresses"),
        ("https:///nowhere", "is no address; correct the link"),
        ("no such file.pdf", "There is no file .*no such file.pdf; correct the link, or put the file there"),
    ],
)
def test_links_that_lead_nowhere_are_explained(tmp_path: Path, link: str, sentence: str) -> None:
    with pytest.raises(PlannerError, match=sentence):
        address_of(link, tmp_path)


def test_a_path_begins_at_the_folder_of_the_plan(tmp_path: Path) -> None:
    file = tmp_path / "a b.pdf"
    file.write_text("x")
    for link in ("a b.pdf", str(file), file.as_uri()):
        assert address_of(link, tmp_path).toLocalFile() == str(file)
    assert address_of("HTTPS://example.com", tmp_path).scheme() == "https"


def test_programs_are_known_by_their_ending_and_by_the_file_system(tmp_path: Path) -> None:
    names = {"run.exe": True, "macro.VBS": True, "page.html": False, "tool": True, "folder": False}
    for name in names:
        if name == "folder":
            (tmp_path / name).mkdir()
        else:
            (tmp_path / name).write_text("x")
    os.chmod(tmp_path / "tool", 0o755)  # noqa: PTH101, S103 - a program is what this test needs
    found = {name: is_program(address_of(name, tmp_path)) for name in names}
    assert found == names
    assert not is_program(QUrl("https://example.com/setup.exe"))
