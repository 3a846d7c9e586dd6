"""Slips of an author: each is one sentence, with its line and column, that says what to do."""

from __future__ import annotations

import pytest

from quizcli.bank.check import check_bank
from quizcli.bank.faults import Level
from quizcli.proof.proving import demo_faults

HEAD = "format: 1\nid: b\ntitle: B\nquestions:\n"
CHOICE = (
    "  - id: q\n    kind: single-choice\n    prompt: What?\n    options:\n"
    "      - {id: a, text: A, correct: true}\n      - {id: c, text: C}\n"
)
LAST = "- {id: c, text: C}"
CONFLICT = "<<<<<<< HEAD\n      one\n=======\n      two\n>>>>>>> other\n"


def of(kind: str, rest: str) -> str:
    return f"{HEAD}  - id: q\n    kind: {kind}\n{rest}"


SLIPS = {
    "empty feedback": (
        HEAD + CHOICE.replace(LAST, "- id: c\n        text: C\n        feedback:\n"),
        "12:18: 'feedback' is empty — fill it in, or remove the key",
    ),
    "a bracket too many": (
        of("text", "    prompt: What?\n    answers: [A, B]]\n"),
        "8:20: this ']' is one too many — remove it",
    ),
    "a bracket too many on a line of its own": (
        of("text", "    prompt: What?\n    answers: [\n      A, B\n    ]]  # both\n    near: 1\n"),
        "10:6: this ']' is one too many — remove it",
    ),
    "a brace too many": (
        HEAD + CHOICE.replace("text: C}", "text: C}}"),
        "10:25: this '}' is one too many — remove it",
    ),
    "a brace too many within a bracket": (
        of("matching", "    prompt: What?\n    pairs: [{id: a, left: b, right: c}}]\n"),
        "8:39: this '}' is one too many — remove it",
    ),
    "a brace in the place of a bracket": (
        of("text", "    prompt: What?\n    answers: [A, B}\n"),
        "8:19: '}' does not close the bracket — write ']'",
    ),
    "a bracket in the place of a brace": (
        HEAD + CHOICE.replace("text: C}", "text: C]"),
        "10:24: ']' does not close the brace — write '}'",
    ),
    "a text that begins with a closing brace": (
        of("text", "    prompt: }x\n    answers: [A]\n"),
        '7:13: YAML: did not find expected node content — text that starts with } needs quotes',
    ),
    "empty feedback in braces": (
        HEAD + CHOICE.replace("text: C}", "text: C, feedback:}"),
        "10:26: YAML: found unexpected ':' — 'feedback' is empty: write text after it, or",
    ),
    "empty feedback between commas": (
        HEAD + CHOICE.replace("text: C}", "feedback:, text: C}"),
        "10:17: YAML: found unexpected ':' — 'feedback' is empty: write text after it, or",
    ),
    "a title that begins with a hash": (
        HEAD.replace("title: B", "title: #1 bank") + CHOICE,
        "3:7: 'title' is empty, since '#' starts a comment — put the text in quotes: \"#1 bank\"",
    ),
    "a hint that begins with a hash": (
        HEAD + CHOICE + "    hints:\n      - One\n      - #2 is wrong\n",
        "13:8: 'hints' is empty, since '#' starts a comment — put the text in quotes: \"#2 is wrong\"",
    ),
    "a list behind a hash": (
        of("text", "    prompt: What?\n    answers: #[A, B]\n"),
        "8:13: 'answers' is empty, since '#' starts a comment — remove the '#'",
    ),
    "a hash behind the last key of a bracket, above an empty line": (
        HEAD + CHOICE.replace(LAST, "- {id: c, text: #2}") + "\n  # Later.\n" + CHOICE.replace("q", "r"),
        "10:23: the '#' starts a comment, and the end of the bracket is in it — put the text in",
    ),
    "an answer that begins with a hash": (
        of("number", "    prompt: What?\n    answer: #5\n"),
        "8:12: 'answer' is empty, since '#' starts a comment — put the text in quotes: \"#5\"",
    ),
    "answers under the name of one": (
        of("text", "    prompt: What?\n    answer: [A, B]\n"),
        "8:5: a question of 'kind: text' takes no 'answer' — did you mean 'answers'?",
    ),
    "one answer under the name of several": (
        of("number", "    prompt: What?\n    answers: 5\n"),
        "8:5: a question of 'kind: number' takes no 'answers' — did you mean 'answer'?",
    ),
    "a key with two letters swapped": (
        of("text", "    prompt: What?\n    anwser: [A]\n"),
        "8:5: unknown key 'anwser' in the question — did you mean 'answers'?",
    ),
    "options of an ordering": (
        of("ordering", "    prompt: What?\n    options:\n      - {id: a, text: A, correct: yes}\n"),
        (
            "8:5: a question of 'kind: ordering' takes no 'options' — rename it to 'items', or make this "
            "'kind: single-choice' or another kind of choice"
        ),
    ),
    "items of a choice": (
        of("single-choice", "    prompt: What?\n    items:\n      - {id: a, text: A, correct: true}\n"),
        (
            "8:5: a question of 'kind: single-choice' takes no 'items' — rename it to 'options', or make this "
            "'kind: ordering'"
        ),
    ),
    "indented with no-break spaces": (
        of("text", "    prompt: What?\n  \u00a0 near: 1\n    answers: [A]\n"),
        "8:3: a no-break space, U+00A0, is where YAML needs a plain one — write plain spaces, in",
    ),
    "a key far above that is indented with no-break spaces": (
        of("text", "\u00a0 \u00a0 prompt: |\n      What\n      is it?\n    answers: [A]\n"),
        "7:1: a no-break space, U+00A0, is where YAML needs a plain one — write plain spaces, in",
    ),
    "an item behind wide spaces": (
        of("text", "    prompt: What?\n    answers:\n\u3000\u3000- A\n"),
        "9:1: an ideographic space, U+3000, is where YAML needs a plain one — write plain spaces, in",
    ),
    "a no-break space behind a colon": (
        of("text", "    prompt:\u00a0What?\n    answers: [A]\n"),
        "7:12: a no-break space, U+00A0, is where YAML needs a plain one — write plain spaces, in",
    ),
    "a zero-width space behind a dash": (
        of("text", "    prompt: What?\n    answers: [A]\n  -\u200bid: r\n    kind: text\n"),
        "9:4: a zero width space, U+200B, is where YAML needs a plain one — write plain spaces, in",
    ),
    "empty questions": (HEAD, "4:11: 'questions' is empty — write each question under it, beginning"),
    "no questions": (
        HEAD.replace("questions:", "questions: []"),
        "4:12: 'questions' is empty — write each question under it, beginning with '- id: …'",
    ),
    "a text without a prompt": (
        of("text", "    answers: [a]\n"),
        "5:5: the question has no 'prompt' — add 'prompt: …', the text of the question",
    ),
    "an empty prompt": (
        HEAD + CHOICE.replace("What?", ""), "7:12: 'prompt' is empty — it is required: fill it in",
    ),
    "empty options": (
        of("single-choice", "    prompt: W\n    options:\n"),
        "8:13: 'options' is empty — write each option under it, beginning with '- id: …'",
    ),
    "an empty format": (
        HEAD.replace("format: 1", "format:") + CHOICE, "1:8: 'format' is empty — write 'format: 1'",
    ),
    "no format": (
        HEAD.replace("format: 1\n", "") + CHOICE, "1:1: the bank has no 'format' — add 'format: 1', ",
    ),
    "no kind": (
        HEAD + CHOICE.replace("    kind: single-choice\n", ""),
        "5:5: the question has no 'kind' — add 'kind: …', the kind of question (single-choice, ",
    ),
    "no dash before a question": (
        HEAD + CHOICE.replace("  - id", "    id"),
        "5:5: a '- ' is missing before 'id' — each question begins with one: - id: …",
    ),
    "no dash before the first of two": (
        HEAD + CHOICE.replace("  - id: q", "    id: q") + CHOICE.replace("id: q", "id: r"),
        "5:5: a '- ' is missing before 'id' — each item of a list begins with it: - id: …",
    ),
    "no dash before the second": (
        HEAD + CHOICE + "    id: r\n    kind: text\n    prompt: P\n    answers: [x]\n",
        "11:5: a '- ' is missing before 'id' — each question begins with one: - id: …",
    ),
    "no dash before a kind": (
        HEAD + CHOICE.replace("id: q\n    kind: single-choice", "kind: single-choice\n    id: q")
        + "    kind: text\n    id: t\n    prompt: P\n    answers: [a]\n",
        "11:5: a '- ' is missing before 'kind' — each question begins with one: - kind: …",
    ),
    "no dash before an option": (
        of("single-choice", "    prompt: W\n    options:\n      - id: a\n        text: A\n"
           "        id: c\n        text: C\n        correct: true\n"),
        "11:9: a '- ' is missing before 'id' — each option begins with one: - id: …",
    ),
    "a dash at each line": (
        HEAD + "  - id: q\n  - kind: text\n  - prompt: P\n  - answers: [a]\n",
        "6:5: the '- ' before 'kind' begins another question — remove it: only the first line",
    ),
    "a dash at each line of an option": (
        of("single-choice", "    prompt: W\n    options:\n      - id: a\n      - text: A\n"
           "      - correct: true\n      - id: c\n        text: C\n"),
        "10:9: the '- ' before 'text' begins another option — remove it",
    ),
    "no space behind a dash": (
        HEAD + CHOICE.replace("- {id: c", "-{id: c"),
        "10:7: YAML: did not find expected '-' indicator — a space belongs after the dash: - {id: c",
    ),
    "no space behind the dash of a question": (
        HEAD + CHOICE.replace("- id: q", "-id: q"),
        "5:3: YAML: mapping values are not allowed in this context — a space belongs after the dash",
    ),
    "no space behind a colon": (
        HEAD + CHOICE.replace("prompt: What?", "prompt:What?"),
        "7:5: a space is missing after 'prompt:' — write: prompt: What?",
    ),
    "no space behind the colon of the first key of an option": (
        HEAD + CHOICE.replace("- {id: c, text: C}", "- id:c\n        text: C"),
        "10:9: a space is missing after 'id:' — write: id: c",
    ),
    "no dash before the second hint": (
        HEAD + CHOICE + "    hints:\n      - one\n      two\n",
        "13:7: a '- ' is missing before 'two' — write: - two",
    ),
    "no dash before the third tag, in the column of its key": (
        HEAD + CHOICE + "    tags:\n    - one\n    - two\n    three\n",
        "14:5: a '- ' is missing before 'three' — write: - three",
    ),
    "no dash before the second option": (
        HEAD + CHOICE.replace("- {id: c", "{id: c"),
        "10:7: a '- ' is missing before '{id: c, text: C}' — write: - {id: c, text: C}",
    ),
    "no space behind the dash of the second hint": (
        HEAD + CHOICE + "    hints:\n      - one\n      -two\n",
        "13:7: a space is missing after the '-' — write: - two",
    ),
    "a tab": (
        HEAD + CHOICE + "\thints: [one]\n",
        "11:1: a tab indents this line — indent with spaces",
    ),
    "a key that is indented too far": (
        HEAD + CHOICE + "     explanation: X\n",
        ("11:6: this line begins in a column in which nothing above it does — it is indented by 5 "
        "spaces, 'options' above by 4"),
    ),
    "a key that is not indented far enough": (
        HEAD + CHOICE + "   explanation: X\n",
        ("11:4: this line begins in a column in which nothing above it does — it is indented by 3 "
        "spaces, 'options' above by 4"),
    ),
    "a key of the head that is indented": (
        HEAD.replace("title", " title") + CHOICE,
        "3:2: this line begins in a column in which nothing above it does — it is indented by 1 space,",
    ),
    "a key in the column of the dash": (
        HEAD + CHOICE + "  explanation: X\n",
        "11:3: 'explanation' is in the column of the dash above it — indent it like 'id', if it",
    ),
    "quotation marks of a word processor": (
        HEAD + CHOICE.replace("What?", "“What: is it?”"),
        '7:13: “ is not a quotation mark in YAML — write: prompt: "What: is it?"',
    ),
    "a prompt of several lines with a colon, without a bar": (
        HEAD + CHOICE.replace("What?", "\n      What is it?\n      Note: it is small."),
        "7:5: 'prompt' has several lines of text, but no '|' — write '|' after 'prompt:', and the",
    ),
    "code below a prompt without a bar": (
        HEAD + CHOICE.replace("What?", 'What?\n\n      ```python\n      d = {"a": 1}\n      ```'),
        "7:5: 'prompt' has several lines of text, but no '|' — write '|' after 'prompt:', and the",
    ),
    "a comment in code without a bar": (
        HEAD + CHOICE.replace("What?", "What?\n\n      ```\n      a  # One.\n      b\n      ```"),
        "7:5: 'prompt' has several lines of text, but no '|'",
    ),
    "a fence alone below its key, without a bar": (
        HEAD + CHOICE.replace("What?", "\n      ```\n      a\n      ```"),
        "7:5: 'prompt' has several lines of text, but no '|'",
    ),
    "a table below a front without a bar": (
        of("card", "    front:\n      Prices:\n\n      | a | b |\n      |---|---|\n    back: B\n"),
        "7:5: 'front' has several lines of text, but no '|'",
    ),
    "options that are indented too far below a prompt": (
        HEAD + CHOICE.replace("    options", "     options"),
        "8:6: this line begins in a column in which nothing above it does",
    ),
    "a colon in a text": (
        HEAD + CHOICE.replace("What?", "Note: what is it?"),
        ("7:17: text that is not in quotes contains ': ' — put the text in quotes, or in a block after "
        "'|': prompt: \"Note: what is it?\""),
    ),
    "a colon in a hint": (
        HEAD + CHOICE + "    hints:\n      - Note: this\n",
        "12:9: 'hints' is a mapping — put the text in quotes, or in a block after '|': it contains ': '",
    ),
    "two colons in a hint": (
        HEAD + CHOICE + "    hints:\n      - Think: what: this\n",
        ("12:20: text that is not in quotes contains ': ' — put the text in quotes, or in a block after "
        "'|': - \"Think: what: this\""),
    ),
    "stars for dashes": (
        HEAD + CHOICE + "    hints:\n      * one\n      * two\n",
        "12:7: '*' begins this line, but each item of a list begins with '- ' — write: - one",
    ),
    "a wide colon": (
        HEAD + CHOICE + "    explanation：X\n",
        "11:16: '：' follows 'explanation', where a ':' belongs — write: explanation: X",
    ),
    "options that are texts": (
        of("single-choice", "    prompt: W\n    options: [A, B]\n"),
        "8:15: 'options' contains plain texts — write each option as - {id: …, text: …}",
    ),
    "pairs that are texts": (
        of("matching", "    prompt: P\n    pairs:\n      - A = B\n      - C = D\n"),
        "9:9: 'pairs' contains plain texts — write each pair as - {id: …, left: …, right: …}",
    ),
    "anticipated answers that are texts": (
        of("text", "    prompt: W\n    answers: [A]\n    expect: [B, C]\n"),
        "9:14: 'expect' contains plain texts — write each anticipated answer as - {answer: …}",
    ),
    "a misspelled key of an anticipated answer": (
        of("text", "    prompt: W\n    answers: [A]\n    expect: [{answer: B, feedbak: No.}]\n"),
        "9:26: unknown key 'feedbak' in the anticipated answer — did you mean 'feedback'?",
    ),
    "pairs that are a mapping": (
        of("matching", "    prompt: P\n    pairs: {A: B, C: D}\n"),
        "8:12: 'pairs' is a mapping — write one line like - {id: …, left: …, right: …} for each",
    ),
    "a key of its own for a choice": (
        HEAD + CHOICE.replace(", correct: true", "").replace("    options", "    answer: a\n    options"),
        "8:5: a question of 'kind: single-choice' takes no 'answer' — remove it, and write 'correct",
    ),
    "a list alone": (
        CHOICE, "1:3: the bank is a list — begin with 'format: 1', and write the questions under",
    ),
    "a dash that is stuck to the key of another item": (
        HEAD + CHOICE + CHOICE.replace("- id: q", "-id: other"),
        "11:3: a space is missing after the '-' — write: - id: other",
    ),
    "a conflict of two versions": (
        HEAD + CHOICE.replace("    options", CONFLICT + "    options"),
        "8:1: a merge left both versions here — keep the lines you want, and remove those that",
    ),
    "a conflict in a text": (
        of("card", f"    front: |\n      A\n{CONFLICT}    back: B\n"), "9:1: a merge left both versions here",
    ),
    "a conflict that was removed in part": (
        HEAD + CHOICE.replace("    options", "=======\n    options"),
        "8:1: a merge left both versions here",
    ),
    "neither true nor false": (
        HEAD + CHOICE.replace("true", "x"),
        "9:35: 'correct' is 'x', neither true nor false — write true or false",
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", list(SLIPS))
def test_a_slip_is_one_sentence(slip: str) -> None:
    text, told = SLIPS[slip]
    faults = check_bank(text.encode(), "b.yaml", lambda *_: [])
    said = [str(fault) for fault in faults if fault.level is Level.FAULT]
    assert len(said) == 1, said
    assert said[0].startswith(f"b.yaml:{told}"), said[0]


def test_a_bank_tells_of_its_sound_questions_at_once_with_the_faults_of_the_others() -> None:
    """Experiments and draws are looked at in what was read, which a bank with faults was not."""
    asked = "    kind: number\n    prompt: How many?\n"
    sound = f"  - id: w\n{asked}    answer: 1\n    demo: {{name: gate-widht}}\n"
    sound += "    claim: {width: '{given}'}\n"
    drawn = f"  - id: d\n{asked}    answer: '{{1 / n}}'\n    variables:\n"
    drawn += "      n: {choices: [1, 0], default: 1}\n"
    text = "colour: red\n" + HEAD + sound + CHOICE.replace("text: C", "texxt: C") + drawn
    faults = check_bank(text.encode(), "b.yaml", demo_faults)
    assert [(fault.place.line, fault.code) for fault in faults] == [
        (1, "unknown-key"),
        (10, "demo"),
        (17, "unknown-key"),
        (18, "draw"),
    ]


@pytest.mark.parametrize("id", [f"q{number}" for number in range(8)])
def test_a_question_that_some_draws_cannot_make_is_told_whatever_is_drawn_first(id: str) -> None:
    text = of(
        "number",
        "    prompt: How many?\n    answer: '{1 / n}'\n    variables: {n: {choices: [1, 0]}}\n",
    )
    [fault] = check_bank(text.replace("id: q", f"id: {id}").encode(), "b.yaml", demo_faults)
    assert "there is a division by 0" in fault.what


def test_what_rests_on_a_faulty_question_is_not_told_of_the_others() -> None:
    """A section that only a faulty question could fill, or a scenario with a fault."""
    for head in ("draw: [{tag: t, count: 9}]\n", "scenarios: [{id: s}]\n"):
        text = head + HEAD + CHOICE + "    tagz: [t]\n" + CHOICE.replace("id: q", "id: r")
        codes = {fault.code for fault in check_bank(text.encode(), "b.yaml", demo_faults)}
        assert codes <= {"unknown-key", "missing-key", "draw"}


def test_words_with_a_dash_of_their_own_are_told_whole() -> None:
    """The dash between what is wrong and how to mend it is no part of either."""
    asked = "    kind: number\n    prompt: How many?\n    answer: 1\n"
    drawn = asked.replace("many?", "many of {n}?") + "    variables: {n: {choices: [1, 2]}}\n"
    demo = "    demo: {name: gate-width, set: {gain — loss: 2}}\n    claim: {width: 100, gain — loss: 1}\n"
    text = f"{HEAD}  - id: w\n{asked}{demo}  - id: d\n{drawn}{demo}"
    faults = check_bank(text.encode(), "b.yaml", demo_faults)
    assert len(faults) == 6
    for fault in faults:
        assert fault.what.endswith(
            ("'gain — loss'", "'gain — loss' is not part of a claim for gate-width")
        )
        assert fault.fix.startswith(("one of", "did you mean"))
