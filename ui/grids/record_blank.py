"""The blank row of a table: what was typed there so far, and what a new record takes where nothing is."""

from collections.abc import Mapping

from planner.fields import Value
from planner.model import Table
from planner.plan import Plan
from ui.grids.record_edit import Numbering


class BlankRow:
    """`typed` are the values typed so far, by attribute, none of them empty."""

    def __init__(self, plan: Plan, table: Table) -> None:
        self._plan = plan
        self._table = table
        self._offered: dict[str, Value] | None = None
        self.typed: dict[str, Value] = {}

    def type(self, values: Mapping[str, Value]) -> None:
        """Keep these values in the place of what was typed before."""
        self.typed = dict(values)
        self.forget_offer()

    def forget_offer(self) -> None:
        """Look anew what the next number is."""
        self._offered = None

    def offers_anew(self, where: Mapping[str, Value]) -> bool:
        """Look anew what the next number is, and tell whether it is another one."""
        before = self._offered
        self.forget_offer()
        return before is not None and self.values(where) != {**before, **self.typed}

    def values(self, where: Mapping[str, Value]) -> dict[str, Value]:
        """Return what a record made of it would have: what was typed, the next number, defaults."""
        if self._offered is None:
            defaults = {f.attr: f.default for f in self._table.fields if f.default is not None and f.default != ""}
            self._offered = {**defaults, **Numbering(self._plan, self._table).next({**where, **self.typed})}
        return {**self._offered, **self.typed}
