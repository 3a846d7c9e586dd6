"""The shape of a difference between predictions and targets, by NumPy itself.

Shapes are matched from the right, and an axis of length 1 is stretched to the length of the other.
So a column of B predictions, (B, 1), minus a row of B targets, (B,), is a table of B × B
differences, each prediction with each target, without a word of warning. What that does to a loss
is measured beside it: predictions that are perfect have a mean squared error of 0 where the shapes
agree, and of twice the targets' variance where they do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from quizcli.report.pictures import HeatMap, TextTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.demos.cells.shared import Array

SHOWN = 8  # rows and columns of the table of differences

RULE = (
    "A shape holds if it is the one that NumPy gives, and is refuted if it is not. No verdict is "
    "given for a single prediction, whose difference is one number whatever its shape."
)


def shape_of(claim: Claim) -> tuple[int, ...]:
    """The shape that is claimed."""
    rows = int(claim["rows"])
    return (rows, int(claim["columns"])) if "columns" in claim else (rows,)


def decide(claimed: tuple[int, ...], shape: tuple[int, ...], batch: int) -> Verdict:
    """The rule."""
    if batch < 2:
        return Verdict.UNDETERMINED
    return Verdict.HOLDS if claimed == shape else Verdict.REFUTED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{rows, columns}``; without ``columns`` the shape has one axis."""
    B = int(parameters["batch"])
    y = np.random.default_rng(seed).standard_normal(B)
    targets = y if parameters["targets"] == "row" else y[:, None]
    difference = y[:, None] - targets  # every prediction is right
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, difference, targets.shape, B) for claim in claims),
        rule=RULE,
        pictures=_pictures(difference, targets.shape, y),
        assumption=EXPERIMENT.assumption,
    )


def _finding(claim: Claim, difference: Array, targets: tuple[int, ...], B: int) -> Finding:
    claimed = shape_of(claim)
    return Finding(
        claim=claim,
        predicts=f"The difference has the shape {claimed}.",
        figure=Measurement(
            difference.size, "numbers", "numbers in the difference", str(difference.shape)
        ),
        verdict=decide(claimed, difference.shape, B),
        reason=(
            f"{(B, 1)} minus {targets} is {difference.shape} in NumPy: {difference.size:,} "
            f"numbers, with a mean square of {float(np.mean(difference**2)):.3g} although every "
            "prediction is right."
        ),
    )


def _pictures(difference: Array, targets: tuple[int, ...], y: Array) -> tuple[TextTable, HeatMap]:
    B = len(y)
    agree = y[:, None] - y[:, None]
    rows = tuple(
        (f"{(B, 1)} - {shape}", str(each.shape), f"{float(np.mean(each**2)):.3g}")
        for shape, each in ((targets, difference), ((B, 1), agree))
    )
    part = difference[:SHOWN, :SHOWN]
    return (
        TextTable(
            title="Mean squared error of perfect predictions",
            columns=("shapes", "difference", "error"),
            rows=rows,
            says="; ".join(f"{shapes} is {shape}: error {error}" for shapes, shape, error in rows)
            + f". Twice the variance of the targets is {2 * float(y.var()):.3g}.",
        ),
        HeatMap(
            title="Size of each difference: predictions down, targets across",
            rows=tuple(str(i + 1) for i in range(part.shape[0])),
            columns=tuple(str(i + 1) for i in range(part.shape[1])),
            cells=tuple(tuple(row) for row in abs(part).tolist()),
            unit="",
            says=(
                f"Up to {SHOWN} rows and columns are shown; the largest of all differences is "
                f"{float(abs(difference).max()):.2g}."
            ),
        ),
    )


EXPERIMENT = Experiment(
    name="broadcasting",
    title="The shape of a difference",
    asks="What is the shape of predictions (B, 1) minus targets (B,)?",
    claim={
        "rows": ClaimField("length of the first axis", low=0, high=100_000, integer=True),
        "columns": ClaimField(
            "length of the second axis, if there is one", low=0, high=100_000, integer=True,
            optional=True,
        ),
    },
    knobs=(
        Knob(
            "batch", 32, "predictions", low=1, high=512, step=2, factor=True,
            sets={
                "rows": lambda _claim, knobs: int(knobs["batch"]),
                "columns": lambda _claim, knobs: (
                    int(knobs["batch"]) if knobs["targets"] == "row" else 1
                ),
            },
        ),
        Knob("targets", "row", "shape of the targets: (B,) or (B, 1)", choices=("row", "column")),
    ),
    null={"batch": 1},
    null_help="One prediction minus one target is one number.",
    run=run,
    claims=(
        {"rows": 32, "columns": 32},
        {"rows": 32, "columns": 1},
        {"rows": 32},
        {"rows": 64, "columns": 1},
    ),
    breaks=(
        Break(
            "column-targets",
            {"targets": "column"},
            "Where the targets are a column as well, so is the difference.",
        ),
    ),
    assumption="The targets have one axis, as they usually do when read from a file.",
    definitional=True,
)  # fmt: skip
