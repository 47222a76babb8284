"""Feeds the readers of files inputs that coverage leads, or random ones, and stops at the first that is not refused.

    pip install atheris         # for Linux alone, and so no dependency of the project
    python -m fuzz.read_any fuzz-corpus -max_total_time=480
    python -m fuzz.read_any --random 480 --seed 7         # without atheris

With atheris all other arguments are libFuzzer's; the folder keeps the inputs that reached something new, and the next
run begins with them. An input that fails is kept as `crash-…`, and tried again by naming it in place of the folder.
"""

import argparse
import importlib
import random
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

INSTRUMENTED: Final = ["planner.exchange", "planner.fields", "planner.units"]
_LONGEST: Final = 100_000


def main() -> None:
    """Run by the arguments of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0], add_help=False)
    parser.add_argument("--random", type=float, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    chosen, rest = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        if chosen.random is None:
            run_by_coverage(Path(folder), rest)
        else:
            run_at_random(Path(folder), chosen.random, chosen.seed)


def run_by_coverage(folder: Path, arguments: list[str]) -> None:
    """Hand over to libFuzzer, which ends the process."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=INSTRUMENTED):
        module = importlib.import_module("fuzz.target")
    target = module.Target(folder)
    seeds, words = folder / "seeds", folder / "words"
    seeds.mkdir()
    for seed in target.seeds():
        (seeds / sha256(seed).hexdigest()[:16]).write_bytes(seed)
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in module.WORDS), encoding="ascii")
    for kept in (Path(each) for each in arguments if not each.startswith("-")):
        if not kept.is_file():
            kept.mkdir(parents=True, exist_ok=True)
    tried_alone = any(Path(each).is_file() for each in arguments)
    given = [] if tried_alone else [str(seeds), f"-dict={words}", f"-max_len={_LONGEST}", "-timeout=60"]
    _quiet()
    atheris.Setup([sys.argv[0], *arguments, *given], target.try_on)
    atheris.Fuzz()


def run_at_random(folder: Path, seconds: float, seed: int) -> None:
    """Try changed seeds until the time is over; the input that fails is kept, and its error raised."""
    module = importlib.import_module("fuzz.target")
    target = module.Target(folder)
    seeds = list(target.seeds())
    _quiet()
    print(f"seed {seed}, {len(seeds)} files to begin with", flush=True)
    chance, end, count = random.Random(seed), time.monotonic() + seconds, 0  # noqa: S311 - a seed that is told, no secret
    while time.monotonic() < end:
        data = changed(chance, chance.choice(seeds), module.WORDS)
        _kept_where_it_fails(target.try_on, data)
        count += 1
    print(f"{count} inputs: each gave a preview or a sentence")


def changed(chance: random.Random, data: bytes, words: tuple[str, ...]) -> bytes:
    """Return an input with up to eight changes: bytes that are others, gone, or come twice, and words put in."""
    made = bytearray(data[:_LONGEST])
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(made) + 1)
        end = min(len(made), at + chance.choice((1, 1, 2, 8, 64)))
        match chance.randrange(5):
            case 0:
                made[at:end] = chance.randbytes(end - at)
            case 1:
                del made[at:end]
            case 2:
                made[at:at] = made[at:end] * chance.choice((1, 1, 2, 100))
            case 3:
                made[at:end] = chance.choice(words).encode()
            case _:
                made[at:at] = chance.choice(words).encode(chance.choice(("utf-8", "utf-8", "utf-16-le")))
    return bytes(made)


def _kept_where_it_fails(step: Callable[[bytes], Any], data: bytes) -> None:
    try:
        step(data)
    except BaseException:
        path = Path(f"crash-{sha256(data).hexdigest()[:16]}")
        path.write_bytes(data)
        print(f"kept as {path}")
        raise


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


def _quiet() -> None:
    # What the libraries warn of in broken files is told in a sentence, or is no matter.
    warnings.simplefilter("ignore")


if __name__ == "__main__":
    main()
