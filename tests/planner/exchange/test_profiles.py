"""Profiles: kept by name, found by header, read strictly whoever wrote them."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import PlannerError
from planner.exchange.dialect import Dialect
from planner.exchange.mapping import LEFT_OUT, MappingChoice
from planner.exchange.profile import LARGEST_BYTES, Profile, changed, fingerprint, read_profile, text_of
from planner.exchange.profiles import Profiles, default_folder, read_file
from planner.model import TABLES

HEADER = ("Vertrag", "Pos.", "Monat", "Menge (t)")
CHOICE = MappingChoice(
    {"contract": 0, "line": 1, "month": 2, "status": LEFT_OUT}, {"quantity_t": "5"}, {"X": "C1"}, "profile"
)
ERP = Profile("ERP", "deliveries", fingerprint(HEADER), {"encoding": "cp1252", "locale": "de"}, CHOICE)


@pytest.fixture
def profiles(tmp_path: Path) -> Profiles:
    """Return the profiles of a folder that is not there yet."""
    return Profiles(tmp_path / "config" / "profiles")


def texts(longest: int = 20) -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=longest)


@st.composite
def drawn_profiles(draw: st.DrawFn) -> Profile:
    table = draw(st.sampled_from(list(TABLES.values())))
    names = st.sampled_from([field.name for field in table.fields])
    name = draw(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=40))
    dialect = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "encoding": st.sampled_from(["utf-8", "cp1252", "utf-16-le", "mac-roman", "iso8859-15"]),
                "delimiter": st.sampled_from([",", ";", "\t", "|"]),
                "locale": st.sampled_from([None, "fr", "de_CH"]),
                "header_line": st.integers(1, 10_000),
                "sheet": texts(),
                "date_order": st.sampled_from(["dmy", "mdy", "ymd"]),
                "wide": st.booleans(),
                "totals": st.booleans(),
            },
        )
    )
    choice = MappingChoice(
        draw(st.dictionaries(names, st.integers(LEFT_OUT, 999))),
        draw(st.dictionaries(names, texts())),
        draw(st.dictionaries(texts(), texts(64))),
        "profile",
    )
    return Profile(name, table.name, fingerprint(draw(st.lists(texts(), max_size=9))), dialect, choice)


@given(drawn_profiles())
def test_a_profile_comes_back_from_its_text_as_it_was(profile: Profile) -> None:
    assert read_profile(text_of(profile).encode(), "x.json") == profile


@given(drawn_profiles())
def test_a_profile_comes_back_from_the_folder_whatever_it_is_called(
    tmp_path_factory: pytest.TempPathFactory, profile: Profile
) -> None:
    folder = tmp_path_factory.mktemp("profiles")
    Profiles(folder).save(profile)
    assert Profiles(folder).all() == (profile,)
    assert Profiles(folder).named(profile.name) == profile
    assert len(list(folder.iterdir())) == 1


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_anything_else_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(PlannerError, match=r"^x\.json cannot be used as a profile: .*\. Export the profile again\.$"):
        read_profile(data, "x.json")


def document(**changes: Any) -> str:  # noqa: ANN401 - JSON
    return json.dumps({**json.loads(text_of(ERP)), **changes})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[]", "it has no offtake_profile"),
        ("[" * 100_000, "it is not the JSON of a profile"),
        ("9" * 10_000, "it is not the JSON of a profile"),
        ('{"offtake_profile": NaN}', "NaN is no number of JSON"),
        ('{"name": "a", "name": "b"}', "it names 'name' twice"),
        (document(offtake_profile=2), "it was made by a newer version of the program"),
        (document(offtake_profile=True), "it was made by a newer version of the program"),
        (document(script="rm"), "it has the unknown entry 'script'"),
        (json.dumps({"offtake_profile": 1}), "it has no name"),
        (document(name=" "), "its name is empty, or begins or ends with a space"),
        (document(name="a\u202eb"), "its name holds a line break or an invisible character"),
        (document(name="a" * 101), "which is no text of at most 100 characters"),
        (document(table="../deliveries"), "there is no table '../deliveries'"),
        (document(table=["deliveries"]), "there is no table ['deliveries']"),
        (document(header="month"), "its header is not a list of at most 16,384 texts"),
        (document(header=[1]), "its header holds 1, which is no text"),
        (document(dialect=[]), "its dialect is not a list of settings"),
        (document(dialect={"doubt": ""}), "it has the unknown entry 'doubt'"),
        (document(dialect={"encoding": "unicode_escape"}), "'unicode_escape' cannot be the encoding of a file"),
        (document(dialect={"encoding": "\0"}), "cannot be the encoding of a file"),
        (document(dialect={"delimiter": "ab"}), "'ab' cannot be the delimiter of a file"),
        (document(dialect={"delimiter": '"'}), "cannot be the delimiter of a file"),
        (document(dialect={"locale": "xx_YY_zz"}), "'xx_YY_zz' cannot be the locale of a file"),
        (document(dialect={"header_line": True}), "True cannot be the header line of a file"),
        (document(dialect={"header_line": 10**9}), "1000000000 cannot be the header line of a file"),
        (document(dialect={"wide": 1}), "1 cannot be the wide of a file"),
        (document(dialect={"date_order": ["dmy"]}), "['dmy'] cannot be the date order of a file"),
        (document(columns={"colour": 1}), "it has the unknown entry 'colour'"),
        (document(columns={"month": -2}), "-2 is the number of no column"),
        (document(columns={"month": True}), "True is the number of no column"),
        (document(columns={"month": 1e9}), "1000000000.0 is the number of no column"),
        (document(constants={"month": 5}), "its constants holds 5, which is no text"),
        (document(lookups={"a": "\ud800"}), "its lookups holds half a character"),
        (
            document(lookups={str(n): "x" for n in range(10_001)}),
            "its lookups are not a list of at most 10,000 entries",
        ),
        (" " * (LARGEST_BYTES + 1), "it is larger than 1,000 KB"),
    ],
)
def test_a_profile_of_a_stranger_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(PlannerError) as caught:
        read_profile(text.encode(), "x.json")
    assert reason in str(caught.value)
    assert len(str(caught.value)) < 300


def test_the_profile_for_a_header_is_the_one_saved_last(profiles: Profiles) -> None:
    assert profiles.for_header(HEADER, "deliveries") is None
    profiles.save(ERP)
    profiles.save(Profile("Later", ERP.table, ERP.header))
    for age, path in enumerate(sorted(profiles.folder.iterdir(), key=lambda path: "later" in path.name)):
        os.utime(path, (age, age))
    found = profiles.for_header(["VERTRAG", "pos", "Monat", "Menge (t)", ""], "deliveries")
    assert found is not None
    assert found.name == "Later"
    assert profiles.for_header(HEADER, "lines") is None
    assert profiles.for_header(HEADER[:3], "deliveries") is None


def test_saving_under_the_same_name_replaces(profiles: Profiles) -> None:
    profiles.save(ERP)
    again = Profile("erp", "lines", ())
    profiles.save(again)
    assert profiles.all() == (again,)


def test_renaming_and_deleting(profiles: Profiles) -> None:
    profiles.save(ERP)
    profiles.save(Profile("Other", "lines", ()))
    with pytest.raises(PlannerError, match="There is a profile 'other' already; choose another name"):
        profiles.rename("ERP", "other")
    assert profiles.rename("erp", "SAP").name == "SAP"
    assert [each.name for each in profiles.all()] == ["Other", "SAP"]
    assert profiles.rename("SAP", "Sap").name == "Sap"
    profiles.delete("Other")
    assert [each.name for each in profiles.all()] == ["Sap"]
    with pytest.raises(PlannerError, match=r"There is no profile 'Other'. The profiles are Sap\."):
        profiles.delete("Other")


def test_a_name_that_no_file_may_have_is_kept_in_the_folder(profiles: Profiles) -> None:
    profiles.save(Profile("../../etc/passwd", "lines", ()))
    profiles.save(Profile("CON", "lines", ()))
    assert {path.parent for path in profiles.folder.parent.rglob("*.json")} == {profiles.folder}
    with pytest.raises(PlannerError, match="its name is empty"):
        profiles.save(Profile("", "lines", ()))


def test_what_is_no_profile_is_told_and_the_others_are_there(profiles: Profiles) -> None:
    profiles.save(ERP)
    (profiles.folder / "broken.json").write_text("{")
    (profiles.folder / "folder.json").mkdir()
    assert profiles.all() == (ERP,)
    assert len(profiles.unreadable()) == 1
    assert profiles.unreadable()[0].startswith("broken.json cannot be used as a profile")


def test_a_profile_goes_to_another_person_as_a_file(profiles: Profiles, tmp_path: Path) -> None:
    profiles.export(ERP, tmp_path / "sent.json")
    assert read_file(tmp_path / "sent.json") == ERP
    assert profiles.take_in(tmp_path / "sent.json") == ERP
    assert profiles.take_in(tmp_path / "sent.json") == ERP
    profiles.export(Profile("ERP", "lines", ()), tmp_path / "sent.json")
    with pytest.raises(PlannerError, match="There is another profile 'ERP' already"):
        profiles.take_in(tmp_path / "sent.json")
    with pytest.raises(PlannerError, match=r"none\.json cannot be read"):
        read_file(tmp_path / "none.json")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PlannerError, match="Profiles are kept there"):
        Profiles(tmp_path / "file" / "profiles").save(ERP)


def test_the_folder_is_the_persons_own_and_no_plan() -> None:
    assert default_folder().parts[-2:] == ("offtake", "profiles")


def test_the_dialect_is_guessed_but_for_what_the_profile_says() -> None:
    guess = Dialect("utf-8", ";", "fr", 3, "Check it.")
    applied = ERP.applied(guess)
    assert (applied.encoding, applied.delimiter, applied.locale, applied.header_line) == ("cp1252", ";", "de", 3)
    assert applied.doubt == ""
    assert changed(guess, applied) == ERP.dialect


def test_columns_are_found_where_they_stand_now() -> None:
    moved = ERP.choice_for(["neu", "Monat", "Vertrag", "Pos."], "in.csv")
    assert dict(moved.columns) == {"contract": 2, "line": 3, "month": 1, "status": LEFT_OUT}
    assert (moved.constants, moved.lookups, moved.by) == (CHOICE.constants, CHOICE.lookups, "profile")


def test_a_column_that_is_gone_is_told_unless_something_else_is_said() -> None:
    with pytest.raises(PlannerError, match=r"in\.csv has no column 'pos', which the profile ERP takes for line"):
        ERP.choice_for(["Monat", "Vertrag"], "in.csv")
    said = MappingChoice(constants={"line": "1"}, columns={"quantity_t": 0})
    found = ERP.choice_for(["Monat", "Vertrag"], "in.csv", said)
    assert dict(found.columns) == {"contract": 1, "month": 0, "status": LEFT_OUT, "quantity_t": 0}
    assert dict(found.constants) == {"line": "1"}
