"""What a person wishes of an import, and the work that previews it beside the window."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from planner.errors import PlannerError
from planner.exchange import imports, workbook_dialect
from planner.exchange.amended import Cells
from planner.exchange.content import by_content
from planner.exchange.dialect import Dialect
from planner.exchange.known import codes_of
from planner.exchange.mapping import Mapping as ColumnMapping
from planner.exchange.mapping import MappingChoice, field_meant
from planner.exchange.profiles import Profiles
from planner.exchange.source import detect, opened_source, sheets_of
from planner.exchange.understood import Understood, understood
from planner.exchange.unrecognised import plain_dialect
from planner.exchange.workbook import is_workbook
from planner.model import Table, table_named
from planner.plan import Mode, Plan
from ui.dialogs.import_rows import PreviewRows, preview_rows

Setting = str | int | bool | None
Report = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Wish:
    """How a person wants a file to be read, and what it may do.

    `settings` are fields of the Dialect that were chosen in the place of the guesses, by name. `profile` is the name
    of a profile, empty for none; None takes the one that fits the header.
    """

    table: str
    mode: Mode = Mode.UPSERT
    settings: Mapping[str, Setting] = field(default_factory=dict)
    choice: MappingChoice = field(default_factory=MappingChoice)
    profile: str | None = None
    amended: Cells = field(default_factory=dict)
    delete_missing: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """How a file was understood, and what it would do: `found` is None where `trouble` says why nothing was found.

    `texts` are the first rows as they stand in the file, under `header`; both are empty where it cannot be read at all.
    `likely` are the columns of fields, by name, as far as they can be told.
    """

    table: Table
    understood: Understood | None
    header: Sequence[str] = ()
    texts: Sequence[Sequence[str]] = ()
    sheets: tuple[str, ...] = ()
    likely: Mapping[str, int] = field(default_factory=dict)
    found: imports.Found | None = None
    rows: PreviewRows | None = None
    trouble: str = ""

    @property
    def mapping(self) -> ColumnMapping | None:
        """The columns of the fields, as far as they were found."""
        return None if self.found is None else self.found.mapping


def prepare(  # noqa: PLR0913 - what a preview is made of, each named at the call
    plan: Plan, file: Path, wish: Wish, *, profiles: Profiles, left_out: frozenset[str], report: Report
) -> Prepared:
    """Preview a file as a person wishes; `left_out` are the labels of records that stay out, which are listed first.

    What is wrong with the file stands in the result. What `report` raises ends the work.
    """
    table = table_named(wish.table)
    prepared = Prepared(table, None)
    try:
        prepared = replace(prepared, sheets=tuple(sheets_of(file)) if is_workbook(file) else ())
        known = _understood(file, table, wish, profiles)
        prepared = replace(prepared, understood=known)
        source = opened_source(file, known.dialect, table)
        texts = imports.first_rows(source)
        likely = _likely(plan, table, source.header, texts)
        prepared = replace(prepared, header=source.header, texts=texts, likely=likely)
        found = imports.preview(
            plan,
            table.name,
            file,
            mode=wish.mode,
            dialect=known.dialect,
            choice=known.choice,
            amended=wish.amended,
            delete_missing=wish.delete_missing,
            report=report,
        )
    except PlannerError as error:
        return replace(prepared, trouble=str(error))
    try:
        return replace(prepared, found=found, rows=preview_rows(plan, found, left_out, report))
    except BaseException:
        # Nobody will hear of the draft any more.
        if found.preview.draft is not None:
            plan.discard_draft(found.preview.draft)
        raise


def _likely(plan: Plan, table: Table, header: Sequence[str], texts: Sequence[Sequence[str]]) -> dict[str, int]:
    """Return the column of each field that the header names, or that stands in a column whose header says nothing."""
    meant = {column: found[0] for column, text in enumerate(header) if (found := field_meant(text, table)) is not None}
    silent = [column for column in range(len(header)) if column not in meant]
    rest = [each for each in table.fields if each not in meant.values()]
    content = by_content(rest, silent, header, texts, codes_of(plan))
    return {
        **{each.name: column for column, each in meant.items()},
        **{each.name: found.column for each, found in content.items()},
    }


def _understood(file: Path, table: Table, wish: Wish, profiles: Profiles) -> Understood:
    """Return how a file is understood; one whose header nobody knows is read as it stands, for the person to say."""
    try:
        known = _told(file, table, wish, profiles)
    except PlannerError:
        if wish.profile:
            raise
        known = _unrecognised(file, table, wish, profiles)
    if not wish.settings:
        return known
    # What a person has chosen is no guess that could be doubted.
    return replace(known, dialect=replace(known.dialect, **wish.settings, doubt=""))  # type: ignore[arg-type] # each setting is of its field's type


def _told(file: Path, table: Table, wish: Wish, profiles: Profiles) -> Understood:
    sheet = wish.settings.get("sheet")
    if sheet or wish.profile == "":
        guess = workbook_dialect.detect(file, table, str(sheet)) if sheet else detect(file, table)
        return Understood((), guess, guess, wish.choice, None)
    profile = None if wish.profile is None else profiles.named(wish.profile)
    return understood(file, table, profiles, profile=profile, said=lambda _: wish.choice)


def _unrecognised(file: Path, table: Table, wish: Wish, profiles: Profiles) -> Understood:
    """Return a file as it stands, or as the profile for its header says."""
    dialect = _as_it_stands(file, wish)
    header = opened_source(file, dialect, table).header
    profile = profiles.for_header(header, table.name) if wish.profile is None else None
    if profile is not None:
        return understood(file, table, profiles, profile=profile, said=lambda _: wish.choice)
    # Nothing was guessed, so that a profile keeps all of it.
    return Understood(header, Dialect("", "", None, 0), dialect, wish.choice, None)


def _as_it_stands(file: Path, wish: Wish) -> Dialect:
    if not is_workbook(file):
        return plain_dialect(file)
    return Dialect("", "", None, 1, sheet=str(wish.settings.get("sheet") or sheets_of(file)[0]))
