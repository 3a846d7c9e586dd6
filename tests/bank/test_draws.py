"""What is wrong with a question under some draw, and what its draws give away."""

from __future__ import annotations

from collections import Counter
from textwrap import indent

import pytest

from quizcli.bank.draws import DRAWS
from quizcli.bank.faults import Level
from quizcli.bank.shelf import load_bank
from quizcli.quiz.session import Session
from tests.support.bank_files import RNN, faults_of, told


def bank(variables: str, *options: str, kind: str = "single-choice", where: str = "") -> str:
    """One question; its first option is right."""
    listed = "\n".join(
        f"- {{id: o{n}, text: '{text}'{', correct: true' if n == 0 else ''}}}"
        for n, text in enumerate(options)
    )
    return (
        "format: 1\nid: drawn\ntitle: Drawn\nquestions:\n"
        f"  - id: q\n    kind: {kind}\n    variables: {{{variables}}}\n"
        + (f"    where: [{where}]\n" if where else "")
        + f"    prompt: Of {{n}}?\n    options:\n{indent(listed, ' ' * 6)}\n"
    )


def test_what_collides_under_a_draw_is_told_once_for_each_pair_with_its_draw() -> None:
    variables, options = "n: {from: 1, to: 9}, m: {from: 1, to: 9}", ("{n}", "{m}", "{2 * n}")
    found = faults_of(bank(variables, *options))
    said = [fault.what.partition(": ") for fault in found]
    assert [what.partition(" look")[0] for _, _, what in said] == ["'o0' and 'o1'", "'o1' and 'o2'"]
    assert all(draw.startswith("with n = ") for draw, _, _ in said)
    assert all(fault.level is Level.FAULT and fault.code == "draw" for fault in found)
    kept = faults_of(bank(variables, *options, where="n != m, m != 2 * n"))
    assert all(fault.level is Level.NOTE for fault in kept)


def test_division_by_zero_under_one_draw_of_a_hundred_is_found() -> None:
    (fault,) = faults_of(bank("n: {from: 0, to: 9}", "{10 / n}", "{n + 20}"))
    assert told(fault) == "5:9 draw"


GIVEN_AWAY = {
    "smallest": ("n: {from: 2, to: 9}", ("{n}", "{2 * n}", "{3 * n}"), "the smallest"),
    "largest": ("n: {from: 2, to: 9}", ("{4 * n}", "{2 * n}", "{3 * n}"), "the largest"),
    "second": ("n: {from: 2, to: 9}", ("{2 * n}", "{n}", "{3 * n}"), "number 2 by size"),
    "with commas": ("n: {from: 2, to: 9}", ("{9000 * n:,}", "${n}$", "{n / 2}"), "the largest"),
    "longest": (
        "n: {choices: [far, near]}",
        ("It is very {n} from here", "{n}", "Not {n}"),
        "the key is the longest option in each of 2 draws",
    ),
}


@pytest.mark.parametrize("name", GIVEN_AWAY)
def test_what_gives_the_key_away_under_every_draw_is_noted(name: str) -> None:
    variables, options, words = GIVEN_AWAY[name]
    (note,) = faults_of(bank(variables, *options))
    assert note.level is Level.NOTE
    assert words in note.what


SOUND = {
    "ranks change": ("n: {from: 2, to: 9}", ("{2 * n}", "8", "{n}")),
    "a number among words": ("n: {from: 2, to: 9}", ("{4 * n}", "none", "{n}")),
    "the key is always the same": ("n: {from: 2, to: 9}", ("100", "{n}", "{2 * n}")),
    "as long as another": ("n: {choices: [far, near]}", ("It is {n}", "To be {n}", "{n}")),
}


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_noted_of(name: str) -> None:
    variables, options = SOUND[name]
    kept = "n != 4, n != 8" if name == "ranks change" else ""
    assert not faults_of(bank(variables, *options, where=kept))


def test_the_key_stands_in_each_place_alike() -> None:
    """Of four places, each has a quarter of the ten questions' draws: within five standard
    errors, and within each question within 4.5."""
    rnn = load_bank(RNN)
    places: dict[str, Counter[int]] = {}
    for seed in range(10 * DRAWS):
        for item in Session(rnn, seed, vary=True).items:
            if len(item.options) == 4 and not item.kind.several:
                at = next(n for n, each in enumerate(item.options) if each.correct)
                places.setdefault(item.question.id, Counter())[at] += 1
    assert len(places) == 9
    for id, seen in places.items():
        for place in range(4):
            assert abs(seen[place] - 250) < 4.5 * (1000 * 3 / 16) ** 0.5, id


def test_an_unknown_variable_hides_no_other_fault() -> None:
    """All at once: a number that is none is told beside a prompt that cannot be filled."""
    text = (
        "format: 1\nid: v\ntitle: V\nquestions:\n  - id: q\n    kind: number\n"
        "    prompt: What is {A} and {C}?\n    variables: {A: {choices: [1, 2]}}\n"
        "    answer: seven\n    explanation: It is {A + D}.\n"
    )
    faults = faults_of(text)
    assert [(each.place.line, each.code) for each in faults] == [
        (7, "variables"), (9, "answer"), (10, "variables"),
    ]  # fmt: skip
