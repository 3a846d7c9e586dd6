"""Questions proved side by side, each by a process that may be ended without harm to this one.

Imported where there is more than one core: not every system has what processes share.
"""

from __future__ import annotations

import signal
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import active_children
from multiprocessing.sharedctypes import RawArray
from typing import TYPE_CHECKING

from quizcli.proof.progress import ProofProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from quizcli.proof.proving import Proof
    from quizcli.quiz.model import Question

LOOK = 0.1  # seconds between two looks at how far they are
_far: list[ProofProgress] = []  # in a process that proves: what it shares with its parent


def side_by_side(
    work: Callable[..., Proof], left: Mapping[int, Question], workers: int,
    show: Callable[[ProofProgress], None], proofs: dict[int, Proof],
) -> None:  # fmt: skip
    """``work`` done on what is ``left``; the ``proofs`` of those whose process the system ended
    are missing then. Raises what ``work`` does, and OSError where there can be no processes."""
    size = max(left) + 1
    far = ProofProgress(RawArray("q", size), RawArray("q", size))
    with _pool(workers, far) as pool:
        running = {}
        with suppress(BrokenProcessPool):
            for place, question in left.items():
                running[pool.submit(_one, work, place, question)] = place
        while running:
            show(far)
            for future in wait(running, LOOK, FIRST_COMPLETED).done:
                place = running.pop(future)
                with suppress(BrokenProcessPool):
                    proofs[place] = future.result()


@contextmanager
def _pool(workers: int, far: ProofProgress) -> Iterator[ProcessPoolExecutor]:
    before = {*active_children()}
    try:
        pool = ProcessPoolExecutor(workers, initializer=_begin, initargs=(far,))
    except NotImplementedError as error:  # too few semaphores
        raise OSError(str(error)) from None
    try:
        yield pool
    finally:  # whose end ends the processes, in the middle of their work as well
        for process in {*active_children()} - before:
            process.terminate()
        pool.shutdown(cancel_futures=True)


def _begin(far: ProofProgress) -> None:
    """Ctrl-C goes to all processes of a terminal: the parent's way out ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _far.append(far)


def _one(work: Callable[..., Proof], place: int, question: Question) -> Proof:
    return work(question, tell=partial(_far[0].run, place))
