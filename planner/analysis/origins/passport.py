"""The due-diligence part of a battery passport, as a document: what stands behind the lots of a programme."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

from planner.analysis.book import Book
from planner.analysis.origins.evidence import Proof
from planner.analysis.origins.trace import Link, Trace, TracedLot, TraceTotal, Untraced
from planner.model import Contract, Material, Organisation
from planner.units import KG_PER_T, PPM

# JSON: texts, numbers, None, and lists and mappings of them.
Document: TypeAlias = dict[str, Any]

PART: Final = "supply chain due diligence"
LAW: Final = "Regulation (EU) 2023/1542: Art. 77 and Annex XIII, Art. 47 to 52"
READING: Final = "Our reading of the regulation, no certified schema; by programme and lot, not by battery"
RECYCLED: Final = "Whether from manufacturing or from post-consumer waste is not known to the plan"
# Grams: what lies below is the rounding of binary fractions.
_DIGITS: Final = 3


def passport(book: Book, trace: Trace) -> Document:
    """Return the document for a choice of lots, ready for JSON; masses in kg, shares in %, dates as 2027-05-05.

    What Regulation (EU) 2023/1542 says, of the parts that this follows:

    - Art. 77: each LMT and electric vehicle battery, and each industrial battery above 2 kWh, has a passport from 18
      February 2027; what it holds is listed in Annex XIII.
    - Annex XIII, 1: the public part has among other things the carbon footprint (c), information on responsible
      sourcing as indicated in the report on due diligence policies of Art. 52(3) (d), and the share of cobalt, lithium,
      nickel and lead that was recovered from manufacturing or post-consumer waste (e).
    - Art. 47 to 52: who places batteries on the market keeps a system of controls over the supply chain, with for each
      raw material its trade name and type, its supplier, its country of origin, its quantities, and reports of
      verifications.

    What is our reading: the names of the members, that each lot is told, that evidence is judged on the last day of the
    month in which a lot arrived, and that the country of origin is that of the mine, or of the recycler. The plan knows
    lots by programme and not by battery. This is no certified schema, and the text of the law comes first.
    """
    names = {each.code: each for each in book.records(Organisation)}
    buyers = {each.reference: each.buyer for each in book.records(Contract)}
    programme = trace.programme
    return {
        "part": PART,
        "law": LAW,
        "reading": READING,
        "programme": None if programme is None else {"code": programme.code, "name": programme.name},
        "period": {"from": _text(trace.start), "to": _text(trace.end)},
        "economic_operators": [
            {"code": code, "name": names[code].name, "country": names[code].country}
            for code in sorted({buyers[lot.line[0]] for lot in trace.lots})
        ],
        "raw_materials": [_material(total, trace.lots, book) for total in trace.totals],
        "suppliers": _parties(trace.lots, lambda lot: (lot.supplier,)),
        "sites": _parties(trace.lots, lambda lot: (link for link in lot.chain if link.is_named)),
        "lots": [_lot(lot) for lot in trace.lots],
        "received_without_lots": [_untraced(each) for each in trace.untraced],
    }


def _material(total: TraceTotal, lots: Iterable[TracedLot], book: Book) -> Document:
    own = [lot for lot in lots if lot.element == total.element]
    titles = {each.code: each.name for each in book.records(Material)}
    origins: dict[str, float] = defaultdict(float)
    masses: dict[str, float] = defaultdict(float)
    for lot in own:
        origins[lot.origin] += lot.metal_kg
        masses[lot.material] += lot.product_kg
    return {
        "element": total.element,
        "trade_names": [
            {"material": code, "name": titles[code], "product_kg": _kg(kg)} for code, kg in sorted(masses.items())
        ],
        "metal_kg": _kg(total.metal_kg),
        "lots": total.lots,
        "countries_of_origin": [
            {"country": country or None, "metal_kg": _kg(kg)} for country, kg in sorted(origins.items())
        ],
        "recycled": {"share_pct": _rounded(total.recycled_pct), "remark": RECYCLED},
        "carbon_footprint": {
            "kg_co2e": _kg(total.carbon_kg) if total.carbon_known_kg else None,
            "kg_co2e_per_kg_product": _rounded(total.carbon_per_kg),
            "product_kg_without_factor": _kg(total.product_kg - total.carbon_known_kg),
        },
        "demand_kg": _rounded(total.demand_kg),
        "traced_pct_of_demand": _rounded(total.traced_pct),
    }


def _parties(lots: Iterable[TracedLot], of: Callable[[TracedLot], Iterable[Link]]) -> list[Document]:
    """Return who stands behind the lots, each once with all that it does; its evidence as at each lot's month."""
    found: dict[str, list[tuple[TracedLot, Link]]] = defaultdict(list)
    for lot in lots:
        for link in of(lot):
            found[link.code].append((lot, link))
    return [_party(code, found[code]) for code in sorted(found)]


def _party(code: str, behind: list[tuple[TracedLot, Link]]) -> Document:
    link = behind[0][1]
    own = {lot.code: lot for lot, _ in behind}
    proofs = {proof.evidence.code: proof for _, each in behind for proof in each.proofs.each}
    return {
        "code": code,
        "name": link.name,
        "steps": sorted({each.step.value for _, each in behind}),
        "operator": link.operator,
        "country": link.country or None,
        "elements": sorted({lot.element for lot in own.values()}),
        "metal_kg": _kg(sum(lot.metal_kg for lot in own.values())),
        "evidence": [_evidence(proofs[number]) for number in sorted(proofs)],
        "lots_without_evidence": sorted({lot.code for lot, each in behind if each.proofs.standing != "holds"}),
    }


def _evidence(proof: Proof) -> Document:
    evidence = proof.evidence
    return {
        "code": evidence.code,
        "scheme": evidence.scheme,
        "holder": evidence.organisation,
        "site": evidence.plant,
        "issued": _text(evidence.issued),
        "expires": _text(evidence.expires),
        "link": evidence.link or None,
    }


def _lot(lot: TracedLot) -> Document:
    return {
        "lot": lot.code,
        "contract": lot.line[0],
        "line": lot.line[1],
        "month": str(lot.month),
        "material": lot.material,
        "element": lot.element,
        "product_kg": _kg(lot.product_kg),
        "metal_kg": _kg(lot.metal_kg),
        "supplier": _link(lot.supplier),
        "chain": [_link(link) for link in lot.chain],
        "country_of_origin": lot.origin or None,
        "programme": lot.programme or None,
        "recycled_pct": 100 * lot.recycled_ppm / PPM,
        "recycled_from": lot.recycled_from,
        "carbon_kg_co2e_per_kg_product": None if lot.carbon_g_per_kg is None else lot.carbon_g_per_kg / 1_000,
        "carbon_from": lot.carbon_from,
        "carbon_kg_co2e": _rounded(lot.carbon_kg),
        "missing": list(lot.lacks),
    }


def _link(link: Link) -> Document:
    return {
        "step": link.step.value,
        "code": link.code or None,
        "country": link.country or None,
        "evidence": link.proofs.standing.value,
        "holds": [proof.evidence.code for proof in link.proofs.each if proof.standing == "holds"],
    }


def _untraced(each: Untraced) -> Document:
    return {
        "contract": each.line[0],
        "line": each.line[1],
        "received_kg": _kg(each.received_kg),
        "in_lots_kg": _kg(each.traced_kg),
        "text": untraced_text(each),
    }


def untraced_text(each: Untraced) -> str:
    """Return `12.3 t received of EXC-CO-2025 1, not traced`, in t of metal."""
    return f"{each.missing_kg / KG_PER_T:,.1f} t received of {each.line[0]} {each.line[1]}, not traced"


def _kg(value: float) -> float:
    return round(value, _DIGITS)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


def _text(value: object | None) -> str | None:
    return None if value is None else str(value)
