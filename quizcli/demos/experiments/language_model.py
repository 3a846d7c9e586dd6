r"""What the output of a recurrent language model estimates: eight readings against the truth.

A random source writes sentences of T words, each word's probabilities hanging on the ``order``
words before it. A network is trained on a corpus of them with x⟨1⟩ = 0 and x⟨t⟩ = y⟨t-1⟩. V words
make only V^T sentences, so the source's probability p of every sentence is known, and with it, by
sums over p, all that the output ŷ⟨t⟩ might be said to estimate:

    P(y⟨t⟩)   P(y⟨t⟩ | y⟨t-1⟩)   P(y⟨t⟩ | y⟨1⟩ … y⟨t-1⟩)   P(y⟨t⟩ | y⟨1⟩ … y⟨t⟩), which is 1 or 0

and the same four for the prefix y⟨1⟩ … y⟨t-1⟩: one number, to be found in every entry of ŷ⟨t⟩.
The right reading is the one nearest to the output, by a margin, once the network has learned: an
output that is near to no reading estimates nothing. Beside it stand interventions on the network:
one word is changed, and the output moves or does not. A claim is of every step, or of the one that
it names.
"""

from __future__ import annotations

from dataclasses import dataclass
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
from quizcli.demos.worlds.language import (
    GIVEN,
    LETTERS,
    OF,
    all_readings,
    refuse_long_lists,
)
from quizcli.demos.worlds.language_model import (
    BEFORE,
    LanguageWorld,
    interventions,
    make_world,
    total,
    train,
)
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, HeatMap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.worlds.language import Reading, Reals

WRITTEN = {
    "word": "y^{<t>}",
    "prefix": r"y^{<1>}, \ldots, y^{<t-1>}",
    "nothing": "",
    "last-word": r" \mid y^{<t-1>}",
    "past": r" \mid y^{<1>}, \ldots, y^{<t-1>}",
    "past-and-present": r" \mid y^{<1>}, \ldots, y^{<t>}",
}
PREDICTS = {
    ("word", "nothing"): "The output at step t is the same whatever words came before.",
    ("word", "last-word"): "The output changes with the word before, and with no earlier one.",
    ("word", "past"): "The output follows the source's probabilities as any earlier word changes "
    "them, and knows nothing of $y^{<t>}$ itself.",
    ("word", "past-and-present"): "The output is sure of $y^{<t>}$, and changes when it does.",
    ("prefix", "nothing"): "Over all prefixes of one length, the outputs add up to 1.",
}
MARGIN = 2.0
LEARNED = 0.04  # the nearest distance, at most; beyond, small networks come near to other readings
# What a claim may be of: any step, by a letter, or one; of the longest sentences all but the last.
STEPS = ("t", "k", *(f"{t}" for t in range(1, 12)))
RULE = (
    f"A reading holds if every other one is at least {MARGIN:g} times as far from the output, and "
    f"is refuted if it is at least {MARGIN:g} times as far as the nearest one. No verdict is given "
    f"unless the network has learned, so that the nearest reading is at most {LEARNED:g} away; and "
    "unless the earlier words matter, and move the source's probabilities "
    f"{MARGIN:g} times as far as that."
)
MOST_SENTENCES = 4096
MOST_WORDS = 4  # so that all pairs of words fit into a picture
ASSUMPTION = "Each input is the word before, as drawn: no step is shown its own word."


@dataclass(frozen=True, slots=True)
class StepFigures:
    """What was measured at a step, or at all of them: how far the output is from each reading, and
    the truth from the word alone (``context``); how far it ``moves``, see :func:`interventions`;
    its ``total``, all its entries added up over all prefixes."""

    name: str
    distances: Mapping[Reading, float]
    context: float
    moves: tuple[float, ...]
    total: float

    def said(self, text: str) -> str:
        """A text that speaks of step t, of this one."""
        t, before = self.name, f"{self.name}-1"
        if t.isdigit():
            before = f"{int(t) - 1}"
        text = text.replace("<t>", f"<{t}>").replace("<t-1>", f"<{before}>")
        return text.replace("step t", f"step {t}")


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Train a network, and hold its output against each claimed reading and all the others.

    Raises DemoError for a step that no word follows.
    """
    V, T, units = (int(parameters[name]) for name in ("V", "T", "units"))
    # All but the last word of each is run: states, gradients and factors, (T, V^(T-1), units).
    refuse_long_lists(V, T, MOST_SENTENCES, bytes_each=6 * 8 * T * units / V)
    order = EXPERIMENT.in_order(claims)
    names = list(dict.fromkeys(_step(claims[i]) for i in order)) or ["t"]
    last = max((int(name) for name in names if name.isdigit()), default=1)
    if last >= T:
        raise DemoError(f"T: step {last} has a word after it in {last + 1} words or more, not {T}")
    for_source, for_corpus, for_network = np.random.default_rng(seed).spawn(3)
    world = make_world(for_source, parameters)
    readings = all_readings(world.language, world.words)
    corpus = for_corpus.multinomial(int(parameters["corpus"]), world.language.p)
    network = train(for_network, world, corpus, units, int(parameters["updates"]))
    output, past = network.output(world.X), readings["word", "past"]
    steps = {
        name: StepFigures(
            name,
            {key: world.distance(output, reading, name) for key, reading in readings.items()},
            world.distance(past[:, :, 0], readings["word", "nothing"], name),
            interventions(network, world, int(name) if name.isdigit() else T - 1),
            total(output, int(name) if name.isdigit() else T),
        )
        for name in names
    }
    findings = tuple(_finding(claim, steps[_step(claim)]) for claim in claims)
    pictures = (_moves(steps[names[0]]), _outputs(world, output, past))
    return Evidence("language-model", seed, parameters, findings, RULE, pictures, ASSUMPTION)


def judge(distances: Mapping[Reading, float], context: float) -> dict[Reading, Verdict]:
    """The rule of this experiment, see ``RULE``: a verdict for each reading's distance."""
    best, second = sorted(distances.values())[:2]
    verdicts = {}
    for key, distance in distances.items():
        verdicts[key] = Verdict.UNDETERMINED
        if best <= LEARNED and context >= MARGIN * best:
            if distance == best and second >= MARGIN * best:
                verdicts[key] = Verdict.HOLDS
            elif distance >= MARGIN * best:
                verdicts[key] = Verdict.REFUTED
    return verdicts


def _reading(claim: Claim) -> Reading:
    return str(claim["of"]), str(claim["given"])


def _step(claim: Claim) -> str:
    return str(claim.get("step", "t"))


def _symbol(key: Reading) -> str:
    return f"P({WRITTEN[key[0]]}{WRITTEN[key[1]]})"


def _finding(claim: Claim, step: StepFigures) -> Finding:
    key = _reading(claim)
    verdict = judge(step.distances, step.context)[key]
    predicts = PREDICTS.get(key, "Every entry of the output is this one probability.")
    what = "mean distance of the output from this probability"
    figure = Measurement(step.distances[key], "", what)
    return Finding(
        claim, step.said(predicts), figure, verdict, step.said(_reason(key, verdict, step))
    )


def _reason(key: Reading, verdict: Verdict, step: StepFigures) -> str:
    distances, moves = step.distances, step.moves
    best, second = sorted(distances.values())[:2]
    if best > LEARNED:
        return (
            f"The network has not learned: even the nearest reading is {best:.2g} away from its "
            "output, which is no estimate of anything yet."
        )
    if step.context < MARGIN * best:
        return (
            "The control failed, so nothing follows: earlier words move the source's probabilities "
            f"by {step.context:.2g}, and the nearest reading is {best:.2g} away from the output."
        )
    away = f"The output is {distances[key]:.2g} away from ${_symbol(key)}$"
    if verdict is Verdict.UNDETERMINED:
        return f"{away}, and {best:.2g} from the nearest reading: too close to tell."
    if verdict is Verdict.HOLDS:
        away = f"{away}, and {second:.2g} from the next nearest reading."
    else:
        away = f"{away}, and {best:.2g} from the nearest reading."
    if key == ("prefix", "nothing"):
        return (
            f"{away} Over all prefixes of one length the outputs add up to {step.total:.3g}, where "
            "probabilities of prefixes would add up to 1."
        )
    # What a reading says of a word, that it moves the output or does not, against what it does.
    if key == ("word", "nothing") and len(moves) > 1 and moves[1] > 0.01:
        return f"{away} Change the word before, and the output moves by {moves[1]:.2g}."
    if key == ("word", "last-word") and len(moves) > 2 and moves[2] > 0.01:
        return f"{away} Change only the word two steps before, and it moves by {moves[2]:.2g}."
    if key == ("word", "past") and moves[0] > 0.01:
        return f"{away} Change $y^{{<t>}}$ itself, and it moves by {moves[0]:.2g}: it is seen."
    if key[0] == "word" and moves[0] == 0.0:
        return f"{away} Change $y^{{<t>}}$ itself, and it moves by exactly 0: it is not seen yet."
    return away


def _moves(step: StepFigures) -> Bars:
    bars = tuple(Bar(BEFORE[k], moved) for k, moved in enumerate(step.moves))
    told = "; ".join(f"{b.label} {f'{b.value:.2f}' if b.value else 'exactly 0'}" for b in bars)
    return Bars(
        step.said("How far the output at step t moves if one word is changed"),
        bars,
        "",
        f"How far it moves, by the word that is changed: {told}.",
    )


def _outputs(world: LanguageWorld, output: Reals, past: Reals) -> HeatMap:
    V = world.language.V
    network, truth = (numbers.reshape(V * V, -1, V)[:, 0] for numbers in (output[2], past[2, :, 0]))
    apart = np.abs(network - truth).sum(axis=1) / 2
    met = world.language.joint(2).sum(axis=1)
    return HeatMap(
        "Probability of the third word, by the two words before it",
        tuple(f"{who} {LETTERS[v]}" for who in ("output", "source") for v in range(V)),
        tuple(LETTERS[i] + LETTERS[j] for i in range(V) for j in range(V)),
        tuple(tuple(map(float, row)) for row in (*network.T, *truth.T)),
        "",
        f"Output and source differ by {met @ apart:.3f} on average; the rarest pair, which occurs "
        f"in {met.min():.1g} of the sentences, by {apart[met.argmin()]:.2g}.",
    )


EXPERIMENT = Experiment(
    name="language-model",
    title="What a language model estimates",
    asks="Which probability does the output of a step estimate?",
    claim={
        "of": ClaimField("what the output is the probability of", choices=OF),
        "given": ClaimField("what this probability is conditioned on", choices=GIVEN),
        "step": ClaimField("its step; a letter stands for any step", choices=STEPS, optional=True),
    },
    knobs=(
        Knob("updates", 100, "updates of the network's weights", 0, 500, step=20),
        Knob("V", 3, "words in the vocabulary", 2, MOST_WORDS),
        Knob("T", 5, "words in a sentence; all V^T sentences are listed", 3, 1_000_000),
        Knob("order", 2, "how many earlier words matter to the source", 0, 4),
        Knob(
            "concentration",
            0.5,
            "of the source's random probabilities; a million makes all words equally likely",
            0.1,
            1e6,
            step=10,
            factor=True,
        ),
        Knob("corpus", 20_000, "sentences to learn from", 1, 10**9, step=10, factor=True),
        Knob("units", 24, "hidden units of the network", 4, 64, step=4),
        Knob(
            "fed",
            "word-before",
            "the input of step t: the word before, or (a leak) the word of step t itself",
            choices=("word-before", "same-word"),
        ),
    ),
    null={"concentration": 1e6},
    null_help="A source without context: whatever came before, all words are equally likely.",
    run=run,
    claims=(
        {"of": "word", "given": "nothing"},
        {"of": "word", "given": "last-word"},
        {"of": "word", "given": "past"},
        {"of": "word", "given": "past-and-present"},
        {"of": "prefix", "given": "nothing"},
    ),
    breaks=(
        Break(
            "leaked-word",
            {"fed": "same-word"},
            "Fed its own word at every step, the network copies it: the present is given too.",
        ),
    ),
    assumption=ASSUMPTION,
    dose=Dose("updates", tuple(range(0, 101, 10)), "mean distance of the output", log=True),
)
