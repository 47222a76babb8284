"""Tests of the grids, on real plan files."""
