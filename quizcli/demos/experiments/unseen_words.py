"""What a classifier makes of words that none of its labelled examples contains.

Words of a made-up language belong to classes, and a class mostly follows another one. From a long
text without any labels each word gets an embedding: the words before it and after it are counted,
the counts are set against those that chance would give (positive pointwise mutual information), and
the table is cut down to a few columns by its singular values. Then a linear classifier learns the
classes of half of the words from labels, and is asked about the other half.

The same classifier is given other vectors: one-hot ones, random ones of the embeddings' length,
and, as a placebo, the embeddings themselves dealt out to the wrong words.
"""

from __future__ import annotations

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
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, HeatMap
from quizcli.report.words import figure_text, in_percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from quizcli.demos.cells.shared import Array

    Whole = NDArray[np.int64]
    Truth = NDArray[np.bool_]

CLASSES, SIZE = 6, 8  # columns of an embedding
RIDGE = 0.01
HOLDS, REFUTED = 0.8, 0.5  # shares of words
COMPANY = 0.1  # by how much words of one class are more alike than others
REPRESENTATIONS = {
    "one-hot": "one-hot vectors",
    "random": "random vectors",
    "embedding": "embeddings from a text without labels",
    "dealt-out": "these embeddings, shuffled among the words",
    "neighbours": "the whole table of neighbours",
}
RULE = (
    f"A representation carries over if at least {HOLDS:.0%} of the words without a label are put "
    f"into the right class, and does not if at most {REFUTED:.0%} are; guessing gets "
    f"{1 / CLASSES:.0%}. No verdict is given unless at least {HOLDS:.0%} of the labelled words "
    "themselves can be learned, and words of one class keep the same company (correlated by "
    f"{COMPANY:g} more than others)."
)


class Classified(NamedTuple):
    """Shares of words put into the right class: labelled ones (``seen``), and others."""

    seen: float
    unseen: float


class Words(NamedTuple):
    """All words with their class (V,), their neighbours (V, 2V) and their embeddings (V, SIZE);
    ``company`` says how much more alike the neighbours of words of one class are."""

    classes: Whole
    neighbours: Array
    embeddings: Array
    company: float


def decide(unseen: float, learned: float, company: float) -> Verdict:
    """The rule; ``learned`` is the share of labelled words that one-hot vectors get right."""
    if learned < HOLDS or company < COMPANY:
        return Verdict.UNDETERMINED
    if unseen >= HOLDS:
        return Verdict.HOLDS
    return Verdict.REFUTED if unseen <= REFUTED else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{representation}``."""
    rng = np.random.default_rng(seed)
    V = CLASSES * int(parameters["words"])
    classes = np.arange(V, dtype=np.int64) % CLASSES
    labelled = np.arange(V) < V // 2
    words = _words(_text(rng, classes, labelled, parameters), classes)
    vectors = {
        "one-hot": np.eye(V),
        "random": rng.standard_normal((V, SIZE)),
        "embedding": words.embeddings,
        "dealt-out": words.embeddings[rng.permutation(V)],
        "neighbours": words.neighbours,
    }
    found = {name: _classify(each, classes, labelled) for name, each in vectors.items()}
    shown = [str(claims[i]["representation"]) for i in EXPERIMENT.in_order(claims)]
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, found, words.company) for claim in claims),
        rule=RULE,
        pictures=(_bars(shown, found), _map(words)),
        assumption=EXPERIMENT.assumption,
    )


def _text(
    rng: np.random.Generator, classes: Whole, labelled: Truth, parameters: Parameters
) -> Whole:
    """Words of a text: mostly a class is followed by the next one, and within a class all words are
    equally likely."""
    length = int(parameters["length"])
    follows = rng.random(length) < float(parameters["grammar"])
    jumps = np.where(follows, 1, rng.integers(CLASSES, size=length))
    spoken = np.cumsum(jumps) % CLASSES
    known = len(classes) if parameters["read"] else int(labelled.sum())
    return np.asarray(spoken + CLASSES * rng.integers(known // CLASSES, size=length))


def _words(text: Whole, classes: Whole) -> Words:
    """Count neighbours, and make embeddings of the counts."""
    V = len(classes)
    after = np.bincount(text[:-1] * V + text[1:], minlength=V * V).reshape(V, V).astype(float)
    counts = np.hstack([after, after.T])
    expected = counts.sum(1, keepdims=True) * counts.sum(0) / counts.sum()
    pmi = np.log(np.maximum(counts, 1e-9) / np.maximum(expected, 1e-9))
    neighbours = np.where(counts > 0, np.maximum(pmi, 0), 0)
    left, values, _ = np.linalg.svd(neighbours, full_matrices=False)
    embeddings = left[:, :SIZE] * values[:SIZE]
    read = np.flatnonzero(neighbours.any(axis=1))
    alike = np.corrcoef(neighbours[read])
    same = classes[read][:, None] == classes[read]
    np.fill_diagonal(same, False)
    others = classes[read][:, None] != classes[read]
    company = float(alike[same].mean() - alike[others].mean())
    return Words(classes, neighbours, embeddings, company)


def _classify(X: Array, classes: Whole, labelled: Truth) -> Classified:
    """A linear classifier, by ridge regression on the labelled words."""
    X = np.column_stack([X / abs(X).max(), np.ones(len(X))])
    known = X[labelled]
    gram = known.T @ known + RIDGE * np.eye(X.shape[1])
    weights = np.linalg.solve(gram, known.T @ np.eye(CLASSES)[classes[labelled]])
    right = (X @ weights).argmax(axis=1) == classes
    return Classified(float(right[labelled].mean()), float(right[~labelled].mean()))


def _finding(claim: Claim, found: Mapping[str, Classified], company: float) -> Finding:
    name = str(claim["representation"])
    each, learned = found[name], found["one-hot"].seen
    verdict = decide(each.unseen, learned, company)
    if company < COMPANY:
        reason = "Words of one class do not keep the same company here: no text tells them apart."
    elif learned < HOLDS:
        reason = f"Of the labelled words themselves only {in_percent(learned)} can be learned."
    else:
        reason = (
            f"With {REPRESENTATIONS[name]}, {in_percent(each.seen)} of the labelled words are put "
            f"into the right class, and {in_percent(each.unseen)} of those without a label."
        )
    return Finding(
        claim=claim,
        predicts=f"With {REPRESENTATIONS[name]}, words that had no label get the right class.",
        figure=Measurement(100 * each.unseen, "%", "words without a label in the right class"),
        verdict=verdict,
        reason=reason,
    )


def _bars(shown: Sequence[str], found: Mapping[str, Classified]) -> Bars:
    shares = {name: 100 * found[name].unseen for name in shown}
    return Bars(
        title="Words without a label that are put into the right class",
        bars=tuple(Bar(name, share) for name, share in shares.items()),
        unit="%",
        says="; ".join(f"{name}: {figure_text(share, '%')}" for name, share in shares.items())
        + ".",
        mark=100 / CLASSES,
        mark_label="a guess",
    )


def _map(words: Words) -> HeatMap:
    """The first columns of the embeddings, words of one class next to each other."""
    V = len(words.classes)
    order = np.argsort(words.classes, kind="stable")[:: max(1, V // 24)][:24]
    cells = words.embeddings[order, :6].T
    return HeatMap(
        title="Embeddings: a column for each of some words, class after class",
        rows=tuple(f"number {k}" for k in range(1, len(cells) + 1)),
        columns=tuple(str(k) for k in range(1, len(order) + 1)),
        cells=tuple(map(tuple, cells.tolist())),
        unit="",
        says=(
            "The neighbours of two words correlate more within a class than across classes, by "
            f"{words.company:.2f}."
        ),
    )


EXPERIMENT = Experiment(
    name="unseen-words",
    title="Words without a label",
    asks="Which representation lets a classifier handle words that it had no label for?",
    claim={"representation": ClaimField("how words are represented", tuple(REPRESENTATIONS))},
    knobs=(
        Knob("words", 12, "words of a class", low=8, high=30, step=2),
        Knob("length", 20_000, "words of the text without labels", 10_000, 100_000, step=10_000),
        Knob("grammar", 0.8, "how strictly class follows class", low=0, high=1, step=0.1),
        Knob("read", True, "whether that text contains the words without a label"),
    ),
    null={"grammar": 0.0},
    null_help="Any word follows any other, so no text says which of them are alike.",
    run=run,
    label=lambda claim: str(claim["representation"]),
    claims=tuple(
        {"representation": name} for name in ("one-hot", "random", "embedding", "dealt-out")
    ),
    breaks=(
        Break(
            "never-read",
            {"read": False},
            "Words that are missing from the text without labels as well get no embedding.",
        ),
    ),
    assumption="The text without labels is long, and contains the words that had no label.",
)
