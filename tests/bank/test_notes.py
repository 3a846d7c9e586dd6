"""Notes on a bank's quality: each is told once, and none fails a bank."""

from __future__ import annotations

import pytest

from quizcli.bank.faults import Level
from quizcli.bank.results import check_result
from quizcli.quiz.kinds import KINDS
from quizcli.report.codes import ExitCode
from tests.support.bank_files import SMALL, faults_of, small, told


def four(key: int | None = None, *, longest: bool = False, kind: str = "single-choice") -> str:
    """Four questions with three options each; the key stands at ``key``, or moves about."""
    text = f"format: 1\nid: {kind}\ntitle: Four\nquestions:\n"
    for number in range(4):
        at = number % 3 if key is None else key
        text += (
            f"  - id: q{number}\n    kind: {kind}\n    prompt: What of {number}?\n    options:\n"
        )
        for i in range(3):
            long = " and something more" if longest == (i == at) else ""
            text += f"      - id: {'abc'[i]}\n        text: Option {i}{long}\n"
            text += "        correct: true\n" if i == at else ""
    return text


NOTES = {
    "not": (small(**{"Which planet is ours": "Which planet is not ours"}), "5:9 negative"),
    "except": (small(**{"Which planet is ours?": "'Ours are all, except:'"}), "5:9 negative"),
    "isn't": (small(**{"Which planet is ours": "Which planet isn't ours"}), "5:9 negative"),
    "all-of-the-above": (small(Mars="All of the above"), "10:14 all-of-the-above"),
    "none-of-these": (small(Mars="None of these"), "10:14 all-of-the-above"),
    "claim-unused": (small(Mars="Mars, claim: {width: 1}"), "10:36 claim-unused"),
    "bidi-in-a-prompt": (small(ours="\u202eours"), "7:13 bidi"),
    "bidi-in-feedback": (small(Mars='Mars, feedback: "\\u2066red"'), "10:39 bidi"),
    "bidi-in-the-title": (small(**{"A small": "A \u2067small"}), "3:8 bidi"),
    "wide-code": (small(Mars=f'"~~~\\n{"x" * 73}\\n~~~"'), "10:23 wide-code"),
    "nearly-alike": (small(Mars="earth."), "10:14 nearly-alike"),
    "unknown-command": (small(Mars=r"'$\fraq{1}{2}$'"), "10:23 formula"),
    "unknown-environment": (small(Mars=r"'$\begin{mtrix} 1 \end{mtrix}$'"), "10:23 formula"),
    "malformed": (small(Mars="'$x^{$'"), "10:23 formula"),
    "spaces-within-dollars": (small(Mars="'$ x $'"), "10:23 dollar"),
    "a-digit-behind-a-dollar": (small(Mars=r"'3$\times$3'"), "10:25 dollar"),
    "one-dollar-missing": (small(Mars=r"'$\frac{1}{2}'"), "10:23 dollar"),
    "words-in-a-formula": (small(Mars="'$5 million for us$'"), "10:23 dollar"),
    "a-range-of-prices": (small(Mars="'now $5–6$'"), "10:28 dollar"),
    "prices-in-dollars": (small(Mars="'It is sold at $5-6$'"), "10:38 dollar"),
    "a-price-in-dollars": (small(Mars="'the price: $20$'"), "10:35 dollar"),
    "longest-key": (four(longest=True), "5:9 longest-key"),
    "same-place": (four(1), "5:9 same-place"),
}


@pytest.mark.parametrize("name", NOTES)
def test_a_note_is_told_once_and_fails_nobody(name):
    """The exit code stays 0, and the line says that it is a note."""
    text, expected = NOTES[name]
    notes = faults_of(text)
    assert [told(note) for note in notes] == [expected]
    assert notes[0].level is Level.NOTE
    assert ": note: " in str(notes[0])
    result = check_result([("bank.yaml", notes)])
    assert result.exit_code is ExitCode.DONE
    assert result.body[-1].text == "1 bank checked: 0 faults, 1 note"
    assert result.data["files"][0]["faults"][0]["level"] == "note"


def test_a_note_says_what_it_saw():
    [note] = faults_of(four(1))
    assert note.what == "the key is option 2 in all 4 single-choice questions"
    [note] = faults_of(four(longest=True))
    assert note.what == "the key is the longest option in all 4 single-choice questions"
    [note] = faults_of(small(**{"Which planet is ours": "Which planet is NOT ours"}))
    assert note.what == "the prompt is phrased negatively ('NOT')"


@pytest.mark.parametrize(
    "text",
    [
        # A negation that only informs.
        small(**{"Which planet is ours": "Mars is not ours. Which planet is"}),
        small(**{"Which planet is ours": "Which planet has a knot, or a notion"}),
        # Not all of them are above.
        small(Mars="All of the planets"),
        # Dollars that are dollars, and a formula with its words in \\text.
        small(Mars="cost 5 $ and now costs 6 $"), small(Mars="'US$5 or $6, df$x and df$y'"),
        small(Mars=r"'`$\fraq{1}$`'"), small(Mars=r"'$x \text{ if it is}$, \$\foo$ x'"),
        # Numbers as formulas.
        small(Mars="'$20$ or $30$'"), small(Mars="'$5-6$ is the cost of $n$'"),
        # The others move, this one does not, or nothing moves at all.
        small(Mars="All of the above, pin: last"),
        small(Mars="None of these").replace("    options", "    shuffle: false\n    options"),
        small(Mars="None of these").replace("questions:", "defaults: {shuffle: false}\nquestions:"),
        # The key moves about, and is shorter than the others.
        four(),
        # Others are as long as the key, or one key is not the longest.
        four().replace(" and something more", ""),
        four(longest=True).replace(" and something more", "", 1),
        # Three questions show no habit.
        four(1).rpartition("  - id: q3")[0],
        # One exception is enough.
        four(1).replace("      - id: b\n        text: Option 1\n        correct: true\n",
                        "      - id: b\n        text: Option 1\n", 1)
               .replace("        text: Option 0 and something more\n",
                        "        text: Option 0 and something more\n        correct: true\n", 1),
    ],
    ids=["information", "within-words", "all-of-the-planets", "prices", "names", "code", "words",
         "numbers", "differences",
         "pinned", "question-not-shuffled", "bank-not-shuffled", "moves", "equals", "three-of-four",
         "three", "one-exception"],
)  # fmt: skip
def test_what_only_looks_like_a_habit_is_not_noted(text):
    assert faults_of(text) == []


ONE_OF_A_KIND = {
    "multiple-choice": "options: [{id: a, text: x, correct: true}, {id: b, text: y}]",
    "true-false": "answer: true",
    "number": "answer: 5",
    "text": "answers: [x]",
    "matching": "pairs: [{id: a, left: a, right: b}, {id: b, left: c, right: d}]",
    "ordering": "items: [{id: a, text: a}, {id: b, text: b}]",
    "free": "model: x",
    "card": "back: x",
    "cloze": "",
}


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("kind", KINDS)
def test_other_kinds_have_no_habits(kind, count):
    """Three single choices are too few, whatever stands beside them."""
    prompt = {"card": "front", "cloze": "text"}.get(kind, "prompt")
    text = four(1).rpartition("  - id: q3")[0]
    asks = f"    kind: {kind}\n    {prompt}: '{{}} [[a::b]].'\n    {ONE_OF_A_KIND.get(kind)}\n"
    if kind in ONE_OF_A_KIND:
        text += "".join(f"  - id: o{number}\n{asks}" for number in range(count))
    assert faults_of(text) == []


@pytest.mark.parametrize(
    "own",
    [
        "kind: ordering, items: [{id: a, text: TEXTS[0]}, {id: b, text: TEXTS[1]}]",
        "kind: matching, pairs: [{id: a, left: A, right: TEXTS[0]}, {id: b, left: B, right: TEXTS[1]}]",
    ],
)
def test_what_stands_solved_where_nothing_is_shuffled(own):
    """Half of all orders of two items do."""

    def notes(one, two, shuffle="false"):
        head = f"format: 1\nid: x\ntitle: X\ndefaults: {{shuffle: {shuffle}}}\nquestions:\n"
        body = own.replace("TEXTS[0]", one).replace("TEXTS[1]", two)
        return [told(note) for note in faults_of(f"{head}  - {{id: q, prompt: Q, {body}}}\n")]

    assert sorted([notes("one", "two"), notes("two", "one")]) == [[], ["6:10 solved"]]
    assert notes("one", "two", "true") == notes("two", "one", "true") == []


def test_true_or_false_stands_always_in_the_same_place():
    """Its options never move, so that there is nothing to note."""
    text = "format: 1\nid: tf\ntitle: Four\nquestions:\n" + "".join(
        f"  - {{id: q{i}, kind: true-false, prompt: 'It is {i}.', "
        f"options: [{{id: true, correct: true}}, {{id: false}}]}}\n"
        for i in range(4)
    )
    assert faults_of(text) == []


def test_a_multiple_choice_with_a_single_key_is_no_single_choice():
    """Its author may well have put one key among several questions."""
    assert faults_of(four(1, kind="multiple-choice")) == []


def test_several_notes_stand_in_the_order_of_the_file():
    text = SMALL.replace("ours", "never ours").replace("Mars", "None of the above, claim: {x: 1}")
    assert [told(note) for note in faults_of(text)] == [
        "5:9 negative",
        "10:14 all-of-the-above",
        "10:49 claim-unused",
    ]


def test_a_bank_with_faults_has_no_notes_yet():
    """First things first."""
    text = small(**{"Which planet is ours": "Which planet is not ours", "single-choice": "x"})
    assert [told(fault) for fault in faults_of(text)] == ["6:11 bad-kind"]
