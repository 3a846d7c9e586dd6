"""What becomes of a gradient's length in a fresh network, by how its recurrent weights are drawn.

The network is linear, so that going back one step is a product with Uᵀ and nothing else. Gradients
of random directions are sent back through all steps, and the logarithm of what is left of their
length is looked at. Three starts: a random orthogonal matrix, and entries drawn from a normal
distribution of half or twice the standard deviation 1/√n, at which a product keeps the length on
the average.

The control of size: normal entries at 1/√n themselves make a matrix of the same overall size as an
orthogonal one (its squares add up to the same), and yet lengths are not kept. Shown is how far its
gradients go apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.demos.cells import RNN
from quizcli.demos.evidence import (
    Break,
    Claim,
    ClaimField,
    Dose,
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

    from quizcli.demos.cells.rnn import Activation
    from quizcli.demos.cells.shared import Array

GRADIENTS = 20  # directions that are sent back
DIGITS = 9  # of a power of ten: what is beyond them is rounding
KEPT, LOST = 0.01, 1.0  # powers of ten
APART = 2.0  # powers of ten between the starts, or they make no difference

STARTS = {
    "orthogonal": "orthogonal",
    "half": "normal, half size",
    "same": "normal, usual size",
    "double": "normal, twice the size",
}
SCALES = {"half": 0.5, "same": 1.0, "double": 2.0}
WORDS = {
    "orthogonal": "orthogonal weights",
    "half": "normal weights of half the usual size",
    "double": "normal weights of twice the usual size",
}
CLAIMED = tuple(WORDS)  # at the usual size it hangs on the draw
FATES = {
    "keeps": "keeps its length",
    "fades": "shrinks to a tenth or less",
    "explodes": "grows tenfold or more",
}

RULE = (
    f"A gradient keeps its length if all {GRADIENTS} directions change by at most "
    f"{KEPT:g} powers of ten; it fades or explodes if all of them shrink or grow by {LOST:g} or "
    "more. A claim is refuted where another of these is true, or where directions differ by "
    f"at least {APART:g} powers of ten. No verdict is given unless the starts differ by at least "
    f"{APART:g} powers of ten."
)


class BackFate(NamedTuple):
    """Powers of ten by which gradients were longer at the first step than at the last: the least
    and the most of all directions, and after each step back the median, (T + 1,)."""

    least: float
    most: float
    by_step: Array


def decide(claimed: str, fate: BackFate, *, control: bool) -> Verdict:
    """The rule."""
    if not control:
        return Verdict.UNDETERMINED
    seen = {
        "keeps": max(-fate.least, fate.most) <= KEPT,
        "fades": fate.most <= -LOST,
        "explodes": fate.least >= LOST,
    }
    if seen[claimed]:
        return Verdict.HOLDS
    other = any(seen.values()) or fate.most - fate.least >= APART
    return Verdict.REFUTED if other else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{start, gradient}``."""
    fates = measure(seed, parameters)
    middle = [(fates[start].least + fates[start].most) / 2 for start in CLAIMED]
    control = max(middle) - min(middle) >= APART
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, fates, control=control) for claim in claims),
        rule=RULE,
        pictures=_pictures(fates, int(parameters["steps"])),
        assumption=EXPERIMENT.assumption,
    )


def measure(seed: int, parameters: Parameters) -> Mapping[str, BackFate]:
    """What becomes of gradients under each start."""
    rng = np.random.default_rng(seed)
    n, T = int(parameters["units"]), int(parameters["steps"])
    normal = rng.standard_normal((n, n)) / n**0.5
    orthogonal, upper = np.linalg.qr(normal)
    orthogonal *= np.sign(np.diag(upper))  # so that no direction is preferred
    starts = {"orthogonal": orthogonal, **{name: by * normal for name, by in SCALES.items()}}
    X = rng.standard_normal((T, GRADIENTS, 1))
    W, dlast = rng.standard_normal((1, n)), rng.standard_normal((GRADIENTS, n))
    g: Activation = "identity" if parameters["linear"] else "tanh"
    return {name: _fate(RNN(W, starts[name], np.zeros(n), g), X, dlast) for name in STARTS}


def _fate(cell: RNN, X: Array, dlast: Array) -> BackFate:
    back = cell.backward(cell.forward(X), dlast=dlast)
    assert back.da0 is not None  # this cell always has them
    assert back.dstates is not None
    lengths = np.linalg.norm(np.concatenate([back.da0[None], back.dstates]), axis=2)
    powers = np.log10(np.maximum(lengths / lengths[-1], 1e-300))[::-1]  # (T + 1, GRADIENTS)
    powers = np.round(powers, DIGITS) + 0.0  # so that rounding is no change, nor its sign one
    return BackFate(float(powers[-1].min()), float(powers[-1].max()), np.median(powers, axis=1))


def _finding(claim: Claim, fates: Mapping[str, BackFate], *, control: bool) -> Finding:
    start, claimed = str(claim["start"]), str(claim["gradient"])
    fate = fates[start]
    reason = (
        f"Sent back through all steps, gradients came out between 10^{fate.least:.1f} and "
        f"10^{fate.most:.1f} times as long."
    )
    if max(-fate.least, fate.most) <= KEPT:
        reason = "Sent back through all steps, gradients of all directions were as long as before."
    if not control:
        reason = (
            "All starts give about the same here: it makes no difference how the weights are drawn."
        )
    return Finding(
        claim=claim,
        predicts=f"With {WORDS[start]} a gradient sent back {FATES[claimed]}.",
        figure=Measurement(
            float(fate.by_step[-1]), "powers of ten", "median change of a gradient's length"
        ),
        verdict=decide(claimed, fate, control=control),
        reason=reason,
    )


def _pictures(fates: Mapping[str, BackFate], steps: int) -> tuple[Series, TextTable]:
    every = max(1, -(-(steps + 1) // 60))
    rows = tuple(
        (STARTS[name], f"{fate.least:.2f}", f"{fate.by_step[-1]:.2f}", f"{fate.most:.2f}")
        for name, fate in fates.items()
    )
    return (
        Series(
            title="Length of a gradient, by steps back",
            lines=tuple(
                SeriesLine(STARTS[name], tuple(fate.by_step[::every].tolist()))
                for name, fate in fates.items()
            ),
            x="steps back",
            y="power of ten",
            says="; ".join(f"{name}: 10^{median}" for name, _, median, _ in rows) + ".",
            first=0,
            step=every,
        ),
        TextTable(
            title=f"Powers of ten after {steps} steps back, over {GRADIENTS} directions",
            columns=("weights", "min", "median", "max"),
            rows=rows,
            says="; ".join(f"{name}: from {least} to {most}" for name, least, _, most in rows)
            + ".",
        ),
    )


EXPERIMENT = Experiment(
    name="recurrent-start",
    title="Initial recurrent weights",
    asks="How do the initial recurrent weights affect the length of a gradient?",
    claim={
        "start": ClaimField("how the recurrent weights are drawn", CLAIMED),
        "gradient": ClaimField("what happens to a gradient that is sent back", tuple(FATES)),
    },
    knobs=(
        Knob("steps", 100, "steps back", low=0, high=400, step=10),
        Knob("units", 32, "units of the network", low=8, high=128, step=2, factor=True),
        Knob("linear", True, "without tanh: a step back is a product with Uᵀ"),
    ),
    null={"steps": 0},
    null_help="Without a step back nothing is multiplied, and all gradients stay the same.",
    run=run,
    claims=(
        {"start": "orthogonal", "gradient": "keeps"},
        {"start": "half", "gradient": "fades"},
        {"start": "double", "gradient": "explodes"},
        {"start": "orthogonal", "gradient": "fades"},
    ),
    breaks=(
        Break(
            "saturating",
            {"linear": False},
            "Each tanh has a slope below 1, and over many steps gradients fade even from an "
            "orthogonal start.",
        ),
    ),
    dose=Dose("steps", (5, 10, 20, 40, 60, 80, 100), "powers of ten at twice the usual size",
              lambda seed, knobs: float(measure(seed, knobs)["double"].by_step[-1])),
    assumption=(
        "The network is linear and fresh; a tanh makes gradients shorter than this. The usual size "
        "of a normal entry is a standard deviation of 1 over the square root of the units."
    ),
)  # fmt: skip
