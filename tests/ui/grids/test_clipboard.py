"""Blocks of cells go through the clipboard unharmed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData
from pytestqt.qtbot import QtBot

from ui.grids.clipboard import Block, block_in, block_of, block_of_html, html_of, mime_of, text_of

# A carriage return alone becomes a line break; the rest of Unicode must come back as it went.
CELLS = st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ['"', "\t", "\n", '""', 'say "no"', "a\tb", "a\nb", "\n\n", " ", "1 250,5", ""]
)
BLOCKS = st.lists(st.lists(CELLS, min_size=1, max_size=5).map(tuple), max_size=5).map(tuple)


@given(BLOCKS)
def test_what_is_copied_is_what_is_pasted(block: Block) -> None:
    assert block_of(text_of(block)) == block


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("", ()),
        ("\n", (("",),)),
        ("400", (("400",),)),
        ("400\r\n", (("400",),)),
        ("1\t2\r\n3\t4\r\n", (("1", "2"), ("3", "4"))),
        ("1\t2\r3\t4", (("1", "2"), ("3", "4"))),
        ("1\n\n3", (("1",), ("",), ("3",))),
        ("\t2\n", (("", "2"),)),
        ('"a\tb"\t"say ""no"""', (("a\tb", 'say "no"'),)),
        ('"two\nlines"\t2', (("two\nlines", "2"),)),
        ('5" pipe\t2', (('5" pipe', "2"),)),
    ],
)
def test_what_spreadsheets_write_is_read(text: str, block: Block) -> None:
    assert block_of(text) == block


def test_text_that_is_quoted_wrongly_is_taken_as_it_stands() -> None:
    assert block_of('"open\t2\n3') == (('"open', "2"), ("3",))
    assert block_of('"a"b\t2') == (('"a"b', "2"),)


def test_the_clipboard_holds_text_and_a_table(qtbot: QtBot) -> None:  # noqa: ARG001 - Qt runs
    data = mime_of((("1", "a<b"), ("2", "")))
    assert data.text() == "1\ta<b\n2\t\n"
    assert data.html() == html_of((("1", "a<b"), ("2", "")))
    assert html_of((("a<b",),)) == "<table><tr><td>a&lt;b</td></tr></table>"


# A document folds spaces, and its text knows no control characters.
WORDS = st.text(st.sampled_from("abc1250,.<>&é "), max_size=8).map(lambda text: " ".join(text.split()))
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width).map(tuple), min_size=1, max_size=4).map(
        tuple
    )
)


@given(TABLES)
def test_a_table_of_a_page_is_read_cell_by_cell(block: Block) -> None:
    assert block_of_html(html_of(block)) == block


@pytest.mark.parametrize(
    ("html", "block"),
    [
        ("<table><tr><td colspan=2>wide</td><td>3</td></tr></table>", (("wide", "", "3"),)),
        (
            "<table><tr><td rowspan=2>tall</td><td>1</td></tr><tr><td>2</td></tr></table>",
            (("tall", "1"), ("", "2")),
        ),
        ("<p>Before</p><table><tr><td>1 250,5<br>t</td></tr></table><table></table>", (("1 250,5\nt",),)),
        ("<div><table><tr><td><table><tr><td>in</td></tr></table></td></tr></table></div>", (("in",),)),
        ("<b>410</b>", (("410",),)),
        ("", ()),
    ],
)
def test_other_pages_are_read_too(qtbot: QtBot, html: str, block: Block) -> None:  # noqa: ARG001 - Qt runs
    assert block_of_html(html) == block


def test_text_goes_before_a_table() -> None:
    data = QMimeData()
    assert block_in(data) == ()
    data.setHtml("<table><tr><td>as a table</td></tr></table>")
    assert block_in(data) == (("as a table",),)
    data.setText("as text\n")
    assert block_in(data) == (("as text",),)


def test_an_empty_clipboard_gives_nothing_to_paste() -> None:
    assert block_in(None) == ()
