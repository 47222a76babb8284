"""What a check is: how it finds, under which name, and from which tables."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from planner.checks.finding import Finding, Remembered
from planner.model import TABLES

Finds: TypeAlias = Callable[[Remembered], Iterable[Finding]]


@dataclass(frozen=True)
class Check:
    """One kind of finding; `id` stays what it is for good: plans hold it, where findings are muted.

    `tables` are those that the check reads; `title` says what it finds, for people.
    """

    id: str
    function: Finds
    tables: frozenset[str]
    title: str

    @cached_property
    def depends_on(self) -> frozenset[str]:
        """The tables, an edit of which may change what is found: a record bears the names of those it refers to."""
        found: set[str] = set()
        waiting = set(self.tables)
        while waiting:
            found |= waiting
            waiting = {other for name in waiting for other in TABLES[name].refers_to} - found
        return frozenset(found)

    def run(self, facts: Remembered) -> Iterator[Finding]:
        """Yield what is found, under the id of the check."""
        return (replace(finding, check=self.id) for finding in self.function(facts))
