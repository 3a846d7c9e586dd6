"""How long the sentences are that beam search finds when nothing makes up for their length.

A random decoder knows about how long each of M sentences should be, but not exactly: the odds of
the end rise with every word. What it holds to be the right lengths is seen in sentences that it
draws itself, and those that beam search finds are compared with them.

The score of a sentence is log P / length^alpha. With alpha 0 that is the plain product of its
probabilities; with alpha 1 it is the mean logarithm, and the same search is the control for what
the product does: model, beam and sources are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizcli.demos.evidence import (
    Break,
    Claim,
    ClaimField,
    DemoError,
    Dose,
    Evidence,
    Experiment,
    Finding,
    Knob,
    Measurement,
    Parameters,
    Verdict,
)
from quizcli.demos.worlds.translator import beam_search, decoder, sample
from quizcli.demos.worlds.trends import Margins, decide
from quizcli.numeric import np
from quizcli.report.intervals import Interval, Z
from quizcli.report.pictures import Bar, Bars, TextTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.demos.cells.shared import Array
    from quizcli.demos.worlds.translator import Decoder, Whole

MARGINS = Margins(same=0.5, apart=0.5)  # words
SPREAD = 0.5  # words: the least standard deviation of the lengths that the model draws
EACH = 8  # sentences drawn for a source
FURTHER = 9  # steps beyond the longest usual length
LENGTHS = {"shorter": "down", "as-long": "same", "longer": "up"}
MOST = 4_000_000  # states times their units, of a step
RULE = (
    "The sentences found are shorter if the whole 95% interval of their mean difference from "
    f"those that the model draws lies below −{MARGINS.apart:g} words, longer if it lies above "
    f"+{MARGINS.apart:g}, and as long if it lies between. No verdict is given unless the lengths "
    f"drawn for a source have a standard deviation of at least {SPREAD:g} words."
)
ASSUMPTION = (
    "Sentences are compared by the product of their probabilities, without a correction for length."
)


@dataclass(frozen=True, slots=True, eq=False)
class Lengths:
    """Mean length of the sentences ``drawn`` for each source (M,), of those ``found`` and of those
    found by the mean logarithm, ``normalised``; ``spread`` is the standard deviation of a draw."""

    drawn: Array
    found: Whole
    normalised: Whole
    spread: float

    def difference(self) -> tuple[float, Interval]:
        """The mean of found less drawn, and its interval."""
        off = self.found - self.drawn
        mean, half = float(off.mean()), Z * float(off.std(ddof=1)) / len(off) ** 0.5
        return mean, Interval(mean - half, mean + half)


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{length}``. Raises DemoError for a beam that needs too much memory."""
    lengths = _measured(seed, parameters)
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, lengths) for claim in claims),
        rule=RULE,
        pictures=(_bars(lengths), _table(lengths)),
        assumption=ASSUMPTION,
    )


def _measured(seed: int, parameters: Parameters) -> Lengths:
    rng = np.random.default_rng(seed)
    model, T = _model(rng, parameters)
    width, alpha = int(parameters["width"]), float(parameters["alpha"])
    drawn = (sample(model, rng, T, EACH) > 0).sum(axis=1).reshape(-1, EACH)
    return Lengths(
        drawn.mean(axis=1),
        beam_search(model, width, T, alpha).lengths,
        beam_search(model, width, T, 1.0).lengths,
        float(drawn.std(axis=1).mean()),
    )


def _model(rng: np.random.Generator, parameters: Parameters) -> tuple[Decoder, int]:
    """A decoder that ends its sentences, and the most steps that it is given."""
    V, H, M = (int(parameters[name]) for name in ("vocabulary", "units", "sources"))
    most = MOST // (M * max(H, V))
    if int(parameters["width"]) > most:
        raise DemoError(
            f"width: {parameters['width']} prefixes of {M} sources take too much memory — give "
            f"{most} or less"
        )
    typical, sureness = int(parameters["length"]), float(parameters["sureness"])
    medians = typical + rng.integers(-(typical // 3), typical // 3 + 1, size=M)
    # The hazard of an end adds up to log(1 + e^(sureness · (t - length))) / sureness, and half of
    # the sentences have ended where that is log 2.
    lengths = medians - np.log(np.expm1(sureness * np.log(2))) / sureness
    model = decoder(rng, V + 1, H, M, gain=float(parameters["gain"]))  # and the end
    return replace(model, lengths=lengths, sureness=sureness), int(medians.max()) + FURTHER


def _finding(claim: Claim, lengths: Lengths) -> Finding:
    length = str(claim["length"])
    mean, (low, high) = lengths.difference()
    control = lengths.spread >= SPREAD
    verdict = decide(LENGTHS[length], MARGINS.trend(low, high), control=control)
    numbers = (
        f"The sentences found have {lengths.found.mean():.1f} words on average, those that the "
        f"model draws {lengths.drawn.mean():.1f}: a difference of {mean:+.2f} [{low:+.2f}, "
        f"{high:+.2f}] words"
    )
    if not control:
        reason = (
            f"The control failed: the lengths drawn for a source vary by {lengths.spread:.2f} "
            "words at most, so no search could find anything shorter or longer."
        )
    elif verdict is Verdict.UNDETERMINED:
        reason = f"{numbers}, which leaves open whether the length differs."
    else:
        reason = (
            f"{numbers}. Chosen by the mean logarithm, they have {lengths.normalised.mean():.1f}."
        )
    where = {
        "shorter": "fewer words than",
        "as-long": "as many words as",
        "longer": "more words than",
    }
    return Finding(
        claim=claim,
        predicts=f"The sentences found have {where[length]} those that the model draws.",
        figure=Measurement(mean, "words", "length found minus length drawn"),
        verdict=verdict,
        reason=reason,
    )


def _bars(lengths: Lengths) -> Bars:
    means = {
        "drawn by the model": float(lengths.drawn.mean()),
        "found": float(lengths.found.mean()),
        "found, mean of logs": float(lengths.normalised.mean()),
    }
    told = "; ".join(f"{name} {value:.1f}" for name, value in means.items())
    return Bars(
        title="Mean length of the sentences",
        bars=tuple(Bar(name, value) for name, value in means.items()),
        unit="words",
        says=f"Words on average: {told}.",
        mark=means["drawn by the model"],
        mark_label="drawn",
    )


def _table(lengths: Lengths) -> TextTable:
    """The sources by the length that is drawn for them: the shortest, the middle, the longest."""
    order = np.argsort(lengths.drawn, kind="stable")
    parts = [part for part in np.array_split(order, 3) if len(part)]
    rows = tuple(
        (
            name,
            f"{lengths.drawn[part].mean():.1f}",
            f"{lengths.found[part].mean():.1f}",
            f"{lengths.normalised[part].mean():.1f}",
        )
        for name, part in zip(("short", "middle", "long"), parts, strict=True)
    )
    return TextTable(
        title="The sources in three equal groups, by the length drawn",
        columns=("sources", "drawn", "found", "mean of logs"),
        rows=rows,
        says=" ".join(f"{n}: drawn {d}, found {f}, by mean of logs {m}." for n, d, f, m in rows),
    )


def _words_missing(seed: int, parameters: Parameters) -> float:
    """The length found less the length drawn, for the dose."""
    return _measured(seed, parameters).difference()[0]


EXPERIMENT = Experiment(
    name="beam-length",
    title="The length that a beam prefers",
    asks="How long are the sentences that a beam search finds by multiplying probabilities?",
    claim={"length": ClaimField("compared with what the model draws", tuple(LENGTHS))},
    knobs=(
        Knob("width", 5, "width of the beam", low=2, high=1000, step=2, factor=True),
        Knob("alpha", 0.0, "score is log P / length^alpha", low=0, high=1, step=0.1),
        Knob("length", 7, "words in a typical sentence", low=4, high=20),
        Knob(
            "sureness",
            0.4,
            "how fast the odds of the end rise with each word",
            low=0.1,
            high=50,
            step=2,
            factor=True,
        ),
        Knob("vocabulary", 24, "words to choose from", low=5, high=200, step=2, factor=True),
        Knob("gain", 2.5, "how sure the decoder is of its words", low=0, high=5, step=0.5),
        Knob("units", 16, "hidden units of the decoder", low=1, high=128, step=2, factor=True),
        Knob("sources", 40, "sentences to be translated", low=10, high=200, step=10),
    ),
    null={"sureness": 50.0},
    null_help="A decoder that knows each length exactly leaves the search no choice of length.",
    run=run,
    claims=tuple({"length": length} for length in LENGTHS),
    breaks=(
        Break(
            "normalised",
            {"alpha": 1.0},
            (
                "Scored by the mean logarithm, a further word costs nothing as long as it is as "
                "likely as the others: the sentences are no longer too short."
            ),
        ),
    ),
    assumption=ASSUMPTION,
    dose=Dose("width", (2, 4, 8, 16, 32), "words more than drawn", _words_missing),
)
