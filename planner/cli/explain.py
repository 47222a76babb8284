"""The command that explains why an element or a material is short, above capacity or in excess in a period."""

from pathlib import Path

import click

from planner.analysis import Stages
from planner.analysis.gaps.causes import Explanation, Gap, tonnes
from planner.analysis.gaps.explain import explain as explained
from planner.cli.figures import subject_of
from planner.cli.group import AS_JSON, DONE, PLAN, answer, opened, table_of
from planner.units import KG_PER_T

GAPS = [gap.value for gap in Gap if gap is not Gap.NONE]


@click.command()
@PLAN
@click.option("--element", help="An element, such as Co.")
@click.option("--material", help="A material, such as CoSO4.7H2O.")
@click.option("--period", required=True, help="A month, a quarter or a year: 2028-03, 2028-Q1 or 2028.")
@click.option("--gap", type=click.Choice(GAPS), help="What to explain; default: what stands out.")
@click.option("--stages", type=click.Choice([s.value for s in Stages]), default="all", show_default=True)
@AS_JSON
def explain(  # noqa: PLR0913 - one parameter for each option
    plan: Path, *, element: str | None, material: str | None, period: str, gap: str | None, stages: str, as_json: bool
) -> int:
    """Explain a shortage, an over-capacity or an over-stock in PLAN by causes that add up to it, in t of metal."""
    subject = subject_of(element, material)
    with opened(plan) as opened_plan:
        found = opened_plan.ask(
            explained, subject, period, stages=Stages(stages), gap=None if gap is None else Gap(gap)
        )
    if as_json:
        answer(_document(found))
    else:
        click.echo(_text(found))
    return DONE


def _document(found: Explanation) -> dict[str, object]:
    return {
        "subject": found.subject.code,
        "period": found.period,
        "stages": found.stages,
        "gap": found.gap,
        "gap_t": found.gap_kg / KG_PER_T,
        "compared_with": found.base or None,
        "causes": [
            {
                "kind": cause.kind,
                "ref": cause.ref,
                "t": cause.kg / KG_PER_T,
                "share_pct": round(found.share_pct(cause), 1),
                "text": cause.text,
            }
            for cause in found.causes
        ],
        "sentence": found.sentence,
    }


def _text(found: Explanation) -> str:
    if found.gap is Gap.NONE:
        return found.sentence
    rows = [
        ["t metal", "%", "cause", "record"],
        *([tonnes(c.kg), f"{found.share_pct(c):,.0f}", c.text, c.ref] for c in found.causes),
        [tonnes(found.gap_kg), "100", "in all", ""],
    ]
    return f"{table_of(rows, frozenset({0, 1}))}\n\n{found.sentence}"
