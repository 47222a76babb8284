"""Which of the one-byte encodings a text is in: the one in which its accents stand where people write them."""

import re
import unicodedata
from itertools import islice
from typing import Final

from planner.exchange.guess import Guess

# A library that weighs languages needs more text than a table of codes and figures holds: of such samples
# charset-normalizer told Mac Roman and ISO-8859-15 from Windows-1252 in a bare majority.
# The likeliest first: where two read the same text, it is the first.
CANDIDATES: Final = ("cp1252", "iso8859-15", "mac_roman")
TITLES: Final = {"cp1252": "Windows-1252", "iso8859-15": "ISO-8859-15", "mac_roman": "Mac Roman"}
_MOST_JUDGED: Final = 5_000
_SIDES: Final = re.compile(rb"(?s)(?P<before>.?)(?P<run>[\x80-\xff]+)(?=(?P<after>.?))")

_LETTERS: Final = frozenset("àâäáæçéèêëíìîïñóòôöœúùûüßÀÂÄÁÆÇÉÈÊËÍÌÎÏÑÓÒÔÖŒÚÙÛÜ")
# Letters as well, and far rarer in the languages of contracts.
_RARE: Final = frozenset("ãåõøýÿšžÃÅÕØÝŸŠŽ")
# What stands between words and beside figures, and not within a word.
_MARKS: Final = frozenset("€£¥°’‘“”«»–—…•§±²³µ·×\N{NO-BREAK SPACE}™®©½¼¾‰")  # noqa: RUF001 - quotation marks are meant
# Within a word as well: the apostrophe of French.
_WITHIN: Final = frozenset("’·\N{NO-BREAK SPACE}")
# Only ever after a figure, or alone.
_PARTS: Final = frozenset("½¼¾")
_SURE: Final = 0.95
_LIKELY: Final = 0.8
_UNSURE: Final = 0.5


def single_byte_encoding(data: bytes) -> Guess:
    """Return which of the candidates data with bytes beyond ASCII is in, with how sure that is and why."""
    scores = {name: score for name in CANDIDATES if (score := _score(data, name)) is not None}
    if not scores or max(scores.values()) <= 0:
        return Guess("encoding", CANDIDATES[0], _UNSURE, "no encoding makes words of its bytes; it is the usual one")
    best = max(scores, key=lambda name: scores[name])
    rivals = [name for name in scores if name != best and scores[name] == scores[best]]
    if rivals:
        return _between(data, best, rivals[0])
    example = _word(data, best)
    if len(scores) == 1:
        return Guess("encoding", best, _SURE, f"only in {TITLES[best]} all its bytes are text, such as {example!r}")
    second = max((name for name in scores if name != best), key=lambda name: scores[name])
    other = _word(data, second)
    why = f"{example!r} would read {other!r} in {TITLES[second]}" if other != example else f"words such as {example!r}"
    return Guess("encoding", best, _SURE if scores[second] <= 0 else _LIKELY, why)


def _between(data: bytes, best: str, rival: str) -> Guess:
    if data.decode(best) == data.decode(rival):
        return Guess("encoding", best, _SURE, f"{_word(data, best)!r} reads the same in {TITLES[rival]}")
    return Guess("encoding", best, _UNSURE, f"{_word(data, best)!r} may as well read {_word(data, rival)!r}")


def _score(data: bytes, encoding: str) -> float | None:
    """Return how many of the characters beyond ASCII fit where they stand, less those that do not; None if not text."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return None
    total = 0.0
    for match in islice(_SIDES.finditer(data), _MOST_JUDGED):
        text = b"".join(match.group("before", "run", "after")).decode(encoding)
        if any(unicodedata.category(c) == "Cc" and c not in "\r\n\t\0" for c in text):
            return None
        start = len(match["before"])
        for place in range(start, start + len(match["run"])):
            total += _fits(text[place], text[place - 1 : place], text[place + 1 : place + 2])
    return total


def _fits(character: str, before: str, after: str) -> float:
    beside = sum(map(str.isalpha, (before, after)))
    if character in _LETTERS or character in _RARE:
        if not beside:
            return -0.5 if character not in "àÀ" else 0.5
        if _is_odd_capital(character, before, after):
            return -1.0
        return 1.0 if character in _LETTERS else 0.5
    if character not in _MARKS or (character in _PARTS and beside):
        return -1.0
    return 1.0 if beside < len((before, after)) or character in _WITHIN else -1.0


def _is_odd_capital(character: str, before: str, after: str) -> bool:
    """Tell whether a capital stands in the middle of small letters, or a small letter among capitals."""
    if character.isupper():
        return before.isalpha() and (before.islower() or after.islower())
    return before.isupper() and after.isupper()


def _word(data: bytes, encoding: str) -> str:
    """Return the first word with a character beyond ASCII."""
    found = re.search(rb"[A-Za-z\x80-\xff]{0,20}[\x80-\xff][A-Za-z\x80-\xff]{0,20}", data)
    return found[0].decode(encoding, errors="replace") if found else ""
