"""What every activity in lines shares: a line in, lines out, and a transcript that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.terminal.layout import cells, wrap
from quizcli.terminal.safe import ascii_only, neutral
from quizcli.terminal.style import carries_unicode

if TYPE_CHECKING:
    from quizcli.env import Environment


MOST = 100_000  # characters of a line


class InputEnded(Exception):
    """The input ended, or the learner left."""


class LineConsole:
    """Lines over stdin and stdout, ``width`` columns wide."""

    def __init__(self, env: Environment, width: int) -> None:
        self.env = env
        self.width = width
        self._unicode = carries_unicode(env.stdout)

    @property
    def asks(self) -> bool:
        """Whether a person answers: a pipe, whose next line answers a question or is not there,
        is never asked anything else."""
        return self.env.stdin.isatty()

    def say(self, lines: list[str]) -> None:
        """Lines, as wide as there is room."""
        fitting = (wrap(line, self.width) if cells(line) > self.width else [line] for line in lines)
        text = "".join(f"{line}\n" for some in fitting for line in some)
        self.env.stdout.write(text if self._unicode else ascii_only(text))
        self.env.stdout.flush()

    def line(self, prompt: str) -> str | None:
        """One line of input without its spaces; None at the end of the input. A prompt has as many
        lines as it needs."""
        if cells(prompt) > self.width:
            prompt = "\n".join(wrap(prompt, self.width - 1)) + " "
        self.env.stdout.write(prompt if self._unicode else ascii_only(prompt))
        self.env.stdout.flush()
        try:
            line = self.env.stdin.readline(MOST + 1)
        except UnicodeDecodeError:
            line = "\ufffd\n"
        if len(line) > MOST:  # a device or a file of another kind: it might never end
            self.say(
                ["", f"A line of more than {MOST} characters is not an answer; input stops here."]
            )
            return None
        if not line:
            self.say([""])
            return None
        if not self.env.stdin.isatty():
            # A terminal shows what is typed; a transcript of a pipe should as well.
            self.say([neutral(line.strip())])
        return line.strip()

    def next_line(self, prompt: str) -> str:
        """The same where nothing goes on without one. Raises InputEnded at the end of the input."""
        line = self.line(prompt)
        if line is None:
            raise InputEnded
        return line
