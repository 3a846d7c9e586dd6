"""Pairs and orders: what is earned, how answers are read and written, what gives nothing away."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.bank.faults import BankError
from quizcli.bank.read import read_bank
from quizcli.quiz.grading import grade
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.kinds.base import opaque
from quizcli.quiz.responses import BadResponse, Response
from quizcli.quiz.session import Session
from quizcli.quiz.steps import PRACTICE

if TYPE_CHECKING:
    from quizcli.quiz.model import Bank, Question

PAIRS = """kind: matching, pairs: [{id: u, left: Update, right: enters, feedback: No.},
    {id: f, left: Forget, right: stays}, {id: o, left: Output, right: leaves, right_id: out}],
    distractors: [how wide]"""
TWO = "kind: matching, pairs: [{id: a, left: A, right: B}, {id: b, left: C, right: D}]"
CHOICE = (
    "kind: multiple-choice, credit: per-pair, options: [{id: a, text: A, correct: true}, "
    "{id: b, text: B}]"
)
TWO_ITEMS = "kind: ordering, items: [{id: a, text: A}, {id: b, text: B}]"
ITEMS = (
    "kind: ordering, items: [{id: a1, text: gates}, {id: b2, text: candidate}, "
    "{id: c3, text: blend}, {id: d4, text: output}]"
)


def bank(body: str) -> Bank:
    text = f"format: 1\nid: b\ntitle: T\nquestions:\n  - {{id: q, prompt: P, {body}}}\n"
    return read_bank(text.encode(), "b.yaml")


def question(body: str) -> Question:
    """The one question of a bank."""
    return bank(body).questions[0]


def points(asked: Question, *given: str) -> Fraction:
    return Fraction(grade(asked, given).points)


def ordered(asked: Question, order: str) -> tuple[str, ...]:
    """The opaque ids of items by the first letters of their ids."""
    own = {item["id"][0]: opaque(item["text"]) for item in asked.own["items"]}
    return tuple(own[sign] for sign in order)


def test_each_pair_is_a_claim_and_a_wrong_one_that_was_given_claims_by_both_of_its_sides() -> None:
    asked = question(
        "kind: matching, demo: x, distractors: [how wide], "
        "pairs: [{id: u, left: Update, right: enters, claim: {gate: u, does: enter, by: 1}}, "
        "{id: f, left: Forget, right: stays, claim: {gate: f, does: stay, by: 2}}]"
    )
    kind = KINDS["matching"]
    wrong = f"u: {opaque('stays')}"
    given = (wrong, f"f: {opaque('how wide')}")
    assert [(s.id, s.text, s.correct, s.claim) for s in kind.sides(asked, given)] == [
        ("u", "Update: enters", True, {"gate": "u", "does": "enter", "by": 1}),
        ("f", "Forget: stays", True, {"gate": "f", "does": "stay", "by": 2}),
        (wrong, "Update: stays", False, {"gate": "u", "does": "stay", "by": 2}),
    ]
    assert kind.sided(asked, (wrong, f"f: {opaque('stays')}")) == {wrong, "f"}
    assert kind.sides(question(PAIRS), ()) == ()


def test_per_pair() -> None:
    """The share of pairs; what is left open earns nothing."""
    asked = question(PAIRS)
    key = KINDS["matching"].key(asked)
    assert points(asked, *key) == 1
    assert points(asked, *key[:2]) == Fraction(2, 3)
    assert points(asked, key[0], f"f: {opaque('how wide')}") == Fraction(1, 3)
    whole = question(PAIRS + ", credit: all-or-nothing")
    assert (points(whole, *key), points(whole, *key[:2])) == (1, 0)


@pytest.mark.parametrize(
    ("order", "run", "in_order"),
    [
        ("abcd", 1, 1), ("dcba", 0, 0), ("bcda", Fraction(2, 3), 0), ("abdc", Fraction(1, 3), Fraction(2, 3)),
        ("bacd", Fraction(1, 3), Fraction(2, 3)), ("cdab", Fraction(1, 3), 0), ("badc", 0, Fraction(1, 3)),
    ],
)  # fmt: skip
def test_orders(order: str, run: Fraction, in_order: Fraction) -> None:
    """The longest run of neighbours less one, of n less one; pairs in order less those out of it."""
    for rule, expected in (("", run), ("longest-run", run), ("pairs-in-order", in_order),
                           ("all-or-nothing", int(order == "abcd"))):  # fmt: skip
        asked = question(ITEMS + (f", credit: {rule}" if rule else ""))
        assert points(asked, *ordered(asked, order)) == expected, rule


@pytest.mark.parametrize("order", ["".join(order) for order in permutations("abcd")])
@pytest.mark.parametrize("rule", ["longest-run", "pairs-in-order", "all-or-nothing"])
def test_what_is_marked_right_is_what_the_points_count(rule: str, order: str) -> None:
    """A right place that earns nothing is not marked so, and all that earns is."""
    asked = question(f"{ITEMS}, credit: {rule}")
    given = ordered(asked, order)
    kind, earned = KINDS["ordering"], points(asked, *given)
    places = kind.placed(asked, given)
    right = [letter for letter, place in zip(order, places, strict=True) if place.is_right]
    if rule == "longest-run":
        assert Fraction(max(0, len(right) - 1), 3) == earned
        assert f"{len(right) or 1} of 4 in a row" == kind.tally(asked, given)
        assert "".join(right) in order
    elif rule == "pairs-in-order":
        said = int(kind.tally(asked, given)[0])
        assert max(0, Fraction(2 * said - 6, 6)) == earned
        assert all(order[0] == "a" for letter in right if letter == "a")
    assert (len(right) == 4) == (earned == 1)
    for place in places:
        assert place.is_right or bool(place.feedback) == (place.given == place.right)


def test_a_learners_rule_is_for_multiple_choice_alone() -> None:
    asked = question(ITEMS)
    given = ordered(asked, "abdc")
    assert grade(asked, given, "coverage").rule == "longest-run"
    assert grade(asked, given, "coverage").points == Fraction(1, 3)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("1a", "Not matched yet: 2, 3."), ("4a", "numbers 1 to 3, letters a to d"),
        ("1e 2a 3a", "'1e' is not possible here"), ("abc", "a number and a letter for each"),
        ("1a 1b 2a 3a", "1 can be matched only once"), ("", "a number and a letter"), ("1", "a number"),
    ],
)  # fmt: skip
def test_pairs_that_are_none(line: str, told: str) -> None:
    asked = question(PAIRS)
    shown = tuple(part.id for part in KINDS["matching"].parts(asked))
    with pytest.raises(BadResponse, match=told):
        KINDS["matching"].parse(asked, shown, line)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ab", "Not placed yet: c, d."), ("abcc", "'c' appears twice"),
        ("abce", "letters a to d in order"), ("1234", "letters a to d"), ("", "letters a to d"),
    ],
)  # fmt: skip
def test_orders_that_are_none(line: str, told: str) -> None:
    asked = question(ITEMS)
    shown = tuple(part.id for part in KINDS["ordering"].parts(asked))
    with pytest.raises(BadResponse, match=told):
        KINDS["ordering"].parse(asked, shown, line)


@pytest.mark.parametrize(
    "line", ["1a 2b 3c", "1a,2b,3c", "3C 2B 1A", "1: a; 2: b; 3: c", "1=a 2-b 3.c"]
)
def test_ways_to_write_pairs(line: str) -> None:
    asked = question(PAIRS)
    shown = tuple(part.id for part in KINDS["matching"].parts(asked))
    given = KINDS["matching"].parse(asked, shown, line).given
    assert KINDS["matching"].line(asked, shown, given) == "1a 2b 3c"


@given(st.integers(0, 2**62), st.data())
def test_lines_and_files_give_the_answer_back(seed: int, data: st.DataObject) -> None:
    """Whatever the order shown: parse undoes line, and read undoes describe."""
    for body, kind in ((PAIRS, KINDS["matching"]), (ITEMS, KINDS["ordering"])):
        opened = bank(body)
        item = Session(opened, seed).items[0]
        asked = item.question
        if kind.name == "ordering":
            given = tuple(data.draw(st.permutations(item.shown)))
        else:
            rights = [data.draw(st.sampled_from(item.shown)) for _ in kind.lefts(asked)]
            given = tuple(
                f"{p['id']}: {r}" for p, r in zip(asked.own["pairs"], rights, strict=True)
            )
        line = kind.line(asked, item.shown, given)
        assert kind.parse(asked, item.shown, line) == Response(given)
        assert kind.parse(asked, item.shown, f"{line}?") == Response(given, guess=True)
        assert kind.read(asked, kind.describe(asked, given)) == (given, [])
        assert 0 <= grade(asked, given).credit <= 1
        assert (grade(asked, given).credit == 1) == (given == kind.key(asked))


def test_an_order_is_told_in_texts_too() -> None:
    """As who has a handout has to, whose ids are digests; those are not what is proposed."""
    kind, asked = KINDS["ordering"], question(ITEMS)
    texts = [item["text"] for item in asked.own["items"]]
    assert kind.read(asked, texts) == (kind.key(asked), [])
    handout = asked._replace(own=kind.without_key(asked.own))
    assert kind.read(handout, texts) == (kind.key(asked), [])
    _, (misread,) = kind.read(handout, [texts[0] + "s", *texts[1:]])
    assert misread.fix == f"did you mean '{texts[0]}'?"
    _, (misread,) = kind.read(handout, texts[:2])
    assert all(text in misread.fix for text in texts)


def test_what_is_shown_gives_nothing_away() -> None:
    """Neither ids nor the order without shuffling say what belongs where."""
    for body in (PAIRS, ITEMS):
        opened = bank(body)
        parts = Session(opened, 1, PRACTICE._replace(shuffle=False)).items[0].options
        still, digests = [part.id for part in parts], [opaque(part.text) for part in parts]
        assert digests == sorted(digests)
        own = opened.questions[0].own
        written = own.get("items", own.get("pairs"))
        assert not {each["id"] for each in written} & set(still)
        shuffled = {Session(opened, seed).items[0].shown for seed in range(40)}
        assert len(shuffled) > 8


def test_the_order_shown_knows_nothing_of_the_key() -> None:
    """Whatever the right order, a seed shows the same one; each is drawn about as often as another,
    the right one too, which could else be told: of two items at once."""
    for body, other in (
        (ITEMS, ITEMS.replace("text: gates", "text: x").replace("text: blend", "text: gates")
         .replace("text: x", "text: blend")),
        (TWO_ITEMS, TWO_ITEMS.replace("text: A", "text: x").replace("text: B", "text: A")
         .replace("text: x", "text: B")),
    ):  # fmt: skip
        one, two = bank(body), bank(other)
        assert one.questions[0].digest != two.questions[0].digest
        for shuffle in (True, False):
            policy = PRACTICE._replace(shuffle=shuffle)
            for seed in range(40):
                shown = [Session(each, seed, policy).items[0].shown for each in (one, two)]
                assert shown[0] == shown[1]
    both = Counter(Session(bank(TWO_ITEMS), seed).items[0].shown for seed in range(200))
    assert len(both) == 2
    assert min(both.values()) > 70


def test_right_ids_of_the_author_give_no_pairs_away() -> None:
    """Pairs written 1, 2, 3 on both sides do not stand so where nothing is shuffled."""
    pairs = ", ".join(f"{{id: p{n}, left: L{n}, right: R{n}, right_id: r{n}}}" for n in range(6))
    opened = bank(f"kind: matching, pairs: [{pairs}]")
    still = Session(opened, 1, PRACTICE._replace(shuffle=False)).items[0].shown
    assert set(still) == {f"r{n}" for n in range(6)}
    assert list(still) != sorted(still)


def test_the_key_is_no_part_of_what_was_asked() -> None:
    """Another order, other partners: what a learner saw is the same."""
    one = question(ITEMS)
    items = ITEMS.replace("text: gates", "text: x").replace("text: blend", "text: gates")
    other = question(items.replace("text: x", "text: blend"))
    assert (one.asked, one.digest != other.digest) == (other.asked, True)
    swapped = PAIRS.replace("right: enters", "right: x").replace("right: stays", "right: enters")
    mixed = question(swapped.replace("right: x", "right: stays"))
    assert (question(PAIRS).asked, question(PAIRS).digest != mixed.digest) == (mixed.asked, True)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("kind: matching, pairs: [{id: a, left: A, right: B}]", "there is only one pair"),
        (TWO.replace("id: b", "id: a"), "the id 'a'"),
        (TWO.replace("left: C", "left: A"), "the left 'A'"),
        (TWO + ", distractors: [B]", "'B' belongs to a pair"),
        (TWO.replace("B}", "B, right_id: x}").replace("D}", "D, right_id: x}"), "the right_id 'x' is that of another"),
        ("kind: matching, pairs: [{id: a, left: A}]", "the pair 'a' has no 'right'"),
        ("kind: matching", "has no 'pairs'"),
        # What looks the same and is not: whoever sees both can but guess.
        (TWO.replace("D}", "B, right_id: x}"), "'B' and 'B' look the same"),
        (TWO.replace("B}", "B, right_id: x}").replace("D}", "B, right_id: y}"), "the same 'right_id' (or none)"),
        (TWO + ", distractors: ['*B*']", "'*B*' and 'B' look the same"),
        ("kind: ordering, items: [{id: a, text: a}, {id: b, text: '*a*'}]", "'*a*' and 'a' look the same — make them differ"),
        ("kind: ordering, items: [{id: a, text: A}]", "there is 1 item"),
        ("kind: ordering, items: [{id: a, text: A}, {id: b, text: A}]", "the text 'A' appears"),
        (ITEMS + ", credit: net-correct", "takes no credit rule 'net-correct'"),
        (CHOICE, "takes no credit rule 'per-pair'"),
    ],
)  # fmt: skip
def test_faults_of_a_bank(body: str, said: str) -> None:
    with pytest.raises(BankError) as error:
        question(body)
    found = [str(fault) for fault in error.value.faults]
    assert any(said in fault for fault in found), found


def test_two_pairs_may_share_a_right_side() -> None:
    asked = question("kind: matching, pairs: [{id: a, left: A, right: yes}, "
                     "{id: b, left: B, right: yes}, {id: c, left: C, right: no}]")  # fmt: skip
    assert len(KINDS["matching"].parts(asked)) == 2
    assert points(asked, *KINDS["matching"].key(asked)) == 1


def test_every_order_earns_by_its_runs() -> None:
    """Against a count by hand over all orders of four."""
    asked = question(ITEMS)
    for order in permutations("abcd"):
        text = "".join(order)
        longest = max(
            (n for n in (4, 3, 2) if any("abcd"[i : i + n] in text for i in range(5 - n))),
            default=1,
        )
        assert points(asked, *ordered(asked, text)) == Fraction(longest - 1, 3)
