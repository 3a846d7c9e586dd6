"""What a hand-in says of itself, checked for its form. The rule: it may be anything at all."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.env import timestamp
from quizcli.quiz.grading import BY_HAND
from quizcli.quiz.shuffle import MAX_SEED
from quizcli.report.words import counted, listed
from quizcli.scores.hand_in_files import BadHandIn
from quizcli.scores.rows import plain_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.quiz.grading import Grade
    from quizcli.quiz.model import Bank

LONGEST_NAME = 200
_LONGEST = 10**9  # seconds
_MARKS = 5  # questions that are named
# As this program writes times; most need not be written anew.
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z\Z")


class Student(NamedTuple):
    """Who took a quiz, as far as they said; ``username`` and ``email`` are of a roster."""

    id: str = ""
    name: str = ""
    section: str = ""
    username: str = ""
    email: str = ""


class HandInHead:
    """The head of a hand-in; what is wrong with it goes into ``faults``."""

    def __init__(self, data: Mapping[str, Any], version: int, faults: list[str]) -> None:
        self.data, self.version, self.faults = data, version, faults
        self.uid = self._text(data, "uid")
        if not self.uid:
            faults.append("has no uid")
        student = data if version == 1 else data.get("student")
        if student is None or not isinstance(student, dict):
            student = {}
        self.student = Student(
            self._text(student, "student" if version == 1 else "id"),
            self._text(student, "name"),
            self._text(student, "section"),
        )
        seed = data.get("seed")
        if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed <= MAX_SEED:
            faults.append(f"has the seed {as_said(seed)}")
            seed = 0
        self.seed = seed
        policy = data.get("policy")
        self.exam = (policy if isinstance(policy, dict) else data).get("exam") is True
        self.started = self.finished = ""
        try:
            self.started = self.time(data.get("started"), "began")
            if data.get("finished") is not None:
                self.finished = self.time(data["finished"], "was finished")
            if not self.is_within(self.started):
                faults.append(f"was finished at {self.finished}, and began at {self.started}")
        except BadHandIn as bad:
            faults.append(str(bad))

    def _text(self, data: Mapping[str, Any], name: str) -> str:
        said = data.get(name)
        if said is None:
            return ""
        if isinstance(said, int) and not isinstance(said, bool) and abs(said) < 10**40:
            said = str(said)
        if not isinstance(said, str) or len(said) > LONGEST_NAME:
            self.faults.append(f"'{name}' is not a text of at most {LONGEST_NAME} characters")
            return ""
        return " ".join(said.split())

    def time(self, said: Any, what: str) -> str:
        """A time in UTC. Raises BadHandIn."""
        try:
            time = datetime.fromisoformat(said)
            return said if _WRITTEN.match(said) else timestamp(time)
        except (ValueError, TypeError, OverflowError):
            raise BadHandIn(f"{what} at {as_said(said)}, which is not a time") from None

    def is_within(self, at: str) -> bool:
        """Whether a time lies within those of the attempt."""
        return self.started <= at and (not self.finished or at <= self.finished)

    def claims(self, bank: Bank, said: Any, rule: str) -> bool:
        """Whether its marks are to be those of today: the same bank and the same rule."""
        same = self.data.get("bank_digest") == bank.digest and not self.data.get("regraded")
        return bool(same and said == rule and rule != BY_HAND)


def parts_of(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[Any], int]:
    """The attempt, the answers and the version of a hand-in. Raises BadHandIn."""
    version, attempt, rows = (data.get(n) for n in ("format_version", "attempt", "answers"))
    if not isinstance(attempt, dict) or not isinstance(rows, list):
        raise BadHandIn(
            "JSON, but not a hand-in — hand in the file that this writes: "
            "quizcli score --format json -o hand-in.json"
        )
    if version not in (1, 2) or isinstance(version, bool):
        raise BadHandIn(f"has format_version {as_said(version)}, but this program reads 1 and 2")
    return attempt, rows, int(version)


def student_in(data: Mapping[str, Any]) -> Student:
    """Whose hand-in it is, as far as one that cannot be graded says so."""
    try:
        attempt, _, version = parts_of(data)
    except BadHandIn:
        return Student()
    return HandInHead(attempt, version, []).student


def words_in(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The texts in a list of a row. Raises BadHandIn."""
    said = row.get(name)
    if not isinstance(said, list) or not all(isinstance(word, str) for word in said):
        raise BadHandIn(f"has '{name}' that is not a list of texts")
    return tuple(said)


def seconds_in(row: Mapping[str, Any]) -> float:
    """How long a question was thought about. Raises BadHandIn."""
    said = row.get("seconds", 0)
    if type(said) in (int, float) and 0 <= said < _LONGEST:  # which nan is not
        return said  # type: ignore[no-any-return]
    raise BadHandIn(f"took {as_said(said)} seconds")


def as_said(said: Any) -> str:
    """What stands in a file, short."""
    text = "nothing" if said is None else f"'{said}'" if isinstance(said, str) else repr(said)
    return text if len(text) <= 60 else f"{text[:56]} …"


def marks_told(
    one: HandInHead, bank: Bank, rows: Sequence[Any], grades: Sequence[Grade]
) -> list[str]:
    """What is remarked of marks beside those of single answers, which are compared with theirs: of
    the points in all, and of any in a hand-in of a handout, which gives none."""
    total = _number(one.data.get("points"))
    if one.data.get("parent_digest") is not None:
        ids = [
            str(r.get("question")) for r in rows if isinstance(r, dict) and _number(r.get("points"))
        ]
        said = [f"{as_said(total)} points in all"] if total else []
        of = listed(ids) if len(ids) <= _MARKS else counted(len(ids), "question")
        said += [f"points for {of}"] if ids else []
        return [f"claims {', and '.join(said)}: a handout gives none"] if said else []
    if len(grades) < len(rows) or not one.data.get("points"):
        return []
    if not all(
        one.claims(bank, r.get("credit"), g.rule) for r, g in zip(rows, grades, strict=True)
    ):
        return []
    earned = plain_number(sum(each.points for each in grades))
    if total == earned:
        return []
    return [f"claims {as_said(total)} points in all, but its answers earn {earned}"]


def _number(said: Any) -> float:
    """A number of points; 0 where none is said."""
    return said if isinstance(said, int | float) else 0


def not_as_due(ids: list[str], asked: tuple[str, ...]) -> list[str]:
    """What was asked beside, or in place of, what the bank asks."""
    missing = [id for id in asked if id not in ids]
    beside = [id for id in ids if id not in asked]
    said = []
    if missing:
        said.append(
            f"was asked {len(ids) - len(beside)} of {counted(len(asked), 'question')}, and the "
            "others count as blank (--as-asked counts only what was asked)"
        )
    if beside:
        said.append(
            f"was also asked {listed(beside[:5])}, which the seed does not draw: not counted"
        )
    return said


def one_question_now(then: str, now: str) -> str:
    """What is told of the answer to a question that was made one with another, which is answered
    too."""
    return f"'{then}' is the same question as '{now}' now, and its answer is not counted"
