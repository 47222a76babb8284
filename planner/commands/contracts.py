"""Whole contracts: duplicated, drafted as a follow-on, and closed before their end."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from planner.analysis.terms.ramp import share_of
from planner.commands.deliveries import delivery_of
from planner.errors import InvalidValueError, PlannerError
from planner.fields import Value
from planner.model import Contract, Delivery, Milestone, PriceTerm, Record, Volume
from planner.store import Row, Writer
from planner.units import LAST_YEAR, MONTHS_PER_YEAR, Month

# What a duplicate has of the first, and what a follow-on has of the contract before it.
PARTS = ("lines", "volumes", "deliveries", "milestones", "buyer_shares", "attachments", "price_terms")
FOLLOW_ON_PARTS = ("lines", "volumes", "milestones", "buyer_shares", "price_terms")


class Reads(Protocol):
    """What finds records: a plan, or the writer of a command."""

    def find(self, table: str, key: tuple[Value, ...]) -> Row | None:
        """Return the record that a key names."""

    def rows(self, table: str, where: Mapping[str, Value] | None = None) -> list[Row]:
        """Return the records whose fields have these values."""


@dataclass(frozen=True, slots=True)
class DuplicateContract:
    """Copy a contract with all that belongs to it as a memorandum under a new name; nothing of it is reached yet."""

    reference: str
    new_reference: str

    @property
    def title(self) -> str:
        """What the history calls it."""
        return f"Duplicate {self.reference} as {self.new_reference}"

    def apply(self, writer: Writer) -> None:
        """Raise PlannerError when there is no such contract or the new name is taken."""
        contract = contract_named(writer, self.reference)
        writer.insert(_memorandum(contract, self.new_reference))
        for table in PARTS:
            for part in writer.rows(table, {"contract": self.reference}):
                writer.insert(_renamed(_unreached(part.record), self.new_reference))


@dataclass(frozen=True, slots=True)
class DraftContract:
    """Draft what could follow a contract: a memorandum of the same length from the month after its end.

    Volumes keep their place in the term, price terms and dates move by its length. Deliveries and attachments stay
    with the first.
    """

    reference: str
    new_reference: str

    @property
    def title(self) -> str:
        """What the history calls it."""
        return f"Draft {self.new_reference} to follow {self.reference}"

    def apply(self, writer: Writer) -> None:
        """Raise PlannerError when there is no such contract, the new name is taken or a year lies too far ahead."""
        old = contract_named(writer, self.reference)
        term = old.end_month - old.start_month + 1
        start, end = _moved(old.start_month, term), _moved(old.end_month, term)
        draft = replace(_memorandum(old, self.new_reference), start_month=start, end_month=end)
        writer.insert(replace(draft, note=f"Follows {self.reference}."))
        years = start.year - old.start_month.year
        for table in FOLLOW_ON_PARTS:
            for part in writer.rows(table, {"contract": self.reference}):
                moved = _shifted(_unreached(part.record), months=term, years=years)
                writer.insert(_renamed(moved, self.new_reference))


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing a contract comes to: the stage it gets, what of it goes, and volumes that become smaller.

    `cut` are the volumes, by id, of the contract year that ends early: they keep the share of the months that are left.
    """

    contract: Row
    stage: str
    deliveries: tuple[Row, ...]
    volumes: tuple[Row, ...]
    price_terms: tuple[Row, ...]
    cut: tuple[tuple[int, Volume], ...]

    @property
    def gone(self) -> Mapping[str, tuple[Row, ...]]:
        """What goes, by table."""
        return {"deliveries": self.deliveries, "volumes": self.volumes, "price_terms": self.price_terms}


@dataclass(frozen=True, slots=True)
class CloseContract:
    """Let a contract end with a month; what is planned after it goes.

    While deliveries until then are still to come it keeps its stage, for a contract that is over supplies nothing more;
    else it is expired, or cancelled if nothing was ever received.
    """

    contract: str
    last_month: Month

    @property
    def title(self) -> str:
        """What the history calls it."""
        return f"Close {self.contract} with {self.last_month}"

    def apply(self, writer: Writer) -> None:
        """Raise PlannerError when the month lies outside the term or a later delivery is confirmed or received."""
        closing = closing_of(writer, self.contract, self.last_month)
        for table, rows in closing.gone.items():
            for row in rows:
                writer.delete(table, row.id)
        for row_id, volume in closing.cut:
            writer.update(row_id, volume)
        contract = _as_contract(closing.contract.record)
        writer.update(closing.contract.id, replace(contract, end_month=self.last_month, stage=closing.stage))


def closing_of(reads: Reads, reference: str, last_month: Month) -> Closing:
    """Return what `CloseContract` would do; it raises the same errors."""
    row = contract_row(reads, reference)
    contract = _as_contract(row.record)
    if not contract.start_month <= last_month <= contract.end_month:
        raise InvalidValueError(
            "end_month",
            f"{last_month} lies outside the term of {reference}, {contract.start_month} to {contract.end_month}",
        )
    deliveries = reads.rows("deliveries", {"contract": reference})
    after = [each for each in deliveries if delivery_of(each).month > last_month]
    fixed = [delivery_of(each) for each in after if delivery_of(each).status != "planned"]
    if fixed:
        first = min(fixed, key=lambda delivery: (delivery.month, delivery.line))
        raise PlannerError(
            f"{reference} cannot end with {last_month}: line {first.line} has a {first.status} delivery in"
            f" {first.month}. Close it with a later month, or mark that delivery as planned."
        )
    received = any(delivery_of(each).status == "received" for each in deliveries)
    to_come = len(after) + sum(delivery_of(each).status == "received" for each in deliveries) < len(deliveries)
    over = "expired" if received else "cancelled"
    closed = replace(contract, end_month=last_month)
    volumes = reads.rows("volumes", {"contract": reference})
    return Closing(
        contract=row,
        stage=contract.stage if to_come else over,
        deliveries=tuple(after),
        volumes=tuple(each for each in volumes if not closed.year_months(_as_volume(each.record).year)),
        price_terms=tuple(
            each
            for each in reads.rows("price_terms", {"contract": reference})
            if isinstance(each.record, PriceTerm) and each.record.month > last_month
        ),
        cut=tuple(_cut(contract, closed, volumes)),
    )


def _cut(contract: Contract, closed: Contract, volumes: Iterable[Row]) -> Iterator[tuple[int, Volume]]:
    """Yield the volumes of the contract year in which a contract is closed, for the months that it has left."""
    for row in volumes:
        volume = _as_volume(row.record)
        had, left = (len(each.year_months(volume.year)) for each in (contract, closed))
        if 0 < left < had:
            agreed_kg, option_kg = (share_of(kg, left, had) for kg in (volume.agreed_kg, volume.option_kg))
            yield row.id, replace(volume, agreed_kg=agreed_kg, option_kg=option_kg)


def contract_row(reads: Reads, reference: str) -> Row:
    """Return a contract with its id; PlannerError when there is none of that reference."""
    row = reads.find("contracts", (reference,))
    if row is None:
        raise PlannerError(f"There is no contract {reference!r}; the page Contracts lists them.")
    return row


def contract_named(reads: Reads, reference: str) -> Contract:
    """Return a contract; PlannerError when there is none of that reference."""
    return _as_contract(contract_row(reads, reference).record)


def _memorandum(contract: Contract, reference: str) -> Contract:
    return replace(contract, reference=reference, stage="memorandum", probability_ppm=None)


def _unreached(record: Record) -> Record:
    """Return a part of a contract without what has become of it."""
    match record:
        case Delivery():
            # What was received or confirmed belongs to the first contract alone: in the copy it is a plan.
            return replace(record, status="planned")
        case Milestone():
            return replace(record, forecast=None, done=None)
        case Volume():
            return replace(record, option_called=None)
        case _:
            return record


def _renamed(record: Record, reference: str) -> Record:
    return record.of({**record.values(), "contract": reference})


def _shifted(record: Record, *, months: int, years: int) -> Record:
    match record:
        case Volume():
            year = _moved(Month.of(record.year, 1), years * MONTHS_PER_YEAR).year
            return replace(record, year=year, option_until=_later(record.option_until, months))
        case PriceTerm():
            return replace(record, month=_moved(record.month, months))
        case Milestone():
            return replace(record, due=_later(record.due, months))
        case _:
            return record


def _later(day: date | None, months: int) -> date | None:
    """Return the same day of a later month, or its last day where it is shorter."""
    if day is None:
        return None
    month = _moved(Month.of(day.year, day.month), months)
    return date(month.year, month.month, min(day.day, monthrange(month.year, month.month)[1]))


def _moved(month: Month, months: int) -> Month:
    try:
        return month.plus(months)
    except ValueError:
        raise PlannerError(
            f"The draft would reach beyond {LAST_YEAR}, the last year that a plan can hold; shorten the contract first."
        ) from None


def _as_volume(record: Record) -> Volume:
    if not isinstance(record, Volume):
        raise TypeError(record)
    return record


def _as_contract(record: Record) -> Contract:
    if not isinstance(record, Contract):
        raise TypeError(record)
    return record
