"""Which word of which sentence a symbol such as x^{(i)<j>} names.

What the two kinds of bracket mean is a convention. This file shows what follows from it. Read from
left to right, ``(k)`` picks the k-th example of what is there, and ``<k>`` the k-th place. Applied
to the whole corpus, ``<k>`` leaves a column: the k-th words of all sentences that have one. Were
short sentences padded with blanks, a column would have a place for each sentence, and both orders
of reading would name the same word: ``columns`` is the knob for it.

A recurrent network reads a corpus of sentences of different lengths. For every word j of every
sentence i, a notation is followed to some word; that word is replaced, and the network reads the
whole corpus again. Had the notation named word j of example i, then the states of sentence i would
change, from step j on, and those of no other sentence. How often that is seen is its hit rate.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

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
from quizcli.demos.worlds.tracing import (
    HitRates,
    Place,
    intervene,
    path_text,
)
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, HeatMap, TextTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


LETTERS = ("i", "j", "k", "n")  # that indices may have


def notations(i: str, j: str) -> tuple[str, ...]:
    """Both indices in either order, in every choice of brackets; ``i`` and ``j`` are their
    letters."""
    return (
        f"({i})<{j}>", f"<{i}>({j})", f"({j})<{i}>", f"<{j}>({i})",
        f"({i})({j})", f"({j})({i})", f"<{i}><{j}>", f"<{j}><{i}>",
    )  # fmt: skip


NOTATIONS = tuple(
    dict.fromkeys(name for pair in permutations(LETTERS, 2) for name in notations(*pair))
)
MARGIN = 0.02
RULE = (
    "A notation holds if, for every word, the change begins in sentence {} at step {}, while every "
    f"other notation misses more than {MARGIN:.0%} of the words. It is refuted if it misses more "
    f"than {MARGIN:.0%} itself. No verdict is given in a corpus of a single word: there is no "
    f"other to mistake it for."
)

ASSUMPTION = (
    "Columns skip sentences that are too short for them. The network shows which word was "
    "replaced; which word a symbol names is a convention, followed here and not measured."
)


def decide(rate: float, rival: float, words: int) -> Verdict:
    """The rule: the hit rate of a notation, and that of the best of all others, over so many
    words."""
    if words == 1:
        return Verdict.UNDETERMINED
    if rate < 1 - MARGIN:
        return Verdict.REFUTED
    if rate == 1 and rival < 1 - MARGIN:
        return Verdict.HOLDS
    return Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure notations ``{notation}``. Raises DemoError if no sentence length is left, or both
    indices have one letter."""
    N, shortest, longest = (int(parameters[k]) for k in ("sentences", "shortest", "longest"))
    if shortest > longest:
        raise DemoError(
            f"the shortest sentence has {shortest} words, the longest {longest} — "
            "make shortest smaller or longest larger"
        )
    letters = str(parameters["example"]), str(parameters["word"])
    if len(set(letters)) == 1:
        raise DemoError(f"example and word are both counted by {letters[0]} — give two letters")
    padded = parameters["columns"] == "padded"
    seen = intervene(np.random.default_rng(seed), letters, (N, shortest, longest), padded)
    asked = [str(claims[i]["notation"]) for i in EXPERIMENT.in_order(claims)]
    hits = {name: seen.hits(name) for name in dict.fromkeys((*notations(*letters), *asked))}
    example = _telling(hits, seen)
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, hits, seen) for claim in claims),
        rule=RULE.format(*letters),
        assumption=ASSUMPTION,
        pictures=(
            _bars(asked, hits),
            _changes(asked, example, seen),
            _table(asked, example, seen),
        ),
    )


def _rate(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits)


def _telling(hits: Mapping[str, Sequence[bool]], seen: HitRates) -> Place:
    """The first word that as many notations as possible miss: the example for the pictures."""
    missed = [sum(not hit for hit in at_place) for at_place in zip(*hits.values(), strict=True)]
    return list(seen.begins)[missed.index(max(missed))]


def _finding(claim: Claim, hits: Mapping[str, Sequence[bool]], seen: HitRates) -> Finding:
    notation = str(claim["notation"])
    rate = _rate(hits[notation])
    others = {name: _rate(hit) for name, hit in hits.items() if name != notation}
    rival = max(others, key=others.__getitem__)
    path, total = path_text(notation, seen.padded), len(seen.begins)
    verdict = decide(rate, others[rival], total)
    if verdict is Verdict.HOLDS:
        reason = f"Right for all {total} words of the corpus: {path}."
    elif verdict is Verdict.REFUTED:
        reason = f"Right for only {sum(hits[notation])} of {total} words: {path}. "
        wanted = list(seen.begins)[hits[notation].index(False)]
        there = seen.named(notation, wanted)
        reason += f"Asked for word {wanted[1]} of sentence {wanted[0]}, it leads to {_at(there)}."
    elif total == 1:
        reason = "The corpus has a single word, so there is no other to mistake it for."
    else:
        reason = (
            f"Right for {sum(hits[notation])} of {total} words, but so is {_tex(rival)} for "
            f"{sum(hits[rival])}: in this corpus the two cannot be told apart."
        )
    return Finding(
        claim=claim,
        predicts=(
            f"Read from left to right, {path}. Replace that word, and only sentence "
            f"{seen.letters[0]} changes, from step {seen.letters[1]} on."
        ),
        figure=Measurement(rate, "", "share of the words that this notation finds"),
        verdict=verdict,
        reason=reason,
    )


def _at(place: Place | None) -> str:
    return "no word at all" if place is None else f"word {place[1]} of sentence {place[0]}"


def _tex(notation: str) -> str:
    return f"$x^{{{notation}}}$"


def _bars(asked: Sequence[str], hits: Mapping[str, Sequence[bool]]) -> Bars:
    return Bars(
        title="Share of the words that each notation finds",
        bars=tuple(Bar(_tex(name), _rate(hits[name])) for name in asked),
        unit="",
        says="; ".join(f"{_tex(name)} finds {_rate(hits[name]):.0%}" for name in asked) + ".",
    )


def _changes(asked: Sequence[str], example: Place, seen: HitRates) -> HeatMap:
    """How the states of one sentence changed, step by step, for each notation."""
    (i, j), rows = example, asked[:8]
    T, order = seen.lengths[i - 1], list(seen.begins)
    named = [seen.named(name, example) for name in rows]
    cells = [
        [0.0] * T if place is None else seen.change[:T, order.index(place), i - 1].tolist()
        for place in named
    ]
    says = [
        f"with {_tex(name)} it "
        + (
            f"changes from step {next(t for t, x in enumerate(row, 1) if x)}"
            if any(row)
            else "stays the same"
        )
        for name, row in zip(rows, cells, strict=True)
    ]
    return HeatMap(
        title=f"Change in sentence {i} when its word {j} is meant, step by step",
        rows=tuple(_tex(name) for name in rows),
        columns=tuple(f"{t}" for t in range(1, T + 1)),
        cells=tuple(tuple(row) for row in cells),
        unit="",
        says=f"Sentence {i}: {'; '.join(says)}.",
    )


def _table(asked: Sequence[str], example: Place, seen: HitRates) -> TextTable:
    named = {name: _at(seen.named(name, example)) for name in asked}
    (i, j), letters = example, seen.letters
    return TextTable(
        title=f"The word named for {letters[0]} = {i} and {letters[1]} = {j}",
        columns=("notation", "names"),
        rows=tuple((_tex(name), place) for name, place in named.items()),
        says="; ".join(f"{_tex(name)} names {place}" for name, place in named.items()) + ".",
    )


RIGHT: dict[str, Formula] = {"notation": lambda _, knobs: f"({knobs['example']})<{knobs['word']}>"}
EXPERIMENT = Experiment(
    name="indexing",
    title="A word of an example",
    asks="Which symbol names a certain word of a certain example?",
    claim={"notation": ClaimField("the brackets round both indices, in reading order", NOTATIONS)},
    knobs=(
        Knob("example", "i", "letter that counts the examples", choices=LETTERS, sets=RIGHT),
        Knob(
            "word", "j", "letter that counts the words of an example", choices=LETTERS, sets=RIGHT
        ),
        Knob("sentences", 12, "sentences in the corpus", low=1, high=24),
        Knob("shortest", 4, "words in the shortest possible sentence", low=1, high=24),
        Knob("longest", 12, "words in the longest possible sentence", low=1, high=24),
        Knob(
            "columns",
            "skip",
            "what a column does with a sentence that is too short for it",
            choices=("skip", "padded"),
        ),
    ),
    null={"sentences": 1, "shortest": 1, "longest": 1},
    null_help="In one sentence of one word, i = j = 1 and every notation leads to the same word.",
    run=run,
    label=lambda claim: _tex(str(claim["notation"])),
    claims=tuple({"notation": notation} for notation in NOTATIONS[:4]),
    breaks=(
        Break(
            "padded-columns",
            {"columns": "padded"},
            (
                "Padded with blanks, a column has a place for each sentence, and a place chosen "
                "first leads to the same word: the two orders of reading cannot be told apart."
            ),
        ),
    ),
    assumption=ASSUMPTION,
    definitional=True,
)
