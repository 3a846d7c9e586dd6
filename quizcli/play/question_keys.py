"""One question at a terminal: keys until it is answered or left, in a quiz and in a review.

Before an answer, letters and digits only choose, and commands are keys that are no letters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.play import arranging_keys as arranging
from quizcli.play.console import spaced
from quizcli.play.line_editor import EditedLine
from quizcli.quiz.grading import BadResponse, Response
from quizcli.quiz.kinds.choice import is_guess, option_index
from quizcli.terminal.views import question as views
from quizcli.terminal.views.asking import answered

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.play.console import KeyConsole
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Item
    from quizcli.terminal.views.asking import Asking
    from quizcli.terminal.views.lines import Lines

    # True: answered, False: left without an answer, None: still asked; and what is shown then.
    Outcome = tuple[bool | None, Asking]

UNSENT = "The answer in front of you has not been entered and would be lost."
_NAMED = {"up": "↑", "left": "←", "tab": "Tab"}
_GO_BACK = {"typed": "up", "pairs": "left", "order": "left"}


class QuestionKeys:
    """Asks one question after another.

    What an answer or a command does is the activity's: :meth:`answer`, :meth:`command`. Of its
    ``commands`` these are signs that could be typed as well.
    """

    commands = frozenset({"?"})

    def __init__(self, console: KeyConsole, session: Session) -> None:
        self.console = console
        self.session = session
        self.whole = True  # whether the options are in the live part

    def answer(self, response: Response) -> None:
        """Take an answer. Raises BadResponse, JournalError."""
        raise NotImplementedError

    def command(self, key: str, state: Asking) -> Outcome:
        """What a key does that chooses nothing."""
        raise NotImplementedError

    def drawn(self) -> None:
        """The question is about to be drawn."""

    def ask(self, item: Item) -> bool:
        """Draw a question and take keys until it is left; True when it was answered."""
        state = self.fresh(self._begun(item))
        self.console.keyboard.drop()
        self.drawn()
        self._draw_anew(state)
        while True:
            key = self.console.key()
            if key == "resize":
                self.console.settle()
                self._draw_anew(state)
                continue
            if key != "":
                warned = key if key == state.warned else ""
                state = state._replace(message="", warned=warned)
            done, state = self._pressed(key, state)
            if done is not None:
                return done
            state = self.fresh(state)
            self._draw(state)

    def _begun(self, item: Item) -> Asking:
        """How the question looks at first: with the answer that it has and that may change."""
        given = self.session.answers.get(item.question.id)
        state = answered(self.session, item, given.response if given else Response.of())
        if not item.kind.chooses:
            at_first = 0 if item.kind.form == "pairs" else None
            return state._replace(at=len(state.typed), cursor=at_first)
        if given is None:
            return state
        chosen = given.response.chosen
        letters = ", ".join(sorted(item.letter(id) for id in chosen))
        guess = " (a guess)" if state.guess else ""
        return state._replace(
            cursor=None if state.several else item.shown.index(min(chosen)),
            ticked=chosen if state.several else frozenset(),
            message=f"Your answer so far: {letters}{guess}",
        )

    def _pressed(self, key: str, state: Asking) -> Outcome:
        if not state.item.kind.chooses:
            return self._edited(key, state)
        options = state.item.options
        index = option_index(key, len(options))
        if index is not None and state.several:
            # A capital ticks like any letter: of several ticks the guess is said once, by ~.
            return None, state._replace(ticked=state.ticked ^ {options[index].id}, cursor=index)
        if index is not None:
            return self._answered(state, frozenset({options[index].id}), guess=is_guess(key))
        match key:
            case "up" | "down" | "left" | "right":
                step = -1 if key in {"up", "left"} else 1
                start = state.cursor if state.cursor is not None else (-1 if step > 0 else 0)
                moved = state._replace(cursor=(start + step) % len(options))
                # A guess belongs to the option that was guessed.
                return None, moved if state.several else moved._replace(guess=False)
            case " " if state.cursor is not None:
                toggled = state.ticked ^ {options[state.cursor].id}
                return None, state._replace(ticked=toggled) if state.several else state
            case "~" if state.several:
                return None, _guessed(state)
            case "enter":
                return self._entered(state)
        return self._left(key, state)

    def _edited(self, key: str, state: Asking) -> Outcome:
        """What a key does where an answer is typed or arranged: Backspace only edits it, and what
        would leave it behind half done is asked for twice."""
        form = state.item.kind.form
        if key == _GO_BACK[form] or key == "tab":
            if self._is_edited(state) and not state.warned:
                said = (
                    f"Not answered yet: press Enter to answer, or {_NAMED.get(key, key)} "
                    "again to move on."
                )
                return None, state._replace(warned=key, message=said)
            return self._left("tab" if key == "tab" else "backspace", state)
        own = self._arranged if form in arranging.FORMS else self._typed
        outcome = own(key, state)
        if outcome is None and key not in {"backspace", "delete"}:
            return self._left(key, state)
        return outcome or (None, state)

    def _is_untouched(self, state: Asking) -> bool:
        """Whether an order without an answer is as it was shown."""
        is_open = state.item.question.id not in self.session.answers
        return is_open and state.item.kind.form == "order" and state.placed == state.item.shown

    def _is_edited(self, state: Asking) -> bool:
        """Whether the answer in sight is another one than at first."""
        first = self._begun(state.item)
        parts = (state.typed.strip(), state.placed, state.ticked)
        return parts != (first.typed, first.placed, first.ticked)

    def _left(self, key: str, state: Asking) -> Outcome:
        """What a key does that answers nothing."""
        if key not in {"esc", "eof"}:
            return self.command(key, state)
        self.console.leave(self.in_sight(state), UNSENT if self._is_edited(state) else "")
        return None, state

    def in_sight(self, state: Asking) -> Lines | None:
        """The options that stay in sight while something is asked; None where all of the question
        does not fit at once."""
        return spaced(views.options(state, self.console.canvas.look)) if self.whole else None

    def _arranged(self, key: str, state: Asking) -> Outcome | None:
        """What a key does to an answer in pairs or in an order; None where it is no such key."""
        if key == "enter":
            if self._is_untouched(state) and not state.warned:
                return None, state._replace(warned=key, message=arranging.AS_SHOWN)
            return self._sent(state, arranging.answered)
        if key == "~":
            return None, _guessed(state)
        moved = arranging.pressed(key, state)
        return None if moved is None else (None, moved)

    def _sent(self, state: Asking, response: Callable[[Asking], Response]) -> Outcome:
        """Take an answer, or say why it is none."""
        try:
            self.answer(response(state))
        except BadResponse as bad:
            return None, state._replace(message=str(bad))
        self.keep(state, final=True)
        return True, state

    def _typed(self, key: str, state: Asking) -> Outcome | None:
        """What a key does to an answer that is typed; None where it is no such key. Signs that are
        commands are so until something was typed, be it a space. A guess is marked by a key that
        is no sign, since any sign may be part of an answer."""
        if key == "enter":
            if not state.typed.strip():
                return None, state._replace(message="Type something first, or press Tab to skip.")
            return self._sent(state, _typed_response)
        if key == "ctrl-g" and state.item.kind.guesses:
            return None, _guessed(state)
        signs = self.commands - state.item.kind.begins
        command = not state.typed and key in signs
        edited = None if command else EditedLine(state.typed, state.at).pressed(key)
        if edited is not None:
            return None, state._replace(typed=edited.text, at=edited.at)
        return (None, state) if key == "down" else None

    def _entered(self, state: Asking) -> Outcome:
        if state.several:
            if state.ticked:
                return self._answered(state, state.ticked, guess=state.guess)
            return None, state._replace(message="Tick something first, or press Tab to skip.")
        if state.cursor is not None:
            chosen = frozenset({state.item.options[state.cursor].id})
            return self._answered(state, chosen, guess=state.guess)
        return None, state._replace(message="Choose with a letter, or with ↑ ↓ and Enter.")

    def _answered(self, state: Asking, chosen: frozenset[str], *, guess: bool) -> Outcome:
        self.answer(Response(tuple(chosen), guess))
        state = state._replace(ticked=chosen)
        self.keep(state, final=True)
        return True, state

    def unknown(self, key: str, state: Asking) -> Outcome:
        """A key that is none: a character is told, other keys are let pass in silence."""
        if len(key) == 1:
            state = state._replace(message=f"'{key}' does nothing here.")
        return None, state

    def say_hint(self, hint: str, state: Asking) -> None:
        """A hint, above the options."""
        lines = views.hint(hint, state, self.console.canvas.look)
        first = len(self.session.spent_hints(state.item)) == 1
        if self.whole and first:  # apart from the prompt, as options are that stand above it
            lines = spaced(lines)[:-1]
        self.console.canvas.say(lines if self.whole else spaced(lines)[1:])

    def fresh(self, state: Asking) -> Asking:
        """The state with the time as it is now."""
        message = self.warning() or state.message
        remaining = self.console.remaining()
        return state._replace(remaining=remaining, message=message)

    def warning(self) -> str:
        """A word that is due now, whatever was pressed; else ""."""
        return ""

    def _draw_anew(self, state: Asking) -> None:
        """The question, as wide as the window is now."""
        self.whole = True
        self.console.canvas.say(self.head(state))
        self._draw(state)

    def _draw(self, state: Asking) -> None:
        """The live part. Options that it has no room for are said once, above it, and stay."""
        look = self.console.canvas.look
        footer = self.footer(state)
        options = spaced(views.options(state, look))
        if self.whole and not self.console.canvas.fits([*options, *footer]):
            self.whole = False
            self.console.canvas.say(options)
        above = options if self.whole else views.cursor_line(state, look)
        self.console.canvas.live([*above, *footer])

    def head(self, state: Asking) -> Lines:
        """What is asked."""
        return views.head(state, self.console.canvas.look)

    def footer(self, state: Asking) -> Lines:
        """Progress and keys."""
        return views.footer(state, self.console.canvas.look)

    def keep(self, state: Asking, *, final: bool = False) -> None:
        """Leave the options in the scrollback, unless they stand there already."""
        self.console.canvas.live([])
        if self.whole:
            # A cursor has no place there.
            final = final or not state.item.kind.chooses
            options = views.options(state, self.console.canvas.look, final=final)
            self.console.canvas.say(spaced(options))


def _typed_response(state: Asking) -> Response:
    response = state.item.parse(state.typed)
    return response._replace(guess=response.guess or state.guess)


def _guessed(state: Asking) -> Asking:
    """Marked as a guess, or no longer; ``~`` alone would not say which."""
    message = "No longer a guess." if state.guess else "Marked as a guess."
    return state._replace(guess=not state.guess, message=message)
