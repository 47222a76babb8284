"""The inbox offers a new table once it is whole, each once, and applies nothing."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from ui.inbox import Inbox, InboxBar, ask_to_stop
from ui.preferences import Preferences


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    return inbox


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def inbox(qapp: QApplication, preferences: Preferences, folder: Path) -> Inbox:
    (folder / "old.csv").write_text("code\nA\n", encoding="utf-8")
    made = Inbox(preferences, qapp)
    made.choose(folder)
    return made


def names(inbox: Inbox) -> list[str]:
    return [path.name for path in inbox.waiting]


def test_what_was_there_is_no_news_and_what_comes_is_offered_once_it_is_whole(inbox: Inbox, folder: Path) -> None:
    inbox.look()
    assert names(inbox) == []
    new = folder / "deliveries.csv"
    new.write_text("code\n", encoding="utf-8")
    inbox.look()
    assert names(inbox) == []
    new.write_text("code\nB\n", encoding="utf-8")
    inbox.look()
    assert names(inbox) == []
    inbox.look()
    assert names(inbox) == ["deliveries.csv"]


def test_files_that_are_no_tables_are_left_alone(inbox: Inbox, folder: Path) -> None:
    for name in ("letter.pdf", "~$book.xlsx", ".hidden.csv"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "folder.csv").mkdir()
    inbox.look()
    inbox.look()
    assert names(inbox) == []


def test_a_file_is_offered_once_and_again_when_it_changes(inbox: Inbox, folder: Path, preferences: Preferences) -> None:
    new = folder / "DELIVERIES.XLSX"
    new.write_text("one", encoding="utf-8")
    inbox.look()
    inbox.look()
    assert inbox.take() == new
    assert inbox.take() is None
    inbox.look()
    inbox.look()
    assert names(inbox) == []
    later = Inbox(preferences)
    later.watch()
    later.look()
    assert later.waiting == []
    new.write_text("another", encoding="utf-8")
    later.look()
    later.look()
    assert names(later) == ["DELIVERIES.XLSX"]


def test_a_folder_that_is_gone_offers_nothing(inbox: Inbox, folder: Path) -> None:
    (folder / "old.csv").unlink()
    folder.rmdir()
    inbox.look()
    inbox.watch()
    assert names(inbox) == []


def test_the_bar_names_the_file_and_goes(qtbot: QtBot, inbox: Inbox, folder: Path) -> None:
    bar = InboxBar(inbox)
    qtbot.addWidget(bar)
    assert bar.isHidden()
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text("code\n", encoding="utf-8")
    inbox.look()
    inbox.look()
    assert bar.label.text() == "a.csv came into the inbox. 1 more waits."
    with qtbot.waitSignal(bar.wanted) as wanted:
        bar.look.click()
    assert wanted.args == [folder / "a.csv"]
    assert bar.label.text() == "b.csv came into the inbox."
    bar.later.click()
    assert bar.isHidden()
    assert {path.name for path in folder.iterdir()} == {"old.csv", "a.csv", "b.csv"}


@pytest.mark.parametrize(("at", "answer"), [(0, False), (1, True), (2, None)])
def test_watching_can_be_ended(
    qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch, at: int, *, answer: bool | None
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    texts = ("Choose another…", "Stop watching", "Cancel")

    def press(box: QMessageBox) -> int:
        next(each for each in box.buttons() if each.text() == texts[at]).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    assert ask_to_stop(folder, window) is answer
