"""Setting a formula in terminal text: read, spaced and written. Its face is `notation`."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """How a formula is written: raised letters, one line with ``^`` and ``_``, or plain mode."""

    UNICODE = "unicode"
    LINEAR = "linear"
    SPOKEN = "spoken"
