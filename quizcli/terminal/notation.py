r"""TeX-like formulas between dollar signs as terminal text.

The rule: text outside formulas is not touched, and nothing inside one is lost. What is no
formula (braces without a partner, an argument that is missing, nested beyond reading) and what
is not known (``\foo``) stays as it was written.

Three forms:

- *Unicode* raises and lowers letters: ``x⁽ⁱ⁾˂ʲ˃``, ``Γᵤ``. There is no lowered c, f or d and no
  raised square bracket, so it is all or nothing: ask :func:`fits_unicode` with every text that
  will stand together (a whole question) before choosing it.
- *Linear* keeps ``^`` and ``_``, with brackets where more than one thing is raised: ``Γ_f``,
  ``c̃^<t−1>``, ``e^(−x)``.
- *Spoken*, for plain mode, is ASCII and made for the ear: Greek letters and accents are words
  (``Gamma_u``, ``c_tilde^<t-1>``, ``y_hat``), and what nobody would guess from ASCII is said
  (``P(y given x)``, ``sum from t=1 to T of``, ``is about``).

A formula starts at a ``$`` and ends at the next one. ``\$`` is a dollar. So is a ``$`` without a
partner in its paragraph, one before a digit that would have to end a formula (``$5 or $6``), and
one with a space on its inner side only (``5$ or 6$``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.terminal.maths import Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Form", "fits_unicode", "render", "render_math"]

# Places where a decision may fall: an escaped character, a dollar, the end of a paragraph.
_STOPS = r"\\.|\$\$?|\n[ \t]*\n"


def render(text: str, form: Form) -> str:
    r"""``text`` with its formulas written in ``form`` and ``\$`` as a dollar.

    Where a formula has no Unicode form, its linear form stands in for it.
    """
    if "$" not in text:
        return text
    return "".join(_render_piece(*piece, form) for piece in _pieces(text))


def render_math(source: str, form: Form) -> str:
    """One formula, given without its dollar signs; ``source`` itself where it is malformed."""
    written = _set(source, form)
    return source if written is None else written


def fits_unicode(texts: Iterable[str]) -> bool:
    """Whether every formula in all these texts can be written in Unicode form.

    A malformed one fits, since every form shows it as it was written.
    """
    return all(
        _fits(inner) for text in texts if "$" in text for inner, dollars in _pieces(text) if dollars
    )


def _set(source: str, form: Form) -> str | None:
    """The formula in ``form``, in linear form where it has no other; None for a malformed one."""
    from quizcli.terminal.maths.formula import set_formula
    from quizcli.terminal.maths.reader import Malformed, NoUnicode

    try:
        try:
            return set_formula(source, form)
        except NoUnicode:
            return set_formula(source, Form.LINEAR)
    except Malformed:
        return None


def _fits(source: str) -> bool:
    from quizcli.terminal.maths.formula import set_formula
    from quizcli.terminal.maths.reader import Malformed, NoUnicode

    try:
        set_formula(source, Form.UNICODE)
    except NoUnicode:
        return False
    except Malformed:
        return True
    return True


def _render_piece(inner: str, dollars: str, form: Form) -> str:
    if not dollars:
        return inner if "\\" not in inner else re.sub(r"\\(.)", _unescaped, inner, flags=re.DOTALL)
    written = _set(inner, form)
    return f"{dollars}{inner}{dollars}" if written is None else written


def _unescaped(found: re.Match[str]) -> str:
    return "$" if found[1] == "$" else found[0]


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """(piece, its dollar signs) in order; for the text between formulas these are empty."""
    start = 0  # of what was not handed out yet
    opened: tuple[int, int] | None = None  # the dollars that may begin a formula
    for stop in re.finditer(_STOPS, text, re.DOTALL):
        here = stop.span()
        if stop[0][0] == "\\":
            continue
        if stop[0][0] == "\n":
            opened = None
            continue
        if opened and stop[0] == "$$" and opened[1] - opened[0] == 1:
            here = (here[0], here[0] + 1)  # $a$$b$ are two formulas
        if opened and _closes(text, opened, here):
            yield text[start : opened[0]], ""
            yield text[opened[1] : here[0]], text[here[0] : here[1]]
            start = here[1]
            opened = (start, stop.end()) if start < stop.end() else None
        else:
            opened = stop.span()
    yield text[start:], ""


def _closes(text: str, opened: tuple[int, int], here: tuple[int, int]) -> bool:
    """Whether the dollars at ``here`` end the formula that those at ``opened`` began."""
    inner = text[opened[1] : here[0]]
    return (
        opened[1] - opened[0] == here[1] - here[0]
        and bool(inner.strip())
        and inner[0].isspace() == inner[-1].isspace()
        and not text[here[1] : here[1] + 1].isdecimal()
    )
