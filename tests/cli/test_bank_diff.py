"""Two versions of a bank: what learners notice, and what becomes of what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizcli.bank.diff import Aspect, QuestionFate, bank_diff
from quizcli.bank.shelf import load_bank
from tests.support.bank_files import EVERYTHING, SMALL
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

    from quizcli.bank.diff import BankDiff

OLD = (
    SMALL
    + """\
  - id: two
    kind: number
    prompt: How many moons has Mars?
    answer: '2'
  - id: three
    kind: cloze
    text: It is [[a::Deimos]] and [[b::Phobos]].
  - id: four
    kind: ordering
    prompt: From the sun on?
    items: [{id: m, text: Mercury}, {id: v, text: Venus}, {id: e, text: Earth}]
"""
)
# What is edited, and how it is to be called.
EDITS = {
    "prompt": ("Which planet is ours?", "Which one is ours?", {"prompt": Aspect.WORDING}),
    "option": ("text: Mars", "text: Venus", {"option b": Aspect.OPTIONS}),
    "key": ("Earth, correct: true}", "Earth}", {"option a, right": Aspect.KEY, "option b, right": Aspect.KEY}),
    "answer": ("answer: '2'", "answer: '3'", {"answer": Aspect.KEY}),
    "tolerance": ("answer: '2'", "answer: '2'\n    tolerance: '1'", {"tolerance": Aspect.KEY}),
    "points": ("answer: '2'", "answer: '2'\n    points: 2", {"points": Aspect.CREDIT}),
    "tags": ("answer: '2'", "answer: '2'\n    tags: [moons]", {"tags": Aspect.OTHER}),
    "hint": ("answer: '2'", "answer: '2'\n    hints: [Few.]", {"hints": Aspect.FEEDBACK}),
    "gap": ("[[b::", "[[c::", {"text": Aspect.WORDING}),
    "order": ("{id: m, text: Mercury}, {id: v, text: Venus}", "{id: v, text: Venus}, {id: m, text: Mercury}", {"order": Aspect.KEY}),
    "remark": ("format: 1", "# edited\nformat: 1", {}),
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    (home.root / "questions" / "small.yaml").write_text(OLD)
    return home


def edited(home: Home, *replaced: tuple[str, str]) -> Path:
    text = OLD
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    path = home.root.parent / "edited.yaml"
    path.write_text(text)
    return path


def compared(home: Home, *replaced: tuple[str, str]) -> BankDiff:
    return bank_diff(
        load_bank(home.root / "questions" / "small.yaml"), load_bank(edited(home, *replaced))
    )


@pytest.mark.parametrize("edit", EDITS)
def test_each_edit_is_called_by_what_it_is(edit: str, home: Home) -> None:
    old, new, names = EDITS[edit]
    more = [("text: Mars}", "text: Mars, correct: true}")] if edit == "key" else []
    changes = [c for q in compared(home, (old, new), *more).questions for c in q.changes]
    assert {change.name: change.aspect for change in changes} == names


def test_every_kind_is_compared_with_itself() -> None:
    bank = load_bank(EVERYTHING)
    assert bank_diff(bank, bank) == (bank, bank, (), ())


def test_new_gone_and_renamed_questions_are_told_apart(home: Home) -> None:
    difference = compared(
        home,
        ("- id: one", "- id: uno\n    formerly: [one]"),
        ("- id: two", "- id: zwei"),
        ("- id: three", "- id: drei"),
        ("[[a::Deimos]]", "[[a::Phobos]]"),
    )
    fates = {question.id: question.fate for question in difference.questions}
    assert fates == {
        "uno": QuestionFate.RENAMED, "zwei": QuestionFate.NEW, "drei": QuestionFate.NEW, "two": QuestionFate.GONE, "three": QuestionFate.GONE
    }  # fmt: skip
    like = {question.id: question.like for question in difference.questions if question.like}
    assert like == {"two": "zwei"}


def test_what_is_seen_is_said_and_what_nobody_sees_as_well(home: Home) -> None:
    path = edited(home, EDITS["prompt"][:2], EDITS["tags"][:2], EDITS["gap"][:2])
    words = home("bank", "diff", "small", str(path)).out
    assert "3 changed; 3 questions, 2 cards now" in words
    assert "one: wording" in words
    assert "  prompt: Which planet is ours? → Which one is ours?" in words
    assert "two: nothing that learners will notice" in words
    assert "the gap 'b' was removed, and with it its card and learning history" in " ".join(
        words.split()
    )


def test_longer_texts_are_shown_line_by_line(home: Home) -> None:
    long = "prompt: |\n      Which planet\n      is ours?"
    path = edited(home, ("prompt: Which planet is ours?", long))
    other = home.root.parent / "other.yaml"
    other.write_text(path.read_text().replace("is ours", "is mine"))
    words = home("bank", "diff", str(path), str(other)).out
    assert "  prompt:\n    - is ours?\n    + is mine?\n" in words


def test_cards_are_not_counted_as_questions(home: Home) -> None:
    """As in the list of banks."""
    card = "  - {id: mars, kind: card, front: Which planet is red?, back: Mars}\n"
    path = home.root.parent / "with-card.yaml"
    path.write_text(edited(home).read_text().rstrip("\n") + f"\n{card}")
    assert "1 added; 3 questions, 3 cards now" in home("bank", "diff", "small", str(path)).words


def test_nothing_changed(home: Home) -> None:
    ran = home("bank", "diff", "small", str(edited(home)))
    assert "3 questions, 2 cards, unchanged" in ran.words
    assert "None of it is affected (0 attempts)." in ran.words
    assert ran.code == 0


def test_answers_that_would_be_graded_otherwise_are_counted(home: Home) -> None:
    for given in ("a", "b", "a"):
        home("take", "small", "--no-shuffle", "--restart", text=f"{given}\n2\nm,v,e\n")
    swapped = [("Earth, correct: true}", "Earth}"), ("text: Mars}", "text: Mars, correct: true}")]
    path = edited(home, *swapped, ("answer: '2'", "answer: '3'"))
    found = home("bank", "diff", "small", str(path), "--json").data
    marks = {
        each["question"]: (each["higher"], each["lower"]) for each in found["history"]["marks"]
    }
    assert marks == {"one": (1, 2), "two": (0, 3)}
    assert found["history"]["attempts"] == 3
    assert {q["id"]: q["noticed"] for q in found["questions"]} == {"one": ["key"], "two": ["key"]}
    alone = home("bank", "diff", str(path), "--json").data
    assert alone["history"] == found["history"]
    assert alone["old"] is None
    assert home("bank", "diff", "small", "--json").data["history"]["marks"] == []


def test_what_is_gone_with_a_history_is_told_and_what_is_renamed_is_not(home: Home) -> None:
    home("take", "small", "--no-shuffle", text="a\n2\nm,v,e\n")
    home("review", "small", "--new", "2", text="s\ngood\ns\ngood\n" * 2)
    gone = edited(home, ("- id: one", "- id: uno"), ("- id: two", "- id: zwei"), ("[[a::", "[[x::"))
    lost = home("bank", "diff", "small", str(gone), "--json").data["history"]["lost"]
    named = {each["address"]: each["answers"] for each in lost}
    assert named["small/one"] == named["small/two"] == 1
    kept = edited(home, ("- id: one", "- id: uno\n    formerly: [one]"))
    assert home("bank", "diff", "small", str(kept), "--json").data["history"]["lost"] == []
    bank = edited(home, ("id: small", "id: tiny\nformerly: [small]"))
    assert home("bank", "diff", "small", str(bank), "--json").data["history"]["lost"] == []


def test_a_bank_under_another_id_is_told_once_and_with_all_that_was_answered(home: Home) -> None:
    """It is the bank that was renamed: what its questions had before brings nothing back."""
    home("take", "small", "--no-shuffle", "--exam", text="a\n2\nm,v,e\n\n")
    home("take", "small", "--no-shuffle", text="a\n2\nm,v,e\n")
    home("review", "small", "--new", "2", text="s\ngood\ns\ngood\n" * 2)
    path = edited(home, ("id: small", "id: tiny"), ("- id: two", "- id: zwei"))
    lost = home("bank", "diff", "small", str(path), "--json").data["history"]["lost"]
    answers = {each["address"]: (each["answers"], each["by_bank"]) for each in lost}
    assert answers["small/one"] == (2, True)
    assert answers["small/two"] == (2, False)
    by_bank, _, by_question = home("bank", "diff", "small", str(path)).words.partition("No longer")
    assert "add 'formerly: [small]' to the bank to keep this history" in by_bank
    assert "small/one" in by_bank
    assert "small/two" in by_question
    whole = edited(home, ("id: small", "id: tiny"))
    assert "No longer" not in home("bank", "diff", "small", str(whole)).out
    kept = edited(home, ("id: small", "id: tiny\nformerly: [small]"))
    assert home("bank", "diff", "small", str(kept), "--json").data["history"]["lost"] == []


def test_faults_and_hostile_texts_are_told_safely(home: Home) -> None:
    assert home("bank", "diff", "small", "gone.yaml").code == 3
    path = edited(home, ("prompt: Which planet is ours?", 'prompt: "\\u202e\\u2066Which?"'))
    ran = home("bank", "diff", "small", str(path))
    assert "\u202e" not in ran.out
    assert ran.code == 0


def test_headings_that_follow_each_other_stand_one_line_apart(tmp_path: Path) -> None:
    """Of one bank alone nothing is compared: its title is followed by the next heading."""
    told = Home(tmp_path)("bank", "diff", "sample").out
    assert "\n\nYour history\n\n" in told
    assert "\n\n\n" not in told
