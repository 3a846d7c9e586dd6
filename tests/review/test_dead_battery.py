"""A computer whose battery is dead begins with 1970, and with the day before it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("rollover", ["4", "23"])
def test_a_review_on_the_first_day_is_kept(tmp_path: Path, rollover: str) -> None:
    """Before the hour at which a day begins it was of a day that no row could have, and was left
    out as one that makes no sense."""
    home = Home(tmp_path)
    home.clock.start = datetime(1970, 1, 1, tzinfo=UTC)
    assert home("config", "set", "rollover", rollover).code == 0
    assert home.quiz().code == 0
    checked = home("doctor")
    assert "no sense" not in checked.out + checked.err
    (tmp_path / "log.csv").write_text(home("journal", "export").out)
    assert "4 were already there" in home("journal", "import", str(tmp_path / "log.csv")).words
