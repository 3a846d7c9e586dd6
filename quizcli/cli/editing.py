"""A question opened in the learner's editor, at its line."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from quizcli.report.codes import ExitCode, UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLUS = {"vi", "vim", "nvim", "gvim", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe",
         "mg", "ne", "jed"}  # fmt: skip
_GOTO = {"code", "code-insiders", "codium", "cursor", "windsurf"}
_COLON = {"subl", "hx", "helix", "zed", "mate"}


def editor_command(variables: Mapping[str, str], file: str, line: int) -> list[str]:
    """What opens a file at a line, by VISUAL, else EDITOR. Raises UserError where neither is
    set or can be read."""
    named = variables.get("VISUAL") or variables.get("EDITOR") or ""
    try:
        words = shlex.split(named)
    except ValueError as error:
        raise UserError(f"EDITOR is {named}, which cannot be read: {error}") from None
    if not words:
        raise UserError(f"EDITOR is not set — set it, or open the file: {file} (line {line})")
    name = Path(words[0]).stem.lower()
    if name in _PLUS:
        return [*words, f"+{line}", file]
    if name in _GOTO:
        return [*words, "--goto", f"{file}:{line}"]
    return [*words, f"{file}:{line}" if name in _COLON else file]


def edit(variables: Mapping[str, str], file: str, line: int) -> None:
    """Open a file and wait for the editor. Raises UserError where that cannot be done."""
    command = editor_command(variables, file, line)
    try:
        code = subprocess.call(command)  # noqa: S603 - the editor that the person has set
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"{command[0]} cannot be started: {reason}", ExitCode.FAILED) from None
    if code:
        raise UserError(f"{command[0]} ended with {code}", ExitCode.FAILED)
