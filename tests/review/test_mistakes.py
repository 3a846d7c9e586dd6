"""An answer of an earlier review, judged by the bank of today."""

from __future__ import annotations

from quizcli.quiz.kinds import KINDS
from quizcli.review.mistakes import is_right, mistakes_of
from tests.quiz.test_arranged_kinds import ITEMS, bank

ORDERING = KINDS["ordering"]


def test_an_answer_kept_by_digests_alone_is_judged_though_a_part_was_worded_anew() -> None:
    """As journals of earlier versions keep it: which of today's parts the edited one is, what was
    shown beside it says."""
    then, today = (bank(body).questions[0] for body in (ITEMS, ITEMS.replace("gates", "all gates")))
    shown = ORDERING.key(then)
    swapped = (shown[1], shown[0], *shown[2:])
    assert is_right(today, shown, shown) is True
    assert is_right(today, swapped, shown) is False
    assert mistakes_of(today, swapped, shown)
    assert is_right(today, shown, ()) is None
