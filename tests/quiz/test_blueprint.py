"""Exams from a bank: so many questions of each tag."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.bank.read import read_bank
from quizcli.quiz.blueprint import TooFewError, by_section
from quizcli.quiz.model import Question, Section
from quizcli.quiz.session import Session
from quizcli.quiz.steps import PRACTICE
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path


def tagged(*tags: str) -> list[Question]:
    """Questions with these tags, a letter each: "ab" has two."""
    return [
        Question(f"q{n}", "single-choice", "P", tags=tuple(each)) for n, each in enumerate(tags)
    ]


def ids(questions: list[Question], *sections: tuple[str, int]) -> list[str]:
    parts = by_section(questions, [Section(*section) for section in sections])
    return [question.id for part in parts for question in part]


def test_sections_in_their_order() -> None:
    """In each the questions that come first."""
    assert ids(tagged("a", "b", "a", "b", "a"), ("b", 1), ("a", 2)) == ["q1", "q0", "q2"]


def test_a_question_with_several_tags_is_taken_once() -> None:
    """And gives way where another section would be short without it."""
    assert ids(tagged("ab", "a"), ("a", 1), ("b", 1)) == ["q1", "q0"]
    assert ids(tagged("ab", "bc", "ac", "a"), ("a", 1), ("b", 1), ("c", 1)) != []
    assert ids(tagged("ab", "ab"), ("a", 1), ("b", 1)) in (["q0", "q1"], ["q1", "q0"])


def test_too_few_are_told() -> None:
    with pytest.raises(TooFewError, match="2 questions of 'b' are needed, but 1 is left"):
        ids(tagged("a", "b", "a"), ("a", 1), ("b", 2))
    with pytest.raises(TooFewError, match="1 question of 'x' is needed, but 0 are left"):
        ids(tagged("a"), ("x", 1))


@pytest.mark.parametrize(
    ("questions", "sections"),
    [
        (tagged(*["a"] * 1200), [("a", 1201)]),
        (tagged(*["ab"] * 1999), [("a", 1000), ("b", 1000)]),
        (tagged(*["ab"] * 600, *["bc"] * 600, *["a"] * 600), [("b", 1200), ("a", 601), ("c", 1)]),
    ],
    ids=["one", "two", "three"],
)
def test_what_cannot_be_filled_is_told_soon(
    questions: list[Question], sections: list[tuple[str, int]]
) -> None:
    begun = time.process_time()
    with pytest.raises(TooFewError):
        ids(questions, *sections)
    assert time.process_time() - begun < 2


@given(
    st.lists(st.sets(st.sampled_from("abc"), min_size=1), max_size=7),
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 3)), min_size=1, max_size=3),
)
def test_what_can_be_filled_is(tags: list[set[str]], wanted: list[tuple[str, int]]) -> None:
    """Against Hall's condition: sections can be filled where the questions of every few of them
    are no fewer than these want."""
    questions = tagged(*("".join(sorted(each)) for each in tags))
    possible = all(
        sum(size for n, (_, size) in enumerate(wanted) if some >> n & 1)
        <= sum(
            any(some >> n & 1 and tag in each for n, (tag, _) in enumerate(wanted)) for each in tags
        )
        for some in range(1, 2 ** len(wanted))
    )
    try:
        found = ids(questions, *wanted)
    except TooFewError:
        assert not possible
        return
    assert possible
    assert len(set(found)) == len(found) == sum(size for _, size in wanted)
    at = iter(found)
    for tag, size in wanted:
        assert all(tag in tags[int(next(at)[1:])] for _ in range(size))


BANK = "format: 1\nid: b\ntitle: B\nDRAWquestions:\n" + "".join(
    f"  - {{id: q{n}, kind: text, prompt: P{n}, answers: [x], tags: [{'even' if n % 2 == 0 else 'odd'}]}}\n"
    for n in range(10)
)


def session(seed: int, *, shuffle: bool, draw: str = "") -> list[str]:
    bank = read_bank(BANK.replace("DRAW", draw).encode(), "b.yaml")
    policy = PRACTICE._replace(shuffle=shuffle)
    sections = bank.draw or (Section("odd", 2), Section("even", 3))
    return [item.question.id for item in Session(bank, seed, policy, sections=sections).items]


def test_the_draw_is_the_seeds() -> None:
    """The same seed asks the same questions, shuffled or in the bank's order within a section."""
    assert session(5, shuffle=True) == session(5, shuffle=True)
    draws = {tuple(sorted(session(seed, shuffle=True))) for seed in range(30)}
    assert len(draws) > 10
    for seed in range(5):
        still = session(seed, shuffle=False)
        assert sorted(still) == sorted(session(seed, shuffle=True))
        assert still[:2] == sorted(still[:2])
        assert still[2:] == sorted(still[2:])
        assert all(int(id[1:]) % 2 for id in still[:2])


@pytest.fixture
def desk(tmp_path: Path) -> Home:
    """A home with a bank that draws two odd questions and one even."""
    desk = Home(tmp_path / "desk", sample=False)
    (desk.root / "questions").mkdir(parents=True)
    draw = "draw: [{tag: odd, count: 2}, {tag: even, count: 1}]\n"
    (desk.root / "questions" / "b.yaml").write_text(BANK.replace("DRAW", draw))
    return desk


def asked(desk: Home, *arguments: str) -> list[int]:
    """The numbers of the questions of a quiz that was taken to its end."""
    desk("take", "b", *arguments, text="x\n" * 12)
    answers = desk("score", "--format", "json").data["answers"]
    return [int(answer["question"].rpartition("/")[2][1:]) for answer in answers]


def test_take_draws_as_the_bank_says_or_the_learner(desk: Home) -> None:
    usual = asked(desk, "--seed", "3")
    assert [n % 2 for n in usual] == [1, 1, 0]
    assert asked(desk, "--seed", "3") == usual
    assert [n % 2 for n in asked(desk, "--draw", "even=3", "--draw", "odd=1")] == [0, 0, 0, 1]
    assert len(asked(desk, "--draw", "all")) == 10
    assert len(asked(desk, "--tag", "odd")) == 5
    assert len(asked(desk, "--questions", "7")) == 7
    assert [n % 2 for n in asked(desk, "--exam", "--seed", "8")] == [1, 1, 0]


def test_an_exam_that_was_left_goes_on_with_its_questions(desk: Home) -> None:
    whole = asked(desk, "--seed", "4")
    desk("take", "b", "--seed", "4", text="x\n")
    desk("take", "b", "--resume", text="x\n" * 9)
    assert asked(desk, "--seed", "4") == whole
    first, second, third = (
        [a["question"] for a in desk("score", n, "--format", "json").data["answers"]] for n in "123"
    )
    assert first == second == third


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        ("all even=1", "--draw all cannot be combined"), ("evn=2", "did you mean 'even'?"), ("even=9", "9 questions of 'even' are needed, but 5 are left"),
        ("even", "write --draw gates=5"), ("even=0", "draws nothing"), ("even=٣", "draws nothing"),
        ("=3", "draws nothing"), ("even=2.5", "draws nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn(desk: Home, draw: str, said: str) -> None:
    ran = desk("take", "b", *(part for each in draw.split(" ") for part in ("--draw", each)))
    assert ran.code == 2
    assert said in ran.told


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        ("[{tag: evn, count: 1}]", "b.yaml:4:14: no question has the tag 'evn' — did you mean 'even'?"),
        ("[{tag: even, count: 6}]", "b.yaml:4:27: 6 questions of 'even' are needed, but 5 are left"),
        ("[{tag: even, count: 0}]", "b.yaml:4:27: this section asks no questions"),
        ("[{tag: odd, count: 3}, {tag: odd, count: 3}]", "b.yaml:4:48: 3 questions of 'odd'"),
        ("[{tag: even}]", "the section has no 'count'"), ("[]", "'draw' is empty"), ("even", "'draw' is plain text"),
    ],
)  # fmt: skip
def test_faults_of_a_bank(desk: Home, draw: str, said: str) -> None:
    path = desk.root / "questions" / "b.yaml"
    path.write_text(BANK.replace("DRAW", f"draw: {draw}\n"))
    assert said in desk("bank", "check", str(path)).words


def test_the_sections_are_kept_and_shown(desk: Home) -> None:
    for _ in range(2):  # read, then from the cache
        shown = json.loads(desk("bank", "show", "b", "--json").out)["bank"]["draw"]
        assert shown == [{"tag": "odd", "count": 2}, {"tag": "even", "count": 1}]
