"""One page in one file: it fetches nothing, runs nothing, and keeps its own style.

The rule: the same sections give the same bytes; nothing here knows a clock or a machine.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from quizcli.pages.blocks import blocks
from quizcli.pages.elements import Html, element, joined
from quizcli.pages.style import STYLE
from quizcli.pages.typesetting import typeset
from quizcli.pages.wording import wording
from quizcli.report.result import texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.pages.questions import AnsweredQuestion
    from quizcli.report.pictures import Picture
    from quizcli.report.result import Block


class PageSection(NamedTuple):
    """A part of a page: a question, if it is about one, and what is said below it. ``note`` stands
    beside its title in the table of contents; a section without a title opens the page."""

    title: str
    body: tuple[Block | Picture, ...] = ()
    question: AnsweredQuestion | None = None
    note: str = ""


def page(title: str, sections: Sequence[PageSection], foot: Sequence[Block] = ()) -> str:
    """The whole file; with several titled sections it has a table of contents. ``foot``
    says what made it."""
    ids = [f"part-{number}" for number in range(1, len(sections) + 1)]
    drawings = (f"drawing-{number}" for number in range(1, 10**9))
    named = [(id, each) for id, each in zip(ids, sections, strict=True) if each.title]
    shown = [
        _section(id, each, drawings, bare=len(named) == 0)
        for id, each in zip(ids, sections, strict=True)
    ]
    opening = [part for part, each in zip(shown, sections, strict=True) if not each.title]
    rest = [part for part, each in zip(shown, sections, strict=True) if each.title]
    contents = [_contents(named)] if len(named) > 1 else []
    plain = wording([title, *(each.title for each in sections)])
    below = list(blocks(foot, wording(texts(foot)), drawings, 2))
    body = element(
        "main", element("h1", plain.plain(title)), *opening, *contents, *rest,
        *([element("footer", *below)] if below else []),
    )  # fmt: skip
    return document(plain.plain(title), STYLE, body)


def document(title: str, style: str, *body: Html, script: str = "") -> str:
    """A whole file, which holds its ``style`` and its ``script`` itself."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        element("style", Html(style)),
    )
    below = [element("script", Html(script))] if script else []
    whole = element("html", head, element("body", *body, *below), lang="en")
    return f"<!doctype html>\n{whole}\n"


def _policy(style: str, script: str) -> str:
    """Nothing is fetched or sent; the one style that counts is the page's own, and so is the one
    script, where it has one."""
    run = f"script-src {_digest(script)}; require-trusted-types-for 'script'; " if script else ""
    return (
        f"default-src 'none'; style-src {_digest(style)}; {run}base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _section(id: str, section: PageSection, drawings: Iterator[str], *, bare: bool) -> Html:
    asked = section.question
    words = typeset([section.title, *(asked.texts if asked else ()), *texts(section.body)])
    head = [element("h2", words.line(section.title))] if section.title else []
    parts = [*head, *([asked.html(words)] if asked else [])]
    parts += blocks(section.body, words, drawings, 3 if head or not bare else 2)
    # A section has a heading, and what opens the page has that of the page.
    return joined("\n", element("section" if head else "div", *parts, id=id))


def _contents(sections: Sequence[tuple[str, PageSection]]) -> Html:
    rows = []
    for id, section in sections:
        words = wording([section.title])
        link = element("a", words.plain(section.title), href=f"#{id}")
        note = [" ", element("span", section.note, class_="quiet")] if section.note else []
        rows.append(element("li", link, *note))
    return element("nav", element("h2", "Contents"), element("ol", *rows), class_="contents")
