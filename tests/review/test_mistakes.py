"""An answer of an earlier review, judged by the bank of today."""

from __future__ import annotations

from quizcli.bank.read import read_bank
from quizcli.quiz.kinds import KINDS
from quizcli.review.mistakes import Mistakes, judged
from tests.quiz.test_arranged_kinds import ITEMS, PAIRS, bank

LAYER = """\
format: 1
id: b
title: A bank
questions:
  - id: layer
    kind: single-choice
    variables: {H: {from: 2, to: 9, default: 2}}
    prompt: How many weights has a layer from {H} to {H} units?
    options:
      - {id: square, text: "{H * H}", correct: true}
      - {id: sum, text: '{H + H}'}
"""
ORDERING = KINDS["ordering"]


def test_an_answer_kept_by_digests_alone_is_judged_though_a_part_was_worded_anew() -> None:
    """As journals of earlier versions keep it: which of today's parts the edited one is, what was
    shown beside it says."""
    then, today = (bank(body).questions[0] for body in (ITEMS, ITEMS.replace("gates", "all gates")))
    shown = ORDERING.key(then)
    swapped = (shown[1], shown[0], *shown[2:])
    assert judged(today, shown, shown)[0] is True
    assert judged(today, swapped, shown)[0] is False
    assert judged(today, swapped, shown)[1]
    assert judged(today, shown, ())[0] is None


def test_what_is_left_of_an_answer_is_a_mistake_though_a_part_of_its_question_is_gone() -> None:
    """A pair that was renamed takes no other pair with it, nor an option the other ticks."""
    then = bank(PAIRS).questions[0]
    matching = KINDS["matching"]
    shown = tuple(part.id for part in matching.parts(then))
    enters, stays, leaves = (word.partition(": ")[2] for word in matching.key(then))
    chosen = matching.kept(then, (f"u: {stays}", f"f: {enters}", f"o: {leaves}"))
    assert [text for _, text in judged(then, chosen, shown)[1]] == [
        "Update: stays",
        "Forget: enters",
    ]
    today = bank(PAIRS.replace("id: f,", "id: g,")).questions[0]
    assert [text for _, text in judged(today, chosen, shown)[1]] == ["Update: stays"]

    several = (
        "kind: multiple-choice, options: [{id: a, text: A, correct: true}, {id: b, text: B}, "
        "{id: c, text: C}]"
    )
    without = bank(several.replace("id: c", "id: d")).questions[0]
    assert judged(without, ("b", "c"), ("a", "b", "c"))[1] == [("b", "B")]
    assert judged(without, ("c",), ("a", "b", "c"))[1] == []
    items = bank(ITEMS.replace("id: a1", "id: z1")).questions[0]
    assert judged(items, ("a1", "b2"), ())[1] == []


def test_of_what_only_a_person_can_mark_nothing_is_said() -> None:
    """A question that was edited to take free answers makes no wrong ones of those it had."""
    then, today = (
        bank(body).questions[0] for body in ("kind: text, answers: [LSTM]", "kind: free, model: M")
    )
    assert judged(then, ("GRU",), ())[0] is False
    assert judged(today, ("GRU",), ())[0] is None
    assert judged(today, ("LSTM",), ())[0] is None
    assert judged(today, ("GRU",), ())[1] == []


def _told(*widths: int, text: str = "{H + H}") -> str:
    layer = read_bank(LAYER.replace("{H + H}", text).encode(), "").questions[0]
    mistakes = Mistakes({"b/layer": layer})
    for width in widths:
        assert mistakes.graded("b/layer", ("sum",), ("sum", "square"), {"H": str(width)}) is False
    (found,) = mistakes.repeated()
    return found.text


def test_an_option_that_read_otherwise_each_time_is_told_as_it_was_read() -> None:
    """And not with the numbers that the bank has by itself, which nobody may have been asked."""
    assert _told(4, 4) == "8"
    assert _told(5, 6) == "10 or 12"
    assert _told(5, 6, 5) == "12 or 10"
    assert _told(3, 4, 5, 6) == "8, 10, 12 or another"
    assert _told(3, 4, 5, 6, 4, 3) == "12, 8, 6 or another"
    gates = r"$\Gamma_{{{H}}}$ and $\Gamma_{{{H + 1}}}$"
    assert _told(3, 4, text=gates).count("or") == 1
    long = "As many as a layer of {H} units and one of {H} units have together."
    assert _told(4, 4, text=long) == long.replace("{H}", "4")
    assert _told(3, 4, text=long) == f"{long[:-1].replace('{H}', '4')} (when last chosen)"


def test_what_cannot_be_judged_any_more_is_counted() -> None:
    mistakes = Mistakes({"b/layer": read_bank(LAYER.encode(), "").questions[0]})
    shown, four = ("sum", "square"), {"H": "4"}
    for given, values in ((("square",), four), (("sum",), four), ((), four)):
        mistakes.graded("b/layer", given, shown, values)
    assert mistakes.unjudged == 0
    mistakes.graded("b/layer", ("product",), ("sum", "product"), four)
    mistakes.graded("b/gone", ("sum",), shown, four)
    assert mistakes.unjudged == 2
