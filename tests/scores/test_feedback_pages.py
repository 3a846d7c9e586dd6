"""Pages for students: their own, whole, and harmless."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizcli.scores.class_grading import graded_class
from quizcli.scores.feedback_pages import feedback_pages
from quizcli.scores.gradebooks.book import GradeBook
from quizcli.scores.grading import NO_TIME, Grader
from quizcli.scores.hand_in_head import Student
from quizcli.scores.hand_in_store import HandInStore
from quizcli.scores.hand_ins import HandInReader
from quizcli.scores.overrides import Override
from quizcli.scores.policies import GradingRules, TryPolicy
from quizcli.scores.tries import TryPile
from tests.scores.test_grade_books import NAMES, the_class
from tests.support.handing_in import FIXTURES, SAMPLE, graded, handed_in, the_bank

if TYPE_CHECKING:
    from collections.abc import Sequence

GOLDEN = Path(__file__).parent / "golden"


def pages(*given: tuple[Student, dict[str, Sequence[str]]], path: Path = SAMPLE) -> dict[str, str]:
    """The pages of a class that answered so."""
    reader = HandInReader(the_bank(path))
    pile = TryPile(HandInStore(reader.earned))
    for number, (who, answers) in enumerate(given):
        pile.add(
            graded(handed_in(answers, who, path=path, seed=number), path=path, file=f"{number}")
        )
    grades, notes = graded_class(pile, reader, GradingRules(), [], "")
    return dict(feedback_pages(GradeBook(the_bank(path), reader.questions, grades, notes, "", "")))


def test_bytes(request: pytest.FixtureRequest) -> None:
    page = dict(feedback_pages(the_class()))["001.md"].encode()
    path = GOLDEN / "feedback.md"
    if request.config.getoption("--update-golden"):
        path.write_bytes(page)
    assert path.read_bytes() == page


def test_nothing_of_anybody_else_is_in_a_page() -> None:
    """Nor of who handed in nothing; a decision is told to whom it is about."""
    found = dict(feedback_pages(the_class()))
    assert sorted(found) == [f"00{n}.md" for n in range(1, 6)]
    for name, page in found.items():
        others = {f"00{n}" for n in range(1, 8)} - {name.removesuffix(".md")}
        assert not [other for other in others if other in page]
        assert "<script>" not in page
        assert "\u202e" not in page
    assert "by hand: -oral" in found["004.md"]
    assert "oral" not in "".join(page for name, page in found.items() if name != "004.md")
    assert len({each for each in NAMES if each.split()[0] in found["005.md"]}) == 1


def test_what_is_typed_and_arranged() -> None:
    answers: dict[str, Sequence[str]] = {
        "width": ["300"], "output": ["<b>*$x$"], "parts": [], "period": ["20 ms"],
    }  # fmt: skip
    page = pages((Student("1"), answers), path=FIXTURES / "kinds.yaml")["1.md"]
    for said in (
        "Your answer: 300\n\nRight: 100\n\nThree gates are not one.",
        r"Your answer: &lt;b&gt;\*\$x\$",
        "Run the experiment: `quizcli demo kinds/width`",
        "1 of 1 point", "0 of 2 points",
    ):  # fmt: skip
        assert said in page
    assert "✗ (right: how much of the candidate enters)" in page


def test_a_free_answer_waits() -> None:
    page = pages((Student("1"), {"gate": ["A door."]}), path=FIXTURES / "kind-free.yaml")["1.md"]
    assert "not marked yet of 2 points" in page
    assert "Your answer: A door." in page


def test_numbers_are_those_of_the_student() -> None:
    path = FIXTURES / "varied.yaml"
    page = pages((Student("1"), {"layer": ["sum"]}), path=path)["1.md"]
    data = handed_in({}, path=path, seed=0)["answers"][1]["variables"]
    assert f"How many weights has a layer from {data['H']} to {data['H']} units" in page
    assert "{H}" not in page


@pytest.mark.parametrize("policy", TryPolicy)
def test_a_question_that_a_hand_in_lacks_has_the_numbers_of_its_seed(policy: TryPolicy) -> None:
    """Of a student who handed in nothing it has some."""
    path = FIXTURES / "varied.yaml"
    reader = HandInReader(the_bank(path))
    grader = Grader(GradingRules(policy), reader.questions)
    one = graded(handed_in({}, path=path, seed=5, vary=True, only=["width"]), path=path)
    oral = Override(2, "2", "width", 1, excused=False, extra=NO_TIME, reason="oral")
    grades = [grader.grade(Student("1"), [one]), grader.grade(Student("2"), [], [oral])]
    found = dict(feedback_pages(GradeBook(reader.bank, reader.questions, grades, (), "", "")))
    H = handed_in({}, path=path, seed=5, vary=True)["answers"][1]["variables"]["H"]
    assert f"From {H} to {H}" in found["1.md"]
    assert [name for name, page in found.items() if "{H" in page or "{n" in page] == []
    assert len(found) == 2


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        (["../../etc/passwd", "a/b"], ["_etc_passwd.md", "a_b.md"]),
        (["CON", "nul"], ["_CON.md", "_nul.md"]),
        (["x y", "x_y", "X.Y"], ["X_Y.md", "x_y-2.md", "x_y-3.md"]),
        (["x y", "x_Y"], ["x_Y-2.md", "x_y.md"]),
        (["é" * 100], ["_.md"]),
        (["a" * 120], ["a" * 80 + ".md"]),
    ],
)
def test_names_of_files_are_harmless(ids: list[str], names: list[str]) -> None:
    assert sorted(pages(*((Student(id), {}) for id in ids))) == names
