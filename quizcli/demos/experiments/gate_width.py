"""How many values a gate of an LSTM has.

That a gate has one value per unit follows from the definition: it multiplies the memory element by
element. This file shows what follows if it had another number of values.

An LSTM reads a few words, and its step is then taken apart. *By intervention*: the argument of
each value of Γ_u is nudged, one at a time, and the entries of c⟨t⟩ that move are counted. *By
substitution*: the best gate of the claimed width, by least squares, is multiplied into c̃⟨t⟩ in
place of the real one. NumPy refuses most widths, but not width 1, which it repeats for every
unit without a word. Only the numbers show that this is another network.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quizcli.demos.evidence import (
    Claim,
    ClaimField,
    Evidence,
    Experiment,
    Finding,
    Knob,
    Measurement,
    Parameters,
    Verdict,
)
from quizcli.demos.worlds.lstm_step import LstmStep, take_apart
from quizcli.demos.worlds.memory import afford
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, HeatMap, TextTable
from quizcli.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence


APART = 0.05  # entries of Γ_u * c̃ lie between -1 and 1
SAME = 1e-6  # equal but for rounding: the weights are float32
LARGEST_TABLE = 128 * 2**20  # bytes
COLUMNS = 25  # of the heat map
RULE = (
    "A width holds if exactly that many gate values act on the memory, each on a unit of its own, "
    "and the best gate of this width changes nothing. It is refuted if its product cannot be "
    f"formed, or is off by {APART:g} or more. No verdict is given unless the best single value, "
    f"shared by all units, is off by at least {APART:g}."
)


def decide(width: int, error: float | None, independent: int, shared: float) -> Verdict:
    """The rule. ``error`` is how far the product with a gate of this width is off, None if refused.

    ``shared`` is the same error for the best single value, the control: where one value does the
    work of all, nothing in the step depends on how many there are.
    """
    if shared < APART:
        return Verdict.UNDETERMINED
    if error is None or error >= APART:
        return Verdict.REFUTED
    if error <= SAME and width == independent:
        return Verdict.HOLDS
    return Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure gates of ``{width}`` values. Raises DemoError for a table too large to hold."""
    H, V = int(parameters["units"]), int(parameters["vocabulary"])
    gain = float(parameters["gate_gain"])
    what = f"the input weights of {V:,} words and {H} units"
    afford(4 * V * 4 * H, LARGEST_TABLE, what, "choose fewer of either")
    rng = np.random.default_rng(seed)
    step = take_apart(rng, H, V, gain)
    shared = _best(step, 1) or 0.0
    errors = [_best(step, int(claim["width"])) for claim in claims]
    order = EXPERIMENT.in_order(claims)
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(
            _finding(claim, error, step, shared)
            for claim, error in zip(claims, errors, strict=True)
        ),
        rule=RULE,
        pictures=(
            _bars([claims[i] for i in order], [errors[i] for i in order], H),
            _strip(step),
            _table(rng, H, V, gain, step.independent),
        ),
    )


def _best(step: LstmStep, width: int) -> float | None:
    """The largest error of Γ_u * c̃ with the best gate of this width; None if NumPy refuses it."""
    gate, candidate = step.gate.astype(np.float64), step.candidate.astype(np.float64)
    try:
        repeated = np.ones(width) * candidate
    except ValueError:
        return None
    if repeated.shape != candidate.shape:  # a memory of one unit, stretched to the gate's width
        return None
    # A width that fits is one value for each unit, or one for all: then least squares weighs
    # the real values by the squares of what they multiply.
    weight = candidate**2
    best = gate if width == len(gate) else weight @ gate / max(weight.sum(), 1e-300)
    return float(abs(best * candidate - gate * candidate).max())


def _finding(claim: Claim, error: float | None, step: LstmStep, shared: float) -> Finding:
    width, H = int(claim["width"]), len(step.gate)
    verdict = decide(width, error, step.independent, shared)
    if error is None:
        shown, value = f"cannot multiply: {width:,} against {H}", math.nan
    else:
        shown, value = f"< {SAME:g}" if 0 < error <= SAME else "", error
    return Finding(
        claim=claim,
        predicts=(
            f"{counted(width, 'gate value acts', 'gate values act')} on the memory, and a gate of "
            "this width in place of $\\Gamma_u$ changes nothing."
        ),
        figure=Measurement(
            value, "", r"largest error of $\Gamma_u * \tilde{c}^{<t>}$ with this width", shown
        ),
        verdict=verdict,
        reason=_reason(verdict, width, error, step, shared),
    )


def _reason(
    verdict: Verdict, width: int, error: float | None, step: LstmStep, shared: float
) -> str:
    H = len(step.gate)
    if shared < APART:
        return (
            f"One shared value does the work of all {H} here (it is off by {_size(shared)}), so "
            "this run cannot tell how many there are."
        )
    if error is None:
        return (
            f"An element-wise product of {width:,} gate values with {H} memory values does not "
            f"exist. The nudges found {step.independent} values at work, one for each unit."
        )
    if verdict is Verdict.HOLDS:
        return (
            f"Each of {H} gate values moves one unit of the memory and no other, and every unit "
            "has its own."
        )
    if verdict is Verdict.REFUTED:
        distinct = len(np.unique(step.gate))
        return (
            f"One value for all units is off by up to {error:.2f}, even the best one: the gate "
            f"has {distinct} different values. NumPy repeats a single value without complaint, so "
            "shapes alone would not show this."
        )
    return f"The product fits, but the nudges found {step.independent} values at work."


def _size(error: float) -> str:
    return f"{error:.2g}" if error > SAME else "0"


def _bars(claims: Sequence[Claim], errors: Sequence[float | None], H: int) -> Bars:
    bars, says = [], []
    for claim, error in zip(claims, errors, strict=True):
        name = f"{claim['width']:,}"
        if error is None:
            bars.append(Bar(name, math.nan, f"cannot multiply {H}"))
            says.append(f"{name} cannot be multiplied by {H} units")
        else:
            bars.append(
                Bar(
                    name,
                    error if error > SAME else 0.0,
                    "one value for all" if name != f"{H}" else "",
                )
            )
            says.append(f"{name} is off by {_size(error)}")
    return Bars(
        title=r"Error of $\Gamma_u * \tilde{c}^{<t>}$ with the best gate of each width",
        bars=tuple(bars),
        unit="",
        says=f"By width: {'; '.join(says)}.",
        mark=APART,
        mark_label="margin",
    )


def _strip(step: LstmStep) -> HeatMap:
    """Gate values in full rows of equal length, at most eight of them."""
    H = len(step.gate)
    wide = min(H, COLUMNS)
    rows = min(H // wide, 8)
    shown = "" if rows * wide == H else f", the first {rows * wide}"
    values = step.gate[: rows * wide].reshape(rows, wide)
    return HeatMap(
        title=f"$\\Gamma_u$ of each unit{shown}: 0 is closed, 1 is open",
        rows=tuple(f"{k * wide + 1}–{(k + 1) * wide}" for k in range(rows)),
        columns=tuple(f"{k + 1}" for k in range(wide)),
        cells=tuple(tuple(row) for row in values.tolist()),
        unit="",
        says=(
            f"{counted(len(np.unique(step.gate)), 'different value')} in {H} units, from "
            f"{step.gate.min():.2f} to {step.gate.max():.2f}."
        ),
    )


def _table(rng: np.random.Generator, H: int, V: int, gain: float, found: int) -> TextTable:
    """How many gate values are at work in other networks: what the width follows, and what not."""
    sizes = [(H, 10), (H, 100), (10, 100), (50, 100)]
    rows = [(H, V, found), *((h, v, take_apart(rng, h, v, gain).independent) for h, v in sizes)]
    return TextTable(
        title="Gate values at work in networks of other sizes",
        columns=("units", "words", "gate values"),
        rows=tuple((f"{h}", f"{v:,}", f"{n}") for h, v, n in rows),
        says=" ".join(
            f"{h} units and {v:,} words: {counted(n, 'gate value')}." for h, v, n in rows
        ),
    )


EXPERIMENT = Experiment(
    name="gate-width",
    title="The width of a gate",
    asks=r"How many values does the gate $\Gamma_u$ of an LSTM have at each step?",
    claim={"width": ClaimField("the number of values", low=1, high=1_000_000, integer=True)},
    knobs=(
        Knob(
            "units",
            100,
            "units of the memory",
            low=1,
            high=512,
            step=10,
            sets={"width": lambda _, knobs: knobs["units"]},
        ),
        Knob(
            "vocabulary", 1000, "words in the vocabulary", low=2, high=100_000, step=10, factor=True
        ),
        Knob(
            "gate_gain",
            1.0,
            r"size of the weights of $\Gamma_u$; 0 gives every unit the same gate",
            low=0,
            high=4,
            step=0.25,
        ),
    ),
    null={"gate_gain": 0.0},
    null_help="Without weights every unit has the same gate, one half, and one value would do.",
    run=run,
    label=lambda claim: f"{claim['width']:,}",
    claims=({"width": 1}, {"width": 100}, {"width": 300}, {"width": 10_000}),
    definitional=True,
)
