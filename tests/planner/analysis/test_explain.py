"""The causes of a gap add up to it, whatever the plan; and they are the ones that a planner would name."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.analysis import Inputs, Period, Stages, Subject
from planner.analysis.gaps.causes import CauseKind, Driver, Explanation, Gap, in_whole_kg
from planner.analysis.gaps.explain import explain
from planner.analysis.periods import label_of
from planner.errors import PlannerError
from planner.model import Contract, SafetyStock
from planner.units import Month
from tests.planner.analysis.books import book_of
from tests.planner.analysis.plans import Line, Programme, Sketch, drawn_inputs

PURE = (("Co", 0, 1_000_000),)
# 1 GWh needs a tonne.
ONE_T = ((1_000,),)
COBALT = Subject("element", "Co")


def told(found: Explanation) -> dict[tuple[CauseKind, str], float]:
    return {(cause.kind, cause.ref): cause.kg / 1_000 for cause in found.causes}


@given(drawn_inputs(), st.sampled_from(Stages), st.sampled_from(Period), st.data())
def test_the_causes_add_up_to_what_the_cover_tells(
    inputs: Inputs, stages: Stages, by: Period, data: st.DataObject
) -> None:
    subjects = [
        *(Subject("element", code) for code in inputs.elements),
        *(Subject("material", c) for c in inputs.materials),
    ]
    subject = data.draw(st.sampled_from(subjects))
    month = inputs.first.plus(data.draw(st.integers(0, inputs.months - 1)))
    length = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}[by]
    label = label_of(Month(int(month) // length * length), by)
    book = book_of(inputs)
    row = (
        next(row for row in book.cube.cover(subject, by=by, basis=None, stages=stages).rows if row.period == label)
        if subject.kind == "element"
        else None
    )
    for gap in (Gap.SHORTAGE, Gap.OVER_CAPACITY, Gap.OVER_STOCK):
        found = explain(book, subject, label, stages=stages, gap=gap)
        assert sum(cause.kg for cause in found.causes) == found.gap_kg
        if row is not None:
            expected = {
                Gap.SHORTAGE: row.net_requirement,
                Gap.OVER_CAPACITY: row.over_capacity,
                Gap.OVER_STOCK: row.stock_end - row.safety_stock,
            }[gap]
            assert found.gap_kg / 1_000 == pytest.approx(max(0.0, expected), abs=2e-3)
        assert found.gap_kg == 0 or found.sentence.endswith(".")


def test_a_contract_that_ends_and_demand_that_rises() -> None:
    """January and February need 10 t and get 10 t; March needs 12 t, and of two contracts of 5 t one has ended."""
    sketch = Sketch(
        months=3,
        materials=PURE,
        lines=(Line(is_metal=True, planned=(5, 5, 5)), Line(is_metal=True, planned=(5, 5, 0))),
        programmes=(Programme(gwh=(10, 10, 12)),),
        intensity_mg=ONE_T,
    )
    first = sketch.first
    contracts = [
        Contract(
            reference=f"C{n}",
            supplier=f"S{n}",
            buyer="BUYER",
            stage="signed",
            start_month=first,
            end_month=first.plus(2 - n),
        )
        for n in range(2)
    ]
    found = explain(book_of(sketch.inputs(), contracts), COBALT, "2025-03")
    assert (found.gap, found.base, found.gap_kg) == (Gap.SHORTAGE, "2025-02", 7_000)
    assert told(found) == {(CauseKind.CONTRACT_ENDS, "C1 1"): 5, (CauseKind.DEMAND, "R0"): 2}
    assert found.sentence == (
        "7.0 t of Co must still be bought in 2025-03: C1 line 1 ends in 2025-02 (5.0 t, 71 %);"
        " Programme 0 needs more than in 2025-02 (+20 %) (2.0 t, 29 %)."
    )


def test_what_stands_in_the_way_is_told_before_what_has_changed() -> None:
    """100 t are needed; a memorandum of 40 t counts half, a plant makes 30 of 50 t, an option of 20 t is open."""
    sketch = Sketch(
        materials=PURE,
        lines=(
            Line(is_metal=True, planned=(40,), stage_class=1),
            Line(is_metal=True, planned=(50,), plant=0),
            Line(is_metal=True, option=(20,)),
        ),
        plants=((0, (30,)),),
        programmes=(Programme(gwh=(100,)),),
        intensity_mg=ONE_T,
    )
    found = explain(book_of(sketch.inputs()), COBALT, "2025-01", stages=Stages.PROBABLE)
    assert (found.gap_kg, found.base) == (50_000, "")
    assert told(found) == {
        (CauseKind.DEMAND, "R0"): 100,
        (CauseKind.PROBABILITY, "C0"): 20,
        (CauseKind.CAPPED, "P0"): 20,
        (CauseKind.OPTION, "C2 1"): 20,
        (CauseKind.MORE_CONTRACTED, "C0 1"): -40,
        (CauseKind.MORE_CONTRACTED, "C1 1"): -50,
        (CauseKind.MORE_CONTRACTED, "C2 1"): -20,
    }
    assert "C0 line 1 is a memorandum and counts at 50 %" in found.sentence
    assert "against that: C1 line 1 could bring so much" in found.sentence
    left_out = explain(book_of(sketch.inputs()), COBALT, "2025-01", stages=Stages.FIRM)
    assert "C0 line 1 is a memorandum and left out (40.0 t" in left_out.sentence


def test_a_plant_that_can_make_more_later_is_ramping_up() -> None:
    sketch = Sketch(
        months=2, materials=PURE, lines=(Line(is_metal=True, planned=(50, 50), plant=0),), plants=((0, (30, 60)),)
    )
    early, late = (explain(book_of(sketch.inputs()), COBALT, f"2025-0{month}") for month in (1, 2))
    assert (early.gap, told(early)) == (Gap.OVER_CAPACITY, {(CauseKind.RAMP_UP, "P0"): 20})
    assert early.sentence == (
        "20.0 t of Co lie above what the plants can make for us in 2025-01:"
        " P0 is ramping up and can make 30.0 t for us, less than C0 line 1 calls (20.0 t, 100 %)."
    )
    assert late.gap is Gap.OVER_STOCK


def test_stock_and_safety_stock_have_their_part() -> None:
    """10 t are counted; 4 t a month are needed; in the second month 5 t shall lie safe."""
    sketch = Sketch(
        months=3, materials=PURE, programmes=(Programme(gwh=(4, 4, 4)),), intensity_mg=ONE_T, counted={(0, 0): 10}
    )
    inputs = sketch.inputs()
    inputs.safety_kg[0, 1:] = 5_000
    book = book_of(inputs, [SafetyStock(element="Co", month=sketch.first.plus(1), quantity_kg=5_000)])
    second = explain(book, COBALT, "2025-02")
    assert (second.base, second.gap_kg) == ("2025-01", 3_000)
    assert told(second) == {
        (CauseKind.SAFETY_STOCK, "Co 2025-02"): 5,
        (CauseKind.SPARE, ""): 4,
        (CauseKind.STOCK, ""): -6,
    }
    assert "in 2025-01 stock filled a gap already" in second.sentence
    third = explain(book, COBALT, "2025-03", gap=Gap.SHORTAGE)
    assert (third.base, third.gap_kg) == ("2025-01", 4_000)
    short = explain(book, Subject("material", "Co"), "2025-03")
    assert short.sentence.startswith("4.0 t of metal in Co must still be bought in 2025-03: ")
    excess = explain(book, COBALT, "2025-01", gap=Gap.OVER_STOCK)
    assert told(excess) == {(CauseKind.STOCK, ""): 10, (CauseKind.DEMAND, "R0"): -4}


def test_a_safety_stock_is_the_one_that_holds() -> None:
    """It was set in January and is told of in March."""
    sketch = Sketch(months=3, materials=PURE, counted={(0, 0): 10}, safety={0: 5})
    record = SafetyStock(element="Co", month=sketch.first, quantity_kg=5_000)
    found = explain(book_of(sketch.inputs(), [record]), COBALT, "2025-03")
    assert told(found) == {(CauseKind.STOCK, ""): 10, (CauseKind.SAFETY_STOCK, "Co 2025-01"): -5}


def test_what_is_covered_needs_no_explanation() -> None:
    sketch = Sketch(
        materials=PURE,
        lines=(Line(is_metal=True, planned=(5,)),),
        programmes=(Programme(gwh=(5,)),),
        intensity_mg=ONE_T,
    )
    found = explain(book_of(sketch.inputs()), COBALT, "2025")
    assert (found.gap, found.gap_kg, found.causes) == (Gap.NONE, 0, ())
    assert found.sentence == "Co is neither short nor in excess in 2025."


@pytest.mark.parametrize(
    ("gap", "sentence"),
    [
        (Gap.SHORTAGE, "Nothing of Co must still be bought in 2025."),
        (Gap.OVER_CAPACITY, "Nothing of Co lies above what the plants can make for us in 2025."),
        (Gap.OVER_STOCK, "Nothing of Co lies in stock above the safety stock at the end of 2025."),
    ],
)
def test_where_one_gap_is_asked_for_nothing_is_said_of_the_others(gap: Gap, sentence: str) -> None:
    line = Line(is_metal=True, planned=(8,) if gap is not Gap.OVER_STOCK else (2,))
    sketch = Sketch(materials=PURE, lines=(line,), programmes=(Programme(gwh=(5,)),), intensity_mg=ONE_T)
    found = explain(book_of(sketch.inputs()), COBALT, "2025", gap=gap)
    assert (found.gap, found.sentence) == (Gap.NONE, sentence)


def test_an_option_above_capacity_is_told_as_one() -> None:
    sketch = Sketch(
        materials=PURE,
        lines=(Line(is_metal=True, planned=(20,), option=(15,), plant=0),),
        plants=((0, (30,)),),
    )
    found = explain(book_of(sketch.inputs()), COBALT, "2025-01", gap=Gap.OVER_CAPACITY)
    assert told(found) == {(CauseKind.CAPPED, "P0"): 5}
    assert found.causes[0].text == "P0 can make 30.0 t for us, less than C0 line 1 calls with its option"


def test_a_year_that_the_horizon_cuts_is_compared_with_no_year() -> None:
    """All of 2025 is covered, seven months of 2026 are not: seven months of 2025 are no year."""
    sketch = Sketch(
        months=19,
        materials=PURE,
        lines=(Line(is_metal=True, planned=(5,) * 12),),
        programmes=(Programme(gwh=(5,) * 19),),
        intensity_mg=ONE_T,
    )
    book = book_of(sketch.inputs())
    cut = explain(book, COBALT, "2026")
    assert (cut.gap_kg, cut.base) == (35_000, "")
    assert "needs 35.0 t" in cut.sentence
    assert explain(book, COBALT, "2026-Q1").base == "2025-Q4"


def test_three_months_of_a_year_are_compared_with_a_quarter() -> None:
    sketch = Sketch(
        months=15,
        materials=PURE,
        lines=(Line(is_metal=True, planned=(5,) * 12),),
        programmes=(Programme(gwh=(5,) * 15),),
        intensity_mg=ONE_T,
    )
    assert explain(book_of(sketch.inputs()), COBALT, "2026").base == "2025-Q4"


def test_a_count_that_found_less_is_a_cause_of_the_shortage() -> None:
    """10 t come and 10 t go; in January 8 t are in stock, and in March 3 t are counted, of which 5 t shall lie safe."""
    sketch = Sketch(
        months=3,
        materials=PURE,
        lines=(Line(is_metal=True, planned=(10, 10, 10)),),
        programmes=(Programme(gwh=(10, 10, 10)),),
        intensity_mg=ONE_T,
        counted={(0, 0): 8, (0, 2): 3},
        safety={0: 5},
    )
    found = explain(book_of(sketch.inputs()), COBALT, "2025-Q1")
    assert found.gap_kg == 2_000
    assert {cause.kind: (cause.kg, cause.text) for cause in found.causes if not cause.key} == {
        CauseKind.COUNT: (5_000, "a count found less stock than was planned"),
        CauseKind.STOCK: (-3_000, "stock is used"),
    }


def test_stock_above_its_safety_level_is_not_said_to_be_at_it() -> None:
    """In January 4 t are short; in February 10 t come that nobody needs."""
    sketch = Sketch(
        months=2,
        materials=PURE,
        lines=(Line(is_metal=True, planned=(0, 10)),),
        programmes=(Programme(gwh=(4, 0)),),
        intensity_mg=ONE_T,
    )
    found = explain(book_of(sketch.inputs()), COBALT, "2025")
    assert found.gap_kg == 4_000
    assert [(cause.kg, cause.text) for cause in found.causes if cause.kind is CauseKind.STOCK] == [
        (10_000, "stock is built up")
    ]


@pytest.mark.parametrize(
    ("subject", "period", "sentence"),
    [
        (COBALT, "2031", "The plan has nothing in 2031: it runs from 2025-01 to 2025-01."),
        (COBALT, "soon", "'soon' is no period; write 2028-03, 2028-Q1 or 2028."),
        (COBALT, "2028-13", "'2028-13' is no period"),
        (COBALT, "0004", "'0004' is no period"),
        (Subject("element", "Au"), "2025", "There is no element Au in this plan, which has Co."),
    ],
)
def test_questions_without_an_answer_say_what_to_do(subject: Subject, period: str, sentence: str) -> None:
    with pytest.raises(PlannerError, match=sentence):
        explain(book_of(Sketch(materials=PURE).inputs()), subject, period)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=8))
def test_whole_kg_add_up(parts: list[float]) -> None:
    gap = sum(parts)
    assume(abs(gap) > 1)
    drivers = [Driver(CauseKind.DEMAND, kg, "", "", (at,)) for at, kg in enumerate(parts)]
    total, causes = in_whole_kg(gap, drivers)
    assert sum(cause.kg for cause in causes) == total == round(gap)
    assert [cause.kg for cause in causes] == sorted((c.kg for c in causes), key=lambda kg: (kg < 0, -abs(kg)))
    assert all(abs(cause.kg - parts[int(cause.ref)]) <= len(parts) for cause in causes)


def test_causes_that_miss_their_gap_are_a_bug() -> None:
    with pytest.raises(ValueError, match="miss the gap of 10 kg by 4 kg"):
        in_whole_kg(10, [Driver(CauseKind.DEMAND, 6, "", "", ())])
