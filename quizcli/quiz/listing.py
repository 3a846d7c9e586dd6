"""Texts one below the other, or beside each other, in a text: one of several blocks, such as code,
begins on a line of its own, or its first line would be prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.markup import running

if TYPE_CHECKING:
    from collections.abc import Iterable


def listed(items: Iterable[tuple[str, str]]) -> str:
    """A list of signs, such as ``-`` or ``1.``, each with its text."""
    return "\n".join(
        f"{sign} {text}" if running(text) else f"\n{sign}\n\n{text}\n" for sign, text in items
    ).strip("\n")


def paired(left: str, right: str) -> str:
    """Two texts that belong together."""
    if not running(left):
        return f"{left}\n\n{right}"
    return f"{left}: {right}" if running(right) else f"{left}:\n\n{right}"
