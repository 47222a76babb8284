"""The record that somebody probably meant: its code or name is nearly what stands in a file."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from planner.store.naming import Named, loosely

_NEAR: Final = 0.72
# What a word of a name counts beside the whole code or name.
_WORD: Final = 0.95
_LONG_WORD: Final = 4
# How many texts a search may look through, and compare letter by letter: a plan may have 100,000 contracts.
_LOOKED_THROUGH: Final = 20_000
_COMPARED: Final = 30


class Nearest:
    """Finds the nearest of the records of one table, through the triples of letters that they share with a text."""

    def __init__(self, records: Mapping[str, Named]) -> None:
        """Take the records by their codes."""
        self._texts = [(text, record) for record in records.values() for text in _texts(record)]
        self._holding: dict[str, list[int]] = {}
        for place, (text, _) in enumerate(self._texts):
            for triple in _triples(text):
                self._holding.setdefault(triple, []).append(place)

    def find(self, text: str) -> Named | None:
        """Return the record whose code or name is nearest, None when none is near."""
        from difflib import SequenceMatcher  # noqa: PLC0415 - for texts that no record answers to, not for the start of the window

        wanted = loosely(text)
        shared: Counter[int] = Counter()
        looked = 0
        # The rarest first: they tell most, and what all codes begin with tells nothing.
        for places in sorted((self._holding.get(each, []) for each in _triples(wanted)), key=len):
            looked += len(places)
            if looked > _LOOKED_THROUGH:
                break
            shared.update(places)
        matcher = SequenceMatcher(b=wanted, autojunk=False)
        best: tuple[float, str, Named | None] = (0.0, "", None)
        for place, _ in shared.most_common(_COMPARED):
            found, record = self._texts[place]
            matcher.set_seq1(found)
            weight = 1.0 if found in {loosely(record.code), loosely(record.name)} else _WORD
            best = max(best, (weight * matcher.ratio(), record.code, record), key=lambda each: each[:2])
        return best[2] if best[0] >= _NEAR else None


def _texts(record: Named) -> set[str]:
    whole = {loosely(record.code), loosely(record.name)}
    words = {word for text in whole for word in text.split() if len(word) >= _LONG_WORD}
    return (whole | words) - {""}


def _triples(text: str) -> set[str]:
    edged = re.sub(r"\s", "", f"^{text}$")
    return {edged[at : at + 3] for at in range(len(edged) - 2)}
