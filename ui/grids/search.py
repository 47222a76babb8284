"""A text that is looked for in cells, to go there or to replace it: both hold for found what the other does."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from decimal import Decimal

from planner.fields.numbers import format_number

_THOUSAND = Decimal(1_000)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: a text in any part of a cell or as the whole of it, with its case or without."""

    text: str
    case: bool = False
    whole: bool = False

    def in_numbers(self, locale: str) -> "Search":
        """Return the search without the marks between thousands, which do not matter in numbers."""
        group = format_number(_THOUSAND, locale, grouping=True)[1:-3]
        return replace(self, text="".join(self.text.split()).replace(group, ""))

    def fits(self, text: str) -> bool:
        """Tell whether a text holds what is looked for, or is it."""
        wanted, there = self._folded(self.text), self._folded(text)
        return there == wanted if self.whole else wanted in there

    def replaced(self, text: str, new: str) -> str | None:
        """Return a text with what is looked for replaced; None when it does not hold it."""
        if not self.text or not self.fits(text):
            return None
        return new if self.whole else self._with(text, new)

    def _with(self, text: str, new: str) -> str:
        # One letter may be folded into several, as ß into ss: each letter of the folded text knows its own.
        origins = [at for at, letter in enumerate(text) for _ in self._folded(letter)]
        wanted, there = self._folded(self.text), self._folded(text)
        made, done = "", 0
        found = there.find(wanted)
        while found >= 0:
            made += text[done : origins[found]] + new
            done = origins[found + len(wanted) - 1] + 1
            found = there.find(wanted, bisect_left(origins, done))
        return made + text[done:]

    def _folded(self, text: str) -> str:
        return text if self.case else text.casefold()
