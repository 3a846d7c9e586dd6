"""The screens of a review: which card and why today, what to press, when it comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.quiz.kinds import KINDS
from quizcli.quiz.session import letter
from quizcli.report.words import counted
from quizcli.terminal.notation import Form
from quizcli.terminal.plain import duration
from quizcli.terminal.views.lines import Lines, Page, form_for
from quizcli.terminal.views.question import prompt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.terminal.look import Look
    from quizcli.terminal.views.question import Asking

RATINGS = {1: "again", 2: "hard", 3: "good", 4: "easy"}


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the card that is asked.

    ``recall`` is the probability from 0 to 1 that it is remembered now and ``stability`` in days,
    None for a card that is new; ``ago`` are the days since it was last seen. ``after`` cards are
    due behind it; ``reviewed`` and ``recalled`` count this session's. ``practice`` says that
    nothing is written down, and why; ``can_undo`` that there is something to take back.
    """

    title: str
    seed: int
    after: int = 0
    reviewed: int = 0
    recalled: int = 0
    recall: float | None = None
    ago: int = 0
    stability: float = 0.0
    practice: str = ""
    can_undo: bool = False


def why(about: About) -> str:
    """Why this card, why today: one line."""
    if about.recall is None:
        seen = "New: asked for the first time."
    else:
        seen = (
            f"Still known with {100 * about.recall:.0f} % probability; last seen "
            f"{days_ago(about.ago)}; stability {days(about.stability)}."
        )
    return f"{about.practice} {seen}" if about.practice else seen


def days_ago(n: int) -> str:
    """``today``, ``yesterday``, ``5 days ago``."""
    return {0: "today", 1: "yesterday"}.get(n, f"{n} days ago")


def days(n: float) -> str:
    """A length of time in the largest unit that keeps it readable: ``6.2 days``, ``1.4 years``."""
    if n < 10:
        text = f"{n:.1f}".removesuffix(".0")
        return f"{text} day{'' if text == '1' else 's'}"
    if n < 100:
        return f"{n:.0f} days"
    if n < 730:
        return f"{n / 30.44:.0f} months"
    return f"{n / 365.25:.1f} years"


def short(n: int) -> str:
    """An interval for the key line: ``5 d``, ``3 mo``, ``1.4 y``."""
    if n < 100:
        return f"{n} d"
    return f"{n / 30.44:.0f} mo" if n < 730 else f"{n / 365.25:.1f} y"


def head(state: Asking, about: About, look: Look) -> Lines:
    """The card's title line, why it is asked, and the question."""
    page = Page(look, form_for(state.item.question, look))
    heading(page, about)
    page.blank()
    prompt(page, state.item.question)
    return page.lines


def heading(page: Page, about: About) -> None:
    """The title line, and why this card is asked today."""
    page.lines.append(Text(""))  # what comes is new
    left = f"{about.after} more due · " if about.after else ""
    page.sides(f"{page.text(about.title)} · review", f"{left}seed {about.seed}", "title")
    page.say(page.own(why(about)), "quiet")


def footer(state: Asking, about: About, look: Look) -> Lines:
    """What was done so far, and the keys that are valid before an answer."""
    page = Page(look, form_for(state.item.question, look))
    if state.message:
        page.say(page.own(state.message), "partly")
    page.say(page.own(done(about)), "quiet")
    last = letter(len(state.item.options) - 1)
    if KINDS[state.item.question.kind].several:
        keys = [(f"a–{last}", "tick"), ("Enter", "answer")]
        keys.append(("~", "no guess" if state.guess else "a guess"))
    else:
        keys = [(f"a–{last}", "answer"), (f"A–{last.upper()}", "a guess")]
    if state.session.hints.get(state.item.question.id, 0) < len(state.item.question.hints):
        keys.append(("?", "hint"))
    page.keys([*keys, *aside(can_undo=about.can_undo)])
    return page.lines


def aside(*, can_undo: bool) -> list[tuple[str, str]]:
    """The keys that put a card aside, and leave."""
    undo = [("⌫", "undo")] if can_undo else []
    return [*undo, ("-", "not today"), ("@", "suspend"), ("Esc", "leave")]


def done(about: About) -> str:
    """``3 reviewed · 2 recalled``."""
    if not about.reviewed:
        return "None reviewed yet"
    return f"{about.reviewed} reviewed · {about.recalled} recalled"


def rating(proposed: int, outlook: Mapping[int, int], *, look: Look, why_again: str = "") -> Lines:
    """The rating that is proposed, and when each rating brings the card back."""
    page = Page(look, Form.UNICODE if look.unicode else Form.SPOKEN)
    back = "tomorrow" if outlook[proposed] == 1 else f"in {days(outlook[proposed])}"
    words = f"{RATINGS[proposed].capitalize()}: it comes back {back}."
    page.say(page.own(f"{words} {why_again}".rstrip()), "title")
    return page.lines


def rating_keys(proposed: int | None, outlook: Mapping[int, int]) -> list[tuple[str, str]]:
    """The keys that rate, each with the interval it leads to."""
    keys = [("Enter", f"{RATINGS[proposed]}")] if proposed is not None else []
    return keys + [(str(n), f"{word} {short(outlook[n])}") for n, word in RATINGS.items()]


@dataclass(frozen=True, slots=True)
class Ended:
    """What a session came to. ``coming`` are (days from today, cards) of the next day on which
    something is due; ``left`` are due still."""

    reviewed: int
    recalled: int
    practised: int
    seconds: float
    left: int = 0
    coming: tuple[int, int] | None = None


def ending(ended: Ended) -> list[str]:
    """The end of a session in sentences; the last is what to type next."""
    if ended.reviewed:
        what = f"{counted(ended.reviewed, 'review')}, {ended.recalled} recalled"
        lines = [f"{what}, in {duration(ended.seconds)}."]
    elif ended.practised:
        lines = []
    else:
        lines = ["Nothing is due." if not ended.left else "Nothing was reviewed."]
    if ended.practised:
        lines.append(f"{counted(ended.practised, 'card')} practised, and not written down.")
    if ended.left:
        lines.append(f"{counted(ended.left, 'card')} still due: quizcli review")
    elif ended.coming is not None:
        when, n = ended.coming
        day = "tomorrow" if when == 1 else f"in {counted(when, 'day')}"
        lines.append(f"Next: {counted(n, 'card')} {day}.")
    return lines
