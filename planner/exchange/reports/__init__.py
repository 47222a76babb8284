"""The report of a plan: what it holds, and the files that it is written to."""
