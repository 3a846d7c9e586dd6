"""A quiz, a review and an experiment on a device that is neither keys nor lines.

Each device here is a loop of fewer than 60 lines: what it shows is a list of words, and what the
learner does is a list of moves. What happens is the flow's to say.
"""

from __future__ import annotations

import inspect
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from quizcli import load_bank
from quizcli.journal.reviews import FactKind
from quizcli.play.experiment.flow import ExperimentRun
from quizcli.play.quiz.flow import HandIn, QuizRun
from quizcli.play.quiz.options import QuizOptions
from quizcli.play.quiz.starting import QuizStart
from quizcli.play.review.flow import ReviewRun
from quizcli.proof.subject import of_question
from quizcli.quiz.steps import EXAM, Policy, SessionError
from quizcli.report.codes import UserError
from quizcli.review.banks import Banks
from quizcli.review.card_states import CardStates
from quizcli.review.facts import SchedulerSettings
from quizcli.review.queue import Mode, Queue, QueueOptions
from quizcli.scheduling.memory import Rating
from tests.support.fakes import FakeClock, environment, quick_journal
from tests.support.program import ROOT
from tests.support.samples import sample_bank

if TYPE_CHECKING:
    from pathlib import Path

    from quizcli.env import Environment
    from quizcli.journal.attempts import Journal
    from quizcli.play.review.hand import CardInHand

BANK = sample_bank()
PLAIN = QuizOptions().policy._replace(shuffle=False)


class QuizDevice:
    """Moves: letters answer, "skip", "back", "flag", "hint", "wait" for an hour, "finish",
    "blank", a number visits, "leave"."""

    def __init__(self, run: QuizRun, clock: FakeClock, *moves: str) -> None:
        self.run = run
        self.clock = clock
        self.moves = list(moves)
        self.shown: list[str] = []

    def play(self) -> QuizDevice:
        while (turn := self.run.next()) is not None and self.moves:
            if self.run.time_is_up():
                self.shown.append("time is up")
            elif isinstance(turn, HandIn):
                self.shown.append(f"open: {list(turn.blank)} {len(turn.flagged)}")
                self._at_the_end(self.moves.pop(0))
            elif self.run.final(turn):
                self.shown.append(f"final {turn.question.id}")
                self.run.on_from(turn)
            else:
                self.shown.append(turn.question.id)
                self.run.clock.drawn()
                self._at_a_question(self.moves.pop(0))
        return self

    def _at_the_end(self, move: str) -> None:
        if move == "finish":
            self.run.hand_in()
        elif move == "blank":
            self.run.first_blank()
        else:
            self.run.visit(self.run.session.items[int(move) - 1])

    def _at_a_question(self, move: str) -> None:
        self.clock.tick(3600 if move == "wait" else 2)
        if move == "hint":
            try:
                self.shown.append(self.run.hint())
            except SessionError as error:
                self.shown.append(str(error))
        elif move in {"skip", "back", "flag"}:
            self.shown.append(f"{move}: {getattr(self.run, move)()}")
        elif move != "wait":
            assert self.run.session.current is not None
            grade = self.run.answer(self.run.session.current.parse(move))
            self.shown.append("noted" if self.run.exam else str(grade.mark))


class ReviewDevice:
    """Moves: letters answer, "turn", "1" to "4" rate, "undo", "bury", "suspend", "skip"."""

    def __init__(self, run: ReviewRun, clock: FakeClock, *moves: str) -> None:
        self.run = run
        self.clock = clock
        self.moves = list(moves)
        self.shown: list[str] = []

    def play(self) -> ReviewDevice:
        while self.moves and (card := self.run.next()) is not None:
            self.shown.append(card.address.partition("/")[2])
            self.run.drawn()
            self.clock.tick(5)
            while self.moves and not self._done(card, self.moves.pop(0)):
                pass
        self.run.settle()
        return self

    def _done(self, card: CardInHand, move: str) -> bool:
        """Whether the next card comes."""
        if move == "turn":
            self.run.turn(card)
            return card.is_practice
        if move in {"1", "2", "3", "4"}:
            self.run.rate(card, Rating(int(move)))
            return True
        if move == "undo":
            undone = self.run.undo()
            fact = undone and undone.fact
            self.shown.append(f"undone: {fact and fact.card.partition('/')[2]}")
            return undone is not None
        if move in {"bury", "suspend"}:
            self.run.put_aside(card, FactKind(move))
            return True
        if move == "skip":
            return True
        self.shown.append(str(self.run.answer(card, card.item.parse(move)).mark))
        return card.is_practice


@pytest.mark.parametrize("device", [QuizDevice, ReviewDevice])
def test_a_device_is_small(device: type) -> None:
    assert len(inspect.getsource(device).splitlines()) < 60


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def env(tmp_path: Path, clock: FakeClock) -> Environment:
    return environment(tmp_path, clock=clock)


@pytest.fixture
def journal(tmp_path: Path):
    opened = quick_journal(tmp_path)
    yield opened
    opened.close()


def quiz(env: Environment, journal: Journal, *moves: str, **options: object) -> QuizDevice:
    """A quiz in bank order, played."""
    wishes = QuizOptions(**{"policy": PLAIN, **options})  # type: ignore[arg-type]
    start = QuizStart(env, journal, BANK, wishes)
    device = QuizDevice(start.run(), env.clock, *moves)  # type: ignore[arg-type]
    return device.play()


def test_practice(env: Environment, journal: Journal) -> None:
    """Skipped, gone back, hinted, flagged; what is blank can be gone to from the end."""
    ids = [question.id for question in BANK.questions]
    device = quiz(env, journal, "hint", "flag", "b", "skip", "back", "a", "a", "a", "finish")
    assert device.shown[1].endswith("?")
    assert device.shown[3] == "flag: True"
    assert device.shown[5] == "right"
    assert device.shown.count(ids[1]) == 2
    assert device.run.session.finished
    assert device.run.missed
    assert journal.answered(1) == set(device.run.session.answers)
    assert device.run.session.duration == 2 * 6


def test_an_exam_is_handed_in_by_the_learner_or_by_its_clock(
    env: Environment, journal: Journal
) -> None:
    exam = EXAM._replace(shuffle=False, limit=600)
    moves = ("hint", "b", "flag", "skip", "a", "a", "2", "a", "finish")
    device = quiz(env, journal, *moves, policy=exam)
    assert device.shown[1] == "An exam gives no hints."
    assert "open: [1] 1" in device.shown
    assert device.shown[-1] == "open: [] 1"  # forward from a question that was visited
    assert device.run.session.finished
    late = quiz(env, journal, "b", "wait", "a", policy=exam)
    assert late.shown[-1] == "time is up"
    assert set(late.run.session.answers) == {BANK.questions[0].id}
    assert late.run.session.finished


def test_what_was_left_goes_on_and_what_was_missed_comes_again(
    env: Environment, journal: Journal
) -> None:
    first = quiz(env, journal, "a", "skip")
    assert not first.run.session.finished
    assert QuizStart(env, journal, BANK, QuizOptions()).open
    again = quiz(env, journal, "a", "a", "finish", policy=QuizOptions().policy, resume=True)
    assert again.run.session.finished
    missed = QuizStart(env, journal, BANK, QuizOptions()).missed(again.run)
    assert [item.question.id for item in missed.session.items] != []
    with pytest.raises(UserError, match="the last attempt at sample was finished"):
        quiz(env, journal, policy=QuizOptions().policy, resume=True)


def review(env: Environment, journal: Journal, *moves: str, **more: object) -> ReviewDevice:
    """A review in bank order, played."""
    banks = Banks({BANK.id: BANK}.get, [BANK.id])
    options = more.pop("options", None)
    queue = Queue(CardStates(env, journal, SchedulerSettings(), 5), banks, options)  # type: ignore[arg-type]
    run = ReviewRun(env, queue, policy=Policy(shuffle=False), **more)  # type: ignore[arg-type]
    return ReviewDevice(run, env.clock, *moves).play()  # type: ignore[arg-type]


def test_a_review(env: Environment, journal: Journal, clock: FakeClock) -> None:
    """New cards, a failed one once more, undo, a card put off; then what is due days later."""
    device = review(env, journal, "b", "3", "a", "1", "undo", "bury", "suspend", "skip")
    ids = [question.id for question in BANK.questions]
    assert device.shown[:4] == [ids[0], "right", ids[1], "partly right"]
    assert device.shown[5:7] == [f"undone: {ids[1]}", ids[1]]
    assert device.run.tally.reviewed == 1
    clock.start += timedelta(days=30)
    later = review(env, journal, "b", "4")
    assert later.shown[0] in ids
    assert later.run.tally.reviewed == 1


def test_flashcards_and_practice(env: Environment, journal: Journal, clock: FakeClock) -> None:
    turned = review(env, journal, "turn", "3", "turn", "1", "turn", turned=True)
    assert turned.run.tally[:2] == (2, 1)
    assert [fact.milliseconds for fact in turned.run.card_states.log.facts(
        f"{BANK.id}/{turned.shown[0]}")] == [5000]  # fmt: skip
    cram = review(env, journal, "a", "undo", "a", options=QueueOptions(Mode.CRAM))
    assert cram.run.tally.practised >= 1
    assert cram.run.tally.reviewed == 0


def test_an_experiment() -> None:
    """Predicted, measured, turned, drawn anew, with its effect removed, under many seeds."""
    question = load_bank(ROOT / "questions" / "rnn.yaml").question("gate-width")
    run = ExperimentRun(of_question(question), 1, draw_seed=lambda: 7)
    run.predict(0)
    verdicts = [str(finding.verdict) for finding in run.measure().findings]
    assert verdicts.count("holds") == 1
    assert run.knob is not None
    before = run.value(run.knob)
    run.turn(1)
    assert run.value(run.knob) != before
    run.new_seed()
    assert run.measure().seed == 7
    run.switch_null()
    assert {str(finding.verdict) for finding in run.measure().findings} == {"undetermined"}
    run.switch_null()
    seeds = run.over_seeds()
    assert len([next(seeds) for _ in range(3)]) == 3


def test_an_answer_is_in_the_journal_before_anything_is_said_of_it(
    env: Environment, journal: Journal
) -> None:
    """Nothing but the answer: no step that follows writes it down."""
    run = QuizStart(env, journal, BANK, QuizOptions(policy=PLAIN)).run()
    item = run.next()
    assert not isinstance(item, HandIn)
    assert item is not None
    run.answer(item.parse("b"))
    assert journal.answered(1) == {item.question.id}


def test_the_card_that_was_asked_comes_back_behind_the_one_taken_back(
    env: Environment, journal: Journal
) -> None:
    """An undo before an answer goes back a card, and loses none."""
    first, second, third = (question.id for question in BANK.questions[:3])
    device = review(env, journal, "b", "3", "undo", "b", "3", "a", "3", "skip")
    asked = [words for words in device.shown if words in {first, second, third}]
    assert asked == [first, second, first, second, third]
