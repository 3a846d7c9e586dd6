"""How the work of self-attention grows with the length of a text.

A layer of self-attention with random weights reads a short text and a longer one, word by word.
Each dot product of a query with a key is counted as it is computed. The work is counted rather than
timed, so that the same seed gives the same figures on every machine; a recurrent layer that reads
the same texts is counted beside it.
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
    Formula,
    Knob,
    Measurement,
    Parameters,
    Verdict,
)
from quizcli.demos.worlds.language import softmax
from quizcli.numeric import np
from quizcli.report.pictures import HeatMap, TextTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.cells.shared import Array

BESIDE = 4  # words on either side that local attention compares with
HOLDS, REFUTED = math.log(1.06), math.log(1.2)  # of the logarithm of a ratio
RULE = (
    "A factor holds if the number of dot products grows by that factor, give or take 6%, and is "
    "refuted if it is off by 20% or more. No verdict is given unless one text is longer than the "
    "other."
)


class Reading(NamedTuple):
    """A text that was read: its dot products of queries with keys, the updates of a recurrent state
    over the same words, and the weights (T, T)."""

    words: int
    products: int
    updates: int
    weights: Array


def decide(claimed: float, factor: float, times: int) -> Verdict:
    """The rule."""
    if times == 1:
        return Verdict.UNDETERMINED
    off = abs(math.log(factor / claimed)) if claimed > 0 else math.inf
    if off <= HOLDS:
        return Verdict.HOLDS
    return Verdict.REFUTED if off >= REFUTED else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{factor}``."""
    T, times = int(parameters["words"]), int(parameters["times"])
    rng = np.random.default_rng(seed)
    W = rng.standard_normal((4, int(parameters["width"]), int(parameters["width"])))
    X = rng.standard_normal((T * times, W.shape[1]))
    short, long = (_read(X[:count], W, local=bool(parameters["local"])) for count in (T, T * times))
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, short, long, times) for claim in claims),
        rule=RULE,
        pictures=(_table(short, long), _map(short)),
        assumption=EXPERIMENT.assumption,
    )


def _read(X: Array, W: Array, *, local: bool) -> Reading:
    """Self-attention over the words (T, d), and a recurrent layer over the same."""
    T, d = X.shape
    queries, keys = X @ W[0] / d**0.5, X @ W[1] / d**0.5
    products = updates = 0
    weights, state = np.zeros((T, T)), np.zeros(d)
    for t in range(T):
        seen = slice(max(0, t - BESIDE), t + BESIDE + 1) if local else slice(None)
        scores = keys[seen] @ queries[t] / d**0.5
        products += len(scores)
        weights[t, seen] = softmax(scores)
        state = np.tanh((X[t] @ W[2] + state @ W[3]) / d**0.5)
        updates += 1
    return Reading(T, products, updates, weights)


def _finding(claim: Claim, short: Reading, long: Reading, times: int) -> Finding:
    claimed, factor = float(claim["factor"]), long.products / short.products
    verdict = decide(claimed, factor, times)
    if times == 1:
        reason = "Both texts are equally long, so no growth can be seen."
    else:
        reason = (
            f"{short.words:,} words take {short.products:,} dot products of a query with a key and "
            f"{long.words:,} words {long.products:,}, which is {factor:.3g} times as many."
        )
    more = "as" if claimed == 1 else f"{claimed:g} times as"
    return Finding(
        claim=claim,
        predicts=f"The longer text takes {more} many dot products as the shorter one.",
        figure=Measurement(factor, "", "dot products of the longer text over those of the shorter"),
        verdict=verdict,
        reason=reason,
    )


def _table(short: Reading, long: Reading) -> TextTable:
    rows = tuple(
        (f"{r.words:,}", f"{r.products:,}", f"{r.products / r.words:.3g}", f"{r.updates:,}")
        for r in (short, long)
    )
    return TextTable(
        title="Work by length",
        columns=("words", "dot products", "a word", "updates of an RNN"),
        rows=rows,
        says=" ".join(
            f"{words} words: {products} dot products, {each} for each word; a recurrent layer "
            f"updates its state {updates} times."
            for words, products, each, updates in rows
        ),
    )


def _map(short: Reading) -> HeatMap:
    """Who is compared with whom, in a corner of the shorter text."""
    part = short.weights[:8, :16]
    return HeatMap(
        title="Weights of the first words: a row for each query, a column for each key",
        rows=tuple(f"word {t}" for t in range(1, len(part) + 1)),
        columns=tuple(str(t) for t in range(1, part.shape[1] + 1)),
        cells=tuple(map(tuple, part.tolist())),
        unit="",
        says=f"{float((short.weights > 0).mean()):.0%} of all pairs of words are compared.",
    )


def _right(_: Claim, knobs: Parameters) -> int:
    times = int(knobs["times"])
    return times if knobs["local"] else times**2


RIGHT: Mapping[str, Formula] = {"factor": _right}
EXPERIMENT = Experiment(
    name="attention-cost",
    title="The cost of self-attention",
    asks="How many more dot products does self-attention take when a text becomes longer?",
    claim={"factor": ClaimField("how many times as many", low=0, high=1_000_000)},
    knobs=(
        Knob("times", 3, "how many times as long the longer text is", low=1, high=10, sets=RIGHT),
        Knob("words", 40, "words of the shorter text", low=30, high=100, step=10),
        Knob("width", 8, "components of a word's vector", low=2, high=64, step=2, factor=True),
        Knob("local", False, f"compare each word with {BESIDE} on either side only", sets=RIGHT),
    ),
    null={"times": 1},
    null_help="Both texts are equally long.",
    run=run,
    claims=({"factor": 9}, {"factor": 3}, {"factor": 6}, {"factor": 1}),
    breaks=(
        Break(
            "local",
            {"local": True},
            "Where each word is compared with only a few neighbours, the work grows in proportion "
            "to the length.",
        ),
    ),
    assumption="Every word is compared with every word, itself included.",
    definitional=True,
)
