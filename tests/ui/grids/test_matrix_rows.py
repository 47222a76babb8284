"""Rows are filtered and ordered by their labels."""

import pytest

from planner.errors import InvalidValueError
from ui.grids.grid_model import SortKey
from ui.grids.matrix_rows import MatrixRows, filter_of
from ui.grids.matrix_source import MatrixRow


def row(contract: str, line: int, material: str) -> MatrixRow:
    return MatrixRow((contract, line), (contract, str(line), material), line)


ROWS = [row("B", 1, "CoSO4"), row("B", 11, "Cu"), row("a", 2, "CuSO4"), row("C", 1, "Ni")]


def shown(rows: MatrixRows) -> list[tuple[object, ...]]:
    return [each.key for each in rows.shown]


@pytest.mark.parametrize(
    ("label", "text", "left"),
    [
        (0, "b", [("B", 1), ("B", 11)]),
        (2, "so", [("B", 1), ("a", 2)]),
        (2, '"cu"', [("B", 11)]),
        (1, "1", [("B", 1), ("B", 11), ("C", 1)]),
        (1, '"1"', [("B", 1), ("C", 1)]),
        (0, "", [("B", 1), ("B", 11), ("a", 2), ("C", 1)]),
        (0, "nothing", []),
    ],
)
def test_a_filter_lets_those_through_whose_label_holds_it(
    label: int, text: str, left: list[tuple[object, ...]]
) -> None:
    rows = MatrixRows(ROWS)
    rows.set_filter(label, filter_of(text))
    assert shown(rows) == left
    assert rows.places == {key: at for at, key in enumerate(left)}
    assert rows.filter_text(label) == text
    rows.set_filter(label, "")
    assert len(rows) == 4


def test_filters_on_several_labels_all_hold() -> None:
    rows = MatrixRows(ROWS)
    rows.set_filter(0, "B")
    rows.set_filter(2, "Cu")
    assert shown(rows) == [("B", 11)]


@pytest.mark.parametrize("text", ['"', 'a"', '"a"b"', '"a'])
def test_a_quotation_mark_too_many_is_no_filter(text: str) -> None:
    with pytest.raises(InvalidValueError, match="quotation mark"):
        filter_of(text)


def test_numbers_are_ordered_by_size_and_texts_without_case() -> None:
    rows = MatrixRows(ROWS)
    rows.sort_by((SortKey(1, descending=True), SortKey(0)))
    assert shown(rows) == [("B", 11), ("a", 2), ("B", 1), ("C", 1)]
    rows.sort_by((SortKey(0),))
    assert shown(rows) == [("a", 2), ("B", 1), ("B", 11), ("C", 1)]
    rows.sort_by(())
    assert shown(rows) == [each.key for each in ROWS]


def test_other_rows_keep_filter_and_order() -> None:
    rows = MatrixRows(ROWS)
    rows.set_filter(0, "b")
    assert rows.stay_with(ROWS[:3])
    assert not rows.stay_with(ROWS[1:])
    rows.replace([*ROWS, row("BB", 1, "Li")])
    assert shown(rows) == [("B", 1), ("B", 11), ("BB", 1)]


def test_only_some_rows_are_let_through_beside_the_filters() -> None:
    rows = MatrixRows(ROWS)
    rows.let_through(frozenset({("B", 1), ("C", 1), ("gone", 1)}))
    assert shown(rows) == [("B", 1), ("C", 1)]
    assert rows.total == 4
    rows.set_filter(2, "Ni")
    assert shown(rows) == [("C", 1)]
    rows.replace([*ROWS, row("gone", 1, "Ni")])
    assert shown(rows) == [("C", 1), ("gone", 1)]
    rows.set_filter(2, "")
    rows.let_through(None)
    assert len(rows) == rows.total == 5
