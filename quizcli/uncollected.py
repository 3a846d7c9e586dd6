"""Work on a million rows without the collector: it would go through all of them again and again,
and there is no circle among them to be found."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def uncollected() -> Iterator[None]:
    """While this lasts the collector waits, unless it did before."""
    waits = not gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not waits:
            gc.enable()
