"""What the tests of the experiments are given."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOM = 2 * 2**30  # bytes beyond what the process has already


@pytest.fixture
def little_memory() -> Iterator[None]:
    """Address space for little more: where a check of memory fails to refuse, the allocation
    fails at once, and with it the test, not the machine."""
    if sys.platform != "linux":
        yield
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + ROOM, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)
