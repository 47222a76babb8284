"""Every check, in the order in which findings of one severity are told."""

from typing import Final

from planner.checks import age, circular, contracts, dates, limits, prices, supply, trace
from planner.checks.check import Check
from planner.model import TABLES

# What the figures of a plan are made from.
FIGURES: Final = frozenset(
    {
        *("materials", "chemistries", "intensities", "plants", "plant_capacity", "contracts", "lines", "volumes"),
        *("deliveries", "programmes", "mix", "demand", "stock", "safety_stock"),
    }
)
_SPANS: Final = frozenset({"deliveries"})
_PRICES: Final = frozenset({"price_terms", "indices", "index_prices", "exchange_rates"})


def _of(*tables: str) -> frozenset[str]:
    return frozenset(tables)


CHECKS: Final = (
    Check("shortage", supply.shortage, FIGURES, "Shortage"),
    Check("below-safety-stock", supply.below_safety_stock, FIGURES, "Below safety stock"),
    Check("over-capacity", supply.over_capacity, FIGURES, "Above the plants' capacity"),
    Check("unplanned", supply.unplanned, FIGURES, "Needed, and nowhere to come from"),
    Check("no-capacity", supply.no_capacity, _of("plants", "plant_capacity", "lines"), "Plant without capacity"),
    Check("mix", supply.mixes, _of("mix"), "Mix that is not 100 %"),
    Check("outside-term", contracts.outside_term, _SPANS, "Deliveries outside the term"),
    Check("year-outside-term", contracts.years_outside_term, _of("volumes"), "Contract year outside the term"),
    Check("unphased", contracts.unphased, FIGURES, "Agreed volume without deliveries"),
    Check("not-agreed", contracts.not_agreed, _SPANS | {"volumes"}, "Deliveries that nothing agrees"),
    Check("above-flexibility", limits.flexibility, FIGURES, "Contract year above or below what may be called"),
    Check("take-or-pay", limits.take_or_pay, FIGURES | _PRICES, "Take-or-pay at risk"),
    Check("buyer-shares", contracts.buyer_shares, _of("buyer_shares"), "Buyers' shares that are not 100 %"),
    Check("option-lapses", contracts.options, _of("volumes"), "Option about to lapse"),
    Check("stage", contracts.stages, _of("stage_changes"), "Stage that was not written down"),
    Check("memorandum-as-firm", contracts.memoranda_as_firm, _SPANS, "Memorandum counted as firm"),
    Check("before-plant", dates.before_the_plant, _SPANS | {"plant_capacity"}, "Deliveries before their plant"),
    Check("late-milestone", dates.before_the_milestone, _SPANS | {"milestones"}, "Milestone after the deliveries"),
    Check("evidence-expired", dates.expired_evidence, FIGURES | {"evidence"}, "Evidence that expires too early"),
    Check("unpriced", prices.unpriced, _SPANS | {"price_terms"}, "Deliveries without a price"),
    Check("unquoted", prices.unquoted, _of("price_terms", "index_prices"), "Index without prices"),
    Check("mass-balance", trace.mass_balance, _of("lots", "intakes"), "More out of a site than went in"),
    Check("closed-loop", circular.closed_loop, FIGURES | _of("returns"), "More back than a closed loop can give"),
    # Any edit says that somebody looks after the plan.
    Check("stale-data", age.stale, frozenset(TABLES), "Data that grow old"),
)
