"""Questions proved over the cores that there are, with progress told meanwhile.

The rule: a process that the system ends takes its own question with it, and no other.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizcli.proof.progress import ProofProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizcli.proof.proving import Proof
    from quizcli.quiz.model import Question

    Work = Callable[..., Proof]


def spread(
    work: Work, questions: Sequence[Question], cores: int, tell: Callable[[str], object] | None,
    notice: Callable[[str], object],
) -> list[Proof | None]:  # fmt: skip
    """``work`` done on each question, in their order; None for one whose process the system ended,
    and once more when it was alone. ``tell`` is handed how far it is, ``notice`` what happened."""
    proofs: dict[int, Proof] = {}

    def left() -> dict[int, Question]:
        return {place: q for place, q in enumerate(questions) if place not in proofs}

    def show(far: ProofProgress) -> None:
        if tell and (waiting := left()):
            place, question = next(iter(waiting.items()))
            now = f"now {question.id}{far.told(place)} …"
            tell(f"\r\x1b[K{len(proofs)} of {len(questions)} proved, {now}")

    workers = min(len(questions), cores)
    if workers > 1:
        try:
            from quizcli.cli.processes import side_by_side

            side_by_side(work, left(), workers, show, proofs)
            if left():
                notice("the system stopped a process — its questions are proved again, one by one")
            for place, question in left().items():
                side_by_side(work, {place: question}, 1, show, proofs)
        except (ImportError, OSError):  # a system without what processes share
            workers = 1
    if workers == 1:
        for place, question in left().items():
            _here(work, place, question, show, proofs)
    if tell:
        tell("\r\x1b[K")
    return [proofs.get(place) for place in range(len(questions))]


def cores() -> int:
    """How many processes may run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _here(
    work: Work, place: int, question: Question, show: Callable[[ProofProgress], None],
    proofs: dict[int, Proof],
) -> None:  # fmt: skip
    far = ProofProgress([0] * (place + 1), [0] * (place + 1))

    def one_more(part: str) -> None:
        far.run(place, part)
        show(far)

    show(far)
    proofs[place] = work(question, tell=one_more)
