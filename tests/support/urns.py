"""A small experiment for tests, honest as it stands: which letter is drawn most often?

Each cheat differs from it in one thing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random
from zlib import crc32

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

LETTERS = ("a", "b", "c", "d")
RIGHT = {"letter": "b"}
OFTEN, SELDOM = 0.4, 0.3
Judge = Callable[[Claim, Mapping[str, float]], Verdict]


def shares(seed: int, parameters: Parameters) -> dict[str, float]:
    """How often each letter was drawn."""
    rng, draws = Random(f"urn {seed}"), int(parameters["draws"])
    weights = [1 + 9 * float(parameters["weight"]) * (x == parameters["favoured"]) for x in LETTERS]
    if parameters["second"]:
        weights[LETTERS.index("c")] = 30
    drawn = rng.choices(LETTERS, weights, k=draws)
    return {letter: drawn.count(letter) / draws for letter in LETTERS}


def judge(claim: Claim, found: Mapping[str, float]) -> Verdict:
    """The rule, with its margin."""
    if max(found.values()) < OFTEN:
        return Verdict.UNDETERMINED
    share = found[str(claim["letter"])]
    if share >= OFTEN:
        return Verdict.HOLDS
    return Verdict.REFUTED if share <= SELDOM else Verdict.UNDETERMINED


def evidence(
    claims: Sequence[Claim], seed: int, parameters: Parameters, found: Mapping[str, float],
    by: Judge = judge,
) -> Evidence:  # fmt: skip
    """What is returned for shares that were found."""
    findings = tuple(
        Finding(claim, "often", Measurement(found[str(claim["letter"])], "", "share"),
                by(claim, found), "so it is")
        for claim in claims
    )  # fmt: skip
    return Evidence("urn", seed, parameters, findings, "the most", ())


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Honest."""
    return evidence(claims, seed, parameters, shares(seed, parameters))


URN = Experiment(
    name="urn",
    title="An urn",
    asks="Which letter is drawn most often?",
    claim={"letter": ClaimField("the letter", LETTERS)},
    knobs=(
        Knob("weight", 1.0, "of the letter that is favoured; 0 favours none", low=0, high=1),
        Knob("draws", 2000, "letters drawn", low=1000, high=8000, step=2, factor=True),
        Knob("favoured", "b", "the letter that is favoured", choices=LETTERS,
             sets={"letter": lambda _, knobs: knobs["favoured"]}),
        Knob("second", False, "favour c still more"),
    ),
    null={"weight": 0.0},
    null_help="No letter is favoured.",
    run=run,
    claims=tuple({"letter": letter} for letter in LETTERS[:3]),
    breaks=(Break("second", {"second": True}, "Another letter is drawn still more often."),),
)  # fmt: skip
# What a cheat does not declare cannot give it away.
BARE = replace(URN, knobs=URN.knobs[:2], breaks=())


def cheat(run: Callable[[Sequence[Claim], int, dict], Evidence]) -> Experiment:
    """The urn with another run."""

    def whole(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
        return run(claims, seed, {"favoured": "b", "second": False, **parameters})

    return replace(BARE, run=whole)


def _table(claims: Sequence[Claim], seed: int, knobs: dict) -> Evidence:
    def looked_up(claim: Claim, _: Mapping[str, float]) -> Verdict:
        return Verdict.HOLDS if claim == RIGHT else Verdict.REFUTED

    return evidence(claims, seed, knobs, shares(seed, knobs), looked_up)


def _seedless(claims: Sequence[Claim], seed: int, knobs: dict) -> Evidence:
    return evidence(claims, seed, knobs, shares(0, knobs))


def _counting(claims: Sequence[Claim], seed: int, knobs: dict) -> Evidence:
    def only_in_a_question(claim: Claim, found: Mapping[str, float]) -> Verdict:
        return judge(claim, found) if len(claims) >= 3 else Verdict.UNDETERMINED

    return evidence(claims, seed, knobs, shares(seed, knobs), only_in_a_question)


def _from_the_claim(claims: Sequence[Claim], seed: int, knobs: dict) -> Evidence:
    """It knows of the null control as well, and draws its figures anew for each seed."""
    found = {
        letter: 0.2 * Random(crc32(f"{letter}{seed}".encode())).random()
        + 0.5 * (letter == RIGHT["letter"])
        for letter in LETTERS
    }

    def unless_asked(claim: Claim, found: Mapping[str, float]) -> Verdict:
        return judge(claim, found) if knobs["weight"] else Verdict.UNDETERMINED

    return evidence(claims, seed, knobs, found, unless_asked)


def unsteady() -> Experiment:
    """Another outcome each time, whatever the seed."""
    calls = iter(range(10**6))
    return cheat(
        lambda claims, _, knobs: evidence(claims, _, knobs, shares(10**9 + next(calls), knobs))
    )


def _turning(claims: Sequence[Claim], seed: int, knobs: dict) -> Evidence:
    """With many draws another letter is favoured, of which nothing is said."""
    more = "a" if knobs["draws"] > 3000 else "b"
    return evidence(claims, seed, knobs, shares(seed, {**knobs, "favoured": more}))


def _lost(claims: Sequence[Claim], seed: int, knobs: dict) -> Evidence:
    known = {"a", "b", "c"}
    if any(claim["letter"] not in known for claim in claims):
        raise KeyError("d")
    return run(claims, seed, knobs)


TABLE, SEEDLESS, COUNTING = cheat(_table), cheat(_seedless), cheat(_counting)
FROM_THE_CLAIM, TURNING, LOST = cheat(_from_the_claim), cheat(_turning), cheat(_lost)
