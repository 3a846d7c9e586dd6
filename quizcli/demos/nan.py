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
    Claim,
    DemoError,
    Evidence,
    Experiment,
    Field,
    Figure,
    Finding,
    Knob,
    Parameters,
    Verdict,
)
from quizcli.demos.numeric import np
from quizcli.report.pictures import Line, Series, TextTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.cells.rnn import Activation
    from quizcli.demos.cells.shared import Array

GRADIENT = ("vanishing-gradients", "exploding-gradients")
LARGE_Z = ("large-z-relu", "large-z-sigmoid", "large-z-tanh")
INPUTS, SEQUENCES, RATE = 2, 4, 0.01
AT_WORK = 1e6  # times that a gradient grows or shrinks; a size of z
MOSTLY, HARDLY = 0.9, 0.1  # shares of NaN
MOST_BYTES = 64e6
LINE_STEPS, LINE_RADII = 60, (0.5, 1.0, 2.0)
RULE = (
    f"A cause holds if, acting alone, it makes at least {MOSTLY:.0%} of all numbers NaN, and at "
    f"most {HARDLY:.0%} once it is taken away; it is refuted if, acting alone, it makes at most "
    f"{HARDLY:.0%} NaN. Nothing is decided of a cause that is not at work (a gradient that grows "
    "or shrinks a million times, a z of a million), nor where nothing turns NaN at all."
)
ASSUMPTION = "Numbers have 32 bits where the gradient explodes, as is usual in training."


@dataclass(frozen=True, slots=True)
class World:
    """A network and the size of its inputs, which is about the size of its z."""

    label: str
    g: Activation
    radius: float = 0.5
    scale: float = 1.0
    T: int = 40
    H: int = 16
    dtype: str = "float64"


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Where a run begins: weights, readout W_ya (H, 1), inputs X (T, B, D) and targets y (B, 1)."""

    cell: RNN
    W_ya: Array
    X: Array
    y: Array


@dataclass(frozen=True, slots=True)
class Run:
    """What is seen of one run of gradient descent.

    ``nan``: the share of NaN among all weights and activations at its end. Of the first gradient,
    ``length`` is the norm of all its weights, and ``growth`` that of dL/da at step 1, as a multiple
    of that at step T; both are inf after overflow.
    """

    nan: float
    length: float
    growth: float


@dataclass(frozen=True, slots=True)
class Seen:
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
        cause: Seen(largest_z(start), descend(start, updates), descend(start, updates, clip))
        for cause, start in starts.items()
    }
    anywhere = any(max(one.free.nan, one.clipped.nan) > HARDLY for one in seen.values())
    findings = []
    for claim in claims:
        cause = str(claim["cause"])
        alone, without = seen[cause].free.nan, seen[cause].clipped.nan
        if cause in LARGE_Z:  # there clipping leaves the suspect alone; small inputs take it away
            small = replace(starts[cause], X=starts[cause].X / worlds[cause].scale)
            alone, without = without, descend(small, updates, clip).nan
        verdict = judge(_at_work(cause, seen[cause]), alone, without, anywhere)
        what = "of weights and activations turn NaN, this cause acting alone"
        reason = _reason(cause, worlds[cause], seen[cause], verdict, anywhere)
        figure = Figure(100 * alone, "%", what)
        findings.append(Finding(claim, _predicts(cause), figure, verdict, reason))
    pictures = (_table(worlds, seen), _lines(rngs[-1]))
    return Evidence("nan", seed, parameters, tuple(findings), RULE, pictures, ASSUMPTION)


def make_worlds(parameters: Parameters) -> dict[str, World]:
    """A world for each suspect. Where z is huge, 64 bits: 1e30 and its square should still fit."""
    dtype, radius = str(parameters["precision"]), float(parameters["radius"])
    scale = float(parameters["z"])
    return {
        "vanishing-gradients": World("vanishing", "tanh", dtype=dtype),
        "exploding-gradients": World(
            "exploding", "tanh", radius, 1.0, int(parameters["T"]), int(parameters["units"]), dtype
        ),
        "large-z-relu": World("large z, ReLU", "relu", scale=scale),
        "large-z-sigmoid": World("large z, sigmoid", "sigmoid", scale=scale),
        "large-z-tanh": World("large z, tanh", "tanh", scale=scale),
    }


def draw(rng: np.random.Generator, world: World) -> Start:
    """Random weights and inputs; the target is the first of the two inputs of step 1."""
    dtype = np.dtype(world.dtype)
    cell = RNN.random(rng, INPUTS, world.H, g=world.g, radius=world.radius, dtype=dtype)
    W_ya = rng.standard_normal((world.H, 1)) / world.H**0.5
    X = rng.standard_normal((world.T, SEQUENCES, INPUTS))
    return Start(
        cell, W_ya.astype(dtype), (X * world.scale).astype(dtype), X[0, :, :1].astype(dtype)
    )


def largest_z(start: Start) -> float:
    """The largest |z|; for bounded activations a bound on it, which holds for any sequence.

    Where a gradient explodes the states are chaotic, and their last digits are the machine's own;
    a bound is the same everywhere.
    """
    cell, X = start.cell, start.X
    if cell.g in {"tanh", "sigmoid"}:
        return float(np.abs(X @ cell.W + cell.b).max() + np.abs(cell.U).sum(axis=0).max())
    return float(np.abs(cell.preactivations(cell.forward(X))).max())


def descend(start: Start, updates: int, clip: float | None = None) -> Run:
    """Plain gradient descent on the mean of ½ (a⟨T⟩ W_ya - y)²; stops when all is NaN.

    With ``clip``, no dL/da⟨t⟩ is longer than that, nor the gradient of the cell, nor of W_ya.
    """
    cell, W_ya = _copy(start.cell), start.W_ya.copy()
    rate = start.X.dtype.type(RATE)
    length = growth = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for update in range(updates):
            trace = cell.forward(start.X)
            if np.isnan(trace.states).all():
                break
            error = (trace.last @ W_ya - start.y) / SEQUENCES
            gradients = cell.backward(trace, dlast=error @ W_ya.T, clip=clip)
            if update == 0:
                length = _finite(gradients.norm())
                first, last = gradients.dstates[0], gradients.dstates[-1]
                growth = _finite(_norm(first) / _norm(last))
            dW_ya = trace.last.T @ error
            if clip is not None:
                gradients = gradients.clipped(clip)
                dW_ya *= min(1.0, clip / max(_norm(dW_ya), clip))
            for name, weights in cell.parameters().items():
                weights -= rate * gradients.parameters()[name]
            W_ya -= rate * dW_ya
        numbers = (cell.forward(start.X).states, *cell.parameters().values(), W_ya)
    invalid = sum(int(np.isnan(array).sum()) for array in numbers)
    return Run(invalid / sum(array.size for array in numbers), length, growth)


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
