"""Headers that say a field's name with other words around it: `Vendor name`, `Qté commandée`, `Contract no.`."""

import re
import unicodedata
from functools import cache
from typing import Final

from planner.exchange.measures import unit_of
from planner.fields import Choice, Field, Fixed, LineNumber, Reference
from planner.fields.kinds import Code, DateKind, MonthKind
from planner.model import Table

# No header of a person is longer, and splitting one of a million letters takes its time.
_LONGEST: Final = 120
_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORDS: Final = re.compile(r"[^\W_]+")
_PLURAL_FROM: Final = 4

_SHORT: Final = {
    "cde": "commande",
    "dt": "date",
    "fourn": "fournisseur",
    "liv": "livraison",
    "qnt": "quantity",
    "qt": "quantity",
    "qte": "quantite",
    "qties": "quantity",
    "qtes": "quantite",
    "quant": "quantity",
    "suppl": "supplier",
}
_SMALL_WORDS: Final = frozenset(
    ["a", "au", "d", "de", "des", "du", "en", "in", "l", "la", "le", "les", "of", "par", "per", "the"]
)
_ORDERING: Final = frozenset(
    [
        "agreed",
        "commande",
        "commandee",
        "commandees",
        "convenu",
        "convenue",
        "delivery",
        "delivered",
        "deliveries",
        "livraison",
        "livre",
        "livree",
        "order",
        "ordered",
        "planned",
        "prevu",
        "prevue",
        "scheduled",
        "souhaite",
        "souhaitee",
    ]
)
_DAYS: Final = frozenset(["date", "day", "dd", "jour", "jj", "aaaa", "mm", "mois", "month", "yyyy"])
_NUMBERS: Final = frozenset(
    ["code", "id", "identifier", "identifiant", "key", "n", "no", "nr", "num", "number", "numero", "ref", "reference"]
)
_CALLED: Final = frozenset(["called", "description", "designation", "intitule", "label", "libelle", "name", "nom"])
_UNIT_WORDS: Final = 3


def near_field(header: str, table: Table) -> Field | None:
    """Return the field whose name a header holds beside words that add nothing; None for none, or for two alike.

    Words that add nothing are those of a number or a name for what is referred to, of a day for a month, of an order
    for a quantity, and its units; `Contract date` is no contract, `Quantity (pieces)` no quantity. A name of more
    words goes before one of fewer.
    """
    if _vocabulary(table).isdisjoint(_words(header)):
        return None
    fits = {field: length for field in table.fields if (length := _fit(header, field))}
    best = [field for field, length in fits.items() if length == max(fits.values())]
    return best[0] if len(best) == 1 else None


def _fit(header: str, field: Field) -> int:
    """Return how many words of the longest name of a field a header holds, 0 where it holds another word as well."""
    said, fillers = _words(_without_unit(header, field)), _fillers(field)
    found = 0
    for name in _names(field):
        for at in range(len(said) - len(name) + 1):
            around = said[:at] + said[at + len(name) :]
            if said[at : at + len(name)] == name and fillers.issuperset(around):
                found = max(found, len(name))
    return found


def _without_unit(header: str, field: Field) -> str:
    """Return a header without the unit that it gives the numbers of a field in, in brackets or as its last words."""
    if not isinstance(field.kind, Fixed):
        return header
    text = _BRACKETS.sub(lambda found: " " if unit_of(found[1], field.kind) else found[0], header)
    words = text.replace("_", " ").split()
    for length in range(min(_UNIT_WORDS, len(words) - 1), 0, -1):
        if unit_of(" ".join(words[-length:]), field.kind):
            return " ".join(words[:-length])
    return " ".join(words)


@cache
def _vocabulary(table: Table) -> frozenset[str]:
    return frozenset(word for field in table.fields for name in _names(field) for word in name) - _SMALL_WORDS


@cache
def _names(field: Field) -> frozenset[tuple[str, ...]]:
    names = (_words(name) for name in (field.name.removesuffix(f"_{_suffix(field)}"), field.title, *field.synonyms))
    return frozenset(name for name in names if name)


def _suffix(field: Field) -> str:
    return "pct" if field.unit == "%" else field.unit


@cache
def _fillers(field: Field) -> frozenset[str]:
    kind = field.kind
    fillers = _SMALL_WORDS
    if isinstance(kind, Code | LineNumber):
        fillers |= _NUMBERS
    if isinstance(kind, Reference | Choice):
        fillers |= _CALLED
    if isinstance(kind, MonthKind | DateKind):
        fillers |= _DAYS | _ORDERING
    elif kind.numeric and not isinstance(kind, LineNumber):
        fillers |= _ORDERING
    return frozenset(map(_singular, fillers))


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a header as they are compared: no case, accents or plurals; short forms in full."""
    if len(text) > _LONGEST:
        return ()
    bare = unicodedata.normalize("NFKD", _HUMP.sub(" ", text)).casefold()
    plain = "".join(c for c in bare if not unicodedata.combining(c))
    return tuple(_singular(_SHORT.get(word, word)) for word in _WORDS.findall(plain))


def _singular(word: str) -> str:
    """Return a word without the ending of a plural, the same for names and headers alike."""
    if len(word) < _PLURAL_FROM:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("s") if not word.endswith("ss") else word
