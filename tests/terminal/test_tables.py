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


def test_a_word_that_is_too_wide_for_its_column_is_not_broken() -> None:
    """What stands behind it follows below, in its columns; other rows are as they were."""
    id = "sequence-models/clipped-precision"
    rows = (("rnn/nan", "new", "–", "12"), (id, "2026-11-28", "1.0 d", "3"))
    table = Columns(("Card", "Due", "Stability", "Lapses"), rows, (2, 3))
    lines = body(Result(body=(table,)), OutputStyle(width=60))
    head = lines[0]
    assert lines[2] == id
    assert lines[3].index("2026-11-28") == head.index("Due")
    assert lines[3].endswith("3")
    assert [len(line) for line in lines] == [60, 60, len(id), 60]
    assert lines[1].split() == ["rnn/nan", "new", "–", "12"]


def test_a_long_word_behind_others_may_reach_to_the_edge() -> None:
    """And words before it stay in their column."""
    path = "/home/someone/.local/share/quizcli/questions"
    rows = (("own", f"all that lies in {path}", "12 kB"),)
    table = Columns(("What it is, in words", "Where", "Size"), rows, (2,))
    lines = body(Result(body=(table,)), OutputStyle(width=70))
    assert any(line.endswith(path) for line in lines)
    assert lines[-1].strip() == "12 kB"
    assert max(map(len, lines)) <= 70


def test_what_is_whole_is_not_folded_for_a_long_name_beside_it() -> None:
    """The offset of a time stood on a line of its own."""
    rows = (("1", "a-long-id-that-is-not-broken", "2026-11-28 14:22 +00:00", "practice"),)
    table = Columns(("No.", "Bank", "Started", "Kind"), rows, (0,), whole=(2,))
    lines = body(Result(body=(table,)), OutputStyle(width=60))
    assert lines[-1].strip() == "2026-11-28 14:22 +00:00  practice"
    assert max(map(len, lines)) <= 60
