"""Hand-ins as students make them: a handout is taken under a seed, and its score is the JSON."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizcli.bank.handout import handout
from quizcli.bank.read import read_bank
from quizcli.bank.shelf import load_bank
from quizcli.journal.attempts import Attempt, Entry
from quizcli.quiz.session import Session
from quizcli.quiz.steps import EXAM
from quizcli.scores.formats import BOOKS
from quizcli.scores.hand_in_head import Student
from quizcli.scores.hand_ins import GradedHandIn, HandInReader
from quizcli.scores.sheet import sheet
from quizcli.scores.sheet_data import as_data
from tests.support.samples import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.quiz.model import Bank

FIXTURES = Path(__file__).parent.parent / "fixtures"
# The grade books that are tables.
CSV_BOOKS = tuple(name for name, format in BOOKS.items() if ".csv" in format.endings)
# What earns everything in the sample bank.
ALL_RIGHT = {"gate": ["units"], "tasks": ["sentiment", "voice"], "decay": ["true"],
             "unrolled": ["given"]}  # fmt: skip

# What earns nearly everything in the bank of all kinds.
EVERY_KIND = {
    "width": ["100"], "period": ["20 ms"], "output": ["softmax"],
    "parts": ["update: 65064005", "forget: a54076c9"], "step": ["f2dbdffe", "1e10ce29", "997eaf53"],
}  # fmt: skip


@cache
def the_bank(path: Path = SAMPLE) -> Bank:
    """A bank, loaded once."""
    return load_bank(path)


@cache
def handed_out(path: Path = SAMPLE) -> Bank:
    """The handout of a bank, as a student has it."""
    return read_bank(handout(the_bank(path)).text.encode(), "handout")


def handed_in(
    given: Mapping[str, Sequence[str]],
    student: Student | None = None,
    *,
    path: Path = SAMPLE,
    with_key: bool = False,
    seed: int = 1,
    uid: str = "",
    day: int = 20,
    hour: int = 9,
    vary: bool = False,
    only: Sequence[str] | None = None,
    finish: bool = True,
) -> dict[str, Any]:
    """The object that ``score --format json`` writes of an attempt, of the bank itself
    ``with_key``. It began at ``hour`` of a ``day`` of November, and took a minute a question."""
    asked = (the_bank if with_key else handed_out)(path)
    session = Session(asked, seed, EXAM, vary=vary, only=only)
    for item in session.items:
        words = given.get(item.question.id)
        session.answer(list(words), 30.5) if words else session.skip()
    if finish:
        session.finish()
    who = student or Student("s1", "Ada")
    attempt = Attempt(
        id=1, uid=uid or f"{who.id}-{who.name}-{seed}-{day}-{hour}", bank=asked.id,
        title=asked.title, bank_digest=asked.digest, bank_file="b.yaml", seed=seed, policy=EXAM,
        plan=session.plan, origin="terminal", program="0.1.0",
        started=f"2026-11-{day:02}T{hour:02}:00:00.000Z", name=who.name, student=who.id,
        section=who.section, draws=session.draws,
    )  # fmt: skip
    entries = [
        Entry(step, f"2026-11-{day:02}T{hour:02}:{minute:02}:00.000Z")
        for minute, step in enumerate(session.log, 1)
    ]
    data: dict[str, Any] = json.loads(json.dumps(as_data(sheet(attempt, entries, asked))))
    return data


def graded(data: Mapping[str, Any], *, path: Path = SAMPLE, file: str = "a.json") -> GradedHandIn:
    """A hand-in as its bank grades it."""
    return HandInReader(the_bank(path)).graded(data, file)


def old(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same as format_version 1 wrote it."""
    head = {n: said for n, said in data["attempt"].items() if n not in {"student", "policy"}}
    student = data["attempt"]["student"]
    head |= {"name": student["name"], "student": student["id"], "section": student["section"],
             "exam": True}  # fmt: skip
    rows = [
        {n: said for n, said in row.items()
         if n not in {"given", "shown", "variables", "asked", "digest"}}
        for row in data["answers"]
    ]  # fmt: skip
    return {"format_version": 1, "attempt": head, "answers": rows}
