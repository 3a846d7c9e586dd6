"""A quiz in one file: what stands in it, and what does not."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from quizcli.bank.digest import stamped
from quizcli.bank.handout import handout
from quizcli.bank.read import read_bank
from quizcli.bank.shelf import load_bank
from quizcli.pages.quiz_page import QuizContent, quiz_page
from quizcli.quiz.cards import pure, quizzed
from quizcli.quiz.model import Bank
from quizcli.quiz.session import Session
from quizcli.report.pictures import Bar, Bars
from tests.support.parsed import parsed
from tests.terminal.test_hostile import HOSTILE, bank_of

EVERY = Path(__file__).parents[1] / "fixtures" / "page.yaml"


def content(bank: Bank, *seeds: int) -> QuizContent:
    """A bank under some seeds."""
    seeds = seeds or (7,)
    sessions = [Session(bank, seed, vary=True) for seed in seeds] if quizzed(bank) else []
    return QuizContent(bank, sessions, seeds, pure(bank))


def keyless(bank: Bank) -> Bank:
    """What is handed out of a bank."""
    return stamped(read_bank(handout(bank).text.encode(), "handout"))


def data_of(page: str) -> Any:
    """What the script knows."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize("make", [lambda bank: bank, keyless])
def test_a_page_is_sound_and_the_same_bytes(make: Any) -> None:
    bank = make(load_bank(EVERY))
    page = quiz_page(content(bank, 7, 8, 9))
    assert page == quiz_page(content(bank, 7, 8, 9))
    assert parsed(page).faults == []


def test_nothing_runs_and_nothing_is_fetched_but_what_its_policy_names() -> None:
    page = quiz_page(content(load_bank(EVERY)))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    rules = policy[1].replace("&#x27;", "'")
    assert rules.startswith("default-src 'none'; ")
    for tag, name in (("style", "style-src"), ("script", "script-src")):
        inner = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert inner
        digest = b64encode(sha256(inner[1].encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'; " in rules
    assert "unsafe" not in rules
    assert not re.search(r"(?:src|href)=\"(?!#)", page)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_text_of_a_bank_becomes_no_element(text: str) -> None:
    page = quiz_page(content(bank_of(text)))
    assert parsed(page).faults == []
    tags = parsed(page).tags
    assert tags.count("script") == 2
    assert not {"img", "a", "iframe", "link", "object"} & set(tags)


def test_a_text_ends_no_data() -> None:
    bank = load_bank(EVERY)._replace(title="</script><script>alert(1)</script><!--")
    page = quiz_page(content(bank))
    assert page.count("<script") == 2
    assert data_of(page)["title"] == bank.title


def test_orders_and_numbers_are_those_of_a_session() -> None:
    bank = load_bank(EVERY)
    data = data_of(quiz_page(content(bank, 7, 8)))
    for seed, variant in zip((7, 8), data["variants"], strict=True):
        session = Session(bank, seed, vary=True)
        shown = [tuple(parts) for _, parts in variant["plan"]]
        assert variant["seed"] == str(seed)
        assert shown[: len(session.items)] == [item.shown for item in session.items]
    of_width = {
        key["answer"] for key in data["questions"].values() if key.get("answer", "20") != "20"
    }
    draws = {
        s.draws["width"]["H"] for s in (Session(bank, 7, vary=True), Session(bank, 8, vary=True))
    }
    assert of_width == draws


def test_a_page_without_the_key_is_the_same_whatever_the_key_is() -> None:
    """The strongest that can be said: of the key nothing is left but a digest of the whole bank."""
    text = EVERY.read_text(encoding="utf-8")
    other = text
    for before, after in (
        (", correct: true, feedback: Yes., missed: It was this one.", ", feedback: Hm."),
        ("feedback: That is a *number*.", "correct: true, feedback: Right."),
        ("answer: true", "answer: false"), ("answer: 20", "answer: 21"), ("tolerance: 1%", "tolerance: 2%"),
        ("That is the frequency", "Twice"), ("softmax]", "tanh]"), ("It lets in", "It lets out"),
        ("near: 1", "near: 2"), ("how *much*", "what"), ("one input and one error", "luck"),
        ("text: forget, correct: true, feedback: It keeps.", "text: forget"),
        ("text: reset, feedback: It is one of a GRU.", "text: reset, correct: true"),
        ("It has the shape of $W$", "None"), ("'soft[ -]?max(imum)?'", "x+"), ("It rates each", "So"),
    ):  # fmt: skip
        assert before in other
        other = other.replace(before, after)
    banks = [stamped(read_bank(source.encode(), "page.yaml")) for source in (text, other)]
    assert banks[0].digest != banks[1].digest
    pages = [quiz_page(content(keyless(bank), 7, 8)) for bank in banks]
    masked = [re.sub(r'"(parent|id)":"[0-9a-f]{16}"', "", page) for page in pages]
    assert masked[0] == masked[1]
    for told in ("It keeps", "frequency", "correct", "credits", "sigmoid", "Hint:", "Why:"):
        assert told not in pages[0].partition("<script>")[0]


def test_a_page_without_the_key_names_no_titles() -> None:
    bank = load_bank(EVERY)
    titled = bank._replace(questions=[q._replace(title="Mitochondrion") for q in bank.questions])
    assert "Mitochondrion" in quiz_page(content(titled))
    handed = titled._replace(
        questions=[q._replace(keyless=True) for q in quizzed(titled)], keyless=True
    )
    assert "Mitochondrion" not in quiz_page(content(handed))


def test_what_was_measured_stands_in_the_page() -> None:
    picture = Bars("Widths", (Bar("1", 0.5), Bar("2", 1.0)), "cm", "2 is wider.")
    page = quiz_page(
        content(load_bank(EVERY)), lambda item, _: (picture,) if item.question.id == "one" else ()
    )
    assert parsed(page).faults == []
    assert page.count("<svg") == 1
    assert "Measured under seed 7" in page


def test_a_bank_of_cards_alone_has_a_page() -> None:
    bank = load_bank(EVERY.with_name("cards.yaml"))
    data = data_of(quiz_page(content(bank)))
    assert len(data["variants"][0]["plan"]) == len(pure(bank))


def test_a_page_is_little_more_than_its_questions() -> None:
    bank = load_bank(EVERY)
    page = quiz_page(content(bank._replace(questions=bank.questions[2:3])))
    assert len(page.encode()) < 60_000
