"""Which questions make a bank: those with a fault are told by their ids, all others are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizcli.bank.accepting import AcceptedQuestion, RefusedQuestion, accepted
from quizcli.bank.check import check_bank
from quizcli.bank.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(data: bytes) -> list[Fault]:
    return check_bank(data, "bank", lambda *_: [])


def statement(n: int, **more: Any) -> dict[str, Any]:
    return {"id": f"q{n}", "kind": "true-false", "prompt": "Salt?", "answer": "true", **more}


HEAD = {"format": "1", "id": "seas", "title": "Seas"}


def judged(
    questions: list[dict[str, Any]],
) -> tuple[list[AcceptedQuestion], list[RefusedQuestion]]:
    refused: list[RefusedQuestion] = []
    return list(accepted(HEAD, iter(questions), check, refused)), refused


def test_faulty_questions_are_told_and_the_others_kept() -> None:
    questions = [statement(n) for n in range(450)]
    questions[3] = statement(3, answer="perhaps")
    questions[201] = statement(201, prompt="")
    questions[449] = {"id": "q449", "kind": "single-choice", "prompt": "Which?"}
    good, refused = judged(questions)
    assert [each.id for each in refused] == ["q3", "q201", "q449"]
    assert len(good) == 447
    assert all(each.what and each.fix for each in refused)
    assert check(b"format: 1") != []  # so that it is a check


def test_a_fault_behind_a_fault_is_found() -> None:
    """Reading stops where YAML ends: the rest is looked at again without what was wrong."""
    odd = statement(1, prompt="a\x01b")
    both = statement(2, answer="perhaps")
    good, refused = judged([odd, both, statement(3)])
    assert [each.id for each in good] == ["q3"]
    assert {each.id for each in refused} == {"q1", "q2"}


def test_no_more_are_asked_for_than_are_checked_at_once() -> None:
    """So that those of a long file are never in memory together."""
    given: list[int] = []

    def coming() -> Iterator[dict[str, Any]]:
        for n in range(1000):
            given.append(n)
            yield statement(n)

    first = next(accepted(HEAD, coming(), check, []))
    assert first.text.startswith("  - id: q0  # from q0 ")
    assert len(given) <= 200
