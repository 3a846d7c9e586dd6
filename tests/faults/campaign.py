"""So many faults of every kind, each from its own number under one seed, which replays the run."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults import damage
from tests.faults.clocks import clock_jumps
from tests.faults.damage import damaged, lived
from tests.faults.outcome import Fault
from tests.faults.processes import (
    closed,
    crowd,
    killed,
    limited,
    read_only,
    refused_call,
    signalled,
)
from tests.support.program import hear_signals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SEED = "FAULTS_SEED"  # the variable that replays a run


@cache
def whole() -> Path:
    """A journal that was lived with, made once in a process, since it takes the longest."""
    folder = Path(tempfile.mkdtemp(prefix="quizcli-lived-"))
    Finalize(None, shutil.rmtree, (folder, True), exitpriority=0)  # in a worker as well
    return lived(folder)


def _damaged(chance: random.Random, home: Path, way: Callable[[random.Random, Path], str]) -> Fault:
    return damaged(chance, home, whole(), way)


# What of a hundred faults is of which kind. Windows has its own ways to end a process.
KINDS: dict[str, tuple[int, Callable[[random.Random, Path], Fault]]] = {
    "damaged bytes": (7, partial(_damaged, way=damage.bytes_changed)),
    "damaged pages": (7, partial(_damaged, way=damage.pages_changed)),
    "damaged schema": (4, partial(_damaged, way=damage.schema_changed)),
    "damaged rows": (7, partial(_damaged, way=damage.rows_changed)),
    "beside": (4, partial(_damaged, way=damage.beside)),
    "clock": (10, clock_jumps),
    "kill": (12, killed),
}
if sys.platform != "win32":
    from tests.faults.terminals import at_a_terminal

    KINDS |= {
        "signal": (21, signalled), "refused call": (10, refused_call), "full disk": (6, limited),
        "read-only": (3, read_only), "closed stream": (6, closed), "crowd": (4, crowd),
        "terminal": (9, at_a_terminal),
    }  # fmt: skip


def kinds(seed: int, count: int) -> list[str]:
    """The kind of each fault: one of each, then as often as its share says."""
    chance = random.Random(seed)
    shares = [share for share, _ in KINDS.values()]
    return [*KINDS, *chance.choices(list(KINDS), shares, k=max(0, count - len(KINDS)))][:count]


def fault(seed: int, number: int, kind: str) -> Fault:
    """The ``number``-th fault of a run, in a home of its own."""
    hear_signals()  # else those that are sent do nothing where this runs in the background
    home = Path(tempfile.mkdtemp(prefix="quizcli-fault-"))
    try:
        found = KINDS[kind][1](random.Random(f"{seed}/{number}"), home)
    except Exception as error:
        found = Fault(kind, "the check itself", 0, (f"error: {type(error).__name__}: {error}",))
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return found._replace(kind=kind, what=f"{number}: {found.what}")


def faults(seed: int, count: int, workers: int) -> Iterator[Fault]:
    """All faults of a run, in their order."""
    numbered = list(enumerate(kinds(seed, count)))
    if workers < 2:
        yield from (fault(seed, number, kind) for number, kind in numbered)
        return
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=fresh) as pool:
        numbers, named = zip(*numbered, strict=True)
        yield from pool.map(partial(fault, seed), numbers, named)


def table(seed: int, found: Sequence[Fault]) -> str:
    """How many of each kind there were, what was acknowledged, how they ended, what was wrong."""
    lines = [f"{SEED}={seed} python -m tests.faults --count {len(found)}"]
    for kind in KINDS:
        of = [each for each in found if each.kind == kind]
        ends = Counter(each.code for each in of if each.code is not None)
        codes = ", ".join(f"{n} × {code}" for code, n in sorted(ends.items()))
        told = sum(each.acknowledged for each in of)
        wrong = sum(bool(each.problems) for each in of)
        lines.append(
            f"{kind:>14} {len(of):5} faults {told:5} acknowledged {wrong:3} wrong  {codes}"
        )
    problems = Counter(said.partition(":")[0] for each in found for said in each.problems)
    never = ("lost", "traceback", "raw", "hang")
    counted = [f"{problems.pop(name, 0)} {name}" for name in never]
    counted += [f"{n} {name}" for name, n in problems.items()]
    told = sum(each.acknowledged for each in found)
    lines.append(f"{len(found)} faults, {told} answers acknowledged: {', '.join(counted)}")
    for each in found:
        lines += [f"  {each.kind}, {each.what} — {said}" for said in each.problems]
    return "\n".join(lines)


def seed_of_run() -> int:
    """That of the environment, or a new one."""
    return int(os.environ.get(SEED) or random.randrange(1, 2**31))
