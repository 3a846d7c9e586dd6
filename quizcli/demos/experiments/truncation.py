"""How far back a gradient reaches in truncated backpropagation.

A long sequence is read in stretches of equal length. The state is carried from one stretch into the
next, but gradients stop where a stretch begins: what is handed over counts as a given number. A
loss is put on one step, the gradient at the input of each step is computed as training would, and
the earlier steps are counted at which it is not exactly 0.

The control is the same sequence read as one: there the gradient must reach each earlier step, or
there is nothing for the stretches to cut off. And a nudge shows what is not cut: inputs of earlier
stretches do move the loss, only no gradient tells.
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
from quizcli.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.demos.cells.shared import Array

INPUTS = 3
SMALLEST = 1e-300  # what has a logarithm
BELOW = 0.01  # where 0 is drawn, as a share of the least of the other lengths
NUDGE = 1e-3

RULE = (
    "A reach holds if the gradient is not exactly 0 at that many steps before the loss, and is "
    "refuted otherwise. No verdict is given unless it reaches every earlier step when the sequence "
    "is read as one."
)


class Reach(NamedTuple):
    """Lengths of the gradient by each input up to the loss, (step,): in stretches, and read as
    one; and how far a nudge of the last input before the stretch moves the state there, as a
    multiple of it."""

    cut: Array
    whole: Array
    nudged: float

    @property
    def steps(self) -> int:
        """The earlier steps that the gradient reaches."""
        return int(np.count_nonzero(self.cut[:-1]))

    @property
    def control(self) -> bool:
        """Whether there is something to cut off: read as one, all steps are reached."""
        return len(self.whole) > 1 and bool((self.whole > 0).all())


def decide(claimed: int, reached: int, *, control: bool) -> Verdict:
    """The rule."""
    if not control:
        return Verdict.UNDETERMINED
    return Verdict.HOLDS if claimed == reached else Verdict.REFUTED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{reach}``."""
    found = measure(seed, parameters)
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, found, parameters) for claim in claims),
        rule=RULE,
        pictures=_pictures(found, parameters),
        assumption=EXPERIMENT.assumption,
    )


def measure(seed: int, parameters: Parameters) -> Reach:
    """The gradient of a loss on the state of the last step read."""
    rng = np.random.default_rng(seed)
    T, units = int(parameters["step"]), int(parameters["units"])
    length = int(parameters["stretch"]) if parameters["stopped"] else T
    cell = RNN.random(rng, INPUTS, units, radius=float(parameters["radius"]))
    X = rng.standard_normal((T, 1, INPUTS))
    dlast = rng.standard_normal((1, units))
    nudged = X.copy()
    nudged[max(0, T - 2 - (T - 1) % length)] += NUDGE  # the last input before the stretch
    moved = np.linalg.norm(cell.forward(nudged).last - cell.forward(X).last) / NUDGE
    return Reach(
        _in_stretches(cell, X, dlast, length), _in_stretches(cell, X, dlast, T), float(moved)
    )


def _in_stretches(cell: RNN, X: Array, dlast: Array, length: int) -> Array:
    """Lengths of the gradient by each input (T, 1, D), as training in stretches finds them."""
    state, found = None, np.zeros(len(X))
    for begin in range(0, len(X), length):
        stretch = X[begin : begin + length]
        trace = cell.forward(stretch, state)
        state = trace.last
        # The loss is on the last step: a stretch without it has none of its own.
        own = dlast if begin + length >= len(X) else np.zeros_like(dlast)
        dX = cell.backward(trace, dlast=own).dX
        assert dX is not None  # of words only
        found[begin : begin + length] = np.linalg.norm(dX[:, 0], axis=1)
    return found


def _finding(claim: Claim, found: Reach, parameters: Parameters) -> Finding:
    claimed = int(claim["reach"])
    step = int(parameters["step"])
    if found.control:
        first = step - found.steps
        reason = (
            f"At the loss of step {step} the gradient is not 0 at {counted(found.steps, 'step')} "
            f"before it, back to step {first}, and exactly 0 at all others. Read as one, it "
            f"reaches all {step - 1}."
        )
    else:
        reason = "Even read as one, the sequence hands no gradient back: nothing can be cut off."
    return Finding(
        claim=claim,
        predicts=f"The gradient reaches {counted(claimed, 'step')} before that of the loss.",
        figure=Measurement(found.steps, "steps", "earlier steps with a gradient that is not 0"),
        verdict=decide(claimed, found.steps, control=found.control),
        reason=reason,
    )


def _pictures(found: Reach, parameters: Parameters) -> tuple[Series, TextTable]:
    step = len(found.whole)
    every = -(-step // 60)
    least = max(SMALLEST, BELOW * float(found.whole.min()))
    lines = tuple(
        SeriesLine(name, tuple(np.log10(np.maximum(lengths, least))[::-1][::every].tolist()))
        for name, lengths in (("in stretches", found.cut), ("read as one", found.whole))
    )
    begins = step - found.steps
    rows = (
        ("at the loss", f"{found.cut[-1]:.2g}", f"{found.whole[-1]:.2g}"),
        (f"step {begins}", f"{found.cut[begins - 1]:.2g}", f"{found.whole[begins - 1]:.2g}"),
        *(
            [(f"step {begins - 1}", "exactly 0", f"{found.whole[begins - 2]:.2g}")]
            if begins > 1
            else []
        ),
    )
    return (
        Series(
            title="Length of the gradient with respect to the input, by steps before the loss",
            lines=lines,
            x="steps back",
            y="power of ten",
            says=(
                f"In stretches it reaches {counted(found.steps, 'step')} back, read as one "
                f"{counted(int(np.count_nonzero(found.whole[:-1])), 'step')}."
            ),
            first=0,
            step=every,
        ),
        TextTable(
            title=f"Stretches of {parameters['stretch']}, loss at step {step}",
            columns=("gradient at the input", "in stretches", "read as one"),
            rows=rows,
            says="; ".join(f"{at}: {cut}, read as one {whole}" for at, cut, whole in rows)
            + f". A nudge before the stretch still moves the loss's state by {found.nudged:.2g}.",
        ),
    )


def _reach(_claim: Claim, knobs: Parameters) -> int:
    return (int(knobs["step"]) - 1) % int(knobs["stretch"])


EXPERIMENT = Experiment(
    name="truncation",
    title="Truncated backpropagation",
    asks="How far back does a gradient reach when it stops at the stretches of a sequence?",
    claim={"reach": ClaimField("earlier steps with a gradient", low=0, high=10_000, integer=True)},
    knobs=(
        Knob("stretch", 20, "steps of a stretch", low=1, high=200, step=5, sets={"reach": _reach}),
        Knob("step", 57, "the step of the loss", low=1, high=400, step=10, sets={"reach": _reach}),
        Knob("stopped", True, "whether gradients stop where a stretch begins"),
        Knob("radius", 1.0, "spectral radius of the recurrent weights", low=0, high=2, step=0.1),
        Knob("units", 8, "units of the network", low=1, high=64, step=2, factor=True),
    ),
    null={"radius": 0.0},
    null_help="Where nothing recurs, no gradient goes back at all, and none can be cut off.",
    run=run,
    claims=tuple({"reach": reach} for reach in (16, 20, 56, 17, 0)),
    breaks=(
        Break(
            "not-stopped",
            {"stopped": False},
            "Where gradients pass on into the previous stretch, all earlier steps are reached.",
        ),
    ),
    dose=Dose("stretch", (1, 5, 10, 15, 20, 25, 30, 40, 60), "earlier steps with a gradient",
              lambda seed, parameters: measure(seed, parameters).steps),
    assumption="The stretches follow each other without overlap, the first one from step 1.",
    definitional=True,
)  # fmt: skip
