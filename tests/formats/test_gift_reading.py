"""What teachers write into GIFT files, and whatever else: all of it is read, or told with its line."""

from __future__ import annotations

import gc
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizcli.formats.gift import read
from quizcli.formats.sources import (
    SourceCategory,
    SourceFile,
    SourceKind,
    SourceNumber,
    SourceQuestion,
    SourceText,
)

NEXT = "\n\nIs a whale a fish? {F}\n"


def one(text: str) -> SourceQuestion:
    """The only question of a text that gives nothing to say."""
    gift = read(text)
    assert gift.remarks == ()
    (question,) = gift.questions
    return question


def told(gift: SourceFile) -> list[tuple[int, str]]:
    """The lines and sentences of a file's remarks."""
    return [(remark.line, remark.what) for remark in gift.remarks]


def answers(question: SourceQuestion) -> list[tuple[bool, str]]:
    """Which answers are right, and what they say."""
    return [(answer.right, answer.text.text) for answer in question.answers]


# As it should be written ------------------------------------------------------------------------


def test_answers_glued_together_on_one_line_are_parted() -> None:
    question = one("Largest planet?{~Mars~Venus=Jupiter#Yes~%-50%Pluto#No planet}")
    assert answers(question) == [
        (False, "Mars"),
        (False, "Venus"),
        (True, "Jupiter"),
        (False, "Pluto"),
    ]
    assert [answer.weight for answer in question.answers] == [None, None, None, -50]
    assert question.answers[2].feedback == SourceText("Yes")


def test_each_answer_has_its_line() -> None:
    question = one("\n// a remark\nBig?\n{\n=one\n// two more\n~two\n\t~three}")
    assert question.line == 3
    assert [answer.line for answer in question.answers] == [5, 7, 8]


def test_a_number_has_a_tolerance_or_ends_in_whatever_notation() -> None:
    question = one("How long? {#=2.5:.5 =%50%-1..3 =1e3 ~#Count again}")
    assert [answer.number for answer in question.answers] == [
        SourceNumber("2.5", ".5"),
        SourceNumber(low="-1", high="3"),
        SourceNumber("1e3"),
        None,
    ]


def test_a_category_holds_until_the_next_one() -> None:
    gift = read("$CATEGORY: $course$/top/Whales\n\nA{T}\n\n$CATEGORY: Fish\nB{F}")
    assert gift.items[0] == SourceCategory(1, "$course$/top/Whales")
    assert [question.category for question in gift.questions] == ["$course$/top/Whales", "Fish"]


def test_ids_and_tags_may_hold_brackets_and_stand_above_an_empty_line() -> None:
    question = one("// [id:a\\]b] [tag:sea] [tag:sea]\n\n// [tag:c d]\nDeep?{}")
    assert (question.id, question.tags) == ("a]b", ("sea", "c d"))


@pytest.mark.parametrize("markup", ["html", "markdown", "plain", "moodle"])
def test_answers_are_marked_up_as_their_question_where_they_do_not_say(markup: str) -> None:
    question = one(f"[{markup}]Deep?{{=[plain]Very#quite ~no####[HTML]end}}")
    assert question.prompt == SourceText("Deep?", markup)
    assert [answer.text.markup for answer in question.answers] == ["plain", markup]
    assert question.answers[0].feedback == SourceText("quite", markup)
    assert question.feedback == SourceText("end", "html")


def test_an_escaped_newline_is_one_and_a_wrapped_line_is_none() -> None:
    question = one("First\\n  second\nthird \\\\n fourth{}")
    assert question.prompt.text == "First\n  second third \\n fourth"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("\ufeffQué?{=sí =no}".encode(), None),
        ("Qué?{=sí =no}".encode("cp1252"), "cp1252"),
        ("\ufeffQué?{=sí =no}".encode("utf-16-le"), "utf-16-le"),
        ("\ufeffQué?{=sí =no}".encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_the_encoding_is_found_and_told_where_it_is_not_the_usual(
    data: bytes, encoding: str | None
) -> None:
    gift = read(data)
    assert answers(gift.questions[0]) == [(True, "sí"), (True, "no")]
    assert told(gift) == ([(1, f"the file is read as {encoding}")] if encoding else [])


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\x0b"])
def test_lines_end_as_any_system_ends_them(end: str) -> None:
    questions = read(end.join(["A{", "=one", "~two}", "", "B{T}"])).questions
    assert [(question.line, question.kind) for question in questions] == [
        (1, SourceKind.CHOICE),
        (5, SourceKind.TRUTH),
    ]


# As it is written -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("Open {=a ~b" + NEXT, 1, "'Open' is left out: the answers are never closed"),
        (
            "Open {=a\n~b\n\nOther text" + NEXT,
            1,
            "'Open' is left out: the answers are never closed",
        ),
        ("::Open::Which {=a" + NEXT, 1, "'Open' is left out: the answers are never closed"),
        ("Closed =a}" + NEXT, 1, "'Closed =a}' is left out: there is a } without a {"),
        (
            "\n\nA {=cat} on a {=mat}" + NEXT,
            3,
            "'A' is left out: the question has answers in two places",
        ),
    ],
)
def test_what_cannot_be_read_is_told_at_its_line_and_the_next_is_read(
    text: str, line: int, what: str
) -> None:
    gift = read(text)
    assert [(r.line, r.what) for r in gift.remarks if r.lost] == [(line, what)]
    assert gift.questions[-1].prompt.text == "Is a whale a fish?"
    assert all("Open" not in question.prompt.text for question in gift.questions)


@pytest.mark.parametrize(
    ("text", "prompts"),
    [
        ("A {=a ~b}\nB {=c ~d}\nC{T}", ["A", "B", "C"]),
        ("A {=a ~b} ::t::B {=c ~d}. C{T}", ["A", "B _____.", "C"]),
        ("::t::A {=a ~b} of\n::u::B of\nit {=c ~d}", ["A _____ of", "B of it"]),
        ("A\n  ::u::B{T}", ["A", "B"]),
        ("A {=a\n~b\nB {=c ~d}", ["B"]),
    ],
)
def test_questions_that_run_together_are_parted_and_told(text: str, prompts: list[str]) -> None:
    gift = read(text)
    assert [question.prompt.text for question in gift.questions] == prompts
    assert any(
        what == "no empty line between this question and the one above" for _, what in told(gift)
    )


def test_a_comment_between_questions_that_run_together_is_of_the_second() -> None:
    first, second = read("// [id:1]\nA {T}\n// [id:2]\nB {F}").questions
    assert (first.id, second.id, second.line) == ("1", "2", 4)


def test_an_empty_line_among_the_answers_is_passed_over_and_told() -> None:
    gift = read("A {\n=a\n\n~b\n\n// [id:7]\n}" + NEXT)
    assert answers(gift.questions[0]) == [(True, "a"), (False, "b")]
    assert [answer.line for answer in gift.questions[0].answers] == [2, 4]
    assert (gift.questions[0].id, gift.questions[1].line) == ("7", 9)
    assert told(gift) == [
        (1, "an empty line among the answers: other programs end the question there")
    ]


@pytest.mark.parametrize(
    "formula",
    [
        "$x^{2}$",
        "\\(\\frac{1}{2}=x\\)",
        "\\[ \\sum_{i=1}^n \\]",
        "$$ a~b=\\#{c} $$",
        "`f{}`",
        "`a={}`",
    ],
)
def test_signs_in_a_formula_are_its_own(formula: str) -> None:
    gift = read(f"Is {formula} it? {{={formula} ~7}}")
    (question,) = gift.questions
    meant = formula.replace("\\#", "#")
    assert question.prompt.text == f"Is {meant} it?"
    assert answers(question) == [(True, meant), (False, "7")]
    assert set(told(gift)) == {(1, "braces in a formula or in code are read as part of it")}


def test_dollars_around_answers_are_no_formula() -> None:
    gift = read("It costs $5 {~a =b} or 6$ {T}\n\nIt costs $5\n{=$5 ~$6 ~$7}")
    assert told(gift) == [(1, "'It costs $5' is left out: the question has answers in two places")]
    assert answers(gift.questions[0]) == [(True, "$5"), (False, "$6"), (False, "$7")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{=x = 5 ~x = 6}", [(True, "x = 5"), (False, "x = 6")]),
        ("{~a<=b =a>=b ~a==b}", [(False, "a<=b"), (True, "a>=b"), (False, "a==b")]),
        ("{= x = 1\n ~ x=2\n}", [(True, "x = 1"), (False, "x=2")]),
        ("{= x = 1 ~ x=2}", [(True, "x"), (True, "1"), (False, "x=2")]),
    ],
)
def test_an_equals_sign_inside_an_answer_is_known_by_how_others_are_written(
    text: str, expected: list[tuple[bool, str]]
) -> None:
    gift = read("Which?" + text)
    assert answers(gift.questions[0]) == expected
    assert [what for _, what in told(gift)] == [
        "an equals sign inside an answer is read as part of it"
    ]


def test_tags_and_entities_keep_their_signs() -> None:
    question = one('A{=<b style="color: #f00">x</b> ~&#39;y&#x27; ~a <b ~c> d}')
    assert answers(question) == [
        (True, '<b style="color: #f00">x</b>'),
        (False, "&#39;y&#x27;"),
        (False, "a <b"),
        (False, "c> d"),
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("A{true}", "'true' is read as TRUE"),
        ("A{#3,5}", "'3,5' is read as 3.5"),
        ("A{#=1 =two}", "'two' is not a number"),
        ("A{#=1 =1,000}", "'1,000' is not a number"),
        ("A{#=1 =0,125}", "'0,125' is read as 0.125"),
        ("A{a ~b =c}", "'a' has no sign, so it is read as a wrong answer"),
        ("A{=a ~ ~b}", "an empty answer is left out"),
        ("A{=a ~50%b}", "'50%b' is read as text, not as a weight"),
        ("A{=a ~%-150%b}", "the weight -150% is read as 100%"),
        ("A{=a->b =c =d->e}", "'c' is not a pair and is left out"),
        ("::A{T}", "the title is never closed"),
        ("A{=a ~b}}", "there is one } too many"),
        ("$CATEGORY Seas\n\nA{T}", "the category has no colon, which other programs need"),
        ("A{=C# ~Java}", "the # behind 'C' begins a feedback, which is empty"),
        ("A{=#f00 ~red =blue}", "the # begins a feedback, so there is no answer before it"),
    ],
)
def test_a_slip_is_told_and_read_as_it_was_meant(text: str, what: str) -> None:
    gift = read("// first line\n" + text + NEXT)
    assert told(gift) == [(2, what)]
    assert not any(remark.lost for remark in gift.remarks)
    assert len(gift.questions) == 2


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("A{\n=Cho\nKoch\n~Elman\n}", 3, "'Koch' has no sign, so it is read as part of 'Cho'"),
        ("A{\n  =Cho\n  ~Elman\n  Koch #No.\n}", 4, "'Koch' has no sign, so it is read as part of 'Elman'"),
        ("A{\n=a -> b\nc -> d\n=e -> f\n}", 3, "'c -> d' has no sign, so it is read as part of 'a -> b'"),
        ("A{\n=about ~5 steps\n~20 steps\n}", 2, "'about' and '5 steps' are two answers on one line"),
        ("A{=4~5\n~6\n~7}", 1, "'4' and '5' are two answers on one line"),
        ("A{\n=gru\n=lstm =rnn\n}", 3, "'lstm' and 'rnn' are two answers on one line"),
    ],
)  # fmt: skip
def test_a_line_among_lines_with_one_answer_each_is_told(text: str, line: int, what: str) -> None:
    assert told(read(text + NEXT)) == [(line, what)]


@pytest.mark.parametrize(
    "text",
    [
        "A{\n=Cho\n  and others\n~Elman\n}",
        "A{\n=Cho #Yes:\nhe did.\n~Elman\n}",
        "A{=Cho and\nothers ~Elman}",
        "A{=a ~b\n~c ~d ~e}",
        "A{~%50%a~%50%b~c}",
        "A{\n=a\n~b\n####It is\na.}",
    ],
)
def test_answers_laid_out_otherwise_are_no_slip(text: str) -> None:
    assert told(read(text + NEXT)) == []


@pytest.mark.parametrize(
    ("text", "line", "stray"),
    [("Who?{\n=Koch\n~Pasteur}\n~Jenner", 4, "~Jenner"), ("Where?\n=Paris", 2, "=Paris")],
)
def test_an_answer_outside_the_braces_is_told_at_its_line(text: str, line: int, stray: str) -> None:
    what = f"'{stray}' stands outside the braces, so it is no answer"
    assert told(read(text + NEXT)) == [(line, what)]
    assert told(read("A {=x ~y} = z\n\nB {T} it is." + NEXT)) == []


def test_braces_within_an_answer_are_its_own() -> None:
    assert answers(one("A set? {={1, 2} ~{}}")) == [(True, "{1, 2}"), (False, "{}")]


# Whatever it is ---------------------------------------------------------------------------------

SIGNS = [
    "{",
    "}",
    "=",
    "~",
    "#",
    "####",
    "::",
    "//",
    "\n",
    "\n\n",
    "%50%",
    "->",
    "\\",
    "$CATEGORY:",
]
SIGNS += [
    "[html]",
    "[id:",
    "]",
    "$",
    "\\(",
    "T",
    "a",
    "B",
    " ",
    "1",
    "..",
    ":",
    "\ufdd0",
    '<a b="',
    "&#3;",
]


@settings(max_examples=300, deadline=None)
@given(st.text() | st.lists(st.sampled_from(SIGNS), max_size=40).map("".join) | st.binary())
@example("{#=..")
@example("::::{}")
def test_any_text_is_read(source: str | bytes) -> None:
    gift = read(source)
    last = len(source) + 1
    assert all(1 <= item.line <= last for item in (*gift.items, *gift.remarks))


@pytest.mark.parametrize(
    "sign", [*SIGNS, "{\n\n", "{=a ~b}", "{a}B", "::a::\n", "{# ", " x = ", "\\["]
)
@pytest.mark.parametrize("lead", ["", "A {~b ", "{#"])
def test_reading_takes_time_in_proportion(sign: str, lead: str) -> None:
    """Looking for a sign again from each place would take more than a hundred times as long."""

    def seconds(length: int) -> float:
        text = lead + sign * (length // len(sign)) + "}"
        took = []
        gc.disable()  # which would go through all that other tests have left
        for _ in range(3):
            start = process_time()
            read(text)
            took.append(process_time() - start)
        gc.enable()
        return min(took)

    assert seconds(64_000) < 20 * max(seconds(8_000), 0.01)
