"""`import` with profiles, constants, columns and lookups; `profiles` that lists and keeps them."""

from pathlib import Path

import pytest

from planner.exchange.profiles import Profiles
from tests.planner.cli.conftest import Run

ROWS = "2025-01;400\n2025-02;410\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a file without columns for the contract and its line."""
    path = tmp_path / "erp.csv"
    path.write_text(f"Monat;Menge\n{ROWS}".replace("Monat", "month").replace("Menge", "qty"))
    return path


def of_suppliers(tmp_path: Path, name: str) -> Path:
    path = tmp_path / "contracts.csv"
    path.write_text(f"reference,Vendor name\nMNG-CO-2025,{name}\n")
    return path


SET = ("--set", "contract=MNG-CO-2025", "--set", "line=1")


def test_constants_stand_for_missing_columns(run: Run, sample: Path, file: Path) -> None:
    assert "has no column contract, line" in run("import", sample, "deliveries", file).err
    answer = run("import", sample, "deliveries", file, *SET, "--json")
    assert (answer.status, answer.err) == (0, "")
    assert (answer.document["changed"], answer.document["refused"]) == (2, 0)


def test_a_profile_is_kept_and_used_for_the_same_header_by_itself(run: Run, sample: Path, file: Path) -> None:
    assert run("import", sample, "deliveries", file, *SET, "--save-profile", "ERP").status == 0
    answer = run("import", sample, "deliveries", file)
    assert answer.out == "new 0, changed 0, same 2, refused 0\n"
    assert answer.err == "erp.csv was read as the profile ERP says.\n"
    (listed,) = run("profiles", "--json").document["profiles"]
    assert listed["columns"] == {"month": 0, "quantity_t": 1}
    assert listed["constants"] == {"contract": "MNG-CO-2025", "line": "1"}
    assert "ERP      deliveries        2  contract=MNG-CO-2025, line=1" in run("profiles").out


def test_a_failed_import_does_not_lose_the_mapping(run: Run, sample: Path, file: Path) -> None:
    file.write_text('month;qty\n2025-01;400\n"x"y;1\n')
    answer = run("import", sample, "deliveries", file, *SET, "--save-profile", "ERP")
    assert answer.status == 2
    assert Profiles().named("ERP").choice.constants == {"contract": "MNG-CO-2025", "line": "1"}


def test_what_is_said_goes_before_the_profile(run: Run, sample: Path, file: Path) -> None:
    run("import", sample, "deliveries", file, *SET, "--save-profile", "ERP", "--dry-run")
    answer = run("import", sample, "deliveries", file, "--profile", "ERP", "--set", "line=2", "--json")
    assert answer.document["new"] + answer.document["changed"] + answer.document["same"] == 2
    assert run("history", sample, "--edit", answer.document["edit"], "--json").document["details"][0]["record"] == (
        "MNG-CO-2025 2 2025-01"
    )


def test_a_profile_of_another_person_is_used_from_its_file(run: Run, sample: Path, file: Path, tmp_path: Path) -> None:
    run("import", sample, "deliveries", file, *SET, "--save-profile", "ERP", "--dry-run")
    sent = tmp_path / "sent.json"
    assert run("profiles", "--export", "ERP", "--to", sent).status == 0
    assert run("profiles", "--delete", "ERP").status == 0
    assert run("profiles").out == "No profile has been saved yet.\n"
    assert run("import", sample, "deliveries", file, "--profile", sent).status == 0
    assert run("profiles", "--import", sent, "--json").document == {"done": "The profile ERP is kept."}
    assert run("profiles", "--rename", "ERP", "SAP").status == 0
    assert [each.name for each in Profiles().all()] == ["SAP"]


def test_a_profile_of_another_table_is_refused(run: Run, sample: Path, file: Path) -> None:
    run("import", sample, "deliveries", file, *SET, "--save-profile", "ERP", "--dry-run")
    answer = run("import", sample, "demand", file, "--profile", "ERP")
    assert answer.err == (
        "The profile ERP is for deliveries, and erp.csv is to go into demand; choose another profile.\n"
    )


def test_a_near_heading_is_told_and_a_name_is_looked_up(run: Run, sample: Path, tmp_path: Path) -> None:
    answer = run("import", sample, "contracts", of_suppliers(tmp_path, "managem group"))
    assert answer.out == "new 0, changed 0, same 1, refused 0\n"
    assert answer.err == "supplier is read from 'Vendor name', a near name (80% sure).\n"


def test_the_nearest_is_offered_and_can_be_said(run: Run, sample: Path, tmp_path: Path) -> None:
    file = of_suppliers(tmp_path, "Mangem")
    answer = run("import", sample, "contracts", file)
    assert answer.status == 2
    assert answer.err.splitlines()[-1] == (
        "line 2: supplier 'Mangem': there is no organisation of that code or name;"
        " did you mean MANAGEM (Managem Group)?"
    )
    assert run("import", sample, "contracts", file, "--lookup", "Mangem=MANAGEM").status == 0


def test_a_column_is_chosen_or_left_out_by_hand(run: Run, sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("contract,line,month,qty,volume,status\nMNG-CO-2025,1,2025-01,1,400,nonsense\n")
    assert "several columns for quantity_t: 'qty' and 'volume'" in run("import", sample, "deliveries", file).err
    answer = run("import", sample, "deliveries", file, "--column", "quantity_t=Volume", "--column", "status=")
    assert (answer.status, answer.out) == (0, "new 0, changed 1, same 0, refused 0\n")
    wrong = run("import", sample, "deliveries", file, "--column", "quantity_t=Menge")
    assert wrong.err.startswith("in.csv has no one column 'Menge' for quantity_t; its columns are 'contract', 'line'")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--set", "contract"), "--set contract has no sign of equality; write FIELD=VALUE."),
        (("--set", "=x"), "--set =x has no sign of equality"),
        (("--set", "colour=red"), "Deliveries have no field 'colour'"),
        (("--set", "line=x"), "line cannot be set to 'x'"),
        (("--profile", "None"), "There is no profile 'None'. No profile has been saved yet."),
        (("--profile", "none.json"), "none.json cannot be read"),
    ],
)
def test_what_cannot_be_is_said(run: Run, sample: Path, file: Path, arguments: tuple[str, str], sentence: str) -> None:
    answer = run("import", sample, "deliveries", file, *arguments)
    assert answer.status == 2
    assert sentence in answer.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--export", "A"), "Name both the profile to --export and the file --to"),
        (("--delete", "A", "--import", "b.json"), "Do one thing at a time"),
        (("--delete", "A"), "There is no profile 'A'"),
    ],
)
def test_the_profiles_are_changed_one_by_one(run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    answer = run("profiles", *arguments)
    assert answer.status == 2
    assert sentence in answer.err
