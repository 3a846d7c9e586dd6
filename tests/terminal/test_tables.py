"""Tables: each column where its rule says that it stands."""

from __future__ import annotations

from quizcli.report.result import Columns, Result
from quizcli.terminal.blocks import BlockStyle, set_blocks
from quizcli.terminal.notation import Form
from quizcli.terminal.render import body
from quizcli.terminal.style import OutputStyle

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


def test_a_column_is_narrowed_at_its_spaces_before_a_name_is_broken() -> None:
    """A name that is broken in two cannot be copied."""
    name = "sequence-models/attention-scale"
    rows = (("attention-scale", "The scale of attention scores", name),)
    table = Columns(("Experiment", "What it measures", "Question"), rows)
    lines = body(Result(body=(table,)), OutputStyle(width=76))
    assert lines[1].endswith(f"  {name}")
    assert lines[2].strip() == "scores"
