"""Sampling a sentence: how a word is picked, and what the next step is told.

A random recurrent language model is small enough to be known completely: V words and T steps
make V^T sentences, and the chain rule gives the probability of each,

    P(y⟨1⟩ … y⟨T⟩) = ∏ₜ ŷ⟨t⟩[y⟨t⟩]   with x⟨1⟩ = 0 and x⟨t⟩ = y⟨t-1⟩

So a way of sampling can be judged by what it writes: N sentences are counted, and their shares
held against those probabilities. Even honest draws miss them a little. How much is measured too,
by drawing whole sentences from the list of all of them, and is the floor for everybody.

Word frequencies at single positions would not do. Draws that are fed a text of the model's own
get every one of them right; only whole sentences show that their words do not fit together.
"""

from __future__ import annotations

from dataclasses import dataclass
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
from quizcli.demos.worlds.language import LETTERS, Language, refuse_long_lists
from quizcli.demos.worlds.prefixes import Way, tabulate, write
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, Series, SeriesLine, TextTable
from quizcli.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.worlds.language import Whole

PICKS = ("argmax", "draw", "uniform")
FEEDS = ("truth", "chosen", "nothing")
WAYS: tuple[Way, ...] = tuple((pick, feed) for pick in PICKS for feed in FEEDS)
# Draws of which no later step hears. If even these reach the floor, the model has no memory to
# speak of, and no count of sentences can tell what ought to be fed.
CONTROLS: tuple[Way, ...] = (("draw", "truth"), ("draw", "nothing"))

HOLDS_UP_TO, REFUTED_FROM = 1.5, 2.0  # times the floor
FLOOR_DRAWS = 16  # the floor is a mean over so many: one draw of it varies by a quarter
MOST_SENTENCES = 2**16
HALVINGS = 8
HONEST = "honest draws"
RULE = (
    f"A way of sampling holds if its sentences are at most {HOLDS_UP_TO:g} times as far from the "
    f"model's probabilities as honest draws, and is refuted at {REFUTED_FROM:g} times or more. As "
    f"a control, draws that are fed something else must be at least {REFUTED_FROM:g} times as far; "
    "otherwise no verdict is given."
)
ASSUMPTION = "The probabilities are used as the model gives them, at temperature 1."


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """The sentences that one way of sampling wrote, and three figures about them."""

    sentences: Whole
    distance: float
    distinct: int
    surprise: float  # bits a sentence, in the mean


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """N sentences written in each claimed way, counted against the model's own probabilities."""
    V, T, N = (int(parameters[name]) for name in ("V", "T", "N"))
    temperature = float(parameters["temperature"])
    refuse_long_lists(V, T, MOST_SENTENCES, bytes_each=8 * FLOOR_DRAWS)
    for_model, for_truth, for_honest, *for_ways = np.random.default_rng(seed).spawn(3 + len(WAYS))
    model = tabulate(for_model, parameters)
    language = model.language
    # The kindest choice of a training text: one that the model itself might have written.
    truth = language.draw(for_truth, N)
    honest = [language.draw(for_honest, N) for _ in range(FLOOR_DRAWS)]
    written = {
        way: _measured(write(rng, model, way, truth, temperature), language)
        for way, rng in zip(WAYS, for_ways, strict=True)
        if way in {*map(_way, claims), *CONTROLS}
    }
    fair = _measured(honest[0], language)
    floor = float(np.mean([language.distance(sentences) for sentences in honest]))
    control = min(written[way].distance for way in CONTROLS)
    findings = tuple(
        _finding(claim, written[_way(claim)], fair, floor, control) for claim in claims
    )
    ways = [_way(claims[i]) for i in EXPERIMENT.in_order(claims)]
    shown = {_label(way): written[way] for way in ways} | {HONEST: fair}
    pictures = (_bars(shown, floor), _examples(shown, language), _against_n(shown, language))
    return Evidence("sampling", seed, parameters, findings, RULE, pictures, ASSUMPTION)


def judge(distance: float, floor: float, control: float) -> Verdict:
    """The rule of this experiment, see ``RULE``; all three are distances from the model."""
    if not _separates(floor, control):
        return Verdict.UNDETERMINED
    if distance <= HOLDS_UP_TO * floor:
        return Verdict.HOLDS
    return Verdict.REFUTED if distance >= REFUTED_FROM * floor else Verdict.UNDETERMINED


def _separates(floor: float, control: float) -> bool:
    return control >= REFUTED_FROM * floor > 0


def _way(claim: Claim) -> Way:
    return str(claim["pick"]), str(claim["feed"])


def _label(way: Way) -> str:
    return f"{way[0]}, feed {way[1]}"


def _measured(sentences: Whole, language: Language) -> Written:
    distinct = int(np.count_nonzero(np.bincount(sentences)))
    return Written(sentences, language.distance(sentences), distinct, language.surprise(sentences))


def _finding(claim: Claim, own: Written, fair: Written, floor: float, control: float) -> Finding:
    verdict = judge(own.distance, floor, control)
    predicts = "Sentences written this way turn up as often as the model's probabilities say."
    what = (
        f"distance of {len(own.sentences):,} sentences from the model (honest draws: {floor:.3g})"
    )
    reason = (
        _why(own, fair, floor, verdict)
        if _separates(floor, control)
        else "The control failed, so nothing follows: draws that are fed something else are "
        f"{control:.3g} away from the model, honest draws {floor:.3g}. What is fed hardly matters."
    )
    return Finding(claim, predicts, Measurement(own.distance, "", what), verdict, reason)


def _why(own: Written, fair: Written, floor: float, verdict: Verdict) -> str:
    away = (
        f"Its sentences are {own.distance:.3g} away from the model, {own.distance / floor:.1f} "
        "times as far as honest draws."
    )
    if verdict is Verdict.HOLDS:
        return f"{away} Each turns up as often as the model's probabilities say."
    if own.distinct < fair.distinct / 2:
        return (
            f"{away} It wrote only {counted(own.distinct, 'different sentence')}, honest draws "
            f"{fair.distinct}: too little is left to chance."
        )
    surprise = f"{away} On average its sentences surprise the model by {own.surprise:.1f} bits"
    if own.surprise > fair.surprise:
        return f"{surprise}, honest ones by {fair.surprise:.1f}: their words do not fit together."
    return f"{surprise}, honest ones by {fair.surprise:.1f}: likely words come too often."


def _bars(shown: Mapping[str, Written], floor: float) -> Bars:
    told = "; ".join(f"{label} {own.distance:.2f}" for label, own in shown.items())
    return Bars(
        "How far the sentences are from the model's probabilities (0 to 1)",
        tuple(Bar(label, own.distance) for label, own in shown.items() if label != HONEST),
        "",
        f"Distance from the model: {told}.",
        mark=floor,
        mark_label=HONEST,
    )


def _examples(shown: Mapping[str, Written], language: Language) -> TextTable:
    count = max(1, 24 // (language.T + 1))
    return TextTable(
        "The first sentences, how many different ones, and how they surprise the model",
        ("way", "sentences", "different", "surprise"),
        tuple(
            (
                label,
                " ".join(language.spelt(int(k)) for k in own.sentences[:count]),
                f"{own.distinct}",
                f"{own.surprise:.1f} bits",
            )
            for label, own in shown.items()
        ),
        "Different sentences, and mean surprise: "
        + "; ".join(f"{k} {own.distinct}, {own.surprise:.1f} bits" for k, own in shown.items())
        + ".",
    )


def _against_n(shown: Mapping[str, Written], language: Language) -> Series:
    N = len(shown[HONEST].sentences)
    sizes = sorted({max(1, N // 2**k) for k in range(HALVINGS)})
    lines = tuple(
        SeriesLine(label, tuple(language.distance(own.sentences[:n]) for n in sizes))
        for label, own in shown.items()
    )
    told = "; ".join(
        f"{line.label} {line.values[0]:.2f} to {line.values[-1]:.2f}" for line in lines
    )
    return Series(
        "More sentences: does the distance go to 0?",
        lines,
        f"sentences, from {sizes[0]} to {N:,}, twice as many at each point",
        "distance",
        f"Distance from {sizes[0]} to {N:,} sentences: {told}.",
    )


EXPERIMENT = Experiment(
    name="sampling",
    title="Sampling a sentence",
    asks="Which sentences turn up as often as the model's probabilities say?",
    claim={
        "pick": ClaimField(
            "how a step picks its word; uniform: any word, with equal chance", choices=PICKS
        ),
        "feed": ClaimField(
            "what the next step is fed: a training text, the word picked, the zero vector",
            choices=FEEDS,
        ),
    },
    knobs=(
        Knob("N", 5000, "sentences written in each way", 100, 100_000, step=2, factor=True),
        Knob("V", 4, "words in the vocabulary", 2, len(LETTERS)),
        Knob("T", 5, "words in a sentence; all V^T sentences are listed", 1, 1_000_000),
        Knob("units", 16, "hidden units of the model", 1, 256, step=2, factor=True),
        Knob("gain", 2.5, "output gain; 0 makes a model without memory", 0, 20, step=0.5),
        Knob("radius", 1.0, "spectral radius of the recurrent weights", 0, 10, step=0.1),
        Knob("temperature", 1.0, "sharpens draws below 1, flattens them above", 0.1, 10, step=0.1),
    ),
    null={"gain": 0.0},
    null_help="With output gain 0 the model has no memory: what is fed cannot matter.",
    run=run,
    label=lambda claim: _label(_way(claim)),
    claims=tuple(
        {"pick": pick, "feed": feed}
        for pick in ("draw", "argmax")
        for feed in ("chosen", "truth", "nothing")
    ),
    breaks=(
        Break(
            "sharpened",
            {"temperature": 0.5},
            (
                "At temperature 0.5 the draws are sharpened on purpose, so even those that are fed "
                "back no longer follow the model."
            ),
        ),
        Break(
            "flattened",
            {"temperature": 2.0},
            "At temperature 2 unlikely words turn up more often than the model's probabilities "
            "say.",
        ),
    ),
    assumption=ASSUMPTION,
)
