"""The experiments by name: ours, a line each, and those that other packages register.

The rule of this file: nothing here imports NumPy, so that a bank can be checked against names,
claims and knobs at the price of a few small modules.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from quizcli.demos.declared import (
    declaration_faults,
)
from quizcli.demos.evidence import (
    Break,
    DemoError,
    Experiment,
)
from quizcli.report.words import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        close = nearest(name, [*OURS, *_plugins()])
        hint = f"did you mean '{close}'?" if close else "list them: quizcli demo"
        raise DemoError(f"no experiment is registered as '{name}'", hint)
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
