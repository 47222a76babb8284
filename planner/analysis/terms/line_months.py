"""What each line delivers by month, as the figures of a plan hold it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.analysis.inputs import Ints
from planner.units import Month


@dataclass(frozen=True, slots=True, eq=False)
class LineMonths:
    """Kg of every line by month [L, T] from `first` on, in the line's volume basis.

    `places` says, by contract and number, where a line stands on the axis L; one without a place delivers nothing.
    `to_come` is what is planned or confirmed. The arrays follow the edits of the plan.
    """

    first: Month
    places: Mapping[tuple[str, int], int]
    received: Ints
    to_come: Ints

    @property
    def last(self) -> Month:
        """The last month covered."""
        return self.first.plus(self.received.shape[1] - 1)

    def by_month(self, contract: str, line: int) -> dict[Month, int]:
        """Return the kg of the months in which a line delivers anything, received or still to come."""
        place = self.places.get((contract, line))
        if place is None:
            return {}
        kgs = (self.received[place] + self.to_come[place]).tolist()
        return {self.first.plus(at): kg for at, kg in enumerate(kgs) if kg}

    def first_to_come(self, contract: str, line: int, start: Month) -> Month | None:
        """Return the first month, from `start` on, in which something of a line is still to come."""
        place = self.places.get((contract, line))
        if place is None:
            return None
        low = max(0, start - self.first)
        found = self.to_come[place, low:].nonzero()[0]
        return self.first.plus(low + int(found[0])) if found.size else None

    def outstanding(self, until: Month, lines: Iterable[tuple[str, int]]) -> dict[str, tuple[int, Month]]:
        """Return, by contract, how many deliveries of lines until a month are to come, and the last month of them."""
        found: dict[str, tuple[int, Month]] = {}
        awaited = self.to_come[:, : max(0, until - self.first + 1)] > 0
        counts = awaited.sum(axis=1).tolist()
        for contract, line in lines:
            place = self.places.get((contract, line))
            if place is not None and counts[place]:
                count, last = found.get(contract, (0, self.first))
                latest = self.first.plus(int(awaited[place].nonzero()[0][-1]))
                found[contract] = count + counts[place], max(last, latest)
        return found
