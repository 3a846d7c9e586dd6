"""What a shell offers behind Tab: names that there are, and never an error.

The rule: whatever goes wrong, nothing is offered and nothing is printed; no experiment is run, and
what is slow to import stays out.
"""

from __future__ import annotations

from contextlib import closing, suppress
from io import StringIO
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quizcli.cli.context import Context as Run
    from quizcli.demos.evidence import Experiment
    from quizcli.quiz.model import Bank


def _run() -> Run:
    from quizcli.cli.context import Context
    from quizcli.cli.system import real

    return Context(lambda: real()._replace(stderr=StringIO()))


def _offered(incomplete: str, names: Callable[[Run], Iterable[str]]) -> list[str]:
    """Those of some names that begin so."""
    with suppress(Exception), closing(_run()) as run:
        found = dict.fromkeys(names(run))
        return [name for name in found if name.startswith(incomplete)]
    return []


def banks(incomplete: str) -> list[str]:
    """The ids of banks; the files are the shell's own to offer."""
    return _offered(incomplete, lambda run: (bank.id for bank in run.elsewhere.usable()))


def questions(incomplete: str) -> list[str]:
    """Banks until a slash is typed, then the questions of that one."""
    return _within(incomplete, lambda bank: [question.id for question in bank.questions])


def cards(incomplete: str) -> list[str]:
    """Banks until a slash is typed, then the cards of that one."""

    def named(bank: Bank) -> list[str]:
        from quizcli.quiz.cards import cards_of, in_bank

        return [in_bank(card.address) for card in cards_of(bank)]

    return _within(incomplete, named)


def _within(incomplete: str, names: Callable[[Bank], list[str]]) -> list[str]:
    bank, slash, _ = incomplete.rpartition("/")
    if not slash:
        return [f"{id}/" for id in banks(incomplete)]
    return _offered(incomplete, lambda run: [f"{bank}/{n}" for n in names(run.named_bank(bank))])


def questions_of_bank(ctx: typer.Context, incomplete: str) -> list[str]:
    """The questions of the bank that was named before."""

    def ids(run: Run) -> list[str]:
        return [question.id for question in run.named_bank(_named(ctx, "bank")).questions]

    return _offered(incomplete, ids)


def experiments(incomplete: str) -> list[str]:
    """The names of experiments, and questions that have one."""

    def names(run: Run) -> list[str]:
        from quizcli.demos import registry

        asked = [
            f"{bank.id}/{question.id}"
            for bank in run.elsewhere.usable()
            for question in bank.questions
            if question.demo
        ]
        return [*registry.names(), *asked]

    return _offered(incomplete, names)


def knobs(ctx: typer.Context, incomplete: str) -> list[str]:
    """The knobs of the experiment that was named before."""
    return _of_experiment(ctx, incomplete, lambda named: [f"{k.name}=" for k in named.knobs])


def breaks(ctx: typer.Context, incomplete: str) -> list[str]:
    """The breaks of the experiment that was named before."""
    return _of_experiment(ctx, incomplete, lambda named: [each.name for each in named.breaks])


def _of_experiment(
    ctx: typer.Context, incomplete: str, names: Callable[[Experiment], list[str]]
) -> list[str]:
    def of(run: Run) -> list[str]:
        from quizcli.cli.naming import named, named_subject

        subject, _ = named_subject(named(_named(ctx, "name")), run.named_bank)
        return names(subject.experiment)

    return _offered(incomplete, of)


def _named(ctx: typer.Context, argument: str) -> str:
    """What an argument was given. Behind an option that has no value yet, it is still unread."""
    return str(ctx.params.get(argument) or next(iter(ctx.args), ""))


def tags(incomplete: str) -> list[str]:
    """The tags that questions have."""
    return _offered(incomplete, _tags)


def sections(incomplete: str) -> list[str]:
    """The tags that questions have, each to be followed by how many are drawn."""
    return _offered(incomplete, lambda run: [f"{tag}=" for tag in _tags(run)])


def _tags(run: Run) -> list[str]:
    banks = run.elsewhere.usable()
    return sorted({tag for bank in banks for q in bank.questions for tag in q.tags})


def credit_rules(incomplete: str) -> list[str]:
    """The names of credit rules."""

    def names(_: Run) -> Iterable[str]:
        from quizcli.quiz.credit import RULES

        return RULES

    return _offered(incomplete, names)


def settings(incomplete: str) -> list[str]:
    """The names of settings."""

    def names(_: Run) -> list[str]:
        from quizcli.settings import SETTINGS

        return [one.name for one in SETTINGS]

    return _offered(incomplete, names)


def setting_values(ctx: typer.Context, incomplete: str) -> list[str]:
    """The words that the setting named before may be."""

    def words(_: Run) -> list[str]:
        from quizcli.settings import setting

        one = setting(str(ctx.params.get("name")))
        return [*one.words, *(("true", "false") if one.switch else ())]

    return _offered(incomplete, words)


def formats(incomplete: str) -> list[str]:
    """The names of the formats of other programs."""

    def known(_: Run) -> Iterable[str]:
        from quizcli.cli.bank_formats import MODULES

        return MODULES

    return _offered(incomplete, known)
