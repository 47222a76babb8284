"""Which encoding a text file is in, told from its bytes with bounded memory."""

import codecs
import unicodedata
from pathlib import Path
from typing import BinaryIO, Final

from planner.errors import PlannerError
from planner.exchange.guess import Guess
from planner.exchange.single_bytes import single_byte_encoding

# What a person can choose; a mark of byte order in a file of UTF-8 is no text in any case.
ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso8859-15", "mac_roman")
SAMPLE_BYTES: Final = 256 * 1024
_BLOCK_BYTES: Final = 1024 * 1024
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# A letter of Latin script in UTF-16 has one byte of zero: with a mark of byte order or without, every second byte.
_ZEROS_OF_UTF16: Final = 0.3
_ZEROS_OF_TEXT: Final = 0.05
# Control characters, and the bytes of a name that are no text in the encoding of the machine.
_NO_LETTERS: Final = frozenset({"Cc", "Cs"})


def opened(path: Path) -> BinaryIO:
    """Open a file for reading; PlannerError when that cannot be, or its name could be neither shown nor kept."""
    if any(unicodedata.category(letter) in _NO_LETTERS for letter in path.name):
        raise PlannerError(f"The name of the file {path.name!a} holds what is no letter; rename the file.")
    try:
        return path.open("rb")
    except OSError as error:
        reason = error.strerror or error
        raise PlannerError(f"{path} cannot be read: {reason}. Choose a file that is there and may be read.") from error


def read_sample(path: Path) -> tuple[bytes, bool]:
    """Return the first 256 KB of a file and whether that is all; PlannerError when it cannot be read as text."""
    with opened(path) as file:
        sample = file.read(SAMPLE_BYTES)
        whole = not file.read(1)
    if not sample.strip():
        raise PlannerError(f"{path.name} is empty; choose a file with a header row.")
    if sample.startswith(_WORKBOOKS):
        raise PlannerError(f"{path.name} is a workbook, not text; save it as CSV UTF-8 and import that file.")
    return sample, whole


def detect_encoding(path: Path, sample: bytes, *, whole: bool) -> Guess:
    """Return the Python name of the encoding: a form of UTF-8 or UTF-16, else the likeliest of one byte a letter."""
    for bom, encoding in _BOMS:
        if sample.startswith(bom):
            return Guess("encoding", encoding, 1.0, "the file begins with its mark")
    utf16 = _unmarked_utf16(sample)
    if utf16 is not None:
        return Guess("encoding", utf16, 0.95, "every second byte is zero")
    if sample.isascii() and not whole:
        sample, whole = _first_beyond_ascii(path)
    if sample.isascii():
        return Guess("encoding", "utf-8", 1.0, "it holds plain letters and figures only, which all encodings share")
    if _is_utf8(sample, whole=whole):
        return Guess(
            "encoding", "utf-8", 0.99, "its accents are well-formed UTF-8, which no other encoding is by chance"
        )
    if _is_utf8(sample, whole=whole, errors="surrogatepass"):
        # The import names the line: read in another encoding these halves would be letters that nobody wrote.
        return Guess("encoding", "utf-8", 0.9, "all but halves of characters is well-formed UTF-8")
    return single_byte_encoding(sample)


def _unmarked_utf16(sample: bytes) -> str | None:
    half = len(sample) / 2
    high, low = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if low > _ZEROS_OF_UTF16 and high < _ZEROS_OF_TEXT:
        return "utf-16-le"
    if high > _ZEROS_OF_UTF16 and low < _ZEROS_OF_TEXT:
        return "utf-16-be"
    return None


def _first_beyond_ascii(path: Path) -> tuple[bytes, bool]:
    """Return the first block with a byte beyond ASCII: the first accent may stand a million rows down."""
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            if not block.isascii():
                # What a block's end cuts in two is whole in what follows it.
                return block + file.read(4), False
    return b"", True


def _is_utf8(sample: bytes, *, whole: bool, errors: str = "strict") -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")(errors).decode(sample, final=whole)
    except UnicodeDecodeError:
        return False
    return True
