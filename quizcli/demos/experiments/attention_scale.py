"""By what the dot product of a query and a key is divided before the softmax.

Random queries meet random keys, by their first d components for four sizes d. The spread of
the scores (the standard deviation over the keys of one query, in the mean of squares over the
queries) follows a power of d, and its exponent is the slope of log spread against log d. A divisor
does what it is for where the exponent that is left is 0.

What is at stake is seen in the weights: scores that are spread wide give one key nearly all of the
weight, and then the gradient that goes back through the softmax is nearly 0.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

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
from quizcli.demos.worlds.language import softmax
from quizcli.numeric import np
from quizcli.report.pictures import Series, SeriesLine, TextTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizcli.demos.cells.shared import Array

HALVINGS = 3  # sizes below the largest, each half of the next
ALIVE = 4  # components that are not 0 where the others are
HOLDS, REFUTED = 0.1, 0.25  # exponents of d
DIVISORS = {
    "nothing": "nothing",
    "sqrt-d": r"$\sqrt{d}$",
    "d": "$d$",
    "half-d": "$d/2$",
    "keys": "the number of keys",
    "sqrt-keys": "the square root of the number of keys",
}
RULE = (
    f"A divisor holds if the spread of the scores changes with a power of d of at most {HOLDS:g}, "
    f"up or down, and is refuted at {REFUTED:g} or more. No verdict is given unless the spread of "
    f"the undivided scores grows with a power of {REFUTED:g} or more: otherwise there is nothing "
    "to undo."
)


class Scores(NamedTuple):
    """Dot products (queries, keys) of each size d in ``sizes``."""

    sizes: tuple[int, ...]
    dots: tuple[Array, ...]

    def divided(self, divisor: str) -> list[Array]:
        """Divided by what is claimed."""
        keys = self.dots[0].shape[1]
        by: dict[str, Callable[[int], float]] = {
            "nothing": lambda _: 1,
            "sqrt-d": math.sqrt,
            "d": lambda d: d,
            "half-d": lambda d: d / 2,
            "keys": lambda _: keys,
            "sqrt-keys": lambda _: math.sqrt(keys),
        }
        return [dots / by[divisor](d) for d, dots in zip(self.sizes, self.dots, strict=True)]

    def spread(self, divisor: str) -> list[float]:
        """The standard deviation of the scores over the keys, for each size."""
        return [math.sqrt(scores.var(axis=1).mean()) for scores in self.divided(divisor)]

    def exponent(self, divisor: str) -> float:
        """With which power of d the spread grows: the slope of the logarithms."""
        return float(np.polyfit(np.log(self.sizes), np.log(self.spread(divisor)), 1)[0])


def decide(exponent: float, undivided: float) -> Verdict:
    """The rule."""
    if undivided < REFUTED:
        return Verdict.UNDETERMINED
    if abs(exponent) <= HOLDS:
        return Verdict.HOLDS
    return Verdict.REFUTED if abs(exponent) >= REFUTED else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{divisor}``."""
    scores = _scores(np.random.default_rng(seed), parameters)
    undivided = scores.exponent("nothing")
    claimed = [str(claims[i]["divisor"]) for i in EXPERIMENT.in_order(claims)]
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, scores, undivided) for claim in claims),
        rule=RULE,
        pictures=(_lines(scores, claimed), _table(scores, claimed)),
        assumption=EXPERIMENT.assumption,
    )


def _scores(rng: np.random.Generator, parameters: Parameters) -> Scores:
    """Queries and keys by their components, which have mean 0 and one variance; a ``common`` part
    of it is shared by all components of a vector."""
    largest, common = int(parameters["d"]), float(parameters["common"])
    sizes = tuple(largest >> halvings for halvings in range(HALVINGS, -1, -1))

    def vectors(count: int) -> Array:
        own, shared = rng.standard_normal((count, largest)), rng.standard_normal((count, 1))
        drawn = math.sqrt(1 - common) * own + math.sqrt(common) * shared
        if not parameters["filled"]:
            drawn[:, ALIVE:] = 0
        return np.asarray(float(parameters["size"]) * drawn)

    queries, keys = vectors(int(parameters["queries"])), vectors(int(parameters["keys"]))
    return Scores(sizes, tuple(queries[:, :d] @ keys[:, :d].T for d in sizes))


def _finding(claim: Claim, scores: Scores, undivided: float) -> Finding:
    divisor = str(claim["divisor"])
    exponent, spread = scores.exponent(divisor), scores.spread(divisor)
    verdict = decide(exponent, undivided)
    least, largest = scores.sizes[0], scores.sizes[-1]
    if undivided < REFUTED:
        reason = (
            f"The spread of the undivided scores grows with d only to the power {undivided:.2f}, "
            "so there is nothing for a divisor to undo."
        )
    else:
        end = "it stays the same" if verdict is Verdict.HOLDS else "it depends on d"
        reason = (
            f"From d = {least} to d = {largest} the spread of the scores goes from "
            f"{spread[0]:.3g} to {spread[-1]:.3g}, a power of {exponent:.2f}: {end}."
        )
    return Finding(
        claim=claim,
        predicts=(
            f"Divided by {DIVISORS[divisor]}, the scores have the same spread at d = {least} and "
            f"at d = {largest}."
        ),
        figure=Measurement(exponent, "", "power of d with which the spread of the scores grows"),
        verdict=verdict,
        reason=reason,
    )


def _lines(scores: Scores, claimed: Sequence[str]) -> Series:
    """The spread by size, both on logarithmic scales."""
    spreads = {name: scores.spread(name) for name in claimed}
    return Series(
        title="Spread of the scores by size (log2 of each)",
        lines=tuple(
            SeriesLine(name, tuple(math.log2(value) for value in values))
            for name, values in spreads.items()
        ),
        x="log2 d",
        y="log2 of the spread",
        says="; ".join(
            f"divided by {name}: {values[0]:.3g} to {values[-1]:.3g}"
            for name, values in spreads.items()
        )
        + ".",
        first=math.log2(scores.sizes[0]),
    )


def _table(scores: Scores, claimed: Sequence[str]) -> TextTable:
    """At the largest size, what the softmax makes of the scores."""
    rows = []
    for name in dict.fromkeys(claimed):
        weights = softmax(scores.divided(name)[-1])
        # The gradient of a weight by its own score is α(1 - α): its sum over the keys.
        rows.append(
            (
                name,
                f"{float(weights.max(axis=1).mean()):.3f}",
                f"{float((weights * (1 - weights)).sum(axis=1).mean()):.3f}",
            )
        )
    keys = scores.dots[0].shape[1]
    return TextTable(
        title=f"What the softmax makes of {keys} scores at d = {scores.sizes[-1]}",
        columns=("divided by", "largest weight", "gradient"),
        rows=tuple(rows),
        says=" ".join(
            f"Divided by {name} the largest weight is {largest}, and a gradient of {gradient} "
            "gets through the softmax."
            for name, largest, gradient in rows
        ),
    )


EXPERIMENT = Experiment(
    name="attention-scale",
    title="The scale of attention scores",
    asks="What is the dot product of a query and a key divided by before the softmax?",
    claim={"divisor": ClaimField("what the dot product is divided by", tuple(DIVISORS))},
    knobs=(
        Knob("d", 64, "components of the longest vectors", low=32, high=512, step=2, factor=True),
        Knob("keys", 50, "keys that a query meets", low=20, high=200, step=10),
        Knob("queries", 150, "queries", low=50, high=200, step=10),
        Knob("size", 1.0, "standard deviation of a component", low=0.1, high=3, step=0.1),
        Knob(
            "common",
            0.0,
            "share of the variance that all components have in common",
            0,
            1,
            step=0.1,
        ),
        Knob("filled", True, f"whether more than the first {ALIVE} components are nonzero"),
    ),
    null={"filled": False},
    null_help=f"Only the first {ALIVE} components of each vector are nonzero, whatever d is.",
    run=run,
    label=lambda claim: str(claim["divisor"]),
    claims=tuple({"divisor": name} for name in ("nothing", "sqrt-d", "d", "keys")),
    breaks=(
        Break(
            "common",
            {"common": 1.0},
            "Components that all say the same add up in step: the scores grow with d itself, and "
            "dividing by its root is not enough.",
        ),
    ),
    assumption=(
        "Components are independent of each other, as they roughly are when training begins. If "
        "they varied together, the scores would grow with d itself."
    ),
)
