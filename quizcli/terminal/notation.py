r"""TeX-like formulas between dollar signs as terminal text.

The rule: text outside formulas is not touched, and nothing inside one is lost. What is no
formula (braces without a partner, an argument that is missing, nested beyond reading) and what
is not known (``\foo``) stays as it was written.

Three forms:

- *Unicode* raises and lowers letters: ``x⁽ⁱ⁾‹ʲ›``, ``Γᵤ``. There is no lowered c, f or d and no
  raised square bracket, so it is all or nothing: ask :func:`fits_unicode` with every text that
  will stand together (a whole question) before choosing it.
- *Linear* keeps ``^`` and ``_``, with brackets where more than one thing is raised: ``Γ_f``,
  ``c̃^<t−1>``, ``e^(−x)``.
- *Spoken*, for plain mode, is ASCII and made for the ear: Greek letters and accents are words
  (``Gamma_u``, ``c_tilde^<t-1>``, ``y_hat``), and what nobody would guess from ASCII is said
  (``P(y given x)``, ``sum from t=1 to T of``, ``is about``).

What is a formula, what is code and what is prose is decided in `quizcli.quiz.inline`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from quizcli.named_tuple import NamedTuple
from quizcli.quiz.inline import SpanKind
from quizcli.quiz.markup import formulas, spans
from quizcli.terminal.maths import Form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizcli.quiz.inline import Span

__all__ = ["Form", "complaints", "fits_unicode", "form_of", "render", "render_math", "runs"]


class StyledText(NamedTuple):
    """A stretch of shown text in one style: none, ``code`` or ``emphasis``."""

    text: str
    style: str = ""


def render(text: str, form: Form, *, marks: bool = True) -> str:
    r"""``text`` with its formulas written in ``form`` and ``\$`` as a dollar.

    Where a formula has no Unicode form, its linear form stands in for it. ``marks`` keeps the
    backticks of code and the stars of an emphasis: where no style can tell them, they do.
    """
    return "".join(_shown(span, form, marks=marks) for span in spans(text))


def runs(spans: Iterable[Span], form: Form, *, marks: bool) -> list[StyledText]:
    """The same with the style of each stretch."""
    found: list[StyledText] = []
    for span in spans:
        style = "code" if span.kind is SpanKind.CODE else "emphasis" if span.emphasis else ""
        text = _shown(span, form, marks=marks)
        if found and found[-1].style == style:
            found[-1] = StyledText(found[-1].text + text, style)
        elif text:
            found.append(StyledText(text, style))
    return found


def _shown(span: Span, form: Form, *, marks: bool) -> str:
    if span.kind is SpanKind.MATH:
        written = _set(span.text, form)
        return span.source if written is None else written
    if span.kind is SpanKind.TEXT:
        return span.text
    return span.source if marks else span.text


def render_math(source: str, form: Form) -> str:
    """One formula, given without its dollar signs; ``source`` itself where it is malformed."""
    written = _set(source, form)
    return source if written is None else written


def fits_unicode(texts: Iterable[str]) -> bool:
    """Whether every formula in all these texts can be written in Unicode form.

    A malformed one fits, since every form shows it as it was written.
    """
    return all(_fits(formula) for text in texts for formula in formulas(text))


def form_of(texts: Iterable[str]) -> Form:
    """Unicode where all the texts that stand on one screen have it, else linear: one symbol has
    one look."""
    return Form.UNICODE if fits_unicode(texts) else Form.LINEAR


@cache
def _commands() -> tuple[frozenset[str], list[str]]:
    """The commands that are known, and those of them that are words."""
    from quizcli.terminal.maths.commands import COMMANDS
    from quizcli.terminal.maths.symbols import BARS, CLOSING, OPENING

    commands = frozenset((*COMMANDS, *(name[1:] for name in (*OPENING, *CLOSING, *BARS))))
    return commands, sorted(name for name in commands if name.isalpha())


def complaints(source: str) -> list[tuple[str, str]]:
    """What a formula's author should know, each with what to do: it is malformed, or a command
    of it is unknown, and shown as it was written."""
    from difflib import get_close_matches as near

    from quizcli.terminal.maths.symbols import ENVIRONMENTS

    commands, words = _commands()
    unknown = [
        (f"'\\{name}' is not a known command", "\\", near(name, words, 1))
        for name in dict.fromkeys(re.findall(r"\\([A-Za-z]+)", source))
        if name not in commands
    ]
    unknown += [
        (f"'{name}' is not a known environment", "", near(name, ENVIRONMENTS, 1))
        for name in dict.fromkeys(re.findall(r"\\begin\{([^}]*)\}", source))
        if name not in ENVIRONMENTS
    ]
    found = [
        (what, f"did you mean '{sign}{close[0]}'?" if close else "it is shown as it was written")
        for what, sign, close in unknown
    ]
    if not found and _set(source, Form.LINEAR) is None:
        fix = "fix its braces and arguments, or write dollars as \\$"
        found.append((f"the formula '{source[:40]}' is malformed", fix))
    return found


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
