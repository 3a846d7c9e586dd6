"""A corner of the cells' benchmark; ``bench_cells.py`` as a script measures the whole grid."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest


@pytest.mark.bench
def test_ratios_to_torch_are_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """Proves nothing: prints how far ahead of torch, or behind it, the cells are.

    In a process of its own: here NumPy may be loaded already, with as many threads as there are
    cores, and that number cannot be changed any more.
    """
    if find_spec("torch") is None:
        pytest.skip("needs torch: pip install 'quizcli[oracle]'")
    script = [sys.executable, "-m", "tests.bench.bench_cells", "--quick", "--budget", "0.2"]
    with capfd.disabled():
        subprocess.run(script, check=True, cwd=Path(__file__).parents[2])
