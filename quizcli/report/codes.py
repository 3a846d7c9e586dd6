"""Exit codes, and the refusal that carries one. Apart from results, since every start needs these
and ``--help`` needs nothing else."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """All exit codes of the program."""

    DONE = 0
    FAILED = 1  # it ran, and the check failed, or the input ended before the quiz did
    USAGE = 2
    BANK = 3  # unreadable
    JOURNAL = 4  # unreadable or unwritable
    HUNG_UP = 129
    INTERRUPTED = 130
    QUIT = 131
    TERMINATED = 143


class UserError(Exception):
    """A verb that could not be carried out: a sentence with its mend, and the exit code."""

    def __init__(self, message: str, exit_code: ExitCode = ExitCode.USAGE) -> None:
        super().__init__(message)
        self.exit_code = exit_code
