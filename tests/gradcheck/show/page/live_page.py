"""A live page in Chromium, used as a reader uses it: with the mouse and with keys."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradcheck.commands.options.page import PageOptions
from gradcheck.commands.runs.live_page import live_page
from gradcheck.show.page.document import write_page
from tests.browser import Browser, Visit

__all__ = ["LivePage", "options"]

# Waits until the next picture is drawn: changes are shown once for each.
NEXT_FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def options(file: Path, *sizes: int, **others: Any) -> PageOptions:
    """The options of a page; all but the file have defaults."""
    values: dict[str, Any] = {
        "activation": "sigmoid",
        "cost": "quadratic",
        "initialisation": "book",
        "batch_size": 4,
        "seed": 0,
        "data": None,
        "bug": None,
        "layer": None,
    }
    return PageOptions(sizes=sizes or (2, 3, 1), file=file, **{**values, **others})


@dataclass
class LivePage:
    """An open page."""

    chrome: Browser
    visit: Visit

    @classmethod
    def open(cls, chrome: Browser, asked: PageOptions, *, width: int = 1280) -> "LivePage":
        write_page(live_page(asked), asked.file)
        chrome.resize(width, 900)
        return cls(chrome, chrome.open(asked.file.absolute().as_uri()))

    def ask(self, expression: str) -> Any:
        """The value of an expression, once what was changed is shown."""
        self.chrome.evaluate(NEXT_FRAME)
        return self.chrome.evaluate(expression)

    def text(self, selector: str) -> str:
        return str(self.ask(f"document.querySelector({json.dumps(selector)}).innerText"))

    def texts(self, selector: str) -> list[str]:
        found = f"[...document.querySelectorAll({json.dumps(selector)})]"
        return list(self.ask(f"{found}.map(each => each.textContent)"))

    def numbers(self) -> dict[str, str]:
        """The table of equation (46): the number of each quantity."""
        names, values = self.texts("#measured tbody th"), self.texts("#measured tbody td")
        return dict(zip(names, values, strict=True))

    def choose(self, name: str, value: str) -> None:
        """Choose an option of a select."""
        self.ask(
            f"(() => {{ const select = document.getElementById({name!r}); select.value = {value!r};"
            " select.dispatchEvent(new Event('change')); })()"
        )

    def slide(self, name: str, value: float) -> None:
        """Move a slider."""
        self.ask(
            f"(() => {{ const slider = document.getElementById({name!r}); slider.value = {value};"
            " slider.dispatchEvent(new Event('input')); })()"
        )

    def press(self, *keys: str) -> None:
        for key in keys:
            for kind in ("rawKeyDown", "keyUp"):
                code = {"Tab": 9, "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowRight": 39}[key]
                self.chrome.call(
                    "Input.dispatchKeyEvent",
                    type=kind,
                    key=key,
                    code=key,
                    windowsVirtualKeyCode=code,
                )

    def centre(self, selector: str) -> tuple[float, float]:
        """The middle of an element on the screen, after scrolling to it."""
        x, y = self.ask(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)});"
            " one.scrollIntoView({block: 'center'}); const box = one.getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        return float(x), float(y)

    def drag(self, place: tuple[float, float], moves: Sequence[float]) -> None:
        """Press the mouse at a place, move it to the right by each of these pixels, and let go."""
        x, y = place
        self.hold(place, *moves)
        self.let_go((x + (moves[-1] if moves else 0.0), y))

    def hold(self, place: tuple[float, float], *moves: float) -> None:
        """The same without letting go."""
        x, y = place
        self._mouse("mousePressed", x, y)
        for move in moves:
            self._mouse("mouseMoved", x + move, y)

    def let_go(self, place: tuple[float, float]) -> None:
        self._mouse("mouseReleased", *place)

    def click(self, selector: str) -> None:
        self.drag(self.centre(selector), ())

    def _mouse(self, kind: str, x: float, y: float) -> None:
        self.chrome.call(
            "Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1
        )
