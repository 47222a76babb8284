"""Names of months as people write them: in the person's language, in English, French and German, short or whole."""

from collections.abc import Mapping
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError
from babel.dates import get_month_names

from planner.fields.kinds import folded

_LANGUAGES = ("en", "fr", "de")
# Written in offices, and in no list of names.
_HABITS = {"mrz": 3}
_SHORTEST = 3


def month_of_word(word: str, locale: str | None) -> int | None:
    """Return 1 to 12 for a name or the beginning of one that fits a single month; None for any other word."""
    names = _names(locale)
    wanted = folded(word)
    if wanted in names:
        return names[wanted]
    begun = {month for name, month in names.items() if name.startswith(wanted)} if len(wanted) >= _SHORTEST else set()
    return begun.pop() if len(begun) == 1 else None


@lru_cache(maxsize=16)
def _names(locale: str | None) -> Mapping[str, int]:
    found = dict(_HABITS)
    # The person's own language comes last: its names outweigh those of the others.
    for language in (*_LANGUAGES, *([locale.replace("-", "_")] if locale else ())):
        try:
            known = Locale.parse(language)
        except (UnknownLocaleError, ValueError):
            continue
        for width in ("abbreviated", "wide"):
            for context in ("format", "stand-alone"):
                names = get_month_names(width, context, known)
                found.update({folded(name): month for month, name in names.items() if folded(name)})
    return found
