"""A plan as a folder: what describes it, that it comes back whole, and what may not be overwritten or let in."""

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import PlannerError
from planner.exchange.datapackage import DESCRIPTOR, descriptor, export_package
from planner.exchange.package_source import table_files
from planner.exchange.read_all import read_all, rehearsed
from planner.model import TABLES
from planner.plan import Plan
from tests.planner.exchange.imported import contents


@pytest.fixture
def package(plan: Plan, tmp_path: Path) -> Path:
    """Return a folder with a package of the plan."""
    folder = tmp_path / "package"
    export_package(plan, folder)
    return folder


def rewritten(package: Path, **changed: object) -> None:
    """Describe the first resource otherwise."""
    held = json.loads((package / DESCRIPTOR).read_text(encoding="utf-8"))
    held["resources"][0].update(changed)
    (package / DESCRIPTOR).write_text(json.dumps(held), encoding="utf-8")


def resource(plan: Plan, name: str) -> dict[str, Any]:
    """Return what is said of a table."""
    return next(each for each in descriptor(plan)["resources"] if each["name"] == name)


def fields(plan: Plan, name: str) -> dict[str, dict[str, Any]]:
    """Return what is said of the fields of a table, by name."""
    return {field["name"]: field for field in resource(plan, name)["schema"]["fields"]}


def test_every_table_is_a_file_that_has_the_fields_it_is_said_to_have(plan: Plan, package: Path) -> None:
    held = json.loads((package / DESCRIPTOR).read_text(encoding="utf-8"))
    assert [each["name"] for each in held["resources"]] == list(TABLES)
    assert {path.name for path in package.iterdir()} == {DESCRIPTOR, *(each["path"] for each in held["resources"])}
    for each in held["resources"]:
        with (package / each["path"]).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter=each["dialect"]["delimiter"]))
        assert rows[0] == [field["name"] for field in each["schema"]["fields"]]
        assert len(rows) - 1 == plan.count(each["name"])


def test_fields_say_their_type_unit_and_bounds(plan: Plan) -> None:
    quantity, month = fields(plan, "deliveries")["quantity_t"], fields(plan, "deliveries")["month"]
    assert (quantity["type"], quantity["unit"]) == ("number", "t")
    assert quantity["constraints"] == {"minimum": 0, "maximum": 1_000_000_000, "required": True}
    assert (month["type"], "unit" in month) == ("yearmonth", False)
    assert fields(plan, "deliveries")["status"]["constraints"]["enum"] == ["planned", "confirmed", "received"]
    assert fields(plan, "volumes")["year"]["type"] == "year"
    assert fields(plan, "volumes")["option_until"]["type"] == "date"
    assert fields(plan, "materials")["code"]["constraints"]["unique"] is True
    assert fields(plan, "materials")["contained_fraction"]["constraints"]["minimum"] == 0.000001


def test_keys_tell_which_fields_together_name_a_record_of_another_table(plan: Plan) -> None:
    schema = resource(plan, "deliveries")["schema"]
    assert schema["primaryKey"] == ["contract", "line", "month"]
    lines = {"resource": "lines", "fields": ["contract", "line"]}
    assert schema["foreignKeys"] == [{"fields": ["contract", "line"], "reference": lines}]
    lot_keys = resource(plan, "lots")["schema"]["foreignKeys"]
    plants = {"resource": "plants", "fields": ["code"]}
    assert [key["fields"] for key in lot_keys if key["reference"] == plants] == [["mine"], ["refinery"], ["plant"]]
    for table in TABLES.values():
        for key in resource(plan, table.name)["schema"]["foreignKeys"]:
            target = TABLES[key["reference"]["resource"] or table.name]
            assert set(key["reference"]["fields"]) <= {field.name for field in target.key}


def test_a_package_brings_a_plan_back_whole(plan: Plan, package: Path, tmp_path: Path) -> None:
    done = read_all(plan, package)
    assert done.sound
    assert [(each.new, each.changed, each.same) for each in done.results] == [(0, 0, plan.count(t)) for t in TABLES]
    with Plan.create(tmp_path / "other.offtake", person="Tester") as other:
        assert read_all(other, package).sound
        assert contents(other)[1] == contents(plan)[1]


def test_csv_files_without_a_description_are_known_by_their_names(plan: Plan, package: Path) -> None:
    (package / DESCRIPTOR).unlink()
    (package / "deliveries.csv").rename(package / "Agreed Volumes (copy).csv")
    (package / "volumes.csv").rename(package / "Agreed volumes.csv")
    (package / "read me.txt").write_text("hello")
    done = rehearsed(plan, package)
    assert done.sound
    assert not done.kept
    assert set(TABLES) - {each.table for each in done.results} == {"deliveries"}
    assert done.others == ("Agreed Volumes (copy).csv", "read me.txt")


def test_an_earlier_package_is_replaced_and_anything_else_is_not(plan: Plan, package: Path, tmp_path: Path) -> None:
    (package / "lines.csv").unlink()
    export_package(plan, package)
    assert (package / "lines.csv").exists()
    (package / "mine.csv").write_text("precious")
    with pytest.raises(PlannerError, match=r"holds other files, such as mine\.csv; name a new or empty folder"):
        export_package(plan, package)
    assert (package / "mine.csv").read_text() == "precious"
    with pytest.raises(PlannerError, match="is a file; name a folder"):
        export_package(plan, package / "mine.csv")
    with pytest.raises(PlannerError, match="There is no folder"):
        export_package(plan, tmp_path / "none" / "package")
    for lone in ("lines.csv", DESCRIPTOR):
        folder = tmp_path / lone
        (folder / DESCRIPTOR).mkdir(parents=True) if lone == DESCRIPTOR else folder.mkdir()
        if lone != DESCRIPTOR:
            (folder / lone).write_text("precious")
        with pytest.raises(PlannerError, match="holds other files"):
            export_package(plan, folder)


def test_a_package_is_written_whole_or_not_at_all(plan: Plan, package: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in package.iterdir()}

    def cancel(done: float) -> None:
        if done > 0.5:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        export_package(plan, package, cancel)
    assert {path.name: path.read_bytes() for path in package.iterdir()} == before
    with pytest.raises(RuntimeError):
        export_package(plan, tmp_path / "new", cancel)
    assert not [path for path in tmp_path.iterdir() if path.name not in {"home", "package"} and path.is_dir()]


HOSTILE = (
    "../secret.csv",
    "sub/../../secret.csv",
    "..\\secret.csv",
    "/etc/passwd",
    "\\\\server\\share\\a.csv",
    "C:\\secret.csv",
    "c:secret.csv",
    "~/secret.csv",
    "http://example.com/materials.csv",
    "file:///etc/passwd",
    "a\0b",
)


@pytest.mark.parametrize("path", HOSTILE)
def test_no_path_leads_out_of_the_folder(plan: Plan, package: Path, path: str) -> None:
    before = contents(plan)
    rewritten(package, path=path)
    with pytest.raises(PlannerError, match="outside the folder; put the file into the folder"):
        read_all(plan, package)
    assert contents(plan) == before


@given(path=st.text() | st.text(st.sampled_from("./\\:~a")))
def test_whatever_path_is_named_what_is_read_lies_in_the_folder(
    tmp_path_factory: pytest.TempPathFactory, path: str
) -> None:
    folder = tmp_path_factory.mktemp("package")
    held = {"resources": [{"name": "lines", "path": path}]}
    (folder / DESCRIPTOR).write_text(json.dumps(held), encoding="utf-8")
    try:
        (file,), _ = table_files(folder)
    except PlannerError as error:
        assert "\n" not in str(error).replace(path, "")  # noqa: PT017 - most paths lead nowhere
    else:
        assert Path(os.path.realpath(file.path)).is_relative_to(os.path.realpath(folder))


@pytest.mark.parametrize("folder_too", [False, True])
def test_links_are_not_followed(plan: Plan, package: Path, tmp_path: Path, folder_too: bool) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (package / "materials.csv").rename(outside / "materials.csv")
    (package / "sub").symlink_to(outside) if folder_too else (package / "materials.csv").symlink_to(
        outside / "materials.csv"
    )
    rewritten(package, path="sub/materials.csv" if folder_too else "materials.csv")
    with pytest.raises(PlannerError, match="is a link; put the file itself into the folder"):
        read_all(plan, package)


def test_a_linked_description_is_refused_and_linked_files_are_left_out(
    plan: Plan, package: Path, tmp_path: Path
) -> None:
    outside = tmp_path / DESCRIPTOR
    (package / DESCRIPTOR).rename(outside)
    (package / DESCRIPTOR).symlink_to(outside)
    with pytest.raises(PlannerError, match="is a link; put the file itself into the folder"):
        read_all(plan, package)
    (package / DESCRIPTOR).unlink()
    (package / "lines.csv").rename(tmp_path / "lines.csv")
    (package / "lines.csv").symlink_to(tmp_path / "lines.csv")
    done = rehearsed(plan, package)
    assert done.others == ("lines.csv",)
    assert "lines" not in {each.table for each in done.results}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "cannot be read as JSON"),
        ("[" * 100_000, "cannot be read as JSON"),
        ("[]", "lists no resources"),
        ('{"resources": 5}', "lists no resources"),
        ('{"resources": [5]}', "lists no resources"),
        ('{"resources": []}', "has no file for any table"),
        ('{"resources": [{"name": "lines"}]}', "has no single path"),
        ('{"resources": [{"name": "lines", "path": ["lines.csv", "volumes.csv"]}]}', "has no single path"),
        ('{"resources": [{"name": "lines", "data": [[1]]}]}', "has no single path"),
        ('{"resources": [{"name": "lines", "path": "none.csv"}]}', "there is no file 'none.csv'"),
        (
            '{"resources": [{"name": "lines", "path": "lines.csv"}, {"name": "Lines", "path": "volumes.csv"}]}',
            "has several files for lines: lines.csv and volumes.csv",
        ),
        (" " * 5_000_000, "it is larger than 4 MB"),
        ("\ud800", "cannot be read as JSON"),
    ],
)
def test_a_description_that_is_none_is_told_in_a_sentence(plan: Plan, package: Path, text: str, sentence: str) -> None:
    before = contents(plan)
    (package / DESCRIPTOR).write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(PlannerError, match=sentence):
        read_all(plan, package)
    assert contents(plan) == before


def test_a_package_of_somebody_else_is_read_as_its_files_are_written(plan: Plan, tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "data").mkdir()
    (folder / "data" / "d.csv").write_text("contract;line;month;quantity_t\nC1;1;2025-02;1250,5\n", encoding="cp1252")
    resources = [{"name": "deliveries", "path": ["data/d.csv"]}, {"name": "weather", "path": "../w.csv"}]
    (folder / DESCRIPTOR).write_text(json.dumps({"resources": resources}), encoding="utf-8")
    done = read_all(plan, folder)
    assert [(each.table, each.new, each.refused) for each in done.results] == [("deliveries", 1, 0)]
    assert done.others == ("weather",)


def test_what_is_refused_stays_out_and_with_whole_all_does(plan: Plan, package: Path) -> None:
    before = contents(plan)
    (package / "deliveries.csv").write_text(
        "contract,line,month,quantity_t,status\nC1,1,2025-02,5,planned\nC1,1,2025-03,x,planned\n"
    )
    (package / "volumes.csv").write_text("nothing,that,is,known\n")
    tried = read_all(plan, package, whole=True)
    assert (tried.sound, tried.kept, tried.refused) == (False, False, 1)
    assert contents(plan) == before
    done = read_all(plan, package)
    by_table = {each.table: each for each in done.results}
    assert (done.sound, done.kept, by_table["deliveries"].new, by_table["deliveries"].refused) == (False, True, 1, 1)
    assert by_table["volumes"].trouble.startswith("volumes.csv has no column contract, line, year")
    assert plan.count("deliveries") == len(before[1]["deliveries"]) + 1


def test_what_is_neither_a_folder_nor_a_workbook_is_told(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="There is no folder or workbook"):
        read_all(plan, tmp_path / "none")
    (tmp_path / "a.csv").write_text("code")
    with pytest.raises(PlannerError, match=r"a\.csv is no folder and no workbook"):
        read_all(plan, tmp_path / "a.csv")
    (tmp_path / "empty").mkdir()
    with pytest.raises(PlannerError, match="has no file for any table; name each for its table"):
        read_all(plan, tmp_path / "empty")
