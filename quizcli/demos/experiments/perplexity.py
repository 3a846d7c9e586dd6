"""What the perplexity of a language model counts: among how many words it hesitates.

A made-up language has V words, and after each of them k others may follow, all equally likely. A
model learns from pairs of neighbouring words by counting, with a little smoothing, and is tested on
pairs that it has not seen in training:

    perplexity = exp(-1/N Σ ln P(word n | the word before it))

A perfect model hesitates among k words, and one that has read nothing among all V. The measured
perplexity is held against a claimed number; the model that has read nothing is the control.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

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
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, Series, SeriesLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.demos.worlds.language import Whole

SAME, OTHER = 0.08, 0.2  # of the measured perplexity
SMOOTHING = 0.01  # added to each count
TESTED = 5000  # pairs
STEPS = 9  # points of the learning curve
RULE = (
    f"A number holds within {SAME:.0%} of the measured perplexity, and is refuted if it is off by "
    f"{OTHER:.0%} or more. No verdict is given unless the perplexity is at least {OTHER:.0%} below "
    "that of a model that has read nothing."
)
ASSUMPTION = "The model has read enough, and is tested on the language that it has read."


class WordPairs(NamedTuple):
    """Pairs of neighbours: each word (N,) with the one before it (N,)."""

    before: Whole
    word: Whole


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{perplexity}``. Raises DemoError for more followers than words."""
    V, k, N = (int(parameters[name]) for name in ("vocabulary", "followers", "read"))
    if k > V:
        raise DemoError(f"followers: {k} cannot be chosen from {V} words — give {V} or less")
    rng = np.random.default_rng(seed)
    # Random numbers in a row, sorted, are a random order: its first k words are the followers.
    followers = rng.random((V, V), np.float32).argpartition(k - 1, axis=1)[:, :k]
    read = _text(rng, followers, N, 0.0)
    tested = _text(rng, followers, TESTED, float(parameters["strange"]))
    sizes = [N >> (STEPS - 1 - step) for step in range(STEPS)] if N else [0]
    curve = [perplexity(WordPairs(read.before[:n], read.word[:n]), tested, V) for n in sizes]
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, curve[-1], V) for claim in claims),
        rule=RULE,
        pictures=(_bars(curve[-1], V, k), _series(curve, sizes)),
        assumption=ASSUMPTION,
    )


def _text(rng: np.random.Generator, followers: Whole, N: int, strange: float) -> WordPairs:
    """N pairs; of the share ``strange`` any word may follow."""
    V, k = followers.shape
    before = rng.integers(V, size=N)
    word = followers[before, rng.integers(k, size=N)]
    foreign = rng.random(N) < strange
    word[foreign] = rng.integers(V, size=int(foreign.sum()))
    return WordPairs(before, word)


def perplexity(read: WordPairs, tested: WordPairs, V: int) -> float:
    """Of a model that counts what it has ``read``, on what is ``tested``."""
    pairs = np.bincount(read.before * V + read.word, minlength=V * V)
    words = np.bincount(read.before, minlength=V)
    seen = pairs[tested.before * V + tested.word] + SMOOTHING
    p = seen / (words[tested.before] + SMOOTHING * V)
    return math.exp(-float(np.log(p).mean()))


def decide(claimed: float, measured: float, V: int) -> Verdict:
    """The rule; it asks first whether the model has learned anything."""
    off = abs(claimed - measured) / measured
    if measured > (1 - OTHER) * V or SAME < off < OTHER:
        return Verdict.UNDETERMINED
    return Verdict.HOLDS if off <= SAME else Verdict.REFUTED


def _finding(claim: Claim, measured: float, V: int) -> Finding:
    claimed = float(claim["perplexity"])
    off = abs(claimed - measured) / measured
    verdict = decide(claimed, measured, V)
    if measured > (1 - OTHER) * V:
        reason = (
            f"The control failed: the perplexity is {measured:.4g}, and that of a model that has "
            f"read nothing is {V}."
        )
    else:
        reason = (
            f"On {TESTED:,} new pairs the perplexity is {measured:.4g}, so a word costs "
            f"{math.log2(measured):.2f} bits; {claimed:.4g} is {float(f'{100 * off:.3g}'):,g}% off."
        )
    return Finding(
        claim=claim,
        predicts=f"On new text, the perplexity is about {claimed:.4g}.",
        figure=Measurement(100 * off, "%", "distance from the measured perplexity"),
        verdict=verdict,
        reason=reason,
    )


def _bars(measured: float, V: int, k: int) -> Bars:
    rows = {"read nothing": float(V), "this model": measured, "words that may follow": float(k)}
    return Bars(
        title="Perplexity on new text",
        bars=tuple(Bar(name, value) for name, value in rows.items()),
        unit="words",
        says="; ".join(f"{name}: {value:.4g}" for name, value in rows.items()) + ".",
        log=True,
    )


def _series(curve: Sequence[float], sizes: Sequence[int]) -> Series:
    return Series(
        title="The more it reads, the fewer words it hesitates among",
        lines=(SeriesLine("perplexity", tuple(map(math.log10, curve))),),
        x=f"pairs read, {sizes[0]:,} to {sizes[-1]:,}, twice as many at each point",
        y="log10 of the perplexity",
        says="; ".join(f"{n:,} pairs: {value:.3g}" for n, value in zip(sizes, curve, strict=True))
        + ".",
    )


EXPERIMENT = Experiment(
    name="perplexity",
    title="Perplexity",
    asks="What is the perplexity of a model that knows which words may follow?",
    claim={"perplexity": ClaimField("the perplexity on new text", low=0, high=1e9)},
    knobs=(
        Knob(
            "followers",
            8,
            "words that may follow a word",
            low=2,
            high=64,
            step=2,
            factor=True,
            sets={"perplexity": lambda _, knobs: knobs["followers"]},
        ),
        Knob("vocabulary", 200, "words of the language", low=20, high=500, step=2, factor=True),
        Knob("read", 200_000, "pairs read in training", low=0, high=1_000_000, step=50_000),
        Knob("strange", 0.0, "share of test words that follow no rule", low=0, high=1, step=0.02),
    ),
    null={"read": 0},
    null_help="A model that has read nothing hesitates among all words: nothing was narrowed down.",
    run=run,
    claims=tuple({"perplexity": value} for value in (8, 200, 3, 0.125)),
    breaks=(
        Break(
            "little-read",
            {"read": 2000},
            "A model that has read little hesitates among more words than may follow.",
        ),
        Break(
            "strange-text",
            {"strange": 0.1},
            (
                "One word in ten of another language costs so much that the perplexity rises far "
                "above the number of words that may follow."
            ),
        ),
    ),
    assumption=ASSUMPTION,
)
