"""Tests of the records and their tables."""
