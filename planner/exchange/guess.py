"""A guess about how a file is written, with how sure it is and why: each can be overruled by the person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guess:
    """What was guessed about a file; `confidence` runs from 0 to 1, `why` is half a sentence for the person."""

    name: str
    value: str
    confidence: float
    why: str
