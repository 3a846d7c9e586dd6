"""What is wrong with a command line is said in lines that fit."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from quizcli.cli.usage import in_lines
from tests.support.program import quizcli

if TYPE_CHECKING:
    from pathlib import Path

LONG = "Invalid value for '--questions': 'some-very-long-name' is not a valid whole number."


@pytest.mark.parametrize("width", [20, 40, 60, 80])
def test_no_word_is_broken(width: int) -> None:
    lines = f"Error: {in_lines(LONG, width)}".splitlines()
    assert " ".join(" ".join(lines).split()) == f"Error: {LONG}"
    assert all(len(line) <= width or " " not in line.strip() for line in lines)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a matter of Unix")
def test_at_a_terminal(tmp_path: Path) -> None:
    from tests.support.terminal import Terminal

    window = Terminal(tmp_path, "take", "rnn", "--questions", "gate-width", columns=60)
    window.see("a valid whole number.")
    assert "Error: Invalid value for '--questions': 'gate-width' is not\n" in window.text
    assert "  a valid whole number." in window.text
    window.close()


def test_where_nobody_looks_at_lines_it_is_one(tmp_path: Path) -> None:
    ran = quizcli("take", "rnn", "--questions", "some-very-long-name", home=tmp_path)
    assert f"Error: {LONG}\n" in ran.stderr
