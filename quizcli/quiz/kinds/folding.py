"""What makes no difference in a typed text: it is folded away before texts are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

EXACT = ("case", "spaces", "accents", "width")
# Phones and word processors write these for the signs on a keyboard.
_PLAIN = str.maketrans(
    dict.fromkeys("‘’‚‛ʼ′", "'") | dict.fromkeys("“”„‟", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)


def folded(text: str, exact: Collection[str]) -> str:
    """A text without what makes no difference, but for what it is to be ``exact`` about."""
    text = folded_signs(text, exact)
    return text.strip() if "spaces" in exact else " ".join(text.split())


def folded_signs(text: str, exact: Collection[str]) -> str:
    """The same with all its spaces."""
    from unicodedata import category, normalize

    wide = "width" in exact
    text = normalize("NFC", text) if wide else normalize("NFKC", text).translate(_PLAIN)
    if "accents" not in exact:
        # In scripts whose vowels are marks, they are letters and no accents.
        plain = normalize("NFD", text)
        text = normalize("NFC", "".join(c for c in plain if not _is_accent(c, category(c))))
    if "case" not in exact:
        text = text.casefold()
    return "".join(c for c in text if category(c) != "Cf")


def _is_accent(sign: str, kind: str) -> bool:
    """Whether a sign is a mark over or under a letter of Latin, Greek or Cyrillic."""
    return kind == "Mn" and "\u0300" <= sign <= "\u036f"
