"""Something done again whenever a file is saved."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from quizcli.cli.context import Context

SECONDS = 0.3  # between two looks


def watch(
    context: Context,
    files: Callable[[], Iterable[Path]],
    act: Callable[[], None],
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Carry out ``act`` now and after each change of ``files``, until Ctrl-C. What it refuses is
    told, and the next save may mend it."""
    import typer

    from quizcli.bank.faults import BankError
    from quizcli.bank.shelf import NoSuchBankError
    from quizcli.report.codes import UserError

    while True:
        before = _state(files())
        try:
            act()
        except typer.Exit:  # its exit code says that there are faults, which were printed
            pass
        except (UserError, NoSuchBankError) as error:
            context.notice(str(error))
        except BankError as error:
            for fault in error.faults[:20]:
                context.notice(str(fault))
        context.notice("watching; press Ctrl-C to stop")
        while _state(files()) == before:
            sleep(SECONDS)


def _state(files: Iterable[Path]) -> dict[Path, tuple[int, int] | None]:
    """When each file was changed and how long it is; None for one that is not there just now."""
    found: dict[Path, tuple[int, int] | None] = {}
    for file in files:
        try:
            stat = file.stat()
        except OSError:
            found[file] = None
        else:
            found[file] = (stat.st_mtime_ns, stat.st_size)
    return found
