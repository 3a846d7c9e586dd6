"""The proofs of a bank: what ``bank prove`` prints, and what its page is made of."""

from __future__ import annotations

from functools import partial
from time import perf_counter, process_time
from typing import TYPE_CHECKING, NamedTuple

from quizcli.cli.naming import named_question
from quizcli.cli.spreading import cores, spread
from quizcli.proof.prove_results import prove_result
from quizcli.proof.proving import Proof, prove, prove_honestly, questions_to_prove, seeds_from

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.cli.context import Context
    from quizcli.quiz.model import Bank, Question
    from quizcli.report.result import Result


class BankProofs(NamedTuple):
    """What was found of a bank, or of ``only`` one of its questions, under so many seeds from the
    first one on; ``called`` is the bank as a person calls it, ``without`` are the ids of questions
    that have no experiment."""

    bank: Bank
    called: str
    only: str | None
    seeds: range
    proofs: list[Proof]
    without: list[str]

    def result(self) -> Result:
        """What is printed."""
        detailed = self.only is not None
        return prove_result(
            self.bank, self.proofs, self.without, detailed=detailed, called=self.called
        )


def proved(
    context: Context, called: str, only: str | None, seeds: tuple[int, int], *, quick: bool,
    told: bool,
) -> BankProofs:  # fmt: skip
    """The proofs of the bank that a person ``called``; ``told`` on stderr how far it is, at a
    terminal. ``seeds`` are the first one and how many."""
    bank = context.named_bank(called)
    only = only and named_question(bank, only).id
    questions, without = questions_to_prove(bank, only)
    under = seeds_from(*seeds)
    how: Callable[..., Proof] = prove if quick else partial(prove_honestly, called=called)
    work = partial(how, seeds=under, bank=bank.id, clock=_clocks)
    tell = context.env.stderr.write if told and context.env.interactive else None
    found = spread(work, questions, cores(), tell, context.notice)
    proofs = [proof or _lost(q, under) for q, proof in zip(questions, found, strict=True)]
    return BankProofs(bank, called, only, under, proofs, without)


def _clocks() -> tuple[float, float]:
    return process_time(), perf_counter()


def _lost(question: Question, seeds: range) -> Proof:
    demo = question.demo.name if question.demo else ""
    return Proof(question.id, demo, len(seeds), (), (), _ENDED)


_ENDED = "the system stopped the process that ran its experiment, perhaps because memory ran out"
