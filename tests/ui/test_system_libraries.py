"""Qt's system libraries are asked for by the platform that will be used, and named by their packages."""

from collections.abc import Callable, Collection

import pytest

from ui import system_libraries
from ui.system_libraries import EVERYWHERE, WAYLAND, X11


def lacking(*files: str) -> Callable[[str], object]:
    def load(file: str) -> object:
        if file in files:
            raise OSError(file)
        return file

    return load


def files(libraries: Collection[system_libraries.Library]) -> list[str]:
    return [library.file for library in libraries]


ALL_OF_X11 = files(X11)
ALL_OF_WAYLAND = files(WAYLAND)


def test_nothing_is_said_where_all_is_there() -> None:
    assert system_libraries.complaint({"DISPLAY": ":0"}, "linux", lacking()) is None


def test_the_packages_of_each_family_are_named_once() -> None:
    said = system_libraries.complaint({}, "linux", lacking("libEGL.so.1", "libGL.so.1"))
    assert said is not None
    assert "lacks: libEGL.so.1, libGL.so.1\n" in said
    assert "sudo apt-get install libegl1 libgl1\n" in said
    assert "sudo dnf install libglvnd-egl libglvnd-glx\n" in said
    assert "sudo pacman -S libglvnd\n" in said


@pytest.mark.parametrize(
    ("environment", "absent", "expected"),
    [
        ({}, ALL_OF_X11, []),
        ({"DISPLAY": ":0"}, ["libxcb-cursor.so.0"], ["libxcb-cursor.so.0"]),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, ALL_OF_X11, []),
        ({"QT_QPA_PLATFORM": "xcb"}, ["libxcb-icccm.so.4"], ["libxcb-icccm.so.4"]),
        ({"QT_QPA_PLATFORM": "wayland-egl;xcb"}, ALL_OF_WAYLAND, []),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, ALL_OF_WAYLAND, []),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ALL_OF_WAYLAND, ALL_OF_WAYLAND),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, [*ALL_OF_WAYLAND, *ALL_OF_X11], ALL_OF_WAYLAND),
    ],
)
def test_only_what_the_platform_needs_is_asked_for(
    environment: dict[str, str], absent: list[str], expected: list[str]
) -> None:
    assert files(system_libraries.missing(environment, "linux", lacking(*absent))) == expected


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_qt_brings_what_it_needs(platform: str) -> None:
    assert system_libraries.missing({}, platform, lacking(*files(EVERYWHERE))) == ()


def test_the_tests_own_platform_is_complete(capsys: pytest.CaptureFixture[str]) -> None:
    assert system_libraries.main([]) == 0
    assert system_libraries.main(["--debian-packages"]) == 0
    assert capsys.readouterr().out == ""


def test_the_program_says_what_is_missing_and_ends_with_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_libraries, "missing", lambda *_: EVERYWHERE[:1])
    assert system_libraries.main([]) == 1
    assert "libegl1" in capsys.readouterr().err
    assert system_libraries.main(["--debian-packages"]) == 0
    assert capsys.readouterr().out == "libegl1\n"


def test_an_x_server_that_is_not_there_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":9876")
    assert system_libraries.x11_answers() is False
