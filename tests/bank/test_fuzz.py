"""Whatever stands in a file, checking it returns faults and raises nothing."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizcli.bank import nodes
from quizcli.bank.check import check_bank
from quizcli.bank.faults import Fault
from quizcli.bank.shapes import shapes
from quizcli.proof.proving import demo_faults
from quizcli.quiz.credit import RULES
from quizcli.quiz.kinds import KINDS
from tests.support.bank_files import EVERYTHING, RNN, anything

unhurried = settings(max_examples=80, deadline=None)

RNN_BYTES = RNN.read_bytes()
RNN_LINES = RNN_BYTES.splitlines(keepends=True)

FIELDS = sorted({name for fields in shapes(tuple(KINDS), tuple(RULES)).values() for name in fields})
WORDS = [*FIELDS, *KINDS, *RULES, "true", "false", "last", "1", "1/0", "a", "", "\t", "$x$", "\x1b"]
WORDS += ["[[a::b]]", "[[a|c::b]] and [[", "[[::", r"\[[a::b]]", ".9"]
# Data of any shape, in which the format's own words turn up all the time.
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(),
    lambda below: (
        st.lists(below, max_size=4)
        | st.dictionaries(st.sampled_from(FIELDS) | st.text(), below, max_size=5)
    ),
    max_leaves=12,
)


def must_be_faults(data: bytes) -> list[Fault]:
    """Checks a bank; every fault has a place in the file, and is one line."""
    faults = check_bank(data, "bank.yaml", anything)
    lines = data.decode("utf-8", "replace").splitlines()
    for fault in faults:
        assert 1 <= fault.place.line <= len(lines) + 1
        assert fault.place.column >= 1
        assert "\n" not in str(fault)
    return faults


@unhurried
@given(st.binary(max_size=400))
@example(b"\xef\xbb\xbf\xff")
@example(b"\x00")
@example(b"a: \xf0\x9f")
def test_any_bytes(data):
    must_be_faults(data)


@unhurried
@given(st.text(max_size=400))
@example("%YAML 2.0\n---\na")
@example("%TAG ! !\n--- !a")
@example("a: !<!> b")
@example("? ? ? a")
@example("*a : b")
@example("<<: {a: b}")
@example('"\\U00110000": "\\ud800"')
@example("a: &x !!map {}")
@example("\ufeff\ufeffa: b")
@example("- \x85- b\u2028- c")
def test_any_text(text):
    must_be_faults(text.encode("utf-8", "surrogatepass"))


@unhurried
@given(st.text(st.sampled_from("-?:,[]{}#&*!|>'\"%@` \n\tab1"), max_size=60))
def test_any_punctuation(text):
    """What YAML makes something of."""
    must_be_faults(text.encode())


@unhurried
@given(values)
def test_any_data(value):
    """JSON of any shape is YAML, and no bank."""
    assert must_be_faults(json.dumps(value).encode("utf-8", "surrogatepass"))


@settings(max_examples=100, deadline=None)
@given(values, st.data())
def test_any_value_in_any_place_of_a_good_bank(value, data):
    """One spot of the sample is something else; the laboratory is asked as well."""
    bank = yaml.load(EVERYTHING.read_bytes(), yaml.CSafeLoader)
    spot = bank
    while True:
        keys = sorted(spot) if isinstance(spot, dict) else range(len(spot))
        key = data.draw(st.sampled_from(list(keys)))
        below = spot[key]
        if not isinstance(below, dict | list) or not below or data.draw(st.booleans()):
            break
        spot = below
    spot[key] = value
    text = json.dumps(bank).encode("utf-8", "surrogatepass")
    must_be_faults(text)
    check_bank(text, "bank.yaml", demo_faults)


@settings(max_examples=25, deadline=None)
@given(at=st.integers(0, len(RNN_BYTES) - 1), to=st.integers(0, 255))
def test_a_flipped_byte_of_a_real_bank(at, to):
    must_be_faults(RNN_BYTES[:at] + bytes([to]) + RNN_BYTES[at + 1 :])


@settings(max_examples=25, deadline=None)
@given(at=st.integers(0, len(RNN_LINES) - 1), n=st.integers(1, 40), times=st.sampled_from([0, 2]))
def test_lost_and_doubled_lines_of_a_real_bank(at, n, times):
    changed = [*RNN_LINES[:at], *RNN_LINES[at : at + n] * times, *RNN_LINES[at + n :]]
    must_be_faults(b"".join(changed))


@settings(max_examples=15, deadline=None)
@given(at=st.integers(0, len(RNN_BYTES)), n=st.integers(1, 2000))
def test_a_lost_piece_of_a_real_bank(at, n):
    must_be_faults(RNN_BYTES[:at] + RNN_BYTES[at + n :])


@pytest.mark.parametrize(
    "text",
    [
        '"\\U00110000"',
        '"\\ud800": a',
        "id: '\udc00'",
        "a: b\n\x7f",
        "!!python/object:x {}",
        "[" * 100,
    ],
)
def test_the_parser_that_is_not_in_c_is_as_safe(text, monkeypatch):
    """It lets other things through than the C parser does."""
    monkeypatch.setattr(nodes, "_Parser", yaml.SafeLoader)
    assert must_be_faults(text.encode("utf-8", "surrogatepass"))
