"""What stands behind a choice of lots as a file: CSV with a row a lot, or the document for a battery passport."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from planner.analysis.origins.passport import Document
from planner.analysis.origins.trace import Link, Step, Trace, TracedLot
from planner.exchange.atomic import written
from planner.exchange.guard import guarded
from planner.units import KG_PER_T, PPM

Cell: TypeAlias = str | int | float | None
_G_PER_KG: Final = 1_000
# Grams of a tonne: what lies below is the rounding of binary fractions.
_DIGITS: Final = 6


def _at(step: Step, read: Callable[[Link], str]) -> Callable[[TracedLot], Cell]:
    return lambda lot: next((read(link) for link in lot.chain if link.step is step and link.is_named), "")


def _site_columns(step: Step) -> dict[str, Callable[[TracedLot], Cell]]:
    return {
        step.value: _at(step, lambda link: link.code),
        f"{step.value}_country": _at(step, lambda link: link.country),
        f"{step.value}_evidence": _at(step, lambda link: link.proofs.standing.value),
    }


_COLUMNS: Final[dict[str, Callable[[TracedLot], Cell]]] = {
    "lot": lambda lot: lot.code,
    "month": lambda lot: str(lot.month),
    "contract": lambda lot: lot.line[0],
    "line": lambda lot: lot.line[1],
    "material": lambda lot: lot.material,
    "element": lambda lot: lot.element,
    "product_t": lambda lot: lot.product_kg / KG_PER_T,
    "metal_t": lambda lot: lot.metal_kg / KG_PER_T,
    "supplier": lambda lot: lot.supplier.code,
    "supplier_country": lambda lot: lot.supplier.country,
    "supplier_evidence": lambda lot: lot.supplier.proofs.standing.value,
    **_site_columns(Step.MINE),
    **_site_columns(Step.REFINERY),
    **_site_columns(Step.PLANT),
    "country_of_origin": lambda lot: lot.origin,
    "programme": lambda lot: lot.programme,
    "carbon_kg_per_kg": lambda lot: None if lot.carbon_g_per_kg is None else lot.carbon_g_per_kg / _G_PER_KG,
    "carbon_from": lambda lot: lot.carbon_from,
    "carbon_t": lambda lot: None if lot.carbon_kg is None else lot.carbon_kg / KG_PER_T,
    "recycled_pct": lambda lot: 100 * lot.recycled_ppm / PPM,
    "recycled_from": lambda lot: lot.recycled_from,
    "missing": lambda lot: "; ".join(lot.lacks),
}
HEADER: Final = tuple(_COLUMNS)


def write_csv(trace: Trace, target: Path) -> int:
    """Write a row a lot, for machines, and return their number; PlannerError when the file cannot be written.

    UTF-8, commas, decimal points; texts that a spreadsheet would take for a formula are guarded.
    """
    with written(target, encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows([_text(cell(lot)) for cell in _COLUMNS.values()] for lot in trace.lots)
    return len(trace.lots)


def write_json(document: Document, target: Path) -> None:
    """Write the document for a battery passport; PlannerError when the file cannot be written."""
    with written(target, encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, indent=2)
        file.write("\n")


def _text(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.{_DIGITS}f}".rstrip("0").rstrip(".")
    return "" if cell is None else guarded(str(cell))
