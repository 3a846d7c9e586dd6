"""A handout asks what its bank asks, under the same draws, and gives no key away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quizcli.bank.check import check_bank, check_files
from quizcli.bank.faults import Level
from quizcli.bank.handout import handout
from quizcli.bank.read import read_bank
from quizcli.bank.shelf import load_bank
from quizcli.quiz.cards import cards_of, quizzed
from quizcli.quiz.credit import RULES
from quizcli.quiz.grading import grade
from quizcli.quiz.kinds import KINDS, kind_of
from quizcli.quiz.session import Session
from quizcli.report.codes import UserError
from tests.quiz.test_every_kind import some_answer
from tests.support.bank_files import EVERYTHING, HANDOUT, RNN, faults_of
from tests.support.home import Home
from tests.support.taking import desk_with

if TYPE_CHECKING:
    from collections.abc import Callable

FIXTURES = Path(__file__).parent.parent / "fixtures"
BANKS = {
    path: load_bank(path)
    for path in (RNN, EVERYTHING, *sorted(FIXTURES.glob("kind*.yaml")), FIXTURES / "varied.yaml")
}
HANDOUTS = {path: read_bank(handout(bank).text.encode(), "handout") for path, bank in BANKS.items()}
PATHS = pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)


def test_the_sample_is_what_is_written(golden: Callable[[Path, str], None]) -> None:
    golden(HANDOUT, handout(BANKS[EVERYTHING]).text)


@PATHS
def test_it_asks_the_same(path: Path) -> None:
    """Down to the digest of what is asked, which says where it came from."""
    bank, handed = BANKS[path], HANDOUTS[path]
    assert (handed.id, handed.keyless, handed.parent) == (bank.id, True, bank.digest)
    of_bank = [(question.id, question.asked) for question in quizzed(bank)]
    assert [(question.id, question.asked) for question in handed.questions] == of_bank
    assert {question.digest for question in handed.questions}.isdisjoint(
        question.digest for question in bank.questions
    )
    assert not list(cards_of(handed))


@PATHS
@given(seed=st.integers(0, 2**62), data=st.data())
def test_the_same_seed_asks_the_same_and_the_parent_grades(
    path: Path, seed: int, data: st.DataObject
) -> None:
    """Orders and draws agree; what was given to the handout is an answer to the bank."""
    ours = Session(BANKS[path], seed, vary=True)
    theirs = Session(HANDOUTS[path], seed, vary=True)
    assert [item.question.id for item in ours.items] == [i.question.id for i in theirs.items]
    for mine, other in zip(ours.items, theirs.items, strict=True):
        assert mine.question.prompt == other.question.prompt
        assert sorted(mine.shown) == sorted(other.shown)
        if mine.kind.shuffles and BANKS[path].shuffle:
            assert mine.shown == other.shown
        assert {**mine.variables, **other.variables} == mine.variables
        given = some_answer(mine, data)
        recorded = grade(other.question, given)
        assert (recorded.mark, recorded.counts) == ("recorded", False)
        assert grade(mine.question, given).maximum == recorded.maximum


@PATHS
def test_no_key_is_in_it(path: Path) -> None:
    """Neither a field that holds one, nor a text that a learner sees only afterwards."""
    text = handout(BANKS[path]).text
    plain = " ".join(text.split())
    assert "title:" not in text.partition("questions:")[2]
    for word in ("correct:", "claim:", "feedback:", "demo:", "hints:", "answer:", "tolerance:",
                 "answers:", "expect:", "explanation:", "model:", "missed:", "distractors:"):  # fmt: skip
        assert f"\n  {word}" not in text
        assert f"  {word}" not in text
    for question in BANKS[path].questions:
        seen = " ".join([question.prompt, question.title, *(o.text for o in question.options)])
        after = [o.feedback for o in question.options] + [*question.hints, question.explanation]
        for late in filter(None, after):
            assert " ".join(late.split())[:60] in seen or " ".join(late.split())[:60] not in plain
    assert not [fault for _, found in check_files([HANDOUT], None, None) for fault in found]


@PATHS
def test_it_is_checked_like_any_bank(path: Path) -> None:
    """Without what is about the key; what varies is looked at under every draw."""
    found = check_bank(handout(BANKS[path]).text.encode(), "h.yaml", lambda *_: [])
    assert [str(fault) for fault in found if fault.level is Level.FAULT] == []


def test_it_is_shown_without_marks(tmp_path: Path) -> None:
    """Where nothing is known to be right, nothing is said to be wrong."""
    desk = Home(tmp_path)
    for path in (RNN, EVERYTHING):
        handed = tmp_path / path.name
        handed.write_text(handout(BANKS[path]).text, encoding="utf-8")
        said = desk("bank", "show", str(handed), "--plain").out
        assert not {"✓", "✗", "+", "x"} & {line[:2].strip() for line in said.splitlines()}
        shown = desk("bank", "show", str(handed), "--json").data["questions"]
        assert {option["correct"] for each in shown for option in each["options"]} == {None}


def test_a_handout_whose_texts_fall_together_is_a_fault() -> None:
    (fault,) = check_bank(b"""
format: 1
id: b
title: B
keyless: true
questions:
  - id: q
    kind: single-choice
    variables: {H: {from: 1, to: 3}}
    prompt: What is twice {H}?
    options: [{id: a, text: '{2*H}'}, {id: b, text: '{H*H}'}]
""", "h.yaml", lambda *_: [])  # fmt: skip
    assert "with H = 2: 'a' and 'b' look the same" in str(fault)


def test_a_derived_answer_is_left_out() -> None:
    """It would say how the key is found; what is drawn, or shown, stays."""
    bank = read_bank(
        b"""
format: 1
id: b
title: B
questions:
  - id: q
    kind: number
    variables: {H: {choices: [2, 3]}, K: '= H + 1', A: '= 4 * H * K', D: '= 2 * K'}
    prompt: Of {H} and {D}?
    answer: '{A}'
""", "b.yaml")  # fmt: skip
    written = yaml.safe_load(handout(bank).text)["questions"][0]
    assert sorted(written["variables"]) == ["D", "H", "K"]
    handed = read_bank(handout(bank).text.encode(), "h.yaml")
    for seed in range(20):
        mine, theirs = (Session(each, seed, vary=True).items[0] for each in (bank, handed))
        assert mine.question.prompt == theirs.question.prompt


PARTNERS = """format: 1
id: b
title: B
questions:
  - id: q
    kind: matching
    prompt: Which?
    pairs: [{id: a, left: L, right: A, right_id: x}, {id: b, left: K, right: B}]
"""
AND_MORE = PARTNERS + "    distractors: [C]\n"


def test_each_right_side_has_an_id_whoever_gave_it() -> None:
    """By digest as the parent has it, so that no side stands out by having one."""
    bank = read_bank(AND_MORE.encode(), "b.yaml")
    (written,) = yaml.safe_load(handout(bank).text)["questions"]
    parts = {part.id: part.text for part in kind_of(bank.questions[0]).parts(bank.questions[0])}
    assert {side["right_id"]: side["right"] for side in written["rights"]} == parts
    varying = AND_MORE.replace("right: B", "right: 'B{c}'").replace("Which?", "Which{c}?")
    varying += "    variables: {c: {choices: [1, 2]}}\n"
    bank = read_bank(varying.encode(), "b.yaml")
    handed = read_bank(handout(bank).text.encode(), "h.yaml")
    for seed in range(10):
        shown = [Session(each, seed, vary=True).items[0].shown for each in (bank, handed)]
        assert shown[0] == shown[1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (PARTNERS, []),
        (PARTNERS.replace(", right_id: x", "") + "    distractors: [C]\n", []),
        (PARTNERS.replace("right_id: x", "right_id: a"), ["of the pair 'a' is the pair's own id"]),
        (PARTNERS.replace("right_id: x", "right_id: b"), []),
        (AND_MORE.replace("right_id: x", "right_id: 0a1b2c3d"), []),
        (AND_MORE, ["'x' sets its side apart from the distractors"]),
    ],
)
def test_an_id_that_tells_is_noted(text: str, told: list[str]) -> None:
    notes = [str(note) for note in check_bank(text.encode(), "b.yaml", lambda *_: [])]
    assert [part in note for part, note in zip(told, notes, strict=True)] == [True] * len(told)


VARYING = """format: 1
id: b
title: B
questions:
  - id: q
    kind: number
    prompt: What is {H}*{W}?
"""


@pytest.mark.parametrize(
    ("variables", "where", "own"),
    [
        ("H: {from: 2, to: 9}, W: {from: 2, to: 9}, A: '= H*W'", "H < W", "answer: '{A}'"),
        ("H: {from: 2, to: 9}, k: {from: 1, to: 9}, W: {from: 2, to: 9}", "", "answer: '{H*W}', tolerance: '{k}'"),
        # So few meet it that they are looked for one by one.
        ("H: {from: 1, to: 90}, k: {from: 1, to: 9}, W: {from: 1, to: 90}", "H*W == 8099 or H*W == 8100 or H*W == 1", "answer: '{k}'"),
        # One without a default leaves the question without usual numbers.
        ("H: {from: 2, to: 9, default: 3}, W: {from: 2, to: 9, default: 4}, k: {from: 1, to: 9}", "H < W", "answer: '{k}'"),
        ("H: {from: 2, to: 9}, W: {from: 2, to: 9}, A: '= H*W'", "", "answer: '{A}', title: 'It is {A}'"),
    ],
)  # fmt: skip
def test_what_stands_in_the_key_alone_is_left_out_and_the_draw_is_the_same(
    variables: str, where: str, own: str
) -> None:
    text = f"{VARYING}    variables: {{{variables}}}\n    {own.replace(', ', chr(10) + '    ')}\n"
    bank = read_bank((text + (f"    where: [{where}]\n" if where else "")).encode(), "b.yaml")
    handed = read_bank(handout(bank).text.encode(), "h.yaml")
    assert sorted(handed.questions[0].own["variables"]) == ["H", "W"]
    assert "It is" not in handout(bank).text
    for vary in (True, False):
        for seed in range(40):
            mine, theirs = (Session(b, seed, vary=vary).items[0] for b in (bank, handed))
            assert mine.question.prompt == theirs.question.prompt
            assert theirs.variables == {name: mine.variables[name] for name in ("H", "W")}


def test_a_constraint_on_what_is_not_shown_is_refused() -> None:
    """All of them at once, each with its place and what to do."""
    text = (
        VARYING
        + """    variables: {H: {from: 2, to: 9}, W: {from: 2, to: 9}, A: '= H*W'}
    where: [A > 20]
    answer: '{A}'
  - id: capital
    kind: text
    prompt: Capital of {c}?
    variables: {c: {choices: [France, Italy]}, k: {choices: [Paris, Rome]}}
    where: ["(c == 'France') == (k == 'Paris')"]
    answers: ['{k}']
  - id: twice
    kind: number
    prompt: Twice {D}?
    variables: {H: {from: 2, to: 9}, D: '= 3*H'}
    where: [H > 4]
    answer: '{2*D}'
"""
    )
    with pytest.raises(UserError) as refused:
        handout(read_bank(text.encode(), "b.yaml"))
    why = "which is not shown and may give the key away — express the constraint in terms of what is shown"
    assert str(refused.value).splitlines() == [
        f"b.yaml:5:9: in 'q' 'where' names A, {why} (H and W)",
        f"b.yaml:11:9: in 'capital' 'where' names k, {why} (c), and derive k from that",
    ]


@pytest.mark.parametrize(
    ("field", "held"),
    [
        ("hints: [One.]", "hints"), ("explanation: So.", "explanation"),
        ("demo: gate-width", "demo"), ("answer: 3", "answer"), ("tolerance: 1", "tolerance"),
        ("expect: [{answer: 1}]", "expect"), ("references: [There.]", "references"),
    ],
)  # fmt: skip
def test_a_handout_with_a_key_is_a_fault(field: str, held: str) -> None:
    text = f"""format: 1
id: b
title: B
keyless: true
questions:
  - id: q
    kind: number
    prompt: How many?
    {field}
"""
    (fault,) = faults_of(text)
    assert f"a handout (keyless: true) contains '{held}'" in str(fault)
    assert faults_of(text.replace(f"    {field}\n", "")) == []


RIGHTS = "rights: [{right: R}]"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("kind: matching, pairs: [{id: a, left: L}, {id: b, left: K}]", "has no 'rights'"),
        ("kind: matching, pairs: [{id: a, left: L, right: R}, {id: b, left: K}], " + RIGHTS, "contains 'pairs'"),
        ("kind: matching, pairs: [{id: a, left: L, feedback: R}, {id: b, left: K}], " + RIGHTS, "contains 'pairs'"),
        ("kind: matching, rights: [{right: R}]", "has no 'pairs'"),
        ("kind: ordering", "has no 'items'"),
        ("kind: ordering, items: [{id: a, text: A}, {id: b, text: B}]", "contains 'items'"),
        ("kind: true-false, answer: true", "contains 'answer'"),
        ("kind: free, model: So.", "contains 'model'"),
    ],
)  # fmt: skip
def test_a_handout_by_hand_is_held_to_the_same(asked: str, told: str) -> None:
    """What is missing is told as well as what is too much."""
    head = "format: 1\nid: b\ntitle: B\nkeyless: true\nquestions:\n"
    (fault,) = faults_of(f"{head}  - {{id: q, prompt: What?, {asked}}}\n")
    assert told in str(fault)


def test_options_say_nothing() -> None:
    text = """format: 1
id: b
title: B
keyless: true
questions:
  - id: q
    kind: single-choice
    prompt: Which?
    options: [{id: a, text: A, correct: true}, {id: b, text: B, feedback: No.}]
"""
    said = [str(fault) for fault in faults_of(text)]
    assert [("correct" in each, "feedback" in each) for each in said] == [(1, 0), (0, 1)]


def test_what_cannot_be_handed_out() -> None:
    with pytest.raises(UserError, match="is a handout already"):
        handout(HANDOUTS[RNN])
    cards = "format: 1\nid: c\ntitle: C\nquestions: [{id: q, kind: card, front: F, back: B}]\n"
    with pytest.raises(UserError, match="contains only flashcards"):
        handout(read_bank(cards.encode(), "c.yaml"))


RIGHT = "100\n20 ms\nsoftmax\n1a 2b\nc,a,b\n"


@pytest.fixture
def desk(tmp_path: Path) -> Home:
    """A learner's home with the handout alone, as they got it."""
    path = tmp_path / "kinds.yaml"
    path.write_text(handout(BANKS[FIXTURES / "kinds.yaml"]).text, encoding="utf-8")
    return desk_with(tmp_path / "desk", path)


def test_it_is_taken_recorded_and_graded_by_its_parent(desk: Home) -> None:
    """In lines: nothing is told of right or wrong, nothing counts, and nothing is reviewed."""
    ran = desk("take", "kinds", "--student", "s-1", "--section", "b", text=RIGHT)
    assert ran.out.count("Recorded.") == 5
    for word in ("ight.", "Wrong", "answer is", "percent", "Score", "missed"):
        assert word not in ran.out
    assert "quizcli score --format json -o hand-in.json" in ran.out
    data = desk("score", "--format", "json").data
    attempt, answers = data["attempt"], data["answers"]
    parent = BANKS[FIXTURES / "kinds.yaml"]
    assert data["format_version"] == 2
    assert attempt["parent_digest"] == parent.digest
    assert attempt["student"] == {"id": "s-1", "name": None, "section": "b"}
    assert (attempt["points"], attempt["max_points"], attempt["percent"]) == (0, 0, None)
    assert {answer["points"] for answer in answers} == {None}
    assert [answer["asked"] for answer in answers] == [q.asked for q in parent.questions]
    for answer in answers:
        assert grade(parent.question(answer["question"]), answer["given"]).credit == 1
    assert "Recorded, not graded" in desk("score").words
    assert "recorded" in desk("history").words
    assert "No reviews yet" in desk("stats").words
    assert "Last score" not in desk().words
    assert "kinds/width" not in desk("review", "--queue").words


ARRANGED = """format: 1
id: arranged
title: Arranged
questions:
  - {id: first, kind: number, prompt: One?, answer: 1}
"""
ITEMS = "items: [{id: a, text: A}, {id: b, text: B}, {id: c, text: C}]"
PAIRS = (
    "pairs: [{id: a, left: L, right: A}, {id: b, left: K, right: B}, {id: c, left: M, right: C}]"
)
OPTIONS = "options: [{id: a, text: A, correct: true, feedback: Y}, {id: b, text: B, feedback: N}]"


@pytest.mark.parametrize(
    ("kind", "own", "rule", "line"),
    [
        *(("ordering", ITEMS, rule, "c,a,b") for rule in KINDS["ordering"].rules),
        *(("matching", PAIRS, rule, "1a 2b 3c") for rule in KINDS["matching"].rules),
        *(("multiple-choice", OPTIONS, rule, "a") for rule in RULES),
    ],
)
def test_an_answer_is_recorded_whatever_the_credit_rule(
    tmp_path: Path, kind: str, own: str, rule: str, line: str
) -> None:
    """The rule is the parent's to apply; a question left open is told like any other."""
    asked = f'  - {{id: o, kind: {kind}, prompt: "Which?", credit: {rule}, {own}}}\n'
    bank = read_bank((ARRANGED + asked).encode(), "b.yaml")
    path = tmp_path / "arranged.yaml"
    path.write_text(handout(bank).text, encoding="utf-8")
    desk = desk_with(tmp_path / "desk", path)
    assert "Recorded." in desk("take", "arranged", text=f"1\n{line}\n").out
    desk("take", "arranged", text="1\n:quit\n")
    left = desk("history", "2")
    for said in (desk("history"), desk("history", "1"), left, desk("score")):
        resumable = "quizcli: 1 question not answered yet" if said is left else ""
        assert (said.code, said.told.partition(";")[0]) == (0, resumable)
        assert "ecorded" in said.words


def test_what_is_written_of_an_answer_holds_what_was_shown(tmp_path: Path) -> None:
    text = VARYING + "    variables: {H: {from: 2, to: 9}, W: {choices: [3]}, k: {choices: [5]}}\n"
    path = tmp_path / "b.yaml"
    path.write_text(handout(read_bank(f"{text}    answer: '{{k}}'\n".encode(), "b.yaml")).text)
    desk = desk_with(tmp_path / "desk", path)
    answers = tmp_path / "answers.json"
    answers.write_text('{"q": 5}')
    taken = desk("take", "b", "--answers", str(answers), "--json").data
    for said in (taken, desk("score", "--format", "json").data):
        assert [sorted(row["variables"]) for row in said["answers"]] == [["H", "W"]]


def test_in_an_exam_it_is_resumed_and_from_a_file(desk: Home, tmp_path: Path) -> None:
    desk("take", "kinds", "--exam", text="7\n:quit\n")
    ran = desk("take", "kinds", "--resume", text="8\n\n\n\n")
    assert "Recorded." not in ran.out.partition("Recorded, and not graded")[0]
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"width": 100, "step": ["f2dbdffe", "1e10ce29", "997eaf53"]}))
    rows = desk("take", "kinds", "--answers", str(answers), "--json").data["answers"]
    assert [row["mark"] for row in rows] == ["recorded", *["not answered"] * 3, "recorded"]
    assert {row["points"] for row in rows} == {None}
    ran = desk("take", "kinds", "--answers", str(answers), "--fail-under", "50")
    assert (ran.code, "recorded and not graded" in ran.told) == (2, True)


def test_the_verb_writes_it_whole_or_not(desk: Home, tmp_path: Path) -> None:
    path = tmp_path / "out.yaml"
    bank = str(FIXTURES / "varied.yaml")
    assert desk("class", "handout", bank, "-o", str(path)).code == 0
    assert path.read_text(encoding="utf-8") == desk("class", "handout", bank).out
    assert "already exists" in desk("class", "handout", bank, "-o", str(path)).told
    assert desk("class", "handout", str(path)).code == 2
