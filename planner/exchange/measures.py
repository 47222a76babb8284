"""Units that headers and cells of files bear, and the exact factor from each to the unit of a field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from planner.fields import Fixed, Kind, folded
from planner.fields.quantities import CarbonFactor, Energy, Intensity, Mass, Money, Percent, Price
from planner.fields.quantities import Fraction as Share
from planner.units import Basis

LONGEST: Final = 40
_KG: Final = Fraction(1, 1_000)
# The international avoirdupois pound of 1959 is 0.45359237 kg; a short ton is 2,000 of them, a long ton 2,240.
_LB: Final = Fraction("0.45359237") * _KG
_MASSES: Final[Mapping[str, Fraction]] = {
    **dict.fromkeys(("t", "to", "ton", "tons", "tonne", "tonnes", "mt", "metric ton", "metric tons"), Fraction(1)),
    **dict.fromkeys(("kt", "kmt", "ktonnes", "kilotonnes"), Fraction(1_000)),
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "kilogrammes"), _KG),
    **dict.fromkeys(("g", "gr"), _KG / 1_000),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds", "livres"), _LB),
    **dict.fromkeys(("short ton", "short tons"), 2_000 * _LB),
    **dict.fromkeys(("long ton", "long tons"), 2_240 * _LB),
}
_ENERGIES: Final = {"twh": Fraction(1_000), "gwh": Fraction(1), "mwh": Fraction(1, 1_000), "kwh": Fraction(1, 10**6)}
_PERCENTS: Final = {
    **dict.fromkeys(("%", "pct", "percent", "per cent", "pour cent", "prozent"), Fraction(1)),
    "‰": Fraction(1, 10),
    "ppm": Fraction(1, 10_000),
}
_PER_ENERGY: Final = {
    **dict.fromkeys(("kg/kwh", "t/mwh", "kt/gwh"), Fraction(1)),
    **dict.fromkeys(("g/kwh", "kg/mwh", "t/gwh"), Fraction(1, 1_000)),
    "mg/kwh": Fraction(1, 10**6),
}
_PER_MASS: Final = {**dict.fromkeys(("kg/kg", "t/t"), Fraction(1)), **dict.fromkeys(("g/kg", "kg/t"), _KG)}
_UNITS: Final[Mapping[type[Kind], Mapping[str, Fraction]]] = {
    Mass: _MASSES,
    Energy: _ENERGIES,
    Percent: _PERCENTS,
    Share: {symbol: factor / 100 for symbol, factor in _PERCENTS.items()},
    Intensity: _PER_ENERGY,
    CarbonFactor: _PER_MASS,
}

_SIGNS: Final = "€$£¥"
_CODES: Final = "USD|EUR|GBP|CNY|RMB|JPY|CHF|CAD|AUD|MAD|KRW|SEK|NOK|PLN|ZAR|CLP|IDR|INR"
CURRENCY: Final = rf"(?:US\$|[{_SIGNS}]|{_CODES})"
_CURRENCY: Final = re.compile(CURRENCY, re.IGNORECASE)
_PRICED: Final = re.compile(rf"{CURRENCY}\s*(?:/|per\b|par\b)\s*[\w ]+", re.IGNORECASE)
_AMOUNT: Final = re.compile(rf"(?P<many>k|m|mio\.?|thousand|million)?\s*{CURRENCY}", re.IGNORECASE)
_MANY: Final = {"": 1, "k": 1_000, "thousand": 1_000}

# Elements that battery materials are bought for, by symbol and by English and French name.
_ELEMENTS: Final = {
    "Al": ("aluminium", "aluminum"),
    "C": ("carbon", "carbone", "graphite"),
    "Co": ("cobalt",),
    "Cu": ("copper", "cuivre"),
    "Fe": ("iron", "fer"),
    "Li": ("lithium",),
    "Mg": ("magnesium",),
    "Mn": ("manganese",),
    "Na": ("sodium",),
    "Ni": ("nickel",),
    "P": ("phosphorus", "phosphore"),
    "Si": ("silicon", "silicium"),
    "Ti": ("titanium", "titane"),
    "V": ("vanadium",),
}
_NAMED: Final = {folded(name): symbol for symbol, names in _ELEMENTS.items() for name in names}
_METAL: Final = frozenset(
    {"metal", "contained", "contenu", "contained metal", "metal contained", "metal contenu", "cont"}
)
_PRODUCT: Final = frozenset({"product", "produit", "gross", "brut", "as delivered"})
_OF: Final = re.compile(r"(?P<unit>.+?)[\s(]+(?:of\s+|de\s+|d['’]\s*)?(?P<what>[^()\d]+?)[\s)]*")
_CO2: Final = re.compile(r"\s*CO[2₂]\s*-?(?:eq|e)?\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as a file writes it: `factor` turns its numbers into the field's unit, exactly.

    `basis` and `element` are set where the unit says what it counts: `t Co`, `t metal`, `t product`.
    """

    text: str
    factor: Fraction
    basis: Basis | None = None
    element: str = ""

    @property
    def is_metric(self) -> bool:
        """Whether it is a power of ten, or a few, of the field's unit: of pounds none is whole in kilograms."""
        return 10**9 % self.factor.denominator == 0 and (self.factor.numerator == 1 or self.factor.denominator == 1)

    @property
    def is_own(self) -> bool:
        """Whether its numbers are the field's as they stand."""
        return self.factor == 1 and self.basis is None


@lru_cache(maxsize=4_096)
def unit_of(text: str, kind: Kind) -> Unit | None:
    """Return the unit that a text means for a kind of field; None where it means none.

    `Mt` means none: it is a million tonnes for some and a metric tonne for others.
    """
    bare = " ".join(text.split())
    if not isinstance(kind, Fixed) or not bare or len(bare) > LONGEST:
        return None
    if isinstance(kind, Price):
        return Unit(bare, Fraction(1)) if _CURRENCY.fullmatch(bare) or is_price_unit(bare) else None
    if isinstance(kind, Money):
        return _amount(bare)
    if isinstance(kind, CarbonFactor):
        bare = _CO2.sub("", bare)
    factor = _factor(bare, kind)
    if factor is not None:
        return Unit(text.strip(), factor)
    return _of_something(bare) if isinstance(kind, Mass) else None


def is_price_unit(text: str) -> bool:
    """Tell whether a text is a currency for so much of something: `USD/lb`, which a price's own record says."""
    return len(text) <= LONGEST and _PRICED.fullmatch(text.strip()) is not None


def symbols_of(kind: Kind) -> str:
    """Return a few units that a kind of field is read in, for a sentence."""
    match kind:
        case Mass():
            return "t, kt, kg or lb"
        case Energy():
            return "GWh, MWh or kWh"
        case _:
            return kind.unit


def _factor(text: str, kind: Kind) -> Fraction | None:
    # A full stop ends an abbreviation; Mt is left out on purpose.
    return None if text == "Mt" else _UNITS.get(type(kind), {}).get(text.casefold().removesuffix("."))


def _of_something(text: str) -> Unit | None:
    match = _OF.fullmatch(text)
    factor = None if match is None else _factor(match["unit"], Mass())
    if match is None or factor is None:
        return None
    what = match["what"].strip()
    words = " ".join(folded(word) for word in what.split())
    element = what if what in _ELEMENTS else _NAMED.get(folded(what), "")
    if not element and " " in words:
        # `t Co contained`, `t contained cobalt`
        first, _, last = what.partition(" ")
        named = [word if word in _ELEMENTS else _NAMED.get(folded(word), "") for word in (first, last)]
        other = folded(last if named[0] else first)
        element = next(filter(None, named), "") if other in _METAL else ""
    if element or words in _METAL:
        return Unit(text, factor, Basis.METAL, element)
    return Unit(text, factor, Basis.PRODUCT) if words in _PRODUCT else None


def _amount(text: str) -> Unit | None:
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return None
    return Unit(text, Fraction(_MANY.get((match["many"] or "").casefold(), 10**6)))
