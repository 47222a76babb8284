"""What a person says of a file's columns on the command line, and the profiles that remember it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Final

import click

from planner.cli.group import AS_JSON, DONE, answer, table_of
from planner.errors import PlannerError
from planner.exchange.mapping import LEFT_OUT, Mapping, MappingChoice
from planner.exchange.profile import Profile
from planner.exchange.profiles import SUFFIX, Profiles, read_file
from planner.exchange.understood import Understood, understood
from planner.fields import folded
from planner.model import Table

Pairs = tuple[tuple[str, str], ...]
_LISTED: Final = 20


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was said of a file: a profile by name or file, the name to keep it by, columns, constants and lookups."""

    profile: str | None
    save_as: str | None
    columns: Pairs
    constants: Pairs
    lookups: Pairs

    def understood(self, file: Path, table: Table, sheet: str = "") -> Understood:
        """Return how a file is understood; what is to be kept is saved before a row is read, and no failure loses it.

        PlannerError when a name is none of the profiles, of the fields or of the headings.
        """
        profiles = Profiles()
        profile = None if self.profile is None else named_or_read(profiles, self.profile)
        found = understood(
            file, table, profiles, profile=profile, said=lambda header: self._said(header, file.name), sheet=sheet
        )
        self.keep(found, table)
        return found

    def check_none(self) -> None:
        """PlannerError when anything was said: it would be of one file, and there are several."""
        if self.profile or self.save_as or self.columns or self.constants or self.lookups:
            raise PlannerError(
                "--all brings in every table: --profile, --save-profile, --set, --column and --lookup are for one FILE."
            )

    def keep(self, found: Understood, table: Table, mapping: Mapping | None = None) -> None:
        """Save how a file was understood, where that was asked for; with the columns that the import found."""
        if self.save_as is not None:
            Profiles().save(found.as_profile(self.save_as, table, mapping))

    def _said(self, header: Sequence[str], file_name: str) -> MappingChoice:
        columns = {field: _column(field, heading, header, file_name) for field, heading in self.columns}
        return MappingChoice(columns, dict(self.constants), dict(self.lookups))


def mapping_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options of what a person says of a file, which it takes as `wishes`."""

    @click.option("--profile", metavar="NAME|FILE.json", help="Read the file as this profile says.")
    @click.option("--save-profile", metavar="NAME", help="Keep how the file is read, for files with the same header.")
    @click.option("--set", "constants", **_pairs("FIELD=VALUE", "The value of a field that has no column."))
    @click.option(
        "--column", "columns", **_pairs("FIELD=HEADING", "The column that holds a field; without HEADING, none.")
    )
    @click.option("--lookup", "lookups", **_pairs("TEXT=CODE", "The code that a text of the file stands for."))
    @wraps(command)
    def with_wishes(
        *args: object,
        profile: str | None,
        save_profile: str | None,
        constants: Pairs,
        columns: Pairs,
        lookups: Pairs,
        **others: object,
    ) -> int:
        wishes = Wishes(profile, save_profile, columns, constants, lookups)
        return command(*args, wishes=wishes, **others)

    return with_wishes


def named_or_read(profiles: Profiles, name: str) -> Profile:
    """Return the profile of a name, or of a file whose name ends in .json; PlannerError when there is none."""
    return read_file(Path(name)) if name.endswith(SUFFIX) else profiles.named(name)


def _pairs(metavar: str, help: str) -> dict[str, Any]:  # noqa: A002 - click's own word
    return {"metavar": metavar, "help": f"{help} May be given again.", "multiple": True, "callback": _split}


def _split(_: click.Context, option: click.Parameter, given: tuple[str, ...]) -> Pairs:
    for text in given:
        if not text.partition("=")[0].strip() or "=" not in text:
            raise PlannerError(f"{option.opts[0]} {text} has no sign of equality; write {option.metavar}.")
    return tuple((left.strip(), right.strip()) for left, _, right in (text.partition("=") for text in given))


def _column(field: str, heading: str, header: Sequence[str], file_name: str) -> int:
    if not heading:
        return LEFT_OUT
    for same in (str.strip, folded):
        places = [place for place, text in enumerate(header) if same(text) == same(heading)]
        if len(places) == 1:
            return places[0]
    listed = ", ".join(repr(text) for text in header[:_LISTED] if text.strip())
    raise PlannerError(f"{file_name} has no one column {heading!r} for {field}; its columns are {listed}.")


@click.command()
@click.option("--export", "exported", metavar="NAME", help="Write a profile to --to FILE.json, for another person.")
@click.option("--to", "target", type=click.Path(path_type=Path), help="Where --export writes.")
@click.option("--import", "source", type=click.Path(path_type=Path), help="Keep the profile of a file.")
@click.option("--rename", "renamed", nargs=2, metavar="NAME NEW", help="Give a profile another name.")
@click.option("--delete", "deleted", metavar="NAME", help="Forget a profile.")
@AS_JSON
def profiles(  # noqa: PLR0913 - one parameter for each option
    *,
    exported: str | None,
    target: Path | None,
    source: Path | None,
    renamed: tuple[str, str] | None,
    deleted: str | None,
    as_json: bool,
) -> int:
    """List the profiles: how files with a known header are read. Or export, take in, rename or delete one."""
    kept = Profiles()
    if sum(map(bool, (exported, source, renamed, deleted))) > 1:
        raise PlannerError("Do one thing at a time: --export, --import, --rename or --delete.")
    if bool(exported) != bool(target):
        raise PlannerError("Name both the profile to --export and the file --to which it is written.")
    if exported and target:
        kept.export(kept.named(exported), target)
        return _done(f"Wrote the profile {exported} to {target}.", as_json=as_json)
    if source:
        return _done(f"The profile {kept.take_in(source).name} is kept.", as_json=as_json)
    if renamed:
        return _done(f"The profile {renamed[0]} is called {kept.rename(*renamed).name} now.", as_json=as_json)
    if deleted:
        kept.delete(deleted)
        return _done(f"The profile {deleted} is forgotten.", as_json=as_json)
    return _listed(kept, as_json=as_json)


def _done(sentence: str, *, as_json: bool) -> int:
    if as_json:
        answer({"done": sentence})
    else:
        click.echo(sentence)
    return DONE


def _listed(kept: Profiles, *, as_json: bool) -> int:
    every, broken = kept.all(), kept.unreadable()
    if as_json:
        answer({"folder": str(kept.folder), "profiles": [_described(each) for each in every], "unreadable": broken})
        return DONE
    heading = ("profile", "table", "columns", "set", "lookups")
    rows = [
        (each.name, each.table, str(len(each.choice.columns)), _set(each.choice), str(len(each.choice.lookups)))
        for each in every
    ]
    click.echo(table_of([heading, *rows], frozenset({2, 4})) if rows else "No profile has been saved yet.")
    for sentence in broken:
        click.echo(sentence, err=True)
    return DONE


def _set(choice: MappingChoice) -> str:
    return ", ".join(f"{name}={text}" for name, text in choice.constants.items())


def _described(profile: Profile) -> dict[str, object]:
    choice = profile.choice
    return {
        "name": profile.name,
        "table": profile.table,
        "header": profile.header,
        "dialect": dict(profile.dialect),
        "columns": dict(choice.columns),
        "constants": dict(choice.constants),
        "lookups": dict(choice.lookups),
    }
