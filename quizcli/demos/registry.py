"""The experiments by name: ours, a line each, and those that other packages register.

The rule of this file: nothing here imports NumPy, so that a bank can be checked against names,
claims and knobs at the price of a few small modules.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from quizcli.demos.evidence import (
    Break,
    Claim,
    ClaimField,
    DemoError,
    Experiment,
    Knob,
    Parameters,
    Value,
)
from quizcli.report.words import did_you_mean

if TYPE_CHECKING:
    from quizcli.demos.plugins import Plugin

# name -> module; each module declares EXPERIMENT.
OURS = {
    "indexing": "quizcli.demos.experiments.indexing",
    "synchronous": "quizcli.demos.experiments.synchronous",
    "many-to-one": "quizcli.demos.experiments.many_to_one",
    "language-model": "quizcli.demos.experiments.language_model",
    "sampling": "quizcli.demos.experiments.sampling",
    "nan": "quizcli.demos.experiments.nan",
    "gate-width": "quizcli.demos.experiments.gate_width",
    "simplified-gru": "quizcli.demos.experiments.simplified_gru",
    "gate-roles": "quizcli.demos.experiments.gate_roles",
    "future-influence": "quizcli.demos.experiments.future_influence",
    "error-cliff": "quizcli.demos.experiments.error_cliff",
    "iteration-zero": "quizcli.demos.experiments.iteration_zero",
    "reber": "quizcli.demos.experiments.reber",
    "forget-bias": "quizcli.demos.experiments.forget_bias",
    "adding-problem": "quizcli.demos.experiments.adding_problem",
    "beam-width": "quizcli.demos.experiments.beam_width",
    "attention-scale": "quizcli.demos.experiments.attention_scale",
    "beam-length": "quizcli.demos.experiments.beam_length",
    "error-analysis": "quizcli.demos.experiments.error_analysis",
    "clipped-precision": "quizcli.demos.experiments.clipped_precision",
    "later-words": "quizcli.demos.experiments.later_words",
    "clipping": "quizcli.demos.experiments.clipping",
    "temperature": "quizcli.demos.experiments.temperature",
    "perplexity": "quizcli.demos.experiments.perplexity",
    "exposure-bias": "quizcli.demos.experiments.exposure_bias",
    "truncation": "quizcli.demos.experiments.truncation",
    "recurrent-start": "quizcli.demos.experiments.recurrent_start",
    "padding": "quizcli.demos.experiments.padding",
    "broadcasting": "quizcli.demos.experiments.broadcasting",
    "attention-sums": "quizcli.demos.experiments.attention_sums",
    "attention-cost": "quizcli.demos.experiments.attention_cost",
    "word-order": "quizcli.demos.experiments.word_order",
    "who-sees-what": "quizcli.demos.experiments.who_sees_what",
    "fixed-vector": "quizcli.demos.experiments.fixed_vector",
    "unseen-words": "quizcli.demos.experiments.unseen_words",
}
LARGEST = sys.float_info.max


def names() -> tuple[str, ...]:
    """Every registered name: ours in the order of the course, then other packages'."""
    return (*OURS, *sorted(name for name in _plugins() if name not in OURS))


def get(name: str) -> Experiment:
    """The declaration of the experiment registered as ``name``.

    Raises DemoError, with the nearest valid name where there is none, and for one of another
    package that cannot be used.
    """
    if name in OURS:
        experiment: Experiment = import_module(OURS[name]).EXPERIMENT
        return experiment
    if name not in _plugins():
        hint = did_you_mean(name, [*OURS, *_plugins()])
        raise DemoError(f"no experiment is registered as '{name}' — {hint}")
    from quizcli.demos.plugins import load

    plugin = _plugins()[name]
    experiment = load(plugin)
    faults = declaration_faults(experiment)
    if experiment.name != name:
        faults.append(
            f"name: {experiment.name!r} is not how it is registered — write name={name!r}"
        )
    if faults:
        raise DemoError(f"{plugin} is declared wrongly: {'; '.join(faults)}")
    return experiment


def declaration_faults(experiment: Experiment) -> list[str]:
    """What is wrong with a declaration: knobs that are not there, claims that are not understood,
    names that occur twice."""
    if faults := _shape_faults(experiment):
        return faults
    faults = knob_faults(experiment, experiment.null or {})
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
        told = knob_faults(experiment, each.knobs) or ([] if each.knobs else ["it sets no knob"])
        faults += [f"the break '{each.name}': {fault}" for fault in told]
    names = [each.name for each in experiment.breaks]
    faults += [f"two breaks are called '{name}'" for name in {*names} if names.count(name) > 1]
    faults += [words for claim in experiment.claims for _, words in claim_faults(experiment, claim)]
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
    told = [fault for at in dose.points for fault in knob_faults(experiment, {dose.knob: at})]
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
        try:
            _knob_value(knob, knob.default)
        except DemoError as error:
            faults.append(f"the default of the knob {error}")
    return faults


def world(experiment: Experiment, *, null: bool, broken: str | None) -> Break | None:
    """The break with the name ``broken``, if one is asked for. Raises DemoError where there is none
    (with the nearest one), or no ``null`` control though that is asked for, or where both are."""
    if null and experiment.null is None:
        raise DemoError(f"{experiment.name} has no null control: {experiment.null_help}")
    if broken is None:
        return None
    if null:
        raise DemoError("the effect is removed or an assumption broken — --null or --break")
    for each in experiment.breaks:
        if each.name == broken:
            return each
    if not experiment.breaks:
        raise DemoError(f"{experiment.name} declares no break")
    hint = did_you_mean(broken, [each.name for each in experiment.breaks], "its breaks are")
    raise DemoError(f"{experiment.name} has no break '{broken}' — {hint}")


def called(experiment: Experiment) -> str:
    """An experiment in words, with its package where that is not ours."""
    for plugin in () if experiment.name in OURS else _plugins().values():
        if plugin.name == experiment.name:
            return str(plugin)
    return f"the experiment '{experiment.name}'"


def _plugins() -> Mapping[str, Plugin]:
    from quizcli.demos.plugins import plugins

    return {plugin.name: plugin for plugin in reversed(plugins(tuple(sys.path)))}


def claim_faults(experiment: Experiment, claim: Claim) -> list[tuple[str, str]]:
    """What ``experiment`` does not understand of ``claim``: (field, sentence) pairs."""
    faults = [
        (
            key,
            f"'{key}' is not part of a claim for {experiment.name} — "
            + did_you_mean(key, list(experiment.claim)),
        )
        for key in claim
        if key not in experiment.claim
    ]
    for key, schema in experiment.claim.items():
        if key in claim:
            problem = _field_fault(schema, claim[key])
            if problem:
                faults.append((key, f"{key}: {problem}"))
        elif not schema.optional:
            faults.append(("", f"a claim for {experiment.name} needs '{key}': {schema.help}"))
    return faults


def _field_fault(schema: ClaimField, value: Value) -> str | None:
    if schema.choices:
        if str(value) in schema.choices:
            return None
        return f"'{value}' is not understood — {did_you_mean(str(value), schema.choices)}"
    return _number_fault(value, schema.low, schema.high, schema.integer)


def _number_fault(value: Value, low: float, high: float, integer: bool) -> str | None:
    kind = "a whole number" if integer else "a number"
    span = ""
    if math.isfinite(low) and math.isfinite(high):
        span = f" from {low:g} to {high:g}"
    elif math.isfinite(low):
        span = f" of {low:g} or more"
    elif math.isfinite(high):
        span = f" of {high:g} or less"
    if (
        not isinstance(value, (int, float))
        or isinstance(value, bool)
        or (integer and not isinstance(value, int))
    ):
        return f"'{str(value)[:60]}' is not {kind}{span}"
    if not (abs(value) <= LARGEST and low <= value <= high):  # NaN is in no range
        # A whole number may have more digits than a float can stand for.
        huge = isinstance(value, int) and abs(value) > LARGEST
        shown = "such a number" if huge else f"{value:g}"
        return f"{shown} is out of range — give {kind}{span}"
    return None


def resolve(experiment: Experiment, given: Mapping[str, Value]) -> dict[str, Value]:
    """All parameters of a run: the defaults, with what was ``given`` checked and laid over them.

    Text is read as the type of the knob's default, so values may come from a command line.
    Raises DemoError for unknown knobs (with the nearest names) and values out of range: all of
    them at once.
    """
    faults = knob_faults(experiment, given)
    if faults:
        raise DemoError("; ".join(faults))
    knobs = {knob.name: knob for knob in experiment.knobs}
    values: dict[str, Value] = {name: knob.default for name, knob in knobs.items()}
    return values | {name: _knob_value(knobs[name], raw) for name, raw in given.items()}


def knob_faults(experiment: Experiment, given: Parameters) -> list[str]:
    """A sentence for each knob of ``given`` that ``experiment`` does not understand."""
    knobs = {knob.name: knob for knob in experiment.knobs}
    faults = []
    for name, raw in given.items():
        if name not in knobs:
            hint = did_you_mean(name, list(knobs))
            faults.append(f"{experiment.name} has no knob '{name}' — {hint}")
            continue
        try:
            _knob_value(knobs[name], raw)
        except DemoError as error:
            faults.append(str(error))
    return faults


def _knob_value(knob: Knob, raw: Value) -> Value:
    value = _read_like(knob.default, raw)
    if knob.choices:
        problem = (
            None
            if value in knob.choices
            else f"'{raw}' is not understood — {did_you_mean(str(raw), knob.choices)}"
        )
    elif isinstance(knob.default, bool):
        problem = None if isinstance(value, bool) else f"'{raw}' is neither true nor false"
    else:
        problem = _number_fault(value, knob.low, knob.high, isinstance(knob.default, int))
        if problem is None and isinstance(knob.default, float):
            value = float(value)
    if problem:
        raise DemoError(f"{knob.name}: {problem}")
    return value


def _read_like(default: Value, raw: Value) -> Value:
    if not isinstance(raw, str) or isinstance(default, str):
        return raw
    if isinstance(default, bool):
        return {"true": True, "yes": True, "false": False, "no": False}.get(raw.lower(), raw)
    try:
        return int(raw) if isinstance(default, int) else float(raw)
    except ValueError:
        return raw
