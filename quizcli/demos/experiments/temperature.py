"""What the temperature does to the probabilities that words are drawn with.

A random decoder reads M texts, and its scores z for the next word are turned into probabilities at
two temperatures,

    p_τ = softmax(z / τ)

For each text it is seen whether a quantity rises, falls or stays from the low one to the high one.
Words are drawn too, so that the variety of what is written is counted and not only reckoned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcli.demos.evidence import (
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
from quizcli.demos.worlds.language import softmax
from quizcli.demos.worlds.translator import decoder
from quizcli.demos.worlds.trends import TRENDS, decide
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, TextTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.cells.shared import Array

MOST = 0.95  # share of the texts in which a quantity has to go the same way
CONTROL = 0.05  # total variation between both temperatures, in the mean
DRAWS = 50  # words drawn for a text
SAME = 1e-9  # rounding
QUANTITIES = {
    "entropy": "the entropy of the next word",
    "top": "the probability of the likeliest word",
    "least": "the probability of the unlikeliest word",
    "variety": f"the number of different words among {DRAWS} drawn",
    "order": "the order of the words by probability",
}
SAID = {"up": "rises", "same": "stays the same", "down": "falls"}
RULE = (
    f"A quantity rises, falls or stays the same if it does so in at least {MOST:.0%} of the texts. "
    "No verdict is given unless the probabilities at the two temperatures differ by at least "
    f"{CONTROL:g} on average (total variation, from 0 to 1)."
)


@dataclass(frozen=True, slots=True, eq=False)
class Heated:
    """Probabilities (M, V) at the two temperatures, and words drawn with them (M, DRAWS)."""

    cold: Array
    hot: Array
    drawn_cold: Array
    drawn_hot: Array

    def changes(self) -> Mapping[str, Array]:
        """By how much each quantity changes in each text, (M,)."""
        ranks_cold, ranks_hot = (p.argsort(axis=1, kind="stable") for p in (self.cold, self.hot))
        return {
            "entropy": entropy(self.hot) - entropy(self.cold),
            "top": self.hot.max(axis=1) - self.cold.max(axis=1),
            "least": self.hot.min(axis=1) - self.cold.min(axis=1),
            "variety": variety(self.drawn_hot) - variety(self.drawn_cold),
            "order": (ranks_hot != ranks_cold).mean(axis=1),
        }

    def distance(self) -> float:
        """Total variation between both, in the mean over the texts."""
        return float(np.abs(self.hot - self.cold).sum(axis=1).mean() / 2)


def entropy(p: Array) -> Array:
    """In bits, of each row."""
    return np.asarray(-(p * np.log2(np.maximum(p, np.finfo(float).tiny))).sum(axis=1))


def variety(words: Array) -> Array:
    """Different words in each row."""
    rows = np.sort(words, axis=1)
    return np.asarray(1.0 + (rows[:, 1:] != rows[:, :-1]).sum(axis=1))


def trend(changes: Array) -> str | None:
    """Where most of the changes go; None where they do not agree."""
    shares = {
        "up": float((changes > SAME).mean()),
        "same": float((np.abs(changes) <= SAME).mean()),
        "down": float((changes < -SAME).mean()),
    }
    return next((goes for goes, share in shares.items() if share >= MOST), None)


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{quantity, goes}``. Raises DemoError where it does not become warmer."""
    low, high = float(parameters["low"]), float(parameters["high"])
    if high <= low:
        raise DemoError(f"high: {high:g} is no higher than low, {low:g} — give more of it")
    rng = np.random.default_rng(seed)
    V, M = int(parameters["vocabulary"]), int(parameters["texts"])
    model = decoder(rng, V, int(parameters["units"]), M, gain=float(parameters["gain"]))
    scores = model.sources @ model.W_ya
    chances = rng.random((M, DRAWS))  # the same ones for both
    heated = Heated(
        *(softmax(scores / at) for at in (low, high)),
        *(_drawn(softmax(scores / at), chances) for at in (low, high)),
    )
    changes = heated.changes()
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, heated, changes, low, high) for claim in claims),
        rule=RULE,
        pictures=(_bars(heated, low, high), _table(scores, chances, low, high)),
    )


def _drawn(p: Array, chances: Array) -> Array:
    """Words (M, DRAWS), the likeliest one 0, drawn from each row by uniform ``chances``."""
    below = np.cumsum(-np.sort(-p, axis=1), axis=1)[:, None, :-1]
    return np.asarray((chances[..., None] >= below).sum(axis=-1, dtype=float))


def _finding(
    claim: Claim, heated: Heated, changes: Mapping[str, Array], low: float, high: float
) -> Finding:
    quantity, goes = str(claim["quantity"]), str(claim["goes"])
    own, distance = changes[quantity], heated.distance()
    found = trend(own)
    verdict = decide(goes, found, control=distance >= CONTROL)
    mean, what = float(own.mean()), QUANTITIES[quantity]
    if distance < CONTROL:
        reason = (
            f"The control failed: from {low:g} to {high:g} the probabilities move by only "
            f"{distance:.2g}, so the temperatures cannot be told apart."
        )
    elif verdict is Verdict.UNDETERMINED:
        reason = f"The texts do not agree: {what} changes by {mean:+.3g} on average."
    else:
        assert found
        reason = (
            f"From {low:g} to {high:g}, {what} {SAID[found]} in at least {MOST:.0%} of "
            f"{len(own)} texts; the mean change is {mean:+.3g}."
        )
    return Finding(
        claim=claim,
        predicts=f"From temperature {low:g} to {high:g}, {what} {SAID[goes]}.",
        figure=Measurement(mean, "", "mean change", "exactly 0" if not own.any() else ""),
        verdict=verdict,
        reason=reason,
    )


def _bars(heated: Heated, low: float, high: float) -> Bars:
    """The likeliest words of the first text, at both temperatures."""
    order = np.argsort(-heated.cold[0])[:5]
    bars = tuple(
        Bar(f"word {place}, at {at:g}", float(p[0, word]))
        for place, word in enumerate(order, 1)
        for at, p in ((low, heated.cold), (high, heated.hot))
    )
    return Bars(
        title="The likeliest words of one text",
        bars=bars,
        unit="",
        says="; ".join(f"{bar.label}: {bar.value:.2f}" for bar in bars) + ".",
    )


def _table(scores: Array, chances: Array, low: float, high: float) -> TextTable:
    rows = []
    for at in sorted({low, (low * high) ** 0.5, high}):
        p = softmax(scores / at)
        figures = (entropy(p), p.max(axis=1), variety(_drawn(p, chances)))
        h, top, different = (float(each.mean()) for each in figures)
        rows.append((f"{at:.2g}", f"{h:.2f}", f"{top:.2f}", f"{different:.1f}"))
    return TextTable(
        title=f"Averages over {len(scores)} texts",
        columns=("temperature", "entropy in bits", "likeliest word", f"different of {DRAWS}"),
        rows=tuple(rows),
        says=" ".join(
            f"At {at}: entropy {h} bits, likeliest word {top}, {n} different words of {DRAWS}."
            for at, h, top, n in rows
        ),
    )


EXPERIMENT = Experiment(
    name="temperature",
    title="Temperature",
    asks="What changes in the probabilities of the next word when the temperature is raised?",
    claim={
        "quantity": ClaimField("what is compared", tuple(QUANTITIES)),
        "goes": ClaimField("which way it goes as the temperature rises", TRENDS),
    },
    knobs=(
        Knob("low", 0.5, "the low temperature", low=0.1, high=5, step=0.1),
        Knob("high", 1.5, "the high temperature", low=0.2, high=10, step=0.1),
        Knob("vocabulary", 50, "words to choose from", low=10, high=500, step=2, factor=True),
        Knob("gain", 3.0, "how far scores differ; 0: not at all", low=0, high=6, step=0.5),
        Knob("units", 16, "hidden units of the decoder", low=2, high=128, step=2, factor=True),
        Knob("texts", 100, "texts that are read", low=20, high=300, step=20),
    ),
    null={"gain": 0.0},
    null_help="Where all scores are equal, every temperature gives the same probabilities.",
    run=run,
    claims=tuple(
        {"quantity": quantity, "goes": goes}
        for quantity, goes in zip(QUANTITIES, ("up", "down", "up", "up", "same"), strict=True)
    ),
)
