"""A browser without a window, spoken to over two pipes: its own protocol, and no driver."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

# The browser reads what is asked from its descriptor 3, and answers on 4.
_AS_3_AND_4 = """
import fcntl, os, sys
pair = [fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3]]
for place, number in zip((3, 4), pair):
    os.dup2(number, place)
os.execv(sys.argv[3], sys.argv[3:])
"""


@dataclass
class Browser:
    """``told``: what it wrote to its console, of whatever level."""

    to: int
    back: Any
    session: str = ""
    told: list[str] = field(default_factory=list)
    asked: int = 0

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """One command, and what came of it; what was told meanwhile is kept."""
        self.asked += 1
        message = {"id": self.asked, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while (answer := self.heard()).get("id") != self.asked:
            pass
        assert "error" not in answer, answer
        return answer["result"]

    def heard(self) -> dict[str, Any]:
        """The next message."""
        text = bytearray()
        while (byte := self.back.read(1)) != b"\0":
            assert byte, "the browser has ended"
            text += byte
        message = json.loads(text)
        if message.get("method") in {
            "Log.entryAdded",
            "Runtime.consoleAPICalled",
            "Runtime.exceptionThrown",
        }:
            self.told.append(str(message["params"]))
        return message

    def open(self, file: Path, width: int, *, dark: bool = False) -> None:
        """A page at a width in pixels."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=844,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        self.ask("Page.navigate", url=file.as_uri())
        while self.heard().get("method") != "Page.loadEventFired":
            pass

    def value(self, expression: str) -> Any:
        """What an expression is on the page."""
        return self.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"][
            "value"
        ]

    def pdf(self) -> bytes:
        """The page as it is printed."""
        return b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"])

    def picture(self) -> bytes:
        """The whole page as a PNG."""
        return b64decode(self.ask("Page.captureScreenshot", captureBeyondViewport=True)["data"])


@contextmanager
def browser(home: Path) -> Iterator[Browser]:
    """A browser of its own, ended with all that it began."""
    assert CHROMIUM
    (its_in, to), (back, its_out) = os.pipe(), os.pipe()
    running = subprocess.Popen(
        [sys.executable, "-c", _AS_3_AND_4, str(its_in), str(its_out), CHROMIUM, "--headless=new",
         "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={home}",
         "about:blank"],
        pass_fds=(its_in, its_out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(its_in)
    os.close(its_out)
    try:
        with os.fdopen(back, "rb") as reader:
            found = Browser(to, reader)
            pages = found.ask("Target.getTargets")["targetInfos"]
            page = next(each["targetId"] for each in pages if each["type"] == "page")
            attached = found.ask("Target.attachToTarget", targetId=page, flatten=True)
            found.session = attached["sessionId"]
            for domain in ("Page", "Log", "Runtime"):
                found.ask(f"{domain}.enable")
            yield found
            found.session = ""
            found.ask("Browser.close")
    finally:
        os.close(to)
        running.kill()
        running.wait(30)
