"""Which decimal mark and grouping a file uses, told from the numbers in it."""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from planner.exchange.figures import LONGEST, Figure, figure_in
from planner.exchange.guess import Guess
from planner.fields.numbers import decimal_mark

Locale = str | None
# A number alone tells: 1.5, 1,5, 1 250,5, 1.5e3. Plain digits tell nothing.
_MARKED: Final = re.compile(r"[0-9.,'’\s\N{MINUS SIGN}+-]*[.,'’\s][0-9.,'’\s]*(?:[eE][+-]?[0-9]{1,3})?")
_DECIMAL: Final = re.compile(r"[.,eE]")
_SPACED: Final = re.compile(r"[0-9]{1,3}(?:\s[0-9]{3})+")


def detect_locale(numbers: Iterable[str], delimiter: str) -> tuple[Guess, str]:
    """Return the locale whose strict reading takes in the most numbers, and a sentence where two readings differ.

    The empty text is the machine's way, with a decimal point and no grouping; `fr` groups by spaces, `de` by points,
    `en` by commas, `de_CH` by apostrophes. Units, currencies, signs and brackets beside a number are looked past.
    """
    examples: dict[str, str] = {}
    counts: Counter[str] = Counter()
    spaced = False
    for number in numbers:
        text = number.strip()
        if len(text) > LONGEST or text.isdigit() or (text := _bare(text)).isdigit():
            continue
        if not _DECIMAL.search(text):
            # Spaces and apostrophes group thousands in every language; whoever types spaces writes a comma.
            spaced = spaced or _SPACED.fullmatch(text) is not None
        elif _MARKED.fullmatch(text):
            shape = _shape(text)
            examples.setdefault(shape, text)
            counts[shape] += 1
    if not examples:
        # Only whole numbers so far; where cells end at semicolons, the comma is the decimal mark.
        usual = "fr" if spaced or delimiter == ";" else ""
        return Guess(
            "locale", usual, 0.7, f"no number in it has a decimal mark; {decimal_mark(usual or None)!r} is usual"
        ), ""
    locale, doubt = _best(examples, counts, delimiter)
    read = sum(counts[shape] for shape, text in examples.items() if _read(text, locale) is not None)
    share = read / counts.total()
    why = f"{read} of {counts.total()} numbers such as {next(iter(examples.values()))} are read so"
    return Guess("locale", locale or "", round(share * (0.6 if doubt else 0.98), 2), why), doubt


def _bare(text: str) -> str:
    """Return a number without what stands beside it."""
    figure = figure_in(text)
    return text if figure is None else figure.numeral


def _best(examples: dict[str, str], counts: Counter[str], delimiter: str) -> tuple[Locale, str]:
    readings = {
        locale: {shape: _read(text, locale) for shape, text in examples.items()}
        for locale in _candidates(examples, delimiter)
    }
    scores = {
        locale: sum(counts[shape] for shape, value in read.items() if value is not None)
        for locale, read in readings.items()
    }
    best = max(scores.values())
    level = [locale for locale, score in scores.items() if score == best]
    chosen = level[0]
    if delimiter == "," and chosen is None:
        # The machine's way throughout: nobody who groups by points ends cells with commas.
        return chosen, ""
    for other in level[1:]:
        for shape, text in examples.items():
            mine, theirs = readings[chosen][shape], readings[other][shape]
            if mine is not None and theirs is not None and mine != theirs:
                return chosen, f"{text} was read as {mine:f}; it could also mean {theirs:f}. Check the decimal mark."
    return chosen, ""


def _candidates(examples: dict[str, str], delimiter: str) -> tuple[Locale, ...]:
    """Return the locales, the likeliest first where the numbers leave it open."""
    if delimiter == ",":
        # A comma inside a cell had to be quoted: more likely a grouping by people who end cells with commas.
        return (None, "en", "fr", "de", "de_CH")
    pointed = [text for text in examples.values() if "." in text]
    if delimiter == ";" and pointed and all(text.endswith("0") for text in pointed):
        # 1.250 among semicolons: no program writes a decimal zero at the end, many people group by points.
        return ("de", None, "fr", "en", "de_CH")
    return (None, "fr", "de", "en", "de_CH")


def _shape(text: str) -> str:
    """Return what matters of a number's form: its marks, its lengths, a leading and a trailing zero."""
    return re.sub("[1-9]", "9", text[:2]) + re.sub("[0-9]", "9", text[2:-1]) + re.sub("[1-9]", "9", text[2:][-1:])


def _read(text: str, locale: Locale) -> Decimal | None:
    try:
        return Figure(text, negative=False).number(locale)
    except ValueError:
        return None
