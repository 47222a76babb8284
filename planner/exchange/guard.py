"""Text that a spreadsheet would take for a formula: guarded on the way out, unguarded on the way in."""

from typing import Final

# What OWASP's page on CSV injection lists: = + - @, their full-width forms, and white space before them.
STARTS: Final = frozenset("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - the full-width forms are meant
GUARD: Final = "'"


def guarded(text: str) -> str:
    """Return the text with an apostrophe before it where it begins like a formula, or like a guarded one."""
    return GUARD + text if text.lstrip(GUARD)[:1] in STARTS and text else text


def unguarded(text: str) -> str:
    """Take one guard off; the reverse of `guarded`."""
    return text[1:] if text.startswith(GUARD) and text.lstrip(GUARD)[:1] in STARTS else text
