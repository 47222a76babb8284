"""Decimal numbers as people and machines write them, read exactly or not at all."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel.core import Locale
from babel.numbers import (
    NumberFormatError,
    format_decimal,
    get_decimal_symbol,
    get_group_symbol,
    parse_decimal,
)

# What needs no locale: digits, one decimal mark, an exponent as spreadsheets write it.
_PLAIN = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]*)?(?:[eE][+-]?[0-9]{1,3})?|[+-]?[.,][0-9]+")
_GROUPED = re.compile(r"[+-]?[0-9][0-9.,'’\s]*")
_MARKS = re.compile(r"[.,]")
_SPACES = re.compile(r"\s")
_SHOWN = 60
_MINUS_SIGN = "\N{MINUS SIGN}"
# How people shorten thousands and millions; a small m is left out, for it means a thousandth elsewhere.
MAGNITUDES = {"k": 3, "K": 3, "M": 6}


@lru_cache(maxsize=64)
def decimal_mark(locale: str | None) -> str:
    """Return the decimal mark of a locale (`fr`, `de_CH`), or a point for None, the machine's way."""
    return "." if locale is None else get_decimal_symbol(_known(locale), numbering_system="latn")


@lru_cache(maxsize=64)
def _known(locale: str) -> Locale:
    return Locale.parse(locale.replace("-", "_"))


def parse_number(text: str, locale: str | None) -> Decimal:
    """Read a number; None reads a decimal point and no grouping, a locale its own marks, strictly.

    Raises ValueError with a sentence for anything else, infinities and NaN among it.
    """
    bare = text.strip().replace(_MINUS_SIGN, "-")
    mark = decimal_mark(locale)
    if _PLAIN.fullmatch(bare) and (mark in bare or bare.isdigit() or not _MARKS.search(bare)):
        return Decimal(bare.replace(mark, "."))
    if locale is not None and _GROUPED.fullmatch(bare):
        try:
            return _parse_grouped(bare, locale)
        except (NumberFormatError, InvalidOperation):
            # babel rounds to see whether the groups are right, which decimals of so many digits refuse.
            pass
    raise ValueError(f"{quoted(text)} is not a number; write it as 1250{mark}5")


def shortened(text: str) -> str:
    """Return a text as a sentence quotes it: a cell may hold a million figures."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def quoted(value: object) -> str:
    """Return a value between quotation marks, shortened."""
    return shortened(repr(value))


def parse_amount(text: str, locale: str | None) -> Decimal:
    """Read a number that may be shortened, exactly: `5k` is 5000, `1.5M` 1500000; ValueError as `parse_number`."""
    bare = text.strip()
    zeros = MAGNITUDES.get(bare[-1:])
    if zeros is None:
        return parse_number(bare, locale)
    sign, digits, exponent = parse_number(bare[:-1], locale).as_tuple()
    # Moved digit by digit: arithmetic of decimals rounds what is long.
    return Decimal((sign, digits, int(exponent) + zeros))


def _parse_grouped(text: str, locale: str) -> Decimal:
    group = get_group_symbol(_known(locale), numbering_system="latn")
    # People type the marks that their keyboard has: any space for the narrow one, a straight apostrophe.
    typed = _SPACES.sub(group, text) if group.isspace() else text.replace("'", group if group == "’" else "'")
    if group not in typed:
        raise NumberFormatError(text)
    return parse_decimal(typed, locale=_known(locale), strict=True)


def format_number(value: Decimal, locale: str | None, *, grouping: bool = False) -> str:
    """Write a number without trailing zeros: `1250.5` for None, else with the locale's marks."""
    if locale is None:
        return _plain(value)
    if not grouping:
        return _plain(value).replace(".", decimal_mark(locale))
    return _grouped(value, locale)


def _plain(value: Decimal) -> str:
    return _trimmed(f"{value:f}")


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _grouped(value: Decimal, locale: str) -> str:
    marks = _marks_of_thousands(locale)
    if marks is None:
        # The locale's own groups, which are not of three figures everywhere: 1,00,000 in India.
        form = f"{_whole_part(locale)}.#########"
        return format_decimal(value, format=form, locale=_known(locale), numbering_system="latn")
    # As babel writes it, at a hundredth of the time: a grid writes hundreds of numbers in a frame.
    return _trimmed(f"{value:,f}").translate(marks)


@lru_cache(maxsize=64)
def _marks_of_thousands(locale: str) -> dict[int, str] | None:
    """Return what stands for Python's marks in a locale; None where groups are not of three figures."""
    if _whole_part(locale) != "#,##0":
        return None
    group = get_group_symbol(_known(locale), numbering_system="latn")
    return str.maketrans({",": group, ".": decimal_mark(locale)})


def _whole_part(locale: str) -> str:
    return str(_known(locale).decimal_formats[None].pattern.partition(".")[0])
