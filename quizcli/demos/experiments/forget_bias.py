"""How long an LSTM remembers before it has learned to: the half-life that a forget bias gives.

In a fresh LSTM the weights of the forget gate are small, so the gate stands near σ(b), where b is
its bias, and what is in the memory shrinks by that factor at each step. After h steps half of it is
left, with σ(b)ʰ = ½: 1.0 steps for b = 0, 2.2 for b = 1, 5.5 for b = 2. That is why R. Jozefowicz,
W. Zaremba and I. Sutskever (2015) start it at 1 or more.

It is measured by intervention: two runs on the same inputs, one of which has something more in
every cell of its memory at the start. The difference between the two memories is what is left of
it, whatever else goes on in the network. Several networks are asked, and where they do not agree,
their other weights have a say and nothing is decided; nor is it of what fades more slowly than can
be seen in the steps of a run.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

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
INPUTS, STEPS, NETWORKS = 4, 20, 8
APART = 1.5  # the longest half-life among the networks, as a multiple of the shortest

RULE = (
    f"A half-life holds if it is within {RIGHT:.0%} of the measured one and is refuted if it is "
    f"off by {WRONG:.0%} or more. No verdict is given where nothing was stored, nor where the "
    f"longest half-life of {NETWORKS} networks is more than {APART:g} times the shortest. Of a "
    f"half-life longer than the {STEPS} steps of a run, no more is known than that."
)


class HalfLife(NamedTuple):
    """In steps, over several networks; NaN where nothing was stored to be halved."""

    mean: float
    shortest: float
    longest: float


def decide(claimed: float, life: HalfLife) -> Verdict:
    """The rule, for half-lives in steps."""
    if math.isnan(life.mean):
        return Verdict.UNDETERMINED
    if life.shortest >= STEPS:
        longer = claimed <= (1 - WRONG) * STEPS
        return Verdict.REFUTED if longer else Verdict.UNDETERMINED
    if life.longest > APART * life.shortest or life.mean > STEPS:
        return Verdict.UNDETERMINED
    off = abs(claimed - life.mean) / max(claimed, life.mean)
    if off <= RIGHT:
        return Verdict.HOLDS
    return Verdict.REFUTED if off >= WRONG else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{bias, half_life}``."""
    rng = np.random.default_rng(seed)
    H, scale = int(parameters["units"]), float(parameters["scale"])
    networks = [
        LSTM.random(rng, INPUTS, H, input_gain=scale * INPUTS**0.5, gain=scale * H**0.5)
        for _ in range(NETWORKS)
    ]
    X = rng.standard_normal((STEPS, 1, INPUTS))
    biases = sorted({*BIASES, *(float(claim["bias"]) for claim in claims)})
    stored = float(parameters["stored"])
    left = {
        bias: np.array([_left(lstm.biased(Γ_f=bias), X, stored) for lstm in networks])
        for bias in biases
    }
    lives = {bias: _half_life(curves) for bias, curves in left.items()}
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, lives) for claim in claims),
        rule=RULE,
        pictures=_pictures({bias: curves.mean(axis=0) for bias, curves in left.items()}, lives),
        assumption=EXPERIMENT.assumption,
    )


def _left(lstm: LSTM, X: Array, stored: float) -> Array:
    """(STEPS + 1,): the share of what was stored that is left after 0, 1, … steps; 0 of nothing."""
    H = len(lstm.U)
    c0 = np.stack([np.zeros(H), np.full(H, stored)])
    c = lstm.forward(np.repeat(X, 2, axis=1), c0=c0).c
    more: Array = (c[:, 1] - c[:, 0]).mean(axis=1)
    return more / stored if stored else more


def _half_life(left: Array) -> HalfLife:
    """From what is left in each network, (networks, STEPS + 1)."""
    fading = np.array([_halvings(curve) for curve in left])
    with np.errstate(divide="ignore"):
        each = 1 / np.maximum(fading, 0)
        mean = 1 / np.maximum(fading.mean(), 0)
    return HalfLife(float(mean), float(each.min()), float(each.max()))


def _halvings(left: Array) -> float:
    """How often what is left is halved a step: minus the slope of its log₂, through its start."""
    # Below a millionth the other paths through the network, small as they are, begin to show.
    seen = int(np.argmin(np.append(left > 1e-6, False)))
    if seen < 2:  # nothing was stored, or it was gone at once
        return math.inf if seen else math.nan
    t = np.arange(seen)
    return -float(t @ np.log2(left[:seen]) / (t @ t))


def _finding(claim: Claim, lives: Mapping[float, HalfLife]) -> Finding:
    bias, claimed = float(claim["bias"]), float(claim["half_life"])
    life = lives[bias]
    verdict = decide(claimed, life)
    return Finding(
        claim=claim,
        predicts=f"With forget bias {bias:g}, half of a memory is left after {claimed:.1f} steps.",
        figure=Measurement(
            life.mean,
            "steps",
            f"half-life of a memory at forget bias {bias:g}",
            _shown(life) if not life.mean <= STEPS else "",
        ),
        verdict=verdict,
        reason=_reason(bias, claimed, life, verdict),
    )


def _reason(bias: float, claimed: float, life: HalfLife, verdict: Verdict) -> str:
    if math.isnan(life.mean):
        return "Nothing was stored, so there is no half of it to wait for."
    keeps = (
        f"At bias {bias:g} the forget gate stands near {_sigma(bias):.2g}, and each step keeps "
        "that share of the memory"
    )
    if life.longest > APART * life.shortest and life.shortest < STEPS:
        return (
            f"The networks do not agree: half was gone after {_shown(life)} steps, the shortest "
            f"being {life.shortest:.1f}. Their other weights are not small beside the bias."
        )
    if life.mean > STEPS:
        return f"{keeps}: half of it was not yet gone after the {STEPS} steps of a run."
    but = f", not {claimed:.1f}" if verdict is Verdict.REFUTED else ""
    return f"{keeps}: half was gone after {life.mean:.1f} steps{but}."


def _shown(life: HalfLife) -> str:
    if math.isnan(life.mean):
        return "nothing stored"
    return f"{life.mean:.1f}" if life.mean <= STEPS else f"more than {STEPS}"


def _sigma(bias: float) -> float:
    return 0.5 * (1 + math.tanh(bias / 2))


def _pictures(
    left: Mapping[float, Array], lives: Mapping[float, HalfLife]
) -> tuple[Series, TextTable]:
    rows = tuple(
        (
            f"{bias:g}",
            f"{_sigma(bias):.3f}",
            *(
                (_shown(lives[bias]), f"{curve[-1]:.2g}")
                if not math.isnan(lives[bias].mean)
                else ("-", "-")
            ),
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
            first=0,
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
        "half_life": ClaimField("steps after which half of a memory is left", low=0, high=100_000),
    },
    knobs=(
        Knob("units", 64, "units of the network", low=1, high=256, step=2, factor=True),
        Knob("scale", 0.01, "size of the initial weights", low=0, high=1, step=2, factor=True),
        Knob("stored", 1.0, "what is put into the memory at the start", low=0, high=10, step=0.5),
    ),
    null={"stored": 0.0},
    null_help="With nothing in the memory, there is nothing to fade.",
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
            (
                "With large weights the gate no longer stands where its bias puts it: each "
                "network has a half-life of its own."
            ),
        ),
    ),
    assumption="The network is fresh: its weights are small beside the bias.",
)
