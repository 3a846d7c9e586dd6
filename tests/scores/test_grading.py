"""Marks from tries: policies, points by try, lateness, and what a person decides."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.report.codes import UserError
from quizcli.scores.grading import Grader, Status, StudentGrade
from quizcli.scores.hand_in_head import Student
from quizcli.scores.overrides import Override
from quizcli.scores.policies import GradingRules, TryPolicy, read_rules
from tests.support.handing_in import ALL_RIGHT, FIXTURES, graded, handed_in, the_bank

if TYPE_CHECKING:
    from collections.abc import Sequence

ADA = Student("s1", "Ada")
QUESTIONS = {question.id: question for question in the_bank().questions}
WORSE = {"gate": ["one"], "tasks": ["sentiment"]}  # half a point of five
OTHER = {"gate": ["units"], "decay": ["true"]}  # three


def one(answers: dict[str, Sequence[str]], **own: Any) -> Any:
    return graded(handed_in(answers, ADA, **own))


def mark(*tries: Any, rules: GradingRules | None = None, decided: Sequence[Override] = ()) -> Any:
    return Grader(rules or GradingRules(), QUESTIONS).grade(ADA, tries, decided)


def decision(question: str = "", **own: Any) -> Override:
    usual = {"mark": None, "excused": False, "extra": timedelta(0), "reason": "ill"}
    return Override(2, "s1", question, **(usual | own))


TRIES = (one(WORSE, day=20), one(OTHER, day=21), one({"gate": ["units"]}, day=22))


@pytest.mark.parametrize(
    ("policy", "points", "counted"),
    [("best", 3, (2,)), ("last", 1, (3,)), ("first", Fraction(1, 2), (1,)),
     ("mean", Fraction(3, 2), (1, 2, 3))],
)  # fmt: skip
def test_policies(policy: str, points: Any, counted: tuple[int, ...]) -> None:
    """Whatever the order in which the files came."""
    for tries in (TRIES, TRIES[::-1]):
        got = mark(*tries, rules=GradingRules(TryPolicy(policy)))
        assert (got.points, got.maximum, got.counted) == (points, 5, counted)
        assert sum(each.points for each in got.marks) == points
        assert [each.points for each in got.tries] == [Fraction(1, 2), 3, 1]


def test_the_earliest_of_two_that_are_as_good() -> None:
    assert (
        mark(one(OTHER, day=22), one(OTHER, day=21))
        .tries[0]
        .hand_in.started.startswith("2026-11-21")
    )
    assert mark(one(OTHER, day=22), one(OTHER, day=21)).counted == (1,)


def test_points_by_try_are_by_question() -> None:
    """Wrong, then right: 7 of 10. A question that was right keeps all, and a blank is no try."""
    rules = read_rules("10,7,5", None, None, UTC)
    assert rules.by_try == (1, Fraction(7, 10), Fraction(1, 2))
    got = mark(*TRIES, rules=rules)
    assert {each.question: each.points for each in got.marks} == {
        "gate": Fraction(7, 10), "tasks": Fraction(1, 2), "decay": 2, "unrolled": 0,
    }  # fmt: skip
    assert [each.attempt for each in got.marks] == [2, 1, 2, 1]
    again = mark(
        one({"gate": ["one"]}, day=18), one({"gate": ["one"]}, day=19), *TRIES, rules=rules
    )
    assert again.marks[0].points == 0  # the fourth try has nothing to earn


WORDS = {id: sorted(option.id for option in q.options) for id, q in QUESTIONS.items()}
ANY = st.fixed_dictionaries(
    {},
    optional={
        id: st.sampled_from(words).map(lambda word: [word]) for id, words in WORDS.items()
    },
)  # fmt: skip


@given(tries=st.lists(ANY, min_size=1, max_size=6), data=st.data())
def test_a_total_never_falls_with_another_try(tries: list[Any], data: st.DataObject) -> None:
    shares = sorted(data.draw(st.lists(st.integers(1, 10), min_size=1, max_size=5)), reverse=True)
    rules = GradingRules(by_try=tuple(Fraction(share, shares[0]) for share in shares))
    read = [one(answers, day=day) for day, answers in enumerate(tries, 1)]
    totals = [mark(*read[: n + 1], rules=rules).points for n in range(len(read))]
    assert totals == sorted(totals)
    best = [mark(*read[: n + 1]).points for n in range(len(read))]
    assert best == sorted(best)


@pytest.mark.parametrize(
    ("late", "day", "hour", "points"),
    [("10%/day", 20, 8, 5), ("10%/day", 20, 9, 4.5), ("10%/day", 21, 8, 4.5),
     ("10%/day", 21, 9, 4), ("10%/day", 30, 9, 0), ("1%/hour", 20, 10, 4.9), ("0.5%/h", 20, 9, 4.975)],
)  # fmt: skip
def test_each_day_begun_takes_its_share(late: str, day: int, hour: int, points: float) -> None:
    """Of what the try earned. Due at nine, and handed in five minutes after the hour."""
    rules = read_rules("best", late, "2026-11-20T10:00+01:00", UTC)
    assert float(mark(one(ALL_RIGHT, day=day, hour=hour), rules=rules).points) == points


def test_a_late_try_does_not_spoil_an_early_one() -> None:
    rules = read_rules("best", "50%/day", "2026-11-20T12:00", UTC)
    got = mark(one(OTHER, day=20), one(ALL_RIGHT, day=21), rules=rules)
    assert (got.points, got.counted, [each.late for each in got.tries]) == (3, (1,), [0, 1])


def test_extra_time_moves_the_end_of_one_student() -> None:
    rules = read_rules("best", "10%/day", "2026-11-20T09:00", UTC)
    more = decision(extra=timedelta(hours=1))
    got = mark(one(ALL_RIGHT, day=20), rules=rules, decided=[more])
    assert got.points == 5
    assert got.notes == ("1:00:00 more time: ill",)


def test_an_unfinished_try_ends_with_its_last_answer() -> None:
    rules = read_rules("best", "10%/day", "2026-11-20T09:04:30", UTC)
    assert mark(one(ALL_RIGHT, finish=False), rules=rules).points == 5
    assert mark(one(ALL_RIGHT), rules=rules).points == 4.5


def test_a_due_time_without_a_zone_is_local() -> None:
    east = timezone(timedelta(hours=2))
    assert str(read_rules("best", None, "2026-11-20T09:00", east).due)[:16] == "2026-11-20 07:00"


def test_what_a_person_decides() -> None:
    got = mark(TRIES[1], decided=[decision("gate", mark=Fraction(1, 2)),
                                  decision("tasks", excused=True)])  # fmt: skip
    assert (got.points, got.maximum) == (Fraction(5, 2), 4)
    assert [each.note for each in got.marks] == ["by hand: ill", "excused: ill", "", ""]
    assert got.marks[0].rule == "by-hand"
    whole = mark(TRIES[1], decided=[decision(mark=4)])
    assert (whole.points, whole.notes) == (4, ("3 from the hand-in, 4 set by hand: ill",))
    away = mark(TRIES[1], decided=[decision(excused=True)])
    assert (away.status, away.points, away.percent) == (Status.EXCUSED, None, None)


def test_a_late_try_keeps_the_mark_that_a_person_gave() -> None:
    rules = read_rules("best", "100%/day", "2026-11-20T09:00", UTC)
    got = mark(TRIES[1], rules=rules, decided=[decision("gate", mark=1)])
    assert (got.points, got.tries[0].share) == (1, 0)


def test_who_handed_in_nothing() -> None:
    assert mark()[:4] == (ADA, Status.MISSING, None, 0)
    got: StudentGrade = mark(decided=[decision("gate", mark=1)])
    assert (got.status, got.points, got.maximum) == (Status.GRADED, 1, 5)


def test_a_free_answer_waits_for_its_mark() -> None:
    path = FIXTURES / "kind-free.yaml"
    questions = {question.id: question for question in the_bank(path).questions}
    text = graded(handed_in({"gate": ["A door."], "sure": ["true"]}, path=path), path=path)
    grader = Grader(GradingRules(), questions)
    got = grader.grade(ADA, [text])
    assert (got.points, got.maximum, got.unmarked) == (1, 3, 1)
    got = grader.grade(ADA, [text], [decision("gate", mark=Fraction(3, 2))])
    assert (got.points, got.maximum, got.unmarked) == (Fraction(5, 2), 3, 0)
    blank = graded(handed_in({"sure": ["true"]}, path=path), path=path)
    assert grader.grade(ADA, [blank]).unmarked == 0


@pytest.mark.parametrize(
    ("policy", "late", "due", "said"),
    [
        ("worst", None, None, "'worst' is not a policy — use best, last, first, mean"),
        ("5,10", None, None, "do not grow"),
        ("0,0", None, None, "is not a policy"),
        ("10,,5", None, None, "is not a policy"),
        ("10,-5", None, None, "is not a policy"),
        ("١٠", None, None, "is not a policy"),
        ("best", "10%/day", None, "needs a due time"),
        ("best", "10", "2026-11-20", "'10' is not a penalty — write --late 10%/day"),
        ("best", "10%/week", "2026-11-20", "is not a penalty"),
        ("best", None, "soon", "'soon' is not a time — write --due 2026-11-30T18:00"),
        ("best", None, "0001-01-01T00:00+14:00", "is not a time"),
    ],
)
def test_rules_that_are_none(policy: str, late: str, due: str, said: str) -> None:
    with pytest.raises(UserError, match=re.escape(said)):
        read_rules(policy, late, due, UTC)
