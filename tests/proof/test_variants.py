"""The questions of the shipped bank under draws of their variables: each key is derived anew."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from quizcli import load_bank
from quizcli.proof.proving import asked_under, prove
from quizcli.quiz.drawing import draw, drawn, usual
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.model import Bank, Question
from quizcli.quiz.variables import Variables, declared
from tests.support.home import Home
from tests.support.program import ROOT

BANK = load_bank(ROOT / "questions" / "rnn.yaml")
VARIED = [question.id for question in BANK.questions if "variables" in question.own]
SEED = 1


def variables(question: Question) -> Variables:
    return declared(question.own["variables"], question.own.get("where", ()))[0]


@cache
def variants(id: str) -> tuple[Question, ...]:
    """One draw after another of a question, until each free variable was seen to be another than
    by default."""
    question = BANK.question(id)
    default = draw(question, SEED, BANK.id, vary=False)
    waiting = {each.name for each in variables(question).free}
    found = []
    for seed in range(1, 100):
        values = draw(question, seed, BANK.id)
        moved = {name for name in waiting if values[name] != default[name]}
        if moved:
            found.append(drawn(question, values))
        waiting -= moved
    assert not waiting
    return tuple(found)


def with_key(question: Question, key: set[str]) -> Question:
    options = tuple(option._replace(correct=option.id in key) for option in question.options)
    return question._replace(options=options)


@pytest.mark.parametrize("id", VARIED)
def test_a_variant_is_proved_and_its_key_moved_is_not(id: str) -> None:
    for asked in variants(id):
        assert prove(asked, [SEED]).agrees
        for right in asked.key:
            for option in asked.options:
                if not option.correct:
                    moved = with_key(asked, (set(asked.key) - {right}) | {option.id})
                    assert set(prove(moved, [SEED]).mismatch) == {right, option.id}


@pytest.mark.parametrize("id", VARIED)
def test_a_key_that_is_moved_where_all_draws_come_from_is_noticed(id: str) -> None:
    question = BANK.question(id)
    wrong = next(option.id for option in question.options if not option.correct)
    moved = with_key(question, {wrong})
    assert prove(question, range(1, 6), BANK.id).agreed == 5
    assert prove(moved, range(1, 6), BANK.id).agreed == 0


@pytest.mark.parametrize("id", ["indexing", "gate-width", "gate-roles"])
def test_a_right_option_whose_claim_is_not_drawn_along_is_noticed(id: str) -> None:
    question = BANK.question(id)
    stays = question._replace(
        options=tuple(
            written._replace(claim=option.claim) if option.correct else written
            for written, option in zip(question.options, usual(question).options, strict=True)
        )
    )
    assert not prove(stays, range(1, 21), BANK.id).agrees


@pytest.mark.parametrize("id", VARIED)
def test_an_option_and_its_claim_are_drawn_alike(id: str) -> None:
    """Where claims hold what is drawn: both are others, or neither, and what is asked says it."""

    def words(said: object) -> set[str]:
        return set(re.findall(r"[a-z]+|\d+", str(said).casefold().replace(",", "")))

    question = BANK.question(id)
    default = usual(question)
    if [option.claim for option in question.options] == [o.claim for o in default.options]:
        return
    for asked in variants(id):
        for option, other in zip(asked.options, default.options, strict=True):
            claim, before = option.claim or {}, other.claim or {}
            assert (claim == before) == (option.text == other.text)
            for name, value in claim.items():
                assert words(value) - words(before[name]) <= words(asked.prompt + option.text)


@pytest.mark.parametrize("id", VARIED)
def test_a_learner_sees_that_something_else_is_asked(id: str) -> None:
    question = BANK.question(id)
    shown = {asked.texts for asked in (usual(question), *variants(id))}
    assert len(shown) == len(variants(id)) + 1


def test_a_seed_says_the_same_alone_as_among_others() -> None:
    """Of a key that is right under some draws only: each seed that fails can be looked at."""
    bank = load_bank(ROOT / "questions" / "sequence-models.yaml")
    written = bank.question("perplexity")
    asked = written._replace(own={**written.own, "answer": "{min(k, 16)}"}, usual=None)
    seeds = range(1, 7)
    together = prove(asked, seeds, bank.id)
    assert 0 < len(together.failing) < len(seeds)
    alone = [seed for seed in seeds if prove(asked, [seed], bank.id).failing]
    assert tuple(alone) == together.failing
    assert not prove(written, [alone[0]], bank.id).failing


def test_the_page_of_a_seed_shows_the_numbers_that_were_measured(tmp_path: Path) -> None:
    """Of the question, of what is claimed in it, and of the share of seeds."""
    bank = load_bank(ROOT / "questions" / "sequence-models.yaml")
    seed = next(n for n in range(2, 99) if "32" in drawn_key(bank, n))
    home = Home(tmp_path / "home")
    command = ("bank", "prove", "sequence-models", "-q", "perplexity", "--quick")
    page = tmp_path / "page.html"
    home(*command, "--seeds", "1", "--from", str(seed), "--html", str(page))
    said = re.sub(r"<[^>]*>", "", page.read_text())
    assert "followed by 32 others" in said
    assert "the perplexity is about 32." in said
    assert "followed by 8 others" not in said


def drawn_key(bank: Bank, seed: int) -> tuple[str, ...]:
    return kind_of(asked := asked_under(bank.question("perplexity"), seed, bank.id)).key(asked)


def test_a_proof_has_one_figure_in_words_and_in_data(tmp_path: Path) -> None:
    """Of numbers that are drawn anew, it is that of the claim which the first seed makes."""
    home = Home(tmp_path / "home")
    command = (
        "bank",
        "prove",
        "sequence-models",
        "-q",
        "attention-sums",
        "--seeds",
        "9",
        "--quick",
    )
    printed = home(*command).out
    for row in home(*command, "--json").data["questions"][0]["options"]:
        said = re.search(rf"^[✓ ] {row['id']} +(\S+)", printed, re.MULTILINE)
        assert said
        assert float(said[1]) == row["figure"] == 5
