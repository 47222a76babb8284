"""Tests of Offtake, laid out as the program is."""
