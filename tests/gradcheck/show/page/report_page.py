"""A report's page in Chromium, used as a reader uses it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradcheck.verdicts.report import Report
from tests.browser import Browser, Visit
from tests.gradcheck.show.page.live_page import NEXT_FRAME

__all__ = ["OpenReport"]

KEYS = {"Tab": 9, "Enter": 13, "ArrowLeft": 37, "ArrowRight": 39, "ArrowDown": 40}


@dataclass
class OpenReport:
    """An open page."""

    chrome: Browser
    visit: Visit

    @classmethod
    def open(
        cls, chrome: Browser, report: Report, file: Path, *, width: int = 1280
    ) -> "OpenReport":
        report.to_html(file)
        chrome.resize(width, 900)
        return cls(chrome, chrome.open(file.absolute().as_uri()))

    def ask(self, expression: str) -> Any:
        """The value of an expression, once what was changed is shown."""
        self.chrome.evaluate(NEXT_FRAME)
        return self.chrome.evaluate(expression)

    def texts(self, selector: str) -> list[str]:
        found = f"[...document.querySelectorAll({json.dumps(selector)})]"
        return list(self.ask(f"{found}.map(each => each.innerText.trim())"))

    def press(self, key: str) -> None:
        code = KEYS[key]
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown" if text else "rawKeyDown", "keyUp"):
            self.chrome.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
                **text,
            )

    def cell_colour(self, x: float, y: float) -> list[int]:
        """The colour of the first picture at a part of its width and of its height."""
        return list(
            self.ask(
                "(() => { const canvas = document.querySelector('canvas'); const { data } ="
                f" canvas.getContext('2d').getImageData({x} * canvas.width, {y} * canvas.height,"
                " 1, 1); return [...data].slice(0, 3); })()"
            )
        )

    def point_at(self, x: float, y: float) -> None:
        """Move the mouse there, without pressing it."""
        left, top, width, height = self.ask(
            "(() => { const box = document.querySelector('canvas').getBoundingClientRect();"
            " return [box.x, box.y, box.width, box.height]; })()"
        )
        self.chrome.call(
            "Input.dispatchMouseEvent", type="mouseMoved", x=left + x * width, y=top + y * height
        )
