"""`chart` and `screenshot`: pictures of the size, form and theme that were asked for."""

import json
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PySide6.QtGui import QImage

from planner.analysis.gaps.stack import StackBy
from planner.cli import cli
from planner.exchange.samples import create_sample
from ui import commands

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "sample.offtake"
    create_sample(path, "Tester").close()
    return path


@pytest.fixture
def sample(made_sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made_sample, tmp_path / "sample.offtake"))


@pytest.fixture
def run(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs a command through click; the application is the one of the tests."""
    assert qapp is not None
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    commands.add_to(cli)
    return lambda *arguments: CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="offtake")


@pytest.mark.parametrize("size", ["1600x900", "400x300"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chart_is_a_png_of_the_size_and_theme(run: Run, sample: Path, tmp_path: Path, size: str, theme: str) -> None:
    file = tmp_path / "chart.png"
    answer = run("chart", sample, "--element", "Co", file, "--size", size, "--theme", theme)
    assert (answer.exit_code, answer.stdout) == (0, f"Wrote {file}.\n")
    image = QImage(str(file))
    assert f"{image.width()}x{image.height()}" == size
    assert (image.pixelColor(2, 2).lightness() < 128) == (theme == "dark")


def test_a_chart_is_an_svg_that_can_be_read(run: Run, sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "chart.svg"
    options = ("--by", "year", "--basis", "gwh", "--stages", "probable", "--from", "2026-01", "--to", "2029-12")
    answer = run("chart", *options, file.parent / "sample.offtake", file, "--element", "Co", "--json")
    assert answer.exit_code == 0
    assert json.loads(answer.stdout) == {"file": str(file), "width": 1600, "height": 900}
    root = ET.parse(file).getroot()  # noqa: S314 - our own file
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert sample.exists()


@pytest.mark.parametrize("stack", StackBy)
def test_a_chart_is_stacked_as_was_asked(run: Run, sample: Path, tmp_path: Path, stack: StackBy) -> None:
    answer = run("chart", sample, "--element", "Li", tmp_path / "li.svg", "--stack", stack.value)
    assert (answer.exit_code, answer.stderr) == (0, "")
    words = (tmp_path / "li.svg").read_text(encoding="utf-8")
    assert ("Example Lithium" in words) == (stack is StackBy.SUPPLIER)
    assert ("EXL-LI-2025" in words) == (stack is StackBy.CONTRACT)
    assert ("Germany" in words) == (stack is StackBy.COUNTRY)


def test_a_chart_is_a_pdf_of_one_page(run: Run, sample: Path, tmp_path: Path) -> None:
    answer = run("chart", sample, "--element", "Li", tmp_path / "li.pdf")
    assert (answer.exit_code, answer.stderr) == (0, "")
    data = (tmp_path / "li.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.count(b"/MediaBox") == 1


def test_a_chart_of_a_material_is_drawn(run: Run, sample: Path, tmp_path: Path) -> None:
    answer = run("chart", sample, "--material", "CoSO4.7H2O", tmp_path / "m.png")
    assert answer.exit_code == 0
    assert not QImage(str(tmp_path / "m.png")).isNull()


def test_every_page_has_a_picture(run: Run, sample: Path, tmp_path: Path) -> None:
    pictures = set()
    for page in commands.PAGES:
        file = tmp_path / f"{page}.png"
        answer = run("screenshot", sample, "--page", page, file, "--size", "1200x800", "--theme", "dark")
        assert (answer.exit_code, answer.stderr) == (0, "")
        assert (QImage(str(file)).width(), QImage(str(file)).height()) == (1200, 800)
        pictures.add(file.read_bytes())
    assert len(pictures) == len(commands.PAGES)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("chart", "--element", "Co", "out.gif"), "out.gif does not end in .png or .svg or .pdf; name the file so."),
        (("chart", "--element", "Co", "none/out.png"), "There is no folder "),
        (("chart", "out.png"), "Name either an element"),
        (("chart", "--element", "Xx", "out.png"), "Xx"),
        (("chart", "--element", "Co", "out.png", "--size", "big"), "'big' is not a size like 1600x900"),
        (("chart", "--element", "Co", "out.png", "--size", "100x100"), "lies outside 200 to 8000 pixels"),
        (("chart", "--element", "Co", "out.png", "--theme", "blue"), "blue"),
        (("chart", "--element", "Co", "out.png", "--stack", "colour"), "colour"),
        (("screenshot", "out.svg"), "out.svg does not end in .png; name the file so."),
        (("screenshot", "out.png", "--page", "nowhere"), "nowhere"),
        (("screenshot",), "Missing argument 'FILE'"),
    ],
)
def test_a_picture_that_cannot_be_is_refused(
    run: Run, sample: Path, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    command, *rest = [str(tmp_path / each) if each.startswith(("out.", "none/")) else each for each in arguments]
    answer = run(command, sample, *rest, "--json")
    assert answer.exit_code == 2
    assert sentence in json.loads(answer.stdout)["error"]
    assert answer.stderr == json.loads(answer.stdout)["error"] + "\n"
    assert list(tmp_path.glob("out.*")) == []


@pytest.mark.parametrize(
    ("command", "name"), [("chart", "out.svg"), ("chart", "out.png"), ("chart", "out.pdf"), ("screenshot", "out.png")]
)
def test_a_picture_that_cannot_be_written_is_told(
    run: Run, sample: Path, tmp_path: Path, command: str, name: str
) -> None:
    (tmp_path / name).mkdir()
    subject = ("--element", "Co") if command == "chart" else ()
    answer = run(command, sample, *subject, tmp_path / name)
    assert answer.exit_code == 2
    assert answer.stderr.endswith("hoose another folder.\n")
