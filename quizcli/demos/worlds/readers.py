"""Networks that read a task's items, and what their readouts get right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizcli.demos.cells import RNN, Adam, sigmoid
from quizcli.demos.worlds.readout import ridge, with_constant
from quizcli.demos.worlds.tasks import TASKS, VOCABULARY, Items, TaskWorld, sentiment
from quizcli.numeric import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quizcli.demos.cells import RNNTrace
    from quizcli.demos.cells.shared import Array


TRAINED, TESTED = 300, 200  # items


UNITS, RIDGE = 60, 1e-2


BATCH, READER_UNITS = 64, 16  # of the network that learns to read opinions


@dataclass(frozen=True, slots=True)
class TaskScores:
    """One task: ``inputs`` and ``labels`` per item, and what was measured on the test items.

    ``right``: share of items for which one answer for all that is wanted is right; ``singly``: the
    same if the labels are given one at a time; ``gradient``: largest entry of dL/dU; ``gain``:
    ``right``, less the same from the last input.
    """

    inputs: int
    labels: int
    right: float
    singly: float
    gradient: float
    gain: float


def measure(rng: np.random.Generator, name: str, world: TaskWorld, training: int) -> TaskScores:
    draw = TASKS[name].draw
    rnn = _reader(rng, world, training) if draw is sentiment else None
    items = draw(rng, world, TRAINED + TESTED)
    return judge_network(rnn or random_network(rng, items), items)


def random_network(rng: np.random.Generator, items: Items) -> RNN:
    one_hot = items.D**0.5 if items.X.ndim == 2 else 1.0  # each word is a single row of W
    return RNN.random(rng, items.D, UNITS, gain=0.9, input_gain=0.5 * one_hot, bias=0.2)


def _reader(rng: np.random.Generator, world: TaskWorld, training: int) -> RNN:
    """A network trained to tell bad texts from good ones, by the log loss of its last output.

    It starts from a recurrent matrix near the identity, which keeps what was read from the
    beginning (Le, Jaitly and Hinton 2015), and therefore learns in few steps.
    """
    H = READER_UNITS
    drawn = RNN.random(rng, VOCABULARY, H, input_gain=VOCABULARY**0.5, gain=0.1)
    rnn = RNN(drawn.W, drawn.U + 0.9 * np.eye(H), drawn.b)
    V = rng.standard_normal((H, 1)) / H**0.5
    adam = Adam(rnn.parameters() | {"V": V}, rate=0.03)
    items = sentiment(rng, world, training * BATCH)
    for start in range(0, training * BATCH, BATCH):
        batch = slice(start, start + BATCH)
        trace = rnn.forward(items.X[:, batch])
        dz = (sigmoid(trace.last @ V) - items.Y[batch]) / BATCH
        gradients = rnn.backward(trace, dlast=dz @ V.T)
        adam.step(gradients.parameters() | {"V": trace.last.T @ dz})
    return rnn


def judge_network(rnn: RNN, items: Items) -> TaskScores:
    """Fit a readout of the last state to all that is wanted, and measure on the other items."""
    X, labels = items.X, items.Y.shape[1]
    met = {tuple(y): place for place, y in enumerate(np.unique(items.Y[:TRAINED], axis=0))}
    # What was not met in training is no possible answer, and nothing that is said is right.
    whole = np.array([met.get(tuple(y), len(met)) for y in items.Y])
    one_hot = np.eye(len(met) + 1)[whole, :-1]
    trace, output, readout = _read_out(rnn, X, one_hot)
    _, from_last, _ = _read_out(rnn, X[-1:], one_hot)
    wanted = one_hot[TRAINED:]
    # L is half the mean squared error of the outputs.
    dU = rnn.backward(trace, dlast=(output - wanted) @ readout[:-1].T / TESTED).dU
    right = _share_right(output, whole[TRAINED:])
    return TaskScores(
        inputs=len(X),
        labels=labels,
        right=right,
        singly=_singly(rnn, items) if 1 < labels <= len(X) else right,
        gradient=float(abs(dU).max()),
        gain=right - _share_right(from_last, whole[TRAINED:]),
    )


def _singly(rnn: RNN, items: Items) -> float:
    """The share of items whose labels are all right, each from the state in which its inputs have
    been read; one readout serves all labels."""
    every = len(items.X) // items.Y.shape[1]  # so many inputs go before the first label
    F = with_constant(rnn.forward(items.X).states[every - 1 :: every][: items.Y.shape[1]])
    known, fresh = F[:, :TRAINED].reshape(-1, F.shape[2]), F[:, TRAINED:]
    readout = ridge(known, np.eye(items.K)[items.Y[:TRAINED].T.reshape(-1)], RIDGE)
    said = (fresh @ readout).argmax(axis=2)
    return float((said == items.Y[TRAINED:].T).all(axis=0).mean())


def _read_out(rnn: RNN, X: NDArray[Any], one_hot: Array) -> tuple[RNNTrace, Array, Array]:
    """Ridge regression of ``one_hot`` (B, K) on the last state and a constant.

    Fitted on the first items; for the others the trace and the outputs (TESTED, K) are returned,
    and the weights (H+1, K).
    """
    readout = ridge(with_constant(rnn.forward(X[:, :TRAINED]).last), one_hot[:TRAINED], RIDGE)
    trace = rnn.forward(X[:, TRAINED:])
    return trace, with_constant(trace.last) @ readout, readout


def _share_right(output: Array, wanted: NDArray[Any]) -> float:
    return float((output.argmax(axis=1) == wanted).mean())
