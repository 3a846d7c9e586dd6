"""A session: a bank asked under a policy, as a state machine without clock, screen or file.

What a person does is a *step*; a session is the sum of its steps. Whoever drives it writes each
step down (:attr:`Session.log`), and replaying the steps into a new session gives the same state:
that is how an interrupted quiz goes on.

``position`` is the item to be asked now; it equals ``len(plan)`` when all were passed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz import face
from quizcli.quiz.cards import quizzed_places
from quizcli.quiz.drawing import NO_DRAWS, instance
from quizcli.quiz.grading import grade, rule_in_force
from quizcli.quiz.model import Bank
from quizcli.quiz.on_demand import OnDemand
from quizcli.quiz.responses import Response
from quizcli.quiz.shuffle import MAX_SEED, chosen_questions, is_shuffled, option_order
from quizcli.quiz.steps import (
    PRACTICE,
    Answer,
    AnyStep,
    Item,
    Plan,
    Policy,
    Score,
    SessionError,
    Step,
    StepKind,
    check_policy,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from quizcli.quiz.drawing import Draws
    from quizcli.quiz.grading import Grade
    from quizcli.quiz.model import Question, Section


class Session:
    """``Session(bank, seed)`` asks the whole bank; ``only``, ``tags`` and ``count`` choose less.

    ``sections`` ask so many questions of each tag, in their order; raises TooFewError.
    Variables are drawn by the seed where they ``vary``, else they have their defaults; ``draws``
    are values that they had before, by question.
    Flashcards are left out: only who looks at their back can grade them.
    Raises SessionError when nothing is left to ask, TypeError or ValueError for an argument that
    cannot be.
    """

    def __init__(
        self,
        bank: Bank,
        seed: int,
        policy: Policy = PRACTICE,
        *,
        only: Collection[str] | None = None,
        tags: Collection[str] = (),
        count: int | None = None,
        plan: Plan | None = None,
        sections: Sequence[Section] = (),
        vary: bool = False,
        draws: Draws = NO_DRAWS,
    ) -> None:
        face.instance("bank", bank, Bank, "load_bank('questions/rnn.yaml')")
        face.whole("seed", seed, 0, MAX_SEED)
        check_policy(policy)
        only = None if only is None else face.words("only", only)
        tags = face.words("tags", tags)
        if count is not None:
            face.whole("count", count, 1, 10**6)
        if plan is not None and len({id for id, _ in plan}) < len(plan):
            raise ValueError("plan names a question twice")
        self.bank, self.seed, self.policy = bank, seed, policy
        self._vary, self._draws = vary, draws
        shuffle = bank.shuffle if policy.shuffle is None else policy.shuffle
        headings = bank.headings
        self._places = {headings[at].id: at for at in quizzed_places(bank)}
        if plan is None:
            chosen = chosen_questions(bank, seed, shuffle, only, tags, count, sections)
            plan = tuple((heading.id, ()) for heading in chosen)
        else:
            plan = tuple(planned for planned in plan if planned[0] in self._places)
        if not plan:
            raise SessionError("no questions are left to ask")
        self._planned, self.position, self.finished = plan, 0, False
        self.items = OnDemand(len(plan), self._item)
        for at, (id, _) in enumerate(plan):
            if headings[self._places[id]].may_fail:
                self.items[at]  # before anything is asked, rather than in the middle
        self.answers: dict[str, Answer] = {}
        self.flags: set[str] = set()
        self.hints: dict[str, int] = {}
        self.log: list[AnyStep] = []
        self._index = {id: at for at, (id, _) in enumerate(plan)}

    def _item(self, at: int) -> Item:
        """An item as it was planned before; an order whose options were edited is drawn anew."""
        id, shown = self._planned[at]
        question = self.bank.questions[self._places[id]]
        shuffle = is_shuffled(question, self.bank, self.policy.shuffle)
        question, values = instance(
            question, self.seed, self.bank.id, vary=self._vary, before=self._draws.get(question.id)
        )
        item = Item(question, option_order(question, self.bank.id, self.seed, shuffle), values)
        if set(item.shown) != set(shown):
            return item
        parts = {part.id: part for part in item.options}
        return item._replace(options=tuple(parts[part] for part in shown))

    @property
    def plan(self) -> Plan:
        """Question ids in the order asked, each with its option ids in the order shown."""
        return tuple((item.question.id, item.shown) for item in self.items)

    @property
    def draws(self) -> Draws:
        """The values that variables have, by question."""
        return {item.question.id: item.variables for item in self.items if item.variables}

    @property
    def current(self) -> Item | None:
        """The item to be asked now; None past the last one or when finished."""
        if self.finished or self.position >= len(self.items):
            return None
        return self.items[self.position]

    def item(self, question: str) -> Item | None:
        """The item of a question; None where it is not asked."""
        at = self._index.get(question)
        return None if at is None else self.items[at]

    def number(self, item: Item) -> int:
        """The number of an item, from 1."""
        return self._index[item.question.id] + 1

    @property
    def unanswered(self) -> list[int]:
        """The positions that have no answer yet."""
        return [at for id, at in self._index.items() if id not in self.answers]

    def seconds(self, question: str) -> float:
        """How long a question was thought about: the seconds of all its answers."""
        return sum(s.seconds for s in self.log if isinstance(s, Answer) and s.question == question)

    @property
    def duration(self) -> float:
        """How long the session took, in seconds: the thinking time of all its answers."""
        return sum(step.seconds for step in self.log if isinstance(step, Answer))

    def rule(self, question: Question) -> str:
        """The credit rule in force."""
        return rule_in_force(question, self.bank, self.policy.credit)

    def answer(self, response: Response | str | Iterable[str], seconds: float = 0.0) -> Grade:
        """Grade a response to the current question and move on.

        ``seconds`` is the thinking time, measured by the caller. Raises BadResponse for a
        response that cannot be, SessionError where nothing is asked or the answer is final,
        TypeError or ValueError for seconds that are none.
        """
        face.seconds("seconds", seconds)
        item = self._asked()
        question = item.question
        if question.id in self.answers and not self.policy.exam:
            raise SessionError("this answer is final: its feedback has been shown")
        if not isinstance(response, Response):
            words = (response,) if isinstance(response, str) else face.words("response", response)
            response = Response(words)
        given = face.words("response.given", response.given)
        item.kind.check(question, given)
        given = item.kind.ordered(question, item.shown, given)
        response = response._replace(given=given)
        answer = Answer(
            did=StepKind.ANSWER,
            question=question.id,
            response=response,
            shown=item.shown,
            grade=grade(question, response, self.rule(question)),
            seconds=seconds,
            hints=self.hints.get(question.id, 0),
            flagged=question.id in self.flags,
            asked=question.asked,
            digest=question.digest,
        )
        self._take(answer)
        return answer.grade

    def skip(self) -> None:
        """Move on without answering; an answer that is there stays."""
        self._take(Step(StepKind.SKIP, self._asked().question.id))

    def back(self) -> None:
        """Move to the item before the current one. Raises SessionError at the first."""
        if self.finished:
            raise SessionError("the quiz is finished")
        if self.position == 0:
            raise SessionError("this is the first question")
        at = self._planned[self.position][0] if self.position < len(self.items) else ""
        self._take(Step(StepKind.BACK, at))

    def flag(self) -> bool:
        """Flag the current question, or take the flag away; returns whether it is flagged now."""
        question = self._asked().question.id
        self._take(Step(StepKind.FLAG, question))
        return question in self.flags

    def hint(self) -> str | None:
        """The next hint of the current question, or None when there is no further one.

        Raises SessionError in an exam.
        """
        item = self._asked()
        if self.policy.exam:
            raise SessionError("an exam gives no hints")
        if not self.has_hint(item):
            return None
        self._take(Step(StepKind.HINT, item.question.id))
        return self.spent_hints(item)[-1]

    def has_hint(self, item: Item) -> bool:
        """Whether there is a further hint of an item; an exam gives none."""
        return not self.policy.exam and self.spent_hints(item) != item.question.hints

    def spent_hints(self, item: Item) -> tuple[str, ...]:
        """The hints of an item that were given already."""
        return item.question.hints[: self.hints.get(item.question.id, 0)]

    def outcome(self, item: Item) -> tuple[Response, Grade]:
        """What was answered to a question and what it earned; a blank where nothing was."""
        answer = self.answers.get(item.question.id)
        if answer is not None:
            return answer.response, answer.grade
        blank = Response.of()
        return blank, grade(item.question, blank, self.rule(item.question))

    def finish(self) -> None:
        """End the session; what has no answer is blank."""
        if not self.finished:
            self._take(Step(StepKind.FINISH, ""))

    def score(self) -> Score:
        """Points and maximum of all that counts, blanks included, and the marks of all items."""
        return Score.of([self.outcome(item)[1] for item in self.items])

    def replay(self, steps: Sequence[AnyStep], *, regrade: bool = False) -> list[str]:
        """Take steps that were written down before, and return what could not be.

        The bank may have been edited since: an answer to a question or with an option that is
        gone is left out, and the ids of such questions are returned. Other answers keep their
        grades; with ``regrade`` they are graded by the bank as it is now.
        """
        lost: list[str] = []
        for step in steps:
            item = self.item(step.question)
            if isinstance(step, Answer):
                answer = item and step.today(item)
                if item and answer:
                    if regrade:
                        now = grade(item.question, answer.response, self.rule(item.question))
                        answer = answer._replace(grade=now)
                    self._take(answer)
                else:
                    lost.append(step.question)
            elif item or not step.question:
                self._take(step)
        return lost

    def _asked(self) -> Item:
        item = self.current
        if item is None:
            raise SessionError("no question is being asked now")
        return item

    def _take(self, step: AnyStep) -> None:
        """The one place where the state changes: forwards, and when steps are replayed."""
        at = self._index.get(step.question, len(self.items))
        if isinstance(step, Answer):
            self.answers[step.question] = step
        match step.did:
            case StepKind.ANSWER | StepKind.SKIP:
                self.position = at + 1
            case StepKind.BACK:
                self.position = max(0, at - 1)
            case StepKind.FLAG:
                self.flags ^= {step.question}
            case StepKind.HINT:
                self.hints[step.question] = self.hints.get(step.question, 0) + 1
            case StepKind.FINISH:
                self.finished = True
        self.log.append(step)
