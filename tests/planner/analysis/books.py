"""Books of small plans: records are made up to go with arrays, where none are given."""

from collections.abc import Iterable

from planner.analysis import Book, Cube, Inputs
from planner.analysis.inputs import PROBABLE_CLASS
from planner.model import Contract, Line, Material, Organisation, Plant, Programme, Record
from planner.units import PPM

STAGE_OF_CLASS = ("signed", "memorandum", "expired")


def book_of(inputs: Inputs, records: Iterable[Record] = ()) -> Book:
    """Return the book of a plan whose line n is line 1 of contract `Cn`, from supplier `Sn`; plants are `Pn`.

    Records that are given replace those of their kind.
    """
    made: dict[type[Record], list[Record]] = {}
    for record in made_up(inputs):
        made.setdefault(type(record), []).append(record)
    given: dict[type[Record], list[Record]] = {}
    for record in records:
        given.setdefault(type(record), []).append(record)
    kinds = made | given
    return Book(Cube(inputs), lambda kind: kinds.get(kind, []))


def made_up(inputs: Inputs) -> Iterable[Record]:
    """Return the records that go with arrays."""
    for place, code in enumerate(inputs.materials):
        element = f"{'ABCDEFGHIJ'[int(inputs.material_element[place])]}e"
        fraction = int(inputs.fraction_ppm[place])
        yield Material(code=code, name=code, element=element, contained_fraction_ppm=fraction)
    yield Organisation(code="BUYER", name="Buyer", role="buyer")
    yield Organisation(code="MAKER", name="Maker")
    for place, material in enumerate(inputs.plant_material.tolist()):
        made = inputs.materials[material] if material >= 0 else None
        yield Plant(code=f"P{place}", name=f"Plant {place}", organisation="MAKER", material=made)
    for place in range(len(inputs.scrap_ppm)):
        yield Programme(code=f"R{place}", name=f"Programme {place}", scrap_ppm=min(PPM, int(inputs.scrap_ppm[place])))
    for place, stage_class in enumerate(inputs.line_stage_class.tolist()):
        yield Organisation(code=f"S{place}", name=f"Supplier {place}", country=f"Country {place % 2}")
        yield Contract(
            reference=f"C{place}",
            supplier=f"S{place}",
            buyer="BUYER",
            stage=STAGE_OF_CLASS[stage_class],
            probability_ppm=int(inputs.line_probability_ppm[place]) if stage_class == PROBABLE_CLASS else None,
            start_month=inputs.first,
            end_month=inputs.first.plus(max(0, inputs.months - 1)),
        )
        plant = int(inputs.line_plant[place])
        yield Line(
            contract=f"C{place}",
            line=1,
            material=inputs.materials[int(inputs.line_material[place])],
            plant=f"P{plant}" if plant >= 0 else None,
            volume_basis="metal" if inputs.line_is_metal[place] else "product",
        )
