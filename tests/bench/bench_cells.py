"""Our cells against torch's layers, one thread each: prints ratios, counts, and fails nobody.

    python -m tests.bench.bench_cells            the whole grid, some ten minutes
    python -m tests.bench.bench_cells --quick    a corner of it
    pytest -m bench -n 0 -s tests/bench               the same corner, with the other benchmarks

Both sides do the same work: all states, then every gradient (inputs, weights, biases) of a loss
that reaches every state. Each is timed in turn, and the least processor time of the turns counts:
on a shared machine that is the stable number.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from itertools import product
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from quizcli.demos.cells import LSTM, RNN, ResetAfterGRU
from quizcli.numeric import np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CELLS = ("RNN", "GRU", "LSTM")
DTYPES = ("float32", "float64")
WIDTHS, BATCHES, LENGTHS = (16, 64, 100, 256), (1, 32), (50, 200, 1000)
BUDGET = 0.5  # seconds of timing per setting, both sides and both passes together


@dataclass(frozen=True)
class Setting:
    """One place of the grid; inputs are as wide as the state."""

    cell: str
    dtype: str
    H: int
    B: int
    T: int


@dataclass(frozen=True)
class Ratio:
    """Our time over torch's: below 1 we are faster."""

    forward: float
    training: float


def measure(setting: Setting, budget: float = BUDGET) -> Ratio:
    """Minimum over interleaved turns of each of the four things timed."""
    ours, theirs = _ours(setting), _theirs(setting)
    work = (ours[0], theirs[0], ours[1], theirs[1])
    best = [float("inf")] * 4
    for f in work:
        f()  # the first call allocates, and must not count
    end, turns = perf_counter() + budget, 0
    while turns < 3 or perf_counter() < end:
        for k, f in enumerate(work):
            start = process_time()
            f()
            best[k] = min(best[k], process_time() - start)
        turns += 1
    return Ratio(best[0] / best[1], best[2] / best[3])


def _ours(setting: Setting) -> tuple[Callable[[], Any], Callable[[], Any]]:
    rng, H = np.random.default_rng(0), setting.H
    if setting.cell == "RNN":
        cell: Any = RNN.random(rng, H, H, radius=0.9, dtype=setting.dtype)
    elif setting.cell == "GRU":
        cell = ResetAfterGRU.random(rng, H, H, radius=0.9, dtype=setting.dtype)
    else:
        cell = LSTM.random(rng, H, H, radius=0.9, dtype=setting.dtype, tanh_output=True)
    X, d = rng.standard_normal((2, setting.T, setting.B, H)).astype(setting.dtype)
    return (lambda: cell.forward(X)), (lambda: cell.backward(cell.forward(X), d))


def _theirs(setting: Setting) -> tuple[Callable[[], Any], Callable[[], Any]]:
    import torch

    torch.manual_seed(0)
    dtype, H = getattr(torch, setting.dtype), setting.H
    layer = getattr(torch.nn, setting.cell)(H, H).to(dtype)
    X = torch.randn(setting.T, setting.B, H, dtype=dtype, requires_grad=True)
    d = torch.randn(setting.T, setting.B, H, dtype=dtype)

    def forward() -> None:
        with torch.no_grad():
            layer(X)

    def training() -> None:
        layer.zero_grad()
        X.grad = None
        layer(X)[0].backward(d)

    return forward, training


def report(settings: list[Setting], budget: float = BUDGET) -> Iterator[str]:
    """A line per setting as it is measured, then the counts."""
    yield f"{'cell':5}{'dtype':9}{'H':>4}{'B':>4}{'T':>6}   forward  training   (ours / torch)"
    found: list[tuple[Setting, Ratio]] = []
    for s in settings:
        ratio = measure(s, budget)
        found.append((s, ratio))
        yield (
            f"{s.cell:5}{s.dtype:9}{s.H:4}{s.B:4}{s.T:6}   {ratio.forward:7.2f}  {ratio.training:8.2f}"
        )
    # torch has a kernel of its own (oneDNN) for this one case; it is counted apart, not hidden.
    apart = [r for s, r in found if (s.cell, s.dtype) == ("LSTM", "float32")]
    rest = [r for s, r in found if (s.cell, s.dtype) != ("LSTM", "float32")]
    for name, ratios in (("all but float32 LSTM", rest), ("float32 LSTM", apart)):
        if ratios:
            ahead = sum(r.training < 1 for r in ratios)
            forward = sum(r.forward < 1 for r in ratios)
            worst = max(r.training for r in ratios)
            yield (
                f"{name}: ahead in training in {ahead} of {len(ratios)} (worst {worst:.2f}), "
                f"forward in {forward} of {len(ratios)}"
            )


def grid(quick: bool) -> list[Setting]:
    """The settings, the large ones thinned out where it has to be quick."""
    if quick:
        return [Setting(*s) for s in product(CELLS, DTYPES, (16, 100), (1, 32), (50,))]
    return [Setting(*s) for s in product(CELLS, DTYPES, WIDTHS, BATCHES, LENGTHS)]


def one_thread() -> bool:
    """Hold both sides to one thread; False where torch is not installed."""
    np.zeros(0)  # loads NumPy our way, with one BLAS thread: torch would load it with all of them
    try:
        import torch
    except ImportError:
        return False
    torch.set_num_threads(1)
    return True


def main() -> int:
    """The benchmark as a script."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a corner of the grid")
    parser.add_argument("--budget", type=float, default=BUDGET, help="seconds per setting")
    parser.add_argument("--cell", choices=CELLS, action="append")
    parser.add_argument("--dtype", choices=DTYPES, action="append")
    chosen = parser.parse_args()
    if not one_thread():
        print("torch is not installed: pip install 'quizcli[oracle]'", file=sys.stderr)
        return 1
    settings = [
        s
        for s in grid(chosen.quick)
        if s.cell in (chosen.cell or CELLS) and s.dtype in (chosen.dtype or DTYPES)
    ]
    for line in report(settings, chosen.budget):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
