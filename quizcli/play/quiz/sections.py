"""Which questions of a bank a quiz is of: tags that exist, and sections as they are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.play.commands import command
from quizcli.quiz.cards import quizzed_headings
from quizcli.quiz.model import Section
from quizcli.report.codes import UserError
from quizcli.report.numbers import whole
from quizcli.report.words import nearest_tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.env import Environment
    from quizcli.quiz.model import Bank


def check_tags(env: Environment, bank: Bank, asked: tuple[str, ...]) -> None:
    headings = quizzed_headings(bank)
    if not headings:
        raise UserError(
            f"{bank.id} contains only flashcards, which a quiz cannot grade — study "
            f"them with: {command(env, bank, 'cards')}"
        )
    tags = sorted({tag for heading in headings for tag in heading.tags}) if asked else []
    for tag in asked:
        if tag not in tags:
            raise UserError(f"no question has the tag '{tag}' — {nearest_tag(tag, tags)}")


def sections_of(said: Sequence[str] | None) -> tuple[Section, ...] | None:
    """The sections of ``TAG=N`` texts; none for "all", None where nothing is said. Raises
    UserError."""
    if not said:
        return None
    if "all" in said:
        if len(said) > 1:
            raise UserError("--draw all cannot be combined — leave out the others")
        return ()
    sections = []
    for text in said:
        tag, _, count = text.rpartition("=")
        number = whole(count, 1, 999)
        if not tag or number is None:
            raise UserError(f"'{text[:60]}' draws nothing — write --draw gates=5")
        sections.append(Section(tag, number))
    return tuple(sections)
