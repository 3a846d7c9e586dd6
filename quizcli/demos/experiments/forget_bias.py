"""How long an LSTM remembers before it has learned to: the half-life that a forget bias gives.

In a fresh LSTM the weights of the forget gate are small, so the gate stands near σ(b), where b is
its bias, and what is in the memory shrinks by that factor at each step. After h steps half of it is
left, with σ(b)ʰ = ½: 1.0 steps for b = 0, 2.2 for b = 1, 5.5 for b = 2. That is why R. Jozefowicz,
W. Zaremba and I. Sutskever (2015) start it at 1 or more.

It is measured by intervention: two runs on the same inputs, one of which has something more in
every cell of its memory at the start. The difference between the two memories is what is left of
it, whatever else goes on in the network.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quizcli.demos.cells import LSTM
from quizcli.demos.evidence import (
    Break,
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
from quizcli.numeric import np
from quizcli.report.pictures import Series, SeriesLine, TextTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.cells.shared import Array

RIGHT, WRONG = 0.1, 0.25  # relative distances from the measured half-life
BIASES = (0.0, 1.0, 2.0)  # always drawn: the published ones
INPUTS, STEPS = 4, 20

RULE = (
    f"A half-life holds if it is within {RIGHT:.0%} of the measured one and is refuted if it is "
    f"{WRONG:.0%} or more off. Nothing is decided where nothing was stored."
)


def decide(claimed: float, measured: float) -> Verdict:
    """The rule, for half-lives in steps; ``measured`` is NaN where there was nothing to halve."""
    if not measured > 0:
        return Verdict.UNDETERMINED
    off = abs(claimed - measured) / max(claimed, measured)
    if off <= RIGHT:
        return Verdict.HOLDS
    return Verdict.REFUTED if off >= WRONG else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{bias, half_life}``."""
    rng = np.random.default_rng(seed)
    H, scale = int(parameters["units"]), float(parameters["scale"])
    lstm = LSTM.random(rng, INPUTS, H, input_gain=scale * INPUTS**0.5, gain=scale * H**0.5)
    X = rng.standard_normal((STEPS, 1, INPUTS))
    biases = sorted({*BIASES, *(float(claim["bias"]) for claim in claims)})
    stored = float(parameters["stored"])
    left = {bias: _left(lstm.biased(Γ_f=bias), X, stored) for bias in biases}
    lives = {bias: _half_life(curve) for bias, curve in left.items()}
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, lives) for claim in claims),
        rule=RULE,
        pictures=_pictures(left, lives),
        assumption=EXPERIMENT.assumption,
    )


def _left(lstm: LSTM, X: Array, stored: float) -> Array:
    """(STEPS + 1,): the share of what was stored that is left after 0, 1, … steps; 0 of nothing."""
    H = len(lstm.U)
    c0 = np.stack([np.zeros(H), np.full(H, stored)])
    c = lstm.forward(np.repeat(X, 2, axis=1), c0=c0).c
    more: Array = (c[:, 1] - c[:, 0]).mean(axis=1)
    return more / stored if stored else more


def _half_life(left: Array) -> float:
    """Steps to half: -1 over the slope of log₂ of what is left, fitted through its start."""
    # Below a millionth the other paths through the network, small as they are, begin to show.
    seen = int(np.argmin(np.append(left > 1e-6, False)))
    if seen < 2:
        return math.nan
    t = np.arange(seen)
    slope = float(t @ np.log2(left[:seen]) / (t @ t))
    return -1 / slope if slope < 0 else math.inf


def _finding(claim: Claim, lives: Mapping[float, float]) -> Finding:
    bias, claimed = float(claim["bias"]), float(claim["half_life"])
    life = lives[bias]
    if life > 0:
        reason = (
            f"At bias {bias:g} the forget gate stands near {_sigma(bias):.2g}, and each step keeps "
            f"that share of the memory: half was gone after {life:.1f} steps"
            + (f", not {claimed:.1f}." if decide(claimed, life) is Verdict.REFUTED else ".")
        )
    else:
        reason = "Nothing was stored, so there is no half of it to wait for."
    return Finding(
        claim=claim,
        predicts=f"With forget bias {bias:g}, half of a memory is left after {claimed:.1f} steps.",
        figure=Measurement(
            life,
            "steps",
            f"half-life of a memory at forget bias {bias:g}",
            "" if life > 0 else "nothing stored",
        ),
        verdict=decide(claimed, life),
        reason=reason,
    )


def _sigma(bias: float) -> float:
    return 0.5 * (1 + math.tanh(bias / 2))


def _pictures(
    left: Mapping[float, Array], lives: Mapping[float, float]
) -> tuple[Series, TextTable]:
    rows = tuple(
        (
            f"{bias:g}",
            f"{_sigma(bias):.3f}",
            *((f"{lives[bias]:.1f}", f"{curve[-1]:.2g}") if lives[bias] > 0 else ("-", "-")),
            f"{_sigma(bias) ** STEPS:.2g}",
        )
        for bias, curve in left.items()
    )
    return (
        Series(
            title="Share of a memory that is left, by forget bias",
            lines=tuple(SeriesLine(f"bias {bias:g}", tuple(left[bias].tolist())) for bias in left),
            x="step",
            y="share",
            says="; ".join(f"bias {bias}: half after {life} steps" for bias, _, life, *_ in rows)
            + ".",
        ),
        TextTable(
            title=f"A fresh LSTM: half-life, and what is left after {STEPS} steps",
            columns=("bias b", "gate σ(b)", "half-life", "left", f"σ(b)^{STEPS}"),
            rows=rows,
            says="; ".join(
                f"bias {bias}: gate {gate}, {end} left, by the formula {formula}"
                for bias, gate, _, end, formula in rows
            )
            + ".",
        ),
    )


EXPERIMENT = Experiment(
    name="forget-bias",
    title="The half-life of a fresh memory",
    asks="How long does an untrained LSTM remember, for a given bias of its forget gate?",
    claim={
        "bias": ClaimField("the forget gate's bias", low=-5, high=10),
        "half_life": ClaimField(
            "steps after which half of a memory is left", low=0.01, high=100_000
        ),
    },
    knobs=(
        Knob("units", 64, "units of the network", low=1, high=256, step=2, factor=True),
        Knob("scale", 0.01, "size of the initial weights", low=0, high=1, step=2, factor=True),
        Knob("stored", 1.0, "what is put into the memory at the start", low=0, high=10, step=0.5),
    ),
    null={"stored": 0.0},
    null_help="With nothing put into the memory there is nothing to fade.",
    run=run,
    claims=(
        {"bias": 0, "half_life": 1.0},
        {"bias": 1, "half_life": 2.2},
        {"bias": 2, "half_life": 5.5},
        {"bias": 1, "half_life": 20},
        {"bias": 0, "half_life": 5.5},
    ),
    breaks=(
        Break(
            "large-weights",
            {"scale": 1.0},
            "Large weights move the forget gate about, and its bias alone no longer decides.",
        ),
    ),
    assumption="The network is fresh: its weights are small beside the bias.",
)
