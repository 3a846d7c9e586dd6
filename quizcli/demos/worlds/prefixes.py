"""A language model run once for every prefix, and what each way of sampling writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcli.demos.cells import RNN
from quizcli.demos.worlds.language import Language, softmax
from quizcli.numeric import np

if TYPE_CHECKING:
    from quizcli.demos.evidence import (
        Parameters,
    )
    from quizcli.demos.worlds.language import Reals, Whole


Way = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A language model run once for every prefix, and the ``language`` it therefore writes.

    ``told[t]`` (V^t, V) is the output of step t+1 after each prefix that may have been fed, and
    ``blind[t]`` (1, V) the same where every input is the zero vector.
    """

    told: tuple[Reals, ...]
    blind: tuple[Reals, ...]
    language: Language


def tabulate(rng: np.random.Generator, parameters: Parameters) -> Model:
    """A random RNN language model, run once for every prefix there is.

    ŷ⟨t⟩ = softmax(gain · a⟨t⟩ W_ya). A prefix k followed by the word w is the prefix k·V + w.
    """
    V, T, H = (int(parameters[name]) for name in ("V", "T", "units"))
    radius, gain = float(parameters["radius"]), float(parameters["gain"])
    cell = RNN.random(rng, V, H, radius=radius, input_gain=2.0)
    W_ya = rng.standard_normal((H, V)) * (gain / H**0.5)
    told: list[Reals] = []
    blind: list[Reals] = []
    p: Reals = np.ones(1)
    a = a_blind = cell.step(np.zeros((1, V)))
    for _ in range(T):
        told.append(softmax(a @ W_ya))
        blind.append(softmax(a_blind @ W_ya))
        p = (p[:, None] * told[-1]).ravel()
        if len(told) < T:
            a = cell.step(np.tile(np.arange(V), len(a)), np.repeat(a, V, axis=0))
            a_blind = cell.step(np.zeros((1, V)), a_blind)
    return Model(tuple(told), tuple(blind), Language(V, T, p))


def write(
    rng: np.random.Generator, model: Model, way: Way, truth: Whole, temperature: float = 1.0
) -> Whole:
    """As many sentences as ``truth`` has (N,), written word by word in the given ``way``.

    Below temperature 1 likely words are drawn still more often, above it less often.
    """
    pick, feed = way
    T, V = len(model.told), model.told[0].shape[1]
    sentences = np.zeros_like(truth)
    for t in range(T):
        fed = {"chosen": sentences, "truth": truth // V ** (T - t), "nothing": np.zeros_like(truth)}
        outputs = model.blind[t] if feed == "nothing" else model.told[t]
        if pick == "argmax":
            words = outputs.argmax(axis=1)[fed[feed]]
        elif pick == "uniform":
            words = rng.integers(V, size=len(truth))
        else:
            sharpened = outputs ** (1 / temperature)
            below = np.cumsum(sharpened / sharpened.sum(axis=1, keepdims=True), axis=1)[:, :-1]
            words = (rng.random(len(truth))[:, None] >= below[fed[feed]]).sum(axis=1)
        sentences = sentences * V + words
    return sentences
