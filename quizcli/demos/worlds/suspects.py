"""The suspects of NaN: a world for each, with its two harms there and taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quizcli.demos.cells import RNN
from quizcli.demos.evidence import (
    Parameters,
)
from quizcli.demos.worlds.recall import (
    RecallWorld,
    Run,
    descend,
    draw,
    norm,
)
from quizcli.numeric import np
from quizcli.report.pictures import Series, SeriesLine
from quizcli.report.words import listed

if TYPE_CHECKING:
    from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcli.demos.evidence import (
    DemoError,
)
from quizcli.demos.worlds.recall import (
    Start,
    largest_z,
    memory,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


GRADIENT = ("vanishing-gradients", "exploding-gradients")


LARGE_Z = ("large-z-relu", "large-z-sigmoid", "large-z-tanh")


AT_WORK = 1e6  # times that a gradient shrinks; a size of z


MOST_BYTES = 64e6


ROOM = 1e6  # between the largest input and the largest number: the weights' sums must fit


@dataclass(frozen=True, slots=True)
class NanCounts:
    """A world's four runs, by whether z is large and the gradient clipped; ``z`` is the largest
    |z| that its own suspect meets."""

    z: float
    runs: Mapping[tuple[bool, bool], Run]

    def share(self, *, large: bool, clipped: bool) -> float:
        """The share of NaN in one of the four runs."""
        return self.runs[large, clipped].nan


def make_worlds(parameters: Parameters) -> dict[str, RecallWorld]:
    """A world for each suspect, with the size of its large inputs. Where its own z is huge, 64 bits
    unless said otherwise: 1e30 and its square should still fit."""
    dtype, radius = str(parameters["precision"]), float(parameters["radius"])
    scale = float(parameters["z"])
    relu_radius, relu_dtype = float(parameters["relu_radius"]), str(parameters["relu_precision"])
    return {
        "vanishing-gradients": RecallWorld("vanishing", "tanh", scale=scale, dtype=dtype),
        "exploding-gradients": RecallWorld(
            "exploding", "tanh", radius, scale, int(parameters["T"]), int(parameters["units"]),
            dtype,
        ),
        "large-z-relu": RecallWorld("large z, ReLU", "relu", relu_radius, scale, dtype=relu_dtype),
        "large-z-sigmoid": RecallWorld("large z, sigmoid", "sigmoid", scale=scale),
        "large-z-tanh": RecallWorld("large z, tanh", "tanh", scale=scale),
    }  # fmt: skip


def cross(
    rng: np.random.Generator, world: RecallWorld, large: bool, updates: int, clip: float
) -> NanCounts:
    """The four runs of a world, all from the same weights and, but for their size, inputs."""
    start = draw(rng, replace(world, scale=1.0))
    size = min(world.scale, float(np.finfo(start.X.dtype).max) / ROOM)
    scaled = replace(start, X=start.X * start.X.dtype.type(size))

    def pair(begin: Start) -> list[Run]:
        return [descend(begin, updates, clip if clipped else None) for clipped in (False, True)]

    small = pair(start)
    found = {True: small if size == 1 else pair(scaled), False: small}
    runs = {(big, clipped): found[big][clipped] for big in found for clipped in (False, True)}
    return NanCounts(largest_z(scaled if large else start), runs)


def refuse_long_runs(worlds: Iterable[RecallWorld]) -> None:
    """Raises DemoError for more steps and units than fit into reasonable memory."""
    for world in worlds:
        needed = memory(world)
        if needed > MOST_BYTES:
            raise DemoError(
                f"T: {world.T} steps of {world.H} units need about {needed / 1e9:.2g} GB of memory "
                f"— give {int(MOST_BYTES / needed * world.T)} or less"
            )


def at_work(cause: str, seen: NanCounts) -> bool:
    if cause in LARGE_Z:
        return seen.z >= AT_WORK
    free = seen.runs[False, False]
    return free.growth <= 1 / AT_WORK if cause == "vanishing-gradients" else free.overflowed


LINE_STEPS, LINE_RADII = 60, (0.5, 1.0, 2.0)


TO_OVERFLOW = 200  # more than the 128 doublings that a 32-bit number has room for


def lines_back(rng: np.random.Generator) -> Series:
    """The length of dL/da on its way back, where nothing but U acts on it: g is the identity."""
    lines, told = [], []
    for radius in LINE_RADII:
        cell = RNN.random(rng, 1, 16, g="identity", radius=radius)
        end = rng.standard_normal((1, 16))
        trace = cell.forward(np.zeros((LINE_STEPS, 1, 1)))
        back = cell.backward(trace, dlast=end / norm(end)).dstates[::-1]
        logarithms = np.log10(np.linalg.norm(back[:, 0], axis=1))
        lines.append(SeriesLine(f"radius {radius:g}", tuple(map(float, logarithms))))
        told.append(f"{10 ** float(np.diff(logarithms[20:]).mean()):.2f}")
    W, U, b = (weights.astype("float32") for weights in (cell.W, cell.U, cell.b))
    single = RNN(W, U, b, "identity")
    trace = single.forward(np.zeros((TO_OVERFLOW, 1, 1)))
    back = single.backward(trace, dlast=end / norm(end)).dstates
    return Series(
        "Exploding and vanishing: the gradient on its way back (linear cells)",
        tuple(lines),
        f"steps back, 0 to {LINE_STEPS - 1}",
        "log10 of its length",
        f"With recurrent weights of spectral radius {listed([f'{r:g}' for r in LINE_RADII])}, each "
        f"step back multiplies the gradient by {listed(told)}. In 32-bit numbers the last of these "
        f"gradients overflows after {np.isfinite(back).all(axis=(1, 2)).sum()} steps.",
        first=0,
    )
