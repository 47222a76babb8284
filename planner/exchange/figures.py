"""Numbers of files as people and programs write them: grouped, signed in front or behind, in brackets, with units."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from planner.exchange.measures import CURRENCY
from planner.fields.numbers import decimal_mark, parse_number

# Nothing longer is a number that a plan holds.
LONGEST: Final = 120
_MINUSES: Final = str.maketrans(
    {"\N{MINUS SIGN}": "-", "\N{NON-BREAKING HYPHEN}": "-", "\N{FULLWIDTH HYPHEN-MINUS}": "-"}
)
_NUMERAL: Final = r"[0-9.,](?:[0-9.,'’\s]*[0-9.,])?(?:[eE][+-]?[0-9]{1,3}(?![0-9]))?"
_FIGURE: Final = re.compile(
    rf"(?P<first>{CURRENCY})?\s*(?P<sign>[+-]?)\s*(?P<second>{CURRENCY})?\s*(?P<numeral>{_NUMERAL})"
    r"\s*(?P<behind>-?)\s*(?P<unit>(?:[^\W\d_]|[%‰€$£¥])(?:\D|(?<=[A-Za-z])[0-9])*)?",
    re.IGNORECASE | re.DOTALL,
)
_BRACKETS: Final = re.compile(r"(?P<before>[^()]*)\((?P<inside>[^()]*[0-9][^()]*)\)(?P<after>.*)", re.DOTALL)
# Spaces and apostrophes are marks of thousands in every language, and nothing else.
_SPACED: Final = re.compile(r"[0-9]{1,3}(?:(?P<mark>['’\s])[0-9]{3})(?:(?P=mark)[0-9]{3})*(?P<rest>[.,][0-9]+)?")
_MARKED: Final = {
    ".": re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+"),
    ",": re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what stands beside it: the unit behind it, the currency before or behind it."""

    numeral: str
    negative: bool
    unit: str = ""
    currency: str = ""

    def number(self, locale: str | None) -> Decimal:
        """Return the number in the writing of a locale; ValueError with a sentence where it is none there."""
        number = parse_number(_ungrouped(self.numeral, decimal_mark(locale)), locale)
        return number.copy_negate() if self.negative else number


def figure_in(text: str) -> Figure | None:
    """Take a cell apart into its number and what stands beside it; None where it holds no number, or two signs."""
    bare = text.strip().translate(_MINUSES)
    if len(bare) > LONGEST:
        return None
    brackets = _BRACKETS.fullmatch(bare)
    if brackets is not None:
        bare = f"{brackets['before']}{brackets['inside']} {brackets['after']}".strip()
    match = _FIGURE.fullmatch(bare)
    if match is None:
        return None
    signs = [match["sign"] == "-", match["behind"] == "-", brackets is not None]
    if sum(signs) > 1 or (match["sign"] == "+" and any(signs)) or (match["first"] and match["second"]):
        return None
    unit = (match["unit"] or "").strip()
    currency = match["first"] or match["second"] or ""
    if not currency and re.fullmatch(CURRENCY, unit, re.IGNORECASE):
        unit, currency = "", unit
    return Figure(match["numeral"], any(signs), unit, currency)


def _ungrouped(numeral: str, mark: str) -> str:
    """Leave out the marks of thousands that can be nothing else, whatever the locale."""
    spaced = _SPACED.fullmatch(numeral)
    if spaced is not None:
        return numeral.replace(spaced["mark"], "")
    both = _MARKED.get(mark)
    if both is not None and both.fullmatch(numeral):
        return numeral.replace("," if mark == "." else ".", "")
    return numeral
