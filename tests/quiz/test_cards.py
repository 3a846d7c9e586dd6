"""Flashcards: which there are, how they are addressed, what their two sides say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.quiz.cards import (
    Card,
    back,
    cards_in,
    cards_of,
    contents,
    front,
    note,
    pure,
    quizzed,
    renamed,
)
from quizcli.quiz.grading import Mark
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.kinds.cloze import Gap, filled, gaps
from quizcli.quiz.model import Question
from quizcli.quiz.session import Session
from quizcli.quiz.steps import SessionError
from tests.support.small_banks import bank, choice

GATES = r"The gate [[u|which?::$\Gamma_u$]] opens, and $c = [[f::\Gamma_f]] * c'$."
CARD = Question("update", "card", "What is one?", back="The first number.")
CLOZE = Question("gates", "cloze", GATES)
MIXED = bank(choice("one"), CARD, CLOZE, choice("two", 3, (0, 2), kind="multiple-choice"))


def test_cards_come_in_the_order_of_the_bank_and_gaps_in_that_of_the_text():
    assert cards_of(MIXED) == [
        Card("b/one", "b", MIXED.questions[0]),
        Card("b/update", "b", CARD),
        Card("b/gates#u", "b", CLOZE, "u"),
        Card("b/gates#f", "b", CLOZE, "f"),
        Card("b/two", "b", MIXED.questions[3]),
    ]


def test_siblings_share_a_note_and_nobody_else_does():
    notes = [note(card.address) for card in cards_of(MIXED)]
    assert notes == ["b/one", "b/update", "b/gates", "b/gates", "b/two"]


def test_the_two_sides_of_each_card():
    """A gap shows its hint or dots, its answer in brackets, and the answers of the other gaps."""
    sides = {card.address: (front(card), back(card)) for card in cards_of(MIXED)}
    assert sides == {
        "b/one": ("What of one?", "option 0"),
        "b/update": ("What is one?", "The first number."),
        "b/gates#u": (
            r"The gate [which?] opens, and $c = \Gamma_f * c'$.",
            r"The gate [$\Gamma_u$] opens, and $c = \Gamma_f * c'$.",
        ),
        "b/gates#f": (
            r"The gate $\Gamma_u$ opens, and $c = […] * c'$.",
            r"The gate $\Gamma_u$ opens, and $c = [\Gamma_f] * c'$.",
        ),
        "b/two": ("What of two?", "option 0\n\noption 2"),
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[[a::b]]", [Gap("a", "b")]),
        ("[[a|c::b]]", [Gap("a", "b", "c")]),
        ("[[ a | c :: b ]]", [Gap("a", "b", "c")]),
        ("[[a::std::vector]]", [Gap("a", "std::vector")]),
        ("[[a::P(y|x)]]", [Gap("a", "P(y|x)")]),
        ("[[a::x[i]]]", [Gap("a", "x[i]")]),
        ("[[a::x[y[i]]]]", [Gap("a", "x[y[i]]")]),
        (r"[[a::\[[1], [2\]]]]", [Gap("a", "[[1], [2]]")]),
        ("[[a::$x^{(i)}$]] $e^{x_{i}}$", [Gap("a", "$x^{(i)}$")]),
        ("$x^{[[a::l]]}$", [Gap("a", "l")]),
        ("[[a::one\n\ntwo]]", [Gap("a", "one\n\ntwo")]),
        ("[[a::b]][[c::d]]", [Gap("a", "b"), Gap("c", "d")]),
        ("`x[[0]]` and [[a::b]]", [Gap("a", "b")]),
        ("```\nif [[ -f x ]]; then y[z[0]]\n```\n[[a::b]]", [Gap("a", "b")]),
        ("~~~\n[[ x\n~~~\n[[a::b]]", [Gap("a", "b")]),
        ("[[a::`x[[0]]`]] and `y[[1]]`", [Gap("a", "`x[[0]]`")]),
        (
            "`print([[a|what?::x]])` and\n\n    y = [[b::1]]",
            [Gap("a", "x", "what?"), Gap("b", "1")],
        ),
        ("[[a::`]] and [[b::`]]", [Gap("a", "`"), Gap("b", "`")]),
        (r"\[[a::b]]", []),
        ("{{c1::b}}", []),
        ("x[0] and [a::b]", []),
    ],
)
def test_gaps_survive_brackets_braces_bars_and_colons(text, found):
    assert gaps(text) == found


def test_what_is_no_gap_is_left_as_it_was_and_escapes_are_taken_off():
    assert filled(r"x[0], {{a}}, \[[1, 2\]], $e^{x_{i}}$ and a]]") == (
        "x[0], {{a}}, [[1, 2]], $e^{x_{i}}$ and a]]"
    )


ids = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,5}", fullmatch=True)
# A backslash at the end would take the brackets that follow for letters.
words = (
    st.text(st.sampled_from(r"ab $\{}^_|:.'é`"), min_size=1)
    .map(str.strip)
    .filter(lambda text: text and not text.endswith("\\"))
)
hints = words.filter(lambda text: ":" not in text)


@given(st.lists(st.tuples(ids, words, st.just("") | hints), unique_by=lambda gap: gap[0]))
def test_any_gaps_come_back_as_they_were_written(written):
    """Whatever an answer holds that has no square brackets; the text between them stays."""
    made = [Gap(*gap) for gap in written]
    parts = [f"[[{g.id}{'|' + g.hint if g.hint else ''}::{g.answer}]]" for g in made]
    text = " and ".join(parts)
    assert gaps(text) == made
    assert KINDS["cloze"].unsound(text) == [] or not made
    assert filled(text) == " and ".join(g.answer for g in made)


@given(st.text(st.sampled_from(r"[]\|:ab $`"), max_size=30))
def test_no_text_is_too_strange_to_be_read(text):
    """Either there is a complaint, or every gap has an id of its own and an answer."""
    found = gaps(text)
    if not KINDS["cloze"].unsound(text):
        assert found
        assert len({gap.id for gap in found}) == len(found)
        assert all(gap.id and gap.answer for gap in found)
        question = Question("q", "cloze", text)
        for gap in found:
            card = Card(f"b/q#{gap.id}", "b", question, gap.id)
            assert front(card) != back(card) or gap.answer == (gap.hint or "…")


def test_a_session_asks_only_what_can_be_graded():
    over = Session(MIXED, 1)
    assert {item.question.id for item in over.items} == {"one", "two"}
    assert over.score().maximum == 2
    assert [question.id for question in quizzed(MIXED)] == ["one", "two"]
    with pytest.raises(SessionError):
        Session(bank(CARD, CLOZE), 1)
    with pytest.raises(SessionError):
        Session(MIXED, 1, only={"update"})


def test_a_question_that_became_a_card_is_gone_from_an_attempt_that_goes_on():
    """Its answer is told as lost, as that of a question that was deleted."""
    before = Session(bank(choice("one"), choice("update")), 1)
    for item in before.items:
        before.answer([item.options[0].id])
    after = Session(bank(choice("one"), CARD), 1, plan=before.plan)
    assert after.replay(before.log) == ["update"]
    assert [item.question.id for item in after.items] == ["one"]
    assert sum(after.score().marks[mark] for mark in Mark) == 1


@pytest.mark.parametrize(
    ("questions", "words"),
    [
        (MIXED.questions, "2 questions, 3 cards"),
        ((choice("one"),), "1 question"),
        ((CARD,), "1 card"),
        ((CLOZE,), "2 cards"),
        ((), "0 questions"),
    ],
)
def test_what_a_bank_holds_in_words(questions, words):
    assert contents(bank(*questions)) == words


def test_pure_cards_are_those_that_no_quiz_asks():
    assert [card.address for card in pure(MIXED)] == ["b/update", "b/gates#u", "b/gates#f"]


def test_former_ids_lead_to_the_address_of_now():
    """Of questions, of banks, and of both at once."""
    moved = bank(CARD._replace(formerly=("upd", "u")), choice("one"), formerly=("a",))
    assert renamed(moved) == {
        "b/upd": "b/update",
        "b/u": "b/update",
        "a/update": "b/update",
        "a/upd": "b/update",
        "a/u": "b/update",
        "a/one": "b/one",
    }
    assert renamed(MIXED) == {}


def test_every_kind_says_what_it_is_written_with():
    """The first field it needs is its prompt; a kind of choice may have options."""
    for kind in KINDS.values():
        assert kind.needs[0] in {"prompt", "front", "text"}
        assert ("options" in (*kind.needs, *kind.takes)) is kind.chooses


def test_a_card_that_is_turned_round_too_is_two_siblings():
    """The one that was there keeps its address, so what was learned of it counts."""
    question = Question("q", "card", "Front", back="Back", own={"reversed": True})
    one, other = cards_in("b", question)
    assert (one.address, front(one), back(one)) == ("b/q", "Front", "Back")
    assert (other.address, front(other), back(other)) == ("b/q#reversed", "Back", "Front")
    assert note(other.address) == note(one.address) == "b/q"
    assert len(cards_in("b", question._replace(own={"reversed": False}))) == 1
