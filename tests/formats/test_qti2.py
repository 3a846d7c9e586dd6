"""QTI 2.1 and 3.0: what is written is read again, and what others write."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcli.formats.format import BankFormat
from quizcli.formats.losses import summary
from quizcli.formats.qti import FORMAT, FORMAT_21, FORMAT_30, read
from tests.support.any_bank import choices, come_back, questions, texts
from tests.support.drafts import to_bank
from tests.support.plain_banks import faults, written

HEAD = '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="q1" title="Salt">\n'


def item(response: str, body: str, more: str = "") -> bytes:
    return f"{HEAD}{response}<itemBody>{body}</itemBody>{more}</assessmentItem>".encode()


def response(*values: str, many: str = "single", type: str = "identifier", more: str = "") -> str:
    right = "".join(f"<value>{value}</value>" for value in values)
    right = f"<correctResponse>{right}</correctResponse>" if values else ""
    return f'<responseDeclaration identifier="R" cardinality="{many}" baseType="{type}">{right}{more}</responseDeclaration>'


CHOICE = (
    '<p>Which <b>sea</b>?</p><choiceInteraction responseIdentifier="R" shuffle="false" maxChoices="1"><prompt>Think.</prompt>'
    '<simpleChoice identifier="A">Dead<feedbackInline outcomeIdentifier="F" identifier="A" showHide="show">Yes.</feedbackInline></simpleChoice>'
    '<simpleChoice identifier="B">Red</simpleChoice></choiceInteraction>'
)
ORDER = (
    '<p>From small to <i>large</i>.</p><orderInteraction responseIdentifier="R"><simpleChoice identifier="A">cow</simpleChoice>'
    '<simpleChoice identifier="B">mouse</simpleChoice><simpleChoice identifier="C">cat</simpleChoice></orderInteraction>'
)
ENTRY = '<textEntryInteraction responseIdentifier="R"/>'
THREE = b"""<qti-assessment-item identifier="q1" title="q1"><qti-response-declaration identifier="R" cardinality="single" base-type="float">
<qti-correct-response><qti-value>200</qti-value></qti-correct-response></qti-response-declaration>
<qti-item-body><p>How much? <qti-text-entry-interaction response-identifier="R"/> or so.</p></qti-item-body>
<qti-response-processing><qti-equal tolerance-mode="relative" tolerance="1 1"/></qti-response-processing></qti-assessment-item>"""


def bank(data: bytes) -> Any:
    return to_bank(read(data), "seas", "Seas")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (item(response("A"), CHOICE),
         {"title": "Salt", "kind": "single-choice", "prompt": "Which **sea**?\n\nThink.",
          "options": [{"id": "dead", "text": "Dead", "correct": True, "feedback": "Yes."}, {"id": "red", "text": "Red"}], "shuffle": False}),
        (item(response(type="string", more='<mapping><mapEntry mapKey="Paris" mappedValue="1"/><mapEntry mapKey="Rome" mappedValue="0"/></mapping>'), f"<p>Where?</p><p>{ENTRY}</p>"),
         {"title": "Salt", "kind": "text", "prompt": "Where?", "answers": ["Paris"]}),
        (item(response("Paris", type="string"), f"<p>It is {ENTRY}, in France.</p>"),
         {"title": "Salt", "kind": "text", "prompt": "It is _____, in France.", "answers": ["Paris"]}),
        (item(response("B", "C", "A", many="ordered"), ORDER),
         {"title": "Salt", "kind": "ordering", "prompt": "From small to *large*.",
          "items": [{"id": "mouse", "text": "mouse"}, {"id": "cat", "text": "cat"}, {"id": "cow", "text": "cow"}]}),
        (THREE, {"kind": "number", "prompt": "How much? _____ or so.", "answer": "200", "tolerance": "2"}),
        (item("", '<p>Why?</p><extendedTextInteraction responseIdentifier="R"/>'), {"title": "Salt", "kind": "free", "prompt": "Why?"}),
    ],
)  # fmt: skip
def test_items_of_others(data: bytes, expected: dict[str, Any]) -> None:
    found = bank(data)
    assert (found.remarks, found.losses, faults(found.bank)) == ((), (), [])
    assert found.bank["questions"] == [{"id": "q1"} | expected]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (item(response("A"), '<hotspotInteraction responseIdentifier="R"/>'), "there is no place for hotspotInteraction"),
        (item(response("B", "A", many="ordered"), ORDER), "its right order does not name each item once"),
        (item(response("B", "A", "A", many="ordered"), ORDER), "its right order does not name each item once"),
        (item(response(), CHOICE), "no answer is marked as right"),
        (item(response("x", type="float"), ENTRY), "'x' is not a number"),
        (item(response("..", type="float"), ENTRY), "'..' is not a number"),
        (item(response("1e-999999999", type="float"), ENTRY), "'1e-999999999' is not a number"),
        (item(response("x", type="string"), ENTRY + ENTRY), "it asks for more than one answer"),
    ],
)  # fmt: skip
def test_a_slip_is_told(data: bytes, what: str) -> None:
    (remark,) = bank(data).remarks
    assert remark.lost
    assert f"'Salt' is left out: {what}" in remark.what


def test_a_share_of_a_huge_number_is_told_or_read() -> None:
    found = bank(THREE.replace(b">200<", b">1e999<"))
    assert [remark.lost for remark in found.remarks] == [True]


SOURCE = {"format": "1", "id": "seas", "title": "Seas", "questions": [
    {"id": "1a", "kind": "ordering", "prompt": "Order?", "items": [{"id": "2", "text": "x"}, {"id": "b", "text": "y"}], "explanation": "So."},
    {"id": "b", "kind": "card", "front": "a", "back": "b"},
]}  # fmt: skip


@pytest.mark.parametrize("format", [FORMAT_21, FORMAT_30], ids=lambda each: each.name)
def test_a_package_is_known_by_its_looks(format: BankFormat) -> None:
    file = written(format, SOURCE)
    assert isinstance(file.content, bytes)
    known = [each for each in (FORMAT, FORMAT_21, FORMAT_30) if each.looks(file.content)]
    assert known == [format]
    with ZipFile(BytesIO(file.content)) as archive:
        assert archive.namelist() == ["imsmanifest.xml", "items/1a.xml"]
    assert summary(file.losses) == ("1 flashcard dropped (b)",)


def test_an_item_of_three_as_it_is_written() -> None:
    file = written(FORMAT_30, SOURCE)
    assert isinstance(file.content, bytes)
    with ZipFile(BytesIO(file.content)) as archive:
        text = archive.read("items/1a.xml").decode()
    for line in (
        '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="_1a" title="1a" adaptive="false" time-dependent="false">',
        '<qti-response-declaration identifier="RESPONSE" cardinality="ordered" base-type="identifier">',
        '<qti-order-interaction response-identifier="RESPONSE" shuffle="true">',
        '<qti-simple-choice identifier="_2">',
        '<qti-modal-feedback outcome-identifier="FEEDBACK" identifier="explanation" show-hide="show">',
    ):
        assert f"{line}\n" in text


rich = texts(marked=True, lines=True)
plain = texts()
answers = st.lists(plain, min_size=2, max_size=3, unique=True)
kinds = st.one_of(
    choices(rich, feedback=True),
    choices(rich, several=True, feedback=True),
    st.builds(lambda answer: {"kind": "true-false", "answer": answer}, st.sampled_from(["true", "false"])),
    st.just({"kind": "number", "answer": "-3.5", "tolerance": "0.1"}),
    st.just({"kind": "free"}),
    st.builds(
        lambda found: {"kind": "ordering", "items": [{"id": f"i{n}", "text": text} for n, text in enumerate(found)]},
        answers,
    ),
    st.builds(lambda found: {"kind": "text", "answers": found}, answers),
)  # fmt: skip


@pytest.mark.parametrize("format", [FORMAT_21, FORMAT_30], ids=lambda each: each.name)
@settings(max_examples=40)
@given(found=questions(kinds, rich, explanation=rich, points=st.just("2.5")))
def test_any_question_comes_back(format: BankFormat, found: list[dict[str, Any]]) -> None:
    come_back(format, found, ids=("id",))
