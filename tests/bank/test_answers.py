"""A file of answers: read in YAML and in JSON, and refused with every fault at its place."""

from __future__ import annotations

import json

import pytest

from quizcli.bank.answers import read_answers
from quizcli.bank.shelf import load_bank
from quizcli.report.codes import ExitCode, UserError
from tests.support.bank_files import EVERYTHING


@pytest.fixture
def bank():
    """Questions gates (single), 7-true (true or false) and several (multiple)."""
    return load_bank(EVERYTHING)


@pytest.fixture
def answers(tmp_path, bank):
    """What a file with this content holds."""

    def read(content: str | bytes, name: str = "answers.yaml"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_answers(path, bank)

    return read


@pytest.fixture
def refusal(answers, tmp_path):
    """What is said of a file with this content, without the name of its folder."""

    def read(content: str | bytes) -> list[str]:
        with pytest.raises(UserError) as caught:
            answers(content)
        assert caught.value.exit_code is ExitCode.USAGE
        first, *lines = str(caught.value).replace(f"{tmp_path.as_posix()}/", "").split("\n")
        assert first == "the answers cannot be used:"
        return lines

    return read


def test_lists_and_single_ids_are_answers(answers):
    assert answers("gates: one-per-unit\n7-true: [false]\nseveral: [update, memory]\n") == {
        "gates": ("one-per-unit",),
        "7-true": ("false",),
        "several": ("update", "memory"),
    }


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_json_is_read_as_well(answers, indent):
    """With whatever indentation; ``true`` is the id of an option and ``null`` is a blank."""
    data = {"gates": ["one-per-unit"], "7-true": True, "several": None}
    assert answers(json.dumps(data, indent=indent), "answers.json") == {
        "gates": ("one-per-unit",),
        "7-true": ("true",),
        "several": (),
    }


@pytest.mark.parametrize("blank", ["", "[]", "''", "null", "~", "[null]", "['']"])
def test_a_blank_is_a_blank_however_it_is_written(answers, blank):
    assert answers(f"gates: {blank}\n") == {"gates": ()}


def test_questions_may_be_left_out_and_options_named_twice(answers):
    assert answers("several: [update, update]\n") == {"several": ("update",)}
    assert answers("{}") == {}


def test_unknown_ids_are_refused_with_the_nearest(refusal):
    assert refusal("gate: one-per-unit\nseveral: [update, forgot]\n7-true: [maybe]\n") == [
        "answers.yaml:1:1: everything has no question 'gate' — did you mean 'gates'?",
        "answers.yaml:2:19: 'several' has no option 'forgot' — did you mean 'forget'?",
        "answers.yaml:3:10: '7-true' has no option 'maybe' — use true or false",
    ]


def test_several_options_for_a_question_that_takes_one_are_refused(refusal):
    assert refusal("gates: [one-per-unit, another]\n7-true: [true, false]\n") == [
        "answers.yaml:1:8: 'gates' takes one option, not 2 — keep one",
        "answers.yaml:2:9: '7-true' takes one option, not 2 — keep one",
    ]


def test_a_question_answered_twice_is_refused(refusal):
    """YAML itself would take the last without a word."""
    assert refusal("gates: another\ngates: one-per-unit\n") == [
        "answers.yaml:2:1: question 'gates' is answered twice — keep one"
    ]


WRITE = "write 'question-id: [option-id]' lines"
IDS = "write ids of options"
TEXT = "write text, in quotes if it begins with a bracket or a brace"
REFUSED = {
    "empty": ("", f"1:1: the file is empty — {WRITE}"),
    "comment": ("# nothing\n", f"1:1: the file is empty — {WRITE}"),
    "list": ("- a\n", f"1:1: the answers are a list — {WRITE}"),
    "text": ("a\n", f"1:1: the answers are plain text — {WRITE}"),
    "mapping": ("gates: {a: b}\n", f"1:8: the answer to 'gates' is a mapping — {IDS}"),
    "list-in-list": (
        "gates: [[another]]\n",
        f"1:9: a part of the answer to 'gates' is a list — {IDS}",
    ),
    "no-brackets": (
        "several: forget, memory\n",
        "1:10: 'several' has no option 'forget, memory' — write a list: [forget, memory]",
    ),
    "list-as-key": ("? [a]\n: b\n", f"1:3: a question is a list — {WRITE}"),
    "number": ("period: {a: 20}\n", f"1:9: the answer to 'period' is a mapping — {TEXT}"),
    "typed": ("output: {soft: max}\n", f"1:9: the answer to 'output' is a mapping — {TEXT}"),
    "free": (
        "own-words: [One., [two]]\n",
        f"1:19: a part of the answer to 'own-words' is a list — {TEXT}",
    ),
    "pairs": (
        "parts: [{update: forget}]\n",
        "1:9: a part of the answer to 'parts' is a mapping — write 'left: right' lines",
    ),
    "pair": (
        "parts: {update: [forget]}\n",
        "1:17: a part of the answer to 'parts' is a list — write 'left: right' lines",
    ),
    "order": (
        "step: [{gates: 1}]\n",
        "1:8: a part of the answer to 'step' is a mapping — write ids in their order",
    ),
    "pair-twice": (
        "parts: {update: forget, forget: update, update: update}\n",
        "1:49: 'parts' pairs 'update' twice — keep one",
    ),
    "alias": (
        "gates: &a another\nseveral: *a\n",
        "2:10: YAML aliases are not supported — write out what '*a' stands for, or put the text in quotes",
    ),
    "documents": (
        "gates: another\n---\ngates: another\n",
        "2:1: a second document starts here — keep one",
    ),
    "encoding": (b"gates: \xff\n", "1:8: byte 0xFF is not UTF-8 — save the file as UTF-8"),
    "deep": ("[" * 10_000, f"1:33: lists and mappings are nested more than 32 deep — {WRITE}"),
    "not-closed": (
        "gates: [another\n",
        "1:8: the bracket on line 1 is not closed — write ] where it ends",
    ),
    "big": (
        b"#" * 10_000_001,
        "1:1: the file has more than the 10 MB that a bank may have — name the file of answers",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_file_of_answers_is_refused_with_advice_about_answers(refusal, name):
    """Reading is shared with banks, the advice is not."""
    content, line = REFUSED[name]
    assert refusal(content) == [f"answers.yaml:{line}"]


def test_a_missing_file_and_a_folder_are_refused(bank, tmp_path):
    with pytest.raises(UserError, match="no such file or directory — check the name"):
        read_answers(tmp_path / "missing.yaml", bank)
    with pytest.raises(UserError, match="is a directory — check the name"):
        read_answers(tmp_path, bank)


def test_long_nonsense_is_cut_short(refusal):
    """A message fits a screen."""
    [line] = refusal(f"gates: {'x' * 100_000}\n")
    assert len(line) < 250
