"""Gross demand for elements, and what the mix of chemistries needs of each per kWh."""

import numpy as np

from planner.analysis.inputs import Bools, Floats, Inputs, Ints
from planner.units import MG_PER_KG, PPM


def gross_demand(inputs: Inputs) -> Floats:
    """Return metal kg [E, T]: the sum over programmes of kWh x share x intensity x (1 + scrap)."""
    scrapped = 1 + inputs.scrap_ppm / PPM
    gross: Floats = _needed(inputs, np.einsum("rct,r->ct", _built(inputs), scrapped)) / MG_PER_KG
    return gross


def programme_demand(inputs: Inputs, element: int) -> Floats:
    """Return metal kg of one element by programme [R, T]; their sum is the gross demand of the element."""
    weights = inputs.intensity_mg[:, element].astype(np.float64)
    scrapped = (1 + inputs.scrap_ppm / PPM)[:, None] / MG_PER_KG
    needed: Floats = np.einsum("c,rct->rt", weights, _built(inputs)) * scrapped
    return needed


def mix_intensity(inputs: Inputs) -> Floats:
    """Return mg of each element per kWh of the mix [E, T], programmes weighted by demand, without scrap.

    A month without demand has the mix of the nearest earlier month with one, else of the next later; NaN
    throughout when no programme builds anything.
    """
    built = _built(inputs).sum(axis=0)
    total = built.sum(axis=0)
    known = total > 0
    if not known.any():
        return np.full((len(inputs.elements), inputs.months), np.nan)
    intensity: Floats = np.divide(_needed(inputs, built), total, out=np.zeros_like(inputs.safety_kg), where=known)
    return intensity[:, nearest(known)]


def nearest(known: Bools) -> Ints:
    """Return for each month [T] the nearest known one up to it, else the next; some month must be known."""
    latest = np.maximum.accumulate(np.where(known, np.arange(len(known)), -1))
    return np.where(latest < 0, known.argmax(), latest)


def _built(inputs: Inputs) -> Floats:
    """Return kWh of each chemistry in each programme [R, C, T]."""
    built: Floats = inputs.demand_kwh[:, None, :] * inputs.mix_ppm / PPM
    return built


def _needed(inputs: Inputs, built: Floats) -> Floats:
    """Return mg of each element [E, T] that kWh of the chemistries [C, T] contain."""
    needed: Floats = np.einsum("ce,ct->et", inputs.intensity_mg.astype(np.float64), built)
    return needed
