"""Small plans as arrays, written out by hand or drawn by hypothesis."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as stn

from planner.analysis import Inputs
from planner.analysis.inputs import Floats, Ints
from planner.units import KG_PER_T, PPM, Month

FIRST = Month.of(2025, 1)
COBALT_PPM = 209_660
COBALT_MG = 69_885


@dataclass(frozen=True)
class Line:
    """One line by position of its material and plant; quantities in t by month."""

    material: int = 0
    plant: int = -1
    stage_class: int = 0
    probability_pct: int = 50
    is_metal: bool = False
    assay_ppm: int | None = None
    received: tuple[float, ...] = ()
    planned: tuple[float, ...] = ()
    option: tuple[float, ...] = ()


@dataclass(frozen=True)
class Programme:
    """GWh by month, scrap in %, and the share of each chemistry in %, the same in each month or by month."""

    gwh: tuple[float, ...]
    scrap_pct: float = 0.0
    mix_pct: tuple[float, ...] = (100.0,)
    mix_by_month: tuple[tuple[float, ...], ...] | None = None


@dataclass(frozen=True)
class Sketch:
    """A plan in tonnes and GWh: by default one cobalt sulphate that nobody needs and nobody has contracted."""

    months: int = 1
    first: Month = FIRST
    elements: tuple[str, ...] = ("Co",)
    materials: tuple[tuple[str, int, int], ...] = (("CoSO4.7H2O", 0, COBALT_PPM),)
    lines: tuple[Line, ...] = ()
    plants: tuple[tuple[int, tuple[float, ...] | None], ...] = ()
    programmes: tuple[Programme, ...] = ()
    intensity_mg: tuple[tuple[int, ...], ...] = ((COBALT_MG,),)
    counted: dict[tuple[int, int], float] = field(default_factory=dict)
    safety: dict[int, float] = field(default_factory=dict)

    def inputs(self) -> Inputs:
        """Return the arrays; plants are (material, open t by month or no limit), safety is t metal by element."""
        fraction = [fraction for _, _, fraction in self.materials]
        counted = np.full((len(self.materials), self.months), np.nan)
        for place, tonnes in self.counted.items():
            counted[place] = tonnes * KG_PER_T
        safety = np.zeros((len(self.elements), self.months))
        for element, tonnes in self.safety.items():
            safety[element] = tonnes * KG_PER_T
        return Inputs(
            first=self.first,
            months=self.months,
            elements=self.elements,
            materials=tuple(name for name, _, _ in self.materials),
            material_element=_ints(element for _, element, _ in self.materials),
            fraction_ppm=_ints(fraction),
            line_material=_ints(line.material for line in self.lines),
            line_plant=_ints(line.plant for line in self.lines),
            line_fraction_ppm=_ints(line.assay_ppm or fraction[line.material] for line in self.lines),
            line_is_metal=np.array([line.is_metal for line in self.lines], dtype=np.bool_),
            line_stage_class=_ints(line.stage_class for line in self.lines),
            line_probability_ppm=_ints(line.probability_pct * PPM // 100 for line in self.lines),
            received=self._kg(line.received for line in self.lines),
            planned=self._kg(line.planned for line in self.lines),
            option=self._kg(line.option for line in self.lines),
            plant_material=_ints(material for material, _ in self.plants),
            plant_open_kg=np.array(
                [self._month_values(open_t, np.nan) * KG_PER_T for _, open_t in self.plants]
            ).reshape(len(self.plants), self.months),
            demand_kwh=_ints(
                [round(gwh * 1_000_000) for gwh in self._month_values(programme.gwh, 0.0)]
                for programme in self.programmes
            ).reshape(len(self.programmes), self.months),
            scrap_ppm=_ints(round(programme.scrap_pct * 10_000) for programme in self.programmes),
            mix_ppm=self._mix(),
            intensity_mg=_ints(self.intensity_mg).reshape(len(self.intensity_mg), len(self.elements)),
            counted_kg=counted,
            safety_kg=safety,
        )

    def _month_values(self, values: tuple[float, ...] | None, rest: float) -> Floats:
        result = np.full(self.months, rest)
        result[: len(values or ())] = values or ()
        return result

    def _kg(self, quantities: Iterable[tuple[float, ...]]) -> Ints:
        rows = [[round(t * KG_PER_T) for t in self._month_values(row, 0.0)] for row in quantities]
        return _ints(rows).reshape(len(self.lines), self.months)

    def _mix(self) -> Ints:
        shares = [programme.mix_by_month or (programme.mix_pct,) * self.months for programme in self.programmes]
        ppm = np.array(shares, dtype=np.float64) * 10_000
        axes = (len(self.programmes), self.months, len(self.intensity_mg))
        return ppm.reshape(axes).round().astype(np.int64).transpose(0, 2, 1)


def _ints(values: Iterable[object]) -> Ints:
    return np.array(list(values), dtype=np.int64)


@st.composite
def drawn_inputs(draw: st.DrawFn, least: int = 0) -> Inputs:
    """Draw a plan of up to 3 elements, 4 materials, 14 months, and from `least` to 5 lines and 3 plants."""
    months = draw(st.integers(1, 14))
    elements, materials = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    lines, plants = draw(st.integers(least, 5)), draw(st.integers(least, 3))
    programmes, chemistries = draw(st.integers(0, 2)), draw(st.integers(1, 2))

    def ints(shape: tuple[int, ...], low: int, high: int) -> Ints:
        return draw(stn.arrays(np.int64, shape, elements=st.integers(low, high)))

    def tonnes_or_nan(shape: tuple[int, ...]) -> Floats:
        kg = st.integers(0, 60_000).map(float)
        return draw(stn.arrays(np.float64, shape, elements=kg | st.just(np.nan)))

    line_material = ints((lines,), 0, materials - 1)
    fraction = ints((materials,), 1, PPM)
    return Inputs(
        first=draw(st.integers(2024 * 12, 2026 * 12).map(Month)),
        months=months,
        elements=tuple(f"E{number}" for number in range(elements)),
        materials=tuple(f"M{number}" for number in range(materials)),
        material_element=ints((materials,), 0, elements - 1),
        fraction_ppm=fraction,
        line_material=line_material,
        line_plant=ints((lines,), -1, plants - 1),
        line_fraction_ppm=fraction[line_material],
        line_is_metal=draw(stn.arrays(np.bool_, lines)),
        line_stage_class=ints((lines,), 0, 2),
        line_probability_ppm=ints((lines,), 0, PPM),
        received=ints((lines, months), 0, 50_000),
        planned=ints((lines, months), 0, 50_000),
        option=ints((lines, months), 0, 50_000),
        plant_material=ints((plants,), -1, materials - 1),
        plant_open_kg=tonnes_or_nan((plants, months)),
        demand_kwh=ints((programmes, months), 0, 50_000_000),
        scrap_ppm=ints((programmes,), 0, 200_000),
        mix_ppm=ints((programmes, chemistries, months), 0, PPM),
        intensity_mg=ints((chemistries, elements), 0, 900_000),
        counted_kg=tonnes_or_nan((materials, months)),
        safety_kg=ints((elements, months), 0, 50_000).astype(np.float64),
    )
