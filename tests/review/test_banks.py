"""The cards of a bank by their addresses, and which banks there are."""

from __future__ import annotations

import pytest

from quizcli.bank.read import read_bank
from quizcli.quiz.cards import addresses, cards_of
from quizcli.review.banks import BankCards, Banks

BANK = read_bank(
    b"""\
format: 1
id: b
title: A bank
questions:
  - {id: one, kind: card, front: Front, back: Back, reversed: true}
  - {id: gaps, kind: cloze, text: "A [[x::gap]] and [[y::another]]."}
  - {id: shown, kind: free, prompt: Why?}
  - id: two
    kind: single-choice
    prompt: Which?
    options: [{id: a, text: This, correct: true}, {id: b, text: That}]
""",
    "b.yaml",
)


def test_the_cards_of_a_bank_are_those_of_its_questions():
    cards = BankCards(BANK)
    assert list(cards.values()) == cards_of(BANK)
    assert list(cards) == list(addresses(BANK)) == [card.address for card in cards_of(BANK)]
    assert len(cards) == len(cards_of(BANK)) == 5


@pytest.mark.parametrize(
    "address", ["b/three", "b/one#x", "b/gaps", "b/gaps#z", "b/shown", "a/two", "two", "b", ""]
)
def test_what_is_no_card_of_a_bank_is_not_among_them(address):
    cards = BankCards(BANK)
    assert address not in cards
    assert cards.get(address) is None


def test_a_bank_that_was_just_read_is_not_opened_to_know_that_it_is_there():
    opened = []

    def open_bank(id):
        opened.append(id)
        return BANK if id == "b" else None

    banks = Banks(open_bank, ["a", "b", "c"], read={"a"})
    assert [banks.has(id) for id in ("a", "b", "c")] == [True, True, False]
    assert opened == ["b", "c"]
