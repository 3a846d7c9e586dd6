"""QTI 1.2: as Canvas and Common Cartridge write it, with slips, and back."""

from __future__ import annotations

import stat
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcli.formats import zip_files
from quizcli.formats.losses import summary
from quizcli.formats.qti import FORMAT, read
from tests.support.any_bank import choices, come_back, questions, texts
from tests.support.drafts import to_bank
from tests.support.plain_banks import faults, written


def meta(**fields: str) -> str:
    inner = "".join(
        f"<qtimetadatafield><fieldlabel>{name}</fieldlabel><fieldentry>{said}</fieldentry></qtimetadatafield>"
        for name, said in fields.items()
    )
    return f"<itemmetadata><qtimetadata>{inner}</qtimetadata></itemmetadata>"


def item(inner: str, prompt: str = "Which?", id: str = "q1", **fields: str) -> str:
    material = f'<material><mattext texttype="text/html">{prompt}</mattext></material>'
    inner = inner.replace("<presentation>", f"<presentation>{material}", 1)
    return f'<item ident="{id}" title="Question">\n{meta(**fields)}{inner}</item>'


def quiz(*items: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="a" title="Seas"><section ident="root_section">\n'
    return f"{head}{''.join(items)}</section></assessment></questestinterop>".encode()


def labels(*texts: str) -> str:
    return "".join(
        f'<response_label ident="{n}"><material><mattext texttype="text/plain">{text}</mattext></material></response_label>'
        for n, text in enumerate(texts, 1)
    )


def lid(*texts: str, many: str = "Single", ident: str = "response1", before: str = "") -> str:
    return f'<response_lid ident="{ident}" rcardinality="{many}">{before}<render_choice>{labels(*texts)}</render_choice></response_lid>'


def condition(tests: str, *does: str) -> str:
    return f'<respcondition continue="No"><conditionvar>{tests}</conditionvar>{"".join(does)}</respcondition>'


def equal(value: str, ident: str = "response1") -> str:
    return f'<varequal respident="{ident}">{value}</varequal>'


def points(share: str = "100", action: str = "Set") -> str:
    return f'<setvar action="{action}" varname="SCORE">{share}</setvar>'


def feedback(id: str) -> str:
    return f'<displayfeedback feedbacktype="Response" linkrefid="{id}"/>'


def said(id: str, text: str) -> str:
    return f'<itemfeedback ident="{id}"><flow_mat><material><mattext texttype="text/html">{text}</mattext></material></flow_mat></itemfeedback>'


FIB = '<presentation><response_str ident="response1" rcardinality="Single"><render_fib/></response_str></presentation>'
SALT = item(
    f"<presentation>{lid('The Dead Sea', 'Lake *')}</presentation><resprocessing>"
    + condition("<other/>", feedback("general_fb"))
    + condition(equal("1"), feedback("1_fb"))
    + condition(equal("1"), points())
    + f"</resprocessing>{said('general_fb', 'In general.')}{said('1_fb', 'Yes.')}{said('correct_fb', 'Well done.')}",
    "&lt;p&gt;Which sea is &lt;b&gt;salty&lt;/b&gt;?&lt;/p&gt;",
    "salt-1",
    question_type="multiple_choice_question",
    points_possible="2.0",
)


def processing(*conditions: str) -> str:
    return f"<resprocessing>{''.join(conditions)}</resprocessing>"


def bank(data: bytes) -> Any:
    return to_bank(read(data), "seas", "Seas")


def test_a_choice_as_canvas_writes_it() -> None:
    found = bank(quiz(SALT))
    assert found.remarks == ()
    assert found.bank["questions"] == [
        {
            "id": "salt-1",
            "kind": "single-choice",
            "prompt": "Which sea is **salty**?",
            "options": [
                {"id": "the-dead-sea", "text": "The Dead Sea", "correct": True, "feedback": "Yes."},
                {"id": "lake", "text": "Lake *"},
            ],
            "explanation": "In general.",
            "points": "2",
        }
    ]
    assert summary(found.losses) == ("1 feedback for a right answer dropped (line 3)",)


@pytest.mark.parametrize(
    ("inner", "fields", "expected"),
    [
        (f"<presentation>{lid('a', 'b', 'c', many='Multiple')}</presentation>" + processing(condition(f"<and>{equal('1')}<not>{equal('2')}</not>{equal('3')}</and>", points())),
         {}, {"kind": "multiple-choice", "options": [{"id": "a", "text": "a", "correct": True}, {"id": "b", "text": "b"}, {"id": "c", "text": "c", "correct": True}]}),
        (f"<presentation><flow>{lid('True', 'False')}</flow></presentation>" + processing(condition(equal("2"), points())),
         {"cc_profile": "cc.true_false.v0p1"}, {"kind": "true-false", "answer": "false"}),
        (FIB + processing(condition(equal("Paris") + equal("P*"), points())), {"question_type": "short_answer_question"},
         {"kind": "text", "answers": ["Paris", "P*"]}),
        (FIB + processing(condition(f'<or>{equal("2")}<and><vargte respident="r">1.5</vargte><varlte respident="r">2.5</varlte></and></or>', points())),
         {"question_type": "numerical_question"}, {"kind": "number", "answer": "2", "tolerance": "0.5"}),
        (FIB.replace("<render_fib/>", '<render_fib fibtype="Decimal"/>') + processing(condition(equal("2,5"), points())), {}, {"kind": "number", "answer": "2.5"}),
        ("<presentation>" + "".join(lid("x", "y", "z", ident=name, before=f"<material><mattext>{name}</mattext></material>") for name in ("l", "m")) + "</presentation>"
         + processing(condition(equal("2", "l"), points("50", "Add")), condition(equal("1", "m"), points("50", "Add"))),
         {"question_type": "matching_question"},
         {"kind": "matching", "pairs": [{"id": "l", "left": "l", "right": "y"}, {"id": "m", "left": "m", "right": "x"}], "distractors": ["z"]}),
        (FIB + processing(condition("<other/>")), {"cc_profile": "cc.essay.v0p1"}, {"kind": "free"}),
    ],
)  # fmt: skip
def test_every_type(inner: str, fields: dict[str, str], expected: dict[str, Any]) -> None:
    found = bank(quiz(item(inner, **fields)))
    assert (found.remarks, found.losses, faults(found.bank)) == ((), (), [])
    (one,) = found.bank["questions"]
    assert one == {"id": "q1", "prompt": "Which?"} | expected


@pytest.mark.parametrize(
    ("inner", "fields", "what"),
    [
        (FIB, {"question_type": "calculated_question"}, "there is no place for calculated formulas"),
        (FIB + processing(condition(equal("x"), points())), {"question_type": "numerical_question"}, "'x' is not a number"),
        (FIB + processing(condition(equal("1e-999999999"), points())), {"question_type": "numerical_question"}, "'1e-999999999' is not a number"),
        (f"<presentation>{lid('True', 'False')}</presentation>", {}, "no answer is marked as right"),
        (f"<presentation>{lid('a', 'b')}</presentation>", {}, "no answer is marked as right"),
        (FIB.replace("</presentation>", "<response_str/></presentation>"), {}, "it asks for more than one answer"),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_line_and_the_next_item_is_read(
    inner: str, fields: dict[str, str], what: str
) -> None:
    found = bank(quiz(item(inner, **fields) + "\n", SALT))
    (remark,) = found.remarks
    assert (remark.line, remark.lost, what in remark.what) == (3, True, True)
    assert [each["id"] for each in found.bank["questions"]] == ["salt-1"]


def archive(
    name: str = "a.xml", content: bytes = b"", mode: int = 0, manifest: bool = True
) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        if manifest:
            file.writestr("imsmanifest.xml", "<manifest><item/>imsqti_xmlv1p2</manifest>")
        info = ZipInfo(name)
        info.compress_type = ZIP_DEFLATED
        info.external_attr = mode << 16
        file.writestr(info, content or quiz(SALT))
    return buffer.getvalue()


def test_a_package_is_read_but_for_its_manifest() -> None:
    found = bank(archive())
    assert (found.remarks, [each["id"] for each in found.bank["questions"]]) == ((), ["salt-1"])
    assert FORMAT.looks(archive())
    assert FORMAT.looks(quiz(SALT))
    assert not FORMAT.looks(archive(manifest=False))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (archive("../a.xml"), "'../a.xml' leads out of the zip"),
        (archive("/etc/a.xml"), "'/etc/a.xml' leads out of the zip"),
        (archive("..\\a.xml"), "leads out of the zip"),
        (archive("C:/a.xml"), "'C:/a.xml' leads out of the zip"),
        (archive("a.xml", b"/etc/passwd", stat.S_IFLNK | 0o777), "'a.xml' is a link, not a file"),
        (archive()[:-9], "the zip is damaged, or packed in an unknown way"),
        (b"PK\x05\x06" + bytes(18), "there is no question in it"),
        (archive("a.txt", b"x"), "there is no question in it"),
        (archive("a.xml", b"<a>\n<!DOCTYPE a [<!ENTITY b 'c'>]>"), "a.xml: the XML breaks off here"),
        (archive("a.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), "a.xml: the file defines entities of its own"),
    ],
)  # fmt: skip
def test_what_is_no_package_is_told(data: bytes, what: str) -> None:
    (remark,) = read(data).remarks
    assert what in remark.what
    assert remark.lost


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_files, "MOST_BYTES", 1_000_000)
    (remark,) = read(archive("a.xml", b" " * 5_000_000)).remarks
    assert remark.what == "the zip unpacks to more than 1 MB"


def test_a_locked_package_is_told() -> None:
    data = bytearray(archive())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    (remark,) = read(bytes(data)).remarks
    assert remark.what == "'a.xml' is locked with a password"


def test_a_package_as_it_is_written() -> None:
    source = {"format": "1", "id": "seas", "title": "Seas", "questions": [
        {"id": "a", "kind": "number", "prompt": "How *long*?", "answer": "20", "unit": "ms", "tolerance": "5%", "points": "2"},
        {"id": "b", "kind": "card", "front": "a", "back": "b"},
    ]}  # fmt: skip
    file = written(FORMAT, source)
    assert isinstance(file.content, bytes)
    with ZipFile(BytesIO(file.content)) as archive:
        assert archive.namelist() == ["imsmanifest.xml", "seas/assessment.xml"]
        manifest, text = (archive.read(name).decode() for name in archive.namelist())
    assert '<file href="seas/assessment.xml"/>' in manifest
    assert "How &lt;em&gt;long&lt;/em&gt;?" in text
    assert '<vargte respident="response1">19</vargte>' in text
    assert "<fieldentry>numerical_question</fieldentry>" in text
    assert summary(file.losses) == ("1 unit dropped", "1 flashcard dropped (b)")


rich = texts(marked=True, lines=True)
plain = texts()
answers = st.lists(plain, min_size=2, max_size=3, unique=True)
kinds = st.one_of(
    choices(rich, feedback=True),
    choices(rich, several=True, feedback=True),
    st.builds(lambda answer: {"kind": "true-false", "answer": answer}, st.sampled_from(["true", "false"])),
    st.just({"kind": "number", "answer": "-3.5", "tolerance": "0.1"}),
    st.just({"kind": "free"}),
    st.builds(lambda found: {"kind": "text", "answers": found}, answers),
    st.builds(lambda found: {"kind": "matching", "pairs": [{"id": f"i{n}", "left": text, "right": text} for n, text in enumerate(found)]}, answers),
)  # fmt: skip


@settings(max_examples=60)
@given(questions(kinds, rich, explanation=rich, points=st.just("2.5")))
def test_any_question_comes_back(found: list[dict[str, Any]]) -> None:
    come_back(FORMAT, found, ids=("id",))
