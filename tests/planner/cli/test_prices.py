"""`price`: the price of a line in a month of delivery, with its steps."""

from pathlib import Path

import pytest

from tests.planner.cli.conftest import Run

COBALT = ("--contract", "MNG-CO-2025", "--line", 1)


def test_the_price_is_explained_in_json(run: Run, sample: Path) -> None:
    answer = run("price", sample, *COBALT, "--month", "2027-03", "--json")
    assert answer.status == 0
    assert answer.document == {
        "unit_price": 27_738.0,
        "currency": "USD",
        "unit": "t metal",
        "steps": [
            {"text": "LME cobalt, M+1 = 2027-04, forecast: 33,400 USD per t of metal", "value": 33_400.0},
            {"text": "x 82 % payable: 27,388", "value": 27_388.0},
            {"text": "+ premium 350: 27,738", "value": 27_738.0},
            {"text": "= 27,738 USD per t of metal", "value": 27_738.0},
        ],
        "assumed": False,
    }


def test_text_is_a_step_a_line_and_the_sentence(run: Run, sample: Path) -> None:
    lines = run("price", sample, *COBALT, "--month", "2027-03").out.splitlines()
    assert lines[0] == "LME cobalt, M+1 = 2027-04, forecast: 33,400 USD per t of metal"
    assert lines[-1] == "LME cobalt M+1 33,400 USD/t x 82 % + 350 = 27,738 USD/t of metal"


def test_a_month_beyond_what_is_known_is_assumed(run: Run, sample: Path) -> None:
    document = run("price", sample, *COBALT, "--month", "2031-06", "--json").document
    assert document["assumed"] is True
    assert {"text": "no price of 2031-07 is known: that of 2027-12 is taken", "value": None} in document["steps"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((*COBALT, "--month", "2024-12"), "MNG-CO-2025 1: no price term holds in 2024-12; add one"),
        (("--contract", "NONE", "--line", 1, "--month", "2027-03"), "There is no line 1 of a contract 'NONE'"),
        ((*COBALT, "--month", "March"), "'March': a month is written 2025-03"),
        (COBALT, "Missing option '--month'"),
    ],
)
def test_what_is_missing_is_one_sentence(run: Run, sample: Path, options: tuple[object, ...], sentence: str) -> None:
    answer = run("price", sample, *options)
    assert (answer.status, answer.out) == (2, "")
    assert sentence in answer.err
    assert run("price", sample, *options, "--json").document == {"error": answer.err.strip()}
