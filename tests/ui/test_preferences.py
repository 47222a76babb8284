"""Preferences come back as they were set, and what cannot be read counts as not set."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from planner.analysis.gaps.heat import DEFAULT, Thresholds
from planner.changes import login_name
from ui.preferences import CHOICES_LIMIT, RECENT_LIMIT, Preferences
from ui.theme import Scheme


@pytest.fixture
def ini(tmp_path: Path) -> Path:
    return tmp_path / "preferences.ini"


def opened(ini: Path) -> Preferences:
    """Return the preferences as another start of the program reads them."""
    return Preferences(QSettings(str(ini), QSettings.Format.IniFormat))


def plans(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number}.offtake" for number in range(count)]
    for path in paths:
        path.touch()
    return paths


def test_nothing_is_set_at_first(ini: Path) -> None:
    fresh = opened(ini)
    assert fresh.recent_plans == ()
    assert fresh.recent_choices == ()
    assert fresh.grid_arrangement("contracts") == ""
    assert fresh.scheme == "system"
    assert fresh.thresholds == DEFAULT
    assert fresh.geometry.isEmpty()
    assert fresh.state.isEmpty()
    assert fresh.last_folder == Path.home()
    assert fresh.person == login_name()


@pytest.mark.parametrize("count", [1, 2, 3])
def test_recent_plans_stand_newest_first(ini: Path, tmp_path: Path, count: int) -> None:
    paths = plans(tmp_path, count)
    for path in paths:
        opened(ini).add_recent_plan(path)
    assert opened(ini).recent_plans == tuple(reversed(paths))


def test_a_plan_opened_again_moves_to_the_head(ini: Path, tmp_path: Path) -> None:
    first, second = plans(tmp_path, 2)
    for path in (first, second, tmp_path / "." / first.name):
        opened(ini).add_recent_plan(path)
    assert opened(ini).recent_plans == (first, second)


def test_ten_plans_are_remembered(ini: Path, tmp_path: Path) -> None:
    paths = plans(tmp_path, RECENT_LIMIT + 3)
    for path in paths:
        opened(ini).add_recent_plan(path)
    assert opened(ini).recent_plans == tuple(reversed(paths[3:]))


def test_plans_that_are_gone_are_not_offered(ini: Path, tmp_path: Path) -> None:
    first, second = plans(tmp_path, 2)
    for path in (first, second):
        opened(ini).add_recent_plan(path)
    second.unlink()
    assert opened(ini).recent_plans == (first,)


@pytest.mark.parametrize("scheme", ["light", "dark", "system"])
def test_the_scheme_is_remembered(ini: Path, scheme: Scheme) -> None:
    opened(ini).scheme = scheme
    assert opened(ini).scheme == scheme


def test_the_window_is_remembered(ini: Path) -> None:
    opened(ini).geometry = QByteArray(b"\x00\x01geometry\xff")
    opened(ini).state = QByteArray(b"\x00\x02state\xfe")
    assert opened(ini).geometry == QByteArray(b"\x00\x01geometry\xff")
    assert opened(ini).state == QByteArray(b"\x00\x02state\xfe")


def test_what_was_chosen_lately_comes_first_and_once(ini: Path) -> None:
    for number in range(CHOICES_LIMIT + 3):
        opened(ini).add_recent_choice(f"action:{number}")
    opened(ini).add_recent_choice("action:5")
    assert opened(ini).recent_choices[:2] == ("action:5", f"action:{CHOICES_LIMIT + 2}")
    assert len(set(opened(ini).recent_choices)) == CHOICES_LIMIT


def test_each_grid_is_remembered_under_its_name(ini: Path) -> None:
    opened(ini).set_grid_arrangement("contracts", '{"columns": ["été"]}')
    opened(ini).set_grid_arrangement("contracts.lines", "")
    assert opened(ini).grid_arrangement("contracts") == '{"columns": ["été"]}'
    assert opened(ini).grid_arrangement("contracts.lines") == ""
    assert opened(ini).grid_arrangement("tables.plants") == ""


def test_the_last_folder_is_remembered_while_it_is_there(ini: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans, été"
    folder.mkdir()
    opened(ini).last_folder = folder
    assert opened(ini).last_folder == folder
    folder.rmdir()
    assert opened(ini).last_folder == Path.home()


def test_the_person_has_a_name(ini: Path) -> None:
    opened(ini).person = "  Zoé Martin "
    assert opened(ini).person == "Zoé Martin"
    opened(ini).person = " "
    assert opened(ini).person == login_name()


@pytest.mark.parametrize(
    "key",
    [
        "scheme",
        "recent_plans",
        "recent_choices",
        "grids/contracts",
        "window/geometry",
        "window/state",
        "last_folder",
        "person",
    ],
)
@pytest.mark.parametrize("value", [7, ["a", "b"], {"a": 1}, "purple", QByteArray(b"\xff")])
def test_what_cannot_be_read_counts_as_not_set(ini: Path, key: str, value: object) -> None:
    settings = QSettings(str(ini), QSettings.Format.IniFormat)
    settings.setValue(key, value)
    read = Preferences(settings)
    assert read.scheme == "system"
    assert read.recent_plans == ()
    assert all(isinstance(each, str) for each in read.recent_choices)
    assert isinstance(read.grid_arrangement("contracts"), str)
    assert read.last_folder == Path.home()
    assert isinstance(read.geometry, QByteArray)
    assert isinstance(read.state, QByteArray)
    assert read.person


def test_a_person_has_preferences_of_their_own(own_folders: Path) -> None:
    Preferences().person = "Zoé"
    assert Preferences().person == "Zoé"
    assert any(own_folders.rglob("Offtake*"))


def test_thresholds_come_back(ini: Path) -> None:
    opened(ini).thresholds = Thresholds(80, 95, 150)
    assert opened(ini).thresholds == Thresholds(80, 95, 150)


@pytest.mark.parametrize("kept", [["90"], ["much", "more", "most"], ["200", "100", "50"], "90"])
def test_thresholds_that_make_no_sense_are_the_usual_ones(ini: Path, kept: object) -> None:
    QSettings(str(ini), QSettings.Format.IniFormat).setValue("heat_thresholds", kept)
    assert opened(ini).thresholds in {DEFAULT, Thresholds(90)}
