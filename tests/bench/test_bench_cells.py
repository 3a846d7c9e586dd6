"""A corner of the cells' benchmark; ``bench_cells.py`` as a script measures the whole grid."""

from __future__ import annotations

import pytest

from tests.bench.bench_cells import grid, one_thread, report


@pytest.mark.bench
def test_ratios_to_torch_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Proves nothing: prints how far ahead of torch, or behind it, the cells are."""
    if not one_thread():
        pytest.skip("needs torch: pip install 'quizcli[oracle]'")
    with capsys.disabled():
        for line in report(grid(quick=True), budget=0.2):
            print(line)
