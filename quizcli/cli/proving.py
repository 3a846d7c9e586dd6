"""The proofs of a bank, spread over the cores that there are, with progress told meanwhile."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from quizcli.proof.prove_results import prove_result
from quizcli.proof.proving import prove, prove_honestly, questions_to_prove, seeds_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quizcli.cli.context import Context
    from quizcli.proof.proving import Proof
    from quizcli.quiz.model import Question
    from quizcli.report.result import Result

    Work = Callable[[Question], Proof]
    Mapped = Callable[[Work, Sequence[Question]], Iterator[Proof]]


def proved(
    context: Context, called: str, only: str | None, seeds: tuple[int, int], *, quick: bool,
    told: bool,
) -> Result:  # fmt: skip
    """The proofs of the bank that a person ``called``, or of ``only`` one question, under so many
    seeds from the first one on; ``told`` on stderr how far it is, at a terminal."""
    bank = context.shelf.open(called)
    questions, without = questions_to_prove(bank, only)
    under = seeds_from(*seeds)
    work: Work = partial(prove, seeds=under, bank=bank.id)
    if not quick:
        work = partial(prove_honestly, seeds=under, bank=bank.id, called=called)
    tell = context.env.stderr.write if told and context.env.interactive else None
    proofs = spread(work, questions, cores(), tell)
    return prove_result(bank, proofs, without, detailed=only is not None, called=called)


def spread(
    work: Work, questions: Sequence[Question], cores: int, tell: Callable[[str], object] | None
) -> list[Proof]:
    """``work`` done on each question, in their order, by as many processes as there are cores."""
    proofs: list[Proof] = []
    with _mapping(min(len(questions), cores)) as mapped:
        found = mapped(work, questions)
        for question in questions:
            if tell:
                tell(f"\r\x1b[K{len(proofs)} of {len(questions)} proved, now {question.id} …")
            proofs.append(next(found))
    if tell:
        tell("\r\x1b[K")
    return proofs


def cores() -> int:
    """How many processes may run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _mapping(workers: int) -> Iterator[Mapped]:
    pool = None
    if workers > 1:
        try:
            from multiprocessing import Pool

            pool = Pool(workers, _let_the_parent_end_it)
        except (ImportError, OSError):  # a system without what processes share
            pool = None
    if pool is None:
        yield map
        return
    with pool:  # whose end ends the processes, in the middle of their work as well
        yield pool.imap


def _let_the_parent_end_it() -> None:
    """Ctrl-C goes to all processes of a terminal: the parent's way out ends the others."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
