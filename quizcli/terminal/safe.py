r"""What every text from outside passes on its way to a screen: banks, names, imported files.

The rule: nothing that can be read is removed, and whatever could act on a terminal, hide or
reorder text is shown instead of sent.

- Control characters are pictures (ESC is ␛) and those from U+0080 escapes (``\x9b``); a newline
  stays, a tab is four spaces, CR before a newline goes, and the separators NEL, U+2028 and U+2029
  are newlines.
- Format characters and others without a shape (bidi controls, zero-width space, soft hyphen,
  BOM, tags, fillers) are written as ``<U+202E>``. Joiners stay where writing needs them: between
  letters of Arabic and Indic scripts, and within emoji sequences of usual length, as do the tags
  of a regional flag. A variation
  selector stays behind the sign or the Han character that it selects a shape of.
- Four combining marks may stand on a base, which is what any language needs; ``<+96 marks>``
  stands for the rest, and a mark without a base is escaped, since it would fall on our own text.
- Half of a surrogate pair is U+FFFD.

`neutral` is meant to be applied to everything, so text without anything of this kind is returned
as it is, at the price of looking once at each character that occurs in it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TAB = "    "
MARKS_PER_BASE = 4
_REMEMBERED = 4096  # characters whose kind is not asked for again: more than any text uses

# Drawn as nothing although they are no format characters: fillers, variation selectors, and
# what Unicode keeps free for more of them.
_SHAPELESS = (
    *((0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065)),
    *((0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF)),
)
_BREAKS = "\n\x85\u2028\u2029"
_JOINERS = "\u200c\u200d"
# Arabic and its relatives, the scripts of India, Myanmar, Khmer.
_JOINING = ((0x0620, 0x08FF), (0x0900, 0x0DFF), (0x1000, 0x109F), (0x1780, 0x17D3))
# What makes one sign out of several; without any of these the text needs no cutting into signs.
_BINDING = "[\u200d\ufe0e\ufe0f\U000e007f\U000e0100-\U000e01ef]"


@cache
def _clusters() -> re.Pattern[str]:
    """One character, or a sequence whose joiners and selectors are part of how it is drawn."""
    emoji = (
        "[\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u231a-\u23ff\u24c2\u25a0-\u27bf"
        "\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
    )
    one = f"{emoji}(?:[\ufe0e\ufe0f]|[\U0001f3fb-\U0001f3ff])?"
    keycap = "[0-9#*]\ufe0f\u20e3"
    # England, Scotland, Wales: a black flag and its region in tags.
    flag = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
    han = "[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff][\U000e0100-\U000e01ef]"
    # The longest sequence in use joins four people.
    return re.compile(f"{flag}|{one}(?:\u200d{one}){{0,4}}|{keycap}|{han}|.", re.DOTALL)


def neutral(text: str) -> str:
    """``text`` with everything harmless; applied twice it changes nothing more."""
    return text if is_neutral(text) else _neutral(text.replace("\r\n", "\n"))


def is_neutral(text: str) -> bool:
    """Whether there is nothing in ``text``, nor in any part of it, that `neutral` would look at
    more closely."""
    if text.isascii():
        return text.replace("\n", "").isprintable()
    return all(map(_ordinary, set(text)))


@lru_cache(_REMEMBERED)
def _ordinary(character: str) -> bool:
    """Whether a character is drawn, takes its own cells and acts on nothing."""
    return character == "\n" or (_shown(character) == character and not _is_mark(character))


@lru_cache(_REMEMBERED)
def _is_mark(character: str) -> bool:
    """Whether a character is drawn on the one before it."""
    from unicodedata import category

    return category(character) in ("Mn", "Me")


def ascii_only(text: str, *, columns: bool = False) -> str:
    """``text`` for a terminal that has no UTF-8, in ASCII and without question marks.

    ``columns`` keeps every character in as many cells as it took, for a drawing; otherwise words
    and escapes take the room that they need.
    """
    if text.isascii():
        return text
    from quizcli.terminal import spelling

    return spelling.in_columns(text) if columns else spelling.spelled(text)


def _neutral(text: str) -> str:
    out: list[str] = []
    room = 0  # how many more marks may stand on what was written last
    surplus: list[str] = []
    signs = (
        [found[0] for found in _clusters().finditer(text)] if re.search(_BINDING, text) else text
    )
    for place, sign in enumerate(signs):
        if len(sign) == 1 and _is_mark(sign) and _shown(sign) == sign:
            (out if room > 0 else surplus).append(sign)
            room -= 1
            continue
        if surplus:
            out.append(_counted(surplus))
            surplus = []
        if sign in _BREAKS:
            out.append("\n")
            room = 0
        elif sign in _JOINERS and _joins(out, signs[place + 1 : place + 2]):
            out.append(sign)
        else:
            out.append(sign if len(sign) > 1 else _shown(sign))
            room = MARKS_PER_BASE
    return "".join([*out, _counted(surplus)])


def _counted(surplus: list[str]) -> str:
    if len(surplus) == 1:
        return _named(surplus[0])
    return f"<+{len(surplus)} marks>" if surplus else ""


@lru_cache(_REMEMBERED)
def _shown(character: str) -> str:
    """One character, harmless; marks and joiners are judged where they stand."""
    from unicodedata import category

    code, kind = ord(character), category(character)
    if kind == "Cc":
        return _control(code)
    if kind == "Cs":
        return "\ufffd"
    nothing = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    if kind in ("Cf", "Zl", "Zp") or nothing or _within(code, _SHAPELESS):
        return _named(character)
    return character


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for low, high in ranges)


def _control(code: int) -> str:
    if code == 0x09:
        return TAB
    if code == 0x7F:
        return "␡"
    return chr(0x2400 + code) if code < 0x20 else f"\\x{code:02x}"


def _named(character: str) -> str:
    return f"<U+{ord(character):04X}>"


def _joins(out: list[str], after: Sequence[str]) -> bool:
    """Whether a joiner stands where writing needs it: behind such a letter and before another."""
    before, behind = "".join(out[-1:]), "".join(after)
    return (
        len(before) == len(behind) == 1
        and _within(ord(before), _JOINING)
        and _within(ord(behind), _JOINING)
        and behind.isalpha()
    )
