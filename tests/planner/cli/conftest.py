"""Plans for the command line, and a way to run it."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import main
from planner.exchange.samples import create_sample


@dataclass(frozen=True)
class Answer:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401 - JSON
        """The answer as JSON."""
        return json.loads(self.out)


Run = Callable[..., Answer]


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the sample plan once."""
    path = tmp_path_factory.mktemp("made") / "sample.offtake"
    create_sample(path, "Tester").close()
    return path


@pytest.fixture
def sample(made_sample: Path, tmp_path: Path) -> Path:
    """Return a sample plan of one's own."""
    return Path(shutil.copy(made_sample, tmp_path / "sample.offtake"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command as `main.py` does."""

    def run_command(*arguments: object) -> Answer:
        with pytest.raises(SystemExit) as ended:
            main.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Answer(ended.value.code, said.out, said.err)

    return run_command
