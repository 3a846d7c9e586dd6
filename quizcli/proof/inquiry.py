"""An experiment that is looked into: what each way to tell needs, measured once.

The rule: nothing is judged here.
"""

from __future__ import annotations

import math
from dataclasses import replace
from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from quizcli.demos.evidence import DemoError, ExperimentFault, Problem, Verdict
from quizcli.proof.outside import key_of, outside
from quizcli.proof.subject import side_of
from quizcli.report.words import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.evidence import Claim, Finding, Value
    from quizcli.proof.subject import Subject

    Findings = tuple[Finding, ...]
    Knobs = Mapping[str, Value]

# What is true of this share of the seeds is true: below a hundred seeds, of all of them.
NEEDED = 0.99
FEW = 3  # seeds for what is tried in many ways
ROUNDING = 1e-6  # of figures, which are summed in another order beside other claims
DECIDED = {Verdict.HOLDS, Verdict.REFUTED}


class Check(NamedTuple):
    """One way to tell: what was ``tried``, and what spoke against the experiment, each with the
    command that shows it; ``idle`` where it declares nothing that could be tried."""

    name: str
    tried: str
    faults: tuple[Problem, ...] = ()
    idle: bool = False

    @property
    def mark(self) -> str:
        """What came of it, as a sign."""
        return "✗" if self.faults else "–" if self.idle else "✓"


class Inquiry:
    """An experiment that is looked into, as the question ``called`` uses it, under some seeds; ""
    on a screen of it, where nothing has to be typed to see it."""

    def __init__(self, subject: Subject, seeds: Sequence[int], called: str = "") -> None:
        self.subject = subject
        self.experiment = subject.experiment
        self.seeds = seeds
        self.few = seeds[: max(FEW, len(seeds) // 20)]
        self.called = called
        self.moved = False  # whether a knob moved a figure
        self._found: dict[tuple[int, str], Findings] = {}

    def found(
        self, seed: int, turned: Knobs | None = None, others: Sequence[Claim] = ()
    ) -> Findings:
        """What is found of the question's claims, and of ``others`` after them, with some knobs
        turned. Raises DemoError."""
        key = (seed, repr((turned or {}, others)))
        if key in self._found:
            return self._found[key]
        sides = (*self.subject.sides, *map(side_of, others))
        findings = replace(self.subject, sides=sides).measure(seed, turned).findings
        if seed in self.few:  # the others are asked of once, and may be ten thousand
            self._found[key] = findings
        if turned and not self.moved:
            self.moved = any(map(_differs, self._unturned(seed, others), findings))
        return findings

    def _unturned(self, seed: int, others: Sequence[Claim]) -> Findings:
        """What is found of the same claims, no knob turned: a typed answer and one that is foreseen
        may have figures that nothing can move, such as 0 and none."""
        try:
            return self.found(seed, None, others)
        except DemoError:  # understood only where the knobs are turned
            return self.found(seed)

    def demo(self, seed: int, turned: Knobs | None = None, more: str = "") -> str:
        """What to type to see a fault."""
        if not self.called:
            return ""
        knobs = "".join(f" --set {name}={value}" for name, value in (turned or {}).items())
        return f"quizcli demo {quote(self.called)}{more}{knobs} --seed {seed}"

    def again(self, seed: int) -> str:
        """The same where no question makes the claim: what to type to have it checked again."""
        bank, _, question = self.called.rpartition("/")
        if not bank:
            return self.demo(seed)
        return f"quizcli bank prove {quote(bank)} -q {question} --seeds 1 --from {seed}"

    def others(self, turned: Knobs | None = None) -> list[Claim]:
        """Claims that the question does not make and the experiment understands: those it declares
        and those drawn from its schema."""
        known = [side.claim for side in self.subject.sides]
        mine = {key_of(claim) for claim in known}
        own = [claim for claim in self.experiment.claims if key_of(claim) not in mine]
        claims = [*own, *outside(self.experiment, [*known, *own])]
        if self._understood(claims, turned):
            return claims
        return [claim for claim in claims if self._understood([claim], turned)]

    def _understood(self, claims: Sequence[Claim], turned: Knobs | None) -> bool:
        try:
            self.found(self.seeds[0], turned, claims)
        except ExperimentFault:
            return True  # what goes wrong is found by the checks; a refusal in words is its right
        except DemoError:
            return False
        return True


def same(a: Finding, b: Finding) -> bool:
    """Whether two figures are one."""
    one, other = a.figure.value, b.figure.value
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return math.isclose(one, other, rel_tol=ROUNDING, abs_tol=1e-12)


def _differs(a: Finding, b: Finding) -> bool:
    return not same(a, b)


def verdict_text(finding: Finding) -> str:
    """``holds``, ``is refuted``."""
    holds = finding.verdict is Verdict.HOLDS
    return "holds" if holds else f"is {finding.verdict}"


def seeds_text(seeds: Sequence[int]) -> str:
    """``seed 7``, ``seeds 7, 33 and 60``; of many the first ones."""
    shown = [str(seed) for seed in seeds[:10]]
    more = [f"{len(seeds) - 10} more"] if len(seeds) > 10 else []
    return f"seed{'s' if len(seeds) > 1 else ''} {listed([*shown, *more])}"
