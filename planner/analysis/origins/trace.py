"""Traceability: the chain of each delivered lot, and what stands behind a programme, a period or an element."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Self, TypeAlias

from planner.analysis.book import Book
from planner.analysis.demand import programme_demand
from planner.analysis.inputs import Bools
from planner.analysis.origins.evidence import Dossiers, Proofs, Standing
from planner.analysis.origins.mass_balance import SiteMonth, metal_ppm, site_months, site_of
from planner.analysis.values import Scope, Subject
from planner.errors import PlannerError
from planner.model import Contract, Evidence, Intake, Line, Lot, Material, Organisation, Plant, Programme
from planner.units import PPM, Month

LineKey: TypeAlias = tuple[str, int]
G_PER_KG: Final = 1_000


class Step(StrEnum):
    """What somebody does on the way from the mine to the programme."""

    MINE = "mine"
    REFINERY = "refinery"
    PLANT = "plant"
    SUPPLIER = "supplier"


@dataclass(frozen=True, slots=True)
class Link:
    """A site of a lot's chain, or its supplier, with the evidence of it; an empty `code` says that none is named.

    `operator` is the organisation that runs it; `country` may be empty.
    """

    step: Step
    code: str
    name: str
    operator: str
    country: str
    proofs: Proofs

    @property
    def is_named(self) -> bool:
        """Whether somebody is named."""
        return bool(self.code)


@dataclass(frozen=True, slots=True)
class TracedLot:
    """A lot with its chain from the mine on, kg of product and of metal, carbon in g per kg of product.

    `carbon_from` and `recycled_from` say where the figure comes from: the lot, or its line with the level of its carbon
    factor. `lacks` are sentences about what is missing to call it traced: sites, countries, evidence that holds.
    """

    code: str
    line: LineKey
    month: Month
    material: str
    element: str
    product_kg: float
    metal_kg: float
    supplier: Link
    chain: tuple[Link, ...]
    programme: str
    carbon_g_per_kg: int | None
    carbon_from: str
    carbon_quality: str
    recycled_ppm: int
    recycled_from: str
    lacks: tuple[str, ...]

    @property
    def carbon_kg(self) -> float | None:
        """Kg of CO2 equivalent of the whole lot; None where no factor is known."""
        return None if self.carbon_g_per_kg is None else self.product_kg * self.carbon_g_per_kg / G_PER_KG

    @property
    def origin(self) -> str:
        """The country in which the raw material was won: that of the mine, or of the recycler; empty if not known."""
        return self.chain[0].country


@dataclass(frozen=True, slots=True)
class TraceTotal:
    """The lots of an element together, in kg; `carbon_known_kg` is the product of which a factor is known.

    `demand_kg` is the gross demand for the element in the months asked for, of the programme where one is.
    """

    element: str
    lots: int
    product_kg: float
    metal_kg: float
    carbon_kg: float
    carbon_known_kg: float
    recycled_kg: float
    demand_kg: float | None
    lines: tuple[LineKey, ...]

    @property
    def recycled_pct(self) -> float | None:
        """The recycled share of the metal."""
        return 100 * self.recycled_kg / self.metal_kg if self.metal_kg else None

    @property
    def carbon_per_kg(self) -> float | None:
        """Kg of CO2 equivalent per kg of product, of the lots with a known factor."""
        return self.carbon_kg / self.carbon_known_kg if self.carbon_known_kg else None

    @property
    def traced_pct(self) -> float | None:
        """The share of the demand that lots stand behind; None without demand."""
        return 100 * self.metal_kg / self.demand_kg if self.demand_kg else None


@dataclass(frozen=True, slots=True)
class Untraced:
    """Metal kg of a line that was received in the months asked for, and what the lots of the line hold of it."""

    line: LineKey
    received_kg: float
    traced_kg: float

    @property
    def missing_kg(self) -> float:
        """What was received without any lot."""
        return self.received_kg - self.traced_kg


@dataclass(frozen=True, slots=True)
class Trace:
    """What stands behind a choice of lots; `start` and `end` are the months asked for, None for all.

    `untraced` are lines of which more was received than their lots hold, whichever programme that went to.
    """

    programme: Programme | None
    start: Month | None
    end: Month | None
    lots: tuple[TracedLot, ...]
    totals: tuple[TraceTotal, ...]
    untraced: tuple[Untraced, ...]


def trace(book: Book, scope: Scope, *, programme: str | None = None, lot: str | None = None) -> Trace:
    """Return the lots that arrived in the months of a scope, of its subject, and for a programme or of one number.

    PlannerError names what the plan does not know, or a scope that ends before it starts.
    """
    periods = book.periods(scope)
    found = _programme(book, programme)
    inside = book.lines_of(scope.subject)
    wanted = tuple(each for each in traced_lots(book) if _is_wanted(each, scope))
    chosen = tuple(
        each
        for each in wanted
        if (programme is None or each.programme == programme) and (lot is None or each.code == lot)
    )
    if lot is not None and not chosen:
        raise PlannerError(f"There is no lot {lot} among those asked for: look at its number, or ask for more months.")
    months = slice(int(periods.firsts[0]), periods.end) if periods.labels else slice(0, 0)
    # One lot is no part of a demand, nor of what was received.
    demand = {} if lot is not None else _demand(book, programme, months)
    untraced = () if lot is not None else tuple(_untraced(book, inside, wanted, months))
    return Trace(found, scope.start, scope.end, chosen, tuple(_totals(chosen, demand, scope.subject)), untraced)


def traced_lots(book: Book) -> tuple[TracedLot, ...]:
    """Return every lot with its chain, by number."""
    tracer = _Tracer.of(book)
    return tuple(tracer.traced(lot) for lot in sorted(book.records(Lot), key=lambda each: each.code))


def mass_balance(book: Book) -> tuple[SiteMonth, ...]:
    """Return what went in and out of each site by month, as `site_months` does."""
    return site_months(book.records(Lot), book.records(Intake), book.records(Line), book.records(Material))


@dataclass(frozen=True, slots=True)
class _Tracer:
    """The records that lots refer to, by key, and the links of chains that were made already."""

    contracts: Mapping[str, Contract]
    lines: Mapping[LineKey, Line]
    places: Mapping[LineKey, int]
    materials: Mapping[str, Material]
    plants: Mapping[str, Plant]
    organisations: Mapping[str, Organisation]
    dossiers: Dossiers
    book: Book
    made: dict[tuple[Step, str, Month], Link] = field(default_factory=dict)

    @classmethod
    def of(cls, book: Book) -> Self:
        return cls(
            contracts={each.reference: each for each in book.records(Contract)},
            lines={(each.contract, each.line): each for each in book.records(Line)},
            places={key: place for place, key in enumerate(book.traits.lines)},
            materials={each.code: each for each in book.records(Material)},
            plants={each.code: each for each in book.records(Plant)},
            organisations={each.code: each for each in book.records(Organisation)},
            dossiers=Dossiers.of(book.records(Evidence)),
            book=book,
        )

    def traced(self, lot: Lot) -> TracedLot:
        key = lot.contract, lot.line
        line, traits, place = self.lines[key], self.book.traits, self.places[key]
        metal_kg = lot.quantity_kg * metal_ppm(line, self.materials) / PPM
        supplier = self._link(Step.SUPPLIER, self.contracts[lot.contract].supplier, lot.month)
        chain = self._chain(lot, line)
        carbon = traits.carbon[place]
        own_carbon, own_recycled = lot.carbon_g_per_kg is not None, lot.recycled_ppm is not None
        return TracedLot(
            code=lot.code,
            line=key,
            month=lot.month,
            material=line.material,
            element=self.materials[line.material].element,
            product_kg=metal_kg * float(self.book.product_per_metal[place]),
            metal_kg=metal_kg,
            supplier=supplier,
            chain=chain,
            programme=lot.programme or "",
            carbon_g_per_kg=lot.carbon_g_per_kg if own_carbon else carbon.g_per_kg,
            carbon_from="lot" if own_carbon else carbon.level,
            carbon_quality="" if own_carbon else carbon.quality,
            recycled_ppm=int(traits.recycled_ppm[place]) if lot.recycled_ppm is None else lot.recycled_ppm,
            recycled_from="lot" if own_recycled else "line",
            lacks=tuple(_lacks(lot, supplier, chain)),
        )

    def _chain(self, lot: Lot, line: Line) -> tuple[Link, ...]:
        """Return mine, refinery and plant; what comes back from a recycler was not mined for this lot."""
        made_at = site_of(lot, line)
        made = self.plants.get(made_at or "")
        is_recycled = line.origin == "closed_loop" or (made is not None and made.site == "recycler")
        steps = [(Step.MINE, lot.mine), (Step.REFINERY, lot.refinery), (Step.PLANT, made_at)]
        if is_recycled:
            steps = [(step, site) for step, site in steps if site is not None or step is Step.PLANT]
        return tuple(self._link(step, site, lot.month) for step, site in steps)

    def _link(self, step: Step, code: str | None, month: Month) -> Link:
        """Return a link as of a month; many lots share it."""
        if code is None:
            return Link(step, "", "", "", "", Proofs(Standing.MISSING, ()))
        key = step, code, month
        if key not in self.made:
            self.made[key] = self._supplier(code, month) if step is Step.SUPPLIER else self._site(step, code, month)
        return self.made[key]

    def _supplier(self, code: str, month: Month) -> Link:
        found = self.organisations[code]
        return Link(Step.SUPPLIER, code, found.name, code, found.country, self.dossiers.about(code, None, month))

    def _site(self, step: Step, code: str, month: Month) -> Link:
        plant = self.plants[code]
        proofs = self.dossiers.about(plant.organisation, code, month)
        return Link(step, code, plant.name, plant.organisation, plant.country, proofs)


def _lacks(lot: Lot, supplier: Link, chain: Iterable[Link]) -> Iterator[str]:
    """Yield what is missing, each thing once: a site may have two steps."""
    told: set[str] = set()
    for link in (*chain, supplier):
        if not link.is_named:
            yield f"no {link.step} is named"
        elif link.code not in told:
            told.add(link.code)
            if not link.country:
                yield f"{link.code} has no country"
            if link.proofs.standing is not Standing.HOLDS:
                yield _without_evidence(link)
    if lot.programme is None:
        yield "no programme is named"


def _without_evidence(link: Link) -> str:
    standing = link.proofs.standing
    like_it = [proof.evidence for proof in link.proofs.each if proof.standing is standing]
    if standing is Standing.NOT_YET:
        first = min(each.issued for each in like_it if each.issued is not None)
        return f"the evidence of {link.code} was only issued on {first}"
    if standing is Standing.EXPIRED:
        last = max(each.expires for each in like_it if each.expires is not None)
        return f"the evidence of {link.code} expired on {last}"
    return f"there is no evidence of {link.code}"


def _is_wanted(lot: TracedLot, scope: Scope) -> bool:
    subject = scope.subject
    if subject is not None and subject.code != (lot.element if subject.kind == "element" else lot.material):
        return False
    return (scope.start is None or lot.month >= scope.start) and (scope.end is None or lot.month <= scope.end)


def _programme(book: Book, code: str | None) -> Programme | None:
    if code is None:
        return None
    known = book.records(Programme)
    found = next((each for each in known if each.code == code), None)
    if found is None:
        names = ", ".join(each.code for each in known) or "no programme at all"
        raise PlannerError(f"There is no programme {code} in this plan, which has {names}.")
    return found


def _demand(book: Book, programme: str | None, months: slice) -> dict[str, float]:
    """Return the metal kg that each element is needed of in these months, for a programme or for all."""
    inputs = book.inputs
    if programme is None:
        return dict(zip(inputs.elements, book.demand[:, months].sum(axis=1).tolist(), strict=True))
    place = [each.code for each in book.records(Programme)].index(programme)
    return {
        element: float(programme_demand(inputs, at)[place, months].sum()) for at, element in enumerate(inputs.elements)
    }


def _totals(lots: Iterable[TracedLot], demand: Mapping[str, float], subject: Subject | None) -> Iterator[TraceTotal]:
    """Yield a total for each element with lots, or that is asked for by name."""
    by_element: dict[str, list[TracedLot]] = defaultdict(list)
    if subject is not None and subject.kind == "element":
        by_element[subject.code] = []
    for lot in lots:
        by_element[lot.element].append(lot)
    for element in sorted(by_element):
        own = by_element[element]
        yield TraceTotal(
            element,
            len(own),
            product_kg=sum(lot.product_kg for lot in own),
            metal_kg=sum(lot.metal_kg for lot in own),
            carbon_kg=sum(lot.carbon_kg or 0.0 for lot in own),
            carbon_known_kg=sum(lot.product_kg for lot in own if lot.carbon_g_per_kg is not None),
            recycled_kg=sum(lot.metal_kg * lot.recycled_ppm / PPM for lot in own),
            demand_kg=demand.get(element),
            lines=tuple(sorted({lot.line for lot in own})),
        )


def _untraced(book: Book, inside: Bools, lots: Iterable[TracedLot], months: slice) -> Iterator[Untraced]:
    """Yield the lines of which more was received in these months than lots hold; less than a kg is a rounding."""
    inputs = book.inputs
    held: dict[LineKey, float] = defaultdict(float)
    for lot in lots:
        held[lot.line] += lot.metal_kg
    received = inputs.received[:, months].sum(axis=1)
    for place, key in enumerate(book.traits.lines):
        ppm = PPM if inputs.line_is_metal[place] else int(inputs.line_fraction_ppm[place])
        kg = int(received[place]) * ppm / PPM
        if inside[place] and kg - held[key] >= 1:
            yield Untraced(key, kg, held[key])
