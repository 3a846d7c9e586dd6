"""One step of an LSTM, taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcli.demos.cells import LSTM
from quizcli.numeric import np

if TYPE_CHECKING:
    from quizcli.demos.cells.shared import Array


WORDS_READ = 5


@dataclass(frozen=True, slots=True)
class LstmStep:
    """One step of an LSTM, taken apart: ``gate`` is Γ_u and ``candidate`` c̃⟨t⟩, both (H,).

    ``independent`` counts the values of the gate that move one unit of c⟨t⟩ and no other.
    """

    gate: Array
    candidate: Array
    independent: int


def _lstm(rng: np.random.Generator, H: int, V: int, gain: float) -> LSTM:
    """A random LSTM over V words in float32; ``gain`` scales all weights of Γ_u.

    The input weights are random bytes, since millions of them are wanted and nothing random is
    cheaper: 256 levels, with a standard deviation of 1.5.
    """
    W = np.frombuffer(rng.bytes(V * 4 * H), np.int8).reshape(V, 4 * H) * np.float32(1.5 / 73.9)
    U = rng.standard_normal((H, 4 * H), np.float32) / np.float32(H**0.5)
    b = rng.standard_normal(4 * H, np.float32) / 2
    lstm = LSTM(W, U, b)
    for part in lstm.gate("Γ_u"):
        np.multiply(part, np.float32(gain), out=part)
    return lstm


def take_apart(rng: np.random.Generator, H: int, V: int, gain: float) -> LstmStep:
    """Let an LSTM read some words, then nudge each value of Γ_u in the last step."""
    lstm = _lstm(rng, H, V, gain)
    words = rng.integers(V, size=(WORDS_READ, 1))
    before = lstm.forward(words[:-1])
    # Row k is the same step with the argument of value k raised by 1. The rows to compare with
    # are as many, so that both products round alike and an entry that stays, stays exactly.
    last = np.repeat(words[-1:], H, axis=1)
    plain = lstm.forward(last, before.last, before.c[-1])
    nudged = lstm.forward(last, before.last, before.c[-1], nudges={"Γ_u": np.eye(H)[None]})
    moved = nudged.c[-1] != plain.c[-1]
    alone = moved[moved.sum(axis=1) == 1]
    return LstmStep(plain.Γ_u[0, 0], plain.c_tilde[0, 0], int(alone.any(axis=0).sum()))
