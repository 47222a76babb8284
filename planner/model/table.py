"""Tables: the records of one kind, what people call them, and the key they are known by."""

from dataclasses import dataclass
from functools import cached_property

from planner.fields import Field, Value, folded, target_of
from planner.model.record import Record, fields_of


@dataclass(frozen=True)
class Table:
    """The records of one kind; `name` is plural as in CSV and SQL, `singular` is for sentences."""

    record: type[Record]
    title: str
    singular: str

    @property
    def name(self) -> str:
        """The name in CSV files, commands and SQL."""
        return self.record.table

    @property
    def one(self) -> str:
        """The singular with its article: `a line`, `an organisation`."""
        return f"{'an' if self.singular[0] in 'aeiou' else 'a'} {self.singular}"

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All fields, in the order in which files and grids show them."""
        return fields_of(self.record)

    @cached_property
    def key(self) -> tuple[Field, ...]:
        """The fields that tell one record from another."""
        return tuple(field for field in self.fields if field.key)

    @cached_property
    def has_rules(self) -> bool:
        """Whether values that are sound one by one may still not fit together."""
        return self.record.rules is not Record.rules

    @cached_property
    def refers_to(self) -> frozenset[str]:
        """The tables that this one refers to."""
        targets = (target_of(field.kind) for field in self.fields)
        return frozenset(target[0] for target in targets if target is not None)

    def field(self, name: str) -> Field | None:
        """Return the field that a header means: name, title or synonym, case and accents ignored."""
        wanted = folded(name)
        exact = (field for field in self.fields if folded(field.name) == wanted)
        return next(exact, None) or next((field for field in self.fields if wanted in field.names()), None)

    def key_of(self, record: Record) -> tuple[Value, ...]:
        """Return the values that tell the record from others."""
        return tuple(getattr(record, field.attr) for field in self.key)

    def label(self, record: Record) -> str:
        """Return how people call a record: `MNG-CO-2025 1 2025-03`."""
        return self.key_label(self.key_of(record))

    def key_label(self, key: tuple[Value, ...]) -> str:
        """Return how people call the record of a key."""
        return " ".join(field.format(value) for field, value in zip(self.key, key, strict=True))
