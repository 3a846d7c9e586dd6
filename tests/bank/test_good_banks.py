"""Banks without a fault: every field is read as it was written, and knows its place."""

from __future__ import annotations

from fractions import Fraction

import pytest
import yaml

from quizcli.bank import nodes
from quizcli.bank.alike import folded, look
from quizcli.bank.check import check_files
from quizcli.bank.figures import columns
from quizcli.bank.read import read_bank
from quizcli.bank.results import bank_result
from quizcli.bank.shapes import shapes
from quizcli.bank.shelf import load_bank
from quizcli.proof.proving import demo_faults
from quizcli.quiz.credit import RULES
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.model import NOWHERE, Demo, Figure, Option, Question
from tests.support.bank_files import EVERYTHING, GOOD, HANDOUT, RNN, SET, SMALL, faults_of, small


@pytest.mark.parametrize("path", [RNN, *GOOD], ids=lambda path: path.stem)
def test_a_good_bank_has_neither_faults_nor_notes(path):
    """Checked as ``bank check`` does it, with the real experiments."""
    assert check_files([path], demo_faults) == [(path.as_posix(), [])]


def test_every_field_is_read_as_it_was_written():
    """Texts lose the newline of their block and nothing else; points are exact."""
    one, two, three, card, cloze, *others = load_bank(EVERYTHING).questions
    assert _bare(one) == Question(
        id="gates",
        kind="single-choice",
        prompt="An LSTM has 100 units.\n\nHow wide is $\\Gamma_u$?",
        options=(
            Option(
                "one-per-unit",
                "100",
                correct=True,
                missed="This one was right.",
                claim={"width": 100},
            ),
            Option(
                "a-single-one",
                "A single number",
                feedback="It would open or close all units together.",
                claim={"width": 1},
            ),
            Option("another", "Some other number", claim={"width": 300}, last=True),
        ),
        title="Width of $\\Gamma_u$",
        hints=("What is it multiplied with?", "How long is that?"),
        explanation="It has one entry for each unit.",
        figure=Figure("x ─→ [LSTM] ─→ y", "A cell with one arrow in and one arrow out."),
        tags=("gates", "shapes"),
        points=Fraction(1, 3),
        difficulty="hard",
        references=("The exercise book",),
        demo=Demo("gate-width", {"units": 100, "gate_gain": 0.5}),
        credit="all-or-nothing",
        shuffle=True,
        formerly=("gate-width", "1"),
    )
    assert _bare(two) == Question(
        id="7-true",
        kind="true-false",
        prompt="A gate is a number between 0 and 1.",
        options=(
            Option("true", "True", correct=True, feedback="It is the output of a sigmoid."),
            Option("false", "No, it is any number"),
        ),
    )
    assert _bare(three) == Question(
        id="several",
        kind="multiple-choice",
        prompt="Which of these are gates?",
        points=Fraction(5, 2),
        options=(
            Option("update", "$\\Gamma_u$", correct=True),
            Option("forget", "$\\Gamma_f$", correct=True),
            Option("memory", "$c$"),
        ),
    )
    assert _bare(card) == Question(
        id="update",
        kind="card",
        prompt="What does $\\Gamma_u$ decide?",
        title="The update gate",
        hints=("It multiplies the candidate.",),
        explanation="Near 1 it takes the candidate, near 0 it keeps the memory.",
        tags=("gates",),
        difficulty="easy",
        references=("The exercise book",),
        back="How much of the candidate enters the memory:\n\n"
        "  $c^{<t>} = \\Gamma_u * \\tilde{c}^{<t>} + (1 - \\Gamma_u) * c^{<t-1>}$",
    )
    assert _bare(cloze) == Question(
        id="two-gates",
        kind="cloze",
        prompt="The gate [[u|which?::$\\Gamma_u$]] lets the candidate in, and "
        "[[f::$\\Gamma_f$]] lets the memory\nstay: $c^{<t>} = \\Gamma_u * \\tilde{c}^{<t>} + "
        "[[kept|what is kept::\\Gamma_f * c^{<t-1>}]]$.",
        explanation="Both multiply element by element.",
    )
    number, text, matching, ordering, stays, own_words, both, *_ = map(_bare, others)
    assert number.prompt == "A layer has 100 units.\n\nHow long is a period of 50 Hz?"
    assert number.figure == Figure("[LSTM]", "A layer.")
    foreseen = {"answer": "50", "feedback": "That is the frequency.", "claim": {"width": 50}}
    assert number.own == {
        "answer": "20", "tolerance": "1%", "unit": "ms", "unit_required": True, "language": "en-GB",
        "expect": (foreseen,), "claim": {"width": "{given}"}, "scenario": "layer",
    }  # fmt: skip
    assert text.own == {
        "answers": ("softmax", "soft-max"), "patterns": ("soft[ -]?arg[ -]?max",), "near": 1,
        "exact": ("accents",), "expect": ({"answer": "sigmoid"},),
    }  # fmt: skip
    assert [pair["right"] for pair in matching.own["pairs"]] == ["lets in", "lets stay"]
    assert matching.own["distractors"] == ("is wide",)
    assert [item["id"] for item in ordering.own["items"]] == ["gates", "blend"]
    assert both.own == {"reversed": True}
    assert own_words.own == {"model": "It lets a share of its input through."}
    assert stays.own == {
        "answer": "true",
        "variables": {
            "H": {"from": "1", "to": "9"},
            "K": {"real": ("0", "1"), "step": "0.25"},
            "name": "= H",
        },
        "where": ("name > K",),
    }
    assert [(o.id, o.text, o.correct) for o in stays.options] == [
        ("true", "True", True), ("false", "False", False),
    ]  # fmt: skip


def test_the_bank_itself_is_read_as_it_was_written():
    bank = load_bank(EVERYTHING)
    assert (bank.id, bank.title) == ("everything", "Every field of the format")
    assert bank.description == "A bank that leaves nothing out."
    assert (bank.credit, bank.shuffle, bank.retention, bank.new_per_day) == (
        "coverage",
        False,
        0.85,
        5,
    )
    assert bank.formerly == ("every-field",)
    assert bank.file == EVERYTHING.as_posix()


def test_what_is_left_out_has_the_value_that_the_format_promises():
    bank = read_bank(SMALL.encode(), "b.yaml")
    [question] = bank.questions
    assert (bank.credit, bank.shuffle, bank.description) == ("net-correct", True, "")
    assert question.points == 1
    assert type(question.points) is int
    assert (question.credit, question.shuffle, question.demo, question.figure) == (None,) * 4
    assert (question.hints, question.tags, question.references) == ((), (), ())
    assert (question.back, question.formerly, bank.formerly, bank.retention) == ("", (), (), None)


def test_the_sample_leaves_out_no_field_of_the_format():
    """A field that is added to the format has to be added to the sample, and so to the tests."""
    used: dict[str, set[str]] = {name: set() for name in shapes(tuple(KINDS), tuple(RULES))}
    for path in (EVERYTHING, HANDOUT, SET):
        _collect(yaml.safe_load(path.read_bytes()), "bank", used)
    for name, fields in shapes(tuple(KINDS), tuple(RULES)).items():
        assert used[name] == set(fields), name


def test_text_stays_the_text_that_was_written():
    """YAML 1.1 would make booleans, numbers, a time of day and nothing at all of these."""
    bank = load_bank(next(path for path in GOOD if path.stem == "text-stays-text"))
    first = bank.questions[0]
    assert (bank.id, bank.title, bank.description) == ("no", "yes", "2024-11-19")
    assert (first.id, first.prompt, first.title) == ("007", "~", "null")
    assert [option.text for option in first.options] == [
        "no", "0.10", "012", "1:30", "1_000", ".5", "0x10", "on", "10",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("100", 100), ("-7", -7), ("0", 0), ("0.10", 0.1), ("1e3", 1000.0), ("true", True),
        ("false", False), ("'100'", "100"), ('"true"', "true"), ("012", "012"), ("0x10", "0x10"),
        ("yes", "yes"), ("~", "~"), ("1:30", "1:30"), ("1-u", "1-u"), ("1e999", "1e999"),
        ("inf", "inf"), (".nan", ".nan"), ("1_000", "1_000"), ("٣", "٣"), ("<i>(j)", "<i>(j)"),
        ("9" * 18, 10**18 - 1), ("9" * 19, 1e19),
    ],
)  # fmt: skip
def test_a_claim_holds_numbers_where_they_are_written_as_in_json_and_text_otherwise(written, read):
    """No number is infinite: JSON has no word for it."""
    bank = read_bank(small(Mars=f"Mars, claim: {{x: {written}}}").encode(), "b.yaml")
    claim = bank.questions[0].options[1].claim
    assert claim == {"x": read}
    assert type(claim["x"]) is type(read)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("{width: 100}", "100"),
        ("{width: 0.10}", "0.10"),
        ("{holds: true}", "true"),
        ("{pick: argmax, feed: truth}", "pick = argmax, feed = truth"),
    ],
)
def test_an_option_without_a_text_says_its_claim_as_it_was_written(claim, text):
    bank = read_bank(small(**{"text: Mars": f"claim: {claim}"}).encode(), "b.yaml")
    assert bank.questions[0].options[1].text == text


@pytest.mark.parametrize(
    ("written", "points"),
    [("1/3", Fraction(1, 3)), ("0.1", Fraction(1, 10)), ("4/2", 2), ("2.0", 2), ("'3'", 3)],
)
def test_points_are_exact(written, points):
    """0.1 is a tenth and not the float beside it; whole points are whole numbers."""
    text = small(**{"prompt: Which": f"points: {written}\n    prompt: Which"})
    read = read_bank(text.encode(), "b.yaml").questions[0].points
    assert read == points
    assert type(read) is type(points)


def test_everything_knows_its_place():
    """Questions and options stand where their ids do, lines and columns counted from 1."""
    bank = load_bank(EVERYTHING)
    lines = EVERYTHING.read_text(encoding="utf-8").splitlines()
    things = [*bank.questions, *(o for q in bank.questions for o in q.options if o.place.line)]
    assert len({thing.place for thing in things}) == len(things) >= 12 + 3 + 2 + 3
    for thing in things:
        assert thing.place.file == EVERYTHING.as_posix()
        line = lines[thing.place.line - 1]
        assert line[thing.place.column - 1 :].strip("'").startswith(thing.id)
        assert line[: thing.place.column - 1].endswith("id: ")


def test_a_byte_order_mark_and_carriage_returns_change_nothing():
    """Banks come from Windows as well."""
    windows = b"\xef\xbb\xbf" + EVERYTHING.read_bytes().replace(b"\n", b"\r\n")
    assert read_bank(windows, "b.yaml") == read_bank(EVERYTHING.read_bytes(), "b.yaml")


def test_the_parser_that_is_not_in_c_reads_the_same(monkeypatch):
    """Places as well. PyYAML comes without its C part where there was no compiler."""
    expected = load_bank(RNN)
    monkeypatch.setattr(nodes, "_Parser", yaml.SafeLoader)
    assert load_bank(RNN) == expected


def test_digests_follow_the_meaning_and_not_the_bytes():
    """``asked`` is about what a learner saw; ``digest`` about what a grade depends on as well."""
    plain = read_bank(SMALL.encode(), "b.yaml")
    commented = small(**{"title: A": "# A comment.\ntitle:   A"})
    assert read_bank(commented.encode(), "elsewhere.yaml").digest == plain.digest

    def digests(text: str) -> tuple[bool, bool, bool]:
        bank = read_bank(text.encode(), "b.yaml")
        new, old = bank.questions[0], plain.questions[0]
        return new.asked == old.asked, new.digest == old.digest, bank.digest == plain.digest

    assert digests(small(Mars="Venus")) == (False, False, False)
    swapped = small(**{", correct: true": "", "Mars": "Mars, correct: true"})
    assert digests(swapped) == (True, False, False)
    assert digests(small(Mars="Mars, feedback: It is red.")) == (True, False, False)
    assert digests(small(**{"A small bank": "A bank"})) == (True, True, False)


DECK = """\
format: 1
id: deck
title: A deck
questions:
  - {id: one, kind: card, front: What is one?, back: The first.}
  - {id: two, kind: cloze, text: 'One and [[x|next::two]].'}
"""


@pytest.mark.parametrize(
    ("old", "new", "asked", "digest"),
    [
        ("What is one", "Who is one", False, False),
        ("The first.", "The second.", True, False),
        ("::two", "::three", False, False),
        ("x|next", "x|after", False, False),
        ("[[x", "[[y", False, False),
        ("The first.", "The first., formerly: [first]", True, True),
        ("questions:", "defaults: {retention: 0.8}\nquestions:", True, True),
        ("questions:", "defaults: {new_per_day: 3}\nquestions:", True, True),
        ("questions:", "formerly: [cards]\nquestions:", True, True),
    ],
)
def test_an_edited_card_has_another_digest(old, new, asked, digest):
    """Front and back alike; what it was called before and what recall is aimed at do not count."""
    before = read_bank(DECK.encode(), "b.yaml")
    assert DECK.count(old) == 1
    after = read_bank(DECK.replace(old, new).encode(), "b.yaml")
    assert ([q.asked for q in after.questions] == [q.asked for q in before.questions]) is asked
    assert ([q.digest for q in after.questions] == [q.digest for q in before.questions]) is digest
    assert (after.digest == before.digest) is digest


def test_digests_of_choices_are_what_they_were_before_there_were_cards():
    """Journals hold them: a change would call every question edited."""
    bank = read_bank(SMALL.encode(), "b.yaml")
    [question] = bank.questions
    assert (question.asked, question.digest, bank.digest) == (
        "92e3b9948ea12d1e",
        "0cb0e95f329b020e",
        "af13963f189c9927",
    )


@pytest.mark.parametrize(
    ("text", "other", "alike"),
    [
        ("Earth", "earth.", True),
        ("a  b\nc", "A b c", True),
        ("$100$", "100", True),
        ("ﬁve", "five", True),
        ("e\u0301", "é", True),
        ("…", "...", True),
        (r"$\Gamma_u$", r"$\gamma_u$", False),
        ("$T$", "$t$", False),
        ("2⁴", "24", False),
        ("x₁", "x1", False),
        ("a", "b", False),
        ("-1", "1", False),
    ],
)
def test_texts_that_differ_by_a_slip_alone(text, other, alike):
    """Within formulas capitals count, and so does everywhere what is raised or lowered."""
    assert (folded(text) == folded(other)) is alike


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Co", "CO"), ("mW", "MW"), ("True", "true"), ("3", "3."), ("λ", "Λ"), ("①", "1"),
        ("return x", "  return x"), ("  return x", "    return x"), ("ﬁve", "five"), ("１", "1"),
        ("```\nx\n```", "```\n  x\n```"), ("x\n\n  y", "x y"), ("- a\n- b", "- a - b"),
        ("a$|^b", "a|^b"), (r"\*a", "a"), ("$x$", r"\$x\$"), ("м", "m·"), ("a", "`a"),
    ],
)  # fmt: skip
def test_what_can_be_told_apart_on_a_screen_may_be_two_options(text, other):
    """Capitals, shapes, indentation: whoever asks for them may."""
    assert look(text) != look(other)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("a  b\nc", "a b c"), ("a ", "a"), ("e\u0301", "é"), ("$100$", "100"), ("a\u00a0b", "a b"),
        ("*a*", "a"), ("`a`", "a"), ("| a |\n|---|\n| b |", "|a|\n|-|\n|b|"), (r"\$5", "$5"),
    ],
)  # fmt: skip
def test_what_looks_the_same_is_the_same(text, other):
    """Blanks at an end or between words, marks that plain mode does not say."""
    assert look(text) == look(other)


@pytest.mark.parametrize(
    ("line", "width"), [("", 0), ("abc", 3), ("─→│", 3), ("ŷ", 1), ("y\u0302", 1), ("カ", 2)]
)
def test_columns_are_those_of_a_terminal(line, width):
    assert columns(line) == width


def test_show_prints_every_field_of_a_bank():
    """``bank show --json`` leaves nothing out that the format has."""
    data = bank_result(load_bank(EVERYTHING)).data
    question = data["questions"][0]
    fields = shapes(tuple(KINDS), tuple(RULES))
    assert set(fields["question"]) <= set(question)
    assert set(fields["option"]) <= set(question["options"][0])
    assert question["points"] == "1/3"
    assert question["demo"] == {"name": "gate-width", "set": {"units": 100, "gate_gain": 0.5}}
    assert [option["pin"] for option in question["options"]] == [None, None, "last"]


def test_26_options_are_not_too_many_and_38_columns_not_too_wide():
    """The limits themselves are allowed."""
    more = "".join(f"      - {{id: o{i}, text: Planet {i}}}\n" for i in range(24))
    figure = f"    figure: {{text: '{'─' * 38}', alt: A line.}}\n"
    assert faults_of(SMALL + more + figure) == []
    assert len(faults_of(SMALL + more + "      - {id: z, text: Z}\n" + figure)) == 1


def _bare(question: Question) -> Question:
    """A question without its digests and places, which have tests of their own."""
    assert len(question.asked) == len(question.digest) == 16
    options = tuple(option._replace(place=NOWHERE) for option in question.options)
    return question._replace(options=options, asked="", digest="", place=NOWHERE)


def _collect(value: object, shape: str, used: dict[str, set[str]]) -> None:
    assert isinstance(value, dict)
    used[shape] |= set(value)
    for name, below in value.items():
        for part in below if isinstance(below, list) else [below]:
            if isinstance(part, dict) and name not in {"claim", "set", "variables"}:
                named = {
                    "defaults": "defaults",
                    "expect": "foreseen",
                    "draw": "section",
                    "rights": "side",
                }
                _collect(part, named.get(name, name.removesuffix("s")), used)
