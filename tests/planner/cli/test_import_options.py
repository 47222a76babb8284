"""The options of import that say how a file is read, and what is to become of records that it lacks."""

from pathlib import Path

import pytest
import xlsxwriter

from planner.plan import Plan
from planner.units import Month
from tests.planner.cli.conftest import Run

HEADER = "contract;line;month;quantity_t\n"
LINE = ("EXC-CO-2025", 1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deliveries.csv"


def kg(plan: Path, month: Month) -> object:
    """Return the kg of a delivery."""
    with Plan.open(plan, person="Tester") as opened:
        row = opened.find("deliveries", (*LINE, month))
        return None if row is None else row.record.values()["quantity_kg"]


@pytest.mark.parametrize(("locale", "expected"), [("fr", 1_250), ("en", 1_250_000)])
def test_numbers_are_read_as_the_locale_writes_them(
    run: Run, sample: Path, file: Path, locale: str, expected: int
) -> None:
    file.write_text(f"{HEADER}EXC-CO-2025;1;2026-01;1,250\n", encoding="utf-8")
    assert run("import", sample, "deliveries", file, "--locale", locale).status == 0
    assert kg(sample, Month.of(2026, 1)) == expected


def test_a_locale_that_is_none_is_refused(run: Run, sample: Path, file: Path) -> None:
    file.write_text(f"{HEADER}EXC-CO-2025;1;2026-01;1\n", encoding="utf-8")
    answer = run("import", sample, "deliveries", file, "--locale", "klingon")
    assert answer.status == 2
    assert answer.err == "There is no locale 'klingon'; name one such as fr, de_CH or en.\n"


def test_a_sheet_is_read_by_its_name(run: Run, sample: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(book)) as made:
        for name, tonnes in (("Winter", 5), ("Summer", 6)):
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, ("contract", "line", "month", "quantity_t"))
            sheet.write_row(1, 0, (*LINE, "2026-01", tonnes))
    assert run("import", sample, "deliveries", book, "--sheet", "Summer").status == 0
    assert kg(sample, Month.of(2026, 1)) == 6_000
    answer = run("import", sample, "deliveries", book, "--sheet", "Autumn")
    assert answer.status == 2
    assert "Autumn" in answer.err


def test_what_the_file_lacks_is_deleted_when_asked_and_counted(run: Run, sample: Path, file: Path) -> None:
    file.write_text(f"{HEADER}EXC-CO-2025;1;2026-01;5\n", encoding="utf-8")
    with Plan.open(sample, person="Tester") as plan:
        count = plan.count("deliveries")
    answer = run("import", sample, "deliveries", file, "--delete-missing", "--dry-run", "--json")
    assert (answer.status, answer.document["deleted"]) == (0, count - 1)
    answer = run("import", sample, "deliveries", file, "--delete-missing")
    assert (answer.status, answer.out) == (0, f"new 0, changed 1, same 0, refused 0, deleted {count - 1}\n")
    with Plan.open(sample, person="Tester") as plan:
        assert plan.count("deliveries") == 1
        plan.undo()
        assert plan.count("deliveries") == count


def test_records_that_others_need_stay_and_the_import_is_done_in_part(run: Run, sample: Path, file: Path) -> None:
    file.write_text("code;name\nMANAGEM;Managem Group\n", encoding="utf-8")
    answer = run("import", sample, "organisations", file, "--delete-missing", "--json")
    assert (answer.status, answer.document["deleted"]) == (1, 0)
    stays = {problem["value"]: problem for problem in answer.document["problems"]}
    assert stays["RENAULT"]["line"] is None
    assert "6 contracts" in stays["RENAULT"]["reason"]
    assert "RENAULT: the file no longer has it" in run("import", sample, "organisations", file, "--delete-missing").err


def test_nothing_is_deleted_while_a_refused_row_may_mean_any_record(run: Run, sample: Path, file: Path) -> None:
    file.write_text(f"{HEADER}EXC-CO-2025;1;2026-01;5\nEXC-CO-2025;1;never;5\n", encoding="utf-8")
    answer = run("import", sample, "deliveries", file, "--delete-missing")
    assert (answer.status, answer.out) == (1, "new 0, changed 1, same 0, refused 1, deleted 0\n")
    assert "Nothing was deleted: 1 refused row" in answer.err


def test_they_are_for_one_file(run: Run, sample: Path, tmp_path: Path) -> None:
    answer = run("import", sample, "--all", tmp_path, "--delete-missing")
    assert answer.status == 2
    assert "--delete-missing are for one FILE" in answer.err


def test_a_row_of_months_across_is_told_with_its_row_and_month(run: Run, sample: Path, file: Path) -> None:
    file.write_text("contract;line;Jan 2026;Feb 2026;Mar 2026\nEXC-CO-2025;1;5;many;7\n", encoding="utf-8")
    answer = run("import", sample, "deliveries", file)
    assert (answer.status, answer.out) == (1, "new 0, changed 2, same 0, refused 1\n")
    assert "line 2 (Feb 2026): quantity_t 'many'" in answer.err
    assert run("import", sample, "deliveries", file, "--json").document["problems"][0]["line"] == 2
