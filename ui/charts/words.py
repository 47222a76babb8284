"""How charts write numbers and periods."""

from PySide6.QtCore import QLocale

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def number(value: float | None, decimals: int) -> str:
    """Return a number with the locale's separators; an en dash where there is none."""
    if value is None:
        return "–"
    locale = QLocale()
    # The C locale leaves the thousands unseparated unless told otherwise.
    locale.setNumberOptions(QLocale.NumberOption.DefaultNumberOptions)
    return locale.toString(float(value), "f", decimals)


def decimals_of(unit: str) -> int:
    """Return how many decimals a read-out shows: tonnes to 100 kg, GWh to 10 MWh."""
    return 2 if unit == "GWh" else 1


def year_of(period: str) -> str:
    """Return the year of `2025-03`, `2025-Q1` or `2025`."""
    return period[:4]


def quarter_of(period: str) -> str:
    """Return `Q1 25` for a month or a quarter; empty for a year."""
    part = period[5:]
    if not part:
        return ""
    quarter = part if part.startswith("Q") else f"Q{(int(part) + 2) // 3}"
    return f"{quarter} {period[2:4]}"


def month_of(period: str) -> str:
    """Return `Mar 25` for a month; empty for anything else."""
    part = period[5:]
    return f"{MONTHS[int(part) - 1][:3]} {period[2:4]}" if part.isdigit() else ""


def long_name(period: str) -> str:
    """Return `March 2025`, `Q1 2025` or `2025`."""
    part = period[5:]
    if not part:
        return period
    return f"{MONTHS[int(part) - 1] if part.isdigit() else part} {year_of(period)}"
