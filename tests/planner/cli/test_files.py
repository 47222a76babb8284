"""`import` and `export`: answers in text and JSON, exit statuses, and what they leave behind."""

from pathlib import Path

import pytest

from tests.planner.cli.conftest import Run

HEADER = "contract,line,month,quantity_t\n"
NEW = "MNG-CO-2025,2,2026-01,10\n"
CHANGED = "MNG-CO-2025,1,2025-01,400\n"
SAME = "MNG-CO-2025,1,2025-02,416.667\n"
BAD = "MNG-CO-2025,1,2025-03,0.0004\n"


def saved(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "in.csv"
    path.write_text(HEADER + "".join(rows))
    return path


def test_an_import_answers_with_counts_and_the_number_of_its_edit(run: Run, sample: Path, tmp_path: Path) -> None:
    answer = run("import", sample, "deliveries", saved(tmp_path, NEW, CHANGED, SAME), "--json")
    edit = run("history", sample, "--json").document["edits"][0]
    assert (answer.status, answer.err) == (0, "")
    expected = {"new": 1, "changed": 1, "same": 1, "refused": 0, "edit": edit["number"], "problems": []}
    assert answer.document == expected
    assert edit["title"] == "Import deliveries from in.csv: 1 new, 1 changed"


def test_refused_rows_make_it_done_in_part(run: Run, sample: Path, tmp_path: Path) -> None:
    rejects = tmp_path / "refused.csv"
    answer = run("import", sample, "deliveries", saved(tmp_path, NEW, BAD), "--rejects", rejects, "--json")
    assert answer.status == 1
    assert answer.document["problems"] == [
        {
            "line": 3,
            "field": "quantity_t",
            "value": "0.0004",
            "reason": "0.0004 has more than 3 decimals; the step is 0.001 t",
        }
    ]
    assert "0.0004" in rejects.read_text(encoding="utf-8-sig")
    rejects.write_text(rejects.read_text(encoding="utf-8-sig").replace("0.0004,", "0.004,"))
    assert run("import", sample, "deliveries", rejects).status == 0


def test_rows_that_are_all_refused_make_it_not_done(run: Run, sample: Path, tmp_path: Path) -> None:
    answer = run("import", sample, "deliveries", saved(tmp_path, BAD))
    assert (answer.status, answer.out) == (2, "new 0, changed 0, same 0, refused 1\n")
    assert answer.err == "line 3: quantity_t '0.0004': 0.0004 has more than 3 decimals; the step is 0.001 t\n".replace(
        "line 3", "line 2"
    )


def test_many_problems_are_told_in_part(run: Run, sample: Path, tmp_path: Path) -> None:
    answer = run("import", sample, "deliveries", saved(tmp_path, *[BAD] * 30))
    assert len(answer.err.splitlines()) == 21
    assert answer.err.splitlines()[-1] == "... and 10 more; --rejects FILE writes them all, --json prints them"


def test_a_dry_run_changes_nothing(run: Run, sample: Path, tmp_path: Path) -> None:
    before = run("history", sample, "--json").document
    file = saved(tmp_path, NEW, CHANGED)
    answer = run("import", sample, "deliveries", file, "--dry-run")
    assert (answer.status, answer.out) == (0, "new 1, changed 1, same 0, refused 0 (dry run)\n")
    assert run("import", "--dry-run", "--json", sample, "deliveries", file).document["edit"] is None
    assert run("history", sample, "--json").document == before


@pytest.mark.parametrize(("mode", "expected"), [("add", (1, 0, 1)), ("update", (0, 1, 1)), ("upsert", (1, 1, 0))])
def test_a_mode_is_kept_to(run: Run, sample: Path, tmp_path: Path, mode: str, expected: tuple[int, ...]) -> None:
    found = run("import", "--mode", mode, sample, "deliveries", saved(tmp_path, NEW, CHANGED), "--json").document
    assert (found["new"], found["changed"], found["refused"]) == expected


def test_numbers_that_read_in_two_ways_are_told(run: Run, sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("contract;line;month;quantity_t\nMNG-CO-2025;2;2026-01;1,250\n")
    assert "it could also mean 1250" in run("import", sample, "deliveries", file, "--dry-run").err


def test_a_file_that_cannot_be_read_is_not_done(run: Run, sample: Path, tmp_path: Path) -> None:
    answer = run("import", sample, "deliveries", tmp_path / "none.csv", "--json")
    sentence = f"{tmp_path / 'none.csv'} cannot be read: No such file or directory."
    assert answer.status == 2
    assert answer.document["error"].startswith(sentence)
    assert answer.err.startswith(sentence)


def test_a_table_that_is_none_lists_the_tables(run: Run, sample: Path, tmp_path: Path) -> None:
    for command in (("import", sample, "prices", saved(tmp_path, NEW)), ("export", sample, "prices")):
        answer = run(*command)
        assert (answer.status, answer.out) == (2, "")
        assert answer.err.startswith("There is no table 'prices'. The tables are materials, ")


def test_an_exported_file_imports_without_a_change(run: Run, sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    answer = run("export", sample, "deliveries", file, "--json")
    rows = answer.document["rows"]
    assert (answer.status, answer.document) == (0, {"file": str(file), "table": "deliveries", "rows": rows})
    found = run("import", sample, "deliveries", file, "--json").document
    assert (found["same"], found["edit"]) == (rows, None)
    answer = run("export", "--locale", "fr", sample, "deliveries", file)
    assert (answer.status, answer.out) == (0, f"Wrote {rows} deliveries to {file}.\n")
    assert file.read_text(encoding="utf-8-sig").startswith("Deliveries of sample.offtake")
    assert run("import", sample, "deliveries", file, "--json").document["same"] == rows


def test_without_a_file_a_table_goes_to_standard_output(run: Run, sample: Path) -> None:
    answer = run("export", sample, "materials")
    assert answer.status == 0
    assert answer.out.splitlines()[0] == (
        "code,name,formula,element,contained_fraction,carbon_kg_per_kg,carbon_source,carbon_quality,note"
    )
    assert "CoSO4·7H2O" in answer.out


@pytest.mark.parametrize(
    ("extra", "sentence"),
    [(("--json",), "name the FILE to write"), (("--locale", "xx"), "There is no locale 'xx'; name one such as en")],
)
def test_an_export_that_makes_no_sense_is_refused(
    run: Run, sample: Path, extra: tuple[str, ...], sentence: str
) -> None:
    answer = run("export", sample, "materials", *extra)
    assert answer.status == 2
    assert sentence in answer.err


def test_a_plan_is_not_overwritten_by_a_table(run: Run, sample: Path) -> None:
    answer = run("export", sample, "materials", sample)
    assert answer.status == 2
    assert "is a plan, and would be lost" in answer.err
    assert run("check", sample).status in {0, 1}
