"""A class that is too large for memory is graded like one that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizcli.scores.class_answers import class_answers
from quizcli.scores.class_grading import graded_class
from quizcli.scores.formats import BOOKS, written_book
from quizcli.scores.gradebooks.book import GradeBook
from quizcli.scores.hand_in_head import Student
from quizcli.scores.hand_in_store import HandInStore
from quizcli.scores.hand_ins import HandInReader
from quizcli.scores.policies import GradingRules
from quizcli.scores.tries import TryPile
from tests.support.handing_in import ALL_RIGHT, EVERY_KIND, FIXTURES, graded, handed_in, the_bank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from quizcli.scores.hand_ins import GradedHandIn

VARIED = FIXTURES / "varied.yaml"


def book(reader: HandInReader, hand_ins: Sequence[GradedHandIn], in_memory: int) -> GradeBook:
    """A grade book of which so many hand-ins were in memory."""
    pile = TryPile(HandInStore(reader.earned, in_memory))
    for one in hand_ins:
        pile.add(one)
    assert pile.store.is_small == (in_memory >= len(hand_ins))
    grades, notes = graded_class(pile, reader, GradingRules(), [], "")
    return GradeBook(reader.bank, reader.questions, grades, notes, "best try", "Quiz")


def some(path: Path, answers: Mapping[str, Sequence[str]], **own: Any) -> list[GradedHandIn]:
    """Hand-ins of three students, two of the first, one of them copied."""
    made = [
        graded(
            handed_in(answers if n else {}, Student(f"{n % 3}", "Å\ud800\n", "b"), path=path, seed=n,
                      day=20 + n, **own),
            path=path, file=f"{n}\udc80.json",
        )
        for n in range(4)
    ]  # fmt: skip
    return [*made, made[3]._replace(file="copy.json")]


def test_the_same_bytes_whether_in_memory_or_not() -> None:
    for path, answers, own in (
        (FIXTURES / "kinds.yaml", EVERY_KIND, {}), (VARIED, {"layer": ["product"]}, {"vary": True}),
        (FIXTURES / "sample.yaml", ALL_RIGHT, {"finish": False}),
    ):  # fmt: skip
        reader, hand_ins = HandInReader(the_bank(path)), some(path, answers, **own)
        kept, spilt = (book(reader, hand_ins, in_memory) for in_memory in (9, 1))
        assert len(list(kept.grades)) == 3
        for format in BOOKS:
            assert written_book(format, kept).text == written_book(format, spilt).text
        assert list(kept.grades) == list(spilt.grades) == list(spilt.grades)
        figures = [class_answers(each.grades, reader.questions) for each in (kept, spilt)]
        assert figures[0].marks.tolist() == figures[1].marks.tolist()


def test_what_comes_back_is_what_was_put() -> None:
    reader = HandInReader(the_bank(VARIED))
    store = HandInStore(reader.earned, in_memory=0)
    hand_ins = some(VARIED, {"layer": ["sum"], "width": ["1e2"]}, vary=True)
    numbers = []
    for one in hand_ins:
        numbers.append(store.put(one))
        assert store.get(numbers[0]) == hand_ins[0]
    assert [store.get(number) for number in reversed(numbers)] == hand_ins[::-1]
