"""What an experiment declares: whether it is whole, and what its claims and knobs may be given."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence

from quizcli.demos.evidence import (
    Break,
    Claim,
    ClaimField,
    DemoError,
    Experiment,
    Knob,
    Parameters,
    Problem,
    Value,
)
from quizcli.report.words import did_you_mean

LARGEST = sys.float_info.max


def declaration_faults(experiment: Experiment) -> list[str]:
    """What is wrong with a declaration: knobs that are not there, claims that are not understood,
    names that occur twice."""
    if faults := _shape_faults(experiment):
        return faults
    faults = list(map(str, knob_faults(experiment, experiment.null or {})))
    if experiment.null is None and not experiment.definitional:
        faults.append(
            "null: only what is definitional may do without a null control — write the knobs that "
            "remove the effect, null={'noise': 0}, or definitional=True"
        )
    if experiment.null is None and not experiment.null_help:
        faults.append(
            "null_help: say why there is no null control — write a sentence, "
            "null_help='it is a matter of counting.'"
        )
    for each in experiment.breaks:
        told = knob_faults(experiment, each.knobs) if each.knobs else ["it sets no knob"]
        faults += [f"the break '{each.name}': {fault}" for fault in told]
    names = [each.name for each in experiment.breaks]
    faults += [f"two breaks are called '{name}'" for name in {*names} if names.count(name) > 1]
    faults += [str(told) for claim in experiment.claims for told in claim_faults(experiment, claim)]
    faults += _dose_faults(experiment)
    for knob in experiment.knobs:
        faults += [
            f"the knob '{knob.name}' sets '{name}', which no claim has — "
            + did_you_mean(name, list(experiment.claim))
            for name in knob.sets
            if name not in experiment.claim
        ]
    return faults


def _dose_faults(experiment: Experiment) -> list[str]:
    dose = experiment.dose
    if dose is None:
        return []
    told = [str(each) for at in dose.points for each in knob_faults(experiment, {dose.knob: at})]
    told = list(dict.fromkeys(told)) or (
        [] if len(dose.points) > 1 else ["it has fewer than two points"]
    )
    return [f"the dose: {fault}" for fault in told]


def _shape_faults(experiment: Experiment) -> list[str]:
    """What is not of the type that it has to be, and knobs that stand out of their range."""
    faults = []
    for name, many, type_, example in (
        ("claims", experiment.claims, Mapping, "({'width': 100}, {'width': 300})"),
        ("knobs", experiment.knobs, Knob, "(Knob(…),)"),
        ("breaks", experiment.breaks, Break, "(Break(…),)"),
    ):
        is_many = isinstance(many, (tuple, list)) and not isinstance(many, Break)
        if not is_many or not all(isinstance(each, type_) for each in many):
            faults.append(f"{name}: it is not a tuple of {type_.__name__}s, such as {example}")
    for knob in () if faults else experiment.knobs:
        faults += [
            f"the knob '{knob.name}' sets '{name}' to {formula!r}, which is not a function of a "
            "claim and the knobs"
            for name, formula in knob.sets.items()
            if not callable(formula)
        ]
        if problem := _knob_problem(knob, knob.default):
            faults.append(f"the default of the knob {_of(knob.name, problem)}")
    return faults


def claim_faults(experiment: Experiment, claim: Claim) -> list[Problem]:
    """What ``experiment`` does not understand of ``claim``."""
    faults = [
        Problem(
            f"'{key}' is not part of a claim for {experiment.name}",
            did_you_mean(key, list(experiment.claim)),
        )
        for key in claim
        if key not in experiment.claim
    ]
    for key, schema in experiment.claim.items():
        if key in claim:
            problem = _field_problem(schema, claim[key])
            if problem:
                faults.append(_of(key, problem))
        elif not schema.optional:
            faults.append(Problem(f"a claim for {experiment.name} needs '{key}': {schema.help}"))
    return faults


def _of(name: str, problem: Problem) -> Problem:
    return problem._replace(what=f"{name}: {problem.what}")


def _field_problem(schema: ClaimField, value: Value) -> Problem | None:
    if schema.choices:
        return None if str(value) in schema.choices else _not_among(value, schema.choices)
    return _number_problem(value, schema.low, schema.high, schema.integer)


def _not_among(value: Value, choices: Sequence[str]) -> Problem:
    return Problem(f"'{value}' is not understood", did_you_mean(str(value), choices))


def _number_problem(value: Value, low: float, high: float, integer: bool) -> Problem | None:
    kind = "a whole number" if integer else "a number"
    span = ""
    if math.isfinite(low) and math.isfinite(high):
        span = f" from {low:,.12g} to {high:,.12g}"
    elif math.isfinite(low):
        span = f" of {low:,.12g} or more"
    elif math.isfinite(high):
        span = f" of {high:,.12g} or less"
    if (
        not isinstance(value, (int, float))
        or isinstance(value, bool)
        or (integer and not isinstance(value, int))
    ):
        return Problem(f"'{str(value)[:60]}' is not {kind}{span}")
    if not (abs(value) <= LARGEST and low <= value <= high):  # NaN is in no range
        # A whole number may have more digits than a float can stand for.
        huge = isinstance(value, int) and abs(value) > LARGEST
        shown = "such a number" if huge else f"{value:,.12g}"
        return Problem(f"{shown} is out of range", f"give {kind}{span}")
    return None


def resolve(experiment: Experiment, given: Mapping[str, Value]) -> dict[str, Value]:
    """All parameters of a run: the defaults, with what was ``given`` checked and laid over them.

    Text is read as the type of the knob's default, so values may come from a command line.
    Raises DemoError for unknown knobs (with the nearest names) and values out of range: all of
    them at once.
    """
    faults = knob_faults(experiment, given)
    if faults:
        raise DemoError("; ".join(map(str, faults)))
    knobs = {knob.name: knob for knob in experiment.knobs}
    values: dict[str, Value] = {name: knob.default for name, knob in knobs.items()}
    return values | {name: _knob_value(knobs[name], raw) for name, raw in given.items()}


def knob_faults(experiment: Experiment, given: Parameters) -> list[Problem]:
    """What ``experiment`` does not understand of the knobs ``given``."""
    knobs = {knob.name: knob for knob in experiment.knobs}
    faults = []
    for name, raw in given.items():
        if name not in knobs:
            hint = did_you_mean(name, list(knobs))
            faults.append(Problem(f"{experiment.name} has no knob '{name}'", hint))
        elif problem := _knob_problem(knobs[name], raw):
            faults.append(_of(name, problem))
    return faults


def _knob_problem(knob: Knob, raw: Value) -> Problem | None:
    value = _read_like(knob.default, raw)
    if knob.choices:
        return None if value in knob.choices else _not_among(raw, knob.choices)
    if isinstance(knob.default, bool):
        is_one = isinstance(value, bool)
        return None if is_one else Problem(f"'{raw}' is neither true nor false")
    return _number_problem(value, knob.low, knob.high, isinstance(knob.default, int))


def _knob_value(knob: Knob, raw: Value) -> Value:
    """What a knob is put to, of the type that it has."""
    value = _read_like(knob.default, raw)
    return float(value) if isinstance(knob.default, float) and not knob.choices else value


def _read_like(default: Value, raw: Value) -> Value:
    if not isinstance(raw, str) or isinstance(default, str):
        return raw
    if isinstance(default, bool):
        return {"true": True, "yes": True, "false": False, "no": False}.get(raw.lower(), raw)
    try:
        return int(raw) if isinstance(default, int) else float(raw)
    except ValueError:
        return raw
