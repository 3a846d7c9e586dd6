"""What a learner expected of an experiment, and what was measured then."""

from __future__ import annotations

import json
from math import isfinite, log10
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.journal.connection import ColumnError
from quizcli.journal.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    Value = str | int | float | bool

NOISE = 1e-9  # what is as good as the 0 that was expected


class Prediction(NamedTuple):
    """A number expected of the figure of one claim, and that figure. ``parameters`` are all knobs
    of the run; ``at`` is UTC, ISO 8601."""

    experiment: str
    claim: Mapping[str, Value]
    seed: int
    parameters: Mapping[str, Value]
    predicted: float
    measured: float
    at: str = ""
    uid: str = ""
    id: int = 0

    @property
    def decades(self) -> float | None:
        """log10 of how many times the expected size was measured; None where the sign is another,
        that of 0 included."""
        expected, found = self.predicted, self.measured
        if expected == 0:
            return 0.0 if abs(found) <= NOISE else None
        if found == 0 or (expected < 0) != (found < 0):
            return None
        return log10(abs(found)) - log10(abs(expected))


class PredictionTable(Table):
    """The table ``predictions``."""

    def insert(self, prediction: Prediction) -> None:
        """Write a prediction down; durable on return."""
        row = (
            prediction.uid,
            prediction.experiment,
            _text(prediction.claim),
            prediction.seed,
            _text(prediction.parameters),
            prediction.predicted,
            prediction.measured,
            prediction.at,
        )
        self.journal.in_one(
            lambda: self.journal.connection.execute(
                "INSERT INTO main.predictions (uid, experiment, claim, seed, parameters, "
                "predicted, measured, at) VALUES (?,?,?,?,?,?,?,?)",
                row,
            )
        )

    def all(self) -> list[Prediction]:
        """Every prediction, the oldest first."""
        rows = self._rows(
            "SELECT id, uid, experiment, claim, seed, parameters, predicted, measured, at "
            "FROM predictions ORDER BY at, id"
        )
        return self.journal.records("predictions", rows, _prediction)


def _text(values: Mapping[str, Value]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, separators=(",", ":"))


def _prediction(row: tuple[Any, ...]) -> Prediction:
    id, uid, experiment, claim, seed, parameters, predicted, measured, at = row
    for column, value in (("predicted", predicted), ("measured", measured)):
        if not isfinite(value):
            raise ColumnError(column)
    return Prediction(
        experiment, json.loads(claim), seed, json.loads(parameters), predicted, measured, at, uid,
        id,
    )  # fmt: skip
