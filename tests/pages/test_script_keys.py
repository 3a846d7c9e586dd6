"""The script of a page grades as Python does: both are held to one list of cases, made here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from fractions import Fraction
from itertools import permutations, product
from pathlib import Path
from random import Random
from typing import Any
from unicodedata import category

import pytest

from quizcli.pages.script_keys import UNIT_TABLES, script_key
from quizcli.quiz.credit import RULES
from quizcli.quiz.grading import grade
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.kinds.folding import EXACT, folded
from quizcli.quiz.kinds.text import within
from quizcli.quiz.model import Option, Question
from quizcli.quiz.quantities import NotNumber, quantity
from quizcli.quiz.responses import BadResponse
from quizcli.quiz.steps import Item
from quizcli.report.words import out_of, percent, points_text

SCRIPT_TEST = Path(__file__).parent / "grading.test.mjs"
NUMBERS = [
    "1", "-1", "−1", "– 1", "+ 2", "1.5", "1,5", ".5", "5.", "1e3", "1E-3", "2×10^3", "2 · 10**3",
    "2x10^-2", "1/3", "-3/6", "2^10", "2**-1", "0^-1", "10^400", "1e331", "1e330", "1 000", "1'000",
    "1.000", "1,000", "1,000.5", "1.000,5", "0,125", "01,000", "1,00", "1,000,000", "12,34",
    "٣", "٣٫٥", "١٬٢٣٤٫٥", "３．５", "１／２", "१२", "𝟙𝟚", "x", "", ".", ",", "1..2", "1/0", "1.5/2", "1 2", "5 ms",
    "5ms", "0x10", "0b1", "1_000", "5²", "1①", "$7", "7 €", "1e", "1e5e5", "10^2^3", "∞", "½",
    "1" * 61, "1" * 60, "9 999 999", "99 99", "\u2009 4", "1\x1f", "3 %", "2^", "--1", "1-2",
    "1 . 5", "5 * 10^2", "5 k", "\ufeff5", "5\u00a0000", "0 x", "1.2.3", "1.234.567", "1/3 m",
    "1,25,010", "12,34,567.5", "1,2,3", "123,45,678", "12.34.567,5", "1,23,4567", "0,12,345", "1,23,456,789",
]  # fmt: skip
# Money with its sign, code or name on either side, of one currency and of several.
AMOUNTS = [
    "$1.00", "USD 1", "1 dollar", "-€ 5", "$3/kg", "5 €", "CHF 5", "$ 3 /kg", "3 $/kg", "US$ 5", "5 $ USD", "$5 $",
    "Fr. 5", "5 fr", "EUR5", "5eur", "5 EUROS", "€ -5", "−€5", "+ $5", "$1,25,010", "Rs. 1,25,010", "₹12,34,567.50",
    "$x", "$", "$ $5", "XYZ 5", "xyz 5", "US. 5", "constructor 5", "5 constructor", "$1.2.3", "€1.234,50", "€.5",
    "１ dollar", "$１", "5 ¢", "￥5", "5 yen", "5 ＄", "$5 €", "$1 000", "dollars 5 dollars", "ms 5", "$5/1", "EUR 5e0", "€ 5**1", "Fr. 5^1", "$" + "1" * 60,
]  # fmt: skip
LETTERS = "aàáâãäåæçßẞSsſσςΣİıIiéÉeœfiﬂﬀ½２ｗＷ 　\t\u00a0\u200b\u00ad\u0301\u0345ᏣꭳᏸⅣ²ΐΐяЯйЙあがパﾊﾟ가각🎉-_'’‘“„–—−′"


def option(id: str, *, correct: bool) -> Option:
    return Option(id, id, correct)


def questions() -> list[tuple[Question, str]]:
    """Questions whose answers are few, each under every rule of its kind."""
    found = []
    for right in ("a", "ab", "abc", "abcd"):
        options = tuple(option(id, correct=id in right) for id in "abcd")
        found += [(Question("q", "multiple-choice", "?", options), rule) for rule in RULES]
    single = tuple(option(id, correct=id == "b") for id in "abc")
    found.append((Question("q", "single-choice", "?", single), "net-correct"))
    truth = (option("true", correct=False), option("false", correct=True))
    found.append((Question("q", "true-false", "?", truth), "net-correct"))
    items = tuple({"id": id, "text": id} for id in "abcd")
    pairs = tuple(
        {"id": id, "left": id, "right": right} for id, right in zip("abc", "xyx", strict=True)
    )
    for rule in (None, *kind_of(Question("q", "ordering", "?")).rules):
        found.append(
            (Question("q", "ordering", "?", own={"items": items}, credit=rule), "coverage")
        )
    for rule in (None, *kind_of(Question("q", "matching", "?")).rules):
        own = {"pairs": pairs, "distractors": ("w",)}
        found.append((Question("q", "matching", "?", own=own, credit=rule), "coverage"))
    return found


def answers(question: Question) -> list[tuple[str, ...]]:
    """Every whole answer to such a question."""
    kind = kind_of(question)
    parts = [part.id for part in kind.parts(question)]
    if kind.form == "order":
        return list(permutations(parts))
    if kind.form == "pairs":
        lefts = [left.id for left in kind.lefts(question)]
        return [
            tuple(f"{left}: {right}" for left, right in zip(lefts, rights, strict=True))
            for rights in product(parts, repeat=len(lefts))
        ]
    if not kind.several:
        return [(id,) for id in parts]
    return [tuple(id for id, on in zip(parts, bits, strict=True) if on)
            for bits in product((0, 1), repeat=len(parts)) if any(bits)]  # fmt: skip


def expect(*texts: str) -> tuple[dict[str, str], ...]:
    return tuple({"answer": text, "feedback": text} for text in texts)


TYPED = [
    (Question("q", "number", "?", own={"answer": "100", "tolerance": "5%", "expect": expect("10", "12", "200")}),
     [*NUMBERS, "95", "94.9", "105", "105.0001", "11", "10.9", "200", "195", "205.1", "1e2"]),
    (Question("q", "number", "?", own={"answer": "1,5", "tolerance": "0,1", "language": "de"}),
     [*NUMBERS, "1,4", "1,39", "1.6", "1.500"]),
    (Question("q", "number", "?", own={"answer": "5", "unit": "ms", "expect": expect("5 s")}),
     ["5", "5 ms", "5ms", "0.005 s", "5000 µs", "5000 us", "5 min", "5 kg", "5 s", "5 m", "ms 5", "5 Ms"]),
    (Question("q", "number", "?", own={"answer": "20", "unit": "€", "unit_required": True}),
     ["20", "20 €", "€20", "-€ 20", "€ 20", "20€", "$20", "20 EUR"]),
    *((Question("q", "number", "?", own={"answer": answer, "unit": unit, **more}), AMOUNTS)
      for answer, unit in (("1", "$"), ("5", "€"), ("3", "$/kg"), ("5", "CHF"), ("125010", "₹"), ("5", "dollars"), ("5", "US$"), ("5", "kg"))
      for more in ({}, {"unit_required": True}, {"language": "de"})),
    (Question("q", "number", "?", own={"answer": "5"}), AMOUNTS),
    (Question("q", "number", "?", own={"answer": "3", "unit": "min"}), ["3 min", "3 in", "0.003 kmin", "3 m"]),
    (Question("q", "number", "?", own={"answer": "3", "unit": "tokens"}), ["3", "0.003 ktokens", "3000 mtokens", "3 tokens"]),
    (Question("q", "number", "?", own={"answer": "9", "unit": "m/s"}), ["9 m/s", "0.009 km/s", "9 m", "9000 mm/s"]),
    (Question("q", "number", "?", own={"answer": "1/3"}), ["1/3", "0.333333", "2/6", "0"]),
    (Question("q", "text", "?", own={"answers": ("Straße", "Köln am Rhein"), "near": 2, "expect": expect("Weg")}),
     ["strasse", "STRASSE", "  Straße ", "koln  am rhein", "köln", "stasse", "strase", "weg", "WEG", "", "x" * 201, "strßae"]),
    (Question("q", "text", "?", own={"answers": ("Köln",), "exact": ("accents", "case")}),
     ["Köln", "Ko\u0308ln", "koln", "köln", "Koln"]),
    (Question("q", "text", "?", own={"answers": ("x",), "patterns": (
        "colou?r", "[A-C]{2,3}", r"\d+ ?(ms|µs)", "gr[ae]y(ish)?", "Straße[ns]?", "a{2}b*?c", r"\w+-\w+", r"\bno\b.*", "[^x-z]é", r"p\.?s\.?", r"[\W_]7", r"q\S\D")}),
     ["color", "COLOUR", "colouur", "ab", "ABC", "abcd", "12 ms", "12µs", "٣ ms", "gray", "greyish", "strassen", "STRASSEN", "straße",
      "aac", "aabbc", "abc", "foo-bär", "no way", "nowhere", "aé", "ye", "ae", "p.s.", "ps", "-7", "_7", "a7", "q¿¿", "q ä", "q9"]),
    (Question("q", "text", "?", own={"answers": ("Who?", "?"), "near": 1, "expect": expect("what?")}),
     ["who?", "who", "?", "??", "who? ", "what?", "what", "？"]),
    (Question("q", "text", "?", own={"answers": ("x",), "exact": ("case", "spaces"), "patterns": ("[A-C]+", "Ä b", "a++b")}),
     ["ABC", "abc", "Ä b", "ä b", "aab", "aaab", "b", "A b"]),
]  # fmt: skip


def earned(question: Question, given: tuple[str, ...], rule: str) -> dict[str, Any]:
    """What Python says of an answer."""
    kind = kind_of(question)
    try:
        found = grade(question, given, rule)
    except BadResponse as bad:
        return {"bad": str(bad).replace("answer; an empty line skips, :help explains", "answer")}
    said: dict[str, Any] = {"credit": str(found.credit)}
    if kind.form == "typed":
        reasons = [each["feedback"] for each in question.own.get("expect", ())]
        reason = kind.reason(question, given)
        said["foreseen"] = reasons.index(reason) if reason else -1
    if question.kind == "text":
        said["near"] = kind.near(question, given)
    return said


def earned_cases() -> list[Any]:
    """Keys, answers, and what these earn."""
    found = []
    for question, rule in questions():
        key = script_key(Item(question, kind_of(question).parts(question)), rule)
        found += [(key, given, earned(question, given, rule)) for given in answers(question)]
    for question, texts in TYPED:
        key = script_key(Item(question, ()), "net-correct")
        found += [(key, (text,), earned(question, (text,), "net-correct")) for text in texts]
    return found


def quantities() -> list[Any]:
    found = []
    random = Random(1)
    made = [
        "".join(random.choices("0123456789.,-+/e^*× '", k=random.randint(1, 9)))
        for _ in range(2000)
    ]
    for text, language in product([*NUMBERS, *made], ("en", "de")):
        try:
            value, unit = quantity(text, language)
            said: Any = {"value": str(value), "unit": unit}
        except NotNumber as bad:
            said = {"bad": str(bad)}
        found.append((text, language == "de", said))
    return found


def folds() -> list[Any]:
    random = Random(2)
    every = [chr(c) for c in range(0x30000) if category(chr(c)) not in {"Cs", "Cn"}]
    texts = ["".join(random.choices(LETTERS, k=random.randint(0, 12))) for _ in range(2000)]
    exacts = [tuple(e for e in EXACT if random.random() < 0.3) for _ in texts]
    cases = [(text, exact) for text, exact in zip(texts, exacts, strict=True)]
    cases += [(sign, ()) for sign in every] + [(sign, ("width", "accents")) for sign in every]
    return [(text, exact, folded(text, exact)) for text, exact in cases]


def lines() -> list[Any]:
    """Lines, with the answers that they are and whether they are called guesses."""
    own = {"number": {"answer": "1"}, "text": {"answers": ("why?",)}, "free": {}}
    found = []
    for kind, line in [
        *product(own, ("12", " 12 ? ", "12??", "12\u00a0?", "1/3? ")),
        *product(
            ("text", "free"), ("why?", " why? ", "?", "who? me", "¿qué??", "\\?", ":guess it")
        ),
    ]:
        question = Question("q", kind, "?", own=own[kind])
        said = kind_of(question).parse(question, (), line)
        found.append((kind, line, said.given[0], said.guess))
    return found


def slips() -> list[Any]:
    random = Random(3)
    words = ["".join(random.choices("abc", k=random.randint(0, 6))) for _ in range(60)]
    return [(a, b, n, within(a, b, n)) for a in words for b in words for n in (1, 2, 3)]


def points() -> list[Any]:
    ratios = {Fraction(n, d) for n in range(40) for d in (1, 2, 3, 4, 7, 12, 16, 40, 60)}
    return [
        (str(p), str(m), points_text(p), percent(float(100 * p / m)), out_of(p, m))
        for p in sorted(ratios) for m in (1, 3, 7, 16, 40)
    ]  # fmt: skip


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node to run the script")
def test_the_script_grades_as_python_does(tmp_path: Path) -> None:
    cases = {"quantities": quantities(), "folded": folds(), "within": slips(),
             "earned": earned_cases(), "points": points(), "lines": lines(), "units": UNIT_TABLES}  # fmt: skip
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(cases), encoding="utf-8")
    ran = subprocess.run(
        ["node", "--test", str(SCRIPT_TEST)], env={**os.environ, "CASES": str(file)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[:5000]
    assert "pass 6" in ran.stdout


def test_without_its_key_a_question_says_how_it_is_answered_and_no_more() -> None:
    for question, rule in questions():
        handed = question._replace(keyless=True)
        key = script_key(Item(handed, kind_of(question).parts(question)), rule)
        assert key.keys() == {"kind", "points"}
    for question, _ in TYPED:
        key = script_key(Item(question._replace(keyless=True), ()), "net-correct")
        assert key.keys() <= {"kind", "points", "unit", "unitRequired", "comma", "exact"}
