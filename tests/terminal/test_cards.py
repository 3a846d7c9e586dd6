"""Both sides of every sort of card at 80 and 40 columns, in Unicode, ASCII, colour and lines.

The files ``golden/cards-*.txt`` are to be read: ``pytest --update-golden`` writes them anew.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizcli.bank.shelf import load_bank
from quizcli.quiz.cards import Card, cards_of
from quizcli.quiz.drawing import draw, drawn, usual
from quizcli.quiz.model import Option, Question
from quizcli.quiz.steps import Item
from quizcli.terminal import plain_card
from quizcli.terminal.canvas import ansi
from quizcli.terminal.layout import cells
from quizcli.terminal.style import OutputStyle
from quizcli.terminal.views import card as view
from quizcli.terminal.views.lines import THEME
from tests.support.bank_files import RNN
from tests.support.samples import sample_bank
from tests.terminal.test_screens import sections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quizcli.terminal.views.lines import Lines

    Head = tuple[str, int, int]  # the title of a bank, a card's number among how many

GOLDEN = Path(__file__).with_name("golden")
DECK = Path(__file__).parent.parent / "fixtures" / "cards.yaml"
KINDS = DECK.with_name("kinds.yaml")
SIZES = {"80": (80, 24), "40": (40, 12)}


def turned(card: Card, options: tuple[Option, ...] = ()) -> view.Turning:
    """A card with its options in this order, else in the bank's."""
    return view.Turning(card, Item(card.question, options or card.question.options))


@cache
def turnings() -> tuple[tuple[view.Turning, Head], ...]:
    """Cards, gaps, and the choices of the sample bank with their options turned about."""
    deck, sample = load_bank(DECK), sample_bank()
    found = [(card, deck.title) for card in cards_of(deck)]
    found += [(card, sample.title) for card in cards_of(sample)]
    return tuple(
        (turned(card, card.question.options[::-1]), (title, number, len(found)))
        for number, (card, title) in enumerate(found, 1)
    )


def screen(state: view.Turning, head: Head, look: OutputStyle) -> Lines:
    """A card as it has been seen when it was turned: front, hints, options, back."""
    lines = view.front(state, *head, look)
    for hint in state.card.question.hints:
        lines += view.hint(hint, state, look)
    if state.card.question.options:
        lines += view.options(state, look)
    lines += view.back(state, look)
    return [*lines, *view.reasons(state, look)] if view.shortened(state, look) else lines


def shown(lines: Lines) -> str:
    return "\n".join(line.plain for line in lines)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("letters", ["unicode", "ascii"])
def test_cards_on_a_screen(golden: Callable[[Path, str], None], size: str, letters: str) -> None:
    """No line is wider than the window, or ends in blanks."""
    look = OutputStyle(*SIZES[size], unicode=letters == "unicode")
    parts = {state.card.address: shown(screen(state, head, look)) for state, head in turnings()}
    for address, text in parts.items():
        for line in text.split("\n"):
            assert cells(line) < look.width, address
            assert line == line.rstrip(), address
        assert look.unicode or text.isascii(), address
        assert "\n\n\n" not in text, address
    golden(GOLDEN / f"cards-{size}-{letters}.txt", sections(parts))


@pytest.mark.parametrize("width", [80, 40])
def test_cards_in_lines(golden: Callable[[Path, str], None], width: int) -> None:
    parts = {}
    for state, head in turnings():
        lines = plain_card.front(state, *head, width)
        for hint in state.card.question.hints:
            lines += plain_card.hint(hint, width)
        lines += [*plain_card.options(state, width), *plain_card.back(state, width)]
        assert max(map(cells, lines)) <= width
        parts[state.card.address] = "\n".join(lines)
        assert parts[state.card.address].isascii()
    golden(GOLDEN / f"cards-{width}-plain.txt", sections(parts))


def test_an_answer_is_said_once_in_lines() -> None:
    """Of what is typed or arranged as well, which has no reasons for its options."""
    bank = load_bank(KINDS)
    backs = {card.question.id: plain_card.back(turned(card), 80) for card in cards_of(bank)}
    assert backs["width"] == ["Answer: 100"]
    assert backs["step"] == ["Answer:", "1. the gates", "2. the candidate", "3. the blend"]
    assert " ".join(backs["parts"]).count("how much of the memory stays") == 1


def test_cards_in_colour(golden: Callable[[Path, str], None]) -> None:
    """ESC is shown as ␛. The words are those of the screen without colour."""
    bright, grey = OutputStyle(80, 24, colour=True), OutputStyle(80, 24)
    parts = {}
    for state, head in turnings():
        lines = screen(state, head, bright)
        assert shown(lines) == shown(screen(state, head, grey))
        parts[state.card.address] = ansi(lines, bright).replace("\x1b", "␛").rstrip("\n")
    golden(GOLDEN / "cards-80-colour.txt", sections(parts))


def sides(state: view.Turning, head: Head, look: OutputStyle) -> Iterator[Lines]:
    yield view.front(state, *head, look)
    yield view.back(state, look)


def draws(question: Question, bank: str) -> list[Question]:
    """Some of the forms in which a question comes."""
    return [drawn(question, draw(question, seed, bank)) for seed in range(5)]


@pytest.mark.parametrize("bank", [RNN, DECK], ids=lambda path: path.stem)
def test_each_side_fits_a_screen_with_room_for_the_keys(bank: Path) -> None:
    """At 80 × 24; what a back leaves out is offered by itself."""
    look = OutputStyle(80, 24)
    loaded = load_bank(bank)
    found = [
        card._replace(question=question)
        for card in cards_of(loaded)
        for question in (usual(card.question), *draws(card.question, loaded.id))
    ]
    for number, card in enumerate(found, 1):
        state = turned(card)
        for lines in sides(state, (loaded.title, number, len(found)), look):
            assert len(lines) < look.height, card.address
        reasons = shown(view.reasons(state, look))
        whole = shown(view.back(state, OutputStyle(80, 100)))
        for option in card.question.options:
            assert f"{state.item.letter(option.id)}  " in reasons
            assert f"{state.item.letter(option.id)}  " in whole
        assert not view.shortened(state, OutputStyle(80, 100))


def test_letters_on_the_back_are_those_of_the_options_shown() -> None:
    """The back of a shortened card as well, where the right option stands alone."""
    options = (Option("x", "one", feedback="No. " * 200), Option("y", "two", correct=True))
    question = Question("q", "single-choice", "Which?", options)
    state = turned(Card("b/q", "b", question), options[::-1])
    look = OutputStyle(80, 12)
    assert view.shortened(state, look)
    back = shown(view.back(state, look))
    assert "The answer is a, two." in back
    assert "a  two" in back
    assert "b  one" not in back
    assert "b  one" in shown(view.reasons(state, look))


def marked(text: str, gap: str, look: OutputStyle) -> str:
    """The letters that stand out on the back of a gap."""
    card = Card(f"b/q#{gap}", "b", Question("q", "cloze", text), gap)
    lines = view.back(turned(card), look)
    found = [
        line.plain[span.start : span.end]
        for line in lines
        for span in line.spans
        if str(span.style) == THEME["right"]
    ]
    return " ".join(found)


@pytest.mark.parametrize(
    ("text", "gap", "expected"),
    [
        ("The [[a::first]] one.", "a", "[first]"),
        ("[[a::first]]", "a", "[first]"),
        ("x[0] and [[a|x[1]::x[2]]] of x[3]", "a", "[x[2]]"),
        ("[[a::one]] [[b::one]] [[c::one]]", "b", "[one]"),
        (r"$c = [[a|the gate::\Gamma_f * c^{<t-1>}]]$.", "a", "[Γ_f * c^<t−1>]"),
        ("The [[a|the same::the same]] twice", "a", "[the same]"),
        ("Much " * 14 + "[[a::that is broken over lines and goes on]]", "a", "[that is broken over lines and goes on]"),
    ],
)  # fmt: skip
def test_the_answer_of_a_gap_is_marked_and_nothing_else(text, gap, expected) -> None:
    """With its brackets, also over the end of a line."""
    assert marked(text, gap, OutputStyle(80)) == expected
    assert marked(text, gap, OutputStyle(30)) == expected


def test_hostile_texts_are_harmless_on_both_sides() -> None:
    """Escapes, markup and a flood, in whatever place of a card they stand."""
    evil = "\x1b[2J\u202e[bold]x[/bold]" + "y" * 200
    options = (Option("a", evil, True, evil, evil), Option("b", evil + "z", False, evil))
    for question in (
        Question("q", "card", evil, title=evil, hints=(evil,), explanation=evil, back=evil),
        Question("q", "cloze", f"{evil} [[g|{evil}::{evil}]]", references=(evil,)),
        Question("q", "single-choice", evil, options),
    ):
        gap = "g" if question.kind == "cloze" else ""
        state, head = turned(Card("b/q", "b", question, gap)), (evil, 1, 1)
        for look in (OutputStyle(80), OutputStyle(40, 12), OutputStyle(80, colour=True)):
            text = shown([*screen(state, head, look), *view.reasons(state, look)])
            assert not {"\x1b", "\u202e"} & set(text)
            assert "[bold]x[/bold]" in text
            assert max(map(cells, text.split("\n"))) < look.width
        lines = [*plain_card.front(state, *head, 40), *plain_card.options(state, 40)]
        lines += [*plain_card.hint(evil, 40), *plain_card.back(state, 40)]
        assert not {"\x1b", "\u202e"} & set("".join(lines))
        assert max(map(cells, lines)) <= 40
