"""One fault each: it is found at its place, and nothing else is.

The first line of every file in ``broken/`` says what must be found: ``# expect: LINE:COLUMN CODE``.
"""

from __future__ import annotations

import os

import pytest

from quizcli.bank.check import check_bank, check_files
from quizcli.bank.faults import BankError, Level
from quizcli.bank.fields import MAX_FAULTS
from quizcli.bank.results import check_result
from quizcli.bank.shelf import load_bank
from quizcli.proof.proving import demo_faults
from quizcli.report.codes import ExitCode
from tests.support.bank_files import BROKEN, HERE, SMALL, faults_of, small, told

REST = " (nothing else in this file has been checked yet)"
# The whole sentence, its mend included, where the mend is worth having.
SENTENCES = {
    "unknown-key-in-option": "unknown key 'corect' in the option — did you mean 'correct'?",
    "unknown-key-in-figure": "unknown key 'caption' in the figure — use text or alt",
    "duplicate-key-in-question": (
        "key 'figure' appears twice in the question — it is already on line 9; keep one"
    ),
    "duplicate-question": (
        "question 'one' appears twice — it is already used on line 6; give each question its own id"
    ),
    "demo-of-nothing-claimed": (
        "no answer has a claim that 'demo' could test — add a 'claim' to one of the anticipated "
        "answers, or remove 'demo'"
    ),
    "no-key": "no option is marked correct — add 'correct: true' to the right option",
    "several-keys": (
        "2 options are marked correct ('a', 'b'), but only one can be chosen — mark one, or make the "
        "question 'kind: multiple-choice'"
    ),
    "alike-but-for-spaces": (
        "options 'a' and 'b' look the same: 'Our planet Earth' — make them differ, or remove one"
    ),
    "eaten-tilde": (
        "'text' contains a control character, U+0009 TAB — in double quotes YAML reads '\\t' as one; "
        "use single quotes or a block after '|'"
    ),
    "eaten-lambda": (
        "'text' contains a control character, U+2028 — in double quotes YAML reads '\\L' as one; "
        "use single quotes or a block after '|'"
    ),
    "raw-escape": f"there is a control character here, U+001B ESC — remove it{REST}",
    "tab-in-a-text": "'text' contains a control character, U+0009 TAB — remove it",
    "true-false-misspelt": "a true-false question has no option 'flase' — did you mean 'false'?",
    "true-without-false": (
        "there is no option 'false' — add '- id: false', with feedback of its own"
    ),
    "unknown-kind": "'kind' is 'single-choise' — did you mean 'single-choice'?",
    "boolean-yes": "'correct' is 'yes', neither true nor false — write true",
    "points-over-zero": "'points' is '1/0' — write a number above 0, such as 2, 0.5 or 1/3",
    "id-out-of-the-folder": (
        "'../x' is not a valid id — use 'x': lower-case letters, digits, '-' and '_', at most 64 characters"
    ),
    "format-of-tomorrow": (
        "'format' is '2', and this program reads format 1 — write 'format: 1', or upgrade quizcli"
    ),
    "figure-without-alt": "the figure has no 'alt' — add 'alt: …', what the drawing shows, in words",
    "figure-too-wide": (
        "line 2 of the figure is 39 columns wide — keep figures within 38 columns, so that they "
        "fit everywhere"
    ),
    "card-without-back": (
        "the question has no 'back' — add 'back: …', the side that answers (required for a card)"
    ),
    "card-with-options": (
        "a question of 'kind: card' takes no 'options' — remove it, or make this 'kind: single-choice' "
        "or another kind of choice"
    ),
    "card-with-a-prompt": "a question of 'kind: card' takes no 'prompt' — rename it to 'front'",
    "cloze-with-a-back": (
        "a question of 'kind: cloze' takes no 'back' — remove it, or make this 'kind: card'"
    ),
    "gap-missing": ("the text has no gap — write one as [[id::answer]], or [[id|hint::answer]]"),
    "gap-not-closed": (
        "the gap '[[a::first number.' is not closed — end it with ']]', or write '\\[[' for two "
        "brackets"
    ),
    "gap-without-id": "a gap has no id — write one before its answer: [[id::first]]",
    "gap-id-with-a-hash": (
        "'a#b' is not a valid gap id — use 'a-b': lower-case letters, digits, '-' and '_', at most 64 characters"
    ),
    "gap-without-answer": "the gap 'a' has no answer — write it as [[a::answer]]",
    "duplicate-gap": "the gap 'a' appears twice — give each gap its own id",
    "formerly-still-in-use": (
        "'one' is still the id of a question, on line 6 — a former id cannot be reused; remove "
        "it, or give that question a new id"
    ),
    "formerly-claimed-twice": (
        "'zero' is already a former id, on line 8 — keep it only in the question that had it"
    ),
    "retention-percent": ("'retention' is '90' — write a number from 0.7 to 0.97, such as 0.9"),
    "experiment-unknown": (
        "no experiment is registered as 'gate-widht' — did you mean 'gate-width'?"
    ),
    "knob-unknown": "gate-width has no knob 'unit' — did you mean 'units'?",
    "option-without-claim": (
        "option 'b' has no claim for the experiment to test — add 'claim: {…}', or remove the "
        "question's 'demo'"
    ),
    "alias": (
        "YAML aliases are not supported — write out what '*ours' stands for, or put the text in quotes"
        + REST
    ),
    "tag-python": (
        "the YAML tag !!python/object/apply:os.system is not supported — leave the tag out, or put the text "
        f"in quotes{REST}"
    ),
    "indented-with-a-tab": (f"a tab indents this line — indent with spaces{REST}"),
    "unknown-escape": (
        "YAML: found unknown escape character — backslashes belong in single quotes or in a block "
        f"after '|'{REST}"
    ),
    "quote-not-closed": (
        f"the quotation mark on line 9 is not closed — write another one where the text ends{REST}"
    ),
    "starts-with-an-at": (
        "YAML: found character that cannot start any token — text that starts with '@' needs "
        f"quotes{REST}"
    ),
}


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_bank_has_its_one_fault_and_no_other(path):
    """The real experiments are asked, and the fault stands at the line and column it is about."""
    expected = path.read_text(encoding="utf-8").split("\n")[0].removeprefix("# expect: ")
    [(_, faults)] = check_files([path], demo_faults)
    assert [told(fault) for fault in faults] == [expected]
    assert faults[0].level is Level.FAULT
    assert check_result([(path.name, faults)]).exit_code is ExitCode.FAILED


def test_there_are_enough_broken_banks():
    assert len(BROKEN) >= 40


@pytest.mark.parametrize("name", SENTENCES)
def test_the_sentence_says_what_is_wrong_and_how_to_mend_it(name):
    path = HERE / "broken" / f"{name}.yaml"
    [fault] = check_bank(path.read_bytes(), "b.yaml", demo_faults)
    place = path.read_text(encoding="utf-8").split()[2]
    assert str(fault) == f"b.yaml:{place}: {SENTENCES[name]}"


def test_every_fault_is_a_line_with_a_mend():
    """An editor reads ``file:line:column:`` line by line, so quoted texts must not break it."""
    for path in BROKEN:
        for fault in check_bank(path.read_bytes(), "b.yaml", demo_faults):
            line = str(fault)
            assert "\n" not in line
            what, dash, fix = line.partition(" — ")
            assert what
            assert dash
            assert fix


def test_all_faults_are_told_at_once_and_in_the_order_of_the_file():
    """Keeping quiet about what follows from a fault hides no other fault."""
    text = """\
format: 1
id: small
title: ''
questions:
  - id: one
    kind: single-choise
    prompt: Which planet is ours?
    options:
      - {id: a, text: Earth, corect: true}
      - {id: b, text: Mars}
      - {id: B, text: Venus}
  - id: two
    kind: single-choice
    options:
      - {id: a, text: Earth}
      - {id: b, text: Earth}
  - Which planet is red?
  - id: two
    kind: true-false
    prompt: Mars is red.
    options: [{id: true}, {id: false, pin: first}]
"""
    assert [told(fault) for fault in faults_of(text)] == [
        "3:8 empty",
        "6:11 bad-kind",
        "9:30 unknown-key",
        "11:14 bad-id",
        "12:5 missing-key",  # the prompt
        "15:7 no-key",
        "16:14 alike",
        "17:5 not-a-mapping",
        "18:9 duplicate-question",
        "21:14 no-key",
        "21:44 bad-pin",
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "1:1 empty"),
        (b"\n  \n", "1:1 empty"),
        (b"# A bank, one day.\n", "1:1 empty"),
        (b"---\n", "1:1 empty"),
        (b"\xef\xbb\xbf", "1:1 empty"),
        ("title: Caf\xe9\n".encode("latin-1"), "1:11 encoding"),
        ("# été\n# Ünter ".encode() + b"\xff", "2:9 encoding"),
        ("\ufeff# été ".encode() + b"\xff", "1:7 encoding"),
        ("\ufeff# été\n".encode("utf-16"), "1:1 encoding"),
        (b"[" * 10_000 + b"]" * 10_000, "1:33 too-deep"),
        (b"- " * 10_000, "1:65 too-deep"),
        (b"{a: " * 10_000, "1:129 too-deep"),
        (b"\0" * 1000, "1:1 control-character"),
        (b"# " + b"x" * 10_000_000, "1:1 too-big"),
    ],
    ids=[
        "empty", "blank", "comment", "no-more-than-a-start", "only-a-bom", "latin-1",
        "byte-after-accents", "byte-after-a-bom", "utf-16", "deep-lists", "deep-blocks",
        "deep-mappings", "zeros", "too-big",
    ],
)  # fmt: skip
def test_a_file_that_is_no_bank_at_all_is_told_in_one_sentence(data, expected):
    """Columns count characters and not bytes, and a BOM is no character."""
    faults = faults_of(data)
    assert told(faults[0]) == expected
    assert len({fault.code for fault in faults}) == 1


def test_ten_megabytes_are_a_bank_and_one_byte_more_is_not(tmp_path):
    """The limit holds for what is read from disk as well."""
    filled = SMALL.encode() + b"# "
    filled += b"x" * (10_000_000 - len(filled))
    path = tmp_path / "big.yaml"
    path.write_bytes(filled)
    assert load_bank(path).id == "small"
    path.write_bytes(filled + b"x")
    with pytest.raises(BankError) as caught:
        load_bank(path)
    assert [fault.code for fault in caught.value.faults] == ["too-big"]


def test_a_file_with_nothing_right_is_given_up_after_a_thousand_faults():
    """A megabyte of junk would otherwise take minutes to describe."""
    faults = faults_of("format: 1\nid: a\ntitle: A\nquestions:\n" + "  - [x]\n" * 100_000)
    assert [fault.code for fault in faults] == ["not-a-mapping"] * MAX_FAULTS + ["too-many"]
    zeros = faults_of(b"\0" * 1_000_000)
    assert len(zeros) == 100


def test_a_file_that_cannot_be_read_is_a_fault_of_that_file(tmp_path):
    """The others are checked nevertheless."""
    good, missing, folder = tmp_path / "good.yaml", tmp_path / "missing.yaml", tmp_path / "x.yaml"
    good.write_text(SMALL)
    folder.mkdir()
    results = check_files([missing, tmp_path], demo_faults)
    assert [(name, [told(fault) for fault in faults]) for name, faults in results] == [
        (missing.as_posix(), ["1:1 unreadable"]),
        (good.as_posix(), []),
    ]
    [(_, [fault])] = check_files([missing], demo_faults)
    assert str(fault).endswith("no such file or directory — check the name, or list what there is: quizcli bank list")  # fmt: skip


def test_two_banks_checked_together_must_not_share_an_id(tmp_path):
    first, second = tmp_path / "a.yaml", tmp_path / "b.yml"
    first.write_text(SMALL)
    second.write_text(small(Mars="Venus"))
    results = check_files([tmp_path], demo_faults)
    taken = f"the bank id 'small' is also used in {first.as_posix()}"
    assert [[str(fault) for fault in faults] for _, faults in results] == [
        [],
        [f"{second.as_posix()}:1:1: {taken} — give each bank its own id"],
    ]


def test_a_file_named_twice_is_checked_once(tmp_path):
    """It is no bank with an id that is taken."""
    path = tmp_path / "a.yaml"
    path.write_text(SMALL)
    again = tmp_path / "folder" / ".." / "a.yaml"
    (tmp_path / "folder").mkdir()
    assert check_files([path, tmp_path, again], demo_faults) == [(path.as_posix(), [])]


def test_a_folder_that_is_deleted_during_the_search_is_left_out(tmp_path, monkeypatch):
    """Other programs make and delete folders at any time."""
    (tmp_path / "gone").mkdir()
    scan = os.scandir

    def scandir(place):
        if str(place).endswith("gone"):
            raise FileNotFoundError(place)
        return scan(place)

    monkeypatch.setattr("os.scandir", scandir)
    [(_, [fault])] = check_files([tmp_path], demo_faults)
    assert fault.code == "no-bank"


def test_hidden_files_are_passed_over_unless_they_are_named(tmp_path):
    """Editors leave them beside a bank, and version control below it."""
    hidden = tmp_path / ".backup" / "a.yaml"
    hidden.parent.mkdir()
    hidden.write_text("no bank")
    (tmp_path / ".#b.yaml").write_text("no bank")
    [(_, [fault])] = check_files([tmp_path], demo_faults)
    assert (fault.code, fault.what) == ("no-bank", "this folder contains no bank")
    assert len(check_files([hidden], demo_faults)) == 1


def test_a_bank_may_not_claim_the_name_of_another(tmp_path):
    """Nor one that another claims: what was learned under it could be either's."""
    for name, former in {"a": "b", "b": "z", "c": "z"}.items():
        text = small(**{"id: small": f"id: {name}\nformerly: [{former}]"})
        (tmp_path / f"{name}.yaml").write_text(text)
    banks = f"{tmp_path.as_posix()}/"
    told_of = [
        str(fault).replace(banks, "")
        for _, faults in check_files([tmp_path], demo_faults)
        for fault in faults
    ]
    assert told_of == [
        "a.yaml:1:1: its former id 'b' is now the id of b.yaml — remove it from 'formerly', or give that bank another id",
        "c.yaml:1:1: its former id 'z' is also listed in b.yaml — keep it in one of them",
    ]
