"""How well a text answers what somebody types: exactly, by the start of a word, inside it, or letter by letter."""

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

# The texts of a big plan are looked through at each letter that is typed.
TEXTS_KEPT = 20_000


class Rank(IntEnum):
    """The kinds of match, the best first."""

    EXACT = 0
    PREFIX = 1
    WORD = 2
    INSIDE = 3
    LETTERS = 4


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A match, which sorts before worse ones; `places` are the matched letters of the text, in order.

    Of two of the same rank the better one has more letters at starts of words (`loose` counts the others, for letters
    that are scattered), stands further to the left, and is shorter.
    """

    rank: Rank
    loose: int
    first: int
    length: int
    places: tuple[int, ...]


def match(wanted: str, text: str) -> Match | None:
    """Return how a text answers, case and accents ignored; None when it does not. Nothing wanted matches anything."""
    sought, plain = _plain(wanted.strip()), _plain(text)
    if not sought:
        return Match(Rank.EXACT, 0, 0, len(plain), ())
    if sought == plain:
        return _block(Rank.EXACT, 0, sought, plain)
    if plain.startswith(sought):
        return _block(Rank.PREFIX, 0, sought, plain)
    at = plain.find(sought)
    while at >= 0:
        if _starts_word(plain, at):
            return _block(Rank.WORD, at, sought, plain)
        at = plain.find(sought, at + 1)
    at = plain.find(sought)
    return _block(Rank.INSIDE, at, sought, plain) if at >= 0 else _scattered(sought.replace(" ", ""), plain)


def _block(rank: Rank, at: int, sought: str, plain: str) -> Match:
    return Match(rank, 0, at, len(plain), tuple(range(at, at + len(sought))))


def _scattered(sought: str, plain: str) -> Match | None:
    """Match letters in their order, each at the start of a word where the rest still follows."""
    if not _follows(sought, plain, 0):
        return None
    places: list[int] = []
    start = 0
    for number, letter in enumerate(sought):
        rest = sought[number + 1 :]
        found = [at for at in range(start, len(plain)) if plain[at] == letter]
        # A letter that goes on where the last one stood belongs to the same word.
        joined = (at for at in found[:1] if places and at == start)
        starts = (at for at in found if _starts_word(plain, at) and _follows(rest, plain, at + 1))
        best = next(joined, None)
        best = next(starts, found[0]) if best is None else best
        places.append(best)
        start = best + 1
    loose = sum(not _starts_word(plain, at) for at in places)
    return Match(Rank.LETTERS, loose, places[0], len(plain), tuple(places))


def _follows(sought: str, plain: str, start: int) -> bool:
    for letter in sought:
        start = plain.find(letter, start) + 1
        if not start:
            return False
    return True


def _starts_word(plain: str, at: int) -> bool:
    return plain[at].isalnum() and (at == 0 or not plain[at - 1].isalnum())


@lru_cache(TEXTS_KEPT)
def _plain(text: str) -> str:
    """Return a text without case and accents, letter for letter, so that places stay what they are."""
    return "".join((unicodedata.normalize("NFKD", letter)[0].lower() or letter)[0] for letter in text)
