"""Units of headings and cells: which are known, and that a quantity comes to the same in any of them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.exchange.heading_units import field_of_unit, unit_in_heading
from planner.exchange.measures import unit_of
from planner.fields import Kind
from planner.fields.quantities import CarbonFactor, Energy, Intensity, Mass, Money, Percent, Price, Rate
from planner.fields.quantities import Fraction as Share
from planner.model import TABLES
from planner.units import Basis

QUANTITY = TABLES["deliveries"].fields[3]


@pytest.mark.parametrize(
    ("text", "kind", "factor"),
    [
        ("t", Mass(), 1),
        ("TO", Mass(), 1),
        ("MT", Mass(), 1),
        ("kt", Mass(), 1_000),
        ("KG", Mass(), Fraction(1, 1_000)),
        ("lbs.", Mass(), Fraction(45_359_237, 10**11)),
        ("short tons", Mass(), Fraction("0.90718474")),
        ("long ton", Mass(), Fraction("1.0160469088")),
        ("MWh", Energy(), Fraction(1, 1_000)),
        ("TWh", Energy(), 1_000),
        ("%", Percent(), 1),
        ("‰", Percent(), Fraction(1, 10)),
        ("%", Share(), Fraction(1, 100)),
        ("g/kWh", Intensity(), Fraction(1, 1_000)),
        ("t/GWh", Intensity(), Fraction(1, 1_000)),
        ("t CO2e/t", CarbonFactor(), 1),
        ("kg CO₂-eq/kg", CarbonFactor(), 1),
        ("USD", Price(), 1),
        ("USD/lb", Price(), 1),
        ("€", Money(), 1),
        ("k€", Money(), 1_000),
        ("MEUR", Money(), 10**6),
    ],
)
def test_a_unit_is_so_many_of_the_unit_of_its_field(text: str, kind: Kind, factor: Fraction) -> None:
    unit = unit_of(text, kind)
    assert unit is not None
    assert (unit.factor, unit.basis) == (factor, None)


@pytest.mark.parametrize(
    ("text", "basis", "element"),
    [
        ("t Co", Basis.METAL, "Co"),
        ("kt Ni", Basis.METAL, "Ni"),
        ("t (Li)", Basis.METAL, "Li"),
        ("t de cobalt", Basis.METAL, "Co"),
        ("tonnes of nickel", Basis.METAL, "Ni"),
        ("t metal", Basis.METAL, ""),
        ("t métal", Basis.METAL, ""),
        ("t Co contained", Basis.METAL, "Co"),
        ("t product", Basis.PRODUCT, ""),
        ("kg produit", Basis.PRODUCT, ""),
    ],
)
def test_a_unit_may_say_what_it_counts(text: str, basis: Basis, element: str) -> None:
    unit = unit_of(text, Mass())
    assert unit is not None
    assert (unit.basis, unit.element) == (basis, element)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mt", Mass()),
        ("t LCE", Mass()),
        ("pieces", Mass()),
        ("GWh", Mass()),
        ("t", Energy()),
        ("", Mass()),
        ("t" * 100, Mass()),
        ("t", Rate()),
        ("t Xx", Mass()),
    ],
)
def test_other_words_are_no_units(text: str, kind: Kind) -> None:
    assert unit_of(text, kind) is None


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Quantity (kt)", "kt"),
        ("Quantité [kg]", "kg"),
        ("quantity_kg", "kg"),
        ("Quantity, lb", "lb"),
        ("Qty in kg", "kg"),
        ("Quantity (t Co)", "t Co"),
        ("Quantity kt ordered", "kt"),
        ("kt", "kt"),
        ("Quantity (t)", None),
        ("Quantity", None),
        ("Quantity to deliver", None),
        ("quantity_t", None),
        ("Quantity (est.)", None),
        ("x" * 500, None),
    ],
)
def test_a_heading_may_give_the_unit(heading: str, unit: str | None) -> None:
    found = unit_in_heading(heading, QUANTITY)
    assert (found.text if found else None) == unit


def test_a_heading_in_a_unit_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="GWh, which is no unit of quantity_t; give it in t, kt, kg or lb"):
        unit_in_heading("Quantity (GWh)", QUANTITY)


def test_a_unit_alone_heads_the_only_quantity_of_a_table() -> None:
    found = {name: field_of_unit("kt", TABLES[name]) for name in ("deliveries", "demand", "volumes")}
    assert {name: field and field.name for name, field in found.items()} == {
        "deliveries": "quantity_t",
        "demand": None,
        "volumes": "agreed_t",
    }


@given(kg=st.integers(0, 10**12), text=st.sampled_from(["t", "kt", "kg", "g", "lb", "long ton"]))
def test_a_mass_is_the_same_in_any_unit(kg: int, text: str) -> None:
    unit = unit_of(text, Mass())
    assert unit is not None
    assert Fraction(kg, 1_000) / unit.factor * unit.factor * 1_000 == kg
    assert unit.is_metric == (text not in {"lb", "long ton"})
