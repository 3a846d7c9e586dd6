"""An experiment without a device: what is turned, what is measured, over how many seeds.

The rule: a device shows what :meth:`ExperimentRun.measure` gives, and passes on what a person did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.play.experiment.knobs import turned_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from quizcli.demos.evidence import Evidence, Finding, Knob, Value
    from quizcli.proof.subject import Subject

    Outcome = tuple[Evidence, tuple[Finding, ...]]

SEEDS = 100


class ExperimentRun:
    """One subject under a seed. ``turned`` are knobs laid over the question's, ``null`` the null
    control; ``chosen`` are the sides that a learner stands by, by their ids."""

    def __init__(
        self,
        subject: Subject,
        seed: int,
        turned: Mapping[str, Value] | None = None,
        *,
        null: bool = False,
        chosen: frozenset[str] = frozenset(),
        draw_seed: Callable[[], int],
    ) -> None:
        self.subject = subject
        self.seed = seed
        self.turned = dict(turned or {})
        self.null = null
        self.chosen = chosen
        self._draw_seed = draw_seed
        self._selected = 0
        self._measured: tuple[object, Outcome] | None = None

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

    def select(self, step: int) -> None:
        """Another knob, so many further."""
        self._selected = (self._selected + step) % len(self.knobs)

    @property
    def held(self) -> Mapping[str, Value]:
        """The knobs that the null control holds where it is on: they cannot be turned."""
        return self.subject.experiment.null if self.null else {}

    def turn(self, direction: int) -> bool:
        """Turn the selected knob up (1) or down (-1); False where none can be turned."""
        if self.knob is None or self.knob.name in self.held:
            return False
        value = turned_by(self.knob, self.value(self.knob), direction)
        self.turned = {**self.turned, self.knob.name: value}
        return True

    def value(self, knob: Knob) -> Value:
        """Where a knob stands in what is measured."""
        return {**self.subject.given, **self._turned()}.get(knob.name, knob.default)

    def measure(self) -> Outcome:
        """A run; the last one is kept, since a screen is drawn more often than it changes. Raises
        DemoError."""
        turned = self._turned()
        key = (self.seed, tuple(turned.items()))
        if self._measured is None or self._measured[0] != key:
            self._measured = (key, self.subject.measure(self.seed, turned))
        return self._measured[1]

    def _turned(self) -> dict[str, Value]:
        return {**self.turned, **self.held}

    def over_seeds(self) -> Iterator[tuple[Finding, ...]]:
        """The findings under one seed after another. Raises DemoError."""
        for seed in range(1, SEEDS + 1):
            yield self.subject.measure(seed, self._turned())[1]
