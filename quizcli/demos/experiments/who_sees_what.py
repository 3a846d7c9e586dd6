"""Which words act on an output of each part of an encoder and decoder with attention.

All parts have random weights. One word after another is replaced, of the source and of the target,
and it is looked at whether the output at a place t changes, be it by a single bit. What changes it
is what it sees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.demos.evidence import (
    Break,
    Claim,
    ClaimField,
    DemoError,
    Evidence,
    Experiment,
    Finding,
    Formula,
    Knob,
    Measurement,
    Parameters,
    Verdict,
)
from quizcli.demos.worlds.transformer import Head, heads, stack
from quizcli.numeric import np
from quizcli.report.pictures import HeatMap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.cells.shared import Array

PARTS = {
    "encoder": "the encoder's self-attention",
    "decoder": "the decoder's masked self-attention",
    "cross": "the decoder's attention to the encoder",
    "whole": "the whole decoder",
}
SEEN = ("none", "own", "up-to", "all")  # words, as seen from place t
WORDS = {
    "none": "no word",
    "own": "the word at t alone",
    "up-to": "the words up to t",
    "all": "all words",
    "": "some words or other",
}
RULE = (
    "A claim holds if exactly the words that it names change the output at t, and is refuted "
    "otherwise. No change is a change of exactly 0. No verdict is given unless some word other "
    "than its own changes the output of each part."
)


class Sight(NamedTuple):
    """How much each word of the ``source`` (S,) and of the ``target`` (T,) changes an output at
    place t, counted from 0."""

    source: Array
    target: Array
    t: int

    def names(self) -> tuple[str, str]:
        """Both in a word, empty where there is none for it."""
        return _name(self.source, self.t), _name(self.target, self.t)

    def others(self, own: str) -> bool:
        """Whether another word than its ``own``, at t of the source or the target, is seen."""
        seen = np.concatenate([self.source, self.target])
        seen[self.t + (0 if own == "source" else len(self.source))] = 0
        return bool(seen.any())


def _name(changes: Array, t: int) -> str:
    seen = changes > 0
    places = np.arange(len(seen))
    patterns = {"none": places < 0, "own": places == t, "up-to": places <= t, "all": places >= 0}
    found = (name for name, pattern in patterns.items() if np.array_equal(seen, pattern))
    return next(found, "")


def decide(claim: Claim, sight: Sight, heard: bool) -> Verdict:
    """The rule; ``heard`` where each part sees some other word than its own."""
    if not heard:
        return Verdict.UNDETERMINED
    right = sight.names() == (claim["source"], claim["target"])
    return Verdict.HOLDS if right else Verdict.REFUTED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{part, source, target}``. Raises DemoError for a place that is the last."""
    sights = _sights(np.random.default_rng(seed), parameters)
    heard = all(
        sight.others("source" if part == "encoder" else "target") for part, sight in sights.items()
    )
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, sights, heard) for claim in claims),
        rule=RULE,
        pictures=(_map(sights, "source"), _map(sights, "target")),
        assumption=EXPERIMENT.assumption,
    )


class _Network(NamedTuple):
    encoder: list[Head]
    decoder: list[Head]
    cross: list[Head]
    masked: bool

    def outputs(self, source: Array, target: Array) -> dict[str, Array]:
        """What each part makes of a source (S, d) and a target (T, d)."""
        memory = stack(self.encoder, source)
        both = target
        for own, cross in zip(self.decoder, self.cross, strict=True):
            both = stack([own], both, causal=self.masked)
            both = np.tanh(both + cross.attend(both, memory))
        return {
            "encoder": memory,
            "decoder": stack(self.decoder, target, causal=self.masked),
            "cross": np.tanh(target + self.cross[0].attend(target, memory)),
            "whole": both,
        }


def _sights(rng: np.random.Generator, parameters: Parameters) -> dict[str, Sight]:
    """Replace one word after another, and see which outputs at t change."""
    S, T, d, layers = (int(parameters[name]) for name in ("source", "target", "width", "layers"))
    t = int(parameters["place"]) - 1
    if t + 1 >= min(S, T):
        raise DemoError(
            f"place: {t + 1} is the last word or later, where all words are those up to t — "
            f"give {min(S, T) - 1} or less"
        )
    encoder, decoder, cross = (heads(rng, layers, d, float(parameters["mixing"])) for _ in range(3))
    network = _Network(encoder, decoder, cross, bool(parameters["masked"]))
    source, target = rng.standard_normal((S, d)), rng.standard_normal((T, d))
    plain = network.outputs(source, target)
    changes = {part: (np.zeros(S), np.zeros(T)) for part in PARTS}
    for side, words in enumerate((source, target)):
        for place in range(len(words)):
            replaced = words.copy()
            replaced[place] = rng.standard_normal(d)
            both = (replaced, target) if side == 0 else (source, replaced)
            for part, output in network.outputs(*both).items():
                changes[part][side][place] = abs(output[t] - plain[part][t]).max()
    return {part: Sight(*sides, t) for part, sides in changes.items()}


def _finding(claim: Claim, sights: Mapping[str, Sight], heard: bool) -> Finding:
    part, source, target = (str(claim[name]) for name in ("part", "source", "target"))
    sight = sights[part]
    verdict = decide(claim, sight, heard)
    sees = f"source: {_count(sight.source)}, target: {_count(sight.target)}"
    if not heard:
        reason = "No word attends to another here, so there is nothing to see."
    else:
        names = [WORDS[name] for name in sight.names()]
        reason = (
            f"In {PARTS[part]} the output at t = {sight.t + 1} changes with {names[0]} of the "
            f"source and {names[1]} of the target, and stays the same to the last bit when others "
            "are replaced."
        )
    return Finding(
        claim=claim,
        predicts=(
            f"In {PARTS[part]}, {WORDS[source]} of the source and {WORDS[target]} of the target "
            "change the output at t; all others change it by exactly 0."
        ),
        figure=Measurement(
            float(np.count_nonzero(sight.source) + np.count_nonzero(sight.target)),
            "",
            "words that change the output at t",
            sees,
        ),
        verdict=verdict,
        reason=reason,
    )


def _count(changes: Array) -> str:
    return f"{np.count_nonzero(changes)} of {len(changes)}"


def _map(sights: Mapping[str, Sight], side: str) -> HeatMap:
    changes = {part: getattr(sight, side) for part, sight in sights.items()}
    t = next(iter(sights.values())).t
    return HeatMap(
        title=f"How much each word of the {side} changes the output at t = {t + 1}",
        rows=tuple(changes),
        columns=tuple(str(place) for place in range(1, len(changes["whole"]) + 1)),
        cells=tuple(tuple(each.tolist()) for each in changes.values()),
        unit="",
        says=" ".join(f"{part}: {WORDS[_name(each, t)]}." for part, each in changes.items()),
    )


def _target(claim: Claim, knobs: Parameters) -> str:
    """Without a mask those that saw the words up to t see all."""
    if claim["target"] == "up-to" and not knobs["masked"]:
        return "all"
    return str(claim["target"])


RIGHT: Mapping[str, Formula] = {"target": _target}
EXPERIMENT = Experiment(
    name="who-sees-what",
    title="Who sees what",
    asks="Which words affect the output of each part of an encoder and decoder with attention?",
    claim={
        "part": ClaimField("whose output it is", tuple(PARTS)),
        "source": ClaimField("which words of the source change it", SEEN),
        "target": ClaimField("which words of the target change it", SEEN),
    },
    knobs=(
        Knob("source", 6, "words of the source", low=3, high=24),
        Knob("target", 5, "words of the target", low=3, high=24),
        Knob("place", 3, "where the output stands", low=2, high=23),
        Knob("width", 8, "components of a word's vector", low=2, high=64, step=2, factor=True),
        Knob("layers", 2, "layers of each part", low=1, high=6),
        Knob("mixing", 1.0, "how strongly words attend to each other", low=0, high=3, step=0.25),
        Knob("masked", True, "whether the decoder's self-attention is masked", sets=RIGHT),
    ),
    null={"mixing": 0.0},
    null_help="Heads that attend to nothing see nothing.",
    run=run,
    claims=(
        {"part": "encoder", "source": "all", "target": "none"},
        {"part": "decoder", "source": "none", "target": "up-to"},
        {"part": "cross", "source": "all", "target": "own"},
        {"part": "whole", "source": "all", "target": "up-to"},
    ),
    breaks=(
        Break(
            "unmasked",
            {"masked": False},
            "Without the mask a word of the target sees those that it is to predict.",
        ),
    ),
    assumption="The decoder's self-attention has a causal mask, and the encoder's has none.",
)
