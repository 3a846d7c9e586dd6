"""The quiz in lines: every command, every way to answer, every way to end."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from io import StringIO, TextIOWrapper
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcli.play.line_console import LineConsole
from quizcli.play.quiz.flow import QuizRun
from quizcli.play.quiz.lines import LineQuiz
from quizcli.play.quiz.recorder import Recorder
from quizcli.quiz.grading import BadResponse, Response
from quizcli.quiz.steps import EXAM, PRACTICE, Policy, StepKind
from quizcli.terminal import plain
from quizcli.terminal.style import OutputStyle
from quizcli.terminal.views.flagged import flagged
from tests.support.fakes import FakeClock, environment, printed, quick_journal
from tests.support.samples import session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from quizcli.env import Environment
    from quizcli.quiz.session import Session

RIGHT = "b\na,b\na\na\n"


class Played:
    """A quiz that was taken in lines."""

    def __init__(
        self, root: Path, text: str, policy: Policy = PRACTICE, width: int = 80, **options: object
    ) -> None:
        self.clock = FakeClock()
        self.env: Environment = environment(root, text, clock=self.clock)
        if options.get("terminal"):
            self.env.stdin.isatty = lambda: True  # type: ignore[method-assign]
        seconds = float(str(options.get("seconds", 1)))
        readline = self.env.stdin.readline

        def slowly(*sizes: int) -> str:
            self.clock.tick(seconds)
            return readline(*sizes)

        self.env.stdin.readline = slowly  # type: ignore[method-assign]
        self.session = session(policy)
        self.journal = quick_journal(root)
        recorder = Recorder(self.journal, self.env, self.session)
        deadline = None
        if policy.limit:
            deadline = self.clock.now() + timedelta(seconds=policy.limit)
        self.quiz = LineQuiz(
            LineConsole(self.env, width), QuizRun(self.session, recorder, deadline)
        )
        self.finished = self.quiz.run()
        self.out = printed(self.env)
        self.told = " ".join(self.out.split())
        self.steps = [entry.step.did for entry in self.journal.entries(1)]
        self.journal.close()


def in_lines(over: Session) -> str:
    """The flagged questions in lines."""
    return " ".join(plain.flagged(over, 80))


def on_screen(over: Session) -> str:
    """The same on a screen."""
    return " ".join(line.plain for line in flagged(over, OutputStyle()))


@pytest.fixture
def play(tmp_path: Path) -> Callable[..., Played]:
    """Takes the sample quiz with these lines."""
    return lambda text, *arguments, **options: Played(tmp_path, text, *arguments, **options)


def test_all_right(play: Callable[..., Played]) -> None:
    """Four lines take the quiz; the score and what to type next stand at the end."""
    taken = play(RIGHT)
    assert taken.finished
    assert not taken.quiz.left
    assert taken.out.count("Right. ") == 4
    assert "Score 5 of 5, 100 percent, in 4 s." in taken.out
    assert taken.told.endswith("Export your score: quizcli score --format csv -o score.csv")
    assert taken.steps == [StepKind.ANSWER] * 4 + [StepKind.FINISH]
    assert [answer.seconds for answer in taken.session.answers.values()] == [1.0] * 4


@pytest.mark.parametrize(
    ("line", "chosen", "guess"),
    [
        ("a,b", "sentiment voice", False),
        ("a b", "sentiment voice", False),
        ("ab", "sentiment voice", False),
        (" b , a ,", "sentiment voice", False),
        ("1,2", "sentiment voice", False),
        ("a,a", "sentiment", False),
        ("AB", "sentiment voice", True),
        ("a,B", "sentiment voice", True),
        ("a,b?", "sentiment voice", True),
        ("a b ?", "sentiment voice", True),
        ("4?", "transcript", True),
    ],
)
def test_ways_to_answer(play: Callable[..., Played], line: str, chosen: str, guess: bool) -> None:
    """Letters or numbers, with commas, spaces or neither; a capital or a ``?`` is a guess."""
    taken = play(f"\n{line}\n")
    assert taken.session.answers["tasks"].response == Response.of(*chosen.split(), guess=guess)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("d", "'d' is not an option here: answer with a to c."),
        ("0", "'0' is not an option here"),
        ("4", "'4' is not an option here"),
        ("99999999999999999999", "is not an option here"),
        ("²", "'²' is not an option here"),
        ("٣", "'٣' is not an option here"),
        ("İ", "'İ' is not an option here"),
        ("ｂ", "'ｂ' is not an option here"),
        ("-", "'-' is not an option here"),
        ("ab", "One option can be chosen here: answer with a single letter."),
        ("a,b", "One option can be chosen here"),
        (",", "Answer with a letter; an empty line skips, :help explains."),
        ("??", "Answer with a letter"),
        ("b\x1b[2Jc", "'␛' is not an option here"),
    ],
)
def test_what_is_no_answer(play: Callable[..., Played], line: str, complaint: str) -> None:
    """A sentence says what would be one, the question stays, and nothing is recorded."""
    taken = play(f"{line}\nb\n")
    assert complaint in taken.told
    assert taken.session.answers["gate"].response == Response.of("units")
    assert taken.steps == [StepKind.ANSWER]
    assert "\x1b" not in taken.out


@settings(max_examples=50)
@given(st.text(max_size=30))
def test_any_line_is_an_answer_or_a_sentence(line: str) -> None:
    """Nothing that is typed raises, and an answer never holds an option that is not there."""
    for item in session().items:
        with suppress(BadResponse):
            response = item.parse(line)
            assert response.given
            assert response.chosen <= set(item.shown)


def test_a_hint_and_then_another(play: Callable[..., Played]) -> None:
    """``?`` gives the next hint until there is none; the answer counts them."""
    taken = play("?\n?\n?\nb\n")
    assert "Hint: What is the gate multiplied by?" in taken.out
    assert "Hint: The product is taken element by element." in taken.out
    assert "There are no more hints." in taken.out
    assert taken.session.answers["gate"].hints == 2


def test_a_question_without_hints_does_not_speak_of_more(play: Callable[..., Played]) -> None:
    taken = play("?\n?\n?\n\n" * 4)
    assert taken.out.count("There are no hints here.") == 3
    assert taken.out.count("There are no more hints.") == 5


def test_skip_and_back(play: Callable[..., Played]) -> None:
    """An empty line skips, ``:back`` goes back, and at the first question it says so."""
    taken = play(":back\n\n:back\nb\n")
    assert "This is the first question." in taken.out
    assert taken.out.count("question 1 of 4") == 2
    assert taken.session.answers["gate"].grade.credit == 1


def test_back_to_a_locked_question(play: Callable[..., Played]) -> None:
    """An answered question is shown with its verdict and cannot be answered again, which is said
    to who tries; an empty line goes on."""
    taken = play("a\n:back\n:why\nb\n\n:quit\n")
    assert taken.out.count("Wrong. 0 of 1 point.") == 2
    _, said = taken.out.split("Enter continues (:back, :why, :quit): b\n")
    assert said.startswith("Your answer is graded and cannot change. Press Enter to go on.\n")
    assert said.index("Enter continues") < said.index("question 2 of 4")
    assert "a. 1: wrong." in taken.out
    assert taken.session.answers["gate"].response == Response.of("one")
    assert taken.quiz.left


def test_flag(play: Callable[..., Played]) -> None:
    """Flagged, and not; a flagged question says so in its first line and in the summary."""
    taken = play(f":flag\n:flag\n:flag\n\n:back\n{RIGHT}")
    assert "Flagged." in taken.out
    assert "No longer flagged." in taken.out
    assert "question 1 of 4, flagged." in taken.out
    assert "1. The width of a gate: right, 1 of 1 point, flagged." in taken.out


def test_why(play: Callable[..., Played]) -> None:
    """Before an answer a sentence, after one the reason of every option."""
    taken = play(":why\nb\n:why\n")
    assert "Nothing has been answered yet; :why explains the last answer." in taken.out
    for words in ("a. 1: wrong.", "b. 100: right.", "c. 10 000: wrong."):
        assert words in taken.out


@pytest.mark.parametrize("exam", [False, True])
def test_help_lists_what_can_be_done_now(play: Callable[..., Played], exam: bool) -> None:
    """In an exam no hints and no reasons, and how it is handed in; a hint where there is one."""
    said = play(":help\n", policy=Policy(exam=exam)).out
    assert (":why" in said, "A question mark on its own gives a hint" in said) == (
        not exam,
        not exam,
    )
    assert ("where the exam is handed in." in said) is exam
    assert ":done goes to the end" in said
    without = play(":3\n:help\n", policy=Policy(exam=exam)).out
    assert "An empty line skips.\n" in without


@pytest.mark.parametrize("exam", [False, True])
def test_done_goes_to_the_end_and_hands_in(play: Callable[..., Played], exam: bool) -> None:
    """Named where people type what hands in elsewhere; at the end it finishes."""
    taken = play(":submit\n:Done\n:done\n", policy=Policy(exam=exam), terminal=True)
    assert "There is no command :submit; did you mean ':done'?" in taken.told
    assert "No answer yet to questions 1, 2, 3 and 4." in taken.out
    assert taken.finished
    assert not play("b\n", policy=Policy(exam=exam), terminal=True).finished


def test_help_and_unknown_commands(play: Callable[..., Played]) -> None:
    """``:help`` tells every command within the width; an unknown one suggests the nearest."""
    taken = play(":help\n:FLAG\n:bakc\n:\x1b[31m\n", width=40)
    for words in (":back", ":flag", ":why", ":quit", "Answer with a letter: a."):
        assert words in taken.out
    assert "Flagged." in taken.out
    assert "There is no command :bakc; did you mean ':back'?" in taken.told
    assert "\x1b" not in taken.out
    said = [line for line in taken.out.split("\n") if not line.startswith("Answer (")]
    assert max(map(len, said)) <= 40


def test_quit_keeps_what_was_answered(play: Callable[..., Played]) -> None:
    """``:quit`` leaves, which is not the end of the input; the answer is in the journal."""
    taken = play("b\n:quit\nb\n")
    assert not taken.finished
    assert taken.quiz.left
    assert taken.steps == [StepKind.ANSWER]
    assert "Score" not in taken.out


def test_input_that_ends(play: Callable[..., Played]) -> None:
    """The answers so far are kept; nothing is finished. A last line without its newline counts."""
    taken = play("b\na,b")
    assert not taken.finished
    assert not taken.quiz.left
    assert taken.steps == [StepKind.ANSWER] * 2


def test_what_a_pipe_sends_is_in_the_transcript(play: Callable[..., Played]) -> None:
    """A terminal shows what is typed; for a pipe the program writes it, made harmless."""
    taken = play("b\x07\nb\n")
    assert "Answer (a-c, empty skips, ? hint, :help): b␇\n" in taken.out
    typed = play("b\n", terminal=True)
    assert "Answer (a-c, empty skips, ? hint, :help): Right." in typed.out


def test_a_pipe_is_never_asked_at_the_end(play: Callable[..., Played]) -> None:
    """With questions left blank, the last line of a pipe finishes, and the score tells them."""
    taken = play("b\n\n\na\n")
    assert taken.finished
    assert "2 questions had no answer." in taken.out
    assert "No answer yet" not in taken.out


def test_a_pipe_is_told_what_an_exam_leaves_open(play: Callable[..., Played]) -> None:
    """What a person is asked about stands there before it is handed in."""
    taken = play("b\n:flag\na\n\na\n", EXAM)
    assert taken.finished
    before, _, _ = taken.out.partition("Score")
    assert "\nNo answer yet to question 3.\nFlagged: question 2, " in before


def test_the_lines_of_a_pipe_go_back_before_an_exam_is_handed_in(
    play: Callable[..., Played],
) -> None:
    """As a person does: a line that is still there is no line lost."""
    open = "b\n\n\na\n"
    for back in (":back\na\n\n\n", "2\na\n\n\n", ":2\na\n"):
        taken = play(open + back, EXAM)
        assert taken.finished
        assert len(taken.session.answers) == 3
    assert len(play(open, EXAM).session.answers) == 2
    assert not play(open + ":quit\n", EXAM).finished


@pytest.mark.parametrize("width", [20, 40, 79, 80])
def test_a_prompt_breaks_no_word(play: Callable[..., Played], width: int) -> None:
    """A terminal breaks lines where its edge is; the answer stands behind the last word."""
    taken = play("b\n:back\nz\n", EXAM, width=width)
    assert "empty keeps b, :help): z" in " ".join(taken.out.split())
    assert max(map(len, taken.out.split("\n"))) <= width + 1  # with the answer


def test_a_person_may_go_back_at_the_end(play: Callable[..., Played]) -> None:
    """At a terminal, blank questions are named before the quiz is finished: ``:back`` goes to
    the first, Enter finishes, ``:quit`` leaves."""
    taken = play("b\n\n\na\n:back\na,b\n\n\n\n", terminal=True)
    assert taken.finished
    assert "No answer yet to questions 2 and 3." in taken.out
    assert "No answer yet to question 3." in taken.out
    assert set(taken.session.answers) == {"gate", "tasks", "unrolled"}
    left = play("b\n\n\na\n:quit\n", terminal=True)
    assert not left.finished
    assert left.quiz.left


def test_an_exam_says_nothing_until_the_end(play: Callable[..., Played]) -> None:
    """No verdict, no hint, no reason; a changed mind counts; all reasons follow the score."""
    taken = play("a\n?\n:why\n:back\nb\n\na\na\n", EXAM)
    before, _, after = taken.out.partition("Score")
    assert taken.finished
    assert before.count("Noted.") == 4
    assert "Right." not in before
    assert "Wrong." not in before
    assert "An exam gives no hints." in before
    assert "An exam gives its reasons at the end." in before
    assert "empty keeps a, :help): b" in before
    assert after.count("Right. ") == 3
    assert "Not answered. 0 of 1 point." in after
    assert taken.session.answers["gate"].grade.credit == 1


def test_the_time_limit(play: Callable[..., Played]) -> None:
    """The time left stands with each question; a line that comes too late does not count, and
    what was answered before is handed in."""
    limited = Policy(exam=True, limit=100)
    taken = play(RIGHT, limited, seconds=40)
    assert taken.finished
    assert "Time left: 1 min 40 s." in taken.out
    assert "Time left: 20 s." in taken.out
    assert taken.out.index("Time ran out.") < taken.out.index("Score 2")
    assert set(taken.session.answers) == {"gate", "tasks"}
    assert taken.steps == [StepKind.ANSWER, StepKind.ANSWER, StepKind.FINISH]


def test_without_utf8(tmp_path: Path) -> None:
    """A stream that has no ✓ gets ASCII, not escapes and not question marks."""
    from io import BytesIO

    out = TextIOWrapper(BytesIO(), encoding="ascii", write_through=True)
    env = environment(tmp_path, "hm\n:bakc\nb\n", stdout=out)
    over = session()
    journal = quick_journal(tmp_path)
    LineQuiz(LineConsole(env, 80), QuizRun(over, Recorder(journal, env, over))).run()
    journal.close()
    written = out.buffer.getvalue().decode("ascii")  # type: ignore[attr-defined]
    assert "There is no command :bakc; did you mean ':back'?" in written
    assert "\\" not in written


@pytest.mark.parametrize("width", [20, 40, 80])
def test_no_line_is_wider_than_the_screen(play: Callable[..., Played], width: int) -> None:
    """Prompts aside, which a terminal wraps by itself, everything is wrapped, as plain text."""
    taken = play(f"?\n:why\n:help\n{RIGHT}", width=width)
    lines = [line for line in taken.out.split("\n") if not line.startswith(("Answer", "Enter"))]
    assert max(map(len, lines)) <= width
    assert taken.finished


def test_input_that_is_no_text(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are no option, not a traceback."""

    class Broken(StringIO):
        said = 0

        def readline(self, *_: object) -> str:  # type: ignore[override]
            self.said += 1
            if self.said == 1:
                raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")
            return "b\n" if self.said == 2 else ""

    env = environment(tmp_path, stdin=Broken())
    over = session()
    journal = quick_journal(tmp_path)
    LineQuiz(LineConsole(env, 80), QuizRun(over, Recorder(journal, env, over))).run()
    journal.close()
    assert "is not an option here" in printed(env)
    assert set(over.answers) == {"gate"}


def test_flags_are_listed_when_asked_for(play: Callable[..., Played]) -> None:
    """With the number, the title, and what was answered."""
    played = play(":flagged\n:flag\nb\n:flagged\n")
    assert "Nothing is flagged." in played.out
    assert "Flagged: question 1, The width of a gate, answered b." in played.told


def test_an_exam_at_a_terminal_lists_its_flags_before_the_end(play: Callable[..., Played]) -> None:
    """A number goes to a question, and an empty line there leads back to the end."""
    text = ":flag\na\na\na\na\n"
    played = play(text + "9\n1\nb\n\n", EXAM, terminal=True)
    assert "Flagged: question 1, answered a." in played.told
    assert "Type a number from 1 to 4, such as :4." in played.out
    assert "Flagged: question 1, answered b." in played.told
    assert played.finished
    assert played.session.answers["gate"].response == Response.of("units")
    assert play(text + "1\n\n\n", EXAM, terminal=True).finished
    assert not play(text + ":quit\n", EXAM, terminal=True).finished


@pytest.mark.parametrize("device", [in_lines, on_screen])
def test_an_exam_shows_titles_once_it_is_handed_in(device: Callable[[Session], str]) -> None:
    """A title may be the answer: until then numbers alone, and in practice nothing is withheld."""
    exam, practice = session(EXAM), session(PRACTICE)
    for each in (exam, practice):
        each.flag()
    assert "The width of a gate" not in device(exam)
    assert "The width of a gate" in device(practice)
    exam.finish()
    assert "The width of a gate" in device(exam)


def test_a_pipe_is_not_asked_about_flags(play: Callable[..., Played]) -> None:
    assert play(":flag\na\na\na\na\n", EXAM).finished
