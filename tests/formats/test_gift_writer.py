"""A bank as GIFT, and back: what the format has a place for comes back as it was."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcli.formats.format import ExportFile
from quizcli.formats.gift import FORMAT, read
from quizcli.formats.losses import summary
from quizcli.quiz.markup import spans
from tests.support.drafts import to_bank
from tests.support.plain_banks import faults, written
from tests.support.samples import SAMPLE


def bank(*questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A bank of these questions."""
    return {"format": 1, "id": "seas", "title": "Seas", "questions": list(questions), **more}


def exported(source: dict[str, Any]) -> ExportFile:
    """The bank in GIFT."""
    return written(FORMAT, source)


def back(source: dict[str, Any]) -> list[dict[str, Any]]:
    """The questions of a bank that was written and read again, without anything to say."""
    read_again = to_bank(read(exported(source).content), "seas", "Seas")
    assert (read_again.remarks, read_again.losses) == ((), ())
    return [without_part_ids(question) for question in read_again.bank["questions"]]


def without_part_ids(question: dict[str, Any]) -> dict[str, Any]:
    """GIFT has no ids for options and pairs, those of true and false aside."""
    own = question["kind"] == "true-false"
    return {
        name: [{key: part[key] for key in part if own or key != "id"} for part in value]
        if name in {"options", "pairs"}
        else value
        for name, value in question.items()
    }


def test_a_bank_is_written_as_moodle_writes_one() -> None:
    source = bank(
        {
            "id": "depth",
            "title": "Depth: 1",
            "kind": "single-choice",
            "prompt": "How deep is {x}?",
            "options": [
                {"id": "a", "text": "11 km", "correct": True, "feedback": "Yes = right"},
                {"id": "b", "text": "~5 km"},
            ],
            "explanation": "So it is #1.",
            "tags": ["ocean", "a]b"],
        },
        {"id": "salt", "kind": "true-false", "prompt": "Salty?", "answer": True},
        {"id": "essay", "kind": "free", "prompt": "Why?"},
    )
    assert exported(source).content == (
        "// [title:Seas]\n\n"
        "// [id:depth] [tag:ocean] [tag:a\\]b]\n"
        "::Depth\\: 1::How deep is \\{x\\}?{\n"
        "\t=11 km#Yes \\= right\n"
        "\t~\\~5 km\n"
        "\t####So it is \\#1.\n"
        "}\n\n"
        "// [id:salt]\nSalty?{TRUE}\n\n"
        "// [id:essay]\nWhy?{}\n"
    )


@pytest.mark.parametrize(
    ("rule", "weights"),
    [
        ("net-correct", ["50", "50", "-50", "-50", "-50"]),
        ("proportional", ["50", "50", "-100", "-100", "-100"]),
        ("false2", ["50", "50", "-33.33333", "-33.33333", "-33.33333"]),
    ],
)
def test_a_credit_rule_becomes_weights_and_comes_back(rule: str, weights: list[str]) -> None:
    options = [
        {"id": f"o{n}", "text": f"o{n}"} | ({"correct": True} if n < 2 else {}) for n in range(5)
    ]
    question = {"id": "q", "kind": "multiple-choice", "prompt": "Which?", "options": options}
    output = exported(bank(question, defaults={"credit": rule}))
    assert [line.split("%")[1] for line in output.content.split("\n") if "~" in line] == weights
    assert back(bank(question | {"credit": rule}))[0].get("credit", "net-correct") == rule


def test_what_has_no_place_is_counted() -> None:
    option = {"id": "a", "text": "a", "correct": True, "missed": "m", "claim": {"x": 1}}
    choice = {
        "id": "q",
        "kind": "multiple-choice",
        "prompt": "Which?",
        "options": [option, {"id": "b", "text": "b", "pin": "last"}],
    }
    source = bank(
        choice | {"hints": ["one", "two"], "demo": "gate-width", "points": 2, "credit": "coverage"},
        {"id": "c", "kind": "card", "front": "f", "back": "b"},
        {
            "id": "o",
            "kind": "ordering",
            "prompt": "p",
            "items": [{"id": "x", "text": "x"}, {"id": "y", "text": "y"}],
        },
        {
            "id": "v",
            "kind": "number",
            "prompt": "{X} and 1?",
            "answer": "{Y}",
            "variables": {"X": {"from": "1", "to": "5", "default": "4"}, "Y": "= X + 1"},
        },
        {
            "id": "m",
            "kind": "number",
            "prompt": "How long?",
            "answer": 20,
            "unit": "ms",
            "tolerance": "5%",
            "scenario": "s",
        },
        {
            "id": "t",
            "kind": "text",
            "prompt": "p",
            "answers": ["a"],
            "near": 1,
            "patterns": ["[ab]+"],
        },
        {"id": "w", "kind": "text", "prompt": "p", "answers": ["a->b"]},
        description="d",
        defaults={"shuffle": False, "credit": "net-correct"},
        scenarios=[{"id": "s", "text": "At sea."}],
    )
    output = exported(source)
    assert summary(output.losses) == (
        "1 description of the bank dropped",
        "1 default setting dropped",
        "1 feedback for a missed option dropped",
        "1 claim dropped",
        "1 pinned option dropped",
        "1 credit rule replaced by net-correct",
        "2 hints dropped",
        "1 number of points dropped",
        "1 experiment dropped",
        "1 flashcard dropped (c)",
        "1 ordering question dropped (o)",
        "1 question with variables written with their usual numbers",
        "1 unit moved into the prompt",
        "1 shared text written into each question",
        "1 pattern dropped",
        "1 setting for near misses dropped",
        "1 text question with an arrow dropped (w)",
    )
    assert "4 and 1?{\n\t#\n\t=%100%5\\:0" in output.content.replace(":0", "\\:0")
    assert "[markdown]At sea.\\n\\nHow long? (ms){\n\t#\n\t=%100%20\\:1" in output.content.replace(
        ":1", "\\:1"
    )


@pytest.mark.parametrize(
    "question",
    [
        {"kind": "number", "answer": "0.1", "tolerance": "0.005"},
        {"kind": "number", "answer": "-3", "expect": [{"answer": "3", "feedback": "Its sign"}]},
        {"kind": "text", "answers": ["a*b", "50% T", "[html] c"], "expect": [{"answer": "*c"}]},
        {"kind": "text", "answers": ["Rhine"], "patterns": ["Rh.*n\\*"]},
        {"kind": "true-false", "answer": "false"},
        {
            "kind": "true-false",
            "options": [{"id": "true", "feedback": "no"}, {"id": "false", "correct": True}],
        },
        {
            "kind": "matching",
            "pairs": [{"left": "a", "right": "$x$"}, {"left": "`b`", "right": "= c"}],
            "distractors": ["d -> e"],
        },
        {"kind": "free", "explanation": "It is\n\n- one\n- two"},
        {
            "kind": "single-choice",
            "options": [
                {"text": "%50%", "correct": True},
                {"text": "[html]x"},
                {"text": "US$ 5#"},
                {"text": "<b>"},
            ],
        },
    ],
)
def test_each_kind_comes_back(question: dict[str, Any]) -> None:
    whole = {"id": "q", "kind": question["kind"], "prompt": "// What?"} | question
    assert back(bank(with_ids(whole))) == [without_part_ids(whole)]


@pytest.mark.parametrize(
    ("prompt", "unit", "moved"),
    [
        ("Two at $6 each: how much?", "$", "Two at $6 each: how much? (\\$)"),
        ("How much is it?", "$", "How much is it? ($)"),
        ("How *long* is it?", "ms", "How *long* is it? (ms)"),
        ("What is *it?", "m*s", "What is *it? (m\\*s)"),
    ],
)
def test_a_unit_in_the_prompt_makes_no_markup_of_it(prompt: str, unit: str, moved: str) -> None:
    question = {"id": "q", "kind": "number", "prompt": prompt, "answer": "12", "unit": unit}
    [again] = back(bank(question))
    assert spans(again["prompt"]) == spans(moved)


def test_the_sample_bank_comes_back_but_for_what_is_told() -> None:
    source = yaml.load(
        SAMPLE.read_text(encoding="utf-8"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    )
    questions = back(source)
    told = {"hints", "points", "figure"}
    for question, again in zip(source["questions"], questions, strict=True):
        for name in question.keys() - told - {"options"}:
            assert question[name].strip() == again[name], name
        assert len(question["options"]) == len(again["options"])


# Any bank ---------------------------------------------------------------------------------------

WORDS = [
    "sea",
    "Ä",
    "海",
    "x",
    "1",
    "=",
    "~",
    "#",
    "{",
    "}",
    ":",
    "::",
    "->",
    "%50%",
    "[html]",
    "//",
]
WORDS += [
    "$x_1 < 2$",
    "$\\frac{a}{b}$",
    "$$y$$",
    "`a*{b}`",
    "*so*",
    "**so**",
    "$5",
    "US$",
    "a_b",
    "<b>",
]
WORDS += [
    "&lt;",
    "&",
    "T",
    "TRUE",
    "####",
    "(",
    ")",
    "1.",
    "-",
    "|",
    "\n",
    "\n\n",
    "\n- ",
    "\n  ",
    "\n    if",
    "@",
    "^",
    "!",
]
texts = (
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6)
    .map(lambda words: " ".join(words).replace(" \n", "\n").replace("\n ", "\n").strip())
    .filter(lambda text: text != "")
)
answers = st.lists(
    st.sampled_from([w for w in WORDS if "\n" not in w and "->" not in w]), min_size=1, max_size=3
).map(" ".join)
numbers = (
    st.decimals(-1000, 1000, places=3)
    .map(lambda value: f"{value:f}".rstrip("0").rstrip("."))
    .map(lambda text: "0" if text == "-0" else text)
)
feedback = st.fixed_dictionaries({}, optional={"feedback": texts})


def _options(texts_: list[tuple[str, dict[str, str]]], rights: list[bool]) -> list[dict[str, Any]]:
    return [
        {"text": text} | ({"correct": True} if right else {}) | said
        for (text, said), right in zip(texts_, rights, strict=False)
    ]


parts = st.lists(
    st.tuples(texts, feedback),
    min_size=3,
    max_size=5,
    unique_by=lambda part: " ".join(part[0].split()),
)
kinds = st.one_of(
    st.builds(
        lambda found: {"kind": "single-choice", "options": _options(found, [True] + [False] * 5)},
        parts,
    ),
    st.builds(
        lambda found: {
            "kind": "multiple-choice",
            "options": _options(found, [True, True] + [False] * 5),
        },
        parts,
    ),
    st.builds(
        lambda right: {"kind": "true-false", "answer": right}, st.sampled_from(["true", "false"])
    ),
    st.builds(
        lambda found: {"kind": "text", "answers": found},
        st.lists(answers, min_size=1, max_size=3, unique=True),
    ),
    st.builds(lambda answer: {"kind": "number", "answer": answer}, numbers),
    st.builds(
        lambda lefts, right: {
            "kind": "matching",
            "pairs": [{"left": left, "right": right} for left in lefts],
        },
        st.lists(
            texts.filter(lambda text: "->" not in text),
            min_size=2,
            max_size=4,
            unique_by=lambda text: " ".join(text.split()),
        ),
        answers,
    ),
    st.just({"kind": "free"}),
)
questions = st.builds(
    lambda kind, prompt, more: {"id": "x", "prompt": prompt} | kind | more,
    kinds,
    texts,
    st.fixed_dictionaries({}, optional={"explanation": texts, "tags": st.just(["deep", "salt"])}),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(questions, min_size=1, max_size=3))
def test_any_bank_comes_back(found: list[dict[str, Any]]) -> None:
    source = bank(*[with_ids(question | {"id": f"q{n}"}) for n, question in enumerate(found)])
    if faults(source):
        return  # such as options that look alike
    assert back(source) == [without_part_ids(question) for question in source["questions"]]


def with_ids(question: dict[str, Any]) -> dict[str, Any]:
    """The question with an id for each part."""
    return {
        name: [{"id": f"p{n}"} | part for n, part in enumerate(value)]
        if name in {"options", "pairs"}
        else value
        for name, value in question.items()
    }
