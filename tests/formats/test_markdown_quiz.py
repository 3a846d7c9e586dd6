"""Markdown for people: as repositories keep it, and as we write it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcli.formats.losses import summary
from quizcli.formats.markdown_quiz import FORMAT, read
from quizcli.formats.markdown_text import from_markdown, to_dollars
from quizcli.quiz.markup import spans
from tests.support.any_bank import choices, come_back, questions, texts
from tests.support.drafts import to_bank
from tests.support.plain_banks import written

REPOSITORY = """\
# Sea quiz

#### Q1. Which sea is salty?

```py
- [ ] no option
```

- [ ] Lake Constance
- [x] The Dead Sea
  > Very.
- [ ] `x`

> Explanation: It has no outlet.

2. Which are lakes?
   - [x] Constance
   - [X] Ness
   - [ ] North

3. And this?
A. yes
B. no

**Answer: B**

## Salt?
* (x) much
* ( ) little
<details><summary>Answer</summary>
As the name says.
</details>
"""


def bank(text: str) -> Any:
    return to_bank(read(text.encode()), "seas", "Seas")


def rights(question: dict[str, Any]) -> list[str]:
    return [each["text"] for each in question["options"] if each.get("correct")]


def test_a_file_as_repositories_keep_it() -> None:
    found = bank(REPOSITORY)
    assert (found.remarks, found.losses) == ((), ())
    first, second, third, last = found.bank["questions"]
    assert first["prompt"].startswith("Which sea is salty?\n\n```py\n- [ ] no option")
    assert (rights(first), first["options"][1]["feedback"]) == (["The Dead Sea"], "Very.")
    assert first["explanation"] == "It has no outlet."
    assert (second["kind"], rights(second)) == ("multiple-choice", ["Constance", "Ness"])
    assert (third["prompt"], rights(third)) == ("And this?", ["no"])
    assert (last["prompt"], rights(last), last["explanation"]) == (
        "Salt?", ["much"], "As the name says.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("odd", "what"),
    [
        ("- [ ] a\n- [ ] b", "no option is ticked"),
        ("- [x] a", "it has one option"),
        ("- [x] a\n- [ ] a", "'a' is both right and wrong"),
    ],
)
def test_a_slip_is_told_at_its_question_and_the_next_is_read(odd: str, what: str) -> None:
    found = bank(f"Intro.\n\n## Odd?\n{odd}\n\n## Next?\n- [x] y\n- [ ] n\n")
    (remark,) = found.remarks
    assert (remark.line, remark.what, remark.lost) == (3, f"'Odd?' is left out: {what}", True)
    assert [each["prompt"] for each in found.bank["questions"]] == ["Next?"]
    assert summary(found.losses) == ("1 description dropped (line 1)",)


SOURCE = {"format": "1", "id": "seas", "title": "Seas", "questions": [
    {"id": "a", "kind": "single-choice", "title": "Salt", "prompt": "Which?\n\nThink.", "options": [
        {"id": "x", "text": "this", "correct": "true", "feedback": "Yes"}, {"id": "y", "text": "that"},
    ], "hints": ["Look"], "explanation": "So.", "tags": ["deep"], "demo": {"name": "gate-width"}},
    {"id": "b", "kind": "number", "prompt": "How many?", "answer": "3", "tolerance": "0.5"},
    {"id": "c", "kind": "matching", "prompt": "Match", "pairs": [
        {"id": "p", "left": "l", "right": "r"}, {"id": "q", "left": "m", "right": "s"}]},
    {"id": "d", "kind": "cloze", "text": "A [[m::sea]] is [[s::salty]]"},
]}  # fmt: skip


def test_what_people_read() -> None:
    file = written(FORMAT, SOURCE)
    assert str(file.content).startswith(
        "# Seas\n\n## 1. Salt\n\n<!-- id: a; kind: single-choice; tags: deep -->\n\nWhich?\n\nThink.\n\n"
        "- [ ] this\n- [ ] that\n\n<details>\n<summary>Hint</summary>\n\nLook\n\n</details>\n\n"
        "<details>\n<summary>Answer</summary>\n\n- [x] this\n\n  > Yes\n\n- [ ] that\n\nSo.\n\n</details>\n"
    )
    assert summary(file.losses)[:2] == ("1 experiment dropped", "1 tolerance dropped")
    assert all("written for people" in loss for loss in summary(file.losses)[2:])


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("It is $5 to 6$, not $x$.", "It is \\$5 to 6\\$, not $x$."),
        ("$HOME:$PATH, 5 $", "\\$HOME:\\$PATH, 5 \\$"),
        ("from $5 to $6, `$a $b$`", "from $5 to $6, `$a $b$`"),  # nobody's formula
        ("\\$5 or 6\\$", "\\$5 or 6\\$"),
    ],
)
def test_prices_are_formulas_to_nobody(ours: str, theirs: str) -> None:
    """Elsewhere any two dollars begin and end one, by the rule of Pandoc."""
    assert to_dollars(ours) == theirs
    assert [span.text for span in spans(theirs)] == [span.text for span in spans(ours)]


def test_without_the_key_nothing_tells_it() -> None:
    text = str(written(FORMAT, SOURCE, keyless=True).content)
    assert "Answer" not in text
    assert "[x]" not in text
    assert "Yes" not in text
    assert "So." not in text
    assert "salty" not in text
    assert "Salt\n" not in text  # a title may tell it
    assert text.count("## ") == 4


rich = texts(marked=True)
kinds = st.one_of(choices(rich, feedback=True), choices(rich, several=True, feedback=True))


@settings(max_examples=60)
@given(questions(kinds, rich, explanation=rich, title=texts(), tags=st.just(["sea"])))
def test_any_choice_comes_back(found: list[dict[str, Any]]) -> None:
    come_back(FORMAT, found, ids=("id",))


@pytest.mark.parametrize(
    "data", [b"\x00", b"# " * 9999, b"- [x] a\n" * 5000, b"<details>" * 5000, b"```", b"\xff\xfe-"]
)
def test_anything_is_read(data: bytes) -> None:
    read(data)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\$5 US\$", "$5 US$"),
        (r"\$5 to \$6 & `\$7`", r"$5 to $6 & `\$7`"),
        (r"\$5 US\$ $x_1 < 2$", "$5 US$ $x_1 < 2$"),  # nor does a formula beside it
        (r"\$x\$ and $y$", r"\$x\$ and $y$"),  # the first would be a formula as well
    ],
)
def test_a_price_has_a_backslash_only_where_it_needs_one(source: str, text: str) -> None:
    assert from_markdown(source).text == text


CODE = "```\n> a\n  - [x] b\n\n## 1. c\n```"


@pytest.mark.parametrize("code", [CODE, "    a = 1\n      b"])
def test_code_comes_back_from_wherever_it_stands(code: str) -> None:
    options = [
        {"id": "a", "text": code, "correct": "true", "feedback": f"So:\n\n{code}"},
        {"id": "b", "text": f"Not:\n\n{code}"},
    ]
    asked = {"id": "q", "kind": "single-choice", "prompt": f"What?\n\n{code}", "options": options,
             "explanation": f"As\n\n{code}\n\nsays.", "hints": [f"See\n\n{code}"]}  # fmt: skip
    others = {"id": "r", "kind": "true-false", "prompt": "Is it?", "answer": "true"}
    source = {"format": "1", "id": "x", "title": "X", "questions": [asked, others]}
    file = written(FORMAT, source)
    assert f"- [ ]\n\n  {code.splitlines()[0]}\n" in str(file.content)
    found, other = bank(str(file.content)).bank["questions"]
    assert other["id"] == "r"
    for field in ("prompt", "explanation"):
        assert found[field] == asked[field]
    for field in ("text", "feedback"):
        assert [each.get(field) for each in found["options"]] == [
            each.get(field) for each in options
        ]


def test_what_only_people_can_read_is_told_on_both_ways() -> None:
    """By an export, and by the import of what it wrote: no question is lost without a word."""
    source = {
        "format": "1", "id": "x", "title": "X",
        "questions": [
            {"id": "n", "kind": "number", "prompt": "How many?", "answer": "3"},
            {"id": "c", "kind": "card", "front": "F", "back": "B"},
            {"id": "o", "kind": "ordering", "prompt": "Order.",
             "items": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]},
            {"id": "t", "kind": "true-false", "prompt": "Is it?", "answer": "true"},
        ],
    }  # fmt: skip
    file = written(FORMAT, source)
    for_people = "written for people to read, and not read back by an import"
    assert summary(file.losses) == tuple(
        f"1 {what} {for_people}" for what in ("number question", "flashcard", "ordering question")
    )
    assert not summary(written(FORMAT, source, keyless=True).losses)
    found = bank(str(file.content))
    assert [question["id"] for question in found.bank["questions"]] == ["t"]
    assert [remark.what for remark in found.remarks if remark.lost] == [
        "'n' is left out: of a Markdown quiz only choices are read",
        "'c' is left out: of a Markdown quiz only choices are read",
        "'o' is left out: of a Markdown quiz only choices are read",
    ]
    assert "this is an ordering question" in found.remarks[2].fix
    assert "a flashcard" in found.remarks[1].fix
    assert found.losses == ()
