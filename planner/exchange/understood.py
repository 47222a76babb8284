"""How a file for a table is understood before a row is read: its dialect, its profile, what is said of columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from planner.errors import PlannerError
from planner.exchange import workbook_dialect
from planner.exchange.dialect import Dialect
from planner.exchange.mapping import Mapping, MappingChoice
from planner.exchange.profile import Profile, changed, fingerprint
from planner.exchange.profiles import Profiles
from planner.exchange.source import detect, header_of
from planner.model import Table


@dataclass(frozen=True, slots=True)
class Understood:
    """What `imports.preview` is to go by; `guess` is the dialect without what the profile says."""

    header: tuple[str, ...]
    guess: Dialect
    dialect: Dialect
    choice: MappingChoice
    profile: Profile | None

    def as_profile(self, name: str, table: Table, mapping: Mapping | None = None) -> Profile:
        """Return this as a profile, with the columns that were found for it where there is a mapping."""
        choice = self.choice if mapping is None else mapping.kept(self.choice)
        return Profile(name, table.name, fingerprint(self.header), changed(self.guess, self.dialect), choice)

    def said_of(self, mapping: Mapping, file_name: str) -> list[str]:
        """Return what somebody should know: the profile, columns found by less than a name, what reads in two ways."""
        named = [] if self.profile is None else [f"{file_name} was read as the profile {self.profile.name} says."]
        doubt = [self.dialect.doubt] if self.dialect.doubt else []
        return [*named, *told(mapping, self.header), *doubt]


# What a person says of the columns of a file with this header.
Said = Callable[[Sequence[str]], MappingChoice]


def understood(  # noqa: PLR0913 - what tells how a file is understood, each named at the call
    path: Path,
    table: Table,
    profiles: Profiles,
    *,
    profile: Profile | None = None,
    said: Said = lambda _: MappingChoice(),
    sheet: str = "",
) -> Understood:
    """Tell how a file is understood: by the profile, else by the one for its header; what is `said` goes before both.

    `sheet` is the sheet of a workbook; empty: the one whose header names the most fields.
    PlannerError when the file cannot be read, or the profile is of another table or of columns that it lacks.
    """
    if profile is not None and profile.table != table.name:
        raise PlannerError(
            f"The profile {profile.name} is for {profile.table}, and {path.name} is to go into {table.name};"
            " choose another profile."
        )
    guess = _guess(path, table, profile, sheet)
    dialect = guess if profile is None else _on_sheet(profile.applied(guess), sheet)
    header = header_of(path, dialect, table)
    used = profile or profiles.for_header(header, table.name)
    if used is None:
        return Understood(header, guess, dialect, said(header), None)
    if profile is None and used.dialect:
        dialect = _on_sheet(used.applied(guess), sheet)
        header = header_of(path, dialect, table)
    return Understood(header, guess, dialect, used.choice_for(header, path.name, said(header)), used)


def told(mapping: Mapping, header: Sequence[str]) -> list[str]:
    """Return a sentence for each column that was found by less than a name: what somebody should look at."""
    sentences = []
    for field, column in zip(mapping.fields, mapping.columns, strict=True):
        sure = f"{mapping.confidence[field.name]:.0%} sure"
        if mapping.how[field.name] == "near":
            sentences.append(f"{field.name} is read from {header[column]!r}, a near name ({sure}).")
        elif mapping.how[field.name] == "content":
            name = repr(header[column]) if header[column].strip() else f"number {column + 1}"
            sentences.append(f"{field.name} is read from the column {name}, by what stands in it ({sure}).")
    return sentences


def _on_sheet(dialect: Dialect, sheet: str) -> Dialect:
    return replace(dialect, sheet=sheet) if sheet else dialect


def _guess(path: Path, table: Table, profile: Profile | None, sheet: str) -> Dialect:
    """Return the guess; where no header is recognised, what the profile says of the file stands for it."""
    try:
        return workbook_dialect.detect(path, table, sheet) if sheet else detect(path, table)
    except PlannerError:
        whole = None if profile is None else profile.whole_dialect()
        if whole is None:
            raise
        return whole
