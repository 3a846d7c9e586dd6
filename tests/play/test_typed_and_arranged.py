"""Numbers, texts, pairs and orders, asked in every way: keys, lines, a file, an exam, a review."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quizcli.play.quiz.options import QuizOptions
from quizcli.quiz.steps import EXAM, PRACTICE
from tests.support.home import Home
from tests.support.taking import Seen, desk_with, taken

KINDS = Path(__file__).parent.parent / "fixtures" / "kinds.yaml"
RIGHT = "100\n20\nsoftmax\n1a 2b\nc,a,b\n"


@pytest.fixture
def desk(tmp_path: Path) -> Home:
    """A home with the bank on its shelf."""
    return desk_with(tmp_path / "desk", KINDS)


def with_keys(root: Path, *keys: str, size: tuple[int, int] = (80, 24), exam: bool = False) -> str:
    """A quiz with keys; what was on the screen, then all that was drawn."""
    return "".join(seen(root, *keys, size=size, exam=exam))


def seen(root: Path, *keys: str, size: tuple[int, int] = (80, 24), exam: bool = False) -> Seen:
    """A quiz with keys, in the order of the bank."""
    options = QuizOptions(seed=1, policy=(EXAM if exam else PRACTICE)._replace(shuffle=False))
    return taken(root, KINDS, *keys, options=options, size=size)


def test_in_lines(desk: Home) -> None:
    """What is none is told and asked again; a slip is asked once more; reasons follow."""
    said = desk(
        "take", "kinds",
        text="many\n300?\n5 kg\n20200 us\nsoftmx\nsigmoid\n1a\n1b 2b\nabc\n",
    ).out  # fmt: skip
    for words in (
        "'many' is not a number: type it in digits", "Three gates are not one.",
        "You marked it as a guess.", "The answer must be in ms", "Right. 1 of 1 point.",
        "Almost: check the spelling", "It rates each word by itself.",
        "Not matched yet: 2.", "Partly right. 1 of 2 points.", "The right answer is 1a 2b.",
        "It lets in.", "Partly right. 0.5 of 1 point: 2 of 3 in a row.", "The right answer is c,a,b.",
        "1, right: the candidate.\n2, right: the blend.\n3, wrong: the gates.\nIn the right order:\n",
        "In the right order:\n1. the gates\n2. the candidate\n3. the blend\n",
    ):  # fmt: skip
        assert words in said, words


def test_help_is_of_the_kind_at_hand(desk: Home) -> None:
    """With a whole answer for an example; in a review too."""
    orders = (
        "Answer with all letters, first to last: c,a,b. Add a question mark to mark it as a guess"
    )
    for verb in (("take",), ("review", "--new", "9", "--no-shuffle")):
        said = desk(*verb, "kinds", text=":help\n\n\n\n:help\n1b\nb\n\n:help\nb,a\nx\n\n").words
        assert "Type the answer. Add a question mark to mark it as a guess." in said
        assert "Answer with a letter for each number: 1b 2c. Add a question mark" in said
        assert "for each, such as 1b 2c." in said
        assert orders in said
        assert "Answer (such as c,a,b, empty skips, :help)" in said
        assert "Not placed yet: c." in said
        assert "the letters a to c in order, such as c,a,b." in said
        assert "Answer with a letter: " not in said


def test_all_right_in_every_format(desk: Home) -> None:
    desk("take", "kinds", text=RIGHT)
    data = desk("score", "--format", "json").data
    assert [(answer["response"], answer["correct"]) for answer in data["answers"]] == [
        (["100"], ["100"]), (["20"], ["20 ms"]), (["softmax"], ["softmax"]),
        (["update: update", "forget: forget"],) * 2, (["gates", "candidate", "blend"],) * 2,
    ]  # fmt: skip
    assert data["attempt"]["points"] == 6
    assert "update: update" in desk("score", "--format", "csv").out
    assert "gates" in desk("score", "--format", "md").out
    desk("take", "kinds", text="-5\n\n=2+3\n\n\n")
    table = desk("score", "--format", "csv").out
    assert ",-5,100," in table
    assert ",'=2+3,softmax," in table
    assert "100%" in desk("history").out
    for shown in (desk("history", "1").out, desk("history", "1", "--plain").out):
        assert "softmax" in shown
        assert "the gates" in shown


def test_an_attempt_again_says_what_was_answered(desk: Home) -> None:
    """With its mark and its reasons, as after answering, on a screen and in lines."""
    desk("take", "kinds", "--no-shuffle", text="300?\n\nsigmoid\nsigmoid\n1b 2b\nabc\n")
    seen = " ".join(desk("history", "1").out.split())
    said = desk("history", "1", "--plain").out
    for words in (
        "✗ Wrong: you answered “300”. The answer is 100. (A guess.) Three gates are not one.",
        "– Not answered. The answer is 20 ms.",
        "✗ Wrong: you answered “sigmoid”. The answer is softmax. It rates each word by itself.",
        (
            "◐ Partly right, 1 of 2 points. ✗ Γᵤ how much of the memory stays"
            " Right: how much of the candidate enters It lets in. ✓ Γ_f how much of the memory stays"
        ),
        (
            "◐ Partly right, 0.5 of 1 point: 2 of 3 in a row. ✓ 1. the candidate ✓ 2. the blend"
            " ✗ 3. the gates In the right order: 1. the gates 2. the candidate 3. the blend"
        ),
    ):
        assert words in seen, words
    for words in (
        (
            'Your answer: "300".\nWrong. 0 of 1 point. You marked it as a guess.\nThe right answer is 100.\n'
            "Three gates are not one."
        ),
        "Not answered. 0 of 1 point.\nThe right answer is 20 ms.",
        (
            "Your answer: 1b 2b.\nPartly right. 1 of 2 points.\nThe right answer is 1a 2b.\n"
            "Gamma_u, wrong: how much of the memory stays. Right: how much of the candidate\n"
            "   enters.\n   It lets in.\n"
        ),
        "Gamma_f, right: how much of the memory stays.",
        "3, wrong: the gates.",
    ):
        assert words in said, words


def test_every_reason_keeps_to_what_was_answered(desk: Home) -> None:
    """No wrong pair is called right, and what was left out is no wrong answer."""
    said = desk("take", "kinds", "--no-shuffle", text="\n\n\n1b 2b\n:why\n\n").out
    assert "Gamma_u, right" not in said
    assert said.count("Gamma_u, wrong: how much of the memory stays. Right: how much") == 2
    desk("take", "kinds", "--exam", "--no-shuffle", text="100" + "\n" * 6)
    assert (
        "Gamma_u, not answered. Right: how much of the candidate"
        in desk("history", "2", "--plain").out
    )
    assert "In the right order:\n1. the gates\n2. the" in desk("history", "2", "--plain").out
    shown = desk("history", "2").out
    assert "– Γᵤ\n       Right: how much of the candidate enters\n" in shown
    assert " In the right order:\n     1.  the gates\n     2.  the candidate\n" in shown


def test_from_a_file(desk: Home, tmp_path: Path) -> None:
    """As the format's guide writes it: a number, a text, a mapping, a list. A slip is wrong."""
    answers = tmp_path / "answers.yaml"
    answers.write_text(
        "width: 1e2\nperiod: 20 ms\noutput: softmx\nparts: {update: update, forget: update}\n"
        "step: [gates, candidate, blend]\n"
    )
    data = desk("take", "kinds", "--answers", str(answers), "--json").data
    assert [answer["points"] for answer in data["answers"]] == [1, 1, 0, 1, 1]
    answers.write_text(
        "width: ten\nparts: {update: nothing}\nstep: [gates, gates]\noutput: [a, b]\n"
    )
    ran = desk("take", "kinds", "--answers", str(answers))
    assert ran.code == 2
    for words in ("answers.yaml:1:8: 'ten' is not a number", "answers.yaml:2:17: 'parts' has no right side 'nothing'",
                  "answers.yaml:3:7: 'step' has 3 items", "answers.yaml:4:9: 'output' takes one"):  # fmt: skip
        assert words in ran.told


def test_the_right_sides_of_a_handout_are_named_as_a_student_sees_them(
    desk: Home, tmp_path: Path
) -> None:
    """Their ids are digests, and those of their pairs would give the key away."""
    handout, answers = tmp_path / "handout.yaml", tmp_path / "answers.yaml"
    assert not desk("class", "handout", "kinds", "-o", str(handout)).code
    answers.write_text("parts: {update: update}\n")
    told = desk("take", str(handout), "--answers", str(answers)).told
    assert "'parts' has no right side 'update' — use " in " ".join(told.split())
    assert "how much of the candidate enters" in " ".join(told.split())
    answers.write_text("parts: {update: how much of the candidate enters}\n")
    assert not desk("take", str(handout), "--answers", str(answers)).code


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (120, 40)])
def test_with_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    """Typed with corrections, placed by letters and arrows; every state is in sight."""
    said = with_keys(
        tmp_path / "a", *"12", "left", "backspace", *"30", "right", "backspace", *"0", "enter", "enter",
        *"20 s", "home", "end", "backspace", *"ms", "enter", "enter",
        *"sofmax", "enter", "left", "left", "left", "t", "enter", "enter",
        "b", "up", "a", "b", "enter", "enter",
        "c", "a", " ", "down", "up", " ", "enter", "enter", size=size,
    )  # fmt: skip
    flat = " ".join(said.split())
    assert "Three gates are not one." in flat
    assert "✓ Right: 20 ms." in flat
    assert "Almost: check the spelling" in flat
    assert "✓ Right: softmax." in flat
    assert flat.count("✓ Right") >= 4
    assert "2 –" in flat
    assert "◆ 3 a the candidate" in flat
    assert "Score 5 of 6" in flat


def test_a_low_window_names_what_the_cursor_is_on(tmp_path: Path) -> None:
    """The parts have scrolled away; their places are in a line, what is at hand below it."""
    to_pairs = "1 0 0 enter enter 2 0 enter enter tab"
    pairs = seen(tmp_path / "pairs", *to_pairs.split(), "b", size=(40, 9)).stayed
    assert " 1b ▸2–\n ▸ 2  Γ_f\n" in pairs
    order = seen(tmp_path / "order", *to_pairs.split(), "tab", "down", size=(40, 9)).stayed
    assert " ▸a b c\n ▸ a  the candidate\n" in order


def test_what_is_not_finished_is_told(tmp_path: Path) -> None:
    said = with_keys(tmp_path / "a", "enter", "tab", "tab", "tab", "b", "enter", "backspace", "delete",
                     "2", "backspace", "backspace")  # fmt: skip
    flat = " ".join(said.split())
    assert "Type something first, or press Tab to skip." in flat
    assert "Not matched yet: 2." in flat
    assert "1 –" in flat


def test_in_an_exam_answers_may_change(tmp_path: Path) -> None:
    """What was answered stands there when one comes back; a slip counts at once."""
    said = with_keys(
        tmp_path / "a", *"1", "enter", *"20", "enter", *"softmx", "enter", "b", "a", "enter", "enter",
        "left" , exam=True,
    )  # fmt: skip
    assert "Nearly" not in said
    assert "5 of 5" in " ".join(said.split())
    back = with_keys(
        tmp_path / "b", *"1", "enter", "up", *["backspace"], *"100", "enter", "tab", "tab",
        "b", "a", "enter", "left", "up", "a", "enter", exam=True,
    )  # fmt: skip
    assert "▸ 100_" in back
    assert "▸ 1 b" in back


def test_an_answered_question_shows_its_answer_again(tmp_path: Path) -> None:
    """Whatever its form: the number, the text, the pairs, the order that were given."""
    back = ["enter", *["backspace"] * 4]
    said = seen(
        tmp_path / "a", *"300", "enter", "enter", *"20 ms", "enter", "enter", *"sigmoid", "enter",
        "enter", "b", "c", "enter", "enter", "c", "a", "b", *back,
    ).stayed  # fmt: skip
    again = said[said.index("All kinds · 4 of 5", said.index("All kinds · 5 of 5")) :]
    for line in (" ▸ 300\n", " ▸ 20 ms\n", " ▸ sigmoid\n", "   1 b  Γᵤ", "   2 c  Γ"):
        assert line in again, line


def test_an_exam_that_is_over_shows_its_answers(tmp_path: Path) -> None:
    """With the reasons for them."""
    said = seen(
        tmp_path / "a", "!", *"300", "enter", "tab", "tab", "b", "c", "enter", "c", "a", "b",
        "enter", "enter", "e", exam=True,
    ).stayed  # fmt: skip
    end = said[said.index("Score") :]
    assert " ▸ 300\n" in end
    assert "✗ Wrong: you answered “300”." in end
    assert "   1 b  Γᵤ" in end
    assert "   1 c  the gates" in end


def test_resumed_equals_uninterrupted(desk: Home) -> None:
    desk("take", "kinds", "--seed", "7", text="100\n20\n")
    desk("take", "kinds", "--resume", text="softmax\n1a 2b\nc,a,b\n")
    other = desk_with(desk.root.parent / "other", KINDS)
    other("take", "kinds", "--seed", "7", text=RIGHT)
    one, two = (home("score", "--format", "json").data["answers"] for home in (desk, other))
    kept = ("question", "response", "correct", "points", "mark")
    assert [[a[k] for k in kept if k in a] for a in one] == [
        [a[k] for k in kept if k in a] for a in two
    ]


def test_a_review_asks_them_and_undo_takes_back(desk: Home) -> None:
    desk("take", "kinds", text=RIGHT)
    desk.days(6)
    first = next(iter(desk.queue("kinds", "--new", "0"))).partition("/")[2]
    right = dict(
        zip(("width", "period", "output", "parts", "step"), RIGHT.split("\n"), strict=False)
    )
    text = f"{right[first]}\n\n:undo\n{right[first]}\n\n:quit\n"
    said = desk("review", "kinds", "--new", "0", "--no-shuffle", text=text).words
    assert said.count("Right. ") == 2
    assert "undone" in said.lower()
    assert desk("stats", "--json").data["reviews"] == 6
    assert "softmax" in desk("cards", "kinds", "--cram", text="\n" * 20).out


def test_a_review_in_lines_asks_once_more_for_what_is_no_answer_or_nearly_right(desk: Home) -> None:
    ids = ("width", "period", "output", "parts", "step")
    right = dict(zip(ids, RIGHT.split("\n"), strict=False))
    slips = dict(zip(ids, ("ten", "20 parsecs", "softmx", "1a", "c"), strict=True))
    asked = [name.partition("/")[2] for name in desk.queue("kinds", "--new", "9")]
    assert set(asked) == set(ids)
    lines = [line for id in asked for line in (slips[id], right[id], "")]
    said = desk("review", "kinds", "--new", "9", "--no-shuffle", text="\n".join(lines) + "\n").words
    assert "Almost: check the spelling and answer again." in said
    assert said.count("Right. ") == 5
    assert "5 reviews, 5 rated hard or better" in said


def test_mistakes_are_counted_by_what_they_mean(desk: Home) -> None:
    """However they were written."""
    for text in ("300\n20\nSigmoid\n1b 2a\ncba\n", "3e2\n20\n sigmoid\n1b 2a\ncba\n"):
        desk("take", "kinds", text=text)
        desk.days(3)
    found = {
        (m["card"], m["option"]): m["times"] for m in desk("stats", "--json").data["misconceptions"]
    }
    assert found["kinds/width", "300"] == 2
    assert found["kinds/output", "sigmoid"] == 2
    assert found["kinds/step", "gates, blend, candidate"] == 2


def test_the_bank_is_sound_and_proved(desk: Home) -> None:
    assert "0 faults" in desk("bank", "check").out
    proved = desk("bank", "prove", "kinds")
    assert "1 proved" in proved.words
    path = desk.root / "questions" / "kinds.yaml"
    path.write_text(path.read_text().replace("answer: 100\n", "answer: 101\n"))
    assert desk("bank", "prove", "kinds").code == 1


def test_preview_and_show(desk: Home) -> None:
    for id, words in (("width", "Type a number."), ("period", "Type a number, in ms."),
                      ("parts", "how wide the network is"), ("step", "the candidate")):  # fmt: skip
        assert words in desk("bank", "preview", f"kinds/{id}").words
        assert words in desk("bank", "preview", f"kinds/{id}", "--plain").words
    assert "Three gates" in desk("bank", "preview", "kinds/width", "--answer", "300").words
    assert "✓" in desk("bank", "preview", "kinds/parts", "--answer", "1a 2b").words
    assert json.loads(desk("bank", "show", "kinds", "--json").out)["questions"]
    shown = desk("bank", "show", "kinds").out
    assert "how much of the memory stays" in shown


def test_statistics_grade_as_a_quiz_does(desk: Home) -> None:
    """Another unit, another spelling are right there too; and what the bank no longer takes is left
    out."""
    for text in ("1e2\n0.0201 s\nsoft-max\n1a 2b\nc,a,b\n",) * 4:
        desk("take", "kinds", text=text)
        desk.days(3)
    sure = desk("stats", "--json").data["calibration"]["sure"]
    assert (sure["hits"], sure["n"]) == (20, 20)
    assert desk("stats", "--json").data["misconceptions"] == []
    path = desk.root / "questions" / "kinds.yaml"
    path.write_text(path.read_text().replace("unit: ms", "unit: kg"))
    assert desk("stats").code == 0


def test_a_file_of_answers_puts_no_card_into_reviews(desk: Home, tmp_path: Path) -> None:
    """Its bank is known from then on, as those of the shelf are, and begun no more than they."""
    apart = tmp_path / "apart.yaml"
    apart.write_text(KINDS.read_text().replace("id: kinds", "id: apart"))
    answers = tmp_path / "answers.yaml"
    answers.write_text("width: 100\n")
    assert desk("take", str(apart), "--answers", str(answers)).code == 0
    rows = [line for line in desk("review", "--queue").out.splitlines() if "apart/" in line]
    assert rows
    assert [row for row in rows if "new, later" not in row] == []


def test_answers_are_told_in_the_authors_words_after_an_edit(desk: Home) -> None:
    """An item more, another text, a distractor; an answer to which only a text was edited counts."""
    path = desk.root / "questions" / "kinds.yaml"
    desk("take", "kinds", "--no-shuffle", text="100\n20\nsoftmax\n1c 2b\nabc\n")

    def responses() -> list[list[str]]:
        answers = desk("score", "--format", "json").data["answers"]
        shown = desk("score", "--format", "csv").out
        assert all(word in shown for answer in answers[3:] for word in answer["response"])
        return [answer["response"] for answer in answers[3:]]

    pairs = ["update: how wide the network is", "forget: forget"]
    assert responses() == [pairs, ["candidate", "blend", "gates"]]
    text = path.read_text()
    path.write_text(text.replace("items: [", "items: [{id: first, text: before}, "))
    assert responses() == [pairs, ["candidate", "blend", "gates"]]
    for shown in (desk("history", "1").words, desk("history", "1", "--plain").words):
        assert "You answered candidate, blend, gates: partly right, 0.5 of 1 point. The" in shown
        assert "ot answered" not in shown
    path.write_text(text.replace("text: the blend", "text: blending"))
    assert responses() == [pairs, ["candidate", "blend", "gates"]]
    for shown in (desk("history", "1").words, desk("history", "1", "--plain").words):
        assert "The question has been edited since you answered it" in shown
        assert "not answered" not in shown
    assert "with the same marks: step" in desk("score").err


def test_an_option_that_is_gone_is_told_by_its_id(desk: Home) -> None:
    """Beside those that are there."""
    path = desk.root / "questions" / "few.yaml"
    options = "{id: a, text: A, correct: true}, {id: b, text: B, correct: true}, {id: c, text: C}"
    text = f"format: 1\nid: few\ntitle: F\nquestions:\n  - {{id: q, kind: multiple-choice, prompt: Q, options: [{options}]}}\n"
    path.write_text(text)
    desk("take", "few", "--no-shuffle", text="a,c\n")
    path.write_text(text.replace("{id: c,", "{id: d,"))
    assert desk("score", "--format", "json").data["answers"][0]["response"] == ["a", "c"]


def test_words_that_are_no_answer_any_more_are_told_in_quotation_marks(desk: Home) -> None:
    """The question asks for a number since; on a screen and in lines."""
    path = desk.root / "questions" / "kinds.yaml"
    desk("take", "kinds", "--no-shuffle", text="100\n20\nsoft max, or so.\n\n\n")
    text = path.read_text()
    cut = text.index("    answers: [softmax"), text.index("  - id: parts")
    edited = text[: cut[0]] + "    answer: 1\n" + text[cut[1] :]
    path.write_text(edited.replace("id: output\n    kind: text", "id: output\n    kind: number"))
    assert "You answered “soft max, or so.”: wrong" in desk("history", "1").words
    assert 'You answered "soft max, or so.": wrong' in desk("history", "1", "--plain").words


def test_pairs_whose_texts_were_edited_are_kept_and_those_that_are_gone_are_told(
    desk: Home,
) -> None:
    """When a quiz goes on, in its score and its history, and among what is often mistaken."""
    path = desk.root / "questions" / "kinds.yaml"
    for last in ("c,a,b", ":quit"):
        desk("take", "kinds", "--no-shuffle", text=f"100\n20\nsoftmax\n1b 2b\n{last}\n")
    text = path.read_text()
    path.write_text(text.replace("how much of the memory stays", "what is kept"))
    assert "what is kept 2 of 2" in desk("stats", "kinds").words
    pairs = desk("score", "1", "--format", "json").data["answers"][3]["response"]
    assert pairs == ["update: forget", "forget: forget"]
    again = desk("take", "kinds", "--resume", text=":back\n:quit\n").words
    assert "lost" not in again
    assert "Gamma_u, wrong: what is kept." in again
    path.write_text(text.replace("id: update, left", "id: changed, left"))
    left = desk("take", "kinds", "--resume", text=":quit\n")
    assert "1 answer lost in that edit: parts" in left.err
    for shown in (desk("history", "2").words, desk("history", "2", "--plain").words):
        assert "You answered update: forget, forget: forget: partly right, 1 of 2 points." in shown
