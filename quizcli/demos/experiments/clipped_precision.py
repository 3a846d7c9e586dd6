"""How BLEU counts words that a translation has in common with its references, and why it clips.

A word of the candidate counts only as often as it stands in one of the references, in the one that
has it most often (K. Papineni, S. Roukos, T. Ward and W. Zhu 2002):

    p₁ = Σ_w min(count(w), max_r count_r(w)) / Σ_w count(w)

The candidate of the question, one word over and over, is rated so against two references. What
clipping is for is then measured: for many made-up sentences, an honest translation, which gets some
words wrong, competes with one that stutters the commonest word, by the plain precision and by the
clipped one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from quizcli.demos.evidence import (
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
    from collections.abc import Sequence

    Words = Sequence[str]

SAME, OTHER = 0.005, 0.02
LENGTH = 10  # words of a reference
VOCABULARY = 200
RULE = (
    f"A precision holds within {SAME:g} of the clipped one that was counted, and is refuted if it "
    f"is off by {OTHER:g} or more. No verdict is given unless clipping makes a difference of at "
    f"least {OTHER:g}."
)


def plain_precision(candidate: Words, references: Sequence[Words]) -> float:
    """The share of the candidate's words that stand in any reference."""
    known = {word for reference in references for word in reference}
    return sum(word in known for word in candidate) / len(candidate)


def clipped_precision(candidate: Words, references: Sequence[Words]) -> float:
    """The same, each word at most as often as in the reference that has it most often."""
    counts = [Counter(reference) for reference in references]
    kept = sum(min(n, max(c[word] for c in counts)) for word, n in Counter(candidate).items())
    return kept / len(candidate)


def decide(claimed: float, clipped: float, plain: float) -> Verdict:
    """The rule; it asks first whether clipping makes a difference."""
    off = abs(claimed - clipped)
    if plain - clipped < OTHER or SAME < off < OTHER:
        return Verdict.UNDETERMINED
    return Verdict.HOLDS if off <= SAME else Verdict.REFUTED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{precision}``."""
    rng = np.random.default_rng(seed)
    copies, first, second = (int(parameters[name]) for name in ("copies", "first", "second"))
    candidate = ["the"] * copies
    references = [_sentence(rng, first), _sentence(rng, second)]
    plain = plain_precision(candidate, references)
    clipped = clipped_precision(candidate, references)
    contest = _contest(rng, int(parameters["sentences"]), float(parameters["mistakes"]))
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, clipped, plain) for claim in claims),
        rule=RULE,
        pictures=(_table(candidate, references), _bars(contest)),
    )


def _sentence(rng: np.random.Generator, times: int) -> list[str]:
    """A reference with this many times "the" at random places among other words."""
    words = [f"w{n}" for n in rng.integers(VOCABULARY, size=max(0, LENGTH - times))]
    for _ in range(times):
        words.insert(int(rng.integers(len(words) + 1)), "the")
    return words


def _contest(rng: np.random.Generator, sentences: int, mistakes: float) -> dict[str, float]:
    """Mean precisions, plain and clipped, of honest translations and of stuttering ones.

    Word n of the vocabulary is drawn in proportion to 1/n, as in natural text. The references of a
    sentence share most of their words; the honest translation has the share ``mistakes`` of its
    words wrong, the stutter is the commonest word of the references alone.
    """
    chances = 1 / np.arange(1, VOCABULARY + 1)
    drawn = rng.choice(VOCABULARY, size=(sentences, 4, LENGTH), p=chances / chances.sum())
    other = rng.random((sentences, 2, LENGTH)) < np.array([0.3, mistakes])[:, None]
    sums: dict[str, float] = defaultdict(float)
    for words, replaced in zip(drawn, other, strict=True):
        one = words[0].astype(str)
        references = [list(one), list(np.where(replaced[0], words[1].astype(str), one))]
        commonest = Counter(references[0] + references[1]).most_common(1)[0][0]
        rivals = {
            "honest": list(np.where(replaced[1], words[2].astype(str), one)),
            "stutter": [commonest] * LENGTH,
        }
        for name, candidate in rivals.items():
            sums[f"{name}, plain"] += plain_precision(candidate, references)
            sums[f"{name}, clipped"] += clipped_precision(candidate, references)
    return {name: total / sentences for name, total in sums.items()}


def _finding(claim: Claim, clipped: float, plain: float) -> Finding:
    claimed = float(claim["precision"])
    verdict = decide(claimed, clipped, plain)
    if plain - clipped < OTHER:
        reason = (
            f"Plain and clipped precision are {plain:.3g} and {clipped:.3g} here, so the effect of "
            "clipping cannot be seen."
        )
    else:
        reason = (
            f"Counted word by word it is {clipped:.4g}; without clipping it would be {plain:.4g}."
        )
    return Finding(
        claim=claim,
        predicts=f"Counted word by word, the clipped precision is {claimed:.4g}.",
        figure=Measurement(abs(claimed - clipped), "", "distance from the clipped precision"),
        verdict=verdict,
        reason=reason,
    )


def _table(candidate: Words, references: Sequence[Words]) -> TextTable:
    counts = [Counter(words)["the"] for words in (candidate, *references)]
    kept = round(clipped_precision(candidate, references) * len(candidate))
    rows = (
        *((f"in reference {n}", str(count)) for n, count in enumerate(counts[1:], 1)),
        ("in the candidate", str(counts[0])),
        ("kept after clipping", str(kept)),
        ("clipped precision", f"{kept}/{len(candidate)} = {kept / len(candidate):.3g}"),
    )
    return TextTable(
        title="How often the word occurs",
        columns=("what", "count"),
        rows=rows,
        says="; ".join(f"{what}: {count}" for what, count in rows) + ".",
    )


def _bars(contest: dict[str, float]) -> Bars:
    told = "; ".join(f"{name} {value:.2f}" for name, value in contest.items())
    return Bars(
        title="Mean precision of honest and of stuttering translations",
        bars=tuple(Bar(name, value) for name, value in sorted(contest.items())),
        unit="",
        says=f"Mean precision: {told}.",
    )


def _right(_claim: Claim, knobs: Parameters) -> float:
    """The clipped precision of so many copies of a word, by its counts in both references."""
    copies, first, second = (int(knobs[name]) for name in ("copies", "first", "second"))
    return min(copies, max(first, second)) / copies


EXPERIMENT = Experiment(
    name="clipped-precision",
    title="BLEU's clipped precision",
    asks="How does BLEU rate a translation that repeats one word?",
    claim={"precision": ClaimField("its clipped precision of single words", low=0, high=100)},
    knobs=(
        Knob(
            "copies",
            7,
            "how often the candidate has the word",
            low=1,
            high=40,
            sets={"precision": _right},
        ),
        Knob(
            "first", 2, "how often reference 1 has it", low=1, high=10, sets={"precision": _right}
        ),
        Knob(
            "second", 1, "how often reference 2 has it", low=1, high=10, sets={"precision": _right}
        ),
        Knob("sentences", 60, "sentences in the contest", low=10, high=500, step=10),
        Knob(
            "mistakes",
            0.4,
            "share of wrong words in an honest translation",
            low=0,
            high=1,
            step=0.1,
        ),
    ),
    null={"copies": 1},
    null_help="A candidate of a single word has nothing that could be clipped.",
    run=run,
    claims=({"precision": 2 / 7}, {"precision": 1}, {"precision": 3 / 7}, {"precision": 1 / 7}),
    definitional=True,
)
