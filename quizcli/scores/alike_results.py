"""Answers alike as a table, and as an object for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.kinds import kind_of
from quizcli.report.result import Columns, Heading, Line, Paragraph, Result
from quizcli.report.words import counted, listed
from quizcli.scores.answers_alike import LEAST_QUESTIONS, LEVEL, alike_pairs
from quizcli.scores.class_answers import class_answers
from quizcli.scores.class_results import exit_code, refusals

if TYPE_CHECKING:
    from quizcli.scores.gradebooks.book import GradeBook

_SHOWN = 10


def alike_result(book: GradeBook) -> Result:
    """The pairs of a class whose wrong answers are most alike; of each student the first try."""
    found = class_answers(book.grades, book.questions)
    # Wrong numbers typed under other draws are no answers to one question.
    ids = [
        id for id in found.questions
        if id not in found.variants or kind_of(book.questions[id]).chooses
    ]  # fmt: skip
    who = [grade.student for grade in book.grades if grade.tries]
    pairs = alike_pairs([found.answers[id] for id in ids], len(who), _SHOWN)
    enough = len(ids) >= LEAST_QUESTIONS
    data = [
        {
            "students": [{"id": s.id or None, "name": s.name or None}
                         for s in (who[pair.first], who[pair.second])],
            "both_wrong": pair.both_wrong,
            "same": len(pair.same),
            "expected": pair.expected,
            "p": pair.p,
            "p_of_all": pair.p_of_all,
            "flagged": enough and pair.p_of_all < LEVEL,
            "questions": [ids[place] for place in pair.same],
        }
        for pair in pairs
    ]  # fmt: skip
    rows = tuple(
        (
            " and ".join(s.name or s.id for s in (who[pair.first], who[pair.second])),
            str(pair.both_wrong), str(len(pair.same)), f"{pair.expected:.2f}", f"{pair.p:.2g}",
            f"{pair.p_of_all:.2g}",
            "worth a look" if enough and pair.p_of_all < LEVEL else "",
            ", ".join(ids[place] for place in pair.same),
        )
        for pair in pairs
    )  # fmt: skip
    count = len(who) * (len(who) - 1) // 2
    said = (
        "Questions that both got wrong, wrong answers in common, and those to expect by chance; p "
        f"for the pair, and p times the number of pairs. Below {LEVEL} it is worth a look, but "
        "proves nothing by itself."
        if enough
        else f"With fewer than {LEAST_QUESTIONS} questions these figures prove nothing."
    )
    head = ("Pair", "Both wrong", "Same", "By chance", "p", "p × pairs", "", "Questions")
    facts = [counted(len(who), "student"), counted(count, "pair"), counted(len(ids), "question")]
    nothing = Paragraph("No two gave the same wrong answer.")
    return Result(
        data={"bank": book.bank.id, "students": len(who), "compared": count,
              "questions": len(ids), "enough": enough, "pairs": data},
        body=(
            Heading(book.bank.title),
            Paragraph(listed(facts)),
            Paragraph(said),
            *((Line(""), Columns(head, rows, (1, 2, 3, 4, 5))) if rows else (nothing,)),
        ),
        notices=tuple(refusals(book.notes)),
        exit_code=exit_code(book.notes),
    )  # fmt: skip
