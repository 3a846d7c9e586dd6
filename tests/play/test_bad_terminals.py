"""Terminals as they should not be: tiny, huge, without UTF-8, of an unknown kind, with pasted pages."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.samples import SAMPLE

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a matter of Unix", allow_module_level=True)

from tests.support.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

TAKE = ("take", str(SAMPLE), "--seed", "7")
ASCII = {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
# Name: rows, columns, variables.
KINDS: dict[str, tuple[int, int, dict[str, str]]] = {
    "20 x 5": (5, 20, {}),
    "400 columns": (60, 400, {}),
    "one row": (1, 80, {}),
    "no UTF-8": (24, 80, ASCII),
    "no UTF-8 and tiny": (5, 20, ASCII),
    "an unknown TERM": (24, 80, {"TERM": "no-such-terminal"}),
    "no TERM": (24, 80, {"TERM": ""}),
    "16 colours": (24, 80, {"TERM": "xterm"}),
    "an old terminal": (24, 80, {"TERM": "vt100"}),
    "no colour": (24, 80, {"NO_COLOR": "1"}),
    "FORCE_COLOR=0": (24, 80, {"FORCE_COLOR": "0"}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_quiz_at_a_strange_terminal(tmp_path: Path, kind: str) -> None:
    """A letter answers, the verdict is told, Esc leaves when asked, and the terminal is as it was; what asks
    for no colour gets none, and what cannot show UTF-8 gets none."""
    rows, columns, variables = KINDS[kind]
    (tmp_path / "welcomed").touch()
    terminal = Terminal(tmp_path, *TAKE, rows=rows, columns=columns, variables=variables)
    try:
        keys = b"0 right" if rows == 1 else b"Esc"  # a single row has no room for more
        terminal.wait(lambda: keys in terminal.raw, "the keys")
        terminal.press("b")
        terminal.wait(lambda: b"Right" in terminal.raw, "the verdict")
        terminal.quiet(0.2)  # what is typed before it is whole is forgotten
        assert rows == 1 or b"Enter" in terminal.raw
        terminal.leave()
        assert terminal.ended() == 0
        terminal.left_clean()
        if rows > 1:
            assert "Right: b, 100." in " ".join(terminal.text.split())
        assert "Traceback" not in terminal.text
        if variables is ASCII:
            assert terminal.raw.isascii()
            assert b"\\u" not in terminal.raw
        coloured = not ({"NO_COLOR", "FORCE_COLOR"} & set(variables) or kind == "an old terminal")
        sixteen = "TERM" in variables  # a sign of the 256 where the terminal's name has them
        sign = b"\x1b[30;102m" if sixteen else b"\x1b[38;5;16;48;5;114m"
        assert (sign in terminal.raw) is coloured
    finally:
        terminal.close()


@pytest.mark.parametrize(
    "pasted",
    [
        "\x1b[200~Answer: b\nThen c, then Enter\n\x1b[201~",
        "The quick brown fox\njumps over the lazy dog.\n" * 90,
        "\x1b[<0;1;1M\x1b[<0;1;1m" * 50 + "\x1b[M !!" * 20,
        "\x1b[B" * 300,
    ],
    ids=["a marked page", "a page", "a mouse", "an arrow held down"],
)
def test_what_floods_in_answers_once_at_most(tmp_path: Path, pasted: str) -> None:
    """Pages pasted, a mouse moved, keys held: at most the question in sight is answered, and the
    next key works."""
    (tmp_path / "welcomed").touch()
    terminal = Terminal(tmp_path, *TAKE)
    try:
        terminal.see("1 of 4", "Esc leave")
        terminal.press(pasted)
        terminal.quiet(0.7)
        assert "2 of 4" not in terminal.text
        assert "Traceback" not in terminal.text
        terminal.leave()
        assert terminal.ended() == 0
        terminal.left_clean()
    finally:
        terminal.close()
