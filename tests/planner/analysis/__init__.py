"""Tests of the analysis: hand-computed cases and properties."""
