"""What a bank cannot be read for, with what its author has to do about it."""

from __future__ import annotations

import pytest

from tests.support.bank_files import SMALL, faults_of

REST = " (nothing else in this file has been checked yet)"
OPTIONS = "    options:\n      - {id: a, text: Earth, correct: true}\n      - {id: b, text: Mars}\n"
PROMPT = "    prompt: Which planet is ours?\n"


def told(old: str, new: str) -> str:
    """The one fault of the small bank with other lines, without its file."""
    assert SMALL.count(old) == 1
    [fault] = faults_of(SMALL.replace(old, new))
    return str(fault).removeprefix("bank.yaml:")


@pytest.mark.parametrize(
    ("prompt", "place", "quoted"),
    [
        ("*this* is what?", "7:18", '"*this* is what?"'),
        ('"yield" is what?', "7:21", "'\"yield\" is what?'"),
        ("'a' is \"b\"?", "7:17", "'''a'' is \"b\"?'"),
        ("[a] is what?", "7:17", '"[a] is what?"'),
        ("{a} is what?", "7:17", '"{a} is what?"'),
        ("> 5 is what?", "7:15", '"> 5 is what?"'),
        ("| is what?", "7:15", '"| is what?"'),
        ("- is what?", "7:13", '"- is what?"'),
        ("? is what?", "7:13", '"? is what?"'),
        (r"*\d* is what?", "7:14", r"'*\d* is what?'"),
    ],
)
def test_a_text_that_begins_with_a_sign(prompt: str, place: str, quoted: str) -> None:
    """It is written as it has to be, and quotes are chosen that hold it."""
    fault = told(PROMPT, f"    prompt: {prompt}\n")
    sign = prompt[0]
    fix = f"text that starts with {sign} needs quotes around all of it: prompt: {quoted}{REST}"
    assert fault.startswith(f"{place}: YAML: ")
    assert fault.endswith(f" — {fix}")
    assert faults_of(SMALL.replace(PROMPT, f"    prompt: {quoted}\n")) == []


def test_a_long_one_is_not_written_out() -> None:
    """Its advice would be longer than a line."""
    fault = told(PROMPT, f"    prompt: *this* {'is what ' * 20}?\n")
    assert fault.endswith(f"text that starts with * needs quotes around all of it{REST}")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (PROMPT, "    prompt: *this is what?\n", ("7:13: YAML aliases are not supported — write out what "
         "'*this' stands for, or put the text in quotes")),
        (PROMPT, "    prompt: !this is what?\n", ("7:13: the YAML tag !this is not supported — leave the tag "
         "out, or put the text in quotes")),
        (PROMPT, "    prompt Which planet is ours?\n", ("7:5: YAML: could not find expected ':' — "
         "a ':' is missing, as in 'prompt: Which planet is ours?'; a line that continues a text is "
         "indented further")),
        (PROMPT, f"{PROMPT}    Which?\n", ("8:5: YAML: could not find expected ':' — "
         "a ':' is missing, as in 'key: value'; a line that continues a text is indented "
         "further")),
        (PROMPT, f"   {PROMPT.lstrip()}", ("7:4: this line begins in a column in which nothing above "
         "it does — it is indented by 3 spaces, 'kind' above by 4: what belongs together starts in the same column")),
        (PROMPT, f"     {PROMPT.lstrip()}", ("7:6: this line begins in a column in which nothing "
         "above it does — it is indented by 5 spaces, 'kind' above by 4: what belongs together starts "
         "in the same column")),
        ("      - {id: b", "     - {id: b", ("10:6: this line begins in a column in which nothing above "
         "it does — it is indented by 5 spaces, the item above by 6: what belongs together starts in the same column")),
        ("      - {id: b", "       - {id: b", ("10:8: this line begins in a column in which nothing above "
         "it does — it is indented by 7 spaces, the item above by 6: what belongs together starts in the same column")),
        ("Mars}", "the # of it}\n      - {id: c, text: C}", ("10:27: the '#' starts a comment, "
         "and the end of the bracket is in it — put the text in quotes")),
        ("Mars", "Mars [x]", ("10:28: YAML: did not find expected ',' or '}' — a comma separates "
         "two values; inside brackets or braces, put quotes around the whole text if it contains ': ' "
         "or one of ,[]{}, or begins with a quote")),
        (PROMPT, "    prompt: Which: ours?\n", ("7:18: text that is not in quotes contains ': ' — put the "
         "text in quotes, or in a block after '|': prompt: \"Which: ours?\"")),
    ],
)  # fmt: skip
def test_where_the_text_stops_being_yaml(old: str, new: str, expected: str) -> None:
    """The line that is to be changed, and how; and that no more was looked at."""
    assert told(old, new) == expected + REST


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Mars}", "Mars, only.}", ("10:29: unknown key 'only.' in the option — a comma in braces ends "
         'the text; put it in quotes: text: "Mars, only."')),
        ("Mars}", 'Mars, a "b", c}', ("10:29: unknown key 'a \"b\"' in the option — a comma in braces "
         "ends the text; put it in quotes: text: 'Mars, a \"b\", c'")),
        ("Mars}", "Mars ($1,200 ,  1\xa0200,)}", ("10:32: unknown key '200' in the option — a comma in "
         'braces ends the text; put it in quotes: text: "Mars ($1,200 ,  1\xa0200,)"')),
        ("Mars}", "'Mars', only: }", ("10:31: unknown key 'only' in the option — use id, text, "
         "correct, feedback, missed, pin or claim")),
        (PROMPT, f"{PROMPT}    retention: 0.9\n", ("8:5: unknown key 'retention' in the question — "
         "move it into the defaults")),
        (PROMPT, f"{PROMPT}    correct: true\n", ("8:5: unknown key 'correct' in the question — "
         "move it into the option")),
        (PROMPT, f"{PROMPT}    feedback: No.\n", ("8:5: unknown key 'feedback' in the question — "
         "move it into the option, anticipated answer or pair")),
        ("title: A", "retention: 0.9\ntitle: A", ("3:1: unknown key 'retention' in the bank — move it "
         "into the defaults")),
    ],
)  # fmt: skip
def test_keys_that_are_none_here(old: str, new: str, expected: str) -> None:
    """A rest of a text, or a key of another place."""
    assert told(old, new) == expected


def test_an_option_that_is_not_indented() -> None:
    """Its text is told where it would belong."""
    faults = faults_of(SMALL.replace("{id: b, text: Mars}", "id: b\n    text: Mars"))
    assert "indent it further where it belongs to an option" in "".join(map(str, faults))


def test_what_is_read_whole_hides_nothing() -> None:
    """Nothing is said of a rest."""
    for text in ("", SMALL.replace("correct", "corect")):
        assert faults_of(text)
        assert REST not in "".join(map(str, faults_of(text)))


def test_a_text_that_begins_with_a_name() -> None:
    """YAML takes the name away without a word."""
    [note] = faults_of(SMALL.replace("Which planet", "&amp planet"))
    assert str(note) == (
        "bank.yaml:7:13: note: '&amp' is read as a name, not as part of the text — put the text in "
        "quotes"
    )


def test_a_shared_text_that_no_bank_has() -> None:
    """Where there is none, what to write; it said that nothing is known here."""
    fix = "write its text at the top of the bank, under 'scenarios:'"
    assert told(PROMPT, f"{PROMPT}    scenario: night\n") == (
        f"8:15: the bank has no scenario 'night' — {fix}"
    )


def test_a_variable_that_is_a_list() -> None:
    """One fault, with what to write; it was told twice, once as '', which is not a number."""
    assert told(PROMPT, "    prompt: Which of {n} planets?\n    variables: {n: [8, 9]}\n") == (
        "8:20: 'n' is a list — write n: {choices: […]}"
    )


@pytest.mark.parametrize(
    ("sign", "name"), [("\u00a0", "no-break space, U+00A0"), ("\u200b", "zero width space, U+200B")]
)
def test_a_sign_that_nobody_sees_in_a_key(sign: str, name: str) -> None:
    """Copied from a web page; it was asked whether the same word was meant."""
    new = PROMPT.replace("prompt", f"{sign}prompt")
    assert f" — remove the {name}, from it" in told(PROMPT, new)
