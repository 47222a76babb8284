"""Tests of tables as arrays: their order, their filters and what is found in them."""
