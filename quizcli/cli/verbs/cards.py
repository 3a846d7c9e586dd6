"""``quizcli cards``: the same cards as flashcards, rated by the learner."""

from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.options import (
    AheadOption,
    BanksArgument,
    CardTagOption,
    CramOption,
    LimitOption,
    LinesOption,
    MinutesOption,
    NewOption,
    SeedOption,
)


@verb
def cards(
    context: Context,
    bank: BanksArgument = None,
    limit: LimitOption = None,
    minutes: MinutesOption = None,
    tag: CardTagOption = None,
    new: NewOption = None,
    ahead: AheadOption = False,
    cram: CramOption = False,
    seed: SeedOption = None,
    plain: LinesOption = False,
) -> None:
    from quizcli.cli.reviewing import ask, opened_queue
    from quizcli.review.queue import QueueOptions, mode_of

    options = QueueOptions(mode_of(ahead=ahead, cram=cram), tuple(tag or ()), new, limit)
    queue = opened_queue(context, bank, options, seed)
    ask(context, queue, minutes=minutes, plain=plain, turned=True)
