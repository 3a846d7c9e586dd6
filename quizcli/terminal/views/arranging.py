"""Pairs and orders on the screen: what stands where, and after the answer what belongs there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.steps import letter

if TYPE_CHECKING:
    from quizcli.quiz.kinds.base import Placed
    from quizcli.quiz.responses import Response
    from quizcli.quiz.steps import Item
    from quizcli.terminal.views.asking import Asking
    from quizcli.terminal.views.lines import Page


def arranged(page: Page, state: Asking, *, final: bool = False) -> None:
    """The parts in their places, with the cursor; of pairs the letters that may be given below."""
    item = state.item
    if item.kind.form == "order":
        texts = {option.id: option.text for option in item.options}
        for place, id in enumerate(state.placed or item.shown):
            page.entry_prose(_lead(state, place, item.letter(id), final=final), texts[id])
        return
    for place, left in enumerate(item.kind.lefts(item.question)):
        partner = state.placed[place] if state.placed else ""
        sign = item.letter(partner) if partner else "–"
        page.entry_prose(_lead(state, place, sign, final=final), left.text)
    page.blank()
    for index, option in enumerate(item.options):
        page.entry_prose([("     ", ""), (letter(index), "accent"), ("  ", "")], option.text)


def _lead(state: Asking, place: int, sign: str, *, final: bool) -> list[tuple[str, str]]:
    here = state.cursor == place and not final
    pointer = ("◆" if state.held else "▸") if here else " "
    return [(f" {pointer} ", "accent"), (f"{place + 1} ", "quiet"),
            (sign, "here" if here else "accent"), ("  ", "")]  # fmt: skip


def in_short(page: Page, state: Asking) -> None:
    """What stands where in a line, if the parts are too tall to be redrawn."""
    item = state.item
    signs = [item.letter(id) if id else "–" for id in state.placed]
    if item.kind.form == "pairs":
        signs = [f"{place}{sign}" for place, sign in enumerate(signs, 1)]
    if state.cursor is not None and state.cursor < len(signs):
        signs[state.cursor] = f"▸{signs[state.cursor]}"
    page.say(page.own(" ".join(signs) or "–"))


def at_cursor(state: Asking) -> tuple[str, str]:
    """What the cursor is on, with its number or letter: an option, or what stands at a place."""
    item, cursor = state.item, state.cursor or 0
    if item.kind.form == "pairs":
        return str(cursor + 1), item.kind.lefts(item.question)[cursor].text
    if item.kind.form == "order":
        id = (state.placed or item.shown)[cursor]
        return item.letter(id), next(each.text for each in item.options if each.id == id)
    return letter(cursor), item.options[cursor].text


def outcome(page: Page, item: Item, response: Response) -> None:
    """Each place with what was put there, whether it is right, and why; what would have been right
    stands apart, below a wrong pair or the whole order."""
    places = item.kind.placed(item.question, response.given)
    is_order = item.kind.form == "order"
    for place in places if response.given or not is_order else ():
        wrong = ("✗", "sign wrong") if place.given else ("–", "sign quiet")
        sign, style = ("✓", "sign right") if place.is_right else wrong
        page.entry_prose([("   ", ""), (sign, style), *_label(page, place)], place.given)
        if not place.is_right and not is_order:
            page.prose(place.right, lead="Right: ", indent="       ", hang="              ")
        if place.reason:
            page.prose(place.reason, indent="       ")
    if is_order and any(place.given != place.right for place in places):
        page.blank()
        page.say("In the right order:")
        for place in places:
            page.entry_prose([("    ", ""), *_label(page, place)], place.right)


def _label(page: Page, place: Placed) -> list[tuple[str, str]]:
    label = " ".join(page.text(place.label).split())
    return [(f" {label}  ", "")]
