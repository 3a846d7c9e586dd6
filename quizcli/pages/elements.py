"""Elements of HTML and SVG. The rule: a text is no :class:`Html`, and whatever is none is escaped
where it enters an element, so that no text of a bank, a name or a file can become an element."""

from __future__ import annotations

from html import escape

from quizcli.terminal.safe import neutral

# What has no end tag in HTML.
_EMPTY = {"meta", "br", "hr", "input"}


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def escaped(text: str) -> Html:
    """A text as HTML that shows it: no tag, no end of an attribute, and nothing invisible, which
    might hide words or turn them round."""
    return text if isinstance(text, Html) else Html(escape(neutral(text)))


def element(tag: str, *children: str, **attributes: str | float | bool) -> Html:
    """An element. ``class_`` is the attribute ``class``, ``stroke_width`` is ``stroke-width``;
    a true attribute stands alone, and a false one does not stand."""
    words = "".join(
        _attribute(name.rstrip("_").replace("_", "-"), value)
        for name, value in attributes.items()
        if value is not False
    )
    if tag in _EMPTY:
        return Html(f"<{tag}{words}>")
    return Html(f"<{tag}{words}>{joined(*children)}</{tag}>")


def _attribute(name: str, value: str | float) -> str:
    if value is True:
        return f" {name}"
    return f' {name}="{escape(neutral(value if isinstance(value, str) else f"{value:.6g}"))}"'


def joined(*children: str) -> Html:
    """Several pieces behind each other."""
    return Html("".join(map(escaped, children)))
