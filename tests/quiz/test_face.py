"""What the library says where it is called with what cannot be: the name of the argument, and what
was expected."""

from __future__ import annotations

from typing import Any

import pytest

from quizcli import EXAM, Policy, Response, Session, grade, load_bank
from tests.support.bank_files import RNN
from tests.support.small_banks import choice

BANK = load_bank(RNN)
QUESTION = choice("q", 4, (0,))


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"seed": 1.5}, TypeError, "seed must be a whole number, not 1.5"),
        ({"seed": True}, TypeError, "seed must be a whole number, not True"),
        ({"seed": "1"}, TypeError, "seed must be a whole number, not '1'"),
        ({"seed": -1}, ValueError, "seed is a whole number from 0 to"),
        ({"seed": 2**63}, ValueError, "seed is a whole number from 0 to"),
        ({"count": -3}, ValueError, "count is a whole number from 1 to"),
        ({"count": 2.0}, TypeError, "count must be a whole number, not 2.0"),
        ({"only": "gate-width"}, TypeError, r"only must be several texts, such as \['gate-width'\]"),
        ({"only": [1]}, TypeError, "only must hold texts, not 1"),
        ({"tags": "gates"}, TypeError, r"tags must be several texts, such as \['gates'\]"),
        ({"tags": 5}, TypeError, "tags must be several texts, not 5"),
        ({"policy": "exam"}, TypeError, "policy must be a Policy, such as EXAM, not 'exam'"),
        ({"bank": "rnn"}, TypeError, "bank must be a Bank, such as load_bank"),
        ({"plan": (("gate-width", ()), ("gate-width", ()))}, ValueError, "names a question twice"),
    ],
)  # fmt: skip
def test_a_session(arguments: dict[str, Any], error: type[Exception], said: str) -> None:
    whole = {"bank": BANK, "seed": 1, "policy": Policy()} | arguments
    with pytest.raises(error, match=said):
        Session(**whole)


@pytest.mark.parametrize(
    ("seconds", "error"),
    [("x", TypeError), (10**400, ValueError), (None, TypeError), (True, TypeError), (float("nan"), ValueError),
     (-5, ValueError), (float("inf"), ValueError)],
)  # fmt: skip
def test_seconds(seconds: Any, error: type[Exception]) -> None:
    session = Session(BANK, 1, EXAM)
    with pytest.raises(error, match=r"seconds (must be|is) a number of seconds"):
        session.answer(session.items[0].shown[0], seconds)
    assert session.log == []


@pytest.mark.parametrize("response", [5, None, [1], [["a"]], Response("a"), Response([1])])
def test_a_response(response: Any) -> None:
    with pytest.raises(TypeError, match="response"):
        grade(QUESTION, response)
    with pytest.raises(TypeError, match="response"):
        Session(BANK, 1).answer(response)


def test_an_iterator_is_read_once() -> None:
    """Looked at and then graded: not a blank."""
    assert grade(QUESTION, iter(["a"])).points == 1
    session = Session(BANK, 1, EXAM, only=iter(["gate-width"]))
    right = [option.id for option in session.items[0].options if option.correct]
    assert session.answer(each for each in right).points == 1
    assert Session(BANK, 1, tags=iter(["notation"])).items


def test_plain_words_are_an_answer() -> None:
    """One word, several, or a list in a response."""
    for response in ("a", ["a"], ("a",), {"a"}, Response(("a",)), Response(["a"])):
        assert grade(QUESTION, response).points == 1
    session = Session(BANK, 1, EXAM)
    session.answer(Response([session.items[0].shown[0]]))
    assert session.log[0].response.given == (session.items[0].shown[0],)


@pytest.mark.parametrize("path", [None, 5, b"rnn.yaml", ["rnn.yaml"]])
def test_a_path(path: Any) -> None:
    with pytest.raises(TypeError, match="path must be the path of a bank's file"):
        load_bank(path)


@pytest.mark.parametrize(
    ("policy", "kind", "words"),
    [
        (Policy(exam=5), TypeError, "policy.exam must be a bool, not 5"),
        (Policy(shuffle="no"), TypeError, "policy.shuffle must be a bool, not 'no'"),
        (Policy(exam=True, limit="10"), TypeError, "policy.limit must be a number of seconds"),
        (Policy(exam=True, limit=float("nan")), ValueError, "policy.limit is a number of seconds"),
        (Policy(exam=True, limit=0), ValueError, "policy.limit is above 0 and below 1e9, not 0"),
        (Policy(exam=True, limit=10**9), ValueError, "policy.limit is above 0 and below 1e9"),
        (Policy(exam=True, limit=-1), ValueError, "policy.limit is a number of seconds from 0 on"),
        (Policy(credit=3), TypeError, "policy.credit must be a str, not 3"),
        (Policy(credit="generous"), ValueError, "policy.credit is one of all-or-nothing, "),
    ],
)
def test_a_policy(policy: Any, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        Session(BANK, 1, policy)


def test_a_question() -> None:
    with pytest.raises(TypeError, match="question must be a Question, not 'q'"):
        grade("q", "a")
    with pytest.raises(ValueError, match="no credit rule is named"):
        grade(QUESTION, "a", "generous")
