"""The desk of the journeys, for tests that need the whole window and look at one part of it."""

from tests.journeys.conftest import desk, empty, sample, sample_made

__all__ = ["desk", "empty", "sample", "sample_made"]
