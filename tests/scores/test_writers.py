"""Score sheets byte for byte, and what each format must survive."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.bank.read import read_bank
from quizcli.journal.attempts import Attempt, Entry
from quizcli.quiz.grading import Response
from quizcli.quiz.model import Option, Question
from quizcli.quiz.session import Session
from quizcli.quiz.steps import Policy
from quizcli.report.cells import harmless
from quizcli.report.result import Columns
from quizcli.scores.formats import SHEETS, written_sheet
from quizcli.scores.markdown_cells import md_blocks
from quizcli.scores.results import attempts_result, sheet_result
from quizcli.scores.sheet import Sheet, sheet, without_key
from quizcli.terminal.safe import neutral
from tests.support.small_banks import bank, choice

GOLDEN = Path(__file__).parent / "golden"


def attempt_at(b, session: Session) -> Attempt:
    return Attempt(
        id=7,
        uid="0" * 32,
        bank=b.id,
        title=b.title,
        bank_digest=b.digest,
        bank_file="b.yaml",
        seed=session.seed,
        policy=session.policy,
        plan=session.plan,
        origin="terminal",
        program="0.1.0",
        started="2026-11-19T14:05:00.000Z",
    )


def taken(title: str = "Gate $\\Gamma_u$, wide"):
    """A small attempt: one right by a guess, one partly right, one wrong with a hint, one blank."""
    b = bank(
        choice("right", title=title),
        choice("partly", 5, (0, 1, 2), kind="multiple-choice", points=Fraction(1, 2)),
        choice("wrong", hints=("think",), points=2),
        choice("blank"),
        digest="d1gest",
    )
    session = Session(b, 8131, Policy(shuffle=False))
    session.answer(Response.of("a", guess=True), 4.25)
    session.answer(["a", "b"], 12.0)
    session.hint()
    session.flag()
    session.answer("d", 3.5)
    session.skip()
    session.finish()
    entries = [Entry(s, f"2026-11-19T14:05:{i:02}.000Z") for i, s in enumerate(session.log)]
    return sheet(attempt_at(b, session), entries, b)


@pytest.mark.parametrize("format", SHEETS)
def test_bytes(format: str, request: pytest.FixtureRequest) -> None:
    written = written_sheet(format, taken()).encode()
    path = GOLDEN / f"sheet.{format}"
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(written)
    assert path.read_bytes() == written


def test_points_add_up_and_a_sheet_is_not_told_its_marks() -> None:
    graded = taken()
    assert graded.points == 1 + Fraction(1, 3)
    assert graded.maximum == Fraction(9, 2)
    assert [row.mark for row in graded.rows] == ["right", "partly right", "wrong", "not answered"]
    assert graded.rows[2].hints == 1
    assert graded.rows[2].flagged
    assert graded.rows[0].guess


def test_json_is_the_object_that_the_table_is_made_of() -> None:
    graded = taken()
    data = json.loads(written_sheet("json", graded))
    assert data["format_version"] == 2
    assert data["attempt"] == sheet_result(graded).data["attempt"]
    assert data["attempt"]["percent"] == 29.6296
    assert [answer["response"] for answer in data["answers"]] == [["a"], ["a", "b"], ["d"], []]


def taken_by(name: str) -> Sheet:
    graded = taken()
    exam = Policy(exam=True)
    attempt = graded.attempt._replace(name=name, student="007", section="B", policy=exam)
    return replace(graded, attempt=attempt)


def test_csv_says_whose_score_it_is_and_of_what_kind() -> None:
    rows = list(csv.DictReader(io.StringIO(written_sheet("csv", taken_by("=Ada")), newline="")))
    for row in rows:
        assert [row[key] for key in ("name", "student", "section", "kind")] == [
            "'=Ada", "007", "B", "exam",
        ]  # fmt: skip


def test_markdown_says_whose_score_it_is_and_of_what_kind() -> None:
    """As the screen does; a name is no Markdown."""
    line = written_sheet("md", taken_by("Ada *L*")).splitlines()[2]
    assert line.startswith(r"Ada \*L\* · 007 · section B · Score 1 1/3 of 4.5 · 29.6% · exam · ")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(TEXTS)
def test_csv_reads_back_and_no_cell_is_a_formula(title: str) -> None:
    rows = list(csv.reader(io.StringIO(written_sheet("csv", taken(title or "x")), newline="")))
    assert len(rows) == 5
    assert all(len(row) == len(rows[0]) for row in rows)
    cell, shown = rows[1][rows[0].index("title")], neutral(title or "x")
    assert cell in {shown, f"'{shown}"}
    for row in rows:
        for text in row:
            assert harmless(text) == text


@pytest.mark.parametrize("start", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\tx", "\rx"])
def test_a_formula_becomes_text(start: str) -> None:
    rows = list(csv.reader(io.StringIO(written_sheet("csv", taken(start)), newline="")))
    cell = rows[1][rows[0].index("title")]
    assert cell == (f"'{start}" if start[0] in "=+-@" else neutral(start))


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("$599, now $799", r"\$599, now \$799"),
        ("5 $ or 6 $, df$x and df$y", r"5 \$ or 6 \$, df\$x and df\$y"),
        (r"The gate $\Gamma_u$, \$5", r"The gate $`\Gamma_u`$, \$5"),
        ("What is `$HOME:$PATH`?", "What is `$HOME:$PATH`?"),
        ("Which is *not* `a|b`?", r"Which is *not* `a\|b`?"),
        ("2 * 3 and snake_case", r"2 \* 3 and snake\_case"),
    ],
)
def test_markdown_has_formulas_code_and_emphasis_where_the_bank_has_them(
    title: str, cell: str
) -> None:
    """Prices stay prices, and nothing else becomes one of these."""
    assert f"| 1 | {cell} |" in written_sheet("md", taken(title))


@given(TEXTS)
def test_a_markdown_table_keeps_its_columns_and_holds_no_html(title: str) -> None:
    lines = written_sheet("md", taken(title or "x")).splitlines()
    row = next(line for line in lines if line.startswith("| 1 |"))
    unescaped = row.replace("\\|", "")
    assert unescaped.count("|") == 10
    assert "<" not in re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", row)


def test_an_edited_question_keeps_its_mark_and_is_told() -> None:
    b = bank(Question("q", "single-choice", "?", (Option("a", "a", True), Option("b", "b")),
                      digest="old"))  # fmt: skip
    session = Session(b, 1)
    session.answer("a", 1)
    session.finish()
    entries = [Entry(step, "2026-11-19T14:05:00.000Z") for step in session.log]
    new = bank(Question("q", "single-choice", "?", (Option("a", "a"), Option("b", "b", True)),
                        digest="new"))  # fmt: skip
    graded = sheet(attempt_at(b, session), entries, new)
    assert graded.points == 1
    assert graded.rows[0].edited
    (change,) = graded.changes
    assert (change.question, change.then.points, change.now.points) == ("q", 1, 0)
    assert graded.notices[0].startswith(
        "the bank has been edited since, and would give 0% today (q)"
    )


def test_a_renamed_question_keeps_its_answers(tmp_path) -> None:
    """What was answered under a former id counts under the new one, in scores and when resumed."""
    from quizcli.play.quiz.options import QuizOptions
    from quizcli.play.quiz.recorder import Recorder
    from quizcli.play.quiz.starting import QuizStart
    from tests.support.fakes import environment, quick_journal
    from tests.support.samples import sample_bank, session

    env, journal = environment(tmp_path), quick_journal(tmp_path)
    over = session()
    first = over.items[0].question
    recorder = Recorder(journal, env, over)
    over.answer("units")
    recorder.save()
    attempt = journal.attempts()[0]
    bank = sample_bank()
    renamed = first._replace(id="renamed", formerly=(first.id,))
    bank = bank._replace(questions=(renamed, *bank.questions[1:]))
    graded = sheet(attempt, journal.entries(attempt.id), bank)
    assert graded.rows[0].question == "renamed"
    assert graded.rows[0].response == ("units",)
    assert graded.notices == ()
    again = QuizStart(env, journal, bank, QuizOptions(resume=True)).run()
    assert set(again.session.answers) == {"renamed"}
    over.answer(["voice"])
    recorder.save()
    missed = QuizStart(env, journal, bank, QuizOptions(missed=True)).new().session
    assert "renamed" not in {item.question.id for item in missed.items}


def edited_since() -> Sheet:
    """One right and one wrong answer, to questions whose key is another one now."""
    b = bank(choice("right"), choice("wrong"), choice("same"))
    session = Session(b, 1, Policy(shuffle=False))
    for letter in ("a", "b", "a"):
        session.answer(letter)
    session.finish()
    entries = [Entry(s, "2026-11-19T14:05:00.000Z") for s in session.log]
    now = bank(
        *(choice(id, key=(1,))._replace(digest="new") for id in ("right", "wrong")), choice("same")
    )
    return sheet(attempt_at(b, session), entries, now)


def test_a_mark_and_the_key_beside_it_are_of_one_time() -> None:
    """After a key was edited: that of then is what was right then, and else not known."""
    graded = edited_since()
    rows = list(csv.DictReader(io.StringIO(written_sheet("csv", graded), newline="")))
    told = [
        (row["response"], row["mark"], row["correct"], row["edited"], row["correct_today"])
        for row in rows
    ]
    assert told == [
        ("option 0", "right", "option 0", "yes", "option 1"),
        ("option 1", "wrong", "", "yes", "option 1"),
        ("option 0", "right", "option 0", "no", "option 0"),
    ]
    assert [row["correct_ids"] for row in rows] == ["a", "", "a"]
    data = json.loads(written_sheet("json", graded))["answers"]
    assert [answer["correct"] for answer in data] == [["a"], [], ["a"]]
    assert [answer["correct_today"] for answer in data] == [["b"], ["b"], ["a"]]
    page = written_sheet("md", graded)
    assert "| option 0 | option 0 (today: option 1) |" in page
    assert "| option 1 | ? (today: option 1) |" in page
    assert "| option 0 | option 0 |" in page
    assert "the bank has been edited since," in page


def test_without_the_key_there_is_none_of_today_either() -> None:
    for format in SHEETS:
        written = written_sheet(format, without_key(edited_since()))
        assert "option 1 |" not in written.replace("| option 1 |  |", ""), format
        if format == "csv":
            (*_, row) = csv.DictReader(io.StringIO(written, newline=""))
            assert {row[name] for name in row if "correct" in name} == {""}


def test_ids_and_texts_have_columns_of_their_own() -> None:
    """Of pairs, an order, a typed answer."""
    path = Path(__file__).parents[1] / "fixtures" / "kinds.yaml"
    b = read_bank(path.read_bytes(), "kinds.yaml")
    session = Session(b, 1, Policy(shuffle=False), only={"parts", "step", "width"})
    for item in session.items:
        lines = {"pairs": "1a 2b", "order": "abc", "typed": "100"}
        session.answer(item.parse(lines[item.kind.form]))
    entries = [Entry(s, "2026-11-19T14:05:00.000Z") for s in session.log]
    graded = sheet(attempt_at(b, session), entries, b)
    rows = list(csv.DictReader(io.StringIO(written_sheet("csv", graded), newline="")))
    by_id = {row["question"]: row for row in rows}
    for row, asked in zip(graded.rows, session.items, strict=True):
        ids, words = by_id[row.question]["correct_ids"], by_id[row.question]["correct"]
        typed = asked.kind.form == "typed"
        assert ids == ("" if typed else " ".join(row.correct))
        assert all(
            part.text in words
            for part in asked.options
            if part.id in asked.kind.key(asked.question)
        )
    gates = (
        r"$\Gamma_u$: how much of the candidate enters; $\Gamma_f$: how much of the memory stays"
    )
    assert by_id["parts"]["correct"] == gates


def test_a_table_keeps_its_alignment_in_markdown() -> None:
    """A centred column was written as any other."""
    table = "| a | b | c |\n| :-: | --: | --- |\n| 1 | 2 | 3 |"
    assert md_blocks(table) == table


def test_an_offset_that_all_attempts_share_stands_above_them() -> None:
    """So a list has room for the id of a bank; where summer time began between, each has its own."""
    zone = ZoneInfo("Europe/Berlin")
    winter, summer = (
        replace(taken(), attempt=taken().attempt._replace(started=f"2026-{month}-19T14:05:00.000Z"))
        for month in ("11", "07")
    )
    one, both = (
        next(block for block in attempts_result(sheets, zone).body if isinstance(block, Columns))
        for sheets in ([winter, winter], [winter, summer])
    )
    assert (one.headers[2], [row[2] for row in one.rows]) == (
        "Started (+01:00)",
        ["2026-11-19 15:05"] * 2,
    )
    assert (both.headers[2], [row[2] for row in both.rows]) == (
        "Started",
        ["2026-11-19 15:05 +01:00", "2026-07-19 16:05 +02:00"],
    )
