"""A headless Chromium, driven over WebDriver (W3C) with nothing but the standard library."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

KEYS = {"Down": "\ue015", "Up": "\ue013", "Left": "\ue012", "Right": "\ue014", "Enter": "\ue007"}


def missing() -> str:
    """Why there is no browser, or nothing."""
    if shutil.which("chromedriver") is None:
        return "no chromedriver (Debian: apt install chromium-driver)"
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return "no Chromium"
    return ""


class Browser:
    """One window."""

    def __init__(self, driver: str, session: str) -> None:
        self.base = f"{driver}/session/{session}"

    def call(self, path: str, **body: Any) -> Any:
        return _post(f"{self.base}/{path}", body)

    def open(self, url: str) -> None:
        self.call("url", url=url)

    def js(self, script: str, *args: Any) -> Any:
        return self.call("execute/sync", script=script, args=list(args))

    def devtools(self, command: str, **params: Any) -> Any:
        return self.call("goog/cdp/execute", cmd=command, params=params)

    def keys(self, *keys: str) -> None:
        """Press keys, one after another, wherever the focus is."""
        chars = [c for key in keys for c in ([KEYS[key]] if key in KEYS else key)]
        actions = [{"type": kind, "value": c} for c in chars for kind in ("keyDown", "keyUp")]
        self.call("actions", actions=[{"type": "key", "id": "keys", "actions": actions}])

    def until(self, script: str, seconds: float = 20) -> Any:
        """The value of a script as soon as it is true."""
        end = time.monotonic() + seconds
        while not (value := self.js(f"return {script}")):
            if time.monotonic() > end:
                raise AssertionError(f"not within {seconds} s: {script}")
            time.sleep(0.05)
        return value

    def look(
        self, *, width: int, height: int, dark: bool = False, phone: bool = False, scale: float = 1
    ) -> None:
        """Take on the size and the colours of a screen."""
        size = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": phone}
        self.devtools("Emulation.setDeviceMetricsOverride", **size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.devtools("Emulation.setEmulatedMedia", features=[scheme])

    def picture(self, path: Path, *, whole: bool = False) -> None:
        found = self.devtools("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(found["data"]))


@contextmanager
def open_browser(folder: Path) -> Iterator[Browser]:
    """Start chromedriver and a window, and end both.

    Args:
        folder: An empty folder for the browser's profile.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["chromedriver", f"--port={port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        driver = f"http://127.0.0.1:{port}"
        try:
            _wait(lambda: urllib.request.urlopen(f"{driver}/status", timeout=2).close())
            flags = [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-proxy-server",
            ]
            options = {"args": [*flags, f"--user-data-dir={folder}", "--lang=en"]}
            capabilities = {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}
            session = _post(f"{driver}/session", {"capabilities": capabilities})["sessionId"]
            browser = Browser(driver, session)
            try:
                yield browser
            finally:
                urllib.request.urlopen(
                    urllib.request.Request(browser.base, method="DELETE"), timeout=20
                ).close()
        finally:
            process.terminate()


def _post(url: str, body: dict[str, Any]) -> Any:
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        raise AssertionError(json.load(error)["value"]["message"]) from error


def _wait(ready: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            ready()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
