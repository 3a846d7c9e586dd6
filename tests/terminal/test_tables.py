"""Tables: each column where its rule says that it stands."""

from __future__ import annotations

from quizcli.terminal.blocks import BlockStyle, set_blocks
from quizcli.terminal.notation import Form

TABLE = """\
| left | right | middle | plain |
|:-----|------:|:------:|-------|
| a    | b     | c      | d     |
| aa   | bb    | cccc   | dd    |
"""


def test_a_column_is_left_right_or_centred() -> None:
    lines = [line.text for line in set_blocks(TABLE, BlockStyle(Form.UNICODE, 60, 60))]
    assert lines[:4] == [
        "left  right  middle  plain",
        "────  ─────  ──────  ─────",
        "a         b    c     d",
        "aa       bb   cccc   dd",
    ]
