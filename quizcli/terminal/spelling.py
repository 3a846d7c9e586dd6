r"""Text for a terminal without UTF-8: our own signs in ASCII, the rest as near as it can.

The rule: nothing turns into a question mark. Signs that this program prints have a spelling
here; raised and lowered letters become ``^`` and ``_``, a lone Greek letter its name, a Greek
word its usual Latin spelling, ``é`` becomes ``e``, and what is left is an escape such as
``\u4e2d``. In a drawing every character keeps its cells instead.
"""

from __future__ import annotations

import re
from functools import cache, partial

from quizcli.terminal.maths.symbols import (
    ACCENTS,
    BIG,
    LETTERS,
    OPERATORS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
)

_SIGNS = r"""
✓ + ✔ + ✗ x ✘ x ◐ ~ ● * ○ o ▸ > ▶ > ◂ < ◀ < ▲ ^ ▼ v • * · - – - — -- − - ‐ - ‑ - … ... ⋯ ...
“ " ” " „ " ‟ " ‘ ' ’ ' ‚ ' ′ ' ″ " « << » >> ‹ < › >
≈ ~= ≃ ~= × x ÷ / ≤ <= ≥ >= ≠ != ≪ << ≫ >> ± +/- ∓ -/+ ≡ == ∝ ~ ∞ inf √ sqrt ∛ cbrt ∜ root4
∑ sum ∏ prod
∫ int ∂ d ∇ nabla ∈ in ∉ !in ∅ {} ∪ u ∩ n ∧ and ∨ or ¬ not ∀ for-all ∃ exists ∖ \ ∘ o ⊙ (*) ⊕ (+)
⊗ (x) ⋆ * ∗ * ‖ || ⟨ < ⟩ > ⊤ T ⊥ _|_ ˂ < ˃ >
→ -> ← <- ↔ <-> ⇒ => ⇐ <= ⇔ <=> ↦ |-> ⟶ -> ⟵ <- ⟹ => ⟺ <=> ↑ ^ ↓ v ⌫ Backspace ⏎ Enter ↵ Enter
█ # ▓ % ▒ : ░ . ▉ # ▊ # ▋ # ▌ = ▍ = ▎ - ▏ - ▁ _ ▂ . ▃ - ▄ = ▅ + ▆ * ▇ # ▀ # ■ # □ o
━ = ─ - ═ = ╴ - ╶ - ╸ = ╺ = ┄ - ┈ - │ | ┃ | ║ | ╵ | ╷ | ╹ | ╻ | ╱ / ╲ \
┌ + ┐ + └ + ┘ + ├ + ┤ + ┬ + ┴ + ┼ + ╭ + ╮ + ╰ + ╯ + ╔ + ╗ + ╚ + ╝ + ╠ + ╣ + ╦ + ╩ + ╬ + ┏ + ┓ +
┗ + ┛ + ┣ + ┫ + ┳ + ┻ + ╋ + ╞ + ╡ + ╪ + ╥ + ╨ +
ß ss ẞ SS æ ae Æ AE œ oe Œ OE ø o Ø O ł l Ł L đ d Đ D ð d Ð D þ th Þ Th ı i ȷ j ħ h
© (c) ® (R) ™ (TM) € EUR £ GBP ° deg § S. ¶ P. ¿ ? ¡ ! ½ 1/2 ¼ 1/4 ¾ 3/4 ⅓ 1/3 ⅔ 2/3
"""

# What a drawing gets where a sign has more characters than cells: the telling one of them.
_ONE_CELL = {"→": ">", "⟶": ">", "⇒": ">", "←": "<", "↔": "-", "⌫": "<", "√": "V", "∞": "8"}
# Raised and lowered letters that we do not write, since few fonts have them, but others may.
_RAISED = dict(zip("˂˃˟ᵝᵞᵟᵠᵡ", "<>×βγδφχ", strict=True))
_LOWERED = dict(zip("ᵦᵧᵨᵩᵪ", "βγρφχ", strict=True))
# How Greek words, such as names, are spelled in Latin letters (after ELOT 743).
_LATIN_LETTERS = "a v g d e z i th i k l m n x o p r s s t y f ch ps o"
_LATIN = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", _LATIN_LETTERS.split(), strict=True))
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff\u0300\u0301\u0308\u0313\u0314\u0342\u0345]+")
# Accents that a lone letter carries in a formula; ``é`` and ``ü`` are spelling, not mathematics.
_HATS = {mark: word for mark, word in ACCENTS.values() if word not in ("acute", "grave", "ddot")}
_HATTED = re.compile(rf"(?<![^\W_])([A-Za-zΑ-Ωα-ωϑϕ])([{''.join(_HATS)}])(?![^\W_\u0300-\u036f])")


@cache
def _signs() -> dict[str, str]:
    words = _SIGNS.split()
    signs = dict(pair for table in (LETTERS, OPERATORS, BIG) for pair in table.values())
    signs |= zip(words[::2], words[1::2], strict=True)
    for code in range(0x20):  # the pictures of control characters
        signs[chr(0x2400 + code)] = f"\\x{code:02x}"
    signs["␡"] = r"\x7f"
    return signs


@cache
def _greek_names() -> dict[str, str]:
    return {symbol: spoken for symbol, spoken in LETTERS.values() if _GREEK.fullmatch(symbol)}


@cache
def _scripts() -> tuple[tuple[str, dict[str, str], re.Pattern[str]], ...]:
    """For ^ and _: the mark, raised letter → letter, and a run of raised letters."""
    found = []
    for mark, table, rare in (("^", SUPERSCRIPTS, _RAISED), ("_", SUBSCRIPTS, _LOWERED)):
        back = rare | {
            shown: letter
            for letter, shown in reversed(table.items())
            if shown != letter and not shown.isascii() and letter != "⊤"
        }
        # ‹ and › alone are quotation marks.
        certain = "".join(sign for sign in back if sign not in "‹›")
        found.append((mark, back, re.compile(f"[‹›]*[{certain}][{''.join(back)}]*")))
    return tuple(found)


def spelled(text: str) -> str:
    """``text`` in ASCII, with words and escapes as long as they need to be."""
    from unicodedata import normalize

    for mark, back, run in _scripts():
        text = run.sub(partial(_script, mark, back), text)
    text = normalize("NFD", text)
    text = _HATTED.sub(lambda found: f"{found[1]}_{_HATS[found[2]]}", text)
    text = _GREEK.sub(_greek, text)
    return "".join(_near(character) for character in normalize("NFC", text))


def _script(mark: str, back: dict[str, str], run: re.Match[str]) -> str:
    letters = "".join(back[letter] for letter in run[0])
    plain = letters.isalnum() or (letters[0] in "(<" and letters[-1] in ")>")
    return f"{mark}{letters}" if plain else f"{mark}({letters})"


def _greek(found: re.Match[str]) -> str:
    """A lone letter or two by name, as in a formula; three and more are a word."""
    letters = [letter for letter in found[0] if letter in _greek_names()]
    if not letters:
        return found[0]
    before = found.string[found.start() - 1 : found.start()]
    after = found.string[found.end() : found.end() + 1]
    if len(letters) > 2 or before.isalpha():
        return "".join(_latin(letter) for letter in letters).replace("oy", "ou")
    words = " ".join(_greek_names()[letter] for letter in letters)
    return f"{words} " if after.isalpha() else words


def _latin(letter: str) -> str:
    near = _LATIN.get(letter.lower(), letter)
    return near.capitalize() if letter.isupper() else near


def _near(character: str) -> str:
    """The ASCII nearest to one character; an escape where there is none."""
    from unicodedata import combining, normalize

    if character.isascii():
        return character
    sign = _signs().get(character)
    if sign:
        return sign
    if combining(character) and character < "\u0370":
        return ""
    parts = normalize("NFKD", character)
    near = "".join(_signs().get(part, part) for part in parts if not combining(part))
    return (
        near if near.isascii() and near else character.encode("ascii", "backslashreplace").decode()
    )


def in_columns(text: str) -> str:
    """``text`` in ASCII with every character in as many cells as it took, for drawings."""
    return "".join(_in_cells(character) for character in text)


def _in_cells(character: str) -> str:
    from unicodedata import category, east_asian_width

    if character.isascii():
        return character
    if category(character) in ("Mn", "Me", "Cf"):
        return ""
    cells = 2 if east_asian_width(character) in "WF" else 1
    near = _ONE_CELL.get(character) or _near(_latin(character))
    return near[0] * cells if near[:1] not in ("\\", "") else "*" * cells
