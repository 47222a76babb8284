"""Saved plans, one of each released format."""
