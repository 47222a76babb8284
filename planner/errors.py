"""Errors that a person can act on; anything else that is raised is a bug of ours."""


class PlannerError(Exception):
    """One sentence that names the thing and the remedy; nothing was written."""


class InvalidValueError(PlannerError):
    """A rule about one value; shown at the cell, or on the row of an import.

    `field` is the name that people see (quantity_t), `reason` a sentence about the value.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class ConflictError(PlannerError):
    """A later edit touched the same cells, so that this one cannot be undone or applied alone."""


class DependentsError(PlannerError):
    """A record cannot go because others refer to it; `dependents` counts them by table."""

    def __init__(self, sentence: str, dependents: dict[str, int]) -> None:
        super().__init__(sentence)
        self.dependents = dependents


class ReadOnlyError(PlannerError):
    """The plan is open elsewhere, or its file or folder may not be written."""
