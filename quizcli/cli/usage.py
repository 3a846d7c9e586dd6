"""What is wrong with a command line, in lines of the terminal's width."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

LEAD = "Error: "
_ENDLESS = re.compile(r"(?<![-0-9])([0-9]{19,}) is out of range: use [0-9]+ or more")


def fit(error: Any) -> None:
    """Have a usage error say its message in plain English, and in lines that fit the terminal, with
    no word broken; in one line where nobody looks at a terminal."""
    import sys

    error.message = error.message.replace(" is not in the range ", " is out of range: use ")
    # Of a range whose end help does not name, that end is meant by so many digits.
    error.message = _ENDLESS.sub(rf"\1 is too large: the largest is {2**63 - 1:,}", error.message)
    if not sys.stderr.isatty():
        return
    from shutil import get_terminal_size

    error.format_message = partial(in_lines, error.format_message(), get_terminal_size().columns)


def in_lines(message: str, width: int) -> str:
    """A message in lines that fit behind ``Error:``, and below it."""
    from textwrap import wrap

    lines = wrap(LEAD + message, width, subsequent_indent="  ", break_long_words=False,
                 break_on_hyphens=False)  # fmt: skip
    return "\n".join(lines).removeprefix(LEAD)
