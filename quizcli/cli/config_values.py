"""What the learner has chosen: the file of settings below the environment.

A file that is broken is told on stderr and stops nothing; reading TOML costs nobody who has none.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from quizcli.env import own_folder
from quizcli.settings import FILE_NAME, Held, Read, merged, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.env import Environment


MAX_BYTES = 100_000


class ConfigFile:
    """The file of settings in an environment, which decides before it."""

    def __init__(self, env: Environment) -> None:
        self.env = env

    @property
    def path(self) -> Path:
        """Where the settings lie."""
        return self.env.paths.config / FILE_NAME

    def load(self) -> Read:
        """The file as it is now; nothing where there is none."""
        if self.path.exists() and not self.path.is_file():  # a pipe would be waited for
            fault = (0, "cannot be read: it is not a file — see quizcli config path")
            return Read({}, {}, (fault,), False)
        try:
            with self.path.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError):
            return Read({}, {}, ())
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            fault = (0, f"cannot be read: {reason} — see quizcli config path")
            return Read({}, {}, (fault,), False)
        if len(data) > MAX_BYTES:
            fault = (0, f"is larger than {MAX_BYTES // 1000} kB — that is not a settings file")
            return Read({}, {}, (fault,), False)
        try:
            return read(data.decode("utf-8-sig").replace("\r\n", "\n"))
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            return Read(
                {}, {}, ((line, "not valid UTF-8 — save the file in that encoding"),), False
            )

    @property
    def target(self) -> Path:
        """The file itself: a link, as collections of such files use them, is to stay one."""
        return Path(os.path.realpath(self.path))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else changes the file meanwhile: what is read in here and written again loses no
        change. Systems without such locks go without. Raises OSError."""
        folder = self.target.parent
        own_folder(folder)
        try:
            import fcntl
        except ImportError:
            yield
            return
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def placed(self, fault: tuple[int, str]) -> str:
        """A fault with its file and line."""
        line, what = fault
        return f"{self.path}{f':{line}' if line else ''}: {what}"

    def environment(self) -> dict[str, Held]:
        """What the environment decides before the file."""
        from quizcli.terminal.style import asked

        return {name: Held(*held) for name, held in asked(self.env.variables).items()}

    def held(self) -> tuple[dict[str, Held], list[str]]:
        """Every setting with its source, and the faults of the file."""
        loaded = self.load()
        return merged(loaded.values, self.environment()), list(map(self.placed, loaded.faults))
