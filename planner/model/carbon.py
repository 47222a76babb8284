"""The declarations of a carbon factor, the same wherever one is given: by line, plant, supplier or material."""

from typing import Final

from planner.fields import declare
from planner.fields.kinds import Choice, Text
from planner.fields.quantities import CarbonFactor

QUALITY: Final = Choice(
    words=(
        ("verified", "Verified by a third party"),
        ("declared", "Declared by the supplier"),
        ("published", "Published"),
        ("estimated", "Estimated"),
        ("illustrative", "Illustrative"),
    )
)
CARBON: Final = declare(
    "carbon_kg_per_kg",
    "Carbon factor",
    CarbonFactor(),
    "Kilograms of CO2 equivalent for a kilogram of product, from the mine to its gate.",
    also=("kg_co2e_per_kg", "facteur carbone", "empreinte carbone"),
)
CARBON_SOURCE: Final = declare(
    "carbon_source", "Source of the factor", Text(500), "Where the carbon factor comes from.", also=("source carbone",)
)
CARBON_QUALITY: Final = declare(
    "carbon_quality", "Quality of the factor", QUALITY, "How well founded the carbon factor is.", also=("qualité",)
)
