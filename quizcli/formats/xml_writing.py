"""Elements of XML as text: each on lines of its own, unless it holds a text alone."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def element(name: str, *parts: str, **attributes: str) -> str:
    """An element around others; ``_`` at the end of an attribute's name is left out, and stands
    for a colon within it."""
    inner = "".join(f"\n{part}" for part in parts if part)
    tag = name + _attributes(attributes)
    return f"<{tag}>{inner}\n</{name}>" if inner else f"<{tag}/>"


def leaf(name: str, text: str, **attributes: str) -> str:
    """An element that holds a text."""
    tag = name + _attributes(attributes)
    # A bare carriage return would come back as the end of a line.
    return f"<{tag}>{escape(text, {chr(13): '&#13;'})}</{name}>" if text else f"<{tag}/>"


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(
        f" {name.rstrip('_').replace('_', ':')}={quoteattr(value)}"
        for name, value in attributes.items()
    )
