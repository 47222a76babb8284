"""Tests of the fields: what people write, and what is kept of it."""
