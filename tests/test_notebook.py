"""In a notebook a bank, a session and evidence show as pages, each in a frame of its own."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import quizcli.notebook  # noqa: F401 - what it is for is done as it is imported
from quizcli.bank.shelf import load_bank
from quizcli.proof.subject import of_question
from quizcli.quiz.session import Session
from tests.pages.test_quiz_page import EVERY
from tests.support.parsed import ParsedPage, parsed
from tests.support.samples import sample_bank


def framed(shown: Any) -> ParsedPage:
    """The page within the frame that is shown."""

    class Frame(HTMLParser):
        page = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            assert tag == "iframe"
            assert given["sandbox"] is None  # which forbids all that a frame may do
            self.page += given["srcdoc"] or ""

    frame = Frame()
    frame.feed(shown._repr_html_())
    found = parsed(frame.page)
    assert found.faults == []
    assert "script" not in found.tags
    return found


def test_a_bank_shows_its_questions() -> None:
    words = framed(load_bank(EVERY)).words
    assert "Every kind, in one file" in words
    assert "How long is a period of 50 Hz?" in words


def test_a_session_shows_what_was_answered_and_no_key_of_what_was_not() -> None:
    session = Session(load_bank(EVERY), 7)
    words = framed(session).words
    assert "0 of 9 answered" in words
    for told in ("✓", "Yes.", "frequency", "right", "It was this one", "Why:", "enters."):
        assert told not in words
    while session.current and session.current.question.id != "one":
        session.skip()
    session.answer("inner")
    words = framed(session).words
    assert "1 of 9 answered" in words
    assert "That is a number." in words
    assert "wrong, 0 of 1 point" in words


def test_evidence_shows_what_was_measured() -> None:
    bank = load_bank(EVERY.parents[2] / "questions" / "rnn.yaml")
    question = next(question for question in bank.questions if question.demo)
    evidence = of_question(question).measure(7)
    found = framed(evidence)
    assert "Rule:" in found.words
    assert "svg" in found.tags or "table" in found.tags


def test_a_bank_without_a_notebook_is_what_it_was() -> None:
    assert sample_bank() == load_bank(EVERY.with_name("sample.yaml"))
