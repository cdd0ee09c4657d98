"""Headless Chromium, driven with the standard library alone: DevTools messages over a pipe.

Chromium reads commands from file descriptor 3, and writes answers and events to 4. Each message is
JSON with a zero byte after it (``--remote-debugging-pipe``). Chromium cannot resolve any host name;
it can reach only 127.0.0.1, this machine.
"""

import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Browser", "Visit", "browser", "chromium"]

# The names that distributions give to Chromium.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    "--headless=new",
    "--no-sandbox",  # it runs as root in a container, and opens our own pages only
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--remote-debugging-pipe",
)
# Copies the two ends of the pipes to the numbers that Chromium reads and writes.
LAUNCHER = """
import os, sys
ends = [os.dup(int(end)) for end in sys.argv[1:3]]
for end, number in zip(ends, (3, 4)):
    os.dup2(end, number)
    os.set_inheritable(number, True)  # dup2 does this too, but not if end equals number
os.execv(sys.argv[3], sys.argv[3:])
"""
# Seconds to wait for an answer, for a page to load, and for Chromium to end.
PATIENCE = 240.0


def chromium() -> str | None:
    """The path of a Chromium, if there is one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@dataclass
class Visit:
    """What happened while a page was opened.

    Attributes:
        requests: every URL that the page asked for.
        failures: requests that failed or got an error as an answer.
        complaints: errors and warnings on the console, and exceptions.

    """

    requests: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def note(self, method: str, about: dict[str, Any]) -> None:
        """Keep an event if it is a request, a failure or a complaint."""
        if method == "Network.requestWillBeSent":
            self.requests.append(about["request"]["url"])
        elif method == "Network.loadingFailed":
            self.failures.append(f"{about['type']}: {about['errorText']}")
        elif method == "Network.responseReceived" and about["response"]["status"] >= 400:
            self.failures.append(f"{about['response']['status']} {about['response']['url']}")
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(about["exceptionDetails"]["text"])
        elif method == "Runtime.consoleAPICalled" and about["type"] in ("error", "warning"):
            self.complaints.append(str(about["args"]))
        elif method == "Log.entryAdded" and about["entry"]["level"] in ("error", "warning"):
            self.complaints.append(about["entry"]["text"])


class Browser:
    """One page of a running Chromium."""

    def __init__(self, commands: int, answers: int) -> None:
        """Open a page over two file descriptors."""
        self._commands, self._answers = commands, answers
        self._buffer, self._count, self._session = b"", 0, ""
        self.visit = Visit()
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its answer; note the events that come before it."""
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            if not select.select([self._answers], [], [], PATIENCE)[0]:
                raise TimeoutError(f"Chromium did not answer for {PATIENCE:g} s")
            piece = os.read(self._answers, 2**16)
            if not piece:
                raise RuntimeError("Chromium has ended")
            self._buffer += piece
        text, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        if "method" in message:
            self.visit.note(message["method"], message["params"])
        return message

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression on the page; of a promise, its result."""
        result = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']['text']}")
        return result["result"].get("value")

    def resize(self, width: int, height: int) -> None:
        """Set the size of the window, in CSS pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def open(self, url: str) -> Visit:
        """Open a page, wait until it and its formulas are shown, and return what happened."""
        self.visit = Visit()
        self.call("Page.navigate", url=url)
        deadline = time.monotonic() + PATIENCE
        while not self.evaluate(f"document.readyState == 'complete' && location.href == {url!r}"):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{url} did not load")
            time.sleep(0.02)
        self.evaluate("window.MathJax?.startup?.promise?.then(() => null)")
        return self.visit


@contextmanager
def browser(program: str, folder: Path) -> Iterator[Browser]:
    """Start Chromium, which keeps its files in this folder, and end it afterwards."""
    command_reader, commands = os.pipe()
    answers, answer_writer = os.pipe()
    ends = [str(command_reader), str(answer_writer)]
    process = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, *ends, program, *OPTIONS, f"--user-data-dir={folder}"],
        pass_fds=(command_reader, answer_writer),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(command_reader)
    os.close(answer_writer)
    try:
        yield Browser(commands, answers)
    finally:
        process.terminate()
        process.wait(PATIENCE)
        os.close(commands)
        os.close(answers)
