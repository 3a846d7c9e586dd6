"""A while of fuzzing one reader: guided by coverage where atheris is installed, else a plain loop.

What is found is counted once for each place that raises, and kept as a file with its traceback.
Seconds are of processor time, so that ten minutes mean as much on a machine that is busy.
"""

from __future__ import annotations

import os
import random
import sys
import time
import traceback
from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from types import CodeType, FrameType

    from tests.fuzz.readers import Reader

SLOW_SECONDS = 5.0  # for an input of a few kilobytes, while others work beside it
LONGEST = 6144  # bytes of an input: what is short is tried more often
# What readers make something of, wherever they stand.
TOKENS = (
    *(b"{} [] () <> :: -> == ~= ## %% ** __ $$ \\\\ -- ++ // && || .. ,, ;; '' \"\" `` |  ?? !!".split()),
    b"\0", b"\n", b"\r", b"\t", b"\x1b", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80",
    b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\xc2\x85", b"\xf0\x9f\x91\x8d", b"1e999", b"-0", b"1/0",
    b"9" * 40, b"9" * 5000, b"NaN", b"null", b"&lt;", b"&#x0;", b"&#1114112;", b"<![CDATA[", b"]]>",
    b"<!DOCTYPE", b"<!--", b"{}", b"[" * 200, b"(" * 200, b"{" * 200, b"<b>" * 200, b"$", b"\\frac",
)  # fmt: skip


class Findings:
    """Inputs that broke a promise, the first for each place; ``folder`` keeps them."""

    def __init__(self, read: Callable[[bytes], None], folder: Path) -> None:
        self._read, self.folder = read, folder
        self.count: Counter[str] = Counter()
        self.runs = 0
        self.slowest = 0.0

    def run(self, data: bytes) -> None:
        """Read once; what is raised is kept, and not raised again."""
        self.runs += 1
        begun = time.process_time()
        try:
            self._read(data)
        except Exception as error:
            self._keep(_place(error), data, "".join(traceback.format_exception(error)))
        took = time.process_time() - begun
        self.slowest = max(self.slowest, took)
        if took > SLOW_SECONDS:
            self._keep("slow", data, f"{took:.1f} s for {len(data)} bytes\n")

    def _keep(self, place: str, data: bytes, said: str) -> None:
        self.count[place] += 1
        if self.count[place] > 1:
            return
        name = blake2b(data, digest_size=6).hexdigest()
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{name}.input").write_bytes(data)
        (self.folder / f"{name}.txt").write_text(f"{place}\n{said}", encoding="utf-8")


def _place(error: BaseException) -> str:
    """The innermost line of ours, and what was raised there."""
    ours = [
        f"{frame.filename.rpartition('quizcli/')[2]}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if "quizcli/" in frame.filename or "/fuzz/readers" in frame.filename
    ]
    return f"{type(error).__name__} at {ours[-1] if ours else '?'}"


def mutants(known: list[bytes], chance: random.Random) -> Iterator[bytes]:
    """Inputs without end, each a known one with some bytes changed, lost, doubled or joined."""
    while True:
        data = bytearray(chance.choice(known))
        for _ in range(1 << chance.randrange(5)):
            at, n = chance.randrange(len(data) + 1), 1 << chance.randrange(8)
            match chance.randrange(7):
                case 0 if data:
                    data[min(at, len(data) - 1)] ^= 1 << chance.randrange(8)
                case 1:
                    del data[at : at + n]
                case 2:
                    data[at:at] = data[at : at + n]
                case 3 | 4:
                    data[at:at] = chance.choice(TOKENS)
                case 5:
                    other = chance.choice(known)
                    start = chance.randrange(len(other) + 1)
                    data[at : at + n] = other[start : start + n]
                case _:
                    data[at : at + 1] = bytes([chance.randrange(256)])
        yield bytes(data[:LONGEST])


def plain(found: Findings, known: list[bytes], seconds: float, seed: int) -> list[bytes]:
    """Mutate what is known for a while, blindly."""
    end = time.process_time() + seconds
    for data in known:
        found.run(data)
    for data in mutants(known, random.Random(seed)):
        if time.process_time() > end:
            break
        found.run(data)
    return known


def guided(
    found: Findings, corpus: Path, seconds: float, seed: int, done: Callable[[], None]
) -> None:
    """The same led by what is reached, which atheris learns; ``done`` is called at the end, since
    it never returns. New inputs that reach more are kept in ``corpus``."""
    import atheris  # type: ignore[import-not-found]

    end = time.process_time() + seconds

    def once(data: bytes) -> None:
        if time.process_time() > end:
            done()
            sys.stdout.flush()
            os._exit(1 if found.count else 0)
        found.run(data)

    tokens = corpus.with_name("tokens")
    lines = ("".join(f"\\x{byte:02x}" for byte in token) for token in TOKENS if len(token) < 64)
    tokens.write_text("".join(f'"{line}"\n' for line in lines), encoding="utf-8")
    options = [f"-seed={seed}", f"-max_len={LONGEST}", f"-dict={tokens}", "-timeout=60",
               "-rss_limit_mb=4096", "-verbosity=0", "-len_control=20"]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], once)
    atheris.Fuzz()


def reached(reader: Reader, inputs: Iterable[bytes]) -> tuple[int, int]:
    """How many lines of the reader's modules these inputs run through, of how many."""
    hit: set[tuple[str, int]] = set()

    def line(frame: FrameType, event: str, _: object) -> object:
        hit.add((frame.f_code.co_filename, frame.f_lineno))
        return line

    def call(frame: FrameType, event: str, _: object) -> object:
        name = frame.f_globals.get("__name__", "")
        return line(frame, event, _) if name.startswith(reader.rooms) else None

    kept = sys.gettrace()
    sys.settrace(call)  # type: ignore[arg-type]
    try:
        for data in inputs:
            try:
                reader.read(data)
            except Exception:
                continue
    finally:
        sys.settrace(kept)
    lines: set[tuple[str, int]] = set()
    for name, module in list(sys.modules.items()):
        if name.startswith(reader.rooms) and (file := getattr(module, "__file__", None)):
            with open(file, encoding="utf-8") as source:  # noqa: PTH123
                whole = compile(source.read(), file, "exec")
            for code in _functions(whole):
                lines |= {(file, n) for _, _, n in code.co_lines() if n and n > code.co_firstlineno}
    return len(hit & lines), len(lines)


def _functions(code: CodeType) -> Iterator[CodeType]:
    """The bodies of functions; what runs at import is run whatever is read."""
    for each in code.co_consts:
        if hasattr(each, "co_consts"):
            if each.co_flags & 0x2:  # has fast locals: a function, no class
                yield each
            yield from _functions(each)
