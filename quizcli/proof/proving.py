"""Verdicts against the key, seed by seed. Comparing is all that happens here."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizcli.demos import declared, registry
from quizcli.demos.evidence import DemoError, Verdict
from quizcli.demos.running import MAX_SEED
from quizcli.proof.inquiry import NEEDED
from quizcli.proof.subject import of_question
from quizcli.quiz.cards import quizzed
from quizcli.quiz.drawing import draw, drawn
from quizcli.quiz.kinds import kind_of
from quizcli.report.codes import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quizcli.demos.evidence import Claim, Evidence, Finding, Measurement, Parameters
    from quizcli.proof.inquiry import Check
    from quizcli.proof.subject import Subject
    from quizcli.quiz.model import Bank, Option, Question

    Tell = Callable[[str], object]  # is handed the part of a proof that the next run belongs to
    Clock = Callable[[], tuple[float, float]]  # of the processor, and the one on the wall

KEY = "key"  # the part of a proof that is no check of honesty
USUAL_SEED = 1  # under which a question has its usual numbers


@dataclass(frozen=True, slots=True)
class ProvedOption:
    """One option over all seeds: its commonest verdict, and the figure in the middle, of those
    under which the question is asked as under the first one."""

    id: str
    correct: bool
    verdict: Verdict
    figure: Measurement
    agreed: int


@dataclass(frozen=True, slots=True)
class Proof:
    """One question over all seeds: those that are ``failing`` do not single out its key.
    ``error`` says why the experiment could not be run; ``honesty`` are the checks of it. A run
    took ``seconds`` of the processor at least, and ``wall`` by the clock on the wall; None where no
    more than the first one is known, which loads NumPy."""

    question: str
    demo: str
    seeds: int
    failing: tuple[int, ...]
    options: tuple[ProvedOption, ...]
    error: str = ""
    honesty: tuple[Check, ...] = ()
    seconds: float | None = None
    wall: float | None = None

    @property
    def agreed(self) -> int:
        """How many seeds single out exactly the key."""
        return 0 if self.error else self.seeds - len(self.failing)

    @property
    def agrees(self) -> bool:
        """Whether the experiment singles out exactly the key."""
        return not self.error and not self.mismatch and self.agreed >= NEEDED * self.seeds

    @property
    def mismatch(self) -> tuple[str, ...]:
        """The options whose verdict is not what the key says."""
        return tuple(option.id for option in self.options if option.agreed < NEEDED * self.seeds)

    @property
    def suspect(self) -> tuple[str, ...]:
        """The checks of honesty that found something."""
        return tuple(check.name for check in self.honesty if check.faults)


def prove(
    question: Question, seeds: Sequence[int], bank: str = "", tell: Tell = str,
    clock: Clock | None = None,
) -> Proof:  # fmt: skip
    """Run the question's experiment under each seed, with its numbers there as in the ``bank`` with
    this id, and compare with the key. The ``clock`` tells what a run takes."""
    demo = question.demo.name if question.demo else ""
    runs: list[tuple[Finding, ...]] = []
    sides: list[tuple[Option, ...]] = []
    subjects: list[Subject] = []
    took: list[tuple[float, float]] = []
    try:
        for seed in seeds:
            asked = asked_under(question, seed, bank)
            sides.append(kind_of(question).sides(asked))
            subjects.append(of_question(asked))
            tell(KEY)
            begun = clock() if clock else (0, 0)
            runs.append(subjects[-1].measure(seed).findings)
            if clock:
                ended = clock()
                took.append((ended[0] - begun[0], ended[1] - begun[1]))
    except (DemoError, ValueError) as error:  # an experiment, or a draw that cannot be
        return Proof(question.id, demo, len(seeds), (), (), str(error))
    agrees = [
        [finding.verdict is expected(side) for side, finding in zip(each, found, strict=True)]
        for each, found in zip(sides, runs, strict=True)
    ]
    # Where numbers are drawn, other seeds ask something else: their figures are of other things.
    alike = [run for run, each in zip(runs, subjects, strict=True) if each == subjects[0]]
    options = tuple(
        ProvedOption(
            id=side.id,
            correct=side.correct,
            verdict=Counter(found[i].verdict for found in runs).most_common(1)[0][0],
            figure=middle([found[i] for found in alike]),
            agreed=sum(agreed[i] for agreed in agrees),
        )
        for i, side in enumerate(sides[0])
    )
    failing = tuple(seed for seed, each in zip(seeds, agrees, strict=True) if not all(each))
    seconds, wall = (min((each[i] for each in took[1:]), default=None) for i in (0, 1))
    return Proof(question.id, demo, len(seeds), failing, options, seconds=seconds, wall=wall)


def asked_under(question: Question, seed: int, bank: str) -> Question:
    """The question with the numbers that it is measured with under a seed. They follow from the
    seed alone, so that one of many under which the key is not right can be looked at by itself."""
    return drawn(question, draw(question, seed, bank, vary=seed != USUAL_SEED))


def prove_honestly(
    question: Question, seeds: Sequence[int], bank: str, called: str, tell: Tell = str,
    clock: Clock | None = None,
) -> Proof:  # fmt: skip
    """The key, and beside it whether the experiment behind it is a measurement; ``called`` is the
    bank as a person calls it."""
    from quizcli.proof.honesty import CHECKS, honesty

    proof = prove(question, seeds, bank, tell, clock)
    if proof.error:
        return proof
    subject, names = of_question(question), tuple(CHECKS)
    checks: tuple[Check, ...] = ()

    def told(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
        tell(names[len(checks)])
        return subject.experiment.run(claims, seed, parameters)

    watched = replace(subject, experiment=replace(subject.experiment, run=told))
    for check in honesty(watched, seeds, f"{called}/{question.id}"):
        checks = (*checks, check)
    return replace(proof, honesty=checks)


def questions_to_prove(bank: Bank, only: str | None) -> tuple[list[Question], list[str]]:
    """The questions of a bank, or ``only`` the one with this id, with an experiment; and the ids of
    those without. Raises UserError where no program grades any."""
    chosen = [question for question in quizzed(bank) if only in {None, question.id}]
    if not chosen:
        what = "contains only flashcards" if only is None else f"'{only}' is a flashcard"
        raise UserError(f"{bank.id}: {what} — flashcards make no claim that can be measured")
    without = [question.id for question in chosen if question.demo is None]
    return [question for question in chosen if question.demo], without


def seeds_from(first: int, number: int) -> range:
    """So many seeds in a row. Raises UserError where they are too large for a seed."""
    if first + number - 1 > MAX_SEED:
        raise UserError(f"the largest seed is {MAX_SEED} — give --from {MAX_SEED - number + 1}")
    return range(first, first + number)


def expected(option: Option) -> Verdict:
    """The verdict that the key stands for."""
    return Verdict.HOLDS if option.correct else Verdict.REFUTED


def measured(findings: Sequence[Finding]) -> list[Measurement]:
    """The figures of one side over many seeds, in order; the one in the middle stands for them."""
    numbers = [f.figure for f in findings if not math.isnan(f.figure.value)]
    return sorted(numbers, key=lambda figure: figure.value)


def middle(findings: Sequence[Finding]) -> Measurement:
    """The figure that stands for one side over many seeds; the first where none is a number."""
    figures = measured(findings) or [findings[0].figure]
    return figures[len(figures) // 2]


def demo_faults(
    name: str, parameters: Parameters, claims: Mapping[str, Claim]
) -> list[tuple[str, str, str]]:
    """What the laboratory does not understand of a question: (option id or "", what, fix)."""
    try:
        experiment = registry.get(name)
    except DemoError as error:
        faults = [("", error.problem)]
    else:
        faults = [("", problem) for problem in declared.knob_faults(experiment, parameters)]
        for option, claim in claims.items():
            faults += [(option, problem) for problem in declared.claim_faults(experiment, claim)]
    return [(id, what, fix or f"see quizcli demo {name}") for id, (what, fix) in faults]
