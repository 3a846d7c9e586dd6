"""``quizcli cards``: the same cards as flashcards, rated by the learner."""

from quizcli.cli.guard import env, guarded
from quizcli.cli.options import (
    AheadOption,
    BanksOption,
    CramOption,
    LimitOption,
    MinutesOption,
    NewOption,
    PlainOption,
    SeedOption,
    TagOption,
)


@guarded
def cards(
    bank: BanksOption = None,
    limit: LimitOption = None,
    minutes: MinutesOption = None,
    tag: TagOption = None,
    new: NewOption = None,
    ahead: AheadOption = False,
    cram: CramOption = False,
    seed: SeedOption = None,
    plain: PlainOption = False,
) -> None:  # fmt: skip
    """Turn flashcards: think of the answer, turn the card, rate what you knew."""
    from quizcli.cli.context import journal as open_journal
    from quizcli.cli.memory import ledger_of, mode_of, shelf_banks
    from quizcli.cli.verbs.review import ask
    from quizcli.review.queue import QueueOptions

    wanted = QueueOptions(mode_of(ahead=ahead, cram=cram), tuple(tag or ()), new, limit)
    journal = open_journal()
    try:
        ledger = ledger_of(journal, env().random.seed() if seed is None else seed)
        banks = shelf_banks(ledger, bank or [])
        journal.check_writable()
        ask(ledger, banks, wanted, minutes=minutes, plain=plain, turned=True)
    finally:
        journal.close()
