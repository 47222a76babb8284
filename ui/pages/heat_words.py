"""What the heat map says of a period: in its cell, when it is pointed at, and aloud."""

from planner.analysis import CoverRow, CoverTable
from planner.analysis.gaps.heat import CoverState, Thresholds
from ui.charts.words import decimals_of, long_name, number

# Wider numbers say nothing more than that there is far too much.
MOST_SHOWN_PCT = 999
STATES = {
    CoverState.NONE: "",
    CoverState.SHORT: "short",
    CoverState.TIGHT: "tight",
    CoverState.COVERED: "covered",
    CoverState.EXCESS: "more than enough",
}


def cover_text(row: CoverRow) -> str:
    """Return the cover without its sign, as every table writes it; a dash without demand."""
    if row.cover_pct is None:
        return "–"
    return f">{MOST_SHOWN_PCT}" if row.cover_pct > MOST_SHOWN_PCT else number(row.cover_pct, 0)


def explained(table: CoverTable, row: CoverRow) -> str:
    """Return the figures behind a cell, a line each, in the unit of the table."""
    decimals = decimals_of(table.unit)
    cover = "no demand" if row.cover_pct is None else f"cover {number(row.cover_pct, 1)} %"
    figures = (
        ("Demand", row.demand),
        ("Supply", row.supply),
        ("Option, not counted", row.option),
        ("Stock at the end", row.stock_end),
        ("Safety stock", row.safety_stock),
        ("Net requirement", row.net_requirement),
    )
    lines = "".join(
        f"<tr><td>{name}</td><td align='right'>&nbsp;&nbsp;{_bold(number(value, decimals), name, value)}</td></tr>"
        for name, value in figures
    )
    return f"<b>{table.subject.code}, {long_name(row.period)}</b>: {cover}<table>{lines}</table>in {table.unit}"


def spoken(table: CoverTable, row: CoverRow, state: CoverState) -> str:
    """Return what a screen reader says of a cell."""
    about = f"{table.subject.code}, {long_name(row.period)}"
    if row.cover_pct is None:
        said = f"{about}: no demand"
    else:
        said = ", ".join(part for part in (f"{about}: {number(row.cover_pct, 0)} per cent", STATES[state]) if part)
    if row.net_requirement:
        said += f", net requirement {number(row.net_requirement, decimals_of(table.unit))} {table.unit}"
    return said


def legend(thresholds: Thresholds) -> tuple[tuple[CoverState, str], ...]:
    """Return what each state means under these thresholds."""
    short, tight, excess = thresholds.short_below_pct, thresholds.tight_below_pct, thresholds.excess_above_pct
    return (
        (CoverState.SHORT, f"short, below {short} %"),
        (CoverState.TIGHT, f"tight, below {tight} %"),
        (CoverState.COVERED, "covered"),
        (CoverState.EXCESS, f"above {excess} %"),
    )


def _bold(text: str, name: str, value: float) -> str:
    return f"<b>{text}</b>" if name == "Net requirement" and value else text


def copied(row: CoverRow) -> str:
    """Return the cover to a tenth of a per cent; empty without demand."""
    return "" if row.cover_pct is None else number(row.cover_pct, 1)
