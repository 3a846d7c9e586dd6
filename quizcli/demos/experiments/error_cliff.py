"""What the error of a recurrent network looks like where gradients explode.

The smallest case, from R. Pascanu, T. Mikolov and Y. Bengio (2013), "On the difficulty of training
recurrent neural networks": one unit, no input, ``x⟨t⟩ = w σ(x⟨t-1⟩) + b`` from ``x⟨0⟩ = 0.5``, and
the error ``(σ(x⟨50⟩) - 0.7)²`` as a function of w and b. Its gradient is computed exactly, by
carrying ∂x⟨t⟩/∂w and ∂x⟨t⟩/∂b forward with the state.

The wall that the paper shows is so thin that a lattice meets it only by chance: on the paper's
window a lattice of 60 by 40 points finds gradients up to 1.1e4, the same lattice moved by half a
step finds 0.8 or so. Therefore the wall is looked for. In rows at randomly drawn b, the widest
jump of the error between neighbours is halved again and again, always keeping the half with the
larger jump, and the steepest gradient met on the way is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcli.demos.cells import sigmoid
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
from quizcli.report.pictures import HeatMap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.demos.cells.shared import Array

W, B = (4.5, 7.0), (-3.4, -2.2)  # the window
COLUMNS, ROWS = 60, 40
HALVINGS = 45  # the step is then below 1e-15, the spacing of numbers near 5

ALIKE, CLIFF = 100.0, 1000.0  # steepest gradient as a multiple of the median
FLAT, STEEP = 0.001, 1.0  # sizes of a gradient; the error itself lies between 0 and 0.5
FAINT = 1e-9  # a window in which the error varies less than this shows no shape

SHAPES = {
    "cliff": "Gentle ground with a wall in it: the steepest gradient is 1,000 times the median.",
    "even": "Slopes of similar size everywhere: the steepest gradient is near the median.",
    "steep": "Steep ground everywhere: even the median gradient is large.",
    "flat": "Flat ground everywhere: even the steepest gradient is tiny.",
}

RULE = (
    f"On a cliff the steepest gradient is at least {CLIFF:,g} times the median, on even ground at "
    f"most {ALIKE:g} times. Ground is steep if its median gradient is {STEEP:g} or more, and not "
    f"steep below {STEEP / 2:g}; it is flat if the steepest is {FLAT:g} or less, and not flat at "
    f"{STEEP:g} or more. No verdict is given in a window in which the error does not vary."
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What was measured: how much the error varies, and the median and the steepest gradient."""

    relief: float
    median: float
    steepest: float

    @property
    def ratio(self) -> float:
        return self.steepest / self.median if self.median else float("nan")


def decide(shape: str, ground: Ground) -> Verdict:
    """The rule."""
    if not (ground.relief > FAINT and ground.median > 0):
        return Verdict.UNDETERMINED
    holds, refuted = {
        "cliff": (ground.ratio >= CLIFF, ground.ratio <= ALIKE),
        "even": (ground.ratio <= ALIKE, ground.ratio >= CLIFF),
        "steep": (ground.median >= STEEP, ground.median < STEEP / 2),
        "flat": (ground.steepest <= FLAT, ground.steepest >= STEEP),
    }[shape]
    return Verdict.HOLDS if holds else Verdict.REFUTED if refuted else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{shape}``."""
    T, window = int(parameters["steps"]), float(parameters["window"])
    w, b = _axis(W, COLUMNS, window), _axis(B, ROWS, window)
    drawn = np.random.default_rng(seed).uniform(min(b), max(b), ROWS)
    error, slope = _surface(*np.meshgrid(w, drawn), T)
    ground = Ground(
        relief=float(np.ptp(error)),
        median=float(np.median(slope)),
        steepest=max(float(slope.max()), _wall(w, drawn, error, T)),
    )
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, ground) for claim in claims),
        rule=RULE,
        pictures=_pictures(w, b, T),
    )


def _axis(span: tuple[float, float], points: int, window: float) -> Array:
    """``points`` values across the middle share ``window`` of a span."""
    middle, half = sum(span) / 2, (span[1] - span[0]) / 2
    return middle + window * half * np.linspace(-1, 1, points)


def _surface(w: Array, b: Array, T: int) -> tuple[Array, Array]:
    """The error and the length of its gradient at each (w, b)."""
    x, x_w, x_b = np.full_like(w, 0.5), np.zeros_like(w), np.zeros_like(w)
    for _ in range(T):
        s = sigmoid(x)
        grows = w * s * (1 - s)
        x_w, x_b, x = s + grows * x_w, 1 + grows * x_b, w * s + b
    s = sigmoid(x)
    miss = s - 0.7
    share = 2 * miss * s * (1 - s)
    return miss**2, np.hypot(share * x_w, share * x_b)


def _wall(w: Array, b: Array, error: Array, T: int) -> float:
    """The steepest gradient met on halving each row's widest jump of the error."""
    jump = abs(np.diff(error, axis=1)).argmax(axis=1)
    rows = np.arange(len(b))
    low, high = w[jump], w[jump + 1]
    at_low, at_high = error[rows, jump], error[rows, jump + 1]
    steepest = 0.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        at_middle, slope = _surface(middle, b, T)
        steepest = max(steepest, float(slope.max()))
        left = abs(at_middle - at_low) > abs(at_high - at_middle)
        low, at_low = np.where(left, (low, at_low), (middle, at_middle))
        high, at_high = np.where(left, (middle, at_middle), (high, at_high))
    return steepest


def _finding(claim: Claim, ground: Ground) -> Finding:
    shape = str(claim["shape"])
    figures = {
        "steep": Measurement(ground.median, "", "median length of the error's gradient"),
        "flat": Measurement(
            ground.steepest, "", "steepest gradient found", _about(ground.steepest)
        ),
    }
    what = "steepest gradient found, as a multiple of the median"
    return Finding(
        claim=claim,
        predicts=SHAPES[shape],
        figure=figures.get(shape, Measurement(ground.ratio, "times", what, _about(ground.ratio))),
        verdict=decide(shape, ground),
        reason=_reason(shape, ground),
    )


def _reason(shape: str, ground: Ground) -> str:
    if decide(shape, ground) is Verdict.UNDETERMINED and not ground.relief > FAINT:
        return "The error is the same all over this window: there is no shape to see."
    median = f"Half of all points have a gradient below {ground.median:.2g}"
    steepest = f"the steepest gradient found is {_about(ground.steepest)}"
    ratio = f"{median}; {steepest}, {_about(ground.ratio)} times the median."
    return {
        "cliff": f"{ratio} A step taken on such a wall throws the weights far away, unless "
        "gradients are clipped." if ground.ratio >= CLIFF else ratio,
        "even": ratio,
        "steep": f"{median}: on most of the ground a smaller learning rate would only slow "
        "learning down." if ground.median < STEEP / 2 else f"{median}.",
        "flat": f"{median}, but {steepest}.",
    }[shape]  # fmt: skip


def _about(value: float) -> str:
    """Two digits, or the power of ten where the wall is so thin that rounding moves the digits."""
    if not 1000 <= value < float("inf"):
        return f"{value:.2g}"
    return f"about 10^{round(np.log10(value))}"


def _short(value: float) -> str:
    return f"{value:.2g}".replace("e+0", "e")


def _pictures(w: Array, b: Array, T: int) -> tuple[HeatMap, HeatMap]:
    """Error and gradient over the window, on the paper's lattice, thinned to fit a screen."""
    error, slope = _surface(*np.meshgrid(w, b), T)
    blocks = slope.reshape(8, ROWS // 8, 30, COLUMNS // 30).max(axis=(1, 3))
    decades = np.log10(np.maximum(blocks, 1e-300))
    columns = tuple(f"{v:.2f}" for v in w[::2])
    rows = tuple(f"{v:.2f}" for v in b[2::5])
    median, steepest = float(np.median(slope)), float(slope.max())
    return (
        HeatMap(
            title=f"Error after {T} steps, by w (across) and b (down)",
            rows=rows,
            columns=columns,
            cells=tuple(tuple(row) for row in error[2::5, ::2].tolist()),
            unit="",
            says=f"The error lies between {error.min():.2g} and {error.max():.2g}.",
        ),
        HeatMap(
            title="Length of its gradient, powers of ten (steepest point of each block)",
            rows=rows,
            columns=columns,
            cells=tuple(tuple(row) for row in decades.tolist()),
            unit="powers of ten",
            says=(
                f"On this grid of {COLUMNS} by {ROWS} points: median {median:.2g}, steepest "
                f"{_short(steepest)}, ratio {_short(steepest / median) if median else 1}."
            ),
        ),
    )


EXPERIMENT = Experiment(
    name="error-cliff",
    title="The error cliff",
    asks="What does the error surface look like where a recurrent network's gradient explodes?",
    claim={"shape": ClaimField("the shape of the error surface", tuple(SHAPES))},
    knobs=(
        Knob("steps", 50, "steps of the network; at 1 nothing recurs", low=1, high=200, step=5),
        Knob("window", 1.0, "share of the paper's window; 0 is one point", 0, 1, step=0.1),
    ),
    null={"window": 0.0},
    null_help="A window shrunk to one point has no shape.",
    run=run,
    claims=tuple({"shape": shape} for shape in SHAPES),
    breaks=(
        Break(
            "one-step",
            {"steps": 1},
            "With a single step nothing is multiplied over time, and the ground is even.",
        ),
    ),
    assumption="The surface is that of one unit; a larger network's has many such walls.",
)
