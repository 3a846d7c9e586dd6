"""What clipping leaves of a gradient: by its norm, or value by value.

The gradient is that of a recurrent network's weights, through all steps of a sequence, made a
certain multiple as long as the limit. Both clippings are applied to it, and what is left is
compared with what it was: the angle between the two, the length, the largest entry, and the entries
that were within the limit from the start.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from quizcli.demos.cells import RNN
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
from quizcli.report.pictures import Bar, Bars, TextTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.cells.shared import Array

STEPS, BATCH, INPUTS = 20, 4, 3
ROUNDING = 1e-9
TURNED = 5.0  # degrees
BEYOND = 2.0  # times the limit
CHANGED = 0.01  # relative

WAYS = {"norm": "by norm", "value": "by value"}
PROPERTIES = {
    "direction": "the direction stays as it was",
    "length": "the length is at most the limit",
    "entries": "no entry is beyond the limit",
    "small-entries": "entries within the limit stay as they were",
}

RULE = (
    f"A claim holds if it is true up to rounding. It is refuted by an angle of {TURNED:g}° or "
    f"more, by {BEYOND:g} times the limit or more, or where entries within the limit change by "
    f"{CHANGED:.0%} or more. No verdict is given where the clipping changes nothing."
)


class ClippedGradient(NamedTuple):
    """What clipping left: angle to the original in degrees, length and largest entry over the
    limit, and the largest relative change of the entries within the limit (NaN: there are none).
    ``touched`` is whether anything changed at all."""

    angle: float
    length: float
    largest: float
    moved: float
    touched: bool


def decide(keeps: str, left: ClippedGradient) -> Verdict:
    """The rule."""
    if not left.touched:
        return Verdict.UNDETERMINED
    off, wrong = {
        "direction": (left.angle, TURNED),
        "length": (left.length - 1, BEYOND - 1),
        "entries": (left.largest - 1, BEYOND - 1),
        "small-entries": (left.moved, CHANGED),
    }[keeps]
    if off <= ROUNDING:
        return Verdict.HOLDS
    return Verdict.REFUTED if off >= wrong else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{by, keeps}``."""
    limit = float(parameters["limit"])
    gradient = _gradient(np.random.default_rng(seed), int(parameters["units"]))
    gradient *= limit * float(parameters["excess"]) / np.linalg.norm(gradient)
    clipped = {"norm": by_norm(gradient, limit), "value": by_value(gradient, limit)}
    left = {way: compare(gradient, kept, limit) for way, kept in clipped.items()}
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, left) for claim in claims),
        rule=RULE,
        pictures=_pictures(gradient, clipped, left, limit),
        assumption=EXPERIMENT.assumption,
    )


def _gradient(rng: np.random.Generator, units: int) -> Array:
    """dL/dU of a network with L = ½ |a⟨T⟩ - wanted|², flat."""
    cell = RNN.random(rng, INPUTS, units, radius=1.2)
    trace = cell.forward(rng.standard_normal((STEPS, BATCH, INPUTS)))
    miss = trace.last - rng.standard_normal(trace.last.shape)
    return cell.backward(trace, dlast=miss).dU.ravel()


def by_norm(gradient: Array, limit: float) -> Array:
    """Shortened as a whole to the limit, where it is longer."""
    length = float(np.linalg.norm(gradient))
    return gradient * (limit / length) if length > limit else gradient.copy()


def by_value(gradient: Array, limit: float) -> Array:
    """Each entry by itself brought within ± the limit."""
    return np.clip(gradient, -limit, limit)


def compare(gradient: Array, kept: Array, limit: float) -> ClippedGradient:
    """What is left of a gradient (n,)."""
    u, v = gradient / np.linalg.norm(gradient), kept / np.linalg.norm(kept)
    # The arc cosine would see nothing below 1e-8.
    angle = 2 * math.atan2(float(np.linalg.norm(u - v)), float(np.linalg.norm(u + v)))
    small = abs(gradient) <= limit
    small &= gradient != 0
    moved = abs(kept[small] / gradient[small] - 1)
    return ClippedGradient(
        # The rounding of unit vectors is no turn.
        angle=math.degrees(angle) if angle > ROUNDING else 0.0,
        length=float(np.linalg.norm(kept)) / limit,
        largest=float(abs(kept).max()) / limit,
        moved=float(moved.max()) if len(moved) else math.nan,
        touched=float(np.linalg.norm(u * np.linalg.norm(gradient) - kept)) > ROUNDING * limit,
    )


def _finding(claim: Claim, left: Mapping[str, ClippedGradient]) -> Finding:
    by, keeps = str(claim["by"]), str(claim["keeps"])
    found = left[by]
    figure, reason = {
        "direction": (
            Measurement(found.angle, "°", f"angle to the gradient, clipped {WAYS[by]}"),
            f"Clipped {WAYS[by]}, it points {found.angle:.2g}° away from its old direction.",
        ),
        "length": (
            Measurement(found.length, "times the limit", f"length, clipped {WAYS[by]}"),
            f"Clipped {WAYS[by]}, its length is {found.length:.3g} times the limit.",
        ),
        "entries": (
            Measurement(found.largest, "times the limit", f"largest entry, clipped {WAYS[by]}"),
            f"Clipped {WAYS[by]}, its largest entry is {found.largest:.3g} times the limit.",
        ),
        "small-entries": (
            Measurement(
                100 * found.moved,
                "%",
                f"largest change of an entry within the limit, clipped {WAYS[by]}",
                "no entry was within the limit" if math.isnan(found.moved) else "",
            ),
            _moved_text(by, found.moved),
        ),
    }[keeps]
    if not found.touched:
        reason = f"Clipping {WAYS[by]} left this gradient as it was, so it shows nothing."
    return Finding(
        claim=claim,
        predicts=f"When a gradient is clipped {WAYS[by]}, {PROPERTIES[keeps]}.",
        figure=figure,
        verdict=decide(keeps, found),
        reason=reason,
    )


def _moved_text(by: str, moved: float) -> str:
    if math.isnan(moved):
        return "No entry was within the limit."
    how = f"change by up to {moved:.0%}" if moved > ROUNDING else "do not change"
    return f"Clipped {WAYS[by]}, entries within the limit {how}."


def _pictures(
    gradient: Array, clipped: Mapping[str, Array], left: Mapping[str, ClippedGradient], limit: float
) -> tuple[Bars, TextTable]:
    before = float(np.linalg.norm(gradient)) / limit
    most = np.argsort(-abs(gradient), kind="stable")[:: max(1, len(gradient) // 6)][:6]
    rows = tuple(
        tuple(f"{values[i]:.3g}" for values in (gradient, *clipped.values())) for i in most
    )
    told = "; ".join(
        f"{WAYS[by]}: length {each.length:.3g}, angle {each.angle:.2g}°"
        for by, each in left.items()
    )
    return (
        Bars(
            title="Length as a multiple of the limit",
            bars=(
                Bar("before", before),
                *(Bar(WAYS[by], each.length, f"{each.angle:.2g}°") for by, each in left.items()),
            ),
            unit="",
            says=f"Before: length {before:.3g}; {told}.",
            mark=1.0,
            mark_label="the limit",
            short=True,
        ),
        TextTable(
            title=f"Some entries, limit {limit:g}",
            columns=("gradient", *WAYS.values()),
            rows=rows,
            says="; ".join(f"{g} becomes {n} by norm and {v} by value" for g, n, v in rows) + ".",
        ),
    )


EXPERIMENT = Experiment(
    name="clipping",
    title="Clipping by norm and by value",
    asks="What is left of a gradient after clipping, by norm and by value?",
    claim={
        "by": ClaimField("how the gradient is clipped", tuple(WAYS)),
        "keeps": ClaimField("what is true of the clipped gradient", tuple(PROPERTIES)),
    },
    knobs=(
        Knob("limit", 1.0, "the limit", low=0.01, high=100, step=2, factor=True),
        Knob(
            "excess",
            20.0,
            "length before clipping, as a multiple of the limit",
            low=1,
            high=1000,
            step=2,
            factor=True,
        ),
        Knob("units", 16, "units of the network", low=1, high=64, step=2, factor=True),
    ),
    null={"excess": 1.0},
    null_help="A gradient that is no longer than the limit is not clipped at all.",
    run=run,
    claims=(
        {"by": "norm", "keeps": "direction"},
        {"by": "norm", "keeps": "length"},
        {"by": "value", "keeps": "small-entries"},
        {"by": "value", "keeps": "direction"},
        {"by": "value", "keeps": "length"},
        {"by": "norm", "keeps": "small-entries"},
    ),
    breaks=(
        Break(
            "one-weight",
            {"units": 1},
            "With a single recurrent weight there is one entry, and no direction to lose.",
        ),
    ),
    assumption=(
        "The gradient has many entries, some of them beyond the limit and some within it, as in "
        "any network with more than a few weights."
    ),
)
