"""Tables of questions: as people make them, with every slip told at its line, and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcli.formats.losses import summary
from quizcli.formats.question_table import CSV, TSV, read
from tests.support.any_bank import choices, come_back, questions, texts
from tests.support.drafts import to_bank
from tests.support.plain_banks import written


def bank(text: str) -> Any:
    return to_bank(read(text.encode()), "seas", "Seas")


def rights(question: dict[str, Any]) -> list[str]:
    return [each["text"] for each in question["options"] if each.get("correct")]


@pytest.mark.parametrize("mark", ["B", "b)", "2", "Dead Sea", "b. Dead Sea", " dead  sea "])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_spreadsheet_as_people_make_it(mark: str, sign: str) -> None:
    cells = ["Which sea is salty?", "Lake Constance", "Dead Sea", "", "Loch Ness", mark]
    head = ["Question", "Option A", "Option B", "Option C", "Option D", "Correct answer"]
    found = bank("\ufeff" + sign.join(head) + "\r\n" + sign.join(cells) + "\r\n")
    assert (found.remarks, found.losses) == ((), ())
    (question,) = found.bank["questions"]
    assert (question["kind"], rights(question)) == ("single-choice", ["Dead Sea"])
    assert len(question["options"]) == 3
    without = bank(sign.join(cells) + "\n")
    assert "there are no headers" in without.remarks[0].what
    assert without.bank["questions"] == found.bank["questions"]


def test_every_kind_with_its_headers() -> None:
    found = bank(
        "id,kind,question,a,b,c,answer,tolerance,explanation,tags,feedback b\n"
        'm,,Which?,x,y,z,"A, C",,Why,"sea, salt",No\n'
        "t,,Salt?,,,,TRUE,,,,\n"
        "n,,How many?,,,,3.5,0.1,,,\n"
        "s,text,Who?,,,,Ada | Ada *,,,,\n"
        "p,matching,Match,,,,a = b | c = d,,,,\n"
        "f,free,Why?,,,,,,,,\n"
        "c,,Sea,,,,Meer,,,,\n"
    )
    assert found.remarks == ()
    assert [each["kind"] for each in found.bank["questions"]] == [
        "multiple-choice", "true-false", "number", "text", "matching", "free", "card",
    ]  # fmt: skip
    many, _, number, text, *_ = found.bank["questions"]
    assert (many["tags"], many["explanation"]) == (["sea", "salt"], "Why")
    assert many["options"][1]["feedback"] == "No"
    assert (number["answer"], number["tolerance"]) == ("3.5", "0.1")
    assert text["answers"] == ["Ada", "Ada *"]


CODE = "What is printed?\n\n```python\na = b_1 * c_2\n\n\n  x\n```\n\nSay it."
TABLE = "See:\n\n| a | b |\n|---|--:|\n| x_1 | $5 |\n| y | a\\|b |\n\n- one\n- two\n\nSo?"


@pytest.mark.parametrize("text", [CODE, TABLE])
def test_code_and_tables_in_a_cell_stay_whole(text: str) -> None:
    found = bank(f'question,a,b,answer\n"{text}",x,y,A\n')
    assert found.bank["questions"][0]["prompt"] == text


def test_a_fence_that_is_not_closed_is_text() -> None:
    found = bank('question,a,b,answer\n"Why?\n```\nx",x,y,A\n')
    assert found.bank["questions"][0]["prompt"] == "Why?\n\n\\`\\`\\`\n\nx"


def test_wrong_answers_have_columns_of_their_own() -> None:
    found = bank("Question,Correct,Wrong 1,Wrong 2\nWhich?,this,that,other\n")
    assert rights(found.bank["questions"][0]) == ["this"]


def test_a_template_says_much_before_its_headers() -> None:
    """As a game show's has it: lengths in the headers, numbers for the right ones."""
    found = bank(
        "Quiz template,,,,\nSee the guide,,,,\n\n"
        "Question - max 120 characters,Answer 1 - max 75,Answer 2 - max 75,Answer 3 - max 75,"
        "Time limit (sec) – 5 or 10,Correct answer(s) - choose at least one\n"
        'Which?,x,y,z,20,"1,3"\n'
    )
    (question,) = found.bank["questions"]
    assert (question["kind"], rights(question)) == ("multiple-choice", ["x", "z"])
    assert [remark.line for remark in found.remarks] == [4]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("Which?,x,y,D", "'Which?' is left out: 'D' is not an option"),
        ("Which?,x,y,", "'Which?' is left out: no option is named as right"),
        ("Which?,x,y,D — E", "'Which?' is left out: 'D — E' is not an option"),
        (",x,y,A", "there is no question text"),
        ('Which "?,x,y,A', "a quotation mark is never closed"),
        ("Which?,x,x,A", "'x' is both right and wrong"),
    ],
)
def test_a_slip_is_told_at_its_line_and_the_next_row_is_read(row: str, what: str) -> None:
    found = bank(f"question,a,b,answer\n{row}\nNext?,x,y,B\n")
    (remark,) = found.remarks
    assert (remark.line, remark.lost, what in remark.what) == (2, True, True), remark
    assert [each["prompt"] for each in found.bank["questions"]] == ["Next?"]


def test_letters_are_letters_where_the_kind_is_said() -> None:
    row = "Which?,C,A,x,A"
    assert rights(bank(f"question,a,b,c,answer\n{row}\n").bank["questions"][0]) == ["A"]
    found = bank(f"kind,question,a,b,c,answer\nsingle-choice,{row}\n")
    assert rights(found.bank["questions"][0]) == ["C"]


def test_columns_that_are_not_read_are_told() -> None:
    found = bank("Question,A,B,Answer,Author\nWhich?,x,y,A,Ada\n")
    assert "the column 'Author' is not read" in found.remarks[0].what
    assert "the columns are not recognised" in bank("x,y,z\n1,2,3\n").remarks[0].what


def test_what_has_no_place_is_told_and_no_cell_is_run() -> None:
    source = {"format": "1", "id": "seas", "title": "Seas", "questions": [
        {"id": "a", "kind": "card", "front": "=1+1", "back": "*two*\n\nlines", "hints": ["One"]},
        {"id": "b", "kind": "ordering", "prompt": "Order", "items": [
            {"id": "x", "text": "x"}, {"id": "y", "text": "y"}]},
    ]}  # fmt: skip
    file = written(CSV, source)
    assert 'a,card,,\'=1+1,"two\n\nlines",' in str(file.content)
    assert summary(file.losses) == (
        "1 hint dropped",
        "1 formatted text written without formatting",
        "1 ordering question dropped (b)",
    )
    assert bank(str(file.content)).bank["questions"][0]["front"] == "=1+1"


def test_a_block_of_code_is_written_as_it_is_and_is_no_loss() -> None:
    code = "What does it print?\n\n```python\nfor x in `y`:\n    print($x$, 5 $)\n```"
    source = {"format": "1", "id": "seas", "title": "Seas", "questions": [
        {"id": "a", "kind": "card", "front": code, "back": "Nothing"}]}  # fmt: skip
    file = written(CSV, source)
    assert not file.losses
    assert bank(str(file.content)).bank["questions"][0]["front"] == code


kinds = st.one_of(
    choices(texts(), feedback=True),
    choices(texts(), several=True),
    st.builds(lambda answer: {"kind": "true-false", "answer": answer}, st.sampled_from(["true", "false"])),
    st.just({"kind": "number", "answer": "-3.5", "tolerance": "0.1"}),
    st.just({"kind": "free"}),
    st.builds(lambda found: {"kind": "text", "answers": found}, st.lists(texts(), min_size=1, max_size=3, unique=True)),
)  # fmt: skip


@pytest.mark.parametrize("format", [CSV, TSV])
@settings(max_examples=60)
@given(found=questions(kinds, texts(), explanation=texts(), title=texts(), tags=st.just(["sea"])))
def test_any_row_comes_back(format: Any, found: list[dict[str, Any]]) -> None:
    come_back(format, found, ids=("id",))


@pytest.mark.parametrize(
    "data",
    [
        b"\x00,\x01\n" * 9,
        b'"' * 9999,
        b"question,answer\n" + b",\n" * 5000,
        b"\xff\xfe\x00",
        ("a," * 70000).encode(),
    ],
)
def test_anything_is_read(data: bytes) -> None:
    read(data)
