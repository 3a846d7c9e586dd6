"""Moodle XML: as Moodle writes it, with slips, and back."""

from __future__ import annotations

from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcli.formats.losses import summary
from quizcli.formats.moodle_xml import FORMAT, read
from tests.support.any_bank import choices, come_back, questions, texts
from tests.support.drafts import to_bank
from tests.support.plain_banks import faults, written

CHOICE = """\
<question type="multichoice">
  <name><text>Salt</text></name>
  <questiontext format="html"><text><![CDATA[<p>Which sea is <b>salty</b>? <img src="@@PLUGINFILE@@/sea.png" alt="A sea"></p>]]></text>
    <file name="sea.png" path="/" encoding="base64">iVBORw0KGgo=</file></questiontext>
  <generalfeedback format="html"><text>&lt;p&gt;In general, salty.&lt;/p&gt;</text></generalfeedback>
  <defaultgrade>2.0000000</defaultgrade>
  <penalty>0.3333333</penalty>
  <idnumber>salt-1</idnumber>
  <single>true</single>
  <shuffleanswers>0</shuffleanswers>
  <correctfeedback format="html"><text><p>Your answer is correct.</p></text></correctfeedback>
  <incorrectfeedback format="html"><text>Oh no.</text></incorrectfeedback>
  <answer fraction="100" format="html"><text>The Dead Sea</text><feedback format="html"><text>Yes.</text></feedback></answer>
  <answer fraction="0" format="plain_text"><text>Lake *</text><feedback format="html"><text></text></feedback></answer>
  <hint format="html"><text>It is very low.</text></hint>
  <tags><tag><text>sea</text></tag></tags>
</question>"""
FILE = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<!-- question: 0  -->
<question type="category"><category><text>$course$/top/Water/Seas</text></category></question>
{CHOICE}
</quiz>
"""


def quiz(*inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{"".join(inner)}\n</quiz>'.encode()


def question(type: str, inner: str, prompt: str = "Which?") -> bytes:
    asked = f'<questiontext format="html"><text>{prompt}</text></questiontext>'
    return quiz(f'<question type="{type}"><name><text>n</text></name>{asked}{inner}</question>')


def bank(data: bytes) -> Any:
    return to_bank(read(data), "seas", "Seas")


def fields(type: str, inner: str, prompt: str = "Which?") -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields of the one question, and what is lost."""
    found = bank(question(type, inner, prompt))
    assert found.remarks == ()
    assert faults(found.bank) == []
    (one,) = found.bank["questions"]
    named = {"id", "title", "prompt"} if prompt == "Which?" else {"id", "title"}
    return {name: one[name] for name in one if name not in named}, summary(found.losses)


def answer(fraction: str, text: str, more: str = "") -> str:
    return f'<answer fraction="{fraction}"><text>{text}</text>{more}</answer>'


def test_a_question_as_moodle_writes_it() -> None:
    found = bank(FILE.encode())
    assert found.remarks == ()
    assert found.bank["questions"] == [
        {
            "id": "salt-1",
            "title": "Salt",
            "kind": "single-choice",
            "prompt": "Which sea is **salty**? [A sea]",
            "options": [
                {"id": "the-dead-sea", "text": "The Dead Sea", "correct": True, "feedback": "Yes."},
                {"id": "lake", "text": "Lake *"},
            ],
            "explanation": "In general, salty.",
            "hints": ["It is very low."],
            "points": "2",
            "shuffle": False,
            "tags": ["sea", "Water/Seas"],
        }
    ]
    assert found.named == {"salt-1"}
    assert summary(found.losses) == (
        "1 picture dropped (line 5)",
        "1 file 'sea.png' dropped (line 8)",
        "1 penalty for another try dropped (line 5)",
        "1 feedback for a wrong answer dropped (line 5)",
    )


@pytest.mark.parametrize(
    ("type", "inner", "prompt", "expected", "lost"),
    [
        ("multichoice", "<single>false</single>" + answer("50", "a") + answer("50", "b") + answer("-50", "c"), "Which?",
         {"kind": "multiple-choice", "options": [{"id": "a", "text": "a", "correct": True}, {"id": "b", "text": "b", "correct": True}, {"id": "c", "text": "c"}]}, ()),
        ("multichoice", "<single>true</single>" + answer("100", "a") + answer("50", "b"), "Which?",
         {"kind": "single-choice", "options": [{"id": "a", "text": "a", "correct": True}, {"id": "b", "text": "b"}]},
         ("1 answer worth part of the points counted as wrong (line 3)",)),
        ("truefalse", answer("0", "true", "<feedback><text>No.</text></feedback>") + answer("100", "false"), "Which?",
         {"kind": "true-false", "options": [{"id": "true", "feedback": "No."}, {"id": "false", "correct": True}]}, ()),
        ("shortanswer", "<usecase>1</usecase>" + answer("100", "Par*") + answer("100", "Paris") + answer("0", "Rome", "<feedback><text>No.</text></feedback>"), "Which?",
         {"kind": "text", "answers": ["Paris"], "patterns": ["Par.*"], "expect": [{"answer": "Rome", "feedback": "No."}]},
         ("1 setting for capital letters dropped (line 3)",)),
        ("numerical", answer("100", "3,5", "<tolerance>0.1</tolerance>") + "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit><unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit></units>", "Which?",
         {"kind": "number", "answer": "3.5", "tolerance": "0.1", "unit": "m"}, ("1 further unit dropped (line 3)",)),
        ("matching", "".join(f"<subquestion><text>{left}</text><answer><text>{right}</text></answer></subquestion>" for left, right in (("a", "1"), ("b", "2"), ("", "3"))), "Which?",
         {"kind": "matching", "pairs": [{"id": "a", "left": "a", "right": "1"}, {"id": "b", "left": "b", "right": "2"}], "distractors": ["3"]}, ()),
        ("ordering", answer("2", "b") + answer("1", "a"), "Which?",
         {"kind": "ordering", "items": [{"id": "a", "text": "a"}, {"id": "b", "text": "b"}]}, ()),
        ("essay", "<graderinfo><text>Be kind.</text></graderinfo>", "Which?", {"kind": "free"}, ("1 note for graders dropped (line 3)",)),
        ("cloze", "", "At {1:SHORTANSWER:=Paris#Yes~%50%Rome} and {2:NUMERICAL:=3.5:0.1} or {:MCV:no~=a\\}b}.",
         {"kind": "cloze", "text": "At [[paris::Paris]] and [[3-5::3.5]] or [[a-b::a}b]]."},
         ("1 feedback of a gap dropped (line 3)", "2 other answers of gaps dropped (line 3)", "1 tolerance of a gap dropped (line 3)")),
    ],
)  # fmt: skip
def test_every_type(
    type: str, inner: str, prompt: str, expected: dict[str, Any], lost: tuple[str, ...]
) -> None:
    found, losses = fields(type, inner, prompt)
    assert (found, losses) == (expected, lost)


@pytest.mark.parametrize(
    ("type", "inner", "what"),
    [
        ("calculated", "", "the type 'calculated' is not supported"),
        ("numerical", answer("100", "about 3"), "'about 3' is not a number"),
        ("multichoice", answer("all", "a"), "'all' is not a fraction"),
        ("multichoice", answer("nan", "a"), "the fraction is nan"),
        ("truefalse", answer("0", "true"), "no answer is marked as right"),
        ("ordering", answer("1", "a"), "there is 1 item"),
    ],
)
def test_a_slip_is_told_at_its_line_and_the_next_question_is_read(
    type: str, inner: str, what: str
) -> None:
    data = question(type, inner).replace(b"</quiz>", CHOICE.encode() + b"</quiz>")
    found = bank(data)
    (remark,) = found.remarks
    assert (remark.line, remark.lost, f"'n' is left out: {what}" in remark.what) == (3, True, True)
    assert [each["id"] for each in found.bank["questions"]] == ["salt-1"]


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE quiz [
<!ENTITY a "ha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
]>
<quiz><question type="essay"><questiontext><text>&b;</text></questiontext></question></quiz>"""


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (BOMB, 3, "the file defines entities of its own"),
        (b'<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<quiz>&x;</quiz>', 1, "the file defines entities of its own"),
        (b"<quiz>\n" + b"<a>" * 10_000, 2, "elements are nested more than 200 deep here"),
        (b"<quiz>\n<question>\n</quiz>", 3, "the XML breaks off here: mismatched tag"),
        (b"<quiz>\n&nbsp;</quiz>", 2, "the XML breaks off here: undefined entity"),
        (b"<quiz>\n", 2, "the XML breaks off here: no element found"),
        (b"", 1, "the file is empty"),
        (b"<quiz>\n\x00</quiz>", 2, "the XML breaks off here: not well-formed (invalid token)"),
    ],
)  # fmt: skip
def test_what_is_no_quiz_is_told_with_its_line(data: bytes, line: int, what: str) -> None:
    start = process_time()
    (remark,) = read(data).remarks
    assert (remark.line, remark.what, remark.lost) == (line, what, True)
    assert process_time() - start < 1


def test_what_stands_before_a_fault_is_read() -> None:
    found = bank(FILE.replace("</quiz>", "<question></quiz>").encode())
    assert [each["id"] for each in found.bank["questions"]] == ["salt-1"]
    assert [remark.line for remark in found.remarks] == [22]


@pytest.mark.parametrize(
    ("encoding", "declared", "said"),
    [
        ("utf-16", "UTF-8", 0),
        ("utf-16-le", "UTF-16", 0),
        ("latin-1", "ISO-8859-1", 1),
        ("latin-1", "UTF-8", 1),
        ("iso-8859-2", "ISO-8859-2", 0),
        ("utf-8-sig", "UTF-8", 0),
    ],
)
def test_every_encoding_is_read(encoding: str, declared: str, said: int) -> None:
    text = question("essay", "", "Größe?").decode().replace("UTF-8", declared)
    found = bank(text.encode(encoding))
    assert [each["prompt"] for each in found.bank["questions"]] == ["Größe?"]
    assert [remark.what for remark in found.remarks] == ["the file is read as cp1252"] * said


def test_the_looks_of_a_quiz() -> None:
    assert FORMAT.looks(FILE.encode())
    assert FORMAT.looks(FILE.encode("utf-16"))
    assert not FORMAT.looks(b'<?xml version="1.0"?><questestinterop/>')


def test_a_bank_as_it_is_written() -> None:
    source = {"format": "1", "id": "seas", "title": "Seas / lakes", "questions": [
        {"id": "a", "kind": "number", "prompt": "How *long*?", "answer": "20", "unit": "ms", "tolerance": "5%", "points": "2"},
        {"id": "b", "kind": "card", "front": "a", "back": "b"},
        {"id": "c", "kind": "free", "prompt": "a < b?", "model": "No."},
    ]}  # fmt: skip
    file = written(FORMAT, source)
    assert (
        file.content
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<quiz title="Seas / lakes">

<question type="numerical">
<name>
<text>a</text>
</name>
<questiontext format="markdown">
<text>How *long*?</text>
</questiontext>
<generalfeedback format="markdown">
<text/>
</generalfeedback>
<defaultgrade>2</defaultgrade>
<penalty>0</penalty>
<hidden>0</hidden>
<idnumber>a</idnumber>
<answer fraction="100" format="moodle_auto_format">
<text>20</text>
<tolerance>1</tolerance>
</answer>
<units>
<unit>
<multiplier>1</multiplier>
<unit_name>ms</unit_name>
</unit>
</units>
<showunits>0</showunits>
<unitgradingtype>0</unitgradingtype>
</question>

<question type="essay">
<name>
<text>c</text>
</name>
<questiontext format="markdown">
<text>a &lt; b?</text>
</questiontext>
<generalfeedback format="markdown">
<text/>
</generalfeedback>
<defaultgrade>1</defaultgrade>
<penalty>0</penalty>
<hidden>0</hidden>
<idnumber>c</idnumber>
<responseformat>editor</responseformat>
<graderinfo format="markdown">
<text>No.</text>
</graderinfo>
</question>

</quiz>
"""
    )
    assert summary(file.losses) == (
        "1 flashcard dropped (b)",
        "1 model answer turned into a note for graders",
    )


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("At [[paris::Paris]] and [[b::a}b~c#d/e]].", "At [[paris::Paris]] and [[a-b-c-d-e::a}b~c#d/e]]."),
        ("A [[x-2::x * 2]], $y$ and **so**.", "A [[x-2::x * 2]], $y$ and **so**."),
    ],
)  # fmt: skip
def test_a_text_with_gaps_comes_back(text: str, back: str) -> None:
    source = {"format": "1", "id": "seas", "title": "Seas", "questions": [{"id": "a", "kind": "cloze", "text": text}]}  # fmt: skip
    file = written(FORMAT, source)
    assert file.losses == ()
    found = bank(str(file.content).encode())
    assert (found.remarks, found.losses, faults(found.bank)) == ((), (), [])
    assert found.bank["questions"] == [{"id": "a", "kind": "cloze", "text": back}]


rich = texts(marked=True, lines=True)
plain = texts()
answers = st.lists(plain, min_size=2, max_size=3, unique=True)
kinds = st.one_of(
    choices(rich, feedback=True),
    choices(rich, several=True, feedback=True),
    st.builds(lambda answer: {"kind": "true-false", "answer": answer}, st.sampled_from(["true", "false"])),
    st.just({"kind": "number", "answer": "-3.5", "tolerance": "0.1", "unit": "m"}),
    st.just({"kind": "free"}),
    st.builds(lambda found: {"kind": "text", "answers": found}, answers),
    st.builds(lambda found: {"kind": "ordering", "items": [{"id": f"i{n}", "text": text} for n, text in enumerate(found)]}, answers),
    st.builds(lambda found: {"kind": "matching", "pairs": [{"id": f"i{n}", "left": text, "right": text} for n, text in enumerate(found)]}, answers),
)  # fmt: skip


@settings(max_examples=60)
@given(
    questions(
        kinds,
        rich,
        explanation=rich,
        tags=st.just(["sea", "salt"]),
        hints=st.lists(rich, min_size=1, max_size=2),
        points=st.just("2.5"),
    )
)
def test_any_question_comes_back(found: list[dict[str, Any]]) -> None:
    come_back(FORMAT, found, ids=("id",))
