"""A seat for every test of the quiz with keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.seat import Seat

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def sit(tmp_path: Path) -> Callable[..., Seat]:
    """A seat with these keys."""
    return lambda *script, **options: Seat(tmp_path, list(script), **options)
