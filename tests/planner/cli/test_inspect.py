"""`inspect`: how a file is understood, in text and JSON, with its doubts, and exit statuses."""

from pathlib import Path

import pytest

from tests.planner.cli.conftest import Run


def saved(tmp_path: Path, text: str, encoding: str = "utf-8", name: str = "in.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_sound_file_is_told_in_words(run: Run, tmp_path: Path) -> None:
    text = "Contrat;Ligne;Mois;Quantité [kg];Remarque\nC1;1;mars 2025;1 250;x\nTotal;;;1 250;\n"
    answer = run("inspect", saved(tmp_path, text, "cp1252"))
    assert (answer.status, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "in.csv is read as deliveries (deliveries)."
    assert any(line.startswith("Encoding") and "cp1252" in line for line in lines)
    assert any(line.startswith("Delimiter") and "semicolon" in line for line in lines)
    assert any("Quantité [kg]" in line and "quantity_t" in line and "1 250 = 1.25" in line for line in lines)
    assert lines[-5:] == [
        "Left aside: Remarque.",
        "",
        "1 row, none refused.",
        "1 row of totals was left out.",
        "Quantity is given in kg.",
    ]


def test_the_document_holds_dialect_columns_notes_and_doubts(run: Run, tmp_path: Path) -> None:
    text = "contract,line,month,quantity_t\nC1,1,03/04/2025,5\nC1,1,05/04/2025,x\n"
    answer = run("inspect", saved(tmp_path, text), "--json")
    document = answer.document
    assert answer.status == 1
    assert (document["table"], document["rows"], document["refused"], document["trouble"]) == ("deliveries", 2, 1, None)
    assert {guess["name"]: guess["value"] for guess in document["dialect"]} == {
        "encoding": "utf-8",
        "delimiter": ",",
        "locale": "",
        "header_line": "1",
        "date_order": "dmy",
        "wide": "no",
    }
    assert all(0 <= guess["confidence"] <= 1 and guess["why"] for guess in document["dialect"])
    month = document["columns"][2]
    assert (month["column"], month["heading"], month["field"], month["how"]) == (3, "month", "month", "name")
    assert month["samples"][0] == {"text": "03/04/2025", "read": "2025-04", "refused": False}
    assert document["unread"] == [
        {"place": "3", "field": "quantity_t", "value": "x", "reason": "'x' is not a number; write it as 1250.5"}
    ]
    assert document["doubts"] == ["03/04/2025 was read as 3 April; it could be 4 March. Check the order of dates."]


def test_doubts_and_refused_rows_go_to_standard_error(run: Run, tmp_path: Path) -> None:
    answer = run("inspect", saved(tmp_path, "contract,line,month,quantity_t\nC1,1,03/04/2025,x\n"))
    assert answer.status == 1
    assert answer.err.splitlines() == [
        "line 2: quantity_t 'x': 'x' is not a number; write it as 1250.5",
        "03/04/2025 was read as 3 April; it could be 4 March. Check the order of dates.",
    ]


@pytest.mark.parametrize(
    ("text", "table", "sentence"),
    [
        (
            "a,b\n1,2\n",
            (),
            "in.csv has no row of headings that names the key of a table; name the table that it is for.",
        ),
        (
            "contract,month,quantity_t\nC1,2025-03,5\n",
            ("--table", "deliveries"),
            "in.csv has no column line, by which a delivery is known; add it.",
        ),
        ("", (), "in.csv is empty; choose a file with a header row."),
        (
            'contract,line,month,quantity_t\nC1,1,2025-03,"5\n',
            (),
            (
                "in.csv, line 2: a quotation mark is opened and never closed; close it, or write it twice where it"
                " belongs to the text."
            ),
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(
    run: Run, tmp_path: Path, text: str, table: tuple[str, ...], sentence: str
) -> None:
    answer = run("inspect", saved(tmp_path, text), *table)
    assert answer.status == 2
    assert answer.err.splitlines()[-1] == sentence


def test_a_table_that_is_named_goes_before_the_likeliest(run: Run, tmp_path: Path) -> None:
    file = saved(tmp_path, "element,month,quantity_t\nCo,2025-03,5\n")
    named = run("inspect", file, "--table", "safety_stock", "--json").document
    assert named["table"] == "safety_stock"
