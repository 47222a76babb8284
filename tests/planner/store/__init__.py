"""Tests of the plan file, the log of edits and what is read from both."""
