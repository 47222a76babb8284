"""Whom and what supply hangs on, and where each lot comes from."""
