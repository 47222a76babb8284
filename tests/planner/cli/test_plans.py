"""`new`, `tables`, `history`, `undo`, `redo`, `check`, and what every command does with a plan that is none."""

from pathlib import Path

import pytest

from planner.cli.group import table_of
from planner.model import TABLES
from planner.plan import Plan
from tests.planner.cli.conftest import Run

COMMANDS = [
    ("import", "PLAN", "deliveries", "in.csv"),
    ("export", "PLAN", "deliveries"),
    ("cover", "PLAN", "--element", "Co"),
    ("chart", "PLAN", "--element", "Co", "out.svg"),
    ("screenshot", "PLAN", "out.png"),
    ("history", "PLAN"),
    ("undo", "PLAN"),
    ("redo", "PLAN"),
    ("check", "PLAN"),
]


def test_new_makes_a_plan_with_or_without_the_sample(run: Run, tmp_path: Path) -> None:
    answer = run("new", tmp_path / "bare.offtake", "--json")
    assert answer.status == 0
    assert answer.document["plan"] == str(tmp_path / "bare.offtake")
    assert {name for name, count in answer.document["records"].items() if count} == {
        "materials",
        "chemistries",
        "intensities",
    }
    answer = run("new", "--sample", tmp_path / "full.offtake")
    assert (answer.status, answer.out) == (0, f"Made {tmp_path / 'full.offtake'} with 1185 records.\n")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("plan.db", "plan.db does not end in .offtake; name the plan plan.db.offtake."),
        ("none/plan.offtake", "There is no folder "),
        ("sample.offtake", "exists already; choose another name, or open it."),
    ],
)
def test_new_refuses_a_name_that_it_cannot_use(run: Run, sample: Path, name: str, sentence: str) -> None:
    answer = run("new", sample.parent / name, "--json")
    assert answer.status == 2
    assert sentence in answer.document["error"]
    assert answer.err == f"{answer.document['error']}\n"


def test_tables_lists_every_field(run: Run) -> None:
    answer = run("tables", "--json")
    assert answer.status == 0
    listed = {table["name"]: table for table in answer.document["tables"]}
    assert list(listed) == list(TABLES)
    quantity = next(field for field in listed["deliveries"]["fields"] if field["name"] == "quantity_t")
    assert quantity == {
        "name": "quantity_t",
        "title": "Quantity",
        "unit": "t",
        "kind": "mass",
        "required": True,
        "key": False,
        "help": "Tonnes in the line's basis.",
        "choices": None,
        "refers_to": None,
    }
    text = run("tables").out
    assert [field.name for table in TABLES.values() for field in table.fields if field.name not in text] == []


def test_history_lists_edits_and_what_one_changed(run: Run, sample: Path) -> None:
    edits = run("history", sample, "--json").document["edits"]
    assert [edit["number"] for edit in edits] == list(range(len(TABLES), 0, -1))
    assert set(edits[0]) == {"number", "time", "person", "title", "state", "changes"}
    assert edits[-1]["changes"] == {"materials": 13}
    assert len(run("history", sample, "--limit", 2).out.splitlines()) == 3
    one = run("history", sample, "--edit", 1, "--json").document
    assert one["number"] == 1
    assert one["details"][0]["before"] == {}
    assert one["details"][0]["after"]["code"] == one["details"][0]["record"]
    assert "contained_fraction: (empty) -> 0.20966" in run("history", sample, "--edit", 1).out


def test_undo_and_redo_go_back_and_forth(run: Run, sample: Path) -> None:
    first = run("undo", sample, "--json")
    assert first.status == 0
    assert set(first.document) == {"edit", "title", "records"}
    assert run("history", sample, "--json").document["edits"][0]["state"] == "undone"
    assert run("redo", sample).out.startswith("Redone: Import ")
    assert run("history", sample, "--json").document["edits"][0]["state"] == "applied"
    assert run("redo", sample).err == "There is nothing to redo.\n"
    assert run("redo", sample, "--json").document == {"error": "There is nothing to redo."}


def test_undo_of_an_older_edit_names_what_stands_in_the_way(run: Run, sample: Path) -> None:
    titles = {e["title"].split(" from")[0]: e["number"] for e in run("history", sample, "--json").document["edits"]}
    assert run("undo", sample, "--edit", titles["Import safety stock"]).status == 0
    answer = run("undo", sample, "--edit", titles["Import contracts"], "--json")
    assert answer.status == 2
    assert answer.document["error"]
    answer = run("undo", "--edit", 999, sample)
    assert (answer.status, answer.err) == (2, "There is no edit 999; the history lists them.\n")


def test_check_tells_findings_and_ends_with_1_where_one_is_an_error(run: Run, sample: Path) -> None:
    answer = run("check", sample, "--json")
    assert set(answer.document) == {"integrity", "findings"}
    assert answer.document["integrity"] == ["ok"]
    assert {frozenset(finding) for finding in answer.document["findings"]} == {
        frozenset({"severity", "place", "text", "remedy"})
    }
    errors = [finding for finding in answer.document["findings"] if finding["severity"] == "error"]
    assert answer.status == (1 if errors else 0)
    text = run("check", sample)
    assert text.status == answer.status
    assert text.out.startswith("The file is sound.\n")


def test_a_plan_without_findings_is_all_right(run: Run, tmp_path: Path) -> None:
    run("new", tmp_path / "new.offtake")
    answer = run("check", tmp_path / "new.offtake")
    assert (answer.status, answer.out) == (0, "The file is sound.\nNo findings.\n")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_plan_that_is_not_there_or_none_is_refused(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "in.csv").write_text("contract,line,month\n")
    other = tmp_path / "other.offtake"
    other.write_text("not a plan")
    for path, reason in ((tmp_path / "none.offtake", "No such file"), (other, "is not an Offtake plan")):
        places = {
            "PLAN": path,
            "in.csv": tmp_path / "in.csv",
            "out.svg": tmp_path / "o.svg",
            "out.png": tmp_path / "o.png",
        }
        arguments = [places.get(argument, argument) for argument in command]
        answer = run(*arguments, "--json") if command[0] != "export" else run(*arguments)
        assert answer.status == 2
        assert reason in answer.err
        assert len(answer.err.splitlines()) == 1
        if command[0] != "export":
            assert answer.document == {"error": answer.err.rstrip("\n")}
    assert other.read_text() == "not a plan"
    assert not (tmp_path / "none.offtake").exists()


@pytest.mark.parametrize("command", ["undo", "redo", "import"])
def test_a_plan_that_is_open_elsewhere_is_not_written(run: Run, sample: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "in.csv").write_text("contract,line,month\n")
    rest = ("deliveries", tmp_path / "in.csv") if command == "import" else ()
    with Plan.open(sample, person="Ann"):
        answer = run(command, sample, *rest)
        assert run("history", sample).status == 0
    assert answer.status == 2
    assert "cannot be written now. Close it there to write here. It is open by Ann on " in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("fly",),
        ("undo",),
        ("undo", "PLAN", "--edit", "x"),
        ("undo", "PLAN", "--edit", "99999999999999999999"),
        ("history", "PLAN", "--limit", "-1"),
        ("history", "PLAN", "--limit", "99999999999999999999"),
        ("history", "PLAN", "more"),
        ("import", "PLAN", "deliveries"),
        ("import", "PLAN", "deliveries", "x.csv", "--mode", "replace"),
        ("check", "PLAN", "--fast"),
    ],
)
def test_what_makes_no_sense_is_refused_and_points_to_the_help(
    run: Run, sample: Path, arguments: tuple[str, ...]
) -> None:
    answer = run(*(sample if argument == "PLAN" else argument for argument in arguments), "--json")
    assert answer.status == 2
    assert answer.err.endswith(" See offtake --help.\n")
    assert answer.document == {"error": answer.err.rstrip("\n")}


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("new", ["PLAN", "--sample", "--json"]),
        ("tables", ["--json"]),
        (
            "import",
            [
                "PLAN [TABLE] [FILE]",
                "--dry-run",
                "--rejects",
                "--sheet",
                "--locale",
                "--delete-missing",
                "CSV",
                ".xlsx",
            ],
        ),
        ("export", ["PLAN [TABLE] [FILE]", "--locale", "standard output", "--json"]),
        (
            "cover",
            ["PLAN", "--element", "--material", "month|quarter|year", "product|metal|gwh", "--from", "--to", "firm"],
        ),
        ("chart", ["PLAN", "FILE", "--element", ".png", ".svg", "--size", "1600x900", "light|dark"]),
        ("screenshot", ["PLAN", "FILE", "overview", "--size", "--theme", ".png"]),
        ("history", ["PLAN", "--edit", "--limit", "--json"]),
        ("undo", ["PLAN", "--edit", "--json"]),
        ("redo", ["PLAN", "--json"]),
        ("check", ["PLAN", "--json"]),
    ],
)
def test_the_help_of_a_command_is_enough_to_use_it(run: Run, command: str, words: list[str]) -> None:
    answer = run(command, "--help")
    assert answer.status == 0
    assert [word for word in words if word not in answer.out] == []
    assert f"  {command} " in run("--help").out


def test_a_row_of_a_table_is_one_line() -> None:
    table = table_of([["name", "t"], ["Maker\nof\tsalts", "1.0"]], frozenset({1}))
    assert table.splitlines() == [f"{'name':14}    t", "Maker of salts  1.0"]
