"""Banks on disk and in letters, and a laboratory that understands everything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quizcli.bank.check import check_bank
from quizcli.bank.texts import Notation
from quizcli.terminal.notation import Form, complaints, render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.bank.faults import Fault

HERE = Path(__file__).parents[1] / "bank"
ROOT = HERE.parents[1]
RNN = ROOT / "questions" / "rnn.yaml"
GOOD = sorted((HERE / "good").glob("*.yaml"))
BROKEN = sorted((HERE / "broken").glob("*.yaml"))
HANDOUT = HERE / "good" / "handout.yaml"  # of EVERYTHING
EVERYTHING = HERE / "good" / "everything.yaml"
SET = HERE / "set" / "all.yaml"  # which includes another bank

NOTATION = Notation(complaints, lambda text: render(text, Form.UNICODE))

SMALL = """\
format: 1
id: small
title: A small bank
questions:
  - id: one
    kind: single-choice
    prompt: Which planet is ours?
    options:
      - {id: a, text: Earth, correct: true}
      - {id: b, text: Mars}
"""


def small(**changed: str) -> str:
    """The small bank with other words: ``small(Mars="Venus")``."""
    text = SMALL
    for old, new in changed.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def anything(
    _name: str, _parameters: Mapping[str, object], _claims: Mapping[str, object]
) -> list[tuple[str, str]]:
    """A laboratory that has every experiment and understands every claim."""
    return []


def faults_of(text: str | bytes) -> list[Fault]:
    """What is wrong with a bank, whatever its experiments."""
    data = text if isinstance(text, bytes) else text.encode()
    return check_bank(data, "bank.yaml", anything, NOTATION)


def told(fault: Fault) -> str:
    """``line:column code``, as the first lines of the broken banks have it."""
    return f"{fault.place.line}:{fault.place.column} {fault.code}"
