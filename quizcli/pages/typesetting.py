"""Texts whose formulas are typeset, rather than written in letters."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from quizcli.pages.elements import Html, element, escaped, joined
from quizcli.pages.mathml import mathml
from quizcli.pages.wording import Wording
from quizcli.quiz.inline import SpanKind, inline
from quizcli.terminal.notation import Form, form_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizcli.quiz.inline import Span


class TypesetWording(Wording):
    """The same texts with MathML; where no element may stand, as in a drawing, in letters."""

    __slots__ = ()

    def line(self, text: str) -> Html:
        """A text in one line."""
        if not any(sign in text for sign in "$`*_\\"):
            return escaped(text)
        parts = []
        for is_emphasis, spans in groupby(inline(text), attrgetter("emphasis")):
            shown = joined(*map(_shown, spans))
            parts.append(element("em", shown) if is_emphasis and shown else shown)
        return joined(*parts)


_LONG = 16  # signs of a formula that may have no room in a line of a phone
TYPESET = TypesetWording(Form.UNICODE)


def typeset(texts: Iterable[str]) -> TypesetWording:
    """Typeset; letters are Unicode for all formulas of what stands together, or for none."""
    return TypesetWording(form_of(texts))


def _shown(span: Span) -> Html:
    match span.kind:
        case SpanKind.MATH:
            display = span.source.startswith("$$")
            shown = mathml(span.text.strip(), display=display)
            if shown is None:
                return escaped(span.source)
            is_long = sum(map(shown.count, ("<mi", "<mn", "<mo", "<mt"))) > _LONG
            if not (display or is_long):
                return shown
            # What is wider than a page is scrolled by itself; it can be reached by keyboard.
            return element("span", shown, class_="display" if display else "long", tabindex="0")
        case SpanKind.CODE:
            return element("code", span.text)
        case SpanKind.MARK:
            return Html()
    return escaped(span.text)
