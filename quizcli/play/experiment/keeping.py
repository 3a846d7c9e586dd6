"""A prediction into the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.env import timestamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.env import Environment
    from quizcli.journal.attempts import Journal
    from quizcli.journal.predictions import Prediction


def keeper(env: Environment, journal: Callable[[], Journal]) -> Callable[[Prediction], None]:
    """What writes predictions down. It raises JournalError, as ``journal`` may, which is asked only
    where there is one."""

    def keep(prediction: Prediction) -> None:
        from quizcli.journal.predictions import PredictionTable

        at, uid = timestamp(env.clock.now()), env.random.uid()
        PredictionTable(journal()).insert(prediction._replace(at=at, uid=uid))

    return keep
