"""Repairs of kinds that are no choice, of free answers and of numbers that were drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizcli.report.codes import UserError
from quizcli.scores.gradebooks.book import AnswerWords
from quizcli.scores.hand_ins import HandInReader
from quizcli.scores.repaired_marks import RepairedAnswers
from quizcli.scores.repairs import CREDIT_ALL, KEY, Repair, Wish, checked_repair
from tests.support.handing_in import FIXTURES, handed_in, the_bank

if TYPE_CHECKING:
    from pathlib import Path

KINDS, FREE, VARIED = (FIXTURES / f"{name}.yaml" for name in ("kinds", "kind-free", "varied"))


def repair(reader: HandInReader, *wishes: Wish) -> Repair:
    return checked_repair(wishes, reader.bank, reader.questions, "r", never_lower=False)


def test_a_free_answer_has_no_key_and_can_be_credited() -> None:
    reader = HandInReader(the_bank(FREE))
    id = next(id for id, q in reader.questions.items() if q.kind == "free")
    with pytest.raises(UserError, match="takes free answers, which have no key"):
        repair(reader, Wish(KEY, id, ("a",)))
    one = reader.graded(handed_in({id: ["what I think"]}, path=FREE), "a.json")
    credited = repair(reader, Wish(CREDIT_ALL, id))
    answer = next(
        a for a in RepairedAnswers(credited, reader).applied(one).answers if a.question == id
    )
    assert answer.grade.counts
    assert answer.grade.points == answer.grade.maximum


def test_what_has_no_options_is_mended_in_the_bank() -> None:
    reader = HandInReader(the_bank(KINDS))
    with pytest.raises(UserError, match="'width' has no options"):
        repair(reader, Wish(KEY, "width", ("90",)))


def test_every_option_under_every_draw_can_be_the_key() -> None:
    reader = HandInReader(the_bank(VARIED))
    chosen = [q for q in reader.questions.values() if q.kind == "single-choice"]
    for question in chosen:
        for option in question.options:
            mended = RepairedAnswers(repair(reader, Wish(KEY, question.id, (option.id,))), reader)
            for seed in (1, 2, 3):
                data = handed_in({question.id: [option.id]}, path=VARIED, seed=seed, vary=True)
                one = mended.applied(reader.graded(data, "a.json"))
                earned = {a.question: a.grade.credit for a in one.answers}
                assert earned[question.id] == 1
    assert chosen


def test_what_a_hand_in_lacks_is_credited_under_the_numbers_of_its_seed(tmp_path: Path) -> None:
    path = tmp_path / "sums.yaml"
    question = (
        "kind: number, prompt: '{a}?', answer: '{s}', variables: {a: {from: 1, to: 99}, s: = a}"
    )
    path.write_text(
        f"format: 1\nid: sums\ntitle: S\nquestions: [{{id: q, {question}}}, {{id: r, {question}}}]\n"
    )
    reader = HandInReader(the_bank(path))
    mended = RepairedAnswers(repair(reader, Wish(CREDIT_ALL, "r")), reader)
    words = AnswerWords(reader.questions)
    for seed in (3, 4):
        one = reader.graded(handed_in({}, path=path, seed=seed, only=["q"]), "a.json")
        blank = mended.applied(one).answers[-1]
        whole = reader.graded(handed_in({}, path=path, seed=seed), "b.json")
        assert (blank.question, blank.values) == ("r", whole.answers[-1].values)
        assert words.correct(blank) == blank.values["s"]
