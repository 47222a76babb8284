"""Countries by name: plans hold codes such as MA, or whatever was typed."""

from PySide6.QtCore import QLocale


def country_name(country: str) -> str:
    """Return the name of a country that is given by its code; any other text as it is."""
    known = QLocale.codeToTerritory(country)
    return country if known == QLocale.Country.AnyTerritory else QLocale.territoryToString(known)
