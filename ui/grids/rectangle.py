"""A rectangle of cells."""

from collections.abc import Iterator
from dataclasses import dataclass

from ui.grids.grid_model import Spot


@dataclass(frozen=True, slots=True)
class Rectangle:
    """The cells from a top left to a bottom right one, both within."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def between(cls, one: Spot, other: Spot) -> "Rectangle":
        """Return the rectangle with these cells in opposite corners."""
        (top, bottom), (left, right) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        return cls(top, left, bottom, right)

    @property
    def height(self) -> int:
        """How many rows."""
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        """How many columns."""
        return self.right - self.left + 1

    @property
    def rows(self) -> range:
        """The rows from the top."""
        return range(self.top, self.bottom + 1)

    @property
    def columns(self) -> range:
        """The columns from the left."""
        return range(self.left, self.right + 1)

    def spots(self) -> Iterator[Spot]:
        """Return the cells row by row."""
        return ((row, column) for row in self.rows for column in self.columns)

    def opposite(self, spot: Spot) -> Spot:
        """Return the corner that lies across from one of its corners; of other cells, the bottom right."""
        return (
            self.top if spot[0] == self.bottom else self.bottom,
            self.left if spot[1] == self.right else self.right,
        )
