"""Random cases with the answers of other people's software, kept in one small file.

``tests/oracle/freeze.py`` produces the file from torch; ordinary tests read it with NumPy alone.
The weights of a case are kept by the *name* of their gate, not by their place in a cell's fused
matrices, so the cases judge that arrangement too.

Inputs lie on a grid of 1/32 and are stored as one byte each; answers are float64. The shapes avoid
what would make a case blind: one unit (where the two GRUs coincide), one step from a zero state, a
square W, symmetric weights, saturation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from quizcli.demos.cells import GRU, LSTM, RNN, Gate, ResetAfterGRU

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    Arrays = dict[str, NDArray[Any]]

FILE = Path(__file__).parents[1] / "fixtures" / "cells.npz"
GRID = 32
FORWARD, BACKWARD = 1e-13, 1e-12  # what is demanded: absolute, and relative to the largest entry

ACTIVATIONS = ("tanh", "relu", "identity", "sigmoid")
BLOCKS = {
    **{f"rnn-{g}": ("z",) for g in ACTIVATIONS},
    "gru": ("Γ_u", "Γ_r", "c_tilde"),
    "gru-reset-after": ("Γ_u", "Γ_r", "c_tilde"),
    "lstm": ("Γ_u", "Γ_f", "c_tilde", "Γ_o"),
    "lstm-tanh": ("Γ_u", "Γ_f", "c_tilde", "Γ_o"),
}
FAMILIES = tuple(BLOCKS)
COUNT = {family: 10 if family.startswith("rnn") else 40 for family in FAMILIES}


@dataclass(frozen=True)
class Case:
    """One case: what goes in and what must come out; gradients are named as in ``Gradients``."""

    family: str
    given: Arrays
    expected: Arrays = field(default_factory=dict)

    def gates(self) -> dict[str, Gate]:
        """The weights of each block by its name."""
        g = self.given
        return {
            name: Gate(g["W"][k], g["U"][k], g["b"][k])
            for k, name in enumerate(BLOCKS[self.family])
        }

    def starts(self) -> list[NDArray[Any]]:
        """The initial states in the order in which the cell's ``forward`` takes them."""
        return [self.given[name] for name in ("a0", "c0") if name in self.given]


def given_shapes(family: str, T: int, B: int, D: int, H: int) -> dict[str, tuple[int, ...]]:
    """What a case of a family is given; ``d…`` is what the loss says of the outputs."""
    n = len(BLOCKS[family])
    lstm, gru = family.startswith("lstm"), family.startswith("gru")
    shapes: dict[str, tuple[int, ...]] = {"W": (n, D, H), "U": (n, H, H), "b": (n, H)}
    shapes |= {"X": (T, B, D), "dstates": (T, B, H), "dlast": (B, H)}
    shapes |= {"c0": (B, H)} if gru else {"a0": (B, H)}
    shapes |= {"c0": (B, H), "dc_last": (B, H)} if lstm else {}
    return shapes | ({"b_h": (H,)} if family == "gru-reset-after" else {})


def expected_shapes(family: str, T: int, B: int, D: int, H: int) -> dict[str, tuple[int, ...]]:
    """What must come out: states, and a gradient for everything that was given."""
    given = given_shapes(family, T, B, D, H)
    out = {"states": (T, B, H)} | ({"c_last": (B, H)} if "dc_last" in given else {})
    return out | {f"d{k}": v for k, v in given.items() if not k.startswith("d")}


def draw(family: str, rng: np.random.Generator) -> Case:
    """A random case without its answers. Recurrent gain 1.2 at most: a chaotic net would
    magnify a difference in the last bit beyond any tolerance."""
    T, B, D = (int(rng.integers(low, high + 1)) for low, high in ((3, 7), (1, 3), (2, 4)))
    H = int(rng.choice([h for h in (3, 4, 5) if h != D]))
    scale = {"W": 1 / D**0.5, "U": rng.uniform(0.6, 1.2) / H**0.5, "b": 0.5, "b_h": 0.5}
    scale |= {"a0": 0.5, "c0": 0.5}
    given = {
        name: np.clip(np.rint(rng.standard_normal(shape) * scale.get(name, 1) * GRID), -127, 127)
        / GRID
        for name, shape in given_shapes(family, T, B, D, H).items()
    }
    return Case(family, given)


def save(path: Path, cases: Mapping[str, list[Case]]) -> None:
    """Three arrays a family; the same cases give the same bytes."""
    arrays: Arrays = {}
    for family, members in cases.items():
        shapes = [(*c.given["X"].shape, c.given["U"].shape[1]) for c in members]
        arrays[f"{family} shapes"] = np.array(shapes, np.uint8)
        given = [c.given[k].ravel() * GRID for c in members for k in c.given]
        arrays[f"{family} given"] = np.concatenate(given).astype(np.int8)
        expected = [c.expected[k].ravel() for c in members for k in c.expected]
        arrays[f"{family} expected"] = np.concatenate(expected)
    np.savez_compressed(path, **arrays)


@cache
def load(path: Path = FILE) -> dict[str, tuple[Case, ...]]:
    """All cases by family, as they were saved."""
    with np.load(path) as arrays:
        return {family: tuple(_unpack(family, arrays)) for family in FAMILIES}


def _unpack(family: str, arrays: Mapping[str, NDArray[Any]]) -> Iterator[Case]:
    given = iter(arrays[f"{family} given"] / GRID)
    expected = iter(arrays[f"{family} expected"])
    for T, B, D, H in arrays[f"{family} shapes"].tolist():
        yield Case(
            family,
            {k: _take(given, v) for k, v in given_shapes(family, T, B, D, H).items()},
            {k: _take(expected, v) for k, v in expected_shapes(family, T, B, D, H).items()},
        )


def _take(numbers: Iterator[float], shape: tuple[int, ...]) -> NDArray[Any]:
    return np.array([next(numbers) for _ in range(prod(shape))]).reshape(shape)


def build(case: Case, gates: Mapping[str, Gate] | None = None, dtype: str = "float64") -> Any:
    """Our cell with the weights of the case, or with ``gates`` in their place."""
    blocks = {
        name: Gate(*(part.astype(dtype) for part in gate))
        for name, gate in (gates or case.gates()).items()
    }
    if case.family.startswith("rnn"):
        return RNN(*blocks["z"], g=case.family.removeprefix("rnn-"))  # type: ignore[arg-type]
    if case.family == "gru":
        return GRU.of(blocks=blocks)
    if case.family == "gru-reset-after":
        return ResetAfterGRU.of(blocks=blocks, b_h=case.given["b_h"].astype(dtype))
    return LSTM.of(blocks=blocks, tanh_output=case.family == "lstm-tanh")


def answers(cell: Any, case: Case) -> Arrays:
    """What a cell makes of the case, under the names and in the layout of ``expected``."""
    trace = cell.forward(case.given["X"], *case.starts())
    extra = {k: case.given[k] for k in ("dc_last",) if k in case.given}
    g = cell.backward(trace, case.given["dstates"], case.given["dlast"], **extra)
    n = len(BLOCKS[case.family])
    order = [0] if n == 1 else [cell.BLOCKS.index(name) for name in BLOCKS[case.family]]
    wanted = expected_shapes(case.family, 0, 0, 0, 0)
    found = {"states": trace.states} | ({"c_last": trace.c[-1]} if "c_last" in wanted else {})
    for name in (k for k in wanted if k.startswith("d")):
        value = getattr(g, name)
        fused = name in ("dW", "dU", "db")
        found[name] = np.stack(np.split(value, n, axis=-1))[order] if fused else value
    return found


def worst(found: Arrays, expected: Arrays) -> tuple[float, float]:
    """(forward, backward): the largest absolute difference of the states, and the largest
    difference of a gradient relative to its largest entry. NaN counts as infinitely wrong."""
    forward = backward = 0.0
    for name, right in expected.items():
        difference = float(np.nan_to_num(abs(found[name] - right), nan=np.inf).max())
        if name.startswith("d"):
            backward = max(backward, difference / float(abs(right).max() or 1))
        else:
            forward = max(forward, difference)
    return forward, backward


def agrees(cell: Any, case: Case) -> bool:
    """Whether a cell gives the frozen answers to within the tolerances demanded."""
    forward, backward = worst(answers(cell, case), case.expected)
    return forward <= FORWARD and backward <= BACKWARD
