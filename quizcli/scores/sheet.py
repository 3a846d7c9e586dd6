"""The score sheet of one attempt: what was answered, and what it earned.

The rule: an attempt keeps the marks it was given. Where today's bank would give others, that is
said; they count from a regrade on, which is an act with a date and a reason, and can be undone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.cards import ids_now, new_ids
from quizcli.quiz.drawing import NO_VALUES
from quizcli.quiz.grading import RECORDED, Grade, Mark, hundredths
from quizcli.quiz.kinds.keeping import gone_then, words_of_gone
from quizcli.quiz.model import CompiledQuestions
from quizcli.quiz.session import Session
from quizcli.quiz.steps import Answer, SessionError, StepKind
from quizcli.report.words import percent
from quizcli.scores.regrading import changes_of, percent_now, regraded, with_marks
from quizcli.scores.rows import Change, Row, plain_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.journal.acts import Act
    from quizcli.journal.attempts import Attempt, Entry, Journal
    from quizcli.quiz.model import Bank, Question, Rational


@dataclass(frozen=True, slots=True)
class Sheet:
    """An attempt as it was written down, and its rows, in the order asked, under the ids of today.
    Times are UTC, ISO 8601. ``changes`` are what today's bank would give instead; ``regraded`` is
    the act by which its marks were taken over, ``graded_with`` the digest of the bank that gave
    them, None where several did, or a regrade; ``parent`` the digest of the bank that a handout was
    made of; ``names`` are ids that its questions had before, each with that of now."""

    attempt: Attempt
    title: str
    finished: str
    points: Rational
    maximum: Rational
    seconds: float
    rows: tuple[Row, ...]
    changes: tuple[Change, ...]
    regraded: Act | None
    graded_with: str | None
    notices: tuple[str, ...]
    parent: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def percent(self) -> Rational:
        """Points in hundredths of the maximum, exact; 0 where nothing could be earned."""
        return hundredths(self.points, self.maximum)


class AttemptReplay(NamedTuple):
    """An attempt gone through again: its sheet; the session as it counts, None where nothing of it
    is left in the bank; and the answers that do not fit its questions any more."""

    sheet: Sheet
    session: Session | None
    unfit: Mapping[str, Answer]


def _as_it_counts(
    attempt: Attempt, entries: Sequence[Entry], bank: Bank | None, regraded: Act | None
) -> tuple[Attempt, list[Entry]]:
    """An attempt with the marks that count, and with its questions under the ids that the bank
    gives them now."""
    names = ids_now(bank, attempt.plan) if bank is not None else {}
    attempt, entries = _named_today(attempt, entries, names)
    return with_marks(attempt, entries, regraded, names)


def _named_today(
    attempt: Attempt, entries: Sequence[Entry], names: Mapping[str, str]
) -> tuple[Attempt, list[Entry]]:
    plan = tuple((names.get(id, id), shown) for id, shown in attempt.plan)
    maxima = tuple((names.get(id, id), points) for id, points in attempt.maxima)
    steps = [
        entry._replace(
            step=entry.step._replace(question=names.get(entry.step.question, entry.step.question))
        )
        for entry in entries
    ]
    draws = {names.get(id, id): values for id, values in attempt.draws.items()}
    return attempt._replace(plan=plan, maxima=maxima, draws=draws), steps


def rebuilt(
    attempt: Attempt, entries: Sequence[Entry], bank: Bank, *, regrade: bool = False
) -> tuple[Session, list[str]]:
    """The session as it was, each question worth what it was when the attempt began, or with
    ``regrade`` graded by the bank as it is; and the questions whose answer is lost.

    Raises SessionError when the bank has none of the attempt's questions left.
    """
    attempt, entries = _named_today(attempt, entries, ids_now(bank, attempt.plan))
    if not regrade:
        bank = _worth_then(bank, dict(attempt.maxima))
    session = Session(bank, attempt.seed, attempt.policy, plan=attempt.plan, draws=attempt.draws)
    return session, session.replay([entry.step for entry in entries], regrade=regrade)


def _worth_then(bank: Bank, maxima: Mapping[str, Rational]) -> Bank:
    """The bank with these points for its questions: whether one is answered, left blank or answered
    after an edit, what can be earned of an attempt is what it was."""

    def valued(question: Question) -> Question:
        points = maxima.get(question.id, question.points)
        if points == question.points:
            return question
        usual = question.usual and question.usual._replace(
            question=question.usual.question._replace(points=points)
        )
        return question._replace(points=points, usual=usual)

    questions = bank.questions
    if isinstance(questions, CompiledQuestions):  # of thousands those that were asked are read
        worth = CompiledQuestions(questions.headings, lambda at: valued(questions[at]))
        return bank._replace(questions=worth)
    return bank._replace(questions=tuple(map(valued, questions)))


def sheet(
    attempt: Attempt, entries: Sequence[Entry], bank: Bank | None, regrade: Act | None = None
) -> Sheet:
    """The sheet of an attempt. Without its ``bank`` the questions have no words, and the marks are
    there all the same. ``notices`` say what changed in the bank since."""
    return _replayed(attempt, entries, bank, regrade).sheet


def _replayed(
    attempt: Attempt, entries: Sequence[Entry], bank: Bank | None, regrade: Act | None
) -> AttemptReplay:
    asked, entries = _as_it_counts(attempt, entries, bank, regrade)
    session = now = None
    lost: Sequence[str] = ()
    if bank is not None:
        try:
            session, lost = rebuilt(asked, entries, bank)
            now, _ = rebuilt(asked, entries, bank, regrade=True)
        except SessionError:
            session = None  # of its questions none is left
    of: dict[str, list[Entry]] = {id: [] for id, _ in asked.plan}
    for entry in entries:
        of.setdefault(entry.step.question, []).append(entry)
    maxima = dict(asked.maxima)
    rows = tuple(
        _row(asked, of[id], session, number, id, shown, maxima.get(id, 1))
        for number, (id, shown) in enumerate(asked.plan, 1)
    )
    counting = [row for row in rows if row.counts]
    changes = () if now is None else tuple(changes_of(rows, now))
    finished = [entry.at for entry in entries if entry.step.did is StepKind.FINISH]
    result = Sheet(
        attempt=attempt,
        title=attempt.title if bank is None else bank.title,
        finished=finished[-1] if finished else "",
        points=sum(row.points for row in counting),
        maximum=sum(row.maximum for row in counting),
        seconds=sum(row.seconds for row in rows),
        rows=rows,
        changes=changes,
        regraded=regrade,
        graded_with=None if regrade else _graded_with(attempt, entries),
        notices=(),
        parent=bank.parent if bank is not None else "",
        names=new_ids(bank) if bank is not None else {},
    )
    result = replace(result, notices=tuple(_notices(result, session)))
    answers = [entry.step for entry in entries if isinstance(entry.step, Answer)]
    unfit = {answer.question: answer for answer in answers if answer.question in lost}
    return AttemptReplay(result, session, unfit)


def kept_sheet(journal: Journal, attempt: Attempt, bank: Bank | None) -> Sheet:
    """The sheet of an attempt as a journal holds it. Raises JournalError."""
    return kept_replay(journal, attempt, bank).sheet


def kept_replay(journal: Journal, attempt: Attempt, bank: Bank | None) -> AttemptReplay:
    """The same with what can be walked through."""
    return _replayed(attempt, journal.entries(attempt.id), bank, regraded(journal, attempt))


def _graded_with(attempt: Attempt, entries: Sequence[Entry]) -> str | None:
    """The digest of the bank by which all answers that count were graded."""
    now, of = attempt.bank_digest, dict[str, str]()
    for step in (entry.step for entry in entries):
        if step.did is StepKind.RESUME:
            now = step.question
        elif isinstance(step, Answer):
            of[step.question] = now
    digests = set(of.values()) or {attempt.bank_digest}
    return digests.pop() if len(digests) == 1 else None


def _row(
    attempt: Attempt,
    entries: Sequence[Entry],
    session: Session | None,
    number: int,
    id: str,
    planned: tuple[str, ...],
    worth: Rational,
) -> Row:
    """The row of one question, whose steps alone are the ``entries``; that was ``planned`` to be
    shown so, and was ``worth`` so much."""
    given = [(entry.step, entry.at) for entry in entries if isinstance(entry.step, Answer)]
    answer = given[-1][0] if given else None
    steps = [entry.step.did for entry in entries]
    item = session.item(id) if session is not None else None
    question = item.question if item is not None else None
    kept = answer.response.given if answer else ()
    words = item.kind.today(item.question, answer.shown, kept) if item and answer else kept
    gone = words_of_gone(kept, answer.shown) if answer else ()
    key = item.key if item else ()
    if answer is not None:
        grade = answer.grade
    elif steps[-1:] == [StepKind.GONE]:
        grade = Grade(Mark.BLANK, 0, 0, worth, RECORDED)
    elif session is not None and item is not None:
        grade = session.outcome(item)[1]
    else:
        grade = Grade(Mark.BLANK, 0, 0, worth, "")
    return Row(
        number=number,
        question=id,
        title=(question.title if question else "") or id,
        kind=question.kind if question else "",
        response=item.kind.describe(item.question, words) if item else gone,
        response_words=item.kind.in_words(item.question, words) if item else gone,
        correct_today=item.kind.describe(item.question, key) if item else (),
        correct_today_words=item.kind.in_words(item.question, key) if item else (),
        grade=grade,
        seconds=plain_number(sum(step.seconds for step, _ in given)),
        hints=steps.count(StepKind.HINT),
        guess=bool(answer and answer.response.guess),
        flagged=steps.count(StepKind.FLAG) % 2 == 1,
        edited=bool(answer and question and answer.digest != question.digest),
        at=given[-1][1] if given else "",
        given=item.kind.then(kept) if item else gone_then(kept, answer.shown if answer else ()),
        shown=answer.shown if answer else planned,
        variables=attempt.draws.get(id, NO_VALUES),
        asked=answer.asked if answer else "",
        digest=answer.digest if answer else "",
    )


def _notices(sheet: Sheet, session: Session | None) -> list[str]:
    notices = []
    ids = {item.question.id for item in session.items} if session is not None else set()
    gone = [row.question for row in sheet.rows if row.question not in ids]
    if session is None:
        notices.append(
            f"the bank '{sheet.attempt.bank}' was not found, or has none of these questions now: "
            "its texts are missing, and the marks are the original ones"
        )
    elif gone:
        counts = {row.question for row in sheet.rows if row.counts or row.given}
        if then := [id for id in gone if id in counts]:
            notices.append(f"no longer in the bank, with their original marks: {', '.join(then)}")
        if never := [id for id in gone if id not in counts]:
            notices.append(
                f"removed from the bank before you answered, so not counted: {', '.join(never)}"
            )
    if sheet.changes:
        would = percent(float(percent_now(sheet.rows, sheet.changes)))
        edited = ", ".join(change.question for change in sheet.changes)
        notices.append(
            f"the bank has been edited since, and would give {would}% today ({edited}) — to use "
            f"that: quizcli score {sheet.attempt.id} --regrade"
        )
    elif same := [row.question for row in sheet.rows if row.edited]:
        notices.append(f"edited in the bank since, with the same marks: {', '.join(same)}")
    return notices


def without_unanswered_keys(sheet: Sheet) -> Sheet:
    """The same without what gives away a question that is still asked: its key, and its title,
    which may be that."""
    rows = (
        row
        if row.at
        else replace(row, title=row.question, correct_today=(), correct_today_words=())
        for row in sheet.rows
    )
    return replace(sheet, rows=tuple(rows))


def without_key(sheet: Sheet) -> Sheet:
    """The same without the right answers: for a hand-in that others may see."""
    rows = (replace(row, correct_today=(), correct_today_words=()) for row in sheet.rows)
    return replace(sheet, rows=tuple(rows))
