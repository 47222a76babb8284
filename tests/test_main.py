"""What the arguments start: the window, a command, or the main job where there is no display."""

from pathlib import Path

import pytest

import main
from ui import system_libraries


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    calls: list[object] = []

    def note(argument: object) -> int:
        calls.append(argument)
        return 0

    for name in ("window", "command"):
        monkeypatch.setattr(main, name, note)
    return calls


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], None),
        (["a plan.offtake"], Path("a plan.offtake")),
        (["--help"], ["--help"]),
        (["check", "a.offtake"], ["check", "a.offtake"]),
    ],
)
def test_arguments_choose_between_window_and_command(
    arguments: list[str], expected: object, started: list[object]
) -> None:
    assert main.main(arguments) == 0
    assert started == [expected]


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_a_display_is_looked_for_on_linux_alone(environment: dict[str, str], platform: str, expected: bool) -> None:
    assert main.has_display(environment, platform) is expected


@pytest.mark.parametrize("answers", [True, False])
def test_an_x_server_must_answer(answers: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "x11_answers", lambda: answers)
    assert main.has_display({"DISPLAY": ":0"}, "linux") is answers


def test_a_plan_named_where_there_is_no_display_is_left_to_the_commands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main.without_display(Path("ours.offtake")) == 2
    assert "no display to show ours.offtake on" in capsys.readouterr().err


def test_missing_system_libraries_are_named_before_qt_starts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_libraries, "complaint", lambda *_: "Install libegl1\n")
    assert main.window(None) == 2
    assert capsys.readouterr().err == "Install libegl1\n"
