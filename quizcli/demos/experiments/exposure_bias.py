"""What becomes of errors when a model that was trained on true text is fed its own words.

A made-up language has V words, and after each word k others are right. A model learns from text
what follows *two* words, by counting, and at each step it slips with a small chance and writes any
word at all. Fed with true text it always sees pairs that it knows. Fed its own words it comes,
after a slip, to a pair that no text has: there it has learned nothing, and the next word is a
guess, which leads to another such pair.

That this is what happens, and not just that writing is harder, is seen by a model of the same kind
that has learned from as much, half of it its own words, each pair with a word that is right after
it (compare S. Ross, G. Gordon and D. Bagnell 2011, and S. Bengio et al. 2015).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
from quizcli.demos.worlds.trends import TRENDS, Margins, decide
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, Series, SeriesLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.cells.shared import Array
    from quizcli.demos.worlds.language import Whole

    Way = tuple[str, str]

TEXT = {"truth": "the truth", "own": "its own words"}
FED = tuple(TEXT)
WAYS: tuple[tuple[str, str], ...] = tuple((trained, fed) for trained in FED for fed in FED)
MARGINS = Margins(same=0.02, apart=0.04)  # of the share of wrong words
CONTROL = 0.005  # share of words that must be wrong at all
GIVEN = 2  # true words at the beginning of each text
BEFORE = 8  # words of a text that nobody sees, after which its beginning does not matter
EARLY, LATE = 3, 9  # steps of which a mean is taken
RULE = (
    f"Errors become more frequent if the share of wrong words in the last {LATE} steps is at least "
    f"{100 * MARGINS.apart:g} points above that in the first {EARLY}, rarer if it is that far "
    f"below; they stay as frequent within {100 * MARGINS.same:g} points. No verdict is given "
    f"unless the model that is fed the truth gets at least {100 * CONTROL:g}% of its words wrong."
)
ASSUMPTION = "The model can reach contexts that it has not seen in training."


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Behind word v the ``followers`` [v] (V, k) are right, which ``legal`` (V, V) says as well."""

    followers: Whole
    legal: Array

    def text(self, rng: np.random.Generator, texts: int, steps: int) -> Whole:
        """True texts (texts, steps)."""
        V, k = self.followers.shape
        words = np.empty((texts, BEFORE + steps), int)
        words[:, 0] = rng.integers(V, size=texts)
        for t in range(1, words.shape[1]):
            words[:, t] = self.followers[words[:, t - 1], rng.integers(k, size=texts)]
        return words[:, BEFORE:]


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """A model: ``below`` (contexts, V) has cumulated probabilities of the next word after one or
    two words, as many as are its ``context``."""

    below: Array
    context: int

    def write(
        self, rng: np.random.Generator, truth: Whole, rules: Rules, fed: str
    ) -> tuple[Whole, Array]:
        """Texts as long as the true ones, from their first words on, and the share of wrong words
        at each step after these. A word is wrong by the one that was fed before it."""
        own = truth.copy()
        seen = truth if fed == "truth" else own
        wrong = np.empty(truth.shape[1] - GIVEN)
        for t in range(GIVEN, truth.shape[1]):
            below = self.below[contexts(seen[:, t - 2], seen[:, t - 1], rules, self.context)]
            own[:, t] = (rng.random((len(own), 1)) >= below[:, :-1]).sum(axis=1)
            wrong[t - GIVEN] = 1 - rules.legal[seen[:, t - 1], own[:, t]].mean()
        return own, wrong


def contexts(first: Whole, second: Whole, rules: Rules, context: int) -> Whole:
    """The number of each context that ends with the second word."""
    return second if context == 1 else first * len(rules.followers) + second


def learned(words: Whole, nexts: Whole, rules: Rules, slip: float, context: int) -> Counted:
    """What follows in ``nexts`` (N, T-2) after each two of the ``words`` (N, T) before, counted;
    with the chance ``slip`` any word, and after what was never seen as well."""
    V = len(rules.followers)
    seen = contexts(words[:, :-2], words[:, 1:-1], rules, context)
    counts = np.bincount((seen * V + nexts).ravel(), minlength=V ** (context + 1))
    counts = counts.reshape(-1, V)
    total = counts.sum(axis=1, keepdims=True)
    p = np.where(total > 0, counts / np.maximum(total, 1), 1 / V)
    return Counted(np.cumsum((1 - slip) * p + slip / V, axis=1), context)


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{trained, fed, errors}``. Raises DemoError for too few words."""
    V, k = int(parameters["vocabulary"]), int(parameters["followers"])
    if 4 * k > V:
        raise DemoError(f"vocabulary: {V} words are too few for {k} followers — give {4 * k}")
    curves = _curves(np.random.default_rng(seed), parameters)
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, curves) for claim in claims),
        rule=RULE,
        pictures=(_series(curves), _bars(curves)),
        assumption=ASSUMPTION,
    )


def _curves(rng: np.random.Generator, parameters: Parameters) -> Mapping[Way, Array]:
    """The share of wrong words at each step, for each way to train and to feed."""
    V, k, steps, texts, read, context = (
        int(parameters[name])
        for name in ("vocabulary", "followers", "steps", "texts", "read", "context")
    )
    slip = float(parameters["slip"])
    followers = rng.random((V, V)).argpartition(k - 1, axis=1)[:, :k]
    legal = np.zeros((V, V))
    legal[np.arange(V)[:, None], followers] = 1
    rules = Rules(followers, legal)
    data = rules.text(rng, max(2, read // steps), steps)
    by_truth = learned(data, data[:, 2:], rules, slip, context)
    # As much to learn from: half of it true text, half what the model made of such text.
    half = len(data) // 2
    own, _ = by_truth.write(rng, data[:half], rules, "own")
    right = followers[own[:, 1:-1], rng.integers(k, size=(half, steps - 2))]
    mixed = np.concatenate([data[half:], own])
    by_own = learned(mixed, np.concatenate([data[half:, 2:], right]), rules, slip, context)
    models = {"truth": by_truth, "own": by_own}
    test = rules.text(rng, texts, steps)
    return {
        (trained, fed): models[trained].write(rng, test, rules, fed)[1] for trained, fed in WAYS
    }


def _growth(curve: Array) -> float:
    return float(curve[-LATE:].mean() - curve[:EARLY].mean())


def _finding(claim: Claim, curves: Mapping[Way, Array]) -> Finding:
    way, errors = (str(claim["trained"]), str(claim["fed"])), str(claim["errors"])
    curve, usual = curves[way], float(curves["truth", "truth"].mean())
    growth = _growth(curve)
    verdict = decide(errors, MARGINS.trend(growth), control=usual >= CONTROL)
    goes = {"up": "become more frequent", "same": "stay as frequent", "down": "become rarer"}
    numbers = (
        f"{curve[:EARLY].mean():.1%} of the words are wrong in the first {EARLY} steps, and "
        f"{curve[-LATE:].mean():.1%} in the last {LATE}"
    )
    if usual < CONTROL:
        reason = f"Fed the truth, it gets only {usual:.2%} of its words wrong: nothing can add up."
    elif verdict is Verdict.UNDETERMINED:
        reason = f"{numbers}, which is neither the same nor clearly different."
    else:
        reason = f"{numbers}."
    return Finding(
        claim=claim,
        predicts=(
            f"Trained on {TEXT[way[0]]} and fed {TEXT[way[1]]}, the model makes errors that "
            f"{goes[errors]} step by step."
        ),
        figure=Measurement(100 * growth, "points", "wrong words late minus early"),
        verdict=verdict,
        reason=reason,
    )


def _label(way: Way) -> str:
    return f"trained {way[0]}, fed {way[1]}"


def _series(curves: Mapping[Way, Array]) -> Series:
    lines = tuple(SeriesLine(_label(way), tuple(map(float, curves[way]))) for way in WAYS)
    return Series(
        title="Share of wrong words, step by step",
        lines=lines,
        x="step",
        y="share of wrong words",
        says="; ".join(
            f"{line.label}: {line.values[0]:.3f} to {line.values[-1]:.3f}" for line in lines
        )
        + ".",
        first=GIVEN + 1,
    )


def _bars(curves: Mapping[Way, Array]) -> Bars:
    growths = {_label(way): 100 * _growth(curves[way]) for way in WAYS}
    return Bars(
        title=f"Wrong words in the last {LATE} steps, minus the first {EARLY}",
        bars=tuple(Bar(label, growth) for label, growth in growths.items()),
        unit="points",
        says="; ".join(f"{label} {growth:+.1f} points" for label, growth in growths.items()) + ".",
        mark=100 * MARGINS.apart,
        mark_label="margin",
    )


EXPERIMENT = Experiment(
    name="exposure-bias",
    title="Fed its own words",
    asks="How often does a model err, step by step, if it is fed the truth or its own words?",
    claim={
        "trained": ClaimField("on true text, or half on its own words, corrected", FED),
        "fed": ClaimField("what it is fed as it writes", FED),
        "errors": ClaimField("how the share of wrong words changes, step by step", TRENDS),
    },
    knobs=(
        Knob("slip", 0.02, "chance of a slip at each word", low=0, high=0.04, step=0.005),
        Knob("context", 2, "how many words back the model looks", low=1, high=2),
        Knob("vocabulary", 40, "words of the language", low=16, high=60, step=4),
        Knob("followers", 3, "words that are right after a word", low=2, high=6),
        Knob("steps", 36, "words of a text", low=24, high=60, step=4),
        Knob("read", 30_000, "words read in training", low=20_000, high=100_000, step=10_000),
        Knob("texts", 1000, "texts written in each way", low=500, high=4000, step=500),
    ),
    null={"slip": 0.0},
    null_help="A model that never slips makes no error that could add up.",
    run=run,
    claims=tuple(
        {"trained": trained, "fed": fed, "errors": errors}
        for trained, fed, errors in (
            ("truth", "own", "up"),
            ("truth", "truth", "same"),
            ("own", "own", "same"),
            ("truth", "own", "same"),
            ("truth", "own", "down"),
        )
    ),
    breaks=(
        Break(
            "known-contexts",
            {"context": 1},
            (
                "A model that looks back one word has seen every context there is, so its own "
                "words lead it nowhere new: errors do not add up."
            ),
        ),
    ),
    assumption=ASSUMPTION,
)
