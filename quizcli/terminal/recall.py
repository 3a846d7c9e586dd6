"""The words of a review, on a screen and in lines alike: why a card is asked, when it comes back,
what a session came to. Nothing here imports the drawing library."""

from __future__ import annotations

from dataclasses import dataclass

from quizcli.report.words import counted
from quizcli.terminal.plain import duration

RATINGS = {1: "again", 2: "hard", 3: "good", 4: "easy"}


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the card that is asked.

    ``recall`` is the probability from 0 to 1 that it is remembered now and ``stability`` in days,
    None for a card that is new; ``ago`` are the days since it was last seen. ``after`` cards come
    behind it; ``reviewed`` and ``recalled`` count this session's. ``practice`` says that
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
    verb: str = "review"


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


def done(about: About) -> str:
    """``3 reviewed · 2 recalled``."""
    if not about.reviewed:
        return "None reviewed yet"
    return f"{about.reviewed} reviewed · {about.recalled} recalled"


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
