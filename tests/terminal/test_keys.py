"""Characters into keys: every name, everything that is swallowed, in whatever pieces it comes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.terminal.sequences import KeyParser


def keys(*chunks: str, final: bool = True) -> list[str]:
    """The keys of some characters that come in these pieces, with nothing after them."""
    parser = KeyParser()
    found: list[str] = []
    for chunk in chunks:
        parser.feed(chunk)
        while key := parser.next():
            found.append(key)
    while final and (key := parser.next(final=True)):
        found.append(key)
    return found


NAMED = {
    "\r": "enter", "\n": "enter", "\x1bOM": "enter", "\t": "tab", "\x7f": "backspace",
    "\x08": "backspace", "\x04": "eof", "\x1b": "esc",
    "\x1b[A": "up", "\x1b[B": "down", "\x1b[C": "right", "\x1b[D": "left",
    "\x1bOA": "up", "\x1bOB": "down", "\x1bOC": "right", "\x1bOD": "left",
    "\x1b[H": "home", "\x1b[F": "end", "\x1b[1~": "home", "\x1b[4~": "end",
    "\x1b[5~": "pageup", "\x1b[6~": "pagedown", "\x1b[3~": "delete",
    "\x01": "ctrl-a", "\x05": "ctrl-e", "\x07": "ctrl-g", "\x0b": "ctrl-k", "\x10": "ctrl-p", "\x12": "ctrl-r",
    "\x15": "ctrl-u", "\x17": "ctrl-w", "\x18": "ctrl-x",
    "\x1b[1;5D": "word-left", "\x1b[1;5C": "word-right", "\x1b[1;3D": "word-left",
    "\x1b[1;3C": "word-right", "\x1bb": "word-left", "\x1bf": "word-right",
    "\x1b\x7f": "word-backspace",
}  # fmt: skip


@pytest.mark.parametrize(("sent", "name"), NAMED.items(), ids=[repr(sent) for sent in NAMED])
def test_named_keys(sent: str, name: str) -> None:
    """Each has its name, alone and between other keys, whole and one character at a time."""
    assert keys(sent) == [name]
    assert keys(*sent) == [name]
    if sent != "\x1b":  # before a letter that would be Alt
        assert keys(f"a{sent}b") == ["a", name, "b"]


@pytest.mark.parametrize("character", ["a", "Z", "1", "?", "!", "~", " ", "é", "Γ", "漢", "🙂"])
def test_a_character_is_its_own_key(character: str) -> None:
    """Whatever can be printed."""
    assert keys(character) == [character]


SWALLOWED = {
    "a control character": "\x02",
    "F1 of the Linux console": "\x1b[[A",
    "F5": "\x1b[15~",
    "Ctrl and up": "\x1b[1;5A",
    "Shift and Tab": "\x1b[Z",
    "a modified F1 of old terminals": "\x1bO2P",
    "Alt and up, as rxvt has it": "\x1b\x1b[A",
    "Alt with a letter": "\x1bx",
    "Alt with Enter": "\x1b\r",
    "a click, X10": "\x1b[M !\x22",
    "a click whose place looks like keys": "\x1b[Mabc",
    "a click, SGR": "\x1b[<0;12;5M\x1b[<0;12;5m",
    "the wheel": "\x1b[<64;12;5M",
    "focus gained and lost": "\x1b[I\x1b[O",
    "a report of the cursor": "\x1b[12;40R",
    "a report of the terminal": "\x1b[?64;1;2c",
    "a colour report": "\x1b]11;rgb:ffff/ffff/ffff\x07",
    "the same, ended in two bytes": "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
    "a device control string": "\x1bP1$r0m\x1b\\",
    "an application's string": "\x1b_Gi=1;OK\x1b\\",
    "parameters without end": "\x1b[" + "1;" * 5000 + "m",
    "the marks around pasted text": "\x1b[200~\x1b[201~",
}  # fmt: skip


@pytest.mark.parametrize("sent", SWALLOWED.values(), ids=SWALLOWED)
def test_what_is_no_key_is_swallowed(sent: str) -> None:
    """Nothing of it becomes a key, least of all a letter, which would answer a question."""
    assert keys(sent) == []
    assert keys(*sent) == []
    assert keys(f"a{sent}b") == ["a", "b"]


def test_pasted_text_is_split() -> None:
    """Every character on its own, with or without the marks of bracketed paste."""
    assert keys("a1\n\tb") == ["a", "1", "enter", "tab", "b"]
    assert keys("\x1b[200~a1\r\x1b[201~b") == ["a", "1", "enter", "b"]


def test_escape_alone_and_twice() -> None:
    """ESC is a key only when nothing follows; pressed twice or thrice it is so many keys."""
    parser = KeyParser()
    parser.feed("\x1b")
    assert parser.next() is None
    assert parser.waiting
    assert parser.next(final=True) == "esc"
    assert not parser.waiting
    assert keys("\x1b\x1b") == ["esc", "esc"]
    assert keys("\x1b\x1b\x1b") == ["esc", "esc", "esc"]
    assert keys("\x1b\x1ba") == ["esc"]  # and Alt with a


@pytest.mark.parametrize("part", ["\x1b[", "\x1b[1;5", "\x1bO", "\x1b[M ", "\x1b]11;rg", "\x1b[["])
def test_half_a_sequence_is_no_key(part: str) -> None:
    """A sequence of which the rest never comes is dropped: it must not leave the quiz like ESC,
    and what is pressed after it counts."""
    parser = KeyParser()
    parser.feed(part)
    assert parser.next() is None
    assert parser.waiting
    assert parser.next(final=True) is None
    assert not parser.waiting
    parser.feed("b")
    assert parser.next() == "b"


def test_a_broken_sequence_gives_way_to_the_next() -> None:
    """A new ESC ends a sequence that was not finished; so does a key that cannot belong to it."""
    assert keys("\x1b[1\x1b[A") == ["up"]
    assert keys("\x1b]title\x1b[A") == ["up"]
    assert keys("\x1b[1\r") == ["enter"]
    assert keys("\x1bO\r") == ["enter"]


def test_a_short_wait_for_escape_and_a_longer_one_within_a_sequence() -> None:
    """After ESC the wait is short, since a person waits for the key; within a sequence it is
    longer, since on a slow line its rest would count as letters."""
    parser = KeyParser()
    assert parser.patience == 0
    parser.feed("\x1b")
    parser.next()
    assert 0 < parser.patience <= 0.1
    parser.feed("[")
    parser.next()
    assert parser.patience >= 0.25


def late(*pieces: tuple[float, str]) -> list[str]:
    """The keys of pieces that come so many seconds after one another; a pause that is longer than
    the wait for the rest ends it, as the keyboard does."""
    parser = KeyParser()
    found: list[str] = []
    for seconds, text in pieces:
        while parser.waiting and parser.patience < seconds:
            found += list(iter(lambda: parser.next(final=True), None))
        parser.feed(text, seconds)
        found += list(iter(parser.next, None))
    while key := parser.next(final=True):
        found.append(key)
    return found


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (((0, "\x1b"), (0.06, "[A")), ["esc", "up"]),
        (((0, "\x1b"), (0.4, "OB")), ["esc", "down"]),
        (((0, "\x1b"), (0.06, "["), (0.06, "A")), ["esc", "up"]),
        (((0, "\x1b["), (0.4, "A")), ["up"]),
        (((0, "\x1b[1"), (0.3, ";"), (0.3, "5A")), []),
        (((0, "\x1b"), (0.2, "[<0;1"), (0.2, ";1Mb")), ["esc", "b"]),
        (((0, "\x1b"), (0.2, "b")), ["esc", "b"]),
        (((0, "\x1b"), (0.2, "\x1b"), (0.2, "[A")), ["esc", "esc", "up"]),
        (((0, "\x1b"), (0.2, "O")), ["esc", "O"]),
        (((0, "\x1b"), (0.2, "["), (0.9, "A")), ["esc", "[", "A"]),
        (((0, "\x1b"), (0.7, "[A")), ["esc", "[", "A"]),
        (((0, "\x1b"), (0.2, "[A"), (0.9, "b")), ["esc", "up", "b"]),
    ],
)
def test_an_escape_that_counted_and_its_rest(
    pieces: tuple[tuple[float, str], ...], expected: list[str]
) -> None:
    """On a slow line an arrow comes in pieces: no piece is a letter, which would answer. What is
    no rest of a sequence is a key, and so is what comes after half a second."""
    assert late(*pieces) == expected


def test_what_is_forgotten_may_still_go_on() -> None:
    """Forgetting what was typed ahead forgets no ESC whose rest is still on its way."""
    parser = KeyParser()
    parser.feed("\x1b")
    assert parser.next() is None
    assert parser.next(final=True) == "esc"
    parser.clear()
    parser.feed("[A", 0.1)
    assert parser.next() == "up"


@given(
    st.lists(
        st.one_of(
            st.text(max_size=4),
            st.sampled_from([*NAMED, *SWALLOWED.values(), "\x1b[", "\x1bO", "\x1b]", "\x1b[M"]),
            st.text(alphabet="\x1b[]O<;?MmA~1\\\x07P\r", max_size=6),
        ),
        max_size=8,
    ).map("".join),
    st.randoms(use_true_random=False),
)
def test_any_text_in_any_pieces(text: str, random: st.Random) -> None:
    """Whatever comes, nothing is raised, nothing but keys comes out, and the pieces in which a
    line delivers it make no difference."""
    whole = keys(text)
    names = set(NAMED.values())
    assert all(key in names or (len(key) == 1 and key.isprintable()) for key in whole)
    cuts = sorted(random.sample(range(len(text) + 1), min(len(text), random.randint(0, 5))))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert keys(*pieces) == whole
    assert keys(*text) == whole
