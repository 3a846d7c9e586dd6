"""The JSON Schema, judged by a library that is not ours, reading YAML as an editor does."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from quizcli.bank.read import read_bank
from quizcli.bank.schema import schema
from quizcli.bank.shapes import Type, shapes
from quizcli.quiz.credit import RULES
from quizcli.quiz.kinds import KINDS
from tests.support.bank_files import BROKEN, EVERYTHING, GOOD, HANDOUT, RNN, SMALL, faults_of

# Faults of form: a schema sees them.
SEEN = {
    "bad-credit", "bad-difficulty", "bad-id", "bad-kind", "bad-pin", "bad-points",
    "bad-retention", "empty",
    "format", "many-options", "missing-key", "not-a-boolean", "not-a-list", "not-a-mapping",
    "not-a-text", "not-of-kind", "one-option", "unknown-key",
}  # fmt: skip
# Faults of meaning, and what an editor's parser has made up its mind about: it does not.
UNSEEN = {
    "alias", "alike", "claim", "control-character", "demo", "duplicate-key", "duplicate-option",
    "duplicate-question", "figure", "formerly", "key", "no-key", "option-id", "pin", "prompt", "tag",
}  # fmt: skip
# What an editor's parser cannot even read.
UNREADABLE = {"bad-key", "documents", "syntax"}
# Null is a word to us where a word is wanted.
WORDS = {Type.TEXT, Type.ID}
# Seen though others of their code are not, or the other way round, and why.
EXCEPTIONS = {
    "boolean-yes": "YAML 1.1 makes true of it",
    "boolean-capital": "YAML 1.1 makes false of it",
    "empty-prompt": "two blanks are two characters",
    "option-without-text": "a claim may say it all",
    "points-over-zero": "a pattern of digits",
    "true-without-false": "it sees that there is only one option",
}


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


def as_an_editor_reads(text: bytes) -> Any:
    """As ``yaml.safe_load`` does, by the C parser."""
    return yaml.load(text, yaml.CSafeLoader)


def test_it_is_a_schema():
    """Of the draft that it names."""
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize("path", [RNN, EVERYTHING, HANDOUT], ids=lambda path: path.stem)
def test_it_accepts_good_banks(path):
    assert list(validator().iter_errors(as_an_editor_reads(path.read_bytes()))) == []


def test_it_accepts_numbers_and_booleans_where_we_read_text():
    """``text: 100`` and ``id: true`` are a number and a boolean to an editor; null is nothing."""
    data = as_an_editor_reads(SMALL.encode())
    data["questions"][0]["options"] = [{"id": True, "text": 100}, {"id": 7, "text": 0.5}]
    assert validator().is_valid(data)
    data["questions"][0]["options"][0]["text"] = None
    assert not validator().is_valid(data)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_it_rejects_the_faults_of_form(path):
    """And it accepts the others: a bank is not called wrong while it is right."""
    data = path.read_bytes()
    [fault] = faults_of(data) or [None]
    code = fault.code if fault else "demo"  # only the laboratory knows these
    try:
        read = as_an_editor_reads(data)
    except yaml.YAMLError:
        assert code in UNREADABLE | UNSEEN
        return
    rejected = not validator().is_valid(read)
    assert rejected is ((code in SEEN) is not (path.stem in EXCEPTIONS))


def test_every_code_is_either_seen_or_not():
    """A new fault has to be sorted in."""
    assert not SEEN & UNSEEN
    codes = {path.read_text(encoding="utf-8").split()[3] for path in BROKEN}
    assert codes == SEEN | UNSEEN | UNREADABLE
    assert {path.stem for path in BROKEN} >= set(EXCEPTIONS)


def test_schema_and_reader_know_the_same_fields():
    """They come from one table; here the reader is asked for each, and for one that is not there."""
    printed = schema()
    for name, fields in shapes(tuple(KINDS), tuple(RULES)).items():
        of_schema = printed if name == "bank" else printed["$defs"][name]
        assert set(of_schema["properties"]) == set(fields)
        required = {field.name for field in fields.values() if field.required}
        assert set(of_schema["required"]) == required
        assert of_schema["additionalProperties"] is False
        for field in fields.values():
            assert of_schema["properties"][field.name]["description"] == field.help


@pytest.mark.parametrize(
    "value", [{"in": "it"}, ["a list"], "A word", "", True, 7, -1, None], ids=str
)
def test_what_the_schema_rejects_the_reader_rejects(value: Any):
    """Every field with a value of every type; the schema may overlook faults, but makes up none.

    Null is an exception: it is nothing to an editor, and to us the word that was written.
    """
    samples = [as_an_editor_reads(path.read_bytes()) for path in (EVERYTHING, HANDOUT)]
    rejected = set()
    for shape, fields in shapes(tuple(KINDS), tuple(RULES)).items():
        for field in fields.values():
            bank = deepcopy(samples[shape == "side"])
            _one_of(bank, shape)[field.name] = value
            if not validator().is_valid(bank):
                rejected.add(field.type)
                if not (value is None and (field.type in WORDS or field.name == "demo")):
                    text = yaml.dump(bank, Dumper=yaml.CSafeDumper, allow_unicode=True)
                    assert faults_of(text), (shape, field.name)
    # No value is right for more than three types.
    assert len(rejected) >= len(Type) - 3


def _one_of(bank: Any, shape: str) -> Any:
    """A mapping of this shape within the sample."""
    question, late = bank["questions"][0], bank["questions"]
    return {
        "bank": lambda: bank,
        "defaults": lambda: bank["defaults"],
        "question": lambda: question,
        "figure": lambda: question["figure"],
        "option": lambda: question["options"][1],
        "demo": lambda: question["demo"],
        "scenario": lambda: bank["scenarios"][0],
        "section": lambda: bank["draw"][0],
        "foreseen": lambda: late[5]["expect"][0],
        "pair": lambda: late[7]["pairs"][0],
        "item": lambda: late[8]["items"][0],
        "side": lambda: next(each["rights"][0] for each in late if "rights" in each),
    }[shape]()


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_field_that_is_not_in_the_table_is_unknown_to_both(path):
    data = as_an_editor_reads(path.read_bytes())
    data["colour"] = "red"
    assert not validator().is_valid(data)
    text = path.read_text(encoding="utf-8") + "colour: red\n"
    assert [fault.code for fault in faults_of(text)] == ["unknown-key"]


def test_the_sample_read_by_an_editor_is_the_sample_read_by_us():
    """A JSON file of the same bank is a bank: YAML reads JSON."""
    import json

    text = json.dumps(as_an_editor_reads(EVERYTHING.read_bytes())).encode()
    ours = read_bank(EVERYTHING.read_bytes(), "b.yaml")
    theirs = read_bank(text.replace(b"2.5", b"2.50"), "b.yaml")
    assert theirs.digest == ours.digest
