"""What the script of a page knows of a question: how it is answered, and what an answer earns.

The rule: whatever is finite is worked out here and handed over as a table, so that a mark is that
of the terminal; numbers and texts are handed over exact. Of a question without its key there is
nothing but the form of its answer.
"""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING, Any

from quizcli.pages.script_patterns import script_pattern
from quizcli.quiz.credit import RULES
from quizcli.quiz.currencies import CURRENCIES
from quizcli.quiz.grading import rule_for
from quizcli.quiz.kinds.foreseen import foreseen
from quizcli.quiz.kinds.number import amount, tolerance
from quizcli.quiz.kinds.ordering import IN_ORDER, RUN, credit_of_pairs, credit_of_run
from quizcli.quiz.kinds.text import folded_answer
from quizcli.quiz.quantities import UNITS, has_comma

if TYPE_CHECKING:
    from quizcli.quiz.model import Rational
    from quizcli.quiz.steps import Item

Key = dict[str, Any]
# What every question for a number is read with.
UNIT_TABLES: Key = {**UNITS, "currencies": CURRENCIES}


def script_key(item: Item, rule: str) -> Key:
    """The data of an item under a credit rule, as JSON holds it."""
    question = item.question
    kind = {"choice": "choice", "pairs": "pairs", "order": "order"}.get(
        item.kind.form, question.kind
    )
    asked: Key = {"kind": kind, "points": str(question.points)}
    if kind == "number":
        asked |= _number_form(item)
    elif kind == "text":
        asked |= {"exact": list(question.own.get("exact", ()))}
    if question.keyless or not item.kind.graded:
        return asked
    return asked | _KEYS[kind](item, rule_for(question, rule))


def _choice(item: Item, rule: str) -> Key:
    """Credits by how many of those ticked are right, and how many are wrong."""
    n, key = len(item.question.options), item.key
    hits, extra = (len(key), n - len(key)) if item.kind.several else (1, min(1, n - 1))
    earn = RULES[rule].credit
    table = [[str(earn(n, len(key), h, e)) for e in range(extra + 1)] for h in range(hits + 1)]
    return {"key": list(key), "credits": table}


def _pairs(item: Item, rule: str) -> Key:
    """Credits by how many pairs are right."""
    key = item.key
    earn = item.kind.credit
    credits = [earn(item.question, key[:n], rule) for n in range(len(key) + 1)]
    return {"key": list(key), "credits": list(map(str, credits))}


def _order(item: Item, rule: str) -> Key:
    """Credits by what the rule counts: the longest run, the pairs in order, or all."""
    key = item.key
    n = len(key)
    credits: list[Rational] = [0, 1]
    if rule == RUN:  # the shortest that there is has one
        credits = [credit_of_run(max(run, 1), n) for run in range(n + 1)]
    elif rule == IN_ORDER:
        credits = [credit_of_pairs(pairs, n) for pairs in range(comb(n, 2) + 1)]
    counts = {RUN: "run", IN_ORDER: "pairs"}.get(rule, "whole")
    return {"key": list(key), "credits": list(map(str, credits)), "counts": counts}


def _number_form(item: Item) -> Key:
    own = item.question.own
    return {
        "unit": own.get("unit", ""),
        "unitRequired": bool(own.get("unit_required", False)),
        "comma": has_comma(own.get("language", "")),
    }


def _number(item: Item, _rule: str) -> Key:
    question = item.question
    return {
        "answer": str(amount(question, question.own["answer"])),
        "tolerance": str(tolerance(question)),
        "foreseen": [str(amount(question, each.answer)) for each in foreseen(question)],
    }


def _text(item: Item, _rule: str) -> Key:
    question = item.question
    own = question.own
    exact = tuple(own.get("exact", ()))
    return {
        "answers": [folded_answer(question, text) for text in own["answers"]],
        "patterns": [script_pattern(pattern, exact) for pattern in own.get("patterns", ())],
        "near": own.get("near", 0),
        "foreseen": [folded_answer(question, each.answer) for each in foreseen(question)],
    }


_KEYS = {
    "choice": _choice, "pairs": _pairs, "order": _order, "number": _number, "text": _text,
}  # fmt: skip
