"""A quiz in one file: all its questions, and a script that asks them.

The rule: orders and numbers are drawn here, for each seed that the page holds, so that the script
draws nothing and a mark is that of the terminal. Of a bank without its keys there is no key to be
found in the page. The same bank and seeds give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.pages.asking import asked, turned
from quizcli.pages.blocks import blocks
from quizcli.pages.elements import Html, element
from quizcli.pages.page import document
from quizcli.pages.script_keys import UNIT_TABLES, script_key
from quizcli.pages.style import STYLE
from quizcli.pages.typesetting import TYPESET
from quizcli.report.json_text import shown_json
from quizcli.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.quiz.cards import Card
    from quizcli.quiz.model import Bank
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Item
    from quizcli.report.pictures import Picture
    from quizcli.report.result import Block

# What was measured of a question under a seed, or nothing.
Measured = Callable[["Item", int], "Sequence[Block | Picture]"]
_PRACTICE = (
    "For practice: the answers are in this file, and anyone who looks will find them. "
    "Nothing is sent anywhere."
)
_KEYLESS = (
    "The answers are not in this file. At the end you get a file to hand in; nothing is sent "
    "automatically."
)


class QuizContent(NamedTuple):
    """What a page holds: a bank, a session under each seed, and cards, which follow the questions
    in all of them."""

    bank: Bank
    sessions: Sequence[Session]
    seeds: Sequence[int]
    cards: Sequence[Card]


def quiz_page(content: QuizContent, measured: Measured = lambda _item, _seed: ()) -> str:
    """The whole file."""
    page = _QuizPage(content, measured)
    bank = content.bank
    data = page.data()
    # What was done is kept under this: an edited quiz is another one.
    said = _json(data) + "".join(page.sections)
    data["id"] = blake2b(said.encode(), digest_size=8).hexdigest()
    stored = element("script", Html(_json(data)), type="application/json", id="data")
    body = element("main", element("h1", TYPESET.plain(bank.title)), *_opening(content),
                   *_frame(page.sections), element("footer", *_foot(content)))  # fmt: skip
    script = _own("reading.js") + _own("grading.js") + _own("quiz.js")
    return document(
        TYPESET.plain(bank.title), STYLE + _own("quiz.css"), body, stored, script=script
    )


@cache
def _own(name: str) -> str:
    """A file that stands beside this one."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _json(data: Any) -> str:
    """JSON that ends no element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return shown_json(text).replace("<", "\\u003c")


class _QuizPage:
    """Gathers the sections of a page: one for each question, and for each draw of one."""

    def __init__(self, content: QuizContent, measured: Measured) -> None:
        self.sections: list[Html] = []
        self._content = content
        self._measured = measured
        self._names: dict[Any, str] = {}
        self._questions: dict[str, dict[str, Any]] = {}
        self._drawings = (f"drawing-{number}" for number in range(1, 10**9))

    def data(self) -> dict[str, Any]:
        """What the script knows."""
        bank, sessions = self._content.bank, self._content.sessions
        plans = [
            [(self._item(item, session, seed), item.shown) for item in session.items]
            for seed, session in zip(self._content.seeds, sessions, strict=False)
        ] or [[] for _ in self._content.seeds]  # of a bank of cards alone there is no session
        cards = [(self._card(card), ()) for card in self._content.cards]
        variants = [
            {"seed": str(seed), "plan": [*plan, *cards]}
            for seed, plan in zip(self._content.seeds, plans, strict=True)
        ]
        found: dict[str, Any] = {"bank": bank.id, "title": bank.title, "keyless": bank.keyless}
        if any(each["kind"] == "number" for each in self._questions.values()):
            found["units"] = UNIT_TABLES
        if bank.keyless:
            found |= {"digest": bank.digest, "parent": bank.parent, "program": __version__}
        return {**found, "questions": self._questions, "variants": variants}

    def _item(self, item: Item, session: Session, seed: int) -> str:
        """The name of the section of an item; of one under the same numbers once."""
        bank, question = self._content.bank, item.question
        evidence = self._evidence(item, seed)
        key = (question.id, tuple(item.variables.values()), evidence and seed)
        if key in self._names:
            return self._names[key]
        name = self._names[key] = f"q{len(self._names) + 1}"
        self.sections.append(asked(name, item, evidence, bank.language))
        known = script_key(item, session.rule(question))
        if bank.keyless:
            known |= {"id": question.id, "type": question.kind, "asked": question.asked,
                      "variables": dict(item.variables)}  # fmt: skip
        elif question.hints:
            known["hints"] = len(question.hints)
        if item.kind.several:
            known["several"] = True
        self._questions[name] = known
        return name

    def _evidence(self, item: Item, seed: int) -> Html:
        body = self._measured(item, seed)
        if not body:
            return Html()
        summary = element("summary", f"Measured under seed {seed}")
        return element("details", summary, *blocks(body, TYPESET, self._drawings, 3))

    def _card(self, card: Card) -> str:
        name = f"c{len(self._questions) + 1}"
        self.sections.append(turned(name, card, self._content.bank.language))
        self._questions[name] = {"kind": "card", "hints": len(card.question.hints)}
        return name


def _opening(content: QuizContent) -> Iterator[Html]:
    if content.bank.description:
        yield TYPESET.blocks(content.bank.description)
    yield element("p", _KEYLESS if content.bank.keyless else _PRACTICE, class_="quiet")
    if len(content.seeds) > 1:
        choices = [
            element("option", f"{number} (seed {seed})", value=str(number - 1))
            for number, seed in enumerate(content.seeds, 1)
        ]
        yield element("p", element("label", "Variant ", element("select", *choices, id="variant")))
    yield element("noscript", element("p", "This quiz needs JavaScript, which is switched off."))


def _frame(sections: Sequence[Html]) -> Iterator[Html]:
    """What stands around the question that is being asked."""
    buttons = [
        element("button", "Check", type="submit", id="go"),
        element("button", "Skip", type="button", id="skip"),
        element("button", "Hint", type="button", id="hint", hidden=True),
        element("button", "Back", type="button", id="back", hidden=True),
    ]
    guess = element("input", type="checkbox", id="guess")
    yield element(
        "form",
        element("h2", id="place", tabindex="-1"),
        *sections,
        element("p", element("label", guess, " I am guessing"), id="guessing"),
        element("p", id="fault", role="alert", class_="bad"),
        element("p", id="verdict", role="status"),
        element("div", *buttons, class_="buttons"),
        id="quiz", hidden=True, novalidate=True,
    )  # fmt: skip
    yield element("div", id="result", hidden=True)
    yield element("details", element("summary", "All questions"), element("ol", id="list"),
                  id="all", hidden=True)  # fmt: skip


def _foot(content: QuizContent) -> Iterator[Html]:
    yield element("p", f"quizcli {__version__} · bank {content.bank.id}")
    yield element("p", id="kept")
