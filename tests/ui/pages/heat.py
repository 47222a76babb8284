"""Groups of a heat map written out by hand."""

from planner.analysis import CoverRow, CoverTable, Period, Stages, Subject
from planner.analysis.gaps.heat import CoverGroup
from planner.units import Basis

PERIODS = ("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2")
COBALT = Subject("element", "Co")
SULPHATE = Subject("material", "CoSO4")
METAL = Subject("material", "Co")
NICKEL = Subject("element", "Ni")


def table(subject: Subject, *covers: float | None, net: float = 0.0) -> CoverTable:
    """Return a table with these covers in %, the demand 100 t where there is one; `net` is required in each period."""
    rows = tuple(
        CoverRow(
            period,
            0.0 if cover is None else 100.0,
            *(0.0, 0.0, 12.5),
            cover or 0.0,
            None,
            0.0,
            50.0,
            20.0,
            net,
            cover,
        )
        for period, cover in zip(PERIODS, covers, strict=False)
    )
    return CoverTable(subject, Basis.METAL, Period.QUARTER, Stages.ALL, "t metal", None, rows)


def groups(cobalt: tuple[float | None, ...] = (90.0, 105.0, 150.0, 250.0)) -> tuple[CoverGroup, ...]:
    """Return cobalt with two materials and nickel with none."""
    materials = table(SULPHATE, 60.0, 105.0, 150.0, 250.0), table(METAL, 0.0, 0.0, None, 0.0)
    return (
        CoverGroup(table(COBALT, *cobalt), materials, ("Cobalt sulphate", "Cobalt metal")),
        CoverGroup(table(NICKEL, 1_234.56, 120.0, None, 99.95, net=3.25), (), ()),
    )
