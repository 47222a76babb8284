"""The program as a process of its own: exit statuses, pipes that close, terminals that know ASCII alone."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]


def offtake(*arguments: object, encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    """Run `python main.py` in a folder that is not the program's."""
    command = [sys.executable, "-W", "error", str(ROOT / "main.py"), *map(str, arguments)]
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    return subprocess.run(  # noqa: S603 - our own program
        command, check=False, capture_output=True, encoding="utf-8", env=environment, cwd=ROOT.parent
    )


def test_a_plan_is_made_filled_asked_and_taken_back(tmp_path: Path) -> None:
    plan = tmp_path / "plan.offtake"
    file = tmp_path / "in.csv"
    file.write_text("code,name\nX,Société\nY,\n", encoding="cp1252")
    made = offtake("new", plan)
    assert (made.returncode, made.stderr) == (0, "")
    assert offtake("import", plan, "organisations", file, "--json").returncode == 1
    assert "X,Société,supplier,," in offtake("export", plan, "organisations").stdout
    assert offtake("undo", plan).returncode == 0
    assert offtake("export", plan, "organisations").stdout == "code,name,role,country,note\n"
    missing = offtake("undo", tmp_path / "none.offtake")
    assert missing.returncode == 2
    assert missing.stderr.startswith(f"{tmp_path / 'none.offtake'} cannot be opened: ")


def test_a_terminal_of_few_letters_gets_text_and_sound_json(sample: Path) -> None:
    for encoding in ("ascii", "iso8859-2"):
        text = offtake("history", sample, "--edit", 1, encoding=encoding)
        assert (text.returncode, text.stderr) == (0, "")
        # click itself writes UTF-8 where Python was told that a terminal knows ASCII alone.
        assert ("CoSO4·7H2O" if encoding == "ascii" else "CoSO4\\xb77H2O") in text.stdout
        answer = offtake("history", sample, "--edit", 1, "--json", encoding=encoding)
        assert answer.stdout.isascii()
        assert "CoSO4·7H2O" in [detail["after"]["formula"] for detail in json.loads(answer.stdout)["details"]]
        assert "CoSO4·7H2O" in offtake("export", sample, "materials", encoding=encoding).stdout


def test_a_reader_that_closes_the_pipe_gets_no_traceback(sample: Path) -> None:
    for arguments in (("history", "--limit", "1"), ("export", "deliveries"), ("cover", "--element", "Co", "--json")):
        command = [sys.executable, str(ROOT / "main.py"), arguments[0], str(sample), *arguments[1:]]
        with subprocess.Popen(  # noqa: S603 - our own program
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            said = process.stderr.read()
        assert (process.returncode, said) == (1, "")


def test_the_version_and_the_help_need_no_plan() -> None:
    assert offtake("--version").stdout.startswith("offtake, version ")
    shown = offtake("--help")
    assert shown.returncode == 0
    assert "The exit status is 0 when all is done" in shown.stdout
    assert offtake("import").returncode == 2
