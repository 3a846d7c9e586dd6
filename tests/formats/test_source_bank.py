"""GIFT questions as a bank: what becomes of each kind, and what is told as lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcli.formats.dropped import NoPlaceError
from quizcli.formats.gift import read
from quizcli.formats.losses import Loss, summary
from tests.support.drafts import BankDraft, to_bank
from tests.support.plain_banks import faults


def draft(text: str) -> BankDraft:
    """The bank of a text, which the bank format takes."""
    found = to_bank(read(text), "rivers", "Rivers")
    assert faults(found.bank) == []
    return found


def only(text: str) -> dict[str, Any]:
    """The only question of a text that loses nothing."""
    found = draft(text)
    assert (found.losses, found.remarks) == ((), ())
    (question,) = found.bank["questions"]
    return question


def test_a_single_choice_has_one_right_option() -> None:
    assert only(
        "// [id:Nile 1] [tag:africa]\n::The Nile::How long?{=Very#Yes ~Not ####It is.}"
    ) == {
        "id": "nile-1",
        "title": "The Nile",
        "kind": "single-choice",
        "prompt": "How long?",
        "options": [
            {"id": "very", "text": "Very", "correct": True, "feedback": "Yes"},
            {"id": "not", "text": "Not"},
        ],
        "explanation": "It is.",
        "tags": ["africa"],
    }


@pytest.mark.parametrize(
    ("weights", "credit"),
    [
        (("%50%", "%50%", "%-50%", "%-50%", "%-50%"), None),
        (("%50%", "%50%", "%-100%", "%-100%", "%-100%"), "proportional"),
        (("%50%", "%50%", "%-33.33333%", "%-33.33333%", "%-33.33333%"), "false2"),
        (("%33.33333%", "%33.33333%", "%33.33333%", "%-50%"), "false2"),
    ],
)
def test_weights_become_the_credit_rule_that_they_amount_to(
    weights: tuple[str, ...], credit: str | None
) -> None:
    answers = "".join(f"~{weight}option {n}" for n, weight in enumerate(weights))
    question = only(f"Which?{{{answers}}}")
    assert question["kind"] == "multiple-choice"
    assert question.get("credit") == credit
    rights = [option.get("correct", False) for option in question["options"]]
    assert rights == ["-" not in weight for weight in weights]


def test_weights_that_no_rule_has_are_told() -> None:
    found = draft("Which?\n{~%70%a ~%30%b ~c}\n\nWhich?{~%33%a ~%33%b ~%34%c ~%-100%d}")
    assert found.bank["questions"][1]["credit"] == "proportional"
    assert summary(found.losses) == ("1 set of weights replaced by the usual credit rule (line 1)",)
    assert [remark.what for remark in found.remarks] == [
        "the weight 33% is read as 33.33333%",
        "the weight 33% is read as 33.33333%",
        "the weight 34% is read as 33.33333%",
    ]


@pytest.mark.parametrize(("weights", "total"), [((50, 30), 80), ((90, 90), 180)])
def test_weights_that_do_not_add_up_are_told(weights: tuple[int, int], total: int) -> None:
    found = draft("\nWhich?{{~%{}%a ~%{}%b ~c}}".format(*weights))
    (told,) = [r for r in found.remarks if "add up" in r.what]
    assert (told.line, told.what) == (2, f"the weights of the right answers add up to {total}%")
    assert draft("Which?{~%33%a ~%33%b ~%33%d ~c}").remarks[-1].what.startswith("the weight 33%")


def test_one_choice_among_several_right_ones_is_ticked_instead() -> None:
    found = draft("Which?{=a =b ~%-25%c ~%50%d}")
    assert found.bank["questions"][0]["kind"] == "multiple-choice"
    assert summary(found.losses) == (
        "1 penalty for a wrong answer dropped (line 1)",
        "1 answer worth part of the points counted as wrong (line 1)",
        "1 single choice with several right answers turned into multiple choice (line 1)",
    )


def test_a_statement_has_options_only_where_they_say_something() -> None:
    assert only("It flows.{T}")["answer"] == "true"
    assert only("It flows.{F#It does#Right}")["options"] == [
        {"id": "true", "feedback": "It does"},
        {"id": "false", "correct": True, "feedback": "Right"},
    ]


def test_a_short_answer_foresees_wrong_ones() -> None:
    question = only("Which river?{=Rhine =Rhin ####Of course.=%0%Elbe#Further east}")
    assert question["answers"] == ["Rhine", "Rhin"]
    found = draft("Which?{=Rhine#Yes =%100%Rh*n =%50%Rhein#Nearly =%0%*#No =%0%Rhone#South}")
    assert found.bank["questions"][0] == {
        "id": "which",
        "kind": "text",
        "prompt": "Which?",
        "answers": ["Rhine"],
        "patterns": ["Rh.*n"],
        "expect": [{"answer": "Rhone", "feedback": "South"}],
    }
    assert summary(found.losses) == (
        "1 feedback for any other answer dropped (line 1)",
        "1 answer worth part of the points counted as wrong (line 1)",
        "1 feedback for an answer that is right as well dropped (line 1)",
        "1 feedback for a right answer dropped (line 1)",
    )


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ("#3.14:0.005", {"kind": "number", "answer": "3.14", "tolerance": "0.005"}),
        ("#-1..2", {"kind": "number", "answer": "0.5", "tolerance": "1.5"}),
        ("#=5:0 =5:2", {"kind": "number", "answer": "5", "tolerance": "2"}),
        ("#=2 =-2", {"kind": "text", "answers": ["2", "-2"]}),
        (
            "#=5:1 =%0%9#Too many",
            {
                "kind": "number",
                "answer": "5",
                "tolerance": "1",
                "expect": [{"answer": "9", "feedback": "Too many"}],
            },
        ),
    ],
)
def test_a_number_has_its_tolerance(answers: str, fields: dict[str, Any]) -> None:
    question = only(f"How many?{{{answers}}}")
    assert {name: question[name] for name in question if name not in {"id", "prompt"}} == fields


def test_a_right_side_alone_belongs_to_nothing() -> None:
    question = only("Where?{=Wien -> Danube =Köln->Rhine = -> Elbe =Bonn -> Rhine}")
    assert [(pair["id"], pair["right"]) for pair in question["pairs"]] == [
        ("wien", "Danube"),
        ("koln", "Rhine"),
        ("bonn", "Rhine"),
    ]
    assert question["distractors"] == ["Elbe"]


def test_an_essay_is_free_and_a_description_is_told() -> None:
    found = draft("Describe it.{####At length.}\n\nNow for the others.")
    assert found.bank["questions"] == [
        {"id": "describe-it", "kind": "free", "prompt": "Describe it.", "explanation": "At length."}
    ]
    assert summary(found.losses) == ("1 description dropped (line 3)",)


def test_texts_come_as_their_markup_says() -> None:
    found = draft(
        "[html]<p>Is <b>it</b>?</p><img src\\=x>{=[markdown]*so* &lt; \\\\\\\\(x\\\\\\\\) ~[plain]*so*"
        " ~H<sub>2</sub>O ~[moodle]a &amp; b\\nc ~x\ty}"
    )
    question = found.bank["questions"][0]
    assert question["prompt"] == "Is **it**?\n\n[picture]"
    assert [option["text"] for option in question["options"]] == [
        "*so* < $x$",
        "\\*so\\*",
        "H$_2$O",
        "a & b\n\nc",
        "x y",
    ]
    assert summary(found.losses) == ("1 picture dropped (line 1)",)


def test_a_gap_that_nothing_asks_for_is_left_out() -> None:
    assert only("How much? {#3}.")["prompt"] == "How much?"
    assert only("It is {=here ~there}.")["prompt"] == "It is _____."


def test_ids_are_of_the_id_the_title_or_the_first_words_and_each_its_own() -> None:
    text = (
        "::Größe::A{T}\n\n::Größe::B{T}\n\n::グ::C{T}\n\n::grosse-2::D{T}\n\n"
        + "word " * 20
        + "{T}"
    )
    found = draft(text)
    ids = [question["id"] for question in found.bank["questions"]]
    assert ids == [
        "grosse",
        "grosse-2",
        ids[2],
        "grosse-2-2",
        "word-word-word-word-word-word-word-word",
    ]
    assert ids[2].startswith("q-")
    assert [found.lines[id] for id in ids] == [1, 3, 5, 7, 9]
    again = draft("New first question{F}\n\n" + text.replace("B{T}", "Changed{F}"))
    assert [question["id"] for question in again.bank["questions"]][1:] == ids


def test_a_category_is_a_tag_without_its_course() -> None:
    found = draft("$CATEGORY: $course$/top/Rivers/Europe\n\nDeep?{T}\n\n$CATEGORY: top\n\nWide?{T}")
    first, second = found.bank["questions"]
    assert first["tags"] == ["Rivers/Europe"]
    assert "tags" not in second


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{~a ~b}", "no answer is marked as right"),
        ("{=%50%a =%30%b}", "no answer earns 100%"),
        ("{=a ~a}", "'a' is both right and wrong"),
        ("{" + "".join(f"~{n}" for n in range(40)) + "=x}", "the number of answers is 41"),
        ("{=a ~a{}", None),
        ("{#}", "no number is right"),
        ("{#=1:1 =5:1}", "several numbers are right"),
        ("{=*}", "any answer is right"),
        ("{=a->b}", "it has fewer than two pairs"),
        ("{=a->b =a->c}", "the left 'a' appears in two pairs"),
        ("{=" + "a" * 201 + "}", "the answer 'aaaaaaaaaaaaaaaaaaaa…' is too long"),
    ],
)
def test_what_no_kind_can_carry_is_left_out_and_told(text: str, what: str | None) -> None:
    found = draft(f"First{{T}}\n\n::Odd::It{text}\n\nLast{{F}}")
    assert [question["prompt"] for question in found.bank["questions"]] == ["First", "Last"]
    (lost,) = [remark for remark in found.remarks if remark.lost]
    assert lost.line == 3
    assert lost.fix
    if what:
        assert lost.what == f"'Odd' is left out: {what}"


def test_a_right_answer_of_one_choice_that_has_part_of_the_points_is_told() -> None:
    found = draft("It{\n=%50%a\n~b\n}")
    assert [remark[:2] for remark in found.remarks] == [(2, "the weight 50% is read as 100%")]
    assert not draft("It{=%100%a ~b}").remarks


def test_a_question_without_words_is_known_by_its_line() -> None:
    """Not by a name in quotes that is empty."""
    (lost,) = draft("First{T}\n\n{=a ~b}\n\nLast{F}").remarks
    assert (lost.line, lost.what) == (3, "this question is left out: there is no question text")


def test_losses_are_counted_by_what_they_are() -> None:
    losses = [Loss(line, "picture") for line in (9, 4, 4, 12, 13, 14, 15)]
    losses += [Loss(0, "copy", "copies", "made short")] * 2
    assert summary(losses) == (
        "7 pictures dropped (lines 4, 9, 12, 13, 14 and 1 more)",
        "2 copies made short",
    )
    left_out = [NoPlaceError("card").loss({"id": f"c{n}"}) for n in range(7)]
    assert summary(left_out) == ("7 cards dropped (c0, c1, c2, c3, c4 and 2 more)",)


PARTS = [
    "=",
    "~",
    "#",
    "####",
    "->",
    "%50%",
    "%-50%",
    "T",
    "1",
    "2..3",
    ":",
    "*",
    "a",
    "b",
    " ",
    "\n",
]
PARTS += [
    "[html]",
    "<b>",
    "</b>",
    "<p>",
    "&amp;",
    "$x$",
    "$",
    "\\n",
    "\\\\",
    "`",
    "_",
    "|",
    "- ",
    "\x00",
    "\t",
]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(*[st.lists(st.sampled_from(PARTS), max_size=12).map("".join)] * 2),
        max_size=3,
    ),
    st.booleans(),
)
def test_whatever_is_read_makes_a_bank(questions: list[tuple[str, str]], number: bool) -> None:
    text = "\n\n".join(f"{asked}{{{'#' * number}{answers}}}" for asked, answers in questions)
    gift = read(text)
    found = to_bank(gift, "any", "Any")
    kinds = {question["id"]: question["kind"] for question in found.bank["questions"]}
    assert kinds.keys() == found.lines.keys()
    assert len(kinds) == len(found.bank["questions"])
    assert [fault for fault in faults(found.bank) if not fault.startswith("alike")] == []


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("0.333333333333333", "1/3"),
        ("0.3333333333333333", "1/3"),
        ("-66.6666666666667", "-200/3"),
        ("33333.3333333333", "100000/3"),
        ("0.142857142857143", "1/7"),
        # Nothing that a program rounded.
        ("33.33333", "33.33333"),
        ("16.66667", "16.66667"),
        ("0.1234567890123", "0.1234567890123"),
        ("3.141592653589793238", "3.141592653589793238"),
        ("1.5e-30", "0.0000000000000000000000000000015"),
    ],
)
def test_a_long_number_is_the_simple_fraction_that_was_rounded_or_its_digits(
    written: str, answer: str
) -> None:
    assert only(f"Q{{#{written}}}")["answer"] == answer


def test_the_ends_of_a_range_are_such_numbers_too() -> None:
    question = only("Q{#1..1.66666666666667}")
    assert (question["answer"], question["tolerance"]) == ("4/3", "1/3")


@pytest.mark.parametrize(
    ("written", "points"),
    [("0.3333333", "1/3"), ("1.66667", "5/3"), ("0.1428571", "1/7"), ("0.12345", "0.12345"),
     ("0.25", "0.25"), ("2.5", "2.5"), ("0.3333", "0.3333"), ("0.000001", "0.000001")],
)  # fmt: skip
def test_points_that_were_rounded_are_the_fraction_that_they_were(
    written: str, points: str
) -> None:
    """They were dropped without a word, and the question was worth one point."""
    from quizcli.formats.moodle_xml import read as read_xml

    file = (
        '<quiz><question type="essay"><name><text>E</text></name><questiontext><text>Why?</text>'
        f"</questiontext><defaultgrade>{written}</defaultgrade></question></quiz>"
    )
    (question,) = to_bank(read_xml(file.encode()), "b", "B").bank["questions"]
    assert question["points"] == points
    assert faults({"format": 1, "id": "b", "title": "B", "questions": [question]}) == []


@pytest.mark.parametrize("written", ["0", "0.0000000", "-2", "12345"])
def test_points_that_no_bank_can_hold_are_told(written: str) -> None:
    """Those of a survey, say: the question was worth one point without a word."""
    from quizcli.formats.moodle_xml import read as read_xml

    file = (
        '<quiz>\n<question type="essay"><questiontext><text>Why?</text></questiontext>'
        f"<defaultgrade>{written}</defaultgrade></question></quiz>"
    )
    found = to_bank(read_xml(file.encode()), "b", "B")
    assert "points" not in found.bank["questions"][0]
    worth = f"worth {written.partition('.')[0]} points"
    assert summary(found.losses) == (f"1 question {worth} counted with 1 point (line 2)",)


@pytest.mark.parametrize("number", ["1e-60", "-1.76366841446208e+71"])
def test_a_number_is_as_long_as_it_is_written(number: str) -> None:
    """Its digits would be more than a number may have; its power of ten says the same."""
    assert only(f"How long?{{#{number}}}")["answer"] == number
