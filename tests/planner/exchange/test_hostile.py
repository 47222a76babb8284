"""Files that nobody should send: refused with a reason, in bounded memory, and the plan is as it was.

Hostile workbooks have tests of their own beside these: bombs, entities, far cells, names that lead out.
"""

import csv
import io
import os
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from planner.commands import CreateRecords
from planner.exchange import imports
from planner.exchange.calloff_files import file_name
from planner.exchange.csv_export import export
from planner.exchange.datapackage import export_package
from planner.exchange.guard import STARTS
from planner.exchange.rejects import write_rejects
from planner.exchange.workbook_export import export_plan
from planner.model import Organisation
from planner.plan import Plan
from tests.planner.exchange.books import HEADER as CELLS
from tests.planner.exchange.books import changed, xlsx
from tests.planner.exchange.imported import HEADER, contents, counts, previewed, problems, refused, saved

LINE = "C1,1,2025-03,1\n"
MEGABYTE = 1_000_000


@contextmanager
def within(megabytes: int) -> Iterator[None]:
    """See that no more memory is held at any time."""
    tracemalloc.start()
    try:
        yield
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < megabytes * MEGABYTE


def large(path: Path, head: str, block: bytes, blocks: int) -> Path:
    """Write a file that is larger than may be held: a head and the same block again and again."""
    with path.open("wb") as file:
        file.write(head.encode())
        for _ in range(blocks):
            file.write(block)
    return path


@pytest.mark.parametrize(
    ("head", "block", "sentence"),
    [
        (HEADER + LINE, b"y", "line 3: the line is longer than 1000000 characters"),
        (HEADER + LINE, b",", "line 3: the line is longer than 1000000 characters"),
        (HEADER + LINE + 'C1,1,2025-04,"', b"y\n", "line 3: a text is longer than 131072 characters"),
        (HEADER + LINE, b"\0", "line 3: it holds a NUL character"),
        ("", b"y", "has no header row"),
        ("\ufeff", "é".encode(), "has no header row"),
    ],
)
def test_a_line_of_300_megabytes_is_refused_at_once(
    plan: Plan, tmp_path: Path, head: str, block: bytes, sentence: str
) -> None:
    file = large(tmp_path / "in.csv", head, block * (MEGABYTE // len(block)), 300)
    with within(150):
        assert sentence in refused(plan, file)


def test_rows_of_a_million_cells_are_refused_one_by_one(plan: Plan, tmp_path: Path) -> None:
    file = large(tmp_path / "in.csv", HEADER, b"C1,1,2025-03,1" + b"," * 400_000 + b"x" + b",x" * 100_000 + b"\n", 6)
    with file.open("ab") as more:
        more.write(b"C1,1,2025-04,2\n")
    with within(150):
        found = previewed(plan, file)
    assert counts(found) == (1, 0, 0, 6)
    assert "the row has 500004 cells and the header 4" in found.preview.problems[0].reason


def test_thirty_thousand_codes_that_all_differ_take_little_memory(plan: Plan, tmp_path: Path) -> None:
    rows = "".join(f"K{at},Name {at}\n" for at in range(30_000))
    with within(60):
        assert counts(previewed(plan, saved(tmp_path, f"code,name\n{rows}"), "organisations")) == (30_000, 0, 0, 0)


def test_thirty_thousand_references_to_nothing_are_refused_each(plan: Plan, tmp_path: Path) -> None:
    rows = "".join(f"K{at},1,2025-03,1\n" for at in range(30_000))
    with within(300):
        found = previewed(plan, saved(tmp_path, HEADER + rows))
    assert counts(found) == (0, 0, 0, 30_000)


@pytest.mark.parametrize("half", ["\ud800", "\ud83d\ude00"])
def test_halves_of_characters_are_refused_and_never_read_as_other_letters(
    plan: Plan, tmp_path: Path, half: str
) -> None:
    data = f"code,name\nA,Élan\nB,x{half}y\n".encode("utf-8", "surrogatepass")
    sentence = refused(plan, saved(tmp_path, data), "organisations")
    assert sentence == "in.csv, line 3: the text is not utf-8; save the file as UTF-8, or choose its encoding."


@pytest.mark.parametrize("name", [b"\xff.csv", b"a\nb.csv", b"a\x1b[31m.xlsx"])
def test_a_file_whose_name_is_no_text_is_refused(plan: Plan, tmp_path: Path, name: bytes) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    file.write_text(HEADER + LINE, encoding="utf-8")
    assert refused(plan, file).endswith("holds what is no letter; rename the file.")


@pytest.mark.parametrize("written", [b"1e400", b"nan", b"-inf", b"1e308", b"1e12"])
def test_a_number_of_a_workbook_that_cannot_be_is_refused(plan: Plan, tmp_path: Path, written: bytes) -> None:
    book = xlsx(tmp_path / "in.xlsx", ("S", [CELLS, ("C1", 1, "2025-03", 77.5)]))
    changed(book, {"xl/worksheets/sheet1.xml": lambda part: part.replace(b"77.5", written)})
    (found,) = problems(plan, book)
    assert (found.field, found.line) == ("quantity_t", 2)
    assert "is not a number" in found.reason or "lies outside 0 to 1000000000 t" in found.reason


def test_half_a_character_in_a_workbook_is_told(plan: Plan, tmp_path: Path) -> None:
    book = xlsx(tmp_path / "in.xlsx", ("S", [CELLS, ("C1", 1, "MONTH", 77.5)]))
    changed(book, {"xl/sharedStrings.xml": lambda part: part.replace(b"MONTH", b"&#xD800;")})
    assert "is a workbook that is broken" in refused(plan, book)


@pytest.mark.parametrize("encoding", [b"UTF-99", b"shift_jis", b"idna"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
def test_a_part_in_an_encoding_that_there_is_not_is_told(
    plan: Plan, tmp_path: Path, part: str, encoding: bytes
) -> None:
    book = xlsx(tmp_path / "in.xlsx", ("S", [CELLS, ("C1", 1, "2025-03", 0.5)]))
    changed(book, {part: lambda content: content.replace(b"UTF-8", encoding)})
    assert "is a workbook that is broken" in refused(plan, book)


def test_a_directory_that_points_before_the_file_is_told(plan: Plan, tmp_path: Path) -> None:
    book = xlsx(tmp_path / "in.xlsx", ("S", [CELLS, ("C1", 1, "2025-03", 0.5)]))
    content = bytearray(book.read_bytes())
    end = content.rfind(b"PK\x05\x06")
    told = int.from_bytes(content[end + 16 : end + 20], "little")
    content[end + 16 : end + 20] = (told + 7).to_bytes(4, "little")
    book.write_bytes(content)
    assert "is a workbook that is broken" in refused(plan, book)


def test_a_header_that_names_a_field_a_hundred_times_is_told_briefly(plan: Plan, tmp_path: Path) -> None:
    sentence = refused(plan, saved(tmp_path, f"contract,line,month{',quantity_t' * 100}\n{LINE}"))
    assert sentence.endswith("'quantity_t' and 96 more. Rename or delete all but one.")


def test_years_that_no_plan_has_are_refused(plan: Plan, tmp_path: Path) -> None:
    dates = ("9999-12-31", "99999-01-01", "0000-00-00", "31/12/9999", "1e9", "2958465")
    rows = "".join(f"C1,M{at},{date}\n" for at, date in enumerate(dates))
    found = problems(plan, saved(tmp_path, f"contract,name,due\n{rows}"), "milestones")
    assert [(each.line, each.field, each.value) for each in found] == [
        (at, "due", date) for at, date in enumerate(dates, 2)
    ]


FORMULAS = ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\uff1d1", "'=1")


@pytest.fixture
def formulas(plan: Plan) -> Plan:
    """Give organisations names that a spreadsheet would take for formulas."""
    plan.run(CreateRecords(tuple(Organisation(code=f"X{at}", name=name) for at, name in enumerate(FORMULAS))))
    return plan


def assert_harmless(text: str, delimiter: str) -> None:
    names = [cell for row in csv.reader(io.StringIO(text), delimiter=delimiter) for cell in row if cell]
    assert sum("HYPERLINK" in name for name in names) == 1
    assert not [name for name in names if name[0] in STARTS]


@pytest.mark.parametrize("people", [False, True])
def test_no_formula_goes_out_in_a_table(formulas: Plan, people: bool) -> None:
    out = io.BytesIO()
    export(formulas, "organisations", out, locale="fr" if people else None, people=people)
    assert_harmless(out.getvalue().decode("utf-8-sig"), ";" if people else ",")


def test_no_formula_goes_out_in_a_package_or_a_workbook(formulas: Plan, tmp_path: Path) -> None:
    export_package(formulas, tmp_path / "package")
    assert_harmless((tmp_path / "package" / "organisations.csv").read_text(encoding="utf-8-sig"), ",")
    export_plan(formulas, tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        sheets = b"".join(book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
    assert b"<t>=HYPERLINK(1)</t>" in sheets
    assert b"<f>" not in sheets


def test_no_formula_goes_out_among_refused_rows(plan: Plan, tmp_path: Path) -> None:
    found = imports.preview(plan, "organisations", saved(tmp_path, "code,name\n\u200f,=HYPERLINK(1)\n"))
    write_rejects(found, tmp_path / "rejects.csv")
    assert_harmless((tmp_path / "rejects.csv").read_text(encoding="utf-8-sig"), ",")


@pytest.mark.parametrize("supplier", ["../../x", "/etc/x", "..\\x", "CON", "a:b", "."])
def test_a_supplier_whose_code_is_a_path_is_a_file_in_the_folder(supplier: str) -> None:
    name = file_name(supplier, ".csv")
    assert Path(name).name == name
    assert not {"/", "\\", ":"} & set(name)


def test_marks_of_direction_stay_in_names_and_never_in_codes(plan: Plan, tmp_path: Path) -> None:
    before = contents(plan)
    found = previewed(plan, saved(tmp_path, "code,name\nA,x\u202ey\nB\u200f,z\n"), "organisations")
    assert counts(found) == (1, 0, 0, 1)
    assert found.preview.problems[0].field == "code"
    assert contents(plan) == before
