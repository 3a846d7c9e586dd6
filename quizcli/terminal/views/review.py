"""The screens of a review: which card and why today, what to press, when it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.terminal.notation import Form
from quizcli.terminal.recall import RATINGS, About, back, done, short, why
from quizcli.terminal.views.lines import Lines, Page, form_for
from quizcli.terminal.views.question import answer_keys, as_typed, prompt, spent_hints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.terminal.style import OutputStyle
    from quizcli.terminal.views.asking import Asking

PUT_ASIDE = [("-", "bury"), ("@", "suspend")]


def head(state: Asking, about: About, look: OutputStyle) -> Lines:
    """The card's title line, why it is asked, and the question."""
    page = Page(look, form_for(state.item.question, look))
    heading(page, about)
    page.blank()
    prompt(page, state.item.question)
    spent = spent_hints(state, look)
    return [*page.lines, *([Text(""), *spent] if spent else [])]


def heading(page: Page, about: About) -> None:
    """The title line, and why this card is asked today."""
    page.lines.append(Text(""))  # what comes is new
    title = f"{page.text(about.title)} · {about.verb}"
    page.sides(title, about.left, "title")
    page.say(page.own(why(about)), "quiet")


def footer(state: Asking, about: About, look: OutputStyle) -> Lines:
    """What was done so far, and the keys that are valid before an answer."""
    page = Page(look, form_for(state.item.question, look))
    if state.message:
        page.say(page.own(state.message), "partly")
    page.say(page.own(done(about)), "quiet")
    keys = answer_keys(state)
    if state.session.has_hint(state.item):
        keys.append(("?", "hint"))
    page.keys(as_typed([*keys, *aside(about)], state))
    return page.lines


def aside(about: About) -> list[tuple[str, str]]:
    """The keys that take back, put a card aside, and leave."""
    undo = [("⌫", "undo")] if about.can_undo else []
    undo += [("U", "redo")] if about.can_redo else []
    return [("Tab", "skip"), *undo, *PUT_ASIDE, ("Esc", "leave")]


def rating(given: int, outlook: Mapping[int, int], *, look: OutputStyle, note: str = "") -> Lines:
    """A rating, and when it brings the card back."""
    page = Page(look, Form.UNICODE if look.unicode else Form.SPOKEN)
    page.say(page.own(f"{back(given, outlook[given])} {note}".rstrip()), "title")
    return page.lines


def rating_keys(proposed: int | None, outlook: Mapping[int, int]) -> list[tuple[str, str]]:
    """The keys that rate, each with the interval it leads to."""
    keys = [("Enter", "accept")] if proposed is not None else []
    return keys + [
        (str(n), f"{word.capitalize()} ({short(outlook[n])})") for n, word in RATINGS.items()
    ]
