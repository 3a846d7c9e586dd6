"""Knobs moved one at a time, over the whole of their range.

The rule: an end that an experiment refuses in words, as too long or too large, is brought nearer to
where the knob stands until it is measured.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from quizcli.demos import declared
from quizcli.demos.evidence import DemoError, ExperimentFault, Verdict
from quizcli.demos.plugins import told
from quizcli.proof.subject import side_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quizcli.demos.evidence import Claim, Finding, Knob, Parameters, Value
    from quizcli.proof.subject import Subject

    Measure = Callable[[Value], tuple[Finding, ...]]

MOST_HALVINGS = 24
WIDE = 50  # times the value of a knob: half-way is then between the logarithms
UNBOUNDED = 10  # steps, where a range has no end


class Point(NamedTuple):
    """A knob put somewhere, and what was found there."""

    value: Value
    findings: tuple[Finding, ...]


def swept(knob: Knob, at: Value, measure: Measure) -> Iterator[Point]:
    """What is measured with a knob moved from where it stands: at every other choice; else as far
    as it goes either way, and half-way there."""
    if knob.choices or isinstance(knob.default, bool):
        others = [choice for choice in knob.choices or (True, False) if choice != at]
        yield from (Point(each, found) for each in others if (found := _asked(measure, each)))
        return
    start = float(at)
    for end in _ends(knob, start):
        farthest = _farthest(knob, start, end, measure)
        if farthest is None:
            continue
        yield farthest
        middle = _like(knob, _between(knob, start, float(farthest.value)))
        if middle not in {at, farthest.value} and (found := _asked(measure, middle)):
            yield Point(middle, found)


def _asked(measure: Measure, value: Value) -> tuple[Finding, ...] | None:
    """None where the experiment refuses this in words."""
    try:
        return measure(value)
    except ExperimentFault:
        raise
    except DemoError:
        return None


def _ends(knob: Knob, start: float) -> list[float]:
    reach = knob.step**UNBOUNDED if knob.factor else knob.step * UNBOUNDED
    low = knob.low if math.isfinite(knob.low) else start / reach if knob.factor else start - reach
    high = (
        knob.high if math.isfinite(knob.high) else start * reach if knob.factor else start + reach
    )
    return [end for end in (low, high) if end != start]


def _farthest(knob: Knob, start: float, end: float, measure: Measure) -> Point | None:
    for _ in range(MOST_HALVINGS):
        value = _like(knob, end)
        if value == start:
            return None
        if found := _asked(measure, value):
            return Point(value, found)
        end = _between(knob, start, end)
    return None


def _between(knob: Knob, start: float, end: float) -> float:
    if start > 0 and end > 0 and (knob.factor or end > WIDE * start):
        return math.sqrt(start) * math.sqrt(end)
    return start / 2 + end / 2


def _like(knob: Knob, number: float) -> Value:
    return round(number) if isinstance(knob.default, int) else float(f"{number:.6g}")


def derived(subject: Subject, knob: Knob, value: Value, held: Sequence[Finding]) -> Subject:
    """The subject of the claims that ought to hold with this knob there: those that ``held``, with
    the fields that the knob sets. Raises DemoError where that is no claim."""
    knobs = declared.resolve(subject.experiment, {**subject.given, knob.name: value})
    claims = [
        {**f.claim, **{name: _worked_out(knob, name, f.claim, knobs) for name in knob.sets}}
        for f in held
        if f.verdict is Verdict.HOLDS
    ]
    return replace(subject, sides=tuple(map(side_of, claims)))


def _worked_out(knob: Knob, name: str, claim: Claim, knobs: Parameters) -> Value:
    try:
        return knob.sets[name](claim, knobs)
    except Exception as error:
        raise ExperimentFault(f"what {knob.name} sets {name} to failed: {told(error)}") from error
