"""The two sides of a flashcard: what is asked, and, once it is turned, the answer.

The key line is composed by whoever shows them; each part begins with an empty line and ends with
none. A choice question is a card as well: its options are shown when they are asked for, and its
back gives the reason for each, or, where that is more than a screen, :func:`reasons` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.quiz import cards
from quizcli.quiz.steps import letter
from quizcli.terminal.layout import cells
from quizcli.terminal.right_answer import right_answer
from quizcli.terminal.safe import neutral
from quizcli.terminal.turning import Turning, instruction
from quizcli.terminal.views.feedback import SHORT_NAME, every_reason
from quizcli.terminal.views.lines import THEME, Lines, Page, form_for

if TYPE_CHECKING:
    from quizcli.quiz.cards import Card
    from quizcli.quiz.model import Figure
    from quizcli.quiz.steps import Item
    from quizcli.terminal.notation import Form
    from quizcli.terminal.style import OutputStyle

_SIGN = ((" ", ""), ("✓", "sign right"), (" ", ""))
KEYS = 4  # lines of a screen that are left to the caller's keys


def front(state: Turning, title: str, number: int, total: int, look: OutputStyle) -> Lines:
    """The title of its bank, its number among how many, what is asked, figure; no options."""
    page = _page(state, look)
    page.say(page.own(f"{page.text(title)} · {number} of {total} · card"), "title")
    return [*page.lines, *asked(state, look)]


def asked(state: Turning, look: OutputStyle) -> Lines:
    """What is asked, with its figure, below a title; no options."""
    question = state.card.question
    page = _page(state, look)
    page.prose(cards.front(state.card))
    if question.figure:
        page.blank()
        _figure(page, question.figure)
    if asks := instruction(state.card):
        page.blank()
        page.say(page.own(asks))
    return page.lines


def options(state: Turning, look: OutputStyle) -> Lines:
    """The options with their letters, where the card has any."""
    page = _page(state, look)
    for index, option in enumerate(state.item.options):
        page.entry_prose([(f"   {letter(index)}  ", "accent")], option.text)
    return page.lines


def hint(words: str, state: Turning, look: OutputStyle) -> Lines:
    """One of the question's hints."""
    page = _page(state, look)
    page.entry_prose([(" Hint: ", "accent")], words)
    return page.lines


def back(state: Turning, look: OutputStyle) -> Lines:
    """The answer, why it is right, and where to read on; with the reason for each option and all
    references where the screen has room for them."""
    whole = _back(state, look, everything=True)
    return _back(state, look, everything=False) if shortened(state, look) else whole


def shortened(state: Turning, look: OutputStyle) -> bool:
    """Whether the back leaves something to :func:`reasons`."""
    if not state.card.question.options:
        return False
    return len(_back(state, look, everything=True)) > look.height - KEYS


def reasons(state: Turning, look: OutputStyle) -> Lines:
    """The reason for each option, and where to read on."""
    page = _page(state, look)
    page.lines += every_reason(state.item, look)
    _trim(page)
    _references(page, state.card)
    return page.lines


def _back(state: Turning, look: OutputStyle, *, everything: bool) -> Lines:
    question = state.card.question
    page = _page(state, look)
    if question.options:
        _choice(page, state.item, look, everything=everything)
    else:
        _other_side(page, state.card)
    if question.explanation:
        page.blank()
        page.prose(question.explanation, lead="Why: ")
    if everything:
        _references(page, state.card)
    return page.lines


def form_of(card: Card, look: OutputStyle) -> Form:
    """How formulas are written on all cards of a question: siblings look alike."""
    siblings = cards.cards_in(card.bank, card.question)
    sides = [side(each) for each in siblings for side in (cards.front, cards.back)]
    return form_for(card.question._replace(hints=(*card.question.hints, *sides)), look)


def _page(state: Turning, look: OutputStyle) -> Page:
    page = Page(look, form_of(state.card, look))
    page.lines.append(Text(""))
    return page


def _references(page: Page, card: Card) -> None:
    if card.question.references:
        page.blank()
    for reference in card.question.references:
        page.say("See: " + page.text(reference), "quiet", hang="   ")


def _trim(page: Page) -> None:
    while page.lines and not page.lines[-1].plain:
        page.lines.pop()


def _figure(page: Page, figure: Figure) -> None:
    drawn = [f" {neutral(line)}" for line in figure.text.splitlines()]
    if page.look.unicode and max(map(cells, drawn)) < page.width:
        page.lines += [Text(line) for line in drawn]
    else:
        page.say(page.text(figure.alt))


def _choice(page: Page, item: Item, look: OutputStyle, *, everything: bool) -> None:
    page.entry([*_SIGN], right_answer(item, page.text, SHORT_NAME), "right")
    page.blank()
    page.lines += every_reason(item, look, right_alone=not everything)
    _trim(page)


def _other_side(page: Page, card: Card) -> None:
    first = len(page.lines)
    page.entry_prose([*_SIGN], cards.back(card))
    if card.gap:
        bare = Page(page.look, page.form)
        bare.entry_prose([*_SIGN], cards.back(card._replace(gap="")))
        shown = page.lines[first:]
        _colour(shown, *_brackets(_letters(shown), _letters(bare.lines)))


def _letters(lines: Lines) -> str:
    """What stands behind the sign, without blanks: those alone are moved by wrapping."""
    return "".join("".join(line.plain.split()) for line in lines)[1:]


def _brackets(shown: str, bare: str) -> tuple[int, int]:
    """Where the answer with its brackets stands in ``shown``: where ``bare`` has none of them."""
    start = _alike(shown, bare)
    end = len(shown) - _alike(shown[start:][::-1], bare[start:][::-1])
    # An answer that ends in a bracket itself.
    while shown[end : end + 1] == "]" and shown.count("[", start, end) > shown.count(
        "]", start, end
    ):
        end += 1
    return start, end


def _alike(one: str, other: str) -> int:
    """How many letters two texts have in common from the start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _colour(lines: Lines, start: int, end: int) -> None:
    """Colour the letters from ``start`` to ``end``, not counting the sign before the answer."""
    place = -1
    for line in lines:
        columns = []
        for column, sign in enumerate(line.plain):
            if not sign.isspace():
                columns += [column] if start <= place < end else []
                place += 1
        if columns:
            line.stylize(THEME["right"], columns[0], columns[-1] + 1)
