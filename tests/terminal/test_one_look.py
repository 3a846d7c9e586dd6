r"""One symbol has one look on one screen: all formulas in raised letters, or none."""

from __future__ import annotations

import pytest

from quizcli.quiz.came_to import came_to
from quizcli.quiz.model import Bank, Figure, Option, Question
from quizcli.quiz.session import Session
from quizcli.report.pictures import TextTable
from quizcli.report.result import Columns, Heading, Line, Markup, Paragraph, Result
from quizcli.terminal.preview import Preview, on_screen
from quizcli.terminal.render import body
from quizcli.terminal.style import OutputStyle
from quizcli.terminal.views.flagged import flagged
from quizcli.terminal.views.summary import summary
from tests.support.bank_files import RNN

UPDATE, FORGET, SUM = r"The gate $\Gamma_u$", r"The gate $\Gamma_f$", r"$\sum_t x^{<t>}$"


def bank(*titles: str) -> Bank:
    options = (Option("a", "x", True), Option("b", "y"))
    questions = [
        Question(f"q{n}", "single-choice", "Which?", options, title)
        for n, title in enumerate(titles)
    ]
    return Bank("b", "A bank", tuple(questions))


def of_score(titles: tuple[str, ...]) -> str:
    rows = tuple((str(n), title) for n, title in enumerate(titles))
    return "\n".join(body(Result(body=(Heading("A bank"), Columns(("#", "Question"), rows))),
                          OutputStyle()))  # fmt: skip


def of_the_end(titles: tuple[str, ...]) -> str:
    session = Session(bank(*titles), 1)
    lines = summary(session, came_to(session), OutputStyle())
    return "\n".join(line.plain for line in lines)


def of_the_flagged(titles: tuple[str, ...]) -> str:
    session = Session(bank(*titles), 1)
    for _ in titles:
        session.flag()
        session.skip()
    return "\n".join(line.plain for line in flagged(session, OutputStyle()))


@pytest.mark.parametrize("shown", [of_score, of_the_end, of_the_flagged])
def test_titles_in_a_list_look_alike(shown) -> None:
    r"""``Γᵤ`` where all have that form; beside ``Γ_f``, ``Γ_u``: on the end's screen, in a score,
    in a list of what is flagged, whatever else the questions hold."""
    assert "Γᵤ" in shown((UPDATE,))
    assert "∑ₜ x‹ᵗ›" in shown((UPDATE, SUM))
    both = shown((UPDATE, FORGET, SUM))
    assert "Γ_f" in both
    assert "Γ_u" in both
    assert "∑_t x^<t>" in both


@pytest.mark.parametrize("part", [Paragraph, Markup, Heading])
def test_a_sentence_of_a_page_looks_alike_in_itself_and_with_what_stands_below(part) -> None:
    r"""No ``Γᵤ`` beside ``Γ_f``."""
    table = TextTable("", ("a", "b"), (("1", r"$\Gamma_u$"),), "")
    page = "\n".join(body(Result(body=(part(f"{UPDATE}; {FORGET}"), table)), OutputStyle()))
    assert page.count("Γ_u") == 2
    assert "Γᵤ" not in page


def test_a_line_of_our_own_is_shown_as_it_is() -> None:
    """A path may have dollars, and a fault quotes them."""
    path = "/tmp/$a$/_b_/`c`.yaml:1:2"
    assert body(Result(body=(Line(path),)), OutputStyle()) == [path]


def test_a_figure_and_its_question_look_alike() -> None:
    r"""A figure is drawn in linear form, and so are the texts around it."""
    figure = Figure("ŷ^<1> ŷ^<2>", "two outputs")
    plain = bank("t").questions[0]._replace(prompt=r"What is $\hat{y}^{<t>}$?")
    for figured, wanted in ((None, "ŷ‹ᵗ›"), (figure, "ŷ^<t>")):
        session = Session(Bank("b", "B", (plain._replace(figure=figured),)), 1)
        lines = on_screen(Preview(session, session.items[0]), OutputStyle())
        assert wanted in "\n".join(line.plain for line in lines)


def test_no_question_of_ours_shows_a_symbol_in_two_ways() -> None:
    """A time step is raised in one way in prompt, options, figure and reasons."""
    from quizcli.bank.shelf import load_bank
    from quizcli.quiz.grading import Response

    session = Session(load_bank(RNN), 1)
    for item in session.items:
        answered = Response((item.options[0].id,))
        shown = Preview(session, item, answered, every=True, hints=True)
        text = "\n".join(line.plain for line in on_screen(shown, OutputStyle()))
        linear = "^<" in text or "^(" in text or "_" in text
        assert not (linear and "‹" in text), item.question.id
        assert not any(f"{letter}<" in text for letter in "axyŷc"), item.question.id
