"""Numbers and texts that are typed: what is right, what is refused, what is asked once more."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.bank.faults import BankError
from quizcli.bank.read import read_bank
from quizcli.quiz.grading import Mark, grade
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.responses import BadResponse

if TYPE_CHECKING:
    from quizcli.quiz.model import Question


def question(body: str, language: str = "") -> Question:
    """The one question of a bank."""
    said = f"language: {language}\n" if language else ""
    text = f"format: 1\nid: b\ntitle: T\n{said}questions:\n  - {{id: q, prompt: P, {body}}}\n"
    return read_bank(text.encode(), "b.yaml").questions[0]


def mark(asked: Question, typed: str) -> Mark:
    """The mark of a typed line."""
    return grade(asked, KINDS[asked.kind].parse(asked, (), typed)).mark


def faults(body: str) -> list[str]:
    with pytest.raises(BankError) as error:
        question(body)
    return [str(fault) for fault in error.value.faults]


@pytest.mark.parametrize(
    ("body", "right", "wrong"),
    [
        ("kind: number, answer: 100", ["100", "1e2", "10^2", "1 000e-1", "200/2"], ["101"]),
        ("kind: number, answer: 100, tolerance: 0.5", ["99.5", "100.5"], ["100.51", "-100"]),
        ("kind: number, answer: 100, tolerance: 5%", ["95", "105"], ["94.999", "105.001"]),
        ("kind: number, answer: 100, tolerance: 5 %", ["95"], ["94"]),
        ("kind: number, answer: -2e3, tolerance: 10%", ["-1,800", "−2200"], ["2000", "-1799"]),
        ("kind: number, answer: 1/3", ["1/3", "2/6"], ["0.3333"]),
        ("kind: number, answer: 1/3, tolerance: 1%", ["0.3333", ".333"], ["0.32"]),
        ("kind: number, answer: 20, unit: ms", ["20", "20 ms", "20000 us", "0.02s"], ["20 s"]),
        ("kind: number, answer: 20 ms, unit: ms", ["20", "0.02 s"], ["20 s"]),
        ("kind: number, answer: 20, unit: ms, unit_required: true", ["20ms"], ["21ms"]),
        ("kind: number, answer: $7, unit: $", ["7", "$7", "$ 7", "7$", "7 $", "+$7.00"], ["-$7", "$-7"]),
        ("kind: number, answer: -1500, unit: €", ["-€1,500", "€ -1500", "−€1 500", "-1500€"], ["€1500"]),
        ("kind: number, answer: 5, unit: EUR", ["EUR 5", "5 EUR", "EUR ५"], ["EUR 6", "-EUR 5"]),
        ("kind: number, answer: 5, unit: kg, unit_required: true", ["kg 5", "5000 g"], ["kg 6"]),
        ("kind: text, answers: [softmax, soft-max]", ["softmax", " SoftMax ", "soft-max"], ["soft max"]),
        ("kind: text, answers: [café au lait]", ["CAFE  au lait", "cafe\u0301 au lait"], ["cafeaulait"]),
        ("kind: text, answers: [GRU], exact: [case]", ["GRU"], ["gru"]),
        ("kind: text, answers: [é], exact: [accents]", ["É", "e\u0301"], ["e"]),
        ("kind: text, answers: [a b], exact: [spaces]", ["A b"], ["a  b"]),
        ("kind: text, answers: [A1], exact: [width]", ["a1"], ["Ａ１"]),
        ("kind: text, answers: [L’Hôpital, '“cell”', 1990–99]", ["L'Hopital", "L‘Hôpital", '"cell"', "„cell“", "1990-99", "1990—99", "1990−99"], ["LHôpital", "cell", "1990 99"]),
        ("kind: text, answers: [\"don't\"], patterns: ['it’s[–]?a+']", ["don’t", "it's-aa", "it’s–a"], ["dont"]),
        ("kind: text, answers: [a–b], exact: [width]", ["A–B"], ["a-b"]),
        ("kind: text, answers: [A1]", ["Ａ１"], []),
        ("kind: text, answers: [हिन्दी]", ["हिन्दी"], ["हनद"]),
        ("kind: text, answers: [x], patterns: ['café( noir)?']", ["Café Noir", "cafe", "cafe\u0301"], ["caf"]),
        ("kind: text, answers: [x], patterns: ['straße?', 'ma[ßs]']", ["STRASSE", "straße", "strass", "maß", "mas"], ["strase"]),
        ("kind: text, answers: [x], patterns: ['[à-ü]{2}[a-zß]*', '(?:x|ß)*y', 'Ｇ\u00a0\u00a0U']", ["éà", "eaß", "ÜÖ", "g u", "ßxßy"], ["e", "xx"]),
        ("kind: text, answers: [x], patterns: ['e\u0301+', 'n[^é]n', 'ﬁ*n', 'Σας']", ["É", "nan", "fifin", "σασ"], ["nén", "nen"]),
        ("kind: text, answers: [x], exact: [accents, case], patterns: ['café', 'ß[é]']", ["café", "ßé"], ["cafe", "sse", "CAFÉ"]),
        ("kind: text, answers: [x], exact: [spaces], patterns: ['a  b']", ["a  b"], ["a b"]),
        ("kind: text, answers: [x], patterns: ['l(stm|ong)s?', '[0-9]+']", ["LSTMs", "42"], ["lst"]),
    ],
)  # fmt: skip
def test_what_is_right(body: str, right: list[str], wrong: list[str]) -> None:
    asked = question(body)
    assert {typed: mark(asked, typed) for typed in right} == dict.fromkeys(right, Mark.RIGHT)
    assert {typed: mark(asked, typed) for typed in wrong} == dict.fromkeys(wrong, Mark.WRONG)


@pytest.mark.parametrize(
    ("body", "typed", "told"),
    [
        ("kind: number, answer: 1", "soon", "'soon' is not a number: type it in digits"),
        ("kind: number, answer: 1", "1,5", "the decimal mark is a point here"),
        ("kind: number, answer: 1, unit: ₹", "₹1,25", "'₹1,25' is not a number"),
        ("kind: number, answer: 1", "5 kg", "The answer has no unit: type the number without 'kg'"),
        ("kind: number, answer: 1, unit: ms", "5 kg", "The answer must be in ms"),
        ("kind: number, answer: 1, unit: ms, unit_required: true", "5", "followed by ms"),
        ("kind: number, answer: 1", "$7", "The answer has no unit: type the number without '.'"),
        ("kind: number, answer: 1, unit: €", "$7", "The answer must be in €"),
        ("kind: number, answer: 1, unit: $", "$seven", "is not a number: type it in digits"),
        ("kind: number, answer: 1, unit: $", "$", "is not a number: type it in digits"),
        ("kind: number, answer: 1, unit: $", "$7$", "The answer must be in "),
        ("kind: number, answer: 1, unit: m", "m5", "is not a number: type it in digits"),
        ("kind: number, answer: 1", "1" * 10_000, "too long for a number"),
        ("kind: text, answers: [a]", "x" * 10_000, "That is too long: 200 characters"),
        ("kind: text, answers: [a]", "\u200b", "Type an answer"),
    ],
)
def test_what_is_told_and_not_counted(body: str, typed: str, told: str) -> None:
    asked = question(body)
    with pytest.raises(BadResponse, match=told):
        KINDS[asked.kind].parse(asked, (), typed)


def test_the_language_of_the_bank() -> None:
    """Of a German bank a comma is the decimal mark; of one that says nothing it parts thousands."""
    assert mark(question("kind: number, answer: '1,5'", "de"), "1,5") is Mark.RIGHT
    assert mark(question("kind: number, answer: '1,500'"), "1500") is Mark.RIGHT


@pytest.mark.parametrize("said", ["0.125", "1.250", "-1.250e3", "12.125", "'1,250'"])
def test_what_yaml_reads_as_a_number_is_that_number_in_every_language(said: str) -> None:
    """Of an answer, its tolerance and what is foreseen; in quotes it is read as a language writes."""
    body = (
        f"kind: number, answer: {said}, tolerance: 1.125, expect: [{{answer: 7.375, feedback: F}}]"
    )
    value = said.strip("'").replace(",", ".")
    for language in ["", "en", "de", "pt-BR"] if "'" not in said else ["de"]:
        asked = question(body, language)
        point = "." if language in {"", "en"} else ","
        near, far = (str(float(value) + off).replace(".", point) for off in (1, 2))
        assert (mark(asked, near), mark(asked, far)) == (Mark.RIGHT, Mark.WRONG)
        assert KINDS["number"].reason(asked, ("7.4",)) == "F"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("kind: number, answer: ten", "'ten' is not a number"),
        (
            "kind: number, answer: 1/0",
            "'1/0' is not a number — a fraction is two whole numbers, 1/3",
        ),
        ("kind: number, answer: ten", "is not a number — type it in digits, such as 100 or 1e2"),
        ("kind: number, answer: 1, tolerance: -1", "'tolerance' is -1"),
        ("kind: number, answer: 1, tolerance: -5%", "'tolerance' is -5% — write 0 or more"),
        (
            "kind: number, answer: 1, unit: ms, tolerance: 1 kg",
            "'tolerance' is '1 kg' — write a number, such as 0.5, or a share of the answer: 5%",
        ),
        ("kind: number, answer: 1, tolerance: five percent", "or a share of the answer: 5%"),
        ("kind: number, answer: 1, tolerance: 2.5 percent", "or a share of the answer: 2.5%"),
        (
            "kind: number, answer: 1, tolerance: o.005",
            "'tolerance' is 'o.005' — write a number, such as 0.5, or a share of the answer: 5%",
        ),
        ("kind: number, answer: 1, tolerance: ±0.5", "'tolerance' is '±0.5' — write a number"),
        (
            "kind: number, answer: 1 kg",
            "'1 kg' has a unit, and the question has none — write the number alone, or a 'unit'",
        ),
        ("kind: number, answer: $7", "'$7' has a unit, and the question has none"),
        (
            "kind: number, answer: 1, unit: sec, expect: [{answer: 2}, {answer: 1 ms}]",
            "'1 ms' has a unit that does not lead to 'sec', the question's — write the number in sec",
        ),
        (
            "kind: number, answer: 100, tolerance: 5%, expect: [{answer: 104}]",
            "'104' is right within",
        ),
        (
            "kind: number, answer: 1, expect: [{answer: 2}, {answer: 2.0}]",
            "'2.0' is anticipated twice",
        ),
        ("kind: number, answer: 1, expect: [{answr: 2}]", "did you mean 'answer'?"),
        ("kind: number", "the question has no 'answer'"),
        ("kind: number, answer: 1, answers: [1]", "takes no 'answers' — remove it, or make this"),
        ("kind: number, answers: [1]", "takes no 'answers' — did you mean 'answer'?"),
        ("kind: text, answer: yield", "takes no 'answer' — did you mean 'answers'?"),
        (
            "kind: text, answers: [a], answer: b",
            "takes no 'answer' — remove it, or make this 'kind: true-false' or 'kind: number'",
        ),
        ("kind: text, answers: []", "'answers' is empty"),
        ("kind: text, answers: [a], near: 4", "'near' is 4"),
        ("kind: text, answers: [a], exact: [Case]", "'Case' is not a valid value of 'exact'"),
        ("kind: text, answers: [softmax], expect: [{answer: SOFTMAX}]", "'SOFTMAX' is right"),
        (
            "kind: text, answers: [a], patterns: ['a(yield']",
            "the pattern 'a(yield' is not valid: '(' is not closed (character 2)",
        ),
        ("kind: text, answers: [a], patterns: ['a)']", "')' closes nothing (character 2)"),
        ("kind: text, answers: [a], patterns: ['[a']", "'[' is not closed (character 1)"),
        ("kind: text, answers: [a], patterns: ['*a']", "'*' has nothing to repeat (character 1)"),
        ("kind: text, answers: [a], patterns: ['[z-a]']", "is not valid: bad character range"),
        ("kind: text, answers: [a], patterns: ['(a+)+b']", "too long to match"),
        ("kind: text, answers: [a], patterns: ['(a|a)*b(c*)*']", "too long to match"),
        ("kind: text, answers: [a], patterns: ['a*a*a*a*b']", "too long to match"),
        ("kind: text, answers: [a], patterns: ['(?:ab|a|b)*c']", "too long to match"),
        ("kind: text, answers: [a], patterns: ['(a?a)*b']", "too long to match"),
        (f"kind: text, answers: [a], patterns: ['{'a?' * 30}{'a' * 30}']", "too long to match"),
        (f"kind: text, answers: [a], patterns: ['{'(?:a|aa)' * 24}b']", "too long to match"),
        ("kind: text, answers: [a], patterns: [' gru']", "begins or ends with a space"),
        ("kind: text, answers: [a], patterns: ['gru( +|\\s)']", "begins or ends with a space"),
        (
            "kind: text, answers: [a], exact: [spaces], patterns: ['\u3000gru']",
            "begins or ends with a space",
        ),
        ("kind: text, answers: [" + "\ufdfa" * 12 + "]", "is too long"),
        ("kind: text, answers: [a], patterns: ['(?=a)a']", "uses lookaround"),
        ("kind: text, answers: [a], patterns: ['(a)\\1']", "uses lookaround or a backreference"),
    ],
)
def test_faults_of_a_bank(body: str, said: str) -> None:
    found = faults(body)
    assert any(said in fault for fault in found), found
    assert all(fault.startswith("b.yaml:5:") for fault in found)


@pytest.mark.parametrize(
    "body",
    [
        "kind: text, answer: yield",
        "kind: number, answers: [1]",
        "kind: ordering, item: [{id: a, text: b}]",
        "kind: cloze",
    ],
)
def test_a_name_that_another_kind_has_is_told_once(body: str) -> None:
    """That the right one is missing is no second fault."""
    assert len(faults(body)) == 1


@pytest.mark.parametrize(
    "pattern", ["a*a*a*b", "(?:ab)*c", ".*x.*y.*z", "[ab]{0,199}c?", "a?" * 20 + "a" * 20]
)
def test_a_pattern_that_is_allowed_ends_soon(pattern: str) -> None:
    asked = question(f"kind: text, answers: [q], patterns: ['{pattern}']")
    begun = time.process_time()
    mark(asked, "ab" * 100)
    mark(asked, "a" * 200)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("sign", ["\ufdfa", "\u3316", "\u00df", "\u0149"])
def test_a_letter_that_stands_for_several_makes_no_pattern_slow(sign: str) -> None:
    """What is compared is bounded, and such an answer is refused."""
    asked = question("kind: text, answers: [q], near: 3, patterns: ['.*x.*y.*z']")
    begun = time.process_time()
    with pytest.raises(BadResponse, match="too long: 200 characters"):
        mark(asked, sign * 200)
    assert not KINDS["text"].credit(asked, (sign * 200,), "")
    assert not KINDS["text"].near(asked, (sign * 200,))
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("softmx", True), ("sotfmax", True), ("softmaxx", True), ("SOFTMAS", True), ("sofmx", False),
        ("softmax", False), ("hardmax", False), ("softmin", False), ("", False),
    ],
)  # fmt: skip
def test_what_is_near(typed: str, near: bool) -> None:
    """One edit or a swap of neighbours; a foreseen answer is what somebody believes, no slip."""
    asked = question("kind: text, answers: [softmax], near: 1, expect: [{answer: softmix}]")
    assert KINDS["text"].near(asked, (typed,) if typed else ()) is near
    assert not KINDS["text"].near(asked, ("softmix",))


def test_a_foreseen_answer_has_its_feedback() -> None:
    number = question(
        "kind: number, answer: 100, tolerance: 1, "
        "expect: [{answer: 300, feedback: Three gates.}, {answer: 301, feedback: No.}]"
    )
    kind = KINDS["number"]
    assert kind.reason(number, ("300.4",)) == "Three gates."
    assert kind.reason(number, ("300.6",)) == "No."
    assert kind.reason(number, ("100",)) == kind.reason(number, ("7",)) == ""
    assert kind.mistakes(number, ("3e2",)) == ("300",)
    text = question("kind: text, answers: [a], expect: [{answer: b c, feedback: Not b.}]")
    assert KINDS["text"].reason(text, (" B  C",)) == "Not b."


def test_every_number_is_a_claim() -> None:
    """The answer, those foreseen, and what was typed, in the place of {given}."""
    asked = question(
        "kind: number, answer: 100, expect: [{answer: 300}, {answer: 7, claim: {width: 8}}], "
        "demo: gate-width, claim: {width: '{given}', unit: x}"
    )
    sides = KINDS["number"].sides(asked, ("2.5e2",))
    assert [(side.id, side.correct, side.claim) for side in sides] == [
        ("100", True, {"width": 100, "unit": "x"}),
        ("300", False, {"width": 300, "unit": "x"}),
        ("7", False, {"width": 8}),
        ("250", False, {"width": 250, "unit": "x"}),
    ]
    assert len(KINDS["number"].sides(asked, ("300.0",))) == 3
    assert KINDS["number"].sided(asked, ("3e2",)) == {"300"}


def test_the_right_text_is_a_claim_and_so_are_those_foreseen_that_have_one() -> None:
    asked = question(
        "kind: text, answers: [softmax, soft-max], demo: x, claim: {sums: one}, "
        "expect: [{answer: sigmoid, claim: {sums: free}}, {answer: relu}]"
    )
    kind = KINDS["text"]
    assert [(side.id, side.correct, side.claim) for side in kind.sides(asked, ("tanh",))] == [
        ("softmax", True, {"sums": "one"}),
        ("sigmoid", False, {"sums": "free"}),
    ]
    assert kind.sided(asked, ("Soft-Max",)) == {"softmax"}
    assert kind.sided(asked, (" SIGMOID",)) == {"sigmoid"}
    assert KINDS["text"].sides(question("kind: text, answers: [softmax]")) == ()


@given(
    st.fractions(-(10**6), 10**6, max_denominator=1000), st.fractions(0, 100, max_denominator=10)
)
def test_right_is_within_the_tolerance_and_nothing_else(answer, tolerance) -> None:  # type: ignore[no-untyped-def]
    from quizcli.quiz.quantities import written

    asked = question(
        f"kind: number, answer: '{written(answer)}', tolerance: '{written(tolerance)}'"
    )
    for off, right in ((tolerance, True), (tolerance + 1, False), (-tolerance, True)):
        assert (mark(asked, written(answer + off)) is Mark.RIGHT) is right


@given(st.text(max_size=300))
def test_typed_text_is_an_answer_or_told(typed: str) -> None:
    asked = question("kind: text, answers: [softmax], near: 2, patterns: ['a+b?']")
    try:
        response = KINDS["text"].parse(asked, (), typed)
    except BadResponse:
        return
    assert grade(asked, response).mark in {Mark.RIGHT, Mark.WRONG}
    assert KINDS["text"].near(asked, response.given) in {True, False}
    again, misread = KINDS["text"].read(asked, KINDS["text"].describe(asked, response.given))
    assert (again, misread) == (response.given, [])


@pytest.mark.parametrize(
    ("answer", "unit", "shown"),
    [("250", "ms", "250 ms"), ("0.25 s", "ms", "0.25 s"), ("5 ms", "ms", "5 ms"), ("5", "$", "$5"),
     ("$5", "USD", "$5"), ("5 dollars", "USD", "5 dollars"), ("USD 5", "USD", "USD 5")],
)  # fmt: skip
def test_an_answer_is_shown_with_one_unit(answer: str, unit: str, shown: str) -> None:
    asked = question(f"kind: number, answer: {answer}, unit: {unit}")
    assert KINDS["number"].key(asked) == (shown,)


def test_what_is_wrong_and_its_remedy_are_not_parted_within_what_was_typed() -> None:
    asked = question("kind: number, answer: 12")
    _, [misread] = KINDS["number"].read(asked, ["a: b"])
    assert misread.what == "'a: b' is not a number"
    assert misread.fix == "type it in digits, such as 100 or 1e2"
    [told] = faults(
        'kind: number, answer: 12, unit: m, expect: [{answer: "noon: 12", feedback: F}]'
    )
    assert "'noon: 12' is not a number — type it in digits" in told
