"""References are found by code, by what the person said, by a name of one record alone; else the nearest is offered."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.commands import CreateRecords
from planner.model import TABLES, Organisation
from planner.plan import Mode, Plan, Preview
from planner.store.lookups import SEARCHES
from planner.store.naming import Named, loosely, same_code
from planner.store.nearest import Nearest
from tests.strategies import FIRST, example_plan

NOTHING: Mapping[str, str] = {}


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open a plan with a few organisations more, two of them of one name."""
    with example_plan(tmp_path / "plan.offtake") as made:
        more = (("TER-1", "Térrafame Oy"), ("EX1", "Example"), ("EX2", "EXAMPLE"), ("Lot 12", "Twelve 1.2"))
        made.run(CreateRecords(tuple(Organisation(code=code, name=name) for code, name in more)))
        yield made


def imported(plan: Plan, texts: Sequence[str], said: Mapping[str, str] = NOTHING) -> Preview:
    """Preview plants that are run by organisations as they are written here."""
    columns = [[f"P{n}" for n in range(len(texts))], ["Plant"] * len(texts), [*texts]]
    with plan.stage("plants", TABLES["plants"].fields[:3], Mode.UPSERT, lookups=said) as staging:
        staging.add(range(2, len(texts) + 2), columns)
        return staging.finish(lambda *_: "Import plants")


def meant(plan: Plan, text: str, said: Mapping[str, str] = NOTHING) -> str:
    preview = imported(plan, [text], said)
    assert preview.problems == ()
    assert preview.changes is not None
    (change,) = preview.changes
    return str(change.after.values()["organisation"]) if change.after is not None else ""


def reason(plan: Plan, text: str, said: Mapping[str, str] = NOTHING) -> str:
    preview = imported(plan, [text], said)
    (problem,) = preview.problems
    assert (preview.draft, problem.line, problem.field, problem.value) == (None, 2, "organisation", text)
    return problem.reason


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("MNG", "MNG"),
        ("mng", "MNG"),
        ("Managem", "MNG"),
        ("  MANAGEM ", "MNG"),
        ("terrafame  oy", "TER-1"),
        ("Terrafame-Oy", "TER-1"),
        ("ｔｅｒ-1", "TER-1"),  # noqa: RUF001 - full-width letters are what it is about
    ],
)
def test_a_code_or_a_name_means_its_record(plan: Plan, text: str, code: str) -> None:
    assert meant(plan, text) == code


def test_what_the_person_said_goes_before_a_name(plan: Plan) -> None:
    assert meant(plan, "M. SA", {"m. sa": "MNG"}) == "MNG"
    assert meant(plan, "Managem", {"Managem": "RNO"}) == "RNO"
    assert meant(plan, "MNG", {"MNG": "RNO"}) == "MNG"
    assert reason(plan, "X", {"X": "NO"}) == (
        "it was to mean 'NO', and there is no organisation 'NO'; add it to organisations first"
    )


def test_a_name_that_two_records_share_is_refused(plan: Plan) -> None:
    assert (
        reason(plan, "example") == "2 organisations are called so: EX1 (Example), EX2 (EXAMPLE); write the code of one"
    )
    assert meant(plan, "example", {"Example": "EX2"}) == "EX2"


@pytest.mark.parametrize("text", ["TER 1", "TER+1", "TER1", "Lot 1.2", "Twelve 12"])
def test_a_code_or_a_name_with_another_sign_is_another(plan: Plan, text: str) -> None:
    assert imported(plan, [text]).refused == 1


@pytest.mark.parametrize(
    ("text", "near"), [("Mangem", "MNG (Managem)"), ("Renualt", "RNO (Renault)"), ("Terafame", "TER-1 (Térrafame Oy)")]
)
def test_the_nearest_is_offered(plan: Plan, text: str, near: str) -> None:
    assert reason(plan, text) == f"there is no organisation of that code or name; did you mean {near}?"


def test_where_nothing_is_near_nothing_is_offered(plan: Plan) -> None:
    assert reason(plan, "Zzyzx") == "there is no organisation 'Zzyzx'; add it to organisations first"


def test_a_part_of_a_key_is_found_by_name_and_refused_by_its_field(plan: Plan) -> None:
    with plan.stage("deliveries", TABLES["deliveries"].fields[:4], Mode.UPSERT) as staging:
        staging.add([2, 3, 4], [["c1", "C12", "C1"], [1, 1, 9], [FIRST] * 3, [7_000] * 3])
        preview = staging.finish(lambda *_: "Import")
    assert preview.changed == 1
    assert [(each.line, each.field, each.value, each.reason) for each in preview.problems] == [
        (3, "contract", "C12", "there is no contract of that reference or title; did you mean C1?"),
        (4, "line", "C1 9", "there is no line 'C1 9'; add it to lines first"),
    ]


def test_two_spellings_of_one_record_are_the_same_record(plan: Plan) -> None:
    fields = TABLES["supplier_carbon"].fields[:3]
    with plan.stage("supplier_carbon", fields, Mode.UPSERT) as staging:
        staging.add([2, 3], [["MNG", "Managem"], ["CoSO4", "Cobalt sulphate"], [1, 2]])
        preview = staging.finish(lambda *_: "Import")
    assert [problem.reason for problem in preview.problems] == [
        "line 3 has the same organisation, material; keep one",
        "line 2 has the same organisation, material; keep one",
    ]


def test_the_nearest_of_so_many_texts_is_looked_for_and_no_more(plan: Plan) -> None:
    reasons = [problem.reason for problem in imported(plan, [f"Mangem {n}" for n in range(SEARCHES + 5)]).problems]
    told = f"(the nearest is offered for the first {SEARCHES} such texts of a file)"
    assert len({each for each in reasons if told in each}) == 1
    assert sum(told in each for each in reasons) == 5


NAMES = st.text(st.sampled_from("abé -.+1"), min_size=1, max_size=4).map(str.strip).filter(bool)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(
    records=st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=6, unique_by=lambda each: each[0]),
    texts=st.lists(NAMES, min_size=1, max_size=6),
)
def test_no_text_means_a_record_that_another_may_as_well_be(
    tmp_path_factory: pytest.TempPathFactory, records: list[tuple[str, str]], texts: list[str]
) -> None:
    with Plan.create(tmp_path_factory.mktemp("plan") / "plan.offtake", person="Tester") as made:
        made.run(CreateRecords(tuple(Organisation(code=code, name=name) for code, name in records)))
        preview = imported(made, texts)
        found = (
            {} if preview.changes is None else {c.after.values()["code"]: c.after for c in preview.changes if c.after}
        )
    codes = {code for code, _ in records}
    for n, text in enumerate(texts):
        same = {code for code in codes if same_code(code) == same_code(text)}
        named = same or {code for code, name in records if loosely(name) == loosely(text) != ""}
        expected = {text} if text in codes else named
        given = found.get(f"P{n}")
        assert (given is None) == (len(expected) != 1)
        if given is not None:
            assert {given.values()["organisation"]} == expected


@given(st.lists(st.text(max_size=12), max_size=20, unique=True), st.text(max_size=64))
def test_the_nearest_of_any_texts_is_one_of_them_or_none(codes: list[str], text: str) -> None:
    records = {code: Named(code) for code in codes}
    assert Nearest(records).find(text) in {None, *records.values()}
