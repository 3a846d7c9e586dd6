"""One question at a terminal: keys until it is answered, skipped or left.

Before an answer, letters and digits only choose, and commands are keys that are no letters.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.quiz.grading import Response
from quizcli.quiz.session import SessionError
from quizcli.terminal.views import question as views

if TYPE_CHECKING:
    from quizcli.play.console import KeyConsole
    from quizcli.quiz.session import Item
    from quizcli.terminal.views.lines import Lines

# Seconds before the end of a time limit at which a word is said.
WARNINGS = (300, 60)


class Asking:
    """Asks one question after another at a desk."""

    def __init__(self, desk: KeyConsole) -> None:
        self.desk = desk
        self._thinking = 0.0
        self._warned: set[int] = set()
        self._whole = True  # whether the options are in the live part

    def ask(self, item: Item) -> bool:
        """Draw a question and take keys until it is left; True when it was answered."""
        given = self.desk.session.answers.get(item.question.id)
        state = views.Asking(self.desk.session, item)
        if given is not None:
            letters = ", ".join(sorted(item.letter(id) for id in given.response.chosen))
            guess = " (a guess)" if given.response.guess else ""
            state = replace(
                state,
                cursor=None if state.several else item.shown.index(min(given.response.chosen)),
                ticked=given.response.chosen if state.several else frozenset(),
                guess=given.response.guess,
                message=f"Your answer so far: {letters}{guess}",
            )
        self.desk.keyboard.drop()
        self._thinking = self.desk.env.clock.ticks()
        state = self.fresh(state)
        self._draw_anew(state)
        while True:
            key = self.desk.key()
            if key == "resize":
                self.desk.settle()
                self._draw_anew(state)
                continue
            if key != "":
                state = replace(state, message="")
            done, state = self._pressed(key, state)
            if done is not None:
                return done
            state = self.fresh(state)
            self._draw(state)

    def _pressed(self, key: str, state: views.Asking) -> tuple[bool | None, views.Asking]:
        """What a key does: (True answered, False left unanswered, None stay), new state."""
        options = state.item.options
        index = choice(key, len(options))
        if index is not None and state.several:
            return None, replace(state, ticked=state.ticked ^ {options[index].id}, cursor=index)
        if index is not None:
            return self._answer(state, frozenset({options[index].id}), guess=key.isupper())
        match key:
            case "up" | "down" | "left" | "right":
                step = -1 if key in {"up", "left"} else 1
                start = state.cursor if state.cursor is not None else (-1 if step > 0 else 0)
                moved = replace(state, cursor=(start + step) % len(options))
                # A guess belongs to the option that was guessed.
                return None, moved if state.several else replace(moved, guess=False)
            case " " if state.cursor is not None:
                toggled = state.ticked ^ {options[state.cursor].id}
                return None, replace(state, ticked=toggled) if state.several else state
            case "~" if state.several:
                said = "No longer a guess." if state.guess else "Marked as a guess."
                return None, replace(state, guess=not state.guess, message=said)
            case "enter":
                return self._enter(state)
        return self._command(key, state)

    def _command(self, key: str, state: views.Asking) -> tuple[bool | None, views.Asking]:
        """What a key does that chooses nothing."""
        match key:
            case "tab":
                self._keep(views.options(state, self.desk.canvas.look))
                self.desk.session.skip()
                self.desk.save()
                return False, state
            case "backspace" | "delete":
                return self._back(state)
            case "?":
                return None, self._hint(state)
            case "!":
                flagged = self.desk.session.flag()
                self.desk.save()
                return None, replace(state, message="Flagged." if flagged else "No longer flagged.")
            case "esc" | "eof":
                options = spaced(views.options(state, self.desk.canvas.look))
                self.desk.leave(options if self._whole else None)
            case _ if len(key) == 1:
                return None, replace(state, message=f"'{key}' does nothing here.")
        return None, state

    def _enter(self, state: views.Asking) -> tuple[bool | None, views.Asking]:
        if state.several:
            if state.ticked:
                return self._answer(state, state.ticked, guess=state.guess)
            return None, replace(state, message="Tick something first, or press Tab to skip.")
        if state.cursor is not None:
            chosen = frozenset({state.item.options[state.cursor].id})
            return self._answer(state, chosen, guess=state.guess)
        return None, replace(state, message="Choose with a letter, or with ↑ ↓ and Enter.")

    def _answer(
        self, state: views.Asking, chosen: frozenset[str], *, guess: bool
    ) -> tuple[bool, views.Asking]:
        seconds = round(self.desk.env.clock.ticks() - self._thinking, 3)
        question = state.item.question.id
        self.desk.session.answer(Response(chosen, guess), seconds)
        # Committed before anything is drawn of it.
        self.desk.save()
        self.desk.times[question] = self.desk.times.get(question, 0) + seconds
        state = replace(state, ticked=chosen)
        self._keep(views.options(state, self.desk.canvas.look, final=True))
        return True, state

    def _back(self, state: views.Asking) -> tuple[bool | None, views.Asking]:
        try:
            self.desk.session.back()
        except SessionError:
            return None, replace(state, message="This is the first question.")
        self.desk.save()
        self._keep(views.options(state, self.desk.canvas.look))
        return False, state

    def _hint(self, state: views.Asking) -> views.Asking:
        try:
            hint = self.desk.session.hint()
        except SessionError:
            return replace(state, message="An exam gives no hints.")
        if hint is None:
            return replace(state, message="There is no further hint.")
        self.desk.save()
        lines = views.hint(hint, state, self.desk.canvas.look)
        first = self.desk.session.hints[state.item.question.id] == 1
        if self._whole and first:  # apart from the prompt, as options are that stand above it
            lines = [Text(""), *lines]
        self.desk.canvas.say(lines if self._whole else [*lines, Text("")])
        return state

    def fresh(self, state: views.Asking) -> views.Asking:
        """The state with the time as it is now."""
        remaining = None
        message = state.message
        if self.desk.deadline is not None:
            remaining = self.desk.remaining()
            limit = self.desk.session.policy.limit or 0
            for seconds in WARNINGS:
                if remaining <= seconds < limit and seconds not in self._warned:
                    self._warned.add(seconds)
                    message = f"{seconds // 60} min left."
        return replace(state, elapsed=self.desk.elapsed(), remaining=remaining, message=message)

    def _draw_anew(self, state: views.Asking) -> None:
        """The question, as wide as the window is now."""
        self._whole = True
        self.desk.canvas.say(self._head(state))
        self._draw(state)

    def _draw(self, state: views.Asking) -> None:
        """The live part. Options that it has no room for are said once, above it, and stay."""
        look = self.desk.canvas.look
        footer = self._footer(state)
        options = spaced(views.options(state, look))
        if self._whole and not self.desk.canvas.fits([*options, *footer]):
            self._whole = False
            self.desk.canvas.say(options)
        above = options if self._whole else views.cursor_line(state, look)
        self.desk.canvas.live([*above, *footer])

    def _head(self, state: views.Asking) -> Lines:
        return views.head(state, self.desk.canvas.look)

    def _footer(self, state: views.Asking) -> Lines:
        return views.footer(state, self.desk.canvas.look)

    def _keep(self, options: Lines) -> None:
        """Leave the options in the scrollback, unless they stand there already."""
        self.desk.canvas.live([])
        if self._whole:
            self.desk.canvas.say(spaced(options))


def spaced(lines: Lines) -> Lines:
    """Lines with an empty one above and below."""
    return [Text(""), *lines, Text("")]


def choice(key: str, n: int) -> int | None:
    """The index of the option that a letter or digit chooses."""
    if len(key) != 1 or not key.isascii() or not key.isalnum():
        return None
    index = int(key) - 1 if key.isdecimal() else ord(key.lower()) - ord("a")
    return index if 0 <= index < n else None
