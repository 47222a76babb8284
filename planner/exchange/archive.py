"""The parts of a zip archive that a stranger made: sizes told before they are read, and held to while they are."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from planner.errors import PlannerError

_MOST_PARTS: Final = 5_000
_MOST_BYTES: Final = 2_000_000_000
# Sheets of the same few rows over and over are packed to a fiftieth, a bomb to a thousandth.
_MOST_RATIO: Final = 200
_MOST_HELD: Final = 300_000_000
_RATIO_FROM: Final = 20_000_000
_BLOCK_BYTES: Final = 256 * 1024
_HEAD_BYTES: Final = 64 * 1024
_ENCRYPTED: Final = 0x1
_LOCAL_HEADER: Final = 30
_END: Final = b"PK\x05\x06"
_END_BYTES: Final = 22
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Archive:
    """An open archive whose directory is sound; its parts are read in blocks, never beyond what the directory tells."""

    name: str
    file: BinaryIO
    parts: dict[str, zipfile.ZipInfo]

    def blocks(self, part: str) -> Iterator[bytes]:
        """Inflate a part block by block; PlannerError where it is broken or larger than it says."""
        info = self.parts[part]
        left, told = info.compress_size, info.file_size
        self.file.seek(self._start_of(info))
        inflate = zlib.decompressobj(-zlib.MAX_WBITS) if info.compress_type == zipfile.ZIP_DEFLATED else None
        while left and (data := self.file.read(min(left, _BLOCK_BYTES))):
            left -= len(data)
            at = self.file.tell()
            for block in _inflated(inflate, data, self.name) if inflate else (data,):
                told -= len(block)
                if told < 0:
                    raise PlannerError(f"{self.name} is not a sound workbook: {_shown(part)} is larger than it says.")
                yield block
            # Another part may have been read meanwhile.
            self.file.seek(at)
        if inflate and (rest := inflate.flush()):
            yield rest

    def head(self, part: str) -> bytes:
        """Return the first 64 KB of a part."""
        found = b""
        for block in self.blocks(part):
            found += block
            if len(found) >= _HEAD_BYTES:
                break
        return found[:_HEAD_BYTES]

    def whole(self, part: str) -> bytes:
        """Return all of a part; PlannerError when it is too large to be held."""
        size = self.parts[part].file_size
        if size > _MOST_HELD:
            raise PlannerError(
                f"{self.name} holds {size / 1e6:,.0f} MB of texts; divide it, or save the sheet as CSV UTF-8."
            )
        return b"".join(self.blocks(part))

    def _start_of(self, info: zipfile.ZipInfo) -> int:
        # Before the beginning, where a directory tells too large a size of itself.
        self.file.seek(max(0, info.header_offset))
        header = self.file.read(_LOCAL_HEADER)
        if info.header_offset < 0 or len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
            raise broken_workbook(self.name)
        lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        return info.header_offset + _LOCAL_HEADER + lengths


def checked_archive(name: str, content: bytes) -> Archive:
    """Check the directory of an archive and the head of each part; PlannerError names what is wrong."""
    file = io.BytesIO(content)
    try:
        with zipfile.ZipFile(file) as directory:
            infos = directory.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, OSError) as error:
        raise broken_workbook(name) from error
    _check_directory(name, file, infos)
    archive = Archive(name, file, {info.filename: info for info in infos})
    _check_heads(archive)
    return archive


def _check_directory(name: str, file: BinaryIO, infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > _MOST_PARTS:
        raise PlannerError(f"{name} has {len(infos):,} parts, and a workbook has far fewer; save it again.")
    total = sum(info.file_size for info in infos)
    if total > _MOST_BYTES:
        raise PlannerError(
            f"{name} unpacks to {total / 1e9:.1f} GB, and at most {_MOST_BYTES / 1e9:.0f} GB are read; divide it, or"
            " save the sheet as CSV UTF-8."
        )
    for info in infos:
        _check_part(name, info)
    if len({info.filename for info in infos}) < len(infos):
        raise PlannerError(f"{name} is not a sound workbook: two of its parts have one name. Save it again.")
    # Two programs may find two directories in a file that has several: only the one at its very end is taken.
    file.seek(-_END_BYTES, 2)
    if file.read(len(_END)) != _END:
        raise PlannerError(f"{name} is not a sound workbook: something follows its end. Save it again.")


def _check_part(name: str, info: zipfile.ZipInfo) -> None:
    part = _shown(info.filename)
    if ".." in info.filename.replace("\\", "/").split("/") or info.filename.startswith(("/", "\\")):
        raise PlannerError(f"{name} is not a sound workbook: the name of its part {part} leads out of it.")
    if info.flag_bits & _ENCRYPTED:
        raise protected_workbook(name)
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise PlannerError(f"{name} is packed in an unusual way; save it again as .xlsx.")
    if info.file_size > _RATIO_FROM and info.file_size > _MOST_RATIO * info.compress_size:
        raise PlannerError(
            f"{name} is not a sound workbook: {part} unpacks to {info.file_size / 1e6:,.0f} MB, over {_MOST_RATIO}"
            " times its size. Save it again, or save the sheet as CSV UTF-8."
        )


def _check_heads(archive: Archive) -> None:
    for part in archive.parts:
        if part.lower().endswith((".xml", ".rels")):
            # What is not written in UTF-8 has a zero beside each letter.
            head = archive.head(part).replace(b"\0", b"")
            if _DOCTYPE.search(head):
                raise PlannerError(
                    f"{archive.name} is not a sound workbook: {_shown(part)} declares entities of its own, as no"
                    " spreadsheet program does. Save it again."
                )


def _inflated(inflate: "zlib._Decompress", data: bytes, name: str) -> Iterator[bytes]:
    try:
        while data and not inflate.eof:
            yield inflate.decompress(data, _BLOCK_BYTES)
            data = inflate.unconsumed_tail
    except zlib.error as error:
        raise broken_workbook(name) from error


def broken_workbook(name: str) -> PlannerError:
    """Return the error of a file that no program can read as a workbook."""
    return PlannerError(
        f"{name} is a workbook that is broken or cut short; open it in a spreadsheet program, save it and try again."
    )


def protected_workbook(name: str) -> PlannerError:
    """Return the error of a workbook that opens with a password alone."""
    return PlannerError(f"{name} is protected by a password; save it without one and try again.")


def _shown(part: str) -> str:
    return repr(part[-60:])
