"""What turns a network's numbers into NaN: each suspect acting alone, and then taken away.

A recurrent network learns to recall its first input, by plain gradient descent. Every suspect
has a world of its own, in which it is at work and the others are not:

- vanishing gradients: tanh, small recurrent weights;
- exploding gradients: tanh as well, so that no activation leaves [-1, 1] and z stays small, but
  large recurrent weights;
- a large z: inputs so large that z is huge, small recurrent weights, and a gradient held short.

Each world is run with the gradient clipped and without. A huge z makes the gradient of a ReLU
network huge too: without the clipped run, z would be blamed for what the gradient does.

The gradient is clipped on its way back through time, and not only at its end, as by Pascanu,
Mikolov and Bengio (2013): what has overflowed has no length left that could be shortened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizcli.demos.cells import RNN
from quizcli.demos.evidence import (
    Break,
    Claim,
    ClaimField,
    DemoError,
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
    largest_z,
    memory,
    norm,
    tried,
)
from quizcli.numeric import np
from quizcli.report.pictures import Series, SeriesLine, TextTable
from quizcli.report.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

GRADIENT = ("vanishing-gradients", "exploding-gradients")
LARGE_Z = ("large-z-relu", "large-z-sigmoid", "large-z-tanh")
AT_WORK = 1e6  # times that a gradient grows or shrinks; a size of z
MOSTLY, HARDLY = 0.9, 0.1  # shares of NaN
MOST_BYTES = 64e6
LINE_STEPS, LINE_RADII = 60, (0.5, 1.0, 2.0)
TO_OVERFLOW = 200  # more than the 128 doublings that a 32-bit number has room for
RULE = (
    f"A cause holds if, acting alone, it makes at least {MOSTLY:.0%} of all numbers NaN, and at "
    f"most {HARDLY:.0%} once it is taken away; it is refuted if, acting alone, it makes at most "
    f"{HARDLY:.0%} NaN. Nothing is decided of a cause that is not at work (a gradient that grows "
    "or shrinks a million times, a z of a million), nor where nothing turns NaN at all."
)
ASSUMPTION = "Numbers have 32 bits where the gradient explodes, as is usual in training."


@dataclass(frozen=True, slots=True)
class NanCounts:
    """A world, run freely and with the gradient clipped; ``z`` is the largest |z| at the start."""

    z: float
    free: Run
    clipped: Run


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Every world, with and without clipping; then a verdict on each claimed cause."""
    worlds = make_worlds(parameters)
    _refuse_long_runs(worlds.values())
    updates, clip = int(parameters["updates"]), float(parameters["clip"])
    rngs = np.random.default_rng(seed).spawn(len(worlds) + 1)
    starts = {cause: draw(rng, worlds[cause]) for cause, rng in zip(worlds, rngs, strict=False)}
    seen = {
        cause: NanCounts(largest_z(start), descend(start, updates), descend(start, updates, clip))
        for cause, start in starts.items()
    }
    anywhere = any(max(one.free.nan, one.clipped.nan) > HARDLY for one in seen.values())
    findings = []
    for claim in claims:
        cause = str(claim["cause"])
        alone, without = seen[cause].free.nan, seen[cause].clipped.nan
        if cause in LARGE_Z:  # clipping leaves such a suspect alone; small inputs take it away
            small = replace(starts[cause], X=starts[cause].X / worlds[cause].scale)
            alone = without
            without = descend(small, updates, clip).nan if alone > HARDLY else 0.0
        verdict = judge(_at_work(cause, seen[cause]), alone, without, anywhere)
        what = "share of NaN among weights and activations, this cause acting alone"
        reason = _reason(cause, worlds[cause], seen[cause], verdict, anywhere)
        figure = Measurement(100 * alone, "%", what)
        findings.append(Finding(claim, _predicts(cause), figure, verdict, reason))
    pictures = (_table(worlds, seen), _lines(rngs[-1]))
    return Evidence("nan", seed, parameters, tuple(findings), RULE, pictures, ASSUMPTION)


def make_worlds(parameters: Parameters) -> dict[str, RecallWorld]:
    """A world for each suspect. Where z is huge, 64 bits: 1e30 and its square should still fit."""
    dtype, radius = str(parameters["precision"]), float(parameters["radius"])
    scale = float(parameters["z"])
    return {
        "vanishing-gradients": RecallWorld("vanishing", "tanh", dtype=dtype),
        "exploding-gradients": RecallWorld(
            "exploding", "tanh", radius, 1.0, int(parameters["T"]), int(parameters["units"]), dtype
        ),
        "large-z-relu": RecallWorld("large z, ReLU", "relu", scale=scale),
        "large-z-sigmoid": RecallWorld("large z, sigmoid", "sigmoid", scale=scale),
        "large-z-tanh": RecallWorld("large z, tanh", "tanh", scale=scale),
    }


def judge(at_work: bool, alone: float, without: float, anywhere: bool) -> Verdict:
    """The rule of this experiment, see ``RULE``.

    ``alone`` and ``without`` are shares of NaN: the cause acting alone, and taken away.
    ``anywhere``: some world turned NaN, so that there is something to explain.
    """
    if not (at_work and anywhere):
        return Verdict.UNDETERMINED
    if alone <= HARDLY:
        return Verdict.REFUTED
    return Verdict.HOLDS if alone >= MOSTLY and without <= HARDLY else Verdict.UNDETERMINED


def _refuse_long_runs(worlds: Iterable[RecallWorld]) -> None:
    """Raises DemoError for more steps and units than fit into reasonable memory."""
    for world in worlds:
        needed = memory(world)
        if needed > MOST_BYTES:
            raise DemoError(
                f"T: {world.T} steps of {world.H} units need about {needed / 1e9:.2g} GB of memory "
                f"— give {int(MOST_BYTES / needed * world.T)} or less"
            )


def _at_work(cause: str, seen: NanCounts) -> bool:
    if cause == "vanishing-gradients":
        return seen.free.growth <= 1 / AT_WORK
    if cause == "exploding-gradients":
        return seen.free.growth >= AT_WORK
    return seen.z >= AT_WORK


def _predicts(cause: str) -> str:
    if cause == "vanishing-gradients":
        return "Where the gradient shrinks to almost nothing, everything turns NaN."
    if cause == "exploding-gradients":
        return (
            "Where the gradient grows over the steps, everything turns NaN though z stays small; "
            "with the gradient clipped, nothing does."
        )
    return "Where z is huge, everything turns NaN, even if the gradient is held short."


def _reason(
    cause: str, world: RecallWorld, seen: NanCounts, verdict: Verdict, anywhere: bool
) -> str:
    if not anywhere:
        return "Nothing turned NaN in any of the worlds, so there is nothing to explain."
    free, clipped = _share(seen.free.nan), _share(seen.clipped.nan)
    if cause in LARGE_Z:
        if not _at_work(cause, seen):
            return f"This cause was not at work, so nothing follows: |z| is {seen.z:.2g} at most."
        told = f"z reaches {_maths(seen.z)}, and with the gradient clipped {clipped} turns NaN."
        if seen.free.nan > HARDLY:
            overflows = np.isinf(seen.free.length)
            gradient = "which overflows" if overflows else f"{_maths(seen.free.length)} long"
            return f"{told} Without clipping {free} does: the cause is the gradient, {gradient}."
        return (
            f"{told} Of {TRIED} values of z up to 3e38, {tried(world.g)} make $g$ or its slope NaN."
        )
    if not _at_work(cause, seen):
        return (
            "This cause was not at work, so nothing follows: back at step 1, the gradient is "
            f"{seen.free.growth:.2g} times as long as at step T."
        )
    if cause == "vanishing-gradients":
        return (
            f"On its way back to step 1 the gradient shrinks to {_maths(seen.free.growth)} of its "
            f"length. Learning stalls, but {free} turns NaN."
        )
    if verdict is Verdict.REFUTED:
        return (
            "The gradient grows more than a million times, but does not overflow: the activations "
            f"saturate, learning stalls, and {free} turns NaN."
        )
    return (
        f"No activation leaves [-1, 1] and |z| is at most {seen.z:.0f}, and yet {free} turns NaN. "
        f"With the gradient clipped, {clipped} does: the gradient is the cause."
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


def _length(seen: NanCounts) -> str:
    """The length of the first gradient; where it grows into chaos, only what is certain of it."""
    if np.isinf(seen.free.length):
        return "overflow"
    return f"over {_power(AT_WORK)}" if seen.free.growth >= AT_WORK else _power(seen.free.length)


def _growth(seen: NanCounts) -> str:
    if np.isinf(seen.free.growth):
        return "overflow"
    return f"over {_power(AT_WORK)}" if seen.free.growth >= AT_WORK else _power(seen.free.growth)


def _table(worlds: Mapping[str, RecallWorld], seen: Mapping[str, NanCounts]) -> TextTable:
    rows = tuple(
        (
            worlds[cause].label,
            _power(one.z),
            _length(one),
            _growth(one),
            f"{one.free.nan:.0%}",
            f"{one.clipped.nan:.0%}",
        )
        for cause, one in seen.items()
    )
    told = "; ".join(
        f"{label}: |z| at most {z}, gradient {length}, NaN {free}, clipped {clipped}"
        for label, z, length, _, free, clipped in rows
    )
    return TextTable(
        "NaN among weights and activations, left alone and with the gradient clipped",
        ("world", "|z| up to", "gradient", "growth back", "NaN", "NaN if clipped"),
        rows,
        f"{told}.",
    )


def _lines(rng: np.random.Generator) -> Series:
    """The length of dL/da on its way back, where nothing but U acts on it: g is the identity."""
    lines, told = [], []
    for radius in LINE_RADII:
        cell = RNN.random(rng, 1, 16, g="identity", radius=radius)
        end = rng.standard_normal((1, 16))
        trace = cell.forward(np.zeros((LINE_STEPS, 1, 1)))
        back = cell.backward(trace, dlast=end / norm(end)).dstates[::-1]
        logarithms = np.log10(np.linalg.norm(back[:, 0], axis=1))
        lines.append(SeriesLine(f"radius {radius:g}", tuple(map(float, logarithms))))
        told.append(f"{10 ** float(np.diff(logarithms[20:]).mean()):.2f}")
    W, U, b = (weights.astype("float32") for weights in (cell.W, cell.U, cell.b))
    single = RNN(W, U, b, "identity")
    trace = single.forward(np.zeros((TO_OVERFLOW, 1, 1)))
    back = single.backward(trace, dlast=end / norm(end)).dstates
    return Series(
        "Exploding and vanishing: the gradient on its way back (linear cells)",
        tuple(lines),
        f"steps back, 0 to {LINE_STEPS - 1}",
        "log10 of its length",
        f"With recurrent weights of spectral radius {listed([f'{r:g}' for r in LINE_RADII])}, each "
        f"step back multiplies the gradient by {listed(told)}. In 32-bit numbers the last of these "
        f"gradients overflows after {np.isfinite(back).all(axis=(1, 2)).sum()} steps.",
    )


EXPERIMENT = Experiment(
    name="nan",
    title="When everything turns NaN",
    asks="Which suspect turns the network's numbers into NaN when it acts alone?",
    claim={"cause": ClaimField("what turns the numbers into NaN", choices=(*GRADIENT, *LARGE_Z))},
    knobs=(
        Knob("radius", 10.0, "spectral radius of the exploding world", 0, 100, step=0.5),
        Knob(
            "z", 1e30, "size of the inputs in the worlds of large z", 1, 1e100, step=10, factor=True
        ),
        Knob("T", 200, "steps of the exploding world", 2, 1_000_000, step=50),
        Knob("units", 64, "hidden units of the exploding world", 1, 256, step=8),
        Knob("updates", 4, "updates of the weights", 1, 20),
        Knob(
            "clip", 1.0, "length to which gradients are clipped", 0.001, 1e6, step=10, factor=True
        ),
        Knob(
            "precision",
            "float32",
            "of the numbers where gradients vanish or explode",
            choices=("float32", "float64"),
        ),
    ),
    null={"radius": 0.5, "z": 1.0},
    null_help="Small recurrent weights and inputs everywhere: no gradient explodes in any world.",
    run=run,
    claims=tuple({"cause": cause} for cause in (*GRADIENT, *LARGE_Z)),
    breaks=(
        Break(
            "float64",
            {"precision": "float64"},
            (
                "64-bit numbers hold this gradient: it does not overflow, and the network "
                "saturates and stalls instead of turning NaN."
            ),
        ),
    ),
    assumption=ASSUMPTION,
)
