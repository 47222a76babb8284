"""The days that somebody must not miss: milestones, options to call, evidence that expires, terms that end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from planner.analysis.book import Book
from planner.analysis.money.pricing import english
from planner.fields import Value
from planner.model import Contract, Evidence, Milestone, Volume
from planner.model.contracts import FIRM, PROBABLE
from planner.units import KG_PER_T, MONTHS_PER_YEAR, Month

_OPEN: Final = FIRM | PROBABLE
SIX_MONTHS: Final = 6


class Occasion(StrEnum):
    """Why a day matters."""

    MILESTONE = "milestone"
    OPTION = "option"
    EVIDENCE = "evidence"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class NextDate:
    """A day, what falls on it, and the record that says so; `owner` is the contract or organisation concerned.

    A milestone that is not reached on its day is `overdue`, and stays until somebody enters when it was.
    """

    day: date
    occasion: Occasion
    owner: str
    text: str
    table: str
    key: tuple[Value, ...]
    overdue: bool = False


def next_dates(book: Book, today: date, months: int = SIX_MONTHS) -> tuple[NextDate, ...]:
    """Return what falls between today and the same day so many months later, by day, and milestones that are overdue.

    Contracts that have expired or were cancelled wait for nothing.
    """
    waiting = {each.reference: each for each in book.records(Contract) if each.stage in _OPEN}
    until = _months_later(today, months)
    found = [
        *_milestones(book, waiting, today, until),
        *(each for each in _others(book, waiting) if today <= each.day <= until),
    ]
    return tuple(sorted(found, key=lambda each: (each.day, each.owner, each.text)))


def _milestones(book: Book, waiting: dict[str, Contract], today: date, until: date) -> Iterator[NextDate]:
    for each in book.records(Milestone):
        day = each.expected
        if each.done is None and day is not None and day <= until and each.contract in waiting:
            key = (each.contract, each.name)
            yield NextDate(day, Occasion.MILESTONE, each.contract, each.name, Milestone.table, key, day < today)


def _others(book: Book, waiting: dict[str, Contract]) -> Iterator[NextDate]:
    for volume in book.records(Volume):
        if volume.option_kg and volume.option_until is not None and volume.contract in waiting:
            tonnes = english(Decimal(volume.option_kg) / KG_PER_T)
            text = f"Option of {tonnes} t in {volume.year}, line {volume.line}"
            key = (volume.contract, volume.line, volume.year)
            yield NextDate(volume.option_until, Occasion.OPTION, volume.contract, text, Volume.table, key)
    for evidence in book.records(Evidence):
        if evidence.expires is not None:
            text = f"{evidence.scheme} {evidence.code} expires"
            owner = evidence.organisation
            yield NextDate(evidence.expires, Occasion.EVIDENCE, owner, text, Evidence.table, (evidence.code,))
    for contract in waiting.values():
        day, owner = _last_day(contract.end_month), contract.reference
        text = f"Term ends: {contract.title or contract.supplier}"
        yield NextDate(day, Occasion.TERM, owner, text, Contract.table, (owner,))


def _months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day where it has none such."""
    last = _last_day(Month.of(day.year, day.month).plus(months))
    return last.replace(day=min(day.day, last.day))


def _last_day(month: Month) -> date:
    following = date(month.year + month.month // MONTHS_PER_YEAR, month.month % MONTHS_PER_YEAR + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
