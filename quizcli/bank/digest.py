"""Digests of questions: one of what was asked, one of everything.

An answer keeps both, so that an edit is noticed later: a new wording (``asked``) or a new key,
feedback or weight (``digest``). They are taken over meaning and not over bytes, so comments,
indentation and the place in the file leave them as they are; so do former ids and the retention
aimed at, on which no grade depends.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from quizcli.quiz.drawing import seen_variables
from quizcli.quiz.kinds import kind_of

if TYPE_CHECKING:
    from quizcli.quiz.model import Bank, Question


def stamped(bank: Bank) -> Bank:
    """The bank with the digests of its questions and its own filled in."""
    questions = tuple(map(_stamped, bank.questions))
    whole = [bank.id, bank.title, bank.credit, bank.shuffle, *(q.digest for q in questions)]
    return bank._replace(questions=questions, digest=_digest(whole))


def _stamped(question: Question) -> Question:
    asked, digest = _digest(_asked(question)), _digest(_everything(question))
    usual = question.usual
    if usual:
        same = usual.question._replace(asked=asked, digest=digest)
        usual = usual._replace(question=same)
    return question._replace(asked=asked, digest=digest, usual=usual)


def _digest(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _asked(question: Question) -> list[Any]:
    figure = question.figure
    return [
        question.kind,
        question.prompt,
        [figure.text, figure.alt] if figure else None,
        sorted([option.id, option.text] for option in question.options),
        *_where([kind_of(question).asked(question)]),
        # What may be drawn, whatever was: sorted, since the order of names means nothing.
        *_where([sorted(seen_variables(question).items()), question.own.get("where")]),
    ]


def _everything(question: Question) -> list[Any]:
    demo = question.demo
    return [
        question.id,
        *_asked(question),
        question.title,
        [[o.id, o.correct, o.feedback, o.missed, o.claim, o.last] for o in question.options],
        question.hints,
        question.explanation,
        question.tags,
        str(question.points),
        question.difficulty,
        question.references,
        [demo.name, dict(demo.parameters)] if demo else None,
        question.credit,
        question.shuffle,
        # At the end and only where there is one: digests in journals stay what they were.
        *_where([question.back, question.own, question.time]),
    ]


def _where(parts: list[Any]) -> list[Any]:
    return [part for part in parts if part]
