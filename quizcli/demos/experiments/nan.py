"""What turns a network's numbers into NaN: each suspect acting alone, and then taken away.

A recurrent network learns to recall its first input, by plain gradient descent. Every suspect
has a world of its own, in which it is at work:

- vanishing gradients: tanh, small recurrent weights;
- exploding gradients: tanh as well, so that no activation leaves [-1, 1] and z stays small, but
  large recurrent weights;
- a large z: inputs so large that z is huge, small recurrent weights.

There are two ways to harm, a gradient and the size of z, and either can be taken away: a gradient
by clipping it, a large z by inputs of ordinary size. So each world is run four times, and each
suspect is judged where it acts and the other does not. Without this a large z would be blamed for
the gradient that it makes huge in a ReLU network.

The gradient is clipped on its way back through time, and not only at its end, as by Pascanu,
Mikolov and Bengio (2013): what has overflowed has no length left that could be shortened.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

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
from quizcli.demos.worlds.recall import (
    TRIED,
    RecallWorld,
    Run,
    descend,
    draw,
    tried,
)
from quizcli.demos.worlds.suspects import (
    AT_WORK,
    GRADIENT,
    LARGE_Z,
    NanCounts,
    at_work,
    cross,
    lines_back,
    make_worlds,
    refuse_long_runs,
)
from quizcli.numeric import np
from quizcli.report.pictures import TextTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOSTLY, HARDLY = 0.9, 0.1  # shares of NaN
DOSES = tuple(float(f"{0.25 * 2 ** (k / 2):.3g}") for k in range(15))
RULE = (
    "Each world is run with z large and small, and with the gradient left alone and clipped. A "
    "cause is judged where it acts alone: a gradient where z is small, a large z where the "
    f"gradient is clipped. It holds if it makes at least {MOSTLY:.0%} of all numbers NaN there, "
    f"and at most {HARDLY:.0%} turn NaN where z is small and the gradient clipped; it is refuted "
    f"if it makes at most {HARDLY:.0%} NaN. No verdict is given on a cause that is not at work "
    "(the gradient has to overflow or shrink a millionfold, z to reach a million), or where "
    "nothing turns NaN at all."
)
ASSUMPTION = (
    "Numbers have 32 bits where the gradient explodes, as is usual in training; where z is large "
    "they have room for z itself, and the recurrent weights there do not multiply it."
)


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Every world, each of its two harms there and taken away; then a verdict on each cause."""
    worlds = make_worlds(parameters)
    refuse_long_runs(worlds.values())
    updates, clip = int(parameters["updates"]), float(parameters["clip"])
    rngs = np.random.default_rng(seed).spawn(len(worlds) + 1)
    seen = {
        cause: cross(rng, worlds[cause], cause in LARGE_Z, updates, clip)
        for cause, rng in zip(worlds, rngs, strict=False)
    }
    anywhere = any(one.nan > HARDLY for counts in seen.values() for one in counts.runs.values())
    findings = []
    for claim in claims:
        cause = str(claim["cause"])
        large = cause in LARGE_Z
        alone = seen[cause].share(large=large, clipped=large)
        neither = seen[cause].share(large=False, clipped=True)
        verdict = judge(at_work(cause, seen[cause]), alone, neither, anywhere)
        what = "share of NaN among weights and activations, with this cause acting alone"
        reason = _reason(cause, worlds[cause], seen[cause], verdict, anywhere)
        figure = Measurement(100 * alone, "%", what)
        findings.append(Finding(claim, _predicts(cause), figure, verdict, reason))
    pictures = (_table(worlds, seen), lines_back(rngs[-1]))
    return Evidence("nan", seed, parameters, tuple(findings), RULE, pictures, ASSUMPTION)


def judge(at_work: bool, alone: float, neither: float, anywhere: bool) -> Verdict:
    """The rule of this experiment, see ``RULE``.

    ``alone`` and ``neither`` are shares of NaN: the cause acting alone, and nothing acting.
    ``anywhere``: some world turned NaN, so that there is something to explain.
    """
    if not (at_work and anywhere):
        return Verdict.UNDETERMINED
    if alone <= HARDLY:
        return Verdict.REFUTED
    return Verdict.HOLDS if alone >= MOSTLY and neither <= HARDLY else Verdict.UNDETERMINED


def decades(seed: int, parameters: Parameters) -> float:
    """log10 of how many times the gradient grows on its way through the exploding world, while z is
    small; in 64 bits, so that it is seen how far."""
    world = make_worlds(parameters)["exploding-gradients"]
    world = replace(world, scale=1.0, dtype="float64")
    refuse_long_runs([world])
    growth = descend(draw(np.random.default_rng(seed), world), 1).growth
    return math.log10(growth) if growth else -math.inf


def _predicts(cause: str) -> str:
    if cause == "vanishing-gradients":
        return "Where the gradient shrinks to almost nothing, everything turns NaN."
    if cause == "exploding-gradients":
        return (
            "Where the gradient grows over the steps, everything turns NaN although z stays small; "
            "with the gradient clipped, nothing does."
        )
    return "Where z is huge, everything turns NaN, even if the gradient is clipped."


def _reason(
    cause: str, world: RecallWorld, seen: NanCounts, verdict: Verdict, anywhere: bool
) -> str:
    if not anywhere:
        return "Nothing turned NaN in any of the worlds, so there is nothing to explain."
    if not at_work(cause, seen):
        return f"This cause was not at work, so nothing follows: {_idle(cause, seen)}."
    if cause in LARGE_Z:
        return _reason_of_z(world, seen, verdict)
    free = _share(seen.share(large=False, clipped=False))
    if cause == "vanishing-gradients":
        growth = seen.runs[False, False].growth
        return (
            f"On its way back to step 1 the gradient shrinks to {_maths(growth)} of its length. "
            f"Learning stalls, but {free} turns NaN."
        )
    clipped = _share(seen.share(large=False, clipped=True))
    return (
        f"No activation leaves [-1, 1] and |z| is at most {seen.z:.0f}, and yet the gradient "
        f"overflows and {free} turns NaN. With the gradient clipped, {clipped} does."
    )


def _idle(cause: str, seen: NanCounts) -> str:
    if cause in LARGE_Z:
        return f"|z| is {seen.z:.2g} at most"
    growth = seen.runs[False, False].growth
    told = f"{growth:.2g} times as long as at step T"
    if growth >= AT_WORK:  # beyond, the states are chaotic and the digits the machine's own
        told = "more than a million times as long as at step T, but has not overflowed"
    return f"back at step 1, the gradient is {told}"


def _reason_of_z(world: RecallWorld, seen: NanCounts, verdict: Verdict) -> str:
    """Of a large z that is at work: without the gradient's help, with it, and taken away."""
    clipped = _share(seen.share(large=True, clipped=True))
    reach = "overflows on the way forward" if np.isinf(seen.z) else f"reaches {_maths(seen.z)}"
    told = f"z {reach}, and with the gradient clipped {clipped} turns NaN."
    if verdict is not Verdict.REFUTED:
        small = _share(seen.share(large=False, clipped=True))
        return f"{told} With inputs of ordinary size {small} does: no gradient is needed here."
    free = seen.runs[True, False]
    if free.nan > HARDLY:
        gradient = "which overflows" if np.isinf(free.length) else f"{_maths(free.length)} long"
        share = _share(free.nan)
        return f"{told} Without clipping {share} does, by way of the gradient, {gradient}."
    return (
        f"{told} Of {TRIED:,} values of z up to 3e38, {tried(world.g)} make $g$ or its slope NaN."
    )


def _share(nan: float) -> str:
    return {0.0: "nothing", 1.0: "everything"}.get(nan, f"{nan:.0%} of all numbers")


def _maths(value: float) -> str:
    """``4e30`` as it is written in a sentence."""
    digit, _, exponent = _power(value).partition("e")
    return rf"${digit} \cdot 10^{{{exponent}}}$" if exponent else digit


def _power(value: float) -> str:
    """``4e30``, ``6e-22``, and plain digits between a hundredth and a thousand."""
    if value == 0 or 0.01 <= value < 1000:
        return f"{value:.0f}" if value == 0 or value >= 10 else f"{value:.2g}"
    digit, exponent = f"{value:.0e}".split("e")
    return f"{digit}e{int(exponent)}"


def _capped(run: Run) -> str:
    """How a gradient grew; where it grows into chaos, only what is certain of it."""
    if np.isinf(run.length):
        return "overflow"
    return f"over {_power(AT_WORK)}" if run.growth >= AT_WORK else _power(run.growth)


def _table(worlds: Mapping[str, RecallWorld], seen: Mapping[str, NanCounts]) -> TextTable:
    """The four runs of each world; |z| and the gradient's growth are those of its own suspect."""
    rows = tuple(
        (
            worlds[cause].label,
            "overflow" if np.isinf(one.z) else _power(one.z),
            _capped(one.runs[cause in LARGE_Z, False]),
            *(f"{one.share(large=big, clipped=clipped):.0%}" for big, clipped in one.runs),
        )
        for cause, one in seen.items()
    )
    told = "; ".join(
        f"{label}: |z| at most {z}, growth back {growth}, NaN under both {both}, under "
        f"a large z alone {z_alone}, under the gradient alone {gradient_alone}, under neither "
        f"{neither}"
        for label, z, growth, both, z_alone, gradient_alone, neither in rows
    )
    return TextTable(
        "NaN among weights and activations, with a large z and an unclipped gradient, with one, "
        "with neither",
        ("world", "|z| up to", "growth back", "both", "large z", "gradient", "neither"),
        rows,
        f"{told}.",
    )


EXPERIMENT = Experiment(
    name="nan",
    title="When everything turns NaN",
    asks="Which cause turns the network's numbers into NaN when it acts alone?",
    claim={"cause": ClaimField("what turns the numbers into NaN", choices=(*GRADIENT, *LARGE_Z))},
    knobs=(
        Knob("radius", 10.0, "spectral radius of the exploding world", 0, 100, step=0.5),
        Knob(
            "z",
            1e30,
            "size of the inputs in the worlds with large z",
            1,
            1e100,
            step=10,
            factor=True,
        ),
        Knob("T", 200, "steps of the exploding world", 2, 1_000_000, step=50),
        Knob("units", 64, "hidden units of the exploding world", 1, 256, step=8),
        Knob("relu_radius", 0.5, "spectral radius of the ReLU world", 0, 100, step=0.5),
        Knob(
            "relu_precision",
            "float64",
            "precision of the numbers in the ReLU world",
            choices=("float64", "float32"),
        ),
        Knob("updates", 4, "updates of the weights", 1, 20),
        Knob(
            "clip", 1.0, "length to which gradients are clipped", 0.001, 1e6, step=10, factor=True
        ),
        Knob(
            "precision",
            "float32",
            "precision where gradients vanish or explode",
            choices=("float32", "float64"),
        ),
    ),
    null={"radius": 0.5, "z": 1.0},
    null_help="Small recurrent weights and inputs everywhere: nothing explodes in any world.",
    run=run,
    claims=tuple({"cause": cause} for cause in (*GRADIENT, *LARGE_Z)),
    breaks=(
        Break(
            "large-relu",
            {"relu_radius": 10.0, "relu_precision": "float32"},
            (
                "A ReLU whose large z is multiplied at every step leaves the range of 32-bit "
                "numbers on the way forward, and everything turns NaN without any gradient."
            ),
        ),
    ),
    assumption=ASSUMPTION,
    dose=Dose("radius", DOSES, "decades by which the gradient grows on its way back", decades),
)
