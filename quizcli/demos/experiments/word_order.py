"""What self-attention needs in order to tell the order of words.

Random self-attention reads a few words, and reads them again with two of them exchanged. If order
means nothing to it, each word comes out with the vector that it had, only in its new place. It is
measured how much any vector changes, with each addition that is claimed to make the difference.

A mask makes one too, but hides words, and what is wanted is a layer in which each word hears all
others. So one word after another is also replaced by a new one, and it is counted which outputs
move.
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
from quizcli.demos.worlds.transformer import heads, stack
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, TextTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizcli.demos.cells.shared import Array

ADDITIONS = {
    "nothing": "nothing",
    "positions": "a vector for each position",
    "heads": "more heads",
    "layers": "more layers",
    "residual": "residual connections",
    "mask": "a causal mask",
}
MANY = 4  # heads or layers, where there are more
SAME, APART = 1e-9, 0.001  # of entries of vectors between -1 and 1
RULE = (
    f"An addition holds if exchanging two words changes some vector by {APART:g} or more while "
    "every word still attends to every other; it is refuted if nothing "
    "changes but for rounding, or if some word is hidden from another. No verdict is given unless "
    "words attend to each other where nothing is added."
)


class Order(NamedTuple):
    """How much an exchange of two words ``changed`` the vectors at most, beyond moving them, and
    the share of pairs of words of which one ``hears`` the other."""

    changed: float
    hears: float


def decide(order: Order, plain: Order) -> Verdict:
    """The rule; ``plain`` is what was measured with nothing added."""
    if plain.hears < 1:
        return Verdict.UNDETERMINED
    if order.changed <= SAME or order.hears < 1:
        return Verdict.REFUTED
    return Verdict.HOLDS if order.changed >= APART else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{added}``."""
    found = {added: _measure(seed, parameters, added) for added in ADDITIONS}
    shown = [str(claims[i]["added"]) for i in EXPERIMENT.in_order(claims)]
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, found) for claim in claims),
        rule=RULE,
        pictures=(_bars(shown, found), _table(shown, found)),
        assumption=EXPERIMENT.assumption,
    )


def _measure(seed: int, parameters: Parameters, added: str) -> Order:
    """Exchange two words, then replace one after another."""
    T, d = int(parameters["words"]), int(parameters["width"])
    rng = np.random.default_rng(seed)
    X, others = rng.standard_normal((2, T, d))
    reads = _reader(rng, parameters, added, T)
    first, second = rng.choice(T, 2, replace=False)
    exchanged = np.arange(T)
    exchanged[[first, second]] = second, first
    out = reads(X)
    changed = float(abs(reads(X[exchanged]) - out[exchanged]).max())
    hears = np.ones((T, T), bool)
    for t in range(T):
        replaced = X.copy()
        replaced[t] = others[t]
        hears[:, t] = (abs(reads(replaced) - out) > SAME).any(axis=1)
    return Order(changed, float(hears.mean()))


def _reader(
    rng: np.random.Generator, parameters: Parameters, added: str, T: int
) -> Callable[[Array], Array]:
    """A self-attention from (T, d) to (T, d) with what is ``added`` to it."""
    d, mixing = int(parameters["width"]), float(parameters["mixing"])
    positions, W = rng.standard_normal((T, d)), rng.standard_normal((d, d)) / d**0.5
    layers = heads(rng, MANY, d, mixing)
    side = heads(rng, MANY, d, mixing)

    def reads(X: Array) -> Array:
        if parameters["recurrent"]:
            X, state = X.copy(), np.zeros(d)
            for t in range(T):
                X[t] = state = np.tanh(X[t] + state @ W)
        if added == "positions":
            X = X + positions
        causal, residual = added == "mask", added == "residual"
        used = layers if added == "layers" else layers[:1]
        out = stack(used, X, causal=causal, residual=residual)
        if added == "heads":
            out = out + sum(stack([head], X, residual=False) for head in side)
        return np.asarray(out)

    return reads


def _finding(claim: Claim, found: dict[str, Order]) -> Finding:
    added = str(claim["added"])
    order, plain = found[added], found["nothing"]
    verdict = decide(order, plain)
    small = order.changed <= SAME
    if plain.hears < 1:
        reason = "No word attends to the others here, so there is no order to notice."
    elif small:
        reason = (
            f"With {ADDITIONS[added]} added, each word has the vector that it had before two of "
            "them were exchanged, but for rounding: the order means nothing."
        )
    else:
        hidden = "" if order.hears == 1 else f", but only {order.hears:.0%} of all words are seen"
        reason = (
            f"With {ADDITIONS[added]} added, exchanging two words changes vectors by up to "
            f"{order.changed:.2g}{hidden}."
        )
    return Finding(
        claim=claim,
        predicts=(
            f"With {ADDITIONS[added]} added, exchanging two words changes what comes out, and "
            "every word still attends to all others."
        ),
        figure=Measurement(
            order.changed,
            "",
            "largest change of a vector when two words are exchanged",
            "0 but for rounding" if small else "",
        ),
        verdict=verdict,
        reason=reason,
    )


def _bars(shown: Sequence[str], found: dict[str, Order]) -> Bars:
    changes = {added: found[added].changed for added in shown}
    changes = {added: 0.0 if change <= SAME else change for added, change in changes.items()}
    return Bars(
        title="How much exchanging two words changes vectors",
        bars=tuple(Bar(added, change) for added, change in changes.items()),
        unit="",
        says="; ".join(f"{added}: {change:.2g}" for added, change in changes.items()) + ".",
    )


def _table(shown: Sequence[str], found: dict[str, Order]) -> TextTable:
    rows = tuple((added, f"{found[added].hears:.0%}") for added in dict.fromkeys(shown))
    return TextTable(
        title="Share of words that a word attends to",
        columns=("added", "attended to"),
        rows=rows,
        says=" ".join(f"With {added} added: {heard}." for added, heard in rows),
    )


EXPERIMENT = Experiment(
    name="word-order",
    title="Self-attention and the order of words",
    asks="What has to be added to self-attention for it to tell the order of words?",
    claim={"added": ClaimField("what is added", tuple(ADDITIONS))},
    knobs=(
        Knob("words", 6, "words of the sentence", low=3, high=24),
        Knob("width", 12, "components of a word's vector", low=4, high=64, step=2, factor=True),
        Knob("mixing", 1.0, "how strongly words attend to each other", low=0, high=3, step=0.25),
        Knob("recurrent", False, "let a recurrent network read the words first"),
    ),
    null={"mixing": 0.0},
    null_help="Words that do not attend to each other have no order.",
    run=run,
    label=lambda claim: str(claim["added"]),
    claims=tuple({"added": added} for added in ("positions", "layers", "heads", "residual")),
    breaks=(
        Break(
            "recurrent",
            {"recurrent": True},
            "Where a recurrent network has read the words first, their vectors know what came "
            "before, and nothing has to be added.",
        ),
    ),
    assumption="The vector of a word says which word it is, and nothing about where it stands.",
)
