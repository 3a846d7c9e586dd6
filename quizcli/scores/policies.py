"""How tries become a mark: policies, points by try, deadlines, and how these are written."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from quizcli.env import timestamp
from quizcli.report.codes import UserError

if TYPE_CHECKING:
    from datetime import tzinfo

    from quizcli.quiz.model import Rational
    from quizcli.scores.hand_ins import GradedHandIn

_POINTS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?\Z")
_LATE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?% ?/ ?(day|hour|d|h)\Z")


class TryPolicy(StrEnum):
    """Which try counts."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"
    MEAN = "mean"


class GradingRules(NamedTuple):
    """How tries become a mark. ``by_try`` are the shares that the first, second, … try at a
    question can earn; it takes the place of the ``policy``. What is finished after ``due`` earns
    ``late`` less, as a share, for each ``unit`` begun."""

    policy: TryPolicy = TryPolicy.BEST
    by_try: tuple[Rational, ...] = ()
    due: datetime | None = None
    late: Rational = 0
    unit: timedelta = timedelta(days=1)

    @property
    def words(self) -> str:
        """The rules as a person says them."""
        said = ["the mean of all tries" if self.policy is TryPolicy.MEAN else f"{self.policy} try"]
        if self.by_try:
            shares = ", ".join(f"{float(100 * share):.4g}%" for share in self.by_try)
            said = [f"the best try at each question, with tries worth {shares}"]
        if self.due is not None:
            said.append(f"due {timestamp(self.due)}")
        if self.late:
            unit = "day" if self.unit.days else "hour"
            said.append(f"{float(100 * self.late):.4g}% off for each {unit} late, or part of one")
        return ", ".join(said)

    def late_by(self, one: GradedHandIn, extra: timedelta) -> int:
        """The days (or hours) begun by which a try came late."""
        if self.due is None:
            return 0
        ends = [answer.at for answer in one.answers if answer.at]
        end = one.finished or max(ends, default=one.started)
        if not end:  # a table does not say when
            return 0
        over = datetime.fromisoformat(end) - self.due - extra
        return max(0, -(-over // self.unit))


def read_rules(policy: str, late: str | None, due: str | None, zone: tzinfo | None) -> GradingRules:
    """The rules that these texts say; a ``due`` time without a zone is of ``zone``, None being that
    of this machine. Raises UserError."""
    if late and not due:
        raise UserError(f"--late {late} needs a due time — add --due 2026-11-30T18:00")
    rules = GradingRules(due=_due(due, zone) if due else None)
    if late:
        found = _LATE.match(late.strip())
        if not found:
            raise UserError(f"'{late[:40]}' is not a penalty — write --late 10%/day, or 1%/hour")
        unit = timedelta(days=1) if found[2].startswith("d") else timedelta(hours=1)
        rules = rules._replace(late=Fraction(found[1]) / 100, unit=unit)
    if policy in set(TryPolicy):
        return rules._replace(policy=TryPolicy(policy))
    parts = [part.strip() for part in policy.split(",")]
    shares = [Fraction(part) for part in parts if _POINTS.match(part)]
    falls = shares and shares[0] > 0 and shares == sorted(shares, reverse=True)
    if len(shares) < len(parts) or not falls:
        known = ", ".join(TryPolicy)
        raise UserError(
            f"'{policy[:40]}' is not a policy — use {known}, or points by try that do not "
            "grow, such as 10,7,5,2"
        )
    return rules._replace(by_try=tuple(share / shares[0] for share in shares))


def _due(text: str, zone: tzinfo | None) -> datetime:
    try:
        due = datetime.fromisoformat(text.strip())
        due = due.replace(tzinfo=zone) if due.tzinfo is None and zone is not None else due
        return due.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise UserError(
            f"'{text[:40]}' is not a time — write --due 2026-11-30T18:00, or with a zone, "
            "2026-11-30T18:00+01:00"
        ) from None
