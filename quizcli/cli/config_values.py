"""What the learner has chosen: the file of settings, read once a run, below the environment.

A file that is broken is told on stderr and stops nothing; reading TOML costs nobody who has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.cli.guard import env, notice
from quizcli.settings import FILE_NAME, Held, Read, merged, read

if TYPE_CHECKING:
    from pathlib import Path

    from quizcli.env import Environment
    from quizcli.settings import Value

_known: list[tuple[Environment, dict[str, Held]]] = []


def settings_path() -> Path:
    """Where the settings lie."""
    return env().paths.config / FILE_NAME


def load() -> Read:
    """The file as it is now; nothing where there is none."""
    try:
        data = settings_path().read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Read({}, {}, ())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return Read({}, {}, ((0, f"cannot be read: {reason} — see quizcli config path"),), False)
    try:
        return read(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Read({}, {}, ((line, "no UTF-8 — save the file in that encoding"),), False)


def placed(fault: tuple[int, str]) -> str:
    """A fault with its file and line."""
    line, what = fault
    return f"{settings_path()}{f':{line}' if line else ''}: {what}"


def asked_elsewhere() -> dict[str, Held]:
    """What the environment decides before the file."""
    from quizcli.terminal.style import asked

    return {name: Held(*held) for name, held in asked(env().variables).items()}


def settings() -> dict[str, Held]:
    """Every setting with its source. Faults of the file are told the first time."""
    if not _known or _known[-1][0] is not env():
        found = load()
        _known[:] = [(env(), merged(found.values, asked_elsewhere()))]
        for fault in found.faults:
            notice(placed(fault))
    return _known[-1][1]


def chosen(name: str) -> Value:
    """The value of a setting."""
    return settings()[name].value
