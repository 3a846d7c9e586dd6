"""A review with keys. Before an answer letters choose, and ``-``, ``@`` and Backspace put aside
and undo; after feedback, digits rate and letters are commands."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from quizcli import signals
from quizcli.journal.file import JournalError
from quizcli.play.console import Left
from quizcli.play.experiment.behind import see_measured
from quizcli.play.question_keys import QuestionKeys
from quizcli.play.review.aside import (
    BACK,
    BACK_BY_LETTERS,
    INSTEAD,
    do_instead,
    take_back,
    taken_back,
)
from quizcli.play.review.card_keys import ON, TurnedCard
from quizcli.play.review.closing import closing
from quizcli.play.review.words import (
    ANSWERED,
    ELSEWHERE,
    about_card,
    rating_of,
    said_guessed,
    said_unsaved,
    summary,
)
from quizcli.report.words import no_hint
from quizcli.terminal.recall import back, ending
from quizcli.terminal.views import feedback as after
from quizcli.terminal.views import review as screens

if TYPE_CHECKING:
    from quizcli.play.console import KeyConsole
    from quizcli.play.question_keys import Outcome
    from quizcli.play.review.flow import ReviewRun
    from quizcli.play.review.hand import CardInHand
    from quizcli.quiz.grading import Grade, Response
    from quizcli.quiz.session import Session
    from quizcli.terminal.recall import About, SessionSummary
    from quizcli.terminal.views.asking import Asking
    from quizcli.terminal.views.lines import Lines


class ReviewQuestion(QuestionKeys):
    """Asks one card that the program grades. ``instead`` is what the learner did in place of
    answering it, ``told`` what came of taking something back; ``note`` what is to be known of the
    card before, until a key is pressed."""

    commands = frozenset({"?", "-", "@"})

    def __init__(
        self,
        console: KeyConsole,
        run: ReviewRun,
        card: CardInHand,
        session: Session,
        about: About,
        note: str,
    ) -> None:
        super().__init__(console, session)
        self.run = run
        self.card = card
        self.about = about
        self.instead = ""
        self.told = ""
        self._note = note

    def drawn(self) -> None:
        """The time of thinking begins."""
        self.run.drawn()

    def fresh(self, state: Asking) -> Asking:
        """The state with the time as it is now; at first with what became of the card before."""
        state = super().fresh(state)
        if self._note:
            state, self._note = state._replace(message=self._note), ""
        return state

    def head(self, state: Asking) -> Lines:
        """What is asked, and why today."""
        return screens.head(state, self.about, self.console.canvas.look)

    def footer(self, state: Asking) -> Lines:
        """What was done so far, and keys."""
        return screens.footer(state, self.about, self.console.canvas.look)

    def answer(self, response: Response) -> None:
        """Written down before anything is drawn of it."""
        self.run.answer(self.card, response)

    def command(self, key: str, state: Asking) -> Outcome:
        """A hint, or what is done in place of an answer."""
        if key == "?":
            hint = self.card.hint()
            if hint is None:
                return None, state._replace(message=no_hint(self.card.question.hints))
            self.say_hint(hint, state)
            return None, state
        if key in BACK:
            done, words = take_back(key, self.console, self.run, self.in_sight(state))
            if not done:
                return None, state._replace(message=words)
            self.told = words
        elif key in INSTEAD:
            self.instead = INSTEAD[key]
        if self.told or self.instead:
            self.keep(state)
            return False, state
        return self.unknown(key, state)


class KeyReview:
    """A session of review at a console."""

    def __init__(self, console: KeyConsole, run: ReviewRun) -> None:
        self.console = console
        self.review = run
        self._note = ""

    def run(self) -> None:
        """Ask until nothing is due any more or the learner leaves; then say what it came to."""
        while True:
            try:
                while (card := self.review.next()) is not None:
                    self._ask(card)
            except Left:
                self.review.settle()
                self._say_end()
                break
            except signals.Ended:
                with suppress(OSError, JournalError):  # the terminal may be gone
                    self.console.canvas.leave()
                    self.review.settle()
                    self._say_end()
                raise
            self.console.keyboard.drop()
            self._tell_note()
            if self._say_end().empty or not self._taken_back():
                break
        self.console.canvas.leave()

    def _ask(self, card: CardInHand) -> None:
        about = about_card(self.review, card)
        note, self._note = self._note, ""
        if card.session is None:
            self._note = TurnedCard(self.console, self.review, card, about, note).show()
            return
        question = ReviewQuestion(self.console, self.review, card, card.session, about, note)
        question.ask(card.item)
        if question.told:
            self._note = question.told
        elif card.outcome is None:
            self._note = do_instead(question.instead, self.review, card)
        else:
            self._after(card, *card.outcome)

    def _after(self, card: CardInHand, response: Response, grade: Grade) -> None:
        """Feedback, the rating that it proposes, and keys until the learner goes on."""
        console, item = self.console, card.item
        console.keyboard.drop()
        console.canvas.say(after.feedback(item, response, grade, console.canvas.look))
        if card.is_reviewed_elsewhere:
            console.tell(ELSEWHERE)
        key = ""
        while True:
            # What leaves a card out before its answer does not rate it behind that.
            said = ANSWERED if key == "tab" else ""
            above = partial(self._above, card, response, grade, said)
            key = console.offer(self._keys(card), above=above)
            rating = None if card.is_practice else rating_of(key)
            if key in ON or (key == "tab" and card.is_practice):
                self._goes_on(card)
                return
            if rating is not None:
                proposed = card.rating
                self.review.rate(card, rating)
                if rating is not proposed and not card.leech:
                    self._note = back(rating, self.review.outlook(card)[rating])
                self._goes_on(card)
                return
            if key in {"e", "E"} and after.has_more_reasons(item, response):
                reasons = after.every_reason(item, console.canvas.look, response)
                console.canvas.say(reasons)
            elif key in {"d", "D"} and card.question.demo:
                see_measured(
                    console, self.review.card_states.log.journal, card.seed, item, response.given
                )
            elif key in BACK_BY_LETTERS:
                if (words := taken_back(key, console, self.review)) is not None:
                    self._note = words
                    return
            elif key in INSTEAD and key != "tab":
                self._note = do_instead(INSTEAD[key], self.review, card)
                return
            elif key in {"esc", "eof"}:
                # It is written down already, and leaving accepts its rating.
                console.leave(closing(console, self.review, card))

    def _tell_note(self) -> None:
        """What no card comes to be said beside."""
        if self._note:
            self.console.tell(self._note)
            self._note = ""

    def _goes_on(self, card: CardInHand) -> None:
        self.console.canvas.live([])
        self.console.canvas.say(closing(self.console, self.review, card))

    def _keys(self, card: CardInHand) -> list[tuple[str, str]]:
        measured = [("d", "run experiment")] if card.question.demo else []
        if card.is_practice:
            rate = [("Enter", "next")]
        else:
            rate = screens.rating_keys(card.rating, self.review.outlook(card))
        has_more = card.outcome is not None and after.has_more_reasons(card.item, card.outcome[0])
        reasons = [("e", "all reasons")] if has_more else []
        more = [("⌫", "undo"), *screens.PUT_ASIDE, ("Esc", "leave")]
        return [*rate, *measured, *reasons, *more]

    def _above(self, card: CardInHand, response: Response, grade: Grade, said: str) -> Lines:
        """What stays in sight over the keys: the verdict where the window is low, the rating, and
        what is ``said`` of the last key."""
        look, item = self.console.canvas.look, card.item
        verdict = after.headline(item, response, grade, look)
        low = len(after.feedback(item, response, grade, look)) + 6 > look.height
        lines = verdict if low else []
        if card.is_practice:
            return lines
        note = said_guessed(grade.mark, guess=response.guess)
        days = self.review.outlook(card)
        page = self.console.page()
        rating = screens.rating(card.rating, days, look=look, note=note)
        leech = closing(self.console, self.review, card) if card.leech else []
        page.lines = [*lines, *(leech or rating)]
        if said:
            page.say(page.own(said), "partly")
        return page.lines

    def _say_end(self) -> SessionSummary:
        page = self.console.page()
        came_to = summary(self.review)
        page.lines.append(Text(""))
        for place, line in enumerate(ending(came_to)):
            page.say(page.own(line), "" if place else "title")
        if unsaved := said_unsaved(self.review):
            page.say(page.own(unsaved), "wrong")
        if not came_to.empty:
            page.blank()
        self.console.canvas.say(page.lines)
        return came_to

    def _taken_back(self) -> bool:
        """The last screen; True where something was taken back and is asked again."""
        while True:
            undo = [("⌫", "undo")] if self.review.can_undo else []
            redo = [("U", "redo")] if self.review.can_redo else []
            key = self.console.offer([*undo, *redo, ("Enter", "done")])
            offered = redo if key == "U" else undo
            words = None
            if key in BACK_BY_LETTERS and offered:
                words = taken_back(key, self.console, self.review)
            if words is not None:
                self._note = words
                return True
            if key in {"enter", "esc", "eof", "q"}:
                return False
