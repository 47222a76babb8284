"""The profiles of a person: one JSON file each in the folder of preferences, found again by name or by header."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import platformdirs

from planner.errors import PlannerError
from planner.exchange.atomic import written
from planner.exchange.profile import LARGEST_BYTES, Profile, checked_name, fingerprint, read_profile, text_of
from planner.fields import folded

__all__ = ["Profile", "Profiles", "default_folder", "fingerprint", "read_file"]

SUFFIX: Final = ".json"
# More than anybody keeps; what else lies there is left alone.
_MOST: Final = 1_000
_NO_LETTERS: Final = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH: Final = 40
_DIGITS: Final = 8


def default_folder() -> Path:
    """Return the folder of this person's profiles; it need not be there yet."""
    return Path(platformdirs.user_config_dir("offtake", appauthor=False)) / "profiles"


def read_file(path: Path) -> Profile:
    """Read a profile from a file; PlannerError when it cannot be read or is none."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise PlannerError(
            f"{path} cannot be read: {error.strerror or error}. Choose a profile that is there and may be read."
        ) from error
    return read_profile(data, path.name)


class Profiles:
    """The profiles in one folder."""

    def __init__(self, folder: Path | None = None) -> None:
        """Take a folder, this person's own where none is given; nothing is read or made yet."""
        self.folder = folder or default_folder()

    def all(self) -> tuple[Profile, ...]:
        """Return the profiles by name; files that are none are left out, see `unreadable`."""
        return tuple(sorted((profile for _, profile in self._read()), key=lambda each: (folded(each.name), each.name)))

    def unreadable(self) -> tuple[str, ...]:
        """Return a sentence for each file of the folder that should be a profile and is none."""
        sentences = []
        for path in self._files():
            try:
                read_file(path)
            except PlannerError as error:
                sentences.append(str(error))
        return tuple(sentences)

    def named(self, name: str) -> Profile:
        """Return a profile by its name; PlannerError lists the names when there is none."""
        wanted = _same(name)
        profiles = self.all()
        found = next((profile for profile in profiles if _same(profile.name) == wanted), None)
        if found is not None:
            return found
        names = ", ".join(profile.name for profile in profiles)
        remedy = f"The profiles are {names}." if names else "No profile has been saved yet."
        raise PlannerError(f"There is no profile {name!r}. {remedy}")

    def for_header(self, header: Sequence[str], table: str) -> Profile | None:
        """Return the profile for files of a table with this header, of several the one saved last."""
        wanted = fingerprint(header)
        found = [(path, each) for path, each in self._read() if each.table == table and each.header == wanted]
        return max(found, key=lambda each: (each[0].stat().st_mtime_ns, each[1].name))[1] if found else None

    def save(self, profile: Profile) -> None:
        """Keep a profile, in the place of one of the same name; PlannerError when the folder cannot be written."""
        try:
            checked_name(profile.name)
        except ValueError as error:
            raise PlannerError(f"The profile cannot be saved: {error}. Choose another name.") from None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PlannerError(
                f"{self.folder} cannot be made: {error.strerror or error}. Profiles are kept there; make it by hand."
            ) from error
        self.export(profile, self._path(profile.name))

    def rename(self, name: str, new: str) -> Profile:
        """Give a profile another name; PlannerError when that is taken."""
        was = self.named(name)
        if _same(new) != _same(was.name) and self._path(new).exists():
            raise PlannerError(f"There is a profile {new!r} already; choose another name.")
        renamed = Profile(new, was.table, was.header, was.dialect, was.choice)
        self.save(renamed)
        if self._path(new) != self._path(was.name):
            self.delete(was.name)
        return renamed

    def delete(self, name: str) -> None:
        """Forget a profile; PlannerError when there is none of that name."""
        wanted = _same(self.named(name).name)
        for path, profile in list(self._read()):
            if _same(profile.name) == wanted:
                path.unlink(missing_ok=True)

    @staticmethod
    def export(profile: Profile, target: Path) -> None:
        """Write a profile to a file, for another person; PlannerError when it cannot be written."""
        with written(target, encoding="utf-8") as file:
            file.write(text_of(profile))

    def take_in(self, source: Path) -> Profile:
        """Keep the profile of a file that somebody sent; PlannerError when it is none, or another is called so."""
        profile = read_file(source)
        known = next((each for each in self.all() if _same(each.name) == _same(profile.name)), None)
        if known is not None and known != profile:
            raise PlannerError(f"There is another profile {profile.name!r} already; rename or delete that one first.")
        self.save(profile)
        return profile

    def _read(self) -> Iterator[tuple[Path, Profile]]:
        for path in self._files():
            try:
                yield path, read_file(path)
            except PlannerError:
                continue

    def _files(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return sorted(path for path in self.folder.glob(f"*{SUFFIX}") if path.is_file())[:_MOST]

    def _path(self, name: str) -> Path:
        """Return where a profile is kept: its name may hold what no file's name may."""
        same = _same(name)
        slug = _NO_LETTERS.sub("-", unicodedata.normalize("NFKD", same)).strip("-")[:_SLUG_LENGTH]
        digits = hashlib.sha256(same.encode("utf-8", "replace")).hexdigest()[:_DIGITS]
        return self.folder / f"{slug or 'profile'}-{digits}{SUFFIX}"


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).casefold()
