"""A headless Chromium, driven by its own protocol over a pipe: no package is needed for it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select
from typing import Any

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
# Puts the pipes where the browser looks for them, and becomes it.
_PLACED = """
import os, sys
here, there = (os.dup(os.dup(os.dup(int(fd)))) for fd in sys.argv[1:3])
os.dup2(here, 3), os.dup2(there, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
PATIENCE = 30  # seconds
KEYS = {"Tab": 9, "Enter": 13, " ": 32, "ArrowUp": 38, "ArrowDown": 40, "End": 35, "Home": 36}


class Tab:
    """One tab of a browser."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        self._number, self._rest, self._session = 0, b"", ""
        self._loaded = 0  # how many pages said that they are there
        self.said: list[str] = []  # errors, and what the console was told
        target = self.do("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.do("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.do(f"{domain}.enable")
        self.requests: list[str] = []

    def do(self, method: str, **params: Any) -> Any:
        """One command, and what it gives."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            said = self._next()
            if said.get("id") == self._number:
                assert "error" not in said, said
                return said["result"]

    def _next(self) -> Any:
        while b"\0" not in self._rest:
            assert select([self._back], [], [], PATIENCE)[0], "the browser says nothing any more"
            more = os.read(self._back, 1 << 20)
            assert more, "the browser is gone"
            self._rest += more
        first, self._rest = self._rest.split(b"\0", 1)
        said = json.loads(first)
        method, params = said.get("method", ""), said.get("params", {})
        if method == "Runtime.exceptionThrown":
            self.said.append(str(params["exceptionDetails"]))
        elif method == "Log.entryAdded":
            self.said.append(params["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Page.loadEventFired":
            self._loaded += 1
        elif method == "Page.javascriptDialogOpening":
            self._number += 1
            answer = {"id": self._number, "method": "Page.handleJavaScriptDialog",
                      "params": {"accept": True}, "sessionId": self._session}  # fmt: skip
            os.write(self._to, json.dumps(answer).encode() + b"\0")
            self._number -= 1
        return said

    def close(self) -> None:
        """End the browser."""
        self._session = ""
        self.do("Browser.close")

    def open(self, page: Path, width: int = 390, *, dark: bool = False) -> None:
        """Open a file as a phone or a computer does."""
        self.do(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=800,
            deviceScaleFactor=1,
            mobile=False,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.do("Emulation.setEmulatedMedia", features=[scheme])
        self._go("Page.navigate", url=page.as_uri())

    def reload(self) -> None:
        """Load the page again."""
        self._go("Page.reload")

    def _go(self, method: str, **params: Any) -> None:
        # The browser says when a page is there, and the page which it is: a script may ask the one
        # before it, or the empty one that stands there meanwhile.
        self.js("window.before = true")
        before, end = self._loaded, time.monotonic() + PATIENCE
        self.do(method, **params)
        while self._loaded == before:
            assert time.monotonic() < end, "the page never came"
            self._next()
        new = "!window.before && location.href !== 'about:blank'"
        self.wait(f"{new} && document.readyState === 'complete'")

    def js(self, expression: str) -> Any:
        """What an expression gives in the page."""
        found = self.do(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until something holds."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                if self.js(condition):
                    return
            except AssertionError:
                pass
            time.sleep(0.02)
        raise AssertionError(f"it never came to {condition}")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            text = {"Enter": "\r", " ": " "}.get(key, "")
            common = {
                "key": key,
                "code": "Space" if key == " " else key,
                "windowsVirtualKeyCode": KEYS[key],
            }
            self.do(
                "Input.dispatchKeyEvent",
                type="keyDown",
                **common,
                **({"text": text} if text else {}),
            )
            self.do("Input.dispatchKeyEvent", type="keyUp", **common)

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        self.do("Input.insertText", text=text)

    def picture(self, file: Path) -> None:
        """The whole page as a picture."""
        from base64 import b64decode

        shot = self.do("Page.captureScreenshot", captureBeyondViewport=True)
        file.write_bytes(b64decode(shot["data"]))


@contextmanager
def browser(folder: Path) -> Iterator[Tab]:
    """A browser with an empty profile in a folder."""
    there, to = os.pipe()
    back, here = os.pipe()
    flags = "--headless --no-sandbox --disable-gpu --no-first-run --hide-scrollbars"
    command = [
        str(CHROMIUM),
        *flags.split(),
        "--remote-debugging-pipe",
        f"--user-data-dir={folder}",
    ]
    process = subprocess.Popen(
        [sys.executable, "-c", _PLACED, str(there), str(here), *command], pass_fds=(there, here),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(there)
    os.close(here)
    try:
        tab = Tab(to, back)
        yield tab
        tab.close()
    finally:
        os.close(to)
        os.close(back)
        process.kill()  # where it did not end by itself
        process.wait()
