"""An experiment without a device: what is turned, what is measured, over how many seeds.

The rule: a device shows what :meth:`ExperimentRun.measure` gives, and passes on what a person did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.play.experiment.knobs import turned_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from quizcli.demos.evidence import Break, Evidence, Finding, Knob, Parameters, Value, Verdict
    from quizcli.journal.predictions import Prediction
    from quizcli.play.experiment.expected import Expectation
    from quizcli.proof.inquiry import Check
    from quizcli.proof.subject import Subject

    Keep = Callable[[Prediction], None]

SEEDS = 100
LOOKED = 3  # seeds under which an experiment is looked into


class ExperimentRun:
    """One subject under a seed. ``turned`` are knobs laid over the question's; ``null`` is the null
    control, and ``broken`` a world in which an assumption is false: one of them at a time.
    ``chosen`` are the sides that a learner stands by, by their ids; ``expected`` is what they
    expect of the figures that appear next, and ``predicted`` what they expected of those that are
    there, by side. ``keep`` writes it down, or raises JournalError; then ``unkept`` says why."""

    def __init__(
        self,
        subject: Subject,
        seed: int,
        turned: Mapping[str, Value] | None = None,
        *,
        null: bool = False,
        broken: Break | None = None,
        chosen: frozenset[str] = frozenset(),
        draw_seed: Callable[[], int],
        keep: Keep | None = None,
    ) -> None:
        self.subject = subject
        self.seed = seed
        self.turned = dict(turned or {})
        self.null = null
        self.broken = broken
        self.chosen = chosen
        self.expected: Expectation | None = None
        self.predicted: dict[int, Prediction] = {}
        self.unkept = ""
        self._draw_seed = draw_seed
        self._keep = keep
        self._selected = 0
        self._revealed: object = None
        self._measured: tuple[object, Evidence] | None = None
        self._verdicts: dict[object, dict[int, tuple[Verdict, ...]]] = {}  # by knobs, by seed

    @property
    def knobs(self) -> tuple[Knob, ...]:
        """The knobs of the experiment."""
        return self.subject.experiment.knobs

    @property
    def knob(self) -> Knob | None:
        """The knob that is turned next; None where there is none."""
        return self.knobs[self._selected] if self.knobs else None

    def predict(self, side: int) -> None:
        """Stand by a side."""
        self.chosen = frozenset({self.subject.sides[side].id})

    def new_seed(self) -> None:
        """Another seed."""
        self.seed = self._draw_seed()

    def switch_null(self) -> None:
        """Remove the effect, or bring it back."""
        self.null = not self.null
        self.broken = None

    def next_break(self) -> None:
        """Break an assumption, then the next one, and after the last mend it."""
        self.broken, self.null = self.breaks_next, False

    @property
    def breaks_next(self) -> Break | None:
        """The break that comes next; None after the last."""
        breaks = self.subject.experiment.breaks
        at = breaks.index(self.broken) + 1 if self.broken else 0
        return breaks[at] if at < len(breaks) else None

    def select(self, step: int) -> None:
        """Another knob, so many further."""
        self._selected = (self._selected + step) % len(self.knobs)

    def turn(self, direction: int) -> None:
        """Turn the selected knob up (1) or down (-1). A world that has put it somewhere is left,
        and all of its knobs stay where they are."""
        if self.knob is not None:
            value = turned_by(self.knob, self.value(self.knob), direction)
            if self.knob.name in self.world:
                self.turned = self.knobs_set
                self.null, self.broken = False, None
            self.turned = {**self.turned, self.knob.name: value}

    def value(self, knob: Knob) -> Value:
        """Where a knob stands in what is measured."""
        return {**self.subject.given, **self.knobs_set}.get(knob.name, knob.default)

    def measure(self) -> Evidence:
        """A run; the last one is kept, since a screen is drawn more often than it changes. Raises
        DemoError."""
        turned = self.knobs_set
        key = (self.seed, tuple(turned.items()))
        if self._measured is None or self._measured[0] != key:
            self._measured = (key, self._counted(self.seed))
        return self._measured[1]

    def _counted(self, seed: int) -> Evidence:
        evidence = self.subject.measure(seed, self.knobs_set)
        seeds = self._verdicts.setdefault(_knobs(evidence), {})
        seeds[seed] = tuple(finding.verdict for finding in evidence.findings)
        return evidence

    def so_far(self, evidence: Evidence, side: int) -> tuple[int, int]:
        """In how many of the seeds that were measured under the knobs of a run, and of how many,
        the verdict on a side is the one it has there."""
        verdict = evidence.findings[side].verdict
        seeds = self._verdicts.get(_knobs(evidence), {})
        return sum(each[side] is verdict for each in seeds.values()), len(seeds)

    def reveal(self) -> Evidence:
        """A run whose figures appear: what was expected of them, and of no others before, is held
        against them and kept. Raises DemoError."""
        evidence = self.measure()
        assert self._measured is not None
        if self._revealed != self._measured[0]:
            self._revealed = self._measured[0]
            self.predicted = {}
            if self.expected is not None:
                self._compare(self.expected, evidence)
                self.expected = None
        return evidence

    def _compare(self, expected: Expectation, evidence: Evidence) -> None:
        from math import isfinite

        from quizcli.journal.file import JournalError
        from quizcli.journal.predictions import Prediction

        finding = evidence.findings[expected.side]
        if not isfinite(finding.figure.value):
            self.unkept = "no number was measured to compare it with"
            return
        prediction = Prediction(
            evidence.experiment,
            finding.claim,
            evidence.seed,
            evidence.parameters,
            expected.value,
            finding.figure.value,
        )
        self.predicted = {expected.side: prediction}
        try:
            if self._keep is not None:
                self._keep(prediction)
        except JournalError as error:
            self.unkept = str(error)

    @property
    def knobs_set(self) -> dict[str, Value]:
        """The knobs that do not stand where the question has them."""
        return {**self.turned, **self.world}

    @property
    def world(self) -> Parameters:
        """The knobs that the null control or a break has put somewhere, where one is on."""
        if self.broken:
            return self.broken.knobs
        return (self.subject.experiment.null or {}) if self.null else {}

    def looked_into(self, called: str = "") -> Iterator[Check]:
        """Whether the experiment measures: one check after another. Where it is ``called`` by a
        name that can be typed, a fault ends with a command."""
        from quizcli.proof.honesty import honesty

        yield from honesty(self.subject, range(1, LOOKED + 1), called)

    def over_seeds(self) -> Iterator[tuple[Finding, ...]]:
        """The findings under one seed after another. Raises DemoError."""
        for seed in range(1, SEEDS + 1):
            yield self._counted(seed).findings


def _knobs(evidence: Evidence) -> object:
    return tuple(evidence.parameters.items())
