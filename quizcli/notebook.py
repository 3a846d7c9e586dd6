"""Banks, sessions and evidence in a notebook: importing this file lets them show as HTML.

    import quizcli.notebook
    quizcli.load_bank("questions/rnn.yaml")

Each is shown as a page of its own within the cell, whose style and the notebook's do not meet, and
which runs and fetches nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.bank.results import bank_result
from quizcli.demos.evidence import Evidence
from quizcli.pages.elements import element
from quizcli.pages.page import PageSection, page
from quizcli.pages.questions import AnsweredQuestion
from quizcli.proof.results import of_figure
from quizcli.quiz.model import Bank
from quizcli.quiz.session import Session
from quizcli.report.result import Columns, Markup, Paragraph
from quizcli.terminal import plain_grade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from quizcli.report.pictures import Picture
    from quizcli.report.result import Block

_HEIGHT = 480  # pixels of a cell; what is longer is scrolled


def bank_html(bank: Bank) -> str:
    """A bank as ``quizcli bank show`` prints it, the key included."""
    return page(bank.title, [PageSection("", bank_result(bank).body)])


def session_html(session: Session) -> str:
    """How far a session has come: what was answered with its mark and its reasons, and what was
    not as it is asked, without its key."""
    score = session.score()
    said = f"{len(session.answers)} of {len(session.items)} answered"
    earned = plain_grade.points(score.points, score.maximum)
    sections = [PageSection("", (Paragraph(f"{said} · {earned} · seed {session.seed}"),))]
    for item in session.items:
        response, grade = session.outcome(item)
        is_open = item.question.id not in session.answers and not session.finished
        if is_open:
            bare = tuple(o._replace(correct=False, feedback="", missed="") for o in item.options)
            item = item._replace(  # noqa: PLW2901 - the same one, as it is handed out
                question=item.question._replace(keyless=True, explanation=""), options=bare
            )
        asked = AnsweredQuestion(
            item, response, None if is_open else grade, session.spent_hints(item),
            reasons=not is_open, language=session.bank.language,
        )  # fmt: skip
        note = "open" if is_open else plain_grade.earned(grade)
        title = item.question.title or item.question.id
        sections.append(PageSection(title, (), asked, note))
    return page(session.bank.title, sections)


def evidence_html(evidence: Evidence) -> str:
    """What an experiment measured of each claim, its pictures and its rule."""
    title = f"{evidence.experiment}, seed {evidence.seed}"
    return page(title, [PageSection("", tuple(_evidence(evidence)))])


def _evidence(evidence: Evidence) -> Iterator[Block | Picture]:
    rows = tuple(
        (
            ", ".join(f"{name} {value}" for name, value in finding.claim.items()),
            f"{of_figure(finding.figure)}, {finding.figure.what}",
            f"{finding.verdict.sign} {finding.verdict}",
        )
        for finding in evidence.findings
    )
    yield Columns(("Claim", "Measured", "Verdict"), rows)
    for finding in evidence.findings:
        yield Markup(finding.reason, f"{finding.verdict}:")
    yield from evidence.pictures
    yield Markup(evidence.rule, "Rule:")
    if evidence.assumption:
        yield Markup(evidence.assumption, "Assumed:")


def _in_a_cell(make: Callable[[Any], str]) -> Callable[[Any], str]:
    def shown(self: Any) -> str:
        """The page in a frame of its own."""
        size = {"width": "100%", "height": str(_HEIGHT)}
        return element("iframe", srcdoc=make(self), sandbox=True, title="quizcli", **size)

    return shown


for _kind, _make in ((Bank, bank_html), (Session, session_html), (Evidence, evidence_html)):
    _kind._repr_html_ = _in_a_cell(_make)  # type: ignore[union-attr]
