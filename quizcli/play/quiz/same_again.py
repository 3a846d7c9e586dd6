"""The options with which a quiz is asked just as it was."""

from __future__ import annotations

from contextlib import suppress
from itertools import product
from shlex import quote
from typing import TYPE_CHECKING

from quizcli.quiz.blueprint import TooFewError
from quizcli.quiz.session import Session
from quizcli.quiz.steps import SessionError

if TYPE_CHECKING:
    from quizcli.play.quiz.options import QuizOptions
    from quizcli.quiz.model import Section
    from quizcli.quiz.steps import Policy


def same_again(session: Session, options: QuizOptions) -> str | None:
    """What to type behind ``quizcli take BANK`` for the same questions in the same order: the
    options in which the session was not as usual. None where some of its questions were chosen
    in another way, or its bank was edited since. Each way is tried before it is said."""
    bank, policy, usual = session.bank, session.policy, options.usual
    if policy.shuffle is None is not usual.policy.shuffle:
        return None  # no option says "as the bank does"
    drawn = dict.fromkeys((bank.draw, options.draw or (), ()))
    for vary, sections in product((usual.vary, not usual.vary), drawn):
        with suppress(SessionError, TooFewError):
            again = Session(bank, session.seed, policy, vary=vary, sections=sections)
            if (again.plan, again.draws) == (session.plan, session.draws):
                words = [*_policy(policy, usual.policy)]
                words += [] if vary == usual.vary else ["--vary" if vary else "--no-vary"]
                words += [] if sections == bank.draw else _draw(sections)
                return " ".join([*words, f"--seed {session.seed}"])
    return None


def varied(session: Session) -> bool:
    """Whether variables were drawn in a session that have values of their own too."""
    usual = Session(session.bank, session.seed, session.policy, plan=session.plan)
    return session.draws != usual.draws


def _policy(policy: Policy, usual: Policy) -> list[str]:
    words = ["--exam"] if policy.exam else []
    if policy.limit:
        words.append(f"--time {policy.limit / 60:g}")
    if policy.shuffle != usual.shuffle and policy.shuffle is not None:
        words.append("--shuffle" if policy.shuffle else "--no-shuffle")
    if policy.credit != usual.credit and policy.credit is not None:
        words.append(f"--credit {policy.credit}")
    return words


def _draw(sections: tuple[Section, ...]) -> list[str]:
    if not sections:
        return ["--draw all"]
    return [f"--draw {quote(f'{section.tag}={section.size}')}" for section in sections]
