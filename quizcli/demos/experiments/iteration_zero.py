"""The loss that a character model prints before it has learned anything.

A freshly made network has small weights, so its outputs are nearly equal, and it gives each of the
V characters the probability 1/V. Each character then costs -ln(1/V) = ln V nats, and a stretch of
T characters T ln V: the first number in the log of A. Karpathy's min-char-rnn, which sums over 25
characters (65 different ones: 104.35968; 80: 109.55067). A training run that starts elsewhere has
a fault, which is why the number is worth knowing.

Here it is measured: a network of that size, a random text, the summed cross-entropy. The claims
are formulas that people guess; one holds if it gives the measured number and no other one does.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quizcli.demos.cells import RNN
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
from quizcli.report.pictures import Bar, Bars, TextTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.cells.shared import Array

    Logged = tuple[float, Mapping[str, float]]  # a loss, and what each formula says of it

SAME, OTHER = 0.01, 0.05  # relative differences
LOGGED = (65, 80)  # vocabularies whose first number has been published

MEANS = {
    "T ln V": r"each of the $T$ characters is guessed among $V$ equally likely ones, at a cost of "
    r"$\ln V$",
    "ln V": r"only one character is counted, at a cost of $\ln V$",
    "T log2 V": r"characters are counted in bits, $\log_2 V$ for each",
    "T ln H": r"each character is guessed among as many as there are units, $H$",
    "V ln T": r"the length and the vocabulary are exchanged",
}

RULE = (
    f"A formula holds if it is within {SAME:.0%} of the measured loss, here and for the other two "
    f"vocabularies, while every other formula is more than {OTHER:.0%} away from it. It is refuted "
    f"if it is {OTHER:.0%} or more off."
)


def formulas(T: int, V: int, H: int) -> dict[str, float]:
    """What each formula says of T characters out of V, with H units."""
    return {
        "T ln V": T * math.log(V),
        "ln V": math.log(V),
        "T log2 V": T * math.log2(V),
        "T ln H": T * math.log(H),
        "V ln T": V * math.log(T),
    }


def gap(a: float, b: float) -> float:
    """The difference of two losses relative to the larger one; 0 if both are 0."""
    return abs(a - b) / max(a, b) if max(a, b) > 0 else 0.0


def decide(formula: str, loss: float, predicted: Mapping[str, float]) -> Verdict:
    """The rule; ``predicted`` has what every formula says."""
    off = gap(loss, predicted[formula])
    rivals = [gap(value, predicted[formula]) for k, value in predicted.items() if k != formula]
    if off >= OTHER:
        return Verdict.REFUTED
    return Verdict.HOLDS if off <= SAME and min(rivals) > OTHER else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{formula}``."""
    T, V, H = (int(parameters[knob]) for knob in ("length", "vocabulary", "units"))
    rng = np.random.default_rng(seed)
    scale = float(parameters["scale"])
    loss = _loss(rng, T, V, H, scale)
    predicted = formulas(T, V, H)
    logged = {v: (_loss(rng, T, v, H, scale), formulas(T, v, H)) for v in LOGGED}
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, loss, predicted, logged) for claim in claims),
        rule=RULE,
        pictures=_pictures(loss, predicted, logged, T, V),
        assumption=EXPERIMENT.assumption,
    )


def _loss(rng: np.random.Generator, T: int, V: int, H: int, scale: float) -> float:
    """Cross-entropy in nats, summed over T characters, of a network that has learned nothing.

    Weights have the standard deviation ``scale`` and biases are 0. The text is random, and each
    character is predicted from those before it.
    """
    net = RNN.random(rng, V, H, input_gain=scale * V**0.5, gain=scale * H**0.5)
    readout = scale * rng.standard_normal((H, V))
    text = rng.integers(V, size=T + 1)
    logits: Array = net.forward(text[:-1, None]).states[:, 0] @ readout
    top = logits.max(axis=1)
    log_sum = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
    return float(np.sum(log_sum - logits[np.arange(T), text[1:]]))


def _finding(
    claim: Claim, loss: float, predicted: Mapping[str, float], logged: Mapping[int, Logged]
) -> Finding:
    formula = str(claim["formula"])
    value, verdict = predicted[formula], decide(formula, loss, predicted)
    everywhere = all(gap(other, said[formula]) <= SAME for other, said in logged.values())
    if verdict is Verdict.HOLDS and not everywhere:
        verdict = Verdict.UNDETERMINED
    numbers = f"The formula gives {value:.2f}, and the network's loss was {loss:.2f} nats"
    if verdict is Verdict.HOLDS:
        reason = f"{numbers}: {MEANS[formula]}."
    elif verdict is Verdict.REFUTED:
        reason = f"{numbers}. Here {MEANS[formula]}."
    elif not everywhere and gap(loss, value) <= SAME:
        reason = f"{numbers}, but for other vocabularies it is off: here it fits by chance."
    elif gap(loss, value) <= SAME:
        reason = f"{numbers}, but another formula gives the same: this run cannot tell them apart."
    else:
        reason = f"{numbers}: neither the same number nor clearly a different one."
    return Finding(
        claim=claim,
        predicts=f"The loss at iteration 0 is {value:.2f} nats: {MEANS[formula]}.",
        figure=Measurement(100 * gap(loss, value), "%", "distance of the formula from the loss"),
        verdict=verdict,
        reason=reason,
    )


def _pictures(
    loss: float,
    predicted: Mapping[str, float],
    logged: Mapping[int, Logged],
    T: int,
    V: int,
) -> tuple[Bars, TextTable]:
    said = "; ".join(f"{name}: {value:.2f}" for name, value in predicted.items())
    table = {v: (f"{own:.5f}", f"{each['T ln V']:.5f}") for v, (own, each) in logged.items()}
    return (
        Bars(
            title=f"Loss over {T} characters out of {V}: measured, and by formula",
            bars=(
                Bar("measured", loss),
                *(Bar(name, value) for name, value in predicted.items()),
            ),
            unit="nats",
            says=(
                f"Measured: {loss:.2f}; {said}. Its perplexity, e to the loss of one character, "
                f"is {math.exp(min(loss / T, 700)):.4g}."
            ),
            mark=loss,
            mark_label="measured",
        ),
        TextTable(
            title=f"Two vocabularies with published logs, {T} characters",
            columns=("V", "measured", "T ln V"),
            rows=tuple((f"{v}", *numbers) for v, numbers in table.items()),
            says="; ".join(f"V = {v}: {m}, T ln V = {e}" for v, (m, e) in table.items()) + ".",
        ),
    )


EXPERIMENT = Experiment(
    name="iteration-zero",
    title="The loss at iteration 0",
    asks="What loss does a character model print before it has learned anything?",
    claim={"formula": ClaimField("the loss for T characters out of V, with H units", tuple(MEANS))},
    knobs=(
        Knob("vocabulary", 65, "different characters, V", low=1, high=5000, step=2, factor=True),
        Knob("length", 25, "characters in a stretch, T", low=1, high=500, step=5),
        Knob("units", 100, "hidden units, H", low=1, high=500, step=20),
        Knob("scale", 0.01, "size of the initial weights", low=0, high=3, step=2, factor=True),
    ),
    null={"vocabulary": 1, "length": 1, "units": 1},
    null_help="One character out of one leaves nothing to guess, and every formula says 0.",
    run=run,
    label=lambda claim: str(claim["formula"]),
    claims=tuple({"formula": formula} for formula in MEANS),
    breaks=(
        Break(
            "large-weights",
            {"scale": 1.0},
            (
                "With large initial weights the network is sure of itself before it has learned "
                "anything, and pays for it."
            ),
        ),
    ),
    assumption="The initial weights are small, so all characters are nearly equally likely.",
)
