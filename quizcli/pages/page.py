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
    footer = [element("footer", *below)] if below else []
    return document(title, element("h1", plain.plain(title)), *opening, *contents, *rest, *footer)


def document(title: str, *parts: Html, style: str = STYLE) -> str:
    """A whole file of these parts, that says of itself what a browser may do with it."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", wording([title]).plain(title)),
        element("style", Html(style)),
    )
    body = element("main", *parts)
    return f"<!doctype html>\n{element('html', head, element('body', body), lang='en')}\n"


def _policy(style: str) -> str:
    """Nothing is fetched, run or sent; the one style that counts is the page's own."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _section(id: str, section: PageSection, drawings: Iterator[str], *, bare: bool) -> Html:
    asked = section.question
    words = wording([section.title, *(asked.texts if asked else ()), *texts(section.body)])
    head = [element("h2", words.plain(section.title))] if section.title else []
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
