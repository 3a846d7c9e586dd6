"""An edit of a text voids no answer to pairs or to an order, whatever version kept it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizcli.quiz.kinds import KINDS
from quizcli.quiz.session import Session
from tests.quiz.test_arranged_kinds import ITEMS, PAIRS, bank

if TYPE_CHECKING:
    from quizcli.quiz.kinds.base import Given

MATCHING, ORDERING = KINDS["matching"], KINDS["ordering"]
GIVEN = {PAIRS: "1b 2c 3a", ITEMS: "bcda"}


def answered(body: str) -> Session:
    """A session in which a wrong answer was given."""
    session = Session(bank(body), 7)
    session.answer(session.items[0].parse(GIVEN[body]))
    return session


def after(body: str, edited: str, *, old: bool = False) -> tuple[list[str], Given, str]:
    """What is lost after an edit, the answer that is left by the author's ids, and its mark by the
    bank of now; an ``old`` journal kept digests alone."""
    session = answered(body)
    item, step = session.items[0], session.answers["q"]
    again = Session(bank(edited), 7, plan=session.plan)
    kept = step if old else step.as_kept(item)
    lost = again.replay([kept], regrade=True)
    if lost:
        return lost, (), ""
    response, grade = again.outcome(again.items[0])
    now = again.items[0]
    return lost, now.kind.describe(now.question, response.given), str(grade.mark)


def then(body: str) -> Given:
    """The answer by the author's ids before the edit."""
    item = answered(body).items[0]
    return item.kind.describe(item.question, answered(body).answers["q"].response.given)


def all_edited(body: str) -> str:
    """Each text of a right side, a distractor or a thing with a word behind it."""
    for text in ("enters", "stays", "leaves", "how wide", "gates", "candidate", "blend"):
        body = body.replace(text, f"{text} too")
    return body


@pytest.mark.parametrize("body", [PAIRS, ITEMS])
def test_all_texts_at_once(body: str) -> None:
    lost, given, mark = after(body, all_edited(body))
    told = tuple(word.replace("how wide", "how wide too") for word in then(body))
    assert (lost, given) == ([], told)
    assert mark in {"wrong", "partly right"}


@pytest.mark.parametrize(
    ("body", "word"), [(PAIRS, "stays"), (PAIRS, "how wide"), (ITEMS, "gates"), (ITEMS, "blend")]
)
def test_one_text_of_an_old_journal(body: str, word: str) -> None:
    """It kept digests alone: one that is gone and one that is new are the same."""
    lost, given, _ = after(body, body.replace(word, f"{word} now"), old=True)
    assert lost == []
    assert given == tuple(each.replace("how wide", "how wide now") for each in then(body)) or (
        word != "how wide" and given == then(body)
    )


def test_two_texts_of_an_old_journal_are_said_to_be_edited() -> None:
    edited = bank(ITEMS.replace("gates", "G").replace("blend", "B")).questions[0]
    kept = answered(ITEMS).answers["q"].response.given
    told = ORDERING.describe(edited, ORDERING.today(edited, kept, kept))
    assert sorted(told) == ["(edited since)", "(edited since)", "b2", "d4"]


def test_right_sides_that_change_places_keep_who_chose_which() -> None:
    """That is another key: what was chosen is the text, not the pair that it belongs to now."""
    swapped = (
        PAIRS.replace("enters", "x").replace("stays", "enters").replace("right: x", "right: stays")
    )
    lost, given, _ = after(PAIRS, swapped)
    names = {
        "u: f": "u: u",
        "u: u": "u: f",
        "f: u": "f: f",
        "f: f": "f: u",
        "o: u": "o: f",
        "o: f": "o: u",
    }
    assert (lost, given) == ([], tuple(names.get(word, word) for word in then(PAIRS)))


def test_a_text_that_is_replaced_by_one_that_was_shown_beside_it_is_another_answer() -> None:
    """Whoever chose 'enters' did not choose 'stays', though that stands in its pair now."""
    question = bank(PAIRS).questions[0]
    kept = MATCHING.kept(question, MATCHING.key(question))
    shown = tuple(part.id for part in MATCHING.parts(question))
    edited = bank(PAIRS.replace("enters", "stays")).questions[0]
    told = MATCHING.today(edited, shown, kept)
    assert MATCHING.describe(edited, told)[0] == "u: u"
    assert told[0] == kept[0]  # gone, and told by the name that it had
    assert told[1:] == MATCHING.then(kept)[1:]


def test_two_pairs_with_one_right_side() -> None:
    """The answer stays the one to its own pair when either text is edited."""
    body = (
        "kind: matching, pairs: [{id: a, left: A, right: same}, {id: b, left: B, right: same}, "
        "{id: c, left: C, right: other}]"
    )
    question = bank(body).questions[0]
    kept = MATCHING.kept(question, MATCHING.key(question))
    shown = tuple(part.id for part in MATCHING.parts(question))
    edited = bank(body.replace("A, right: same", "A, right: first")
                      .replace("B, right: same", "B, right: second")).questions[0]  # fmt: skip
    assert MATCHING.today(edited, shown, kept) == MATCHING.key(edited)


@pytest.mark.parametrize("body", [PAIRS, ITEMS])
def test_what_was_given_is_handed_in_as_it_was(body: str) -> None:
    item, step = answered(body).items[0], answered(body).answers["q"]
    assert item.kind.then(step.as_kept(item).response.given) == step.response.given
    assert step.as_kept(item).today(item) == step
