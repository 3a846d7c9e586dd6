"""What the attention weights of a decoder sum to.

A decoder with random weights writes T_y words and attends to the T_x states of an encoder: each
score is made by a small network of the decoder's state and one encoder state, and a softmax makes
weights of the scores. All weights of the table are then added up, and its rows and columns apart.
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
    Formula,
    Knob,
    Measurement,
    Parameters,
    Verdict,
)
from quizcli.demos.worlds.language import softmax
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, HeatMap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.cells.shared import Array

UNITS = 8
SAME, APART = 1e-9, 0.01
RULE = (
    "A total holds if all weights together sum to it, but for rounding, and is refuted if it is "
    f"off by {APART:g} or more. No verdict is given unless all rows of the table, or all columns, "
    "have "
    "the same sum: otherwise no total follows from the sizes."
)


def decide(claimed: float, total: float, even: bool) -> Verdict:
    """The rule; ``even`` where all rows or all columns have one sum."""
    off = abs(claimed - total)
    if not even or SAME < off < APART:
        return Verdict.UNDETERMINED
    return Verdict.HOLDS if off <= SAME else Verdict.REFUTED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{total}``."""
    alpha = _weights(np.random.default_rng(seed), parameters)
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, alpha) for claim in claims),
        rule=RULE,
        pictures=(_table(alpha), _sums(alpha)),
        assumption=EXPERIMENT.assumption,
    )


def _weights(rng: np.random.Generator, parameters: Parameters) -> Array:
    """(T_y, T_x): what the decoder gives to each encoder state at each of its steps."""
    T_x, T_y = int(parameters["T_x"]), int(parameters["T_y"])
    scale = float(parameters["scale"])
    decoder, encoder = (
        rng.standard_normal((T, UNITS)) @ rng.standard_normal((UNITS, UNITS)) for T in (T_y, T_x)
    )
    hidden = np.tanh(decoder[:, None] + encoder)
    scores = scale * hidden @ rng.standard_normal(UNITS)
    if not parameters["softmax"]:
        return np.asarray(scores)
    return softmax(scores) if parameters["along"] == "input" else softmax(scores.T).T


def _even(alpha: Array) -> bool:
    return any(np.ptp(alpha.sum(axis=axis)) <= SAME for axis in (0, 1))


def _finding(claim: Claim, alpha: Array) -> Finding:
    claimed, total = float(claim["total"]), float(alpha.sum())
    verdict = decide(claimed, total, _even(alpha))
    rows, columns = alpha.sum(axis=1), alpha.sum(axis=0)
    if not _even(alpha):
        reason = (
            "Neither the rows nor the columns all have the same sum here, so the total is a matter "
            "of chance."
        )
    else:
        reason = (
            f"The {len(rows)} rows (one for each word written) sum to {_span(rows)}, the "
            f"{len(columns)} columns (one for each word read) to {_span(columns)}, and all of "
            f"them to {total:.6g}."
        )
    return Finding(
        claim=claim,
        predicts=f"All weights of the table together sum to {claimed:g}.",
        figure=Measurement(total, "", "sum of all attention weights", f"{total:.6g}"),
        verdict=verdict,
        reason=reason,
    )


def _span(sums: Array) -> str:
    low, high = float(sums.min()), float(sums.max())
    return f"{low:.4g} each" if high - low <= SAME else f"anything from {low:.2f} to {high:.2f}"


def _table(alpha: Array) -> HeatMap:
    T_y, T_x = min(len(alpha), 8), min(alpha.shape[1], 30)
    part = alpha[:T_y, :T_x]
    return HeatMap(
        title="Weights: a row for each word written, a column for each word read",
        rows=tuple(f"t = {t}" for t in range(1, T_y + 1)),
        columns=tuple(str(t) for t in range(1, T_x + 1)),
        cells=tuple(map(tuple, part.tolist())),
        unit="",
        says=f"{T_y} rows and {T_x} columns, from {part.min():.2f} to {part.max():.2f}.",
    )


def _sums(alpha: Array) -> Bars:
    columns = [float(column) for column in alpha.sum(axis=0)[:8]]
    return Bars(
        title="What each word read gets over all steps",
        bars=tuple(Bar(f"word {t}", column) for t, column in enumerate(columns, 1)),
        unit="",
        says="; ".join(f"word {t}: {column:.2f}" for t, column in enumerate(columns, 1)) + ".",
        mark=1.0,
        mark_label="1",
    )


def _right(_: Claim, knobs: Parameters) -> int:
    return int(knobs["T_y" if knobs["along"] == "input" else "T_x"])


RIGHT: Mapping[str, Formula] = {"total": _right}
EXPERIMENT = Experiment(
    name="attention-sums",
    title="What attention weights sum to",
    asks="What do all weights of an attention table sum to?",
    claim={"total": ClaimField("the sum of all weights", low=0, high=10_000)},
    knobs=(
        Knob("T_x", 7, "words that are read", low=2, high=60, sets=RIGHT),
        Knob("T_y", 5, "words that are written", low=2, high=60, sets=RIGHT),
        Knob("scale", 2.0, "size of the scores", low=0.5, high=8, step=0.5),
        Knob(
            "along",
            "input",
            "the words among which the softmax shares out the weight",
            choices=("input", "output"),
            sets=RIGHT,
        ),
        Knob("softmax", True, "whether a softmax turns scores into weights"),
    ),
    null={"softmax": False},
    null_help="Scores that no softmax has turned into weights can sum to anything.",
    run=run,
    claims=({"total": 5}, {"total": 7}, {"total": 1}, {"total": 35}),
    breaks=(
        Break(
            "other-axis",
            {"along": "output"},
            "A softmax along the other axis makes the columns sum to 1: an easy slip, since the "
            "table has the same shape.",
        ),
    ),
    assumption="At each step of the decoder the softmax runs over all words of the input.",
    definitional=True,
)
