"""The session's invariants: one seed, one session; shuffling never changes a mark; a session that
was interrupted goes on as if it had not been."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from quizcli.quiz.grading import BadResponse, Mark, Response
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.session import Session
from quizcli.quiz.steps import EXAM, PRACTICE, Policy, SessionError
from tests.support.small_banks import bank, banks, choice

SEEDS = st.integers(0, 2**63 - 1)


def respond(session: Session, draw_number: int) -> None:
    """Answer the current question by a number, whatever its options are."""
    item = session.current
    assert item is not None
    ids = [option.id for option in item.question.options]  # bank order: independent of shuffling
    if KINDS[item.question.kind].several:
        chosen = [id for i, id in enumerate(ids) if draw_number >> i & 1] or ids[:1]
    else:
        chosen = [ids[draw_number % len(ids)]]
    session.answer(chosen, 1.5)


@given(banks(), SEEDS)
def test_the_same_seed_is_the_same_session(b, seed: int) -> None:
    assert Session(b, seed).plan == Session(b, seed).plan


@given(banks(), SEEDS, SEEDS, st.lists(st.integers(0, 127), min_size=6, max_size=6))
def test_shuffling_never_changes_a_mark(b, seed: int, other: int, numbers: list[int]) -> None:
    scores = []
    for s in (seed, other):
        for policy in (PRACTICE, Policy(shuffle=False)):
            session = Session(b, s, policy)
            by_id = dict(zip([q.id for q in b.questions], numbers, strict=False))
            while session.current:
                respond(session, by_id[session.current.question.id])
            scores.append((session.score().points, session.score().marks))
    assert all(score == scores[0] for score in scores)


@given(banks(), SEEDS)
def test_every_question_and_option_is_shown_once_and_the_pinned_last(b, seed: int) -> None:
    session = Session(b, seed)
    assert sorted(i.question.id for i in session.items) == sorted(q.id for q in b.questions)
    for item in session.items:
        assert sorted(item.shown) == sorted(o.id for o in item.question.options)
        if any(option.last for option in item.question.options):
            assert item.options[-1].last


@given(banks(), SEEDS)
def test_adding_a_question_moves_no_other(b, seed: int) -> None:
    policy = Policy(shuffle=True)
    before = Session(b, seed, policy).plan
    more = bank(*b.questions, choice("new"), shuffle=b.shuffle)
    after = Session(more, seed, policy).plan
    assert [entry for entry in after if entry[0] != "new"] == list(before)


def test_orders_are_fair() -> None:
    """Each of the 24 orders of four options comes about as often: chi-squared below the 1-in-a-
    million bound for 23 degrees of freedom (74.7), over 4800 seeds."""
    b = bank(choice("q", 4), shuffle=True)
    counts: dict[tuple[str, ...], int] = {}
    for seed in range(4800):
        shown = Session(b, seed).items[0].shown
        counts[shown] = counts.get(shown, 0) + 1
    assert len(counts) == 24
    assert sum((n - 200) ** 2 / 200 for n in counts.values()) < 74.7


def test_a_seed_means_the_same_order_for_ever() -> None:
    """Frozen: journals replay seeds of years ago."""
    b = bank(*(choice(f"q{i}", 5) for i in range(4)), shuffle=True)
    assert Session(b, 8131).plan == FROZEN


FROZEN = (
    ("q0", ("c", "e", "b", "a", "d")),
    ("q3", ("b", "e", "c", "a", "d")),
    ("q2", ("d", "c", "e", "a", "b")),
    ("q1", ("c", "b", "a", "e", "d")),
)


def test_no_shuffle_is_bank_order() -> None:
    b = bank(*(choice(f"q{i}") for i in range(5)))
    session = Session(b, 1, Policy(shuffle=False), count=3)
    assert session.plan == tuple((f"q{i}", ("a", "b", "c", "d")) for i in range(3))


def test_true_false_keeps_its_order_under_every_seed() -> None:
    question = choice("q", 2, kind="true-false")
    for seed in range(20):
        assert Session(bank(question), seed).items[0].shown == ("a", "b")


def test_practice_answers_are_final_and_exam_answers_are_not() -> None:
    b = bank(choice("q0"), choice("q1"))
    practice = Session(b, 1)
    practice.answer("a")
    practice.back()
    with pytest.raises(SessionError, match="final"):
        practice.answer("b")
    exam = Session(b, 1, EXAM)
    exam.answer("b")
    exam.back()
    assert exam.answer("a").mark is Mark.RIGHT
    assert exam.score().points == 1


def test_hints_come_in_order_and_run_out_and_exams_give_none() -> None:
    b = bank(choice("q", hints=("one", "two")))
    session = Session(b, 1)
    assert [session.hint(), session.hint(), session.hint()] == ["one", "two", None]
    session.answer("a")
    assert session.answers["q"].hints == 2
    with pytest.raises(SessionError, match="no hints"):
        Session(b, 1, EXAM).hint()


def test_refusals() -> None:
    session = Session(bank(choice("q")), 1)
    with pytest.raises(SessionError, match="first"):
        session.back()
    with pytest.raises(BadResponse):
        session.answer("z")
    assert session.current is not None
    session.answer("a")
    with pytest.raises(SessionError, match="no question"):
        session.skip()
    with pytest.raises(ValueError, match="seed"):
        Session(bank(choice("q")), 2**63)
    with pytest.raises(SessionError, match="left to ask"):
        Session(bank(choice("q")), 1, only=[])


def test_an_edited_bank_loses_only_what_cannot_be_graded() -> None:
    old = bank(choice("q0"), choice("q1"), choice("q2"))
    session = Session(old, 1, Policy(shuffle=False))
    for option in "abc":
        session.answer(option)
    # q0 is gone, q1 has lost the option chosen, q2 has another key.
    new = bank(choice("q1", 4, (0,)), choice("q2", 4, (2,)))
    new_q1 = [o for o in new.questions[0].options if o.id != "b"]
    new = bank(type(new.questions[0])("q1", "single-choice", "?", tuple(new_q1)), new.questions[1])
    again = Session(new, 1, Policy(shuffle=False), plan=session.plan)
    assert again.replay(session.log) == ["q0", "q1"]
    assert again.answers["q2"].grade.mark is Mark.WRONG
    regraded = Session(new, 1, Policy(shuffle=False), plan=session.plan)
    assert regraded.replay(session.log, regrade=True) == ["q0", "q1"]
    assert regraded.answers["q2"].grade.mark is Mark.RIGHT
    assert again.unanswered == [0]


class Interrupted(RuleBasedStateMachine):
    """Two sessions take the same steps; one is thrown away after each and made again from its
    log. They never differ."""

    @initialize(b=banks(), seed=SEEDS, exam=st.booleans())
    def begin(self, b, seed: int, exam: bool) -> None:
        self.bank, self.seed, self.policy = b, seed, EXAM if exam else PRACTICE
        self.whole = Session(b, seed, self.policy)
        self.resumed = Session(b, seed, self.policy)

    def both(self, step) -> None:
        outcomes = []
        for session in (self.whole, self.resumed):
            try:
                outcomes.append(step(session))
            except SessionError as error:
                outcomes.append(str(error))
        assert outcomes[0] == outcomes[1]
        log, plan = self.resumed.log, self.resumed.plan
        self.resumed = Session(self.bank, self.seed, self.policy, plan=plan)
        assert self.resumed.replay(log) == []

    @rule(number=st.integers(0, 127))
    @precondition(lambda self: self.whole.current is not None)
    def answer(self, number: int) -> None:
        self.both(lambda session: respond(session, number))

    @rule()
    def skip(self) -> None:
        self.both(lambda session: session.skip())

    @rule()
    def back(self) -> None:
        self.both(lambda session: session.back())

    @rule()
    def flag(self) -> None:
        self.both(lambda session: session.flag())

    @rule()
    def hint(self) -> None:
        self.both(lambda session: session.hint())

    @rule()
    def finish(self) -> None:
        self.both(lambda session: session.finish())

    @invariant()
    def same(self) -> None:
        for name in ("position", "finished", "answers", "flags", "hints", "log", "plan"):
            assert getattr(self.whole, name) == getattr(self.resumed, name)
        score = self.whole.score()
        assert 0 <= score.points <= score.maximum
        assert 0 <= score.percent <= 100
        assert sum(score.marks.values()) == len(self.whole.items)


TestInterrupted = Interrupted.TestCase


def test_a_guess_is_kept_and_changes_no_mark() -> None:
    session = Session(bank(choice("q")), 1)
    assert session.answer(Response.of("a", guess=True)).credit == 1
    assert session.answers["q"].response.guess


def test_an_answer_is_kept_in_the_order_shown() -> None:
    """In whatever order its options were ticked: what is written of it is always the same."""
    from tests.support.samples import sample_bank

    asked = Session(sample_bank(), 1, only={"tasks"})
    item = asked.items[0]
    ticked = [item.shown[2], item.shown[0]]
    asked.answer(ticked)
    assert asked.answers["tasks"].response.given == (item.shown[0], item.shown[2])
