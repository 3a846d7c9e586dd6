"""``quizcli take`` as a script and as staff run it: through pipes and from files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quizcli import load_bank
from tests.support.program import ROOT, quizcli
from tests.support.samples import SAMPLE

BANK = load_bank(ROOT / "questions" / "rnn.yaml")
KEY = {question.id: sorted(question.key) for question in BANK.questions}


def letters(question) -> str:
    return ",".join("abcdefgh"[i] for i, o in enumerate(question.options) if o.correct)


RIGHT = "".join(f"{letters(question)}\n" for question in BANK.questions)


def test_right_answers_to_all_ten_give_100_percent(tmp_path: Path) -> None:
    done = quizcli("take", "rnn", "--no-shuffle", home=tmp_path, text=RIGHT)
    assert done.returncode == 0, done.stderr
    assert "Score 10 of 10, 100 percent" in done.stdout
    assert done.stdout.count("Right. 1 of 1 point.") == 10


def test_plain_output_holds_no_escape_and_no_box(tmp_path: Path) -> None:
    done = quizcli("take", "rnn", home=tmp_path, text="a\n" * 10)
    assert "\x1b" not in done.stdout
    assert not set("━─│┌┐└┘█▸✓✗Γ‹›") & set(done.stdout)


def test_the_same_seed_asks_the_same_and_another_does_not(tmp_path: Path) -> None:
    outputs = [
        quizcli("take", "rnn", "--seed", seed, home=tmp_path / str(i), text="\n" * 10).stdout
        for i, seed in enumerate(("5", "5", "6"))
    ]

    def asked(text: str) -> list[str]:
        return [line for line in text.splitlines() if not line.startswith("Score")]

    assert asked(outputs[0]) == asked(outputs[1])
    assert asked(outputs[0]) != asked(outputs[2])


def answers_file(tmp_path: Path, answers: object) -> Path:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers))
    return path


def test_answers_from_a_file_as_json(tmp_path: Path) -> None:
    answers = {**KEY, "gate-width": ["one-for-all-units"]}
    path = answers_file(tmp_path, answers)
    done = quizcli("take", "rnn", "--answers", path, "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["format_version"] == 2
    assert (data["attempt"]["points"], data["attempt"]["percent"]) == (9, 90)
    assert data["attempt"]["bank"] == "rnn"
    assert {answer["question"]: sorted(answer["response"]) for answer in data["answers"]} == answers


def test_the_score_of_a_hand_in_is_the_same_object_again(tmp_path: Path) -> None:
    path = answers_file(tmp_path, KEY)
    taken = quizcli("take", "rnn", "--answers", path, "--json", home=tmp_path)
    scored = quizcli("score", "--format", "json", home=tmp_path)
    assert scored.stdout == taken.stdout
    again = quizcli("score", "--format", "json", home=tmp_path)
    assert again.stdout == scored.stdout


def test_fail_under(tmp_path: Path) -> None:
    path = answers_file(tmp_path, {**KEY, "nan": []})
    ok = quizcli("take", "rnn", "--answers", path, "--fail-under", "90", home=tmp_path)
    assert ok.returncode == 0, ok.stderr
    low = quizcli("take", "rnn", "--answers", path, "--fail-under", "91", home=tmp_path)
    assert low.returncode == 1
    assert "90% is below 91%" in low.stderr
    assert "1 question had no answer" in low.stderr


def test_a_file_of_answers_with_faults_names_them_all(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("gate-widht: [one-per-unit]\nnan: [exploding, exploding-gradient]\n")
    done = quizcli("take", "rnn", "--answers", path, home=tmp_path)
    assert done.returncode == 2
    assert (
        f"{path}:1:1: rnn has no question 'gate-widht' — did you mean 'gate-width'?" in done.stderr
    )
    assert f"{path}:2:" in done.stderr
    assert quizcli("history", "--json", home=tmp_path).stdout.count('"id"') == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["take", "nnr"], 3, "no bank is called 'nnr' — did you mean 'rnn'?"),
        (["take", "nowhere.yaml"], 3, "nowhere.yaml:1:1: no such file or directory"),
        (["take", "rnn", "--tag", "gate"], 2, "did you mean 'gates'?"),
        (["take", "rnn", "--missed"], 2, "nothing to repeat"),
        (["take", "rnn", "--resume"], 2, "there is no attempt at rnn yet"),
        (["take", "rnn", "--credit", "coverge"], 2, "did you mean 'coverage'?"),
        (["take", "rnn", "--time", "5"], 2, "add --exam"),
        (["take", "rnn", "--json"], 2, "--json goes with --answers"),
        (["take", "rnn", "--seed", "-1"], 2, "--seed"),
        (["score"], 2, "no quiz has been finished yet"),
        (["score", "12"], 2, "there is no attempt 12"),
        (["history", "12"], 2, "there is no attempt 12"),
        (["bank", "show", "nnr"], 3, "did you mean 'rnn'?"),
        (["bank", "prove", "rnn", "-q", "nann"], 2, "did you mean 'nan'?"),
        (["demo", "rnn/gate-widht"], 2, "did you mean 'gate-width'?"),
        (["demo", "gate-widht"], 2, "did you mean 'gate-width'?"),
        (["demo", "gate-width", "--set", "unit=3"], 2, "did you mean 'units'?"),
        (["demo", "gate-width", "--set", "units=-3"], 2, "out of range"),
        (["demo", "gate-width", "--set", "units"], 2, "--set knob=value"),
    ],
)
def test_refusals_are_sentences(
    arguments: list[str], code: int, words: str, tmp_path: Path
) -> None:
    done = quizcli(*arguments, home=tmp_path)
    assert done.returncode == code, done.stdout + done.stderr
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_an_interrupted_quiz_goes_on_where_it_was(tmp_path: Path) -> None:
    lines = RIGHT.splitlines(keepends=True)
    first = quizcli("take", "rnn", "--no-shuffle", home=tmp_path, text="".join(lines[:4]))
    assert first.returncode == 1
    assert "Resume with: quizcli take rnn --resume" in first.stderr
    new = quizcli("take", "rnn", home=tmp_path, text="")
    assert "attempt 1 was interrupted and is saved" in new.stderr
    again = quizcli("take", "rnn", "--resume", home=tmp_path, text="".join(lines[4:]))
    assert again.returncode == 0, again.stderr
    assert "4 of 10 answered" in again.stderr
    assert "Score 10 of 10" in again.stdout


def test_missed_asks_what_was_wrong_or_blank(tmp_path: Path) -> None:
    lines = RIGHT.splitlines(keepends=True)
    lines[3], lines[6] = "\n", "a\n"
    quizcli("take", "rnn", "--no-shuffle", home=tmp_path, text="".join(lines))
    again = quizcli("take", "rnn", "--missed", "--no-shuffle", home=tmp_path, text="b\nb\n")
    assert "question 2 of 2" in again.stdout
    assert "Score 2 of 2" in again.stdout
    done = quizcli("take", "rnn", "--missed", home=tmp_path)
    assert "nothing to repeat" in done.stderr


def test_an_attempt_without_an_answer_is_not_kept(tmp_path: Path) -> None:
    quizcli("take", "rnn", home=tmp_path, text="?\n:flag\n\n")
    assert json.loads(quizcli("history", "--json", home=tmp_path).stdout)["attempts"] == []


def test_the_exam_tells_nothing_before_the_end(tmp_path: Path) -> None:
    text = "a\n?\n:why\n:back\nb\n" + "\n" * 9
    done = quizcli("take", "rnn", "--exam", "--no-shuffle", home=tmp_path, text=text)
    before, _, after = done.stdout.partition("Score ")
    assert done.returncode == 0, done.stderr
    assert "Right" not in before
    assert "Wrong" not in before
    assert "An exam gives no hints." in before
    assert "Why:" in after


def test_scores_go_to_a_file_whole_or_not_at_all(tmp_path: Path) -> None:
    quizcli("take", "rnn", "--no-shuffle", home=tmp_path, text=RIGHT)
    path = tmp_path / "score.csv"
    done = quizcli("score", "--format", "csv", "-o", path, home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert path.read_bytes().count(b"\r\n") == 11
    bad = quizcli("score", "--format", "csv", "-o", tmp_path / "no" / "score.csv", home=tmp_path)
    assert bad.returncode == 1
    assert "cannot be written: no such file or directory" in bad.stderr


def test_history_walks_through_an_attempt_with_every_reason(tmp_path: Path) -> None:
    quizcli("take", "rnn", "--no-shuffle", home=tmp_path, text=RIGHT)
    listed = quizcli("history", home=tmp_path)
    assert "100%" in listed.stdout
    walked = quizcli("history", "1", "--plain", home=tmp_path).stdout
    assert walked.count("Why:") == 10
    assert walked.count(": right. ") + walked.count(": wrong. ") >= 38  # wrapping may split two


def test_home_says_what_was_left_and_what_to_type(tmp_path: Path) -> None:
    assert "quizcli take rnn" in quizcli(home=tmp_path).stdout
    quizcli("take", "rnn", "--no-shuffle", home=tmp_path, text="c\n")
    home = quizcli(home=tmp_path).stdout
    assert "9 of 10 left in Recurrent neural networks" in home
    assert "quizcli take rnn --resume" in home
    quizcli("take", "rnn", "--resume", home=tmp_path, text="\n" * 9)
    assert "Last score: 10%" in quizcli(home=tmp_path).stdout


def test_bank_show_prints_everything_the_key_included(tmp_path: Path) -> None:
    data = json.loads(quizcli("bank", "show", "rnn", "--json", home=tmp_path).stdout)
    assert [question["id"] for question in data["questions"]] == list(KEY)
    for question in data["questions"]:
        assert {"id", "kind", "prompt", "options", "demo"} <= set(question)
        right = [option["id"] for option in question["options"] if option["correct"]]
        assert sorted(right) == KEY[question["id"]]
        assert all(option["claim"] for option in question["options"])


def test_check_passes_the_shipped_banks_and_fails_a_broken_one(tmp_path: Path) -> None:
    assert quizcli("bank", "check", home=tmp_path).returncode == 0
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: 1\nid: x\ntitel: X\n")
    done = quizcli("bank", "check", broken, home=tmp_path)
    assert done.returncode == 1
    assert f"{broken}:3:1: unknown key 'titel' in the bank — did you mean 'title'?" in done.stdout
    assert quizcli("take", broken, home=tmp_path).returncode == 3


def test_python_m_quizcli_version(tmp_path: Path) -> None:
    assert quizcli("--version", home=tmp_path).stdout == "quizcli 0.1.0\n"
    assert quizcli("-h", home=tmp_path).stdout == quizcli("--help", home=tmp_path).stdout


def test_what_was_wrong_comes_back_and_that_is_said(tmp_path: Path) -> None:
    """Of a practice that feeds the schedule, where something was wrong."""
    said = "Questions you got wrong come back for review: quizcli review\n"
    assert said in quizcli("take", "rnn", home=tmp_path, text="a\n" * 10).stdout
    assert said not in quizcli("take", "rnn", "--no-shuffle", home=tmp_path, text=RIGHT).stdout
    exam = quizcli("take", "rnn", "--exam", home=tmp_path, text="a\n" * 11)
    assert "Score" in exam.stdout
    assert said not in exam.stdout
    kept_out = quizcli("take", "rnn", "--no-review", home=tmp_path, text="a\n" * 10)
    assert said not in kept_out.stdout
    by_file = tmp_path / "own.yaml"
    by_file.write_text((ROOT / "tests" / "fixtures" / "sample.yaml").read_text())
    told = quizcli("take", by_file, home=tmp_path, text="a\nc\nb\nc\n").stdout
    # Without spaces: a long path is broken over two lines.
    assert f"comebackforreview:quizclireview{by_file}" in "".join(told.split())


@pytest.mark.parametrize("verb", [("stats",), ("history", "9"), ("take", "nothing")])
def test_the_journal_is_closed_behind_a_verb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: tuple[str, ...]
) -> None:
    """However it ends."""
    from quizcli.journal.attempts import Journal
    from tests.support.fakes import environment, invoke

    opened: list[Journal] = []
    closed: list[Journal] = []
    make, close = Journal.__init__, Journal.close
    monkeypatch.setattr(
        Journal, "__init__", lambda self, path: (opened.append(self), make(self, path))[1]
    )
    monkeypatch.setattr(Journal, "close", lambda self: (closed.append(self), close(self))[1])
    invoke(environment(tmp_path), *verb)
    assert opened == closed
    assert len(opened) == (verb[0] != "take")


def test_of_several_banks_a_person_chooses(tmp_path: Path) -> None:
    """By number in lines; a pipe is told which one it is, and so is who resumes."""
    from shutil import copy

    from tests.support.fakes import environment, invoke, printed, told

    shelf = tmp_path / "questions"
    shelf.mkdir()
    copy(SAMPLE, shelf / "sample.yaml")

    def take(text: str, *arguments: str, typed: bool = True) -> tuple[int, str, str]:
        env = environment(tmp_path, text)._replace(interactive=typed)
        return invoke(env, "take", "--plain", *arguments), printed(env), told(env)

    code, out, err = take("2\n:quit\n")
    assert (code, err) == (0, "")
    assert "1. " in out
    assert "Number (1-3, empty:" in out
    assert "Nothing was answered" in out
    assert take(":quit\n")[0] == 0
    _, out, err = take(":quit\n", typed=False)
    assert "Number (1-" not in out
    assert "taking the bank" in err
