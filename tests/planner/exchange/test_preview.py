"""What a preview says of each row, what applying it does, and that undo takes all of it back."""

from pathlib import Path

import pytest

from planner.plan import Mode, Plan, Problem
from tests.planner.exchange.imported import HEADER, applied, contents, counts, previewed, problems, saved

KEY = "contract, line, month"
MIXED = f"{HEADER}C1,1,2025-01,416\nC1,1,2025-02,7.5\n"


def test_rows_are_new_changed_with_the_difference_or_the_same(plan: Plan, tmp_path: Path) -> None:
    found = previewed(plan, saved(tmp_path, f"{HEADER}C1,1,2025-01,420\nC1,1,2025-02,7.5\n"))
    assert counts(found) == (1, 1, 0, 0)
    assert found.preview.changes is not None
    seen = {change.label: change for change in found.preview.changes}
    changed = seen["C1 1 2025-01"]
    assert [field.name for field in changed.differing()] == ["quantity_t"]
    assert changed.before is not None
    assert changed.before.values()["quantity_kg"] == 416_000
    assert seen["C1 1 2025-02"].before is None
    assert found.preview.changes.edit.title == "Import deliveries from in.csv: 1 new, 1 changed"
    assert counts(previewed(plan, saved(tmp_path, f"{HEADER}C1,1,2025-01,416\n"))) == (0, 0, 1, 0)


def test_an_import_is_one_edit_that_undo_takes_back(plan: Plan, tmp_path: Path) -> None:
    edits, before = contents(plan)
    applied(plan, previewed(plan, saved(tmp_path, MIXED)))
    after = contents(plan)
    assert after[0] == edits + 1
    assert len(after[1]["deliveries"]) == 2
    plan.undo()
    assert contents(plan) == (edits + 1, before)
    plan.redo()
    assert contents(plan) == after


@pytest.mark.parametrize(
    ("mode", "expected", "refusals"),
    [
        (Mode.UPSERT, (1, 0, 1, 0), []),
        (Mode.ADD, (1, 0, 0, 1), [(2, "this delivery exists already; import with mode upsert to change it")]),
        (Mode.UPDATE, (0, 0, 1, 1), [(3, "this delivery does not exist; import with mode upsert to add it")]),
    ],
)
def test_a_mode_lets_in_what_it_says(
    plan: Plan, tmp_path: Path, mode: Mode, expected: tuple[int, ...], refusals: list[tuple[int, str]]
) -> None:
    found = previewed(plan, saved(tmp_path, MIXED), mode=mode)
    assert counts(found) == expected
    assert found.preview.problems == tuple(Problem(line, KEY, "", reason) for line, reason in refusals)


def test_rows_of_the_same_key_are_refused_and_name_each_other(plan: Plan, tmp_path: Path) -> None:
    found = problems(plan, saved(tmp_path, f"{HEADER}C1,1,2025-03,1\n\nC1,1,03/2025,1\nC1,1,2025-04,1\n"))
    assert found == (
        Problem(2, KEY, "", f"line 4 has the same {KEY}; keep one"),
        Problem(4, KEY, "", f"line 2 has the same {KEY}; keep one"),
    )


@pytest.mark.parametrize(
    ("quantity", "reason"),
    [
        ("0.0004", "0.0004 has more than 3 decimals; the step is 0.001 t"),
        ("NaN", "'NaN' is not a number; write it as 1250.5"),
        ("Infinity", "'Infinity' is not a number; write it as 1250.5"),
        ("-inf", "'-inf' is not a number; write it as 1250.5"),
        ("1e400", "1e400 lies outside 0 to 1000000000 t"),
        ("1000000000000", "1000000000000 lies outside 0 to 1000000000 t"),
        ("1000000000.001", "1000000000.001 lies outside 0 to 1000000000 t"),
        ("-1", "-1 lies outside 0 to 1000000000 t"),
        ("", "it is empty, and it must be filled in"),
        ("12 pieces", "'pieces' is no unit of quantity_t; give it in t, kt, kg or lb"),
    ],
)
def test_a_quantity_that_cannot_be_is_refused_and_never_rounded(
    plan: Plan, tmp_path: Path, quantity: str, reason: str
) -> None:
    found = problems(plan, saved(tmp_path, f"{HEADER}C1,1,2025-02,1.5\nC1,1,2025-03,{quantity}\n"))
    assert found == (Problem(3, "quantity_t", quantity, reason),)


def test_a_very_long_cell_is_shortened_in_its_refusal(plan: Plan, tmp_path: Path) -> None:
    (found,) = problems(plan, saved(tmp_path, f"{HEADER}C1,1,2025-03,{'9' * 100_000}\n"))
    assert found.value == "9" * 200
    assert found.reason.endswith("lies outside 0 to 1000000000 t")
    assert len(found.reason) < 410


@pytest.mark.parametrize(
    ("month", "reason"),
    [
        ("9999-01", "the year must lie between 1990 and 2199"),
        ("2025-13", "'2025-13' is not a month; write 2025-03, 03/2025, 2025-03-15 or 15/03/2025"),
        ("31/02/2025", "'31/02/2025' is not a month; write 2025-03, 03/2025, 2025-03-15 or 15/03/2025"),
        ("March", "'March' is not a month; write 2025-03, 03/2025, 2025-03-15 or 15/03/2025"),
    ],
)
def test_a_month_that_cannot_be_is_refused(plan: Plan, tmp_path: Path, month: str, reason: str) -> None:
    assert problems(plan, saved(tmp_path, f"{HEADER}C1,1,{month},1\n")) == (Problem(2, "month", month, reason),)


@pytest.mark.parametrize("mark", ["\N{RIGHT-TO-LEFT MARK}", "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{ZERO WIDTH SPACE}"])
def test_marks_that_nobody_sees_are_refused_in_codes(plan: Plan, tmp_path: Path, mark: str) -> None:
    found = problems(plan, saved(tmp_path, f"code,name\nA{mark}B,Name{mark}\n"), "organisations")
    reason = "a code holds no line break, tab or invisible character"
    assert found == (Problem(2, "code", f"A{mark}B", reason),)


def test_a_lone_surrogate_is_no_text(plan: Plan, tmp_path: Path) -> None:
    data = "code,name\nA,".encode("utf-16") + b"\x00\xd8" + "\n".encode("utf-16-le")
    with pytest.raises(Exception, match="line 2: the text is not utf-16"):
        previewed(plan, saved(tmp_path, data), "organisations")


def test_a_reference_to_nothing_is_refused(plan: Plan, tmp_path: Path) -> None:
    found = problems(plan, saved(tmp_path, f"{HEADER}C1,2,2025-03,1\n"))
    assert found == (Problem(2, "line", "C1 2", "there is no line 'C1 2'; add it to lines first"),)


def test_every_fault_of_a_row_is_told_and_the_good_rows_go_in(plan: Plan, tmp_path: Path) -> None:
    found = previewed(plan, saved(tmp_path, f"{HEADER}C1,x,soon,-\nC1,1,2025-03,1\n"))
    assert [problem.field for problem in found.preview.problems] == ["line", "month", "quantity_t"]
    assert counts(found) == (1, 0, 0, 1)
