"""What an experiment is run on: a question with its options, or its own claims.

The key never enters the laboratory. Options are shuffled, their claims alone are handed in, and
the findings that come back are joined to the options by position.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from quizcli.demos import declared, registry
from quizcli.demos.evidence import DemoError
from quizcli.demos.running import run
from quizcli.quiz.drawing import usual
from quizcli.quiz.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.evidence import Claim, Evidence, Experiment, Value
    from quizcli.quiz.model import Option, Question


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the matter: an option with its claim, or a claim alone."""

    id: str
    text: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class Subject:
    """An experiment with the sides it judges. ``given`` are the knobs that the question sets;
    ``texts`` are all its texts, which decide together how formulas are written."""

    experiment: Experiment
    sides: tuple[Side, ...]
    given: Mapping[str, Value]
    question: str = ""
    texts: tuple[str, ...] = ()

    def measure(self, seed: int, turned: Mapping[str, Value] | None = None) -> Evidence:
        """The evidence of one run, with its findings in the order of the sides.

        ``turned`` are knobs laid over those of the question. Raises DemoError.
        """
        order = sorted(range(len(self.sides)), key=lambda i: Random(f"{seed}/{i}").random())
        claims = [self.sides[i].claim for i in order]
        evidence = run(self.experiment, claims, seed, {**self.given, **(turned or {})})
        found = dict(zip(order, evidence.findings, strict=True))
        return replace(evidence, findings=tuple(found[i] for i in range(len(self.sides))))

    def turned(self, pairs: Sequence[str]) -> dict[str, Value]:
        """Knobs turned by ``knob=value`` texts, checked and of the right types. Raises
        DemoError."""
        given: dict[str, Value] = {}
        for pair in pairs:
            knob, equals, value = pair.partition("=")
            if not equals:
                raise DemoError(f"'{pair}' sets nothing — write --set knob=value")
            given[knob.strip()] = value.strip()
        resolved = declared.resolve(self.experiment, {**self.given, **given})
        return {name: value for name, value in resolved.items() if name in given}


def of_question(
    question: Question, options: Sequence[Option] = (), given: tuple[str, ...] = ()
) -> Subject:
    """The subject of a question; ``options`` of a choice in the order in which they are to be
    shown, or what its kind says may be claimed, what was ``given`` included.

    Raises DemoError where the question has no experiment, or claims nothing, or an option does not,
    or where what was given is no claim that the experiment understands.
    """
    try:
        question = usual(question)
    except ValueError as error:  # variables that cannot be drawn
        raise DemoError(str(error)) from None
    if question.demo is None:
        raise DemoError(f"'{question.id}' has no experiment")
    sides = []
    kind = kind_of(question)
    shown = options if kind.chooses else ()
    for option in shown or kind.sides(question, given):
        if option.claim is None:
            raise DemoError(f"'{option.id}' of '{question.id}' has no claim to test")
        sides.append(Side(option.id, option.text, option.claim))
    if not sides:
        raise DemoError(f"'{question.id}' makes no claim that can be tested")
    experiment = registry.get(question.demo.name)
    for side in sides if given else ():
        if faults := declared.claim_faults(experiment, side.claim):
            said = "; ".join(map(str, faults))
            raise DemoError(f"{side.text} cannot be claimed there: {said}")
    given_ = question.demo.parameters
    return Subject(experiment, tuple(sides), given_, question.id, question.texts)


def of_experiment(name: str) -> Subject:
    """The subject of an experiment by itself, with the claims it declares. Raises DemoError."""
    experiment = registry.get(name)
    return Subject(experiment, tuple(map(side_of, experiment.claims)), {})


def side_of(claim: Claim) -> Side:
    """A claim alone as a side of the matter."""
    return Side(claim_text(claim), claim_words(claim), claim)


def claim_words(claim: Claim) -> str:
    """A claim as an option says it that leaves its text to its claim: ``given = last word``, and
    the value alone where there is but one. Numbers are short: nobody reads 0.2857142857142857."""
    values = {name: _value_words(value) for name, value in claim.items()}
    if len(values) == 1:
        return next(iter(values.values()))
    return ", ".join(f"{name.replace('_', ' ')} = {value}" for name, value in values.items())


def claim_named(claim: Claim) -> str:
    """A claim in a sentence about it, in quotes where it has several words to itself."""
    return claim_words(claim) if len(claim) == 1 else f"'{claim_words(claim)}'"


def _value_words(value: Value) -> str:
    if isinstance(value, str):  # a choice's name: one-hot-vectors
        return re.sub(r"(?<=[a-z]{2})-(?=[a-z]{2})", " ", value)
    return f"{value:,}" if isinstance(value, int) else f"{value:.4g}"


def claim_text(claim: Claim) -> str:
    """A claim as it is written: ``update=u, forget=1-u``."""
    if len(claim) == 1:
        return str(next(iter(claim.values())))
    return ", ".join(f"{name}={value}" for name, value in claim.items())
