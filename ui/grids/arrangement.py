"""Which columns a grid shows, in which order and how wide: what is remembered of it between sessions."""

import json
from dataclasses import dataclass

_MOST_COLUMNS = 500
_WIDEST_PX = 4_000


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The names of the fields that are shown, in order, and the widths in pixels that the person gave to some."""

    columns: tuple[str, ...] = ()
    widths: tuple[tuple[str, int], ...] = ()

    def to_text(self) -> str:
        """Return the arrangement as JSON, for the settings."""
        return json.dumps({"columns": self.columns, "widths": dict(self.widths)}, ensure_ascii=False)

    @classmethod
    def of_text(cls, text: str) -> "Arrangement":
        """Read JSON back; an empty arrangement for whatever else stands in the settings."""
        try:
            held = json.loads(text)
        # Brackets in brackets exhaust the parser before it can say that they are no arrangement.
        except (ValueError, RecursionError):
            return cls()
        columns = held.get("columns") if isinstance(held, dict) else None
        widths = held.get("widths") if isinstance(held, dict) else None
        if not isinstance(columns, list) or not isinstance(widths, dict):
            return cls()
        if not all(isinstance(name, str) for name in columns) or not all(map(_is_width, widths.values())):
            return cls()
        return cls(tuple(columns[:_MOST_COLUMNS]), tuple(widths.items())[:_MOST_COLUMNS])


def _is_width(value: object) -> bool:
    return type(value) is int and 0 < value <= _WIDEST_PX
