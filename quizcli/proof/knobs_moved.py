"""Knobs moved one at a time: what may become undetermined, and may not turn round."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.demos.evidence import Problem, Verdict
from quizcli.proof.inquiry import DECIDED, Check, verdict_text
from quizcli.proof.subject import claim_named
from quizcli.proof.sweep import derived, swept
from quizcli.report.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.demos.evidence import Knob, Value
    from quizcli.proof.inquiry import Findings, Inquiry


def knobs_moved(inquiry: Inquiry) -> Check:
    """A verdict may become undetermined, but not turn round; what a knob sets must hold."""
    faults, tried = [], 0
    excused: dict[str, None] = {}
    for knob in inquiry.experiment.knobs:
        for place in (_set if knob.sets else _turned)(inquiry, knob):
            tried += place.tried
            faults += place.faults
            if place.excused:
                excused[knob.name] = None
    if not tried and not faults:
        return Check("knobs", "no knob could be moved", idle=True)
    knobs = counted(len(inquiry.experiment.knobs), "knob")
    told = f"{knobs} moved one at a time, to {counted(tried, 'setting')}"
    told += f"; {listed([*excused])} reversed a verdict, as its break does" if excused else ""
    return Check("knobs", told, tuple(faults))


class _Place(NamedTuple):
    """What came of a place to which a knob was moved: ``excused`` where a verdict turned round that
    may, since it does in a break of that knob."""

    tried: int
    faults: list[Problem]
    excused: bool = False


def _turned(inquiry: Inquiry, knob: Knob) -> Iterator[_Place]:
    """Each place of a knob, with what turned round there."""
    for seed, at in _places(inquiry, knob):

        def measure(value: Value, seed: int = seed) -> Findings:
            return inquiry.found(seed, {knob.name: value})

        for value, findings in swept(knob, at, measure):
            usual = inquiry.found(seed)
            may = _broken_there(inquiry, knob, at, value, seed)
            round_ = [
                (old, new, new.verdict in allowed)
                for old, new, allowed in zip(usual, findings, may, strict=True)
                if {old.verdict, new.verdict} == DECIDED
            ]
            turned = [
                f"{claim_named(old.claim)} {verdict_text(new)}, not {old.verdict}"
                for old, new, excused in round_
                if not excused
            ]
            excused = any(each[2] for each in round_)
            command = inquiry.demo(seed, {knob.name: value})
            faults = [Problem(listed(turned), command)] if turned else []
            yield _Place(1, faults, excused)


def _set(inquiry: Inquiry, knob: Knob) -> Iterator[_Place]:
    """Each place of a knob that moves the truth, with what ought to hold there and does not."""
    held, tried = False, 0
    for seed, at in _places(inquiry, knob):
        if all(finding.verdict is not Verdict.HOLDS for finding in inquiry.found(seed)):
            continue  # what is wrong there is the key
        tried += 1

        def measure(value: Value, seed: int = seed) -> Findings:
            subject = derived(inquiry.subject, knob, value, inquiry.found(seed))
            return subject.measure(seed, {knob.name: value}).findings

        for value, findings in swept(knob, at, measure):
            held |= any(f.verdict is Verdict.HOLDS for f in findings)
            refuted = [claim_named(f.claim) for f in findings if f.verdict is Verdict.REFUTED]
            ought = f"{listed(refuted)} should hold but is refuted"
            command = inquiry.demo(seed, {knob.name: value})
            yield _Place(1, [Problem(ought, command)] if refuted else [])
    if tried and not held:
        told = f"where {knob.name} was moved, nothing holds that should, given what it sets"
        yield _Place(0, [Problem(told)])


def _places(inquiry: Inquiry, knob: Knob) -> Iterator[tuple[int, Value]]:
    """A seed for each knob, another one for the next; with more seeds more of them."""
    at = inquiry.subject.given.get(knob.name, knob.default)
    first = inquiry.experiment.knobs.index(knob)
    for i in range(max(1, len(inquiry.seeds) // 20)):
        yield inquiry.few[(first + i) % len(inquiry.few)], at


def _broken_there(
    inquiry: Inquiry, knob: Knob, at: Value, value: Value, seed: int
) -> list[set[Verdict]]:
    """For each side, what it may also be where a knob is moved towards a break of its own: as it
    is in the break."""
    may: list[set[Verdict]] = [set() for _ in inquiry.subject.sides]
    for each in inquiry.experiment.breaks:
        if set(each.knobs) != {knob.name}:
            continue
        there = each.knobs[knob.name]
        if isinstance(at, (str, bool)):
            towards = value == there
        else:
            towards = (float(value) - at) * (float(there) - at) > 0
        for allowed, finding in zip(may, inquiry.found(seed, each.knobs) if towards else (),
                                    strict=False):  # fmt: skip
            allowed.add(finding.verdict)
    return may
