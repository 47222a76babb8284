"""The pictures that the manual and the README show are there, and no others."""

import re
from pathlib import Path

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
