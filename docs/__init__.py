"""The user guide, and the program that makes its pictures."""
