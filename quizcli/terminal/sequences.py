"""Characters into keys: a terminal sends an arrow as several characters, and much that is no key.

The rule: whatever is not known is swallowed whole. A letter that is left over from a mouse report
would answer a question. In whatever pieces a line delivers the characters, the keys are the same.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ESC = "\x1b"
# Every terminal and console sends these alike.
CONTROLS = {chr(ord(letter) - ord("a") + 1): f"ctrl-{letter}" for letter in "aegkpruwx"} | {
    "\r": "enter",
    "\t": "tab",
    "\x08": "backspace",
    "\x04": "eof",
}
_CHARACTERS = CONTROLS | {"\n": "enter", "\x7f": "backspace"}
_SEQUENCES = {
    "[A": "up", "[B": "down", "[C": "right", "[D": "left",
    "OA": "up", "OB": "down", "OC": "right", "OD": "left", "OM": "enter",
    "[H": "home", "[F": "end", "OH": "home", "OF": "end", "[1~": "home", "[4~": "end",
    "[5~": "pageup", "[6~": "pagedown", "[3~": "delete",
    "[1;5D": "word-left", "[1;5C": "word-right", "[1;3D": "word-left", "[1;3C": "word-right",
}  # fmt: skip
_ALT = {"b": "word-left", "f": "word-right", "\x7f": "word-backspace"}
# How long the rest of a sequence may take. After ESC a person waits for that key, so it counts
# soon: between the 100 ms of vim's ttimeout and the 10 ms of tmux. But the rest may still be on its
# way over a slow line, and would be read as letters. So for as long as prompt_toolkit waits before
# it lets an ESC count (500 ms), what can be that rest makes up the key that was pressed, with the
# Esc before it.
ESCAPE_SECONDS = 0.05
SEQUENCE_SECONDS = 0.5
_INTRODUCERS = ("[", "O")
_LONGEST = 32  # of a sequence that can still be known


class KeyParser:
    """Characters in, keys out; no terminal needed, so that every sequence can be tested.

    A state machine after ECMA-48: each state is a method that takes one character.
    """

    def __init__(self) -> None:
        self._coming: deque[str] = deque()
        self._keys: deque[str] = deque()
        self._state: Callable[[str], None] = self._ground
        self._sequence = ""
        self._left = 0
        self._was_late = False  # the sequence began with an ESC that has counted already

    def feed(self, text: str, seconds: float = 0.0) -> None:
        """More characters as they came, so many seconds after those before."""
        if self._state == self._late and seconds > SEQUENCE_SECONDS:
            self._state = self._ground
        self._coming.extend(text)

    def clear(self) -> int:
        """Forget what came and was not handed out: so much it was. The rest of a sequence may
        still come."""
        forgotten = len(self._coming) + len(self._keys)
        self._coming.clear()
        self._keys.clear()
        if self._state != self._late:
            self._state = self._ground
        return forgotten

    def next(self, *, final: bool = False) -> str | None:
        """The next key, or None. ``final``: nothing more comes, so a lone ESC is the key."""
        while self._coming and not self._keys:
            self._state(self._coming.popleft())
        if final and not self._keys:
            self._give_up()
        return self._keys.popleft() if self._keys else None

    @property
    def waiting(self) -> bool:
        """Whether what came last may be the beginning of something longer."""
        return self._state not in (self._ground, self._late)

    @property
    def patience(self) -> float:
        """Seconds to wait for the rest; 0 where nothing is waited for."""
        if not self.waiting:
            return 0
        lone = self._state in (self._escape, self._twice)
        return ESCAPE_SECONDS if lone else SEQUENCE_SECONDS

    def _give_up(self) -> None:
        if not self.waiting:
            return
        state, self._state = self._state, self._ground
        if state in (self._escape, self._string_end):
            self._keys.append("esc")
            self._state = self._late
        elif state == self._twice:
            self._keys.extend(("esc", "esc"))
            self._state = self._late
        elif state in (self._control, self._single_shift) and self._was_late:
            # Alone it is no rest of anything: it was a key of its own.
            self._keys.extend(self._sequence if self._sequence in _INTRODUCERS else "")

    def _ground(self, character: str) -> None:
        if character == ESC:
            self._state = self._escape
            return
        # Where a sequence was broken off, the character that broke it stands on its own.
        self._state = self._ground
        if character in _CHARACTERS:
            self._keys.append(_CHARACTERS[character])
        elif character.isprintable():
            self._keys.append(character)

    def _late(self, character: str) -> None:
        """After an ESC that has counted: the rest of what it began, or another key."""
        if character in _INTRODUCERS:
            self._escape(character)
            self._was_late = True
        else:
            self._ground(character)

    def _escape(self, character: str) -> None:
        self._sequence = character
        self._was_late = False
        match character:
            case "[":
                self._state = self._control
            case "O":
                self._state = self._single_shift
            case "P" | "]" | "X" | "^" | "_":
                self._state = self._string
            case "\x1b":
                self._state = self._twice
            case _:  # Alt with a character
                self._state = self._ground
                if character in _ALT:
                    self._keys.append(_ALT[character])

    def _twice(self, character: str) -> None:
        """After ESC ESC: Alt with an arrow, as some terminals send it, or the key pressed twice."""
        if character in "[O":
            self._escape(character)
            self._sequence = ESC + character
            return
        self._keys.append("esc")
        if character != ESC:
            self._escape(character)

    def _control(self, character: str) -> None:
        first = self._sequence.endswith("[")
        if first and character == "[":
            self._wait_for(1)  # a function key of the Linux console
        elif first and character == "M":
            self._wait_for(3)  # a mouse report: button, column, row
        elif " " <= character <= "?":
            self._sequence = (self._sequence + character)[:_LONGEST]
        else:
            self._finish(character)

    def _single_shift(self, character: str) -> None:
        if character in "0123456789;":
            self._sequence = (self._sequence + character)[:_LONGEST]
        else:
            self._finish(character)

    def _finish(self, character: str) -> None:
        if not "@" <= character <= "~":
            self._ground(character)
            return
        self._state = self._ground
        name = _SEQUENCES.get(self._sequence + character)
        if name:
            self._keys.append(name)

    def _wait_for(self, characters: int) -> None:
        self._left = characters
        self._state = self._counted

    def _counted(self, character: str) -> None:
        self._left -= 1
        if character == ESC:
            self._state = self._escape
        elif not self._left:
            self._state = self._ground

    def _string(self, character: str) -> None:
        if character == ESC:
            self._state = self._string_end
        elif character in "\x07\x9c":
            self._state = self._ground

    def _string_end(self, character: str) -> None:
        if character == "\\":
            self._state = self._ground
        else:
            self._escape(character)
