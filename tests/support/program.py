"""The program as a person runs it: a process with arguments, input, and a home of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path


def quizcli(
    *arguments: str | Path, home: Path, text: str = "", cwd: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run ``quizcli`` with the journal and all else in ``home``."""
    return subprocess.run(
        [sys.executable, "-m", "quizcli", *map(str, arguments)],
        input=text,
        capture_output=True,
        encoding="utf-8",
        # HOME too: what installs completion writes into the files of whoever runs it.
        env={
            **os.environ,
            "HOME": str(home),
            "QUIZCLI_HOME": str(home),
            "PYTHONPATH": str(ROOT),
            **variables,
        },
        cwd=cwd,
        check=False,
    )


def hear_signals() -> None:
    """What ignores a signal hands that on to the processes it starts: a shell does so with SIGINT
    for a job in the background, and nohup with SIGHUP. From now on ours hear them; a handler is not
    handed on."""
    for name in ("SIGINT", "SIGQUIT", "SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


ROOT = Path(__file__).parent.parent.parent
RIGHT = "\n".join(["c", "d", "a,d", "b", "a", "c", "b", "d", "c", "a"]) + "\n"
