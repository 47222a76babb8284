"""The manual and the README show the pictures that there are, and name every page, command and dependency."""

import re
from pathlib import Path

import click
import numpy as np
from PySide6.QtGui import QImage

from docs.pictures import MOST_COLOURS, slim
from planner.cli import cli
from ui.commands import add_to
from ui.pages import PAGES

ROOT = Path(__file__).parent.parent
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+\.png)\)")


def test_each_picture_is_shown_and_each_shown_one_is_there() -> None:
    shown = {(ROOT / "docs" / name) for name in PICTURE.findall((ROOT / "docs" / "guide.md").read_text("utf-8"))}
    shown |= {ROOT / name for name in PICTURE.findall((ROOT / "README.md").read_text("utf-8"))}
    assert shown == set((ROOT / "docs").glob("*.png"))


def test_the_recipes_stay_short() -> None:
    assert len((ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines()) < 120


def test_every_dependency_has_a_row_in_the_readme() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    run = project[project.index("dependencies = [") : project.index("[project.optional-dependencies]")]
    names = re.findall(r'^    "([A-Za-z0-9-]+)>=', run, re.MULTILINE)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert names
    assert [name for name in names if f"| {name} |" not in readme] == []


def test_the_guide_has_a_row_for_each_page_in_the_order_of_the_rail() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text("utf-8")
    table = guide[guide.index("| page |") :].partition("\n\n")[0]
    rows = re.findall(r"^\| ([A-Z][a-z]+)", table, re.MULTILINE)
    assert rows == [page.title for page in PAGES]


def test_the_readme_names_every_command() -> None:
    group = click.Group(commands=dict(cli.commands))
    add_to(group)
    readme = (ROOT / "README.md").read_text("utf-8")
    table = readme[readme.index("| command |") :].partition("\n\n")[0]
    assert sorted(re.findall(r"`([a-z]+)`", table)) == sorted(group.commands)


def test_every_package_of_the_tools_is_in_the_readme() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    tools = project[project.index("[project.optional-dependencies]") : project.index("[project.scripts]")]
    names = re.findall(r'^    "([A-Za-z0-9-]+)>=', tools, re.MULTILINE)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert names
    assert [name for name in names if name.removesuffix("-stubs") not in readme] == []


def test_a_slim_picture_keeps_its_size_and_the_colours_that_it_mostly_has(tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    pixels = np.full((40, 60), 0xFF_FF_FF_FF, np.uint32)
    pixels[0] = 0xFF_10_20_30
    pixels[20:] = np.arange(20 * 60, dtype=np.uint32).reshape(20, 60) | 0xFF_00_00_00
    QImage(pixels.tobytes(), 60, 40, QImage.Format.Format_RGB32).save(str(file))
    slim(file)
    picture = QImage(str(file))
    assert (picture.width(), picture.height(), picture.colorCount()) == (60, 40, MOST_COLOURS)
    assert {picture.pixel(at, 0) for at in range(60)} == {0xFF_10_20_30}
    assert {picture.pixel(at, 10) for at in range(60)} == {0xFF_FF_FF_FF}
