"""Whether a supplier or a site has evidence of how it works that holds at the end of a month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from planner.model import Evidence
from planner.units import Month


class Standing(StrEnum):
    """What the evidence of somebody says at a time: the best of all of it."""

    HOLDS = "holds"
    EXPIRED = "expired"
    NOT_YET = "not yet issued"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence, and where it stands at a time."""

    evidence: Evidence
    standing: Standing


@dataclass(frozen=True, slots=True)
class Proofs:
    """All evidence of one supplier or site at a time."""

    standing: Standing
    each: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Dossiers:
    """The evidence of a plan, by organisation and by site."""

    of_organisation: Mapping[str, tuple[Evidence, ...]]
    of_site: Mapping[str, tuple[Evidence, ...]]

    @classmethod
    def of(cls, evidence: Iterable[Evidence]) -> Self:
        """Put each piece to the site that it is about, else to the organisation."""
        organisations: dict[str, tuple[Evidence, ...]] = {}
        sites: dict[str, tuple[Evidence, ...]] = {}
        for each in evidence:
            if each.plant is None:
                organisations[each.organisation] = (*organisations.get(each.organisation, ()), each)
            else:
                sites[each.plant] = (*sites.get(each.plant, ()), each)
        return cls(organisations, sites)

    def about(self, organisation: str, site: str | None, month: Month) -> Proofs:
        """Return what there is about an organisation as a whole, or about one of its sites, which that is about too.

        It is judged on the last day of the month, since a plan does not know the day on which a lot arrived.
        """
        found = self.of_organisation.get(organisation, ()) + (self.of_site.get(site, ()) if site is not None else ())
        day = last_day(month)
        proofs = tuple(Proof(each, standing_of(each, day)) for each in found)
        known = [proof.standing for proof in proofs]
        best = next((standing for standing in Standing if standing in known), Standing.MISSING)
        return Proofs(best, proofs)


def standing_of(evidence: Evidence, day: date) -> Standing:
    """Return where a piece of evidence stands on a day; one without dates holds for ever."""
    if evidence.issued is not None and evidence.issued > day:
        return Standing.NOT_YET
    if evidence.expires is not None and evidence.expires < day:
        return Standing.EXPIRED
    return Standing.HOLDS


def last_day(month: Month) -> date:
    """Return the last day of a month."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return following - timedelta(days=1)
