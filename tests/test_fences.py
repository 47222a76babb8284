"""The house rules that no linter knows: size of files, their first line, suppressions, dependencies."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
SOURCES = ("planner", "ui", "resources", "tests", "benchmarks", "docs", "fuzz")
MOST_LINES = 400
TEXTS = {".py", ".toml", ".md", ".cfg", ".ini", ".yml", ".yaml", ".json", ".txt", ""}
LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "pylock*.toml", "Pipfile*", "requirements*", "constraints*")

# Written with a bracket each, so that this file does not hold what it forbids.
MARKERS = [re.compile(rf"\b{word}\b") for word in ("TOD[O]", "FIXM[E]", "XX[X]", "HAC[K]")]
BARE_IGNORE = re.compile(r"#\s*type:\s*ignor[e](?!\[)")
BARE_NOQA = re.compile(r"#\s*noq[a](?!: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)* +\S)", re.IGNORECASE)
BANNER = re.compile(r"^\s*#\s*([-=*#~])\1{3,}")
REGISTRIES = re.compile(r"pypi[.]org|python[h]osted|registry[.]npmjs|deb[.]debian[.]org")
SLEEP_OR_SKIP = re.compile(r"\b(time\.sleep|sleep\(|qWait\(|pytest\.skip|mark\.skip|mark\.xfail)")


def python_files() -> list[Path]:
    folders = [ROOT / name for name in SOURCES]
    return [ROOT / "main.py", *(path for folder in folders for path in sorted(folder.rglob("*.py")))]


def program_files() -> list[Path]:
    return [path for path in python_files() if path.relative_to(ROOT).parts[0] in {"planner", "ui", "main.py"}]


def text_files() -> Iterator[Path]:
    tops = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    folders = [ROOT / name for name in (*SOURCES, ".ci")]
    for path in [*tops, *(inner for folder in folders for inner in folder.rglob("*") if inner.is_file())]:
        if path.suffix in TEXTS:
            yield path


def hits(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Return "file:line" of each line that the pattern is found in."""
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        # Some files are in other encodings on purpose: what tests of reading are about.
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if pattern.search(line)
    ]


def project() -> dict[str, list[Requirement]]:
    """Return what pyproject.toml requires, by group."""
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups: dict[str, list[str]] = {
        "build": tables["build-system"]["requires"],
        "run": tables["project"]["dependencies"],
        **tables["project"]["optional-dependencies"],
    }
    return {name: [Requirement(text) for text in group] for name, group in groups.items()}


def test_each_module_says_in_its_first_line_what_it_is_for() -> None:
    silent = []
    for path in program_files():
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        if docstring is None or "\n" in docstring.strip() or not docstring.endswith("."):
            silent.append(str(path.relative_to(ROOT)))
    assert silent == []


def test_files_stay_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {str(path): lines for path, lines in lengths.items() if lines >= MOST_LINES} == {}


@pytest.mark.parametrize("pattern", [*MARKERS, BARE_IGNORE, BARE_NOQA, BANNER], ids=str)
def test_nothing_is_postponed_or_silenced_without_a_reason(pattern: re.Pattern[str]) -> None:
    assert hits(pattern, python_files()) == []


def test_tests_neither_sleep_nor_skip() -> None:
    tests = [path for path in python_files() if "tests" in path.parts and path != Path(__file__)]
    assert hits(SLEEP_OR_SKIP, tests) == []


def test_fences_see_what_they_forbid() -> None:
    assert BARE_NOQA.search("x = 1  # " + "noqa")
    assert BARE_NOQA.search("x = 1  # " + "noqa: E501")
    assert not BARE_NOQA.search("x = 1  # noqa: PLC0415, E402 - a reason")
    assert BARE_IGNORE.search("x = 1  # " + "type: ignore")
    assert not BARE_IGNORE.search("x = 1  # type: ignore[misc]")
    assert BANNER.search("# " + "=" * 5)
    assert REGISTRIES.search("https://pypi" + ".org/simple")


def test_nothing_names_a_package_registry() -> None:
    assert hits(REGISTRIES, list(text_files())) == []


def test_versions_are_ranges_and_not_locked() -> None:
    assert [path.name for pattern in LOCKS for path in ROOT.glob(pattern)] == []
    loose = {
        f"{group}: {requirement}"
        for group, requirements in project().items()
        for requirement in requirements
        if {specifier.operator for specifier in requirement.specifier} != {">=", "<"}
    }
    assert loose == set()
