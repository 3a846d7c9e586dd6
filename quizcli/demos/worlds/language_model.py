"""A recurrent language model in a world that is known completely: how it is trained, and nudged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcli.demos.evidence import (
    Parameters,
)
from quizcli.numeric import np

if TYPE_CHECKING:
    from quizcli.demos.worlds.language import Reals
from typing import TYPE_CHECKING

from quizcli.demos.cells import RNN, Adam
from quizcli.demos.worlds.language import (
    Language,
    occurrences,
    random_language,
    rows,
    softmax,
)

if TYPE_CHECKING:
    from quizcli.demos.evidence import (
        Parameters,
    )
    from quizcli.demos.worlds.language import Reals, Whole


RATE = 0.05  # of Adam at the first update; it falls to 0, which halves the distance reached


BEFORE = ("the word itself", "the word before", "two words before", "three words before")


@dataclass(frozen=True, slots=True, eq=False)
class LanguageWorld:
    """A language, and every row of words from it that a network may be fed.

    ``words`` (L, B) has all rows of L words, and ``X`` (T, B, V) the inputs that they make: L is
    T-1 where x⟨t⟩ = y⟨t-1⟩, and T where x⟨t⟩ = y⟨t⟩. ``met`` (T, B, V) says how often the language
    has row b at step t with y⟨t⟩ = v. All steps are counted from 0 here; ``first`` is the first one
    at which all readings may differ.
    """

    language: Language
    words: Whole
    X: Reals
    met: Reals
    first: int

    def distance(self, output: Reals, reading: Reals, step: str) -> float:
        """Mean of ½ Σᵥ |output - reading| over what the language has, at a step, or from ``first``
        on."""
        at = slice(int(step) - 1, int(step)) if step.isdigit() else slice(self.first, None)
        apart = np.abs(output[at, :, None] - reading[at])
        return float((self.met[at, :, :, None] * apart).sum() / 2 / len(apart))


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A recurrent language model: ŷ⟨t⟩ = softmax(a⟨t⟩ W_ya + b_y)."""

    cell: RNN
    W_ya: Reals
    b_y: Reals

    def output(self, X: Reals) -> Reals:
        """ŷ (T, B, V)."""
        return softmax(self.cell.forward(X).states @ self.W_ya + self.b_y)


def make_world(rng: np.random.Generator, parameters: Parameters) -> LanguageWorld:
    """A random source, and all rows of words that a network may be fed from it."""
    V, T, order = (int(parameters[name]) for name in ("V", "T", "order"))
    language = random_language(rng, V, T, order, float(parameters["concentration"]))
    L = T if parameters["fed"] == "same-word" else T - 1
    words = rows(V, L)
    X = np.zeros((T, V**L, V))
    X[T - L :] = np.eye(V)[words]
    met = occurrences(language.p, words, V)
    return LanguageWorld(language, words, X, met, min(max(order, 1), T - 1))


def train(
    rng: np.random.Generator, world: LanguageWorld, corpus: Whole, units: int, updates: int
) -> Network:
    """The network after ``updates`` steps of Adam.

    The loss is the mean of -log ŷ⟨t⟩[y⟨t⟩] over the whole ``corpus`` (V^T counts): sentences
    that occur more than once are run once, and weighted.
    """
    V = world.language.V
    cell = RNN.random(rng, V, units)
    network = Network(cell, rng.standard_normal((units, V)) / units**0.5, np.zeros(V))
    adam = Adam(cell.parameters() | {"W_ya": network.W_ya, "b_y": network.b_y})
    target = occurrences(corpus / corpus.sum(), world.words, V)
    met = target.sum(axis=2, keepdims=True)
    for update in range(updates):
        adam.rate = RATE * (1 - update / updates)
        trace = cell.forward(world.X)
        output = softmax(trace.states @ network.W_ya + network.b_y)
        dz = met * output - target  # of softmax and cross-entropy together
        gradients = cell.backward(trace, dz @ network.W_ya.T).parameters()
        dW_ya = trace.states.reshape(-1, units).T @ dz.reshape(-1, V)
        adam.step(gradients | {"W_ya": dW_ya, "b_y": dz.sum(axis=(0, 1))})
    return network


def interventions(network: Network, world: LanguageWorld, t: int) -> tuple[float, ...]:
    """How far ŷ⟨t⟩ moves if y⟨t-k⟩ is changed, for k = 0, 1, 2, 3; t is the last step but one, or
    one before.

    Total variation distance, in the mean over what the language has. At these steps y⟨t⟩ is among
    the inputs in any case: where x⟨t⟩ = y⟨t-1⟩, it enters at step t+1.
    """
    T, L = world.language.T, len(world.words)
    before, met = network.output(world.X)[t - 1], world.met[t - 1].sum(axis=1)
    moves = []
    for k in range(min(t, len(BEFORE))):
        X = world.X.copy()
        entry = (t - 1 - k) + (T - L)
        X[entry] = np.roll(X[entry], 1, axis=1)  # each word becomes the next of the vocabulary
        apart = np.abs(network.output(X)[t - 1] - before).sum(axis=1) / 2
        moves.append(float(met @ apart))
    return tuple(moves)


def total(output: Reals, t: int) -> float:
    """All entries of the output at step t, added up over all prefixes."""
    return float(output[t - 1].sum(axis=1).mean() * output.shape[2] ** (t - 1))
