"""The file of refused rows: as they stood, with the reason, ready to be mended and imported again."""

import csv
from pathlib import Path

from planner.exchange.rejects import write_rejects
from planner.plan import Plan
from tests.planner.exchange.imported import applied, contents, counts, previewed, saved


def rows_of(path: Path, delimiter: str = ",") -> list[list[str]]:
    """Read a file as a spreadsheet does."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def test_refused_rows_are_written_mended_and_taken_in(plan: Plan, tmp_path: Path) -> None:
    text = "Société: deliveries\nContrat;Ligne;Mois;Quantité;seen\nC1;1;2025-03;0,0004;é\nC1;1;2025-04;1,5;\nC1;1\n"
    found = previewed(plan, saved(tmp_path, text.encode("cp1252")))
    applied(plan, found)
    rejects = tmp_path / "rejects.csv"
    write_rejects(found, rejects)
    assert rejects.read_bytes().startswith(b"\xef\xbb\xbf")
    empty = "it is empty, and it must be filled in"
    assert rows_of(rejects, ";") == [
        ["Contrat", "Ligne", "Mois", "Quantité", "seen", "reason"],
        ["C1", "1", "2025-03", "0,0004", "é", "quantity_t: 0,0004 has more than 3 decimals; the step is 0,001 t"],
        ["C1", "1", "", "", "", f"month: {empty}; quantity_t: {empty}"],
    ]
    mended = rejects.read_bytes().replace(b"0,0004", b"0,004").replace(b"C1;1;;;", b"C1;1;2025-05;2,5;")
    again = previewed(plan, saved(tmp_path, mended, "rejects.csv"))
    assert counts(again) == (2, 0, 0, 0)
    assert again.mapping.ignored == ("seen", "reason")
    applied(plan, again)
    assert [row[3] for row in contents(plan)[1]["deliveries"]] == [416_000, 4, 1_500, 2_500]


def test_refused_again_a_row_has_one_reason_the_new_one(plan: Plan, tmp_path: Path) -> None:
    file = saved(tmp_path, "code,name,role,reason\nA,,buyer,name: old\n")
    write_rejects(previewed(plan, file, "organisations"), file)
    assert rows_of(file) == [
        ["code", "name", "role", "reason"],
        ["A", "", "buyer", "name: it is empty, and it must be filled in"],
    ]


def test_formulas_are_guarded_once_and_read_as_they_were(plan: Plan, tmp_path: Path) -> None:
    cells = ["=A1", "'=A1", "''=A1", "'quoted", "-5"]
    text = "code,name,role\n" + "".join(f"X{n},{cell},nobody\n" for n, cell in enumerate(cells))
    found = previewed(plan, saved(tmp_path, text), "organisations")
    write_rejects(found, tmp_path / "rejects.csv")
    written = [row[1] for row in rows_of(tmp_path / "rejects.csv")[1:]]
    assert written == ["'=A1", "'=A1", "''=A1", "'quoted", "'-5"]
    mended = (tmp_path / "rejects.csv").read_bytes().replace(b"nobody", b"buyer")
    applied(plan, previewed(plan, saved(tmp_path, mended), "organisations"))
    names = [row[1] for row in contents(plan)[1]["organisations"]]
    assert names == ["Managem", "Renault", "=A1", "=A1", "'=A1", "'quoted", "-5"]


def test_a_row_too_wide_is_written_with_all_its_cells(plan: Plan, tmp_path: Path) -> None:
    found = previewed(plan, saved(tmp_path, "code,name\nA,one,two,three\n"), "organisations")
    write_rejects(found, tmp_path / "rejects.csv")
    assert rows_of(tmp_path / "rejects.csv")[1][:4] == ["A", "one", "two", "three"]
