"""The arithmetic of the live page, called from Python: it runs in Chromium."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.engines.engine import Offset
from gradcheck.show.page.document import page_file
from gradcheck.show.page.modules import one_module
from nets.arrays import Array, HostArray
from nets.network import Network
from tests.browser import Browser

__all__ = ["EvenlySpread", "PageCosts", "call", "described", "start_lab"]

# The position of an array, an entry of it, and how far the entry is moved.
Asked = tuple[int, int, float]
LAB = Path(__file__).parent / "lab.js"


def start_lab(chrome: Browser, replaced: tuple[str, str] = ("", "")) -> None:
    """Load the arithmetic into an empty page.

    Args:
        chrome: the browser.
        replaced: a text in it, and what stands there instead: a mistake, to see a test fail.

    """

    def read(name: str) -> str:
        return LAB.read_text("utf-8") if name == LAB.name else page_file(name)

    text = one_module(LAB.name, read)
    assert replaced[0] in text
    chrome.open("about:blank")
    chrome.evaluate(f"(() => {{{text.replace(*replaced) if replaced[0] else text}}})()")


def call(chrome: Browser, function: str, *arguments: Any) -> Any:
    """Call a function of the lab; arguments and result go through JSON, which keeps every bit."""
    values = ", ".join(json.dumps(argument) for argument in arguments)
    return json.loads(chrome.evaluate(f"JSON.stringify(lab.{function}({values}))"))


def described(network: Network, batch: MiniBatch, activation: str) -> dict[str, Any]:
    """A network and a mini-batch as the page is given them."""
    return {
        "layers": [
            {"weights": layer.weights.tolist(), "biases": layer.biases.tolist()}
            for layer in network.layers
        ],
        "activation": activation,
        "cost": network.cost_function.name,
        "inputs": batch.inputs.tolist(),
        "targets": batch.targets.tolist(),
    }


@dataclass
class PageCosts:
    """The page's own costs as an engine for gradcheck.

    JavaScript and NumPy compute exp with other last digits, and (46) makes these digits large. With
    the same costs, both must come to the same slopes, bars and verdicts.

    Attributes:
        base_cost: C.
        changes: how much C changes, for the position of the array, the entry and the distance: what
            the page has computed.
        ask: the same, for a cost that the page did not need; it shows that the page measures in
            another way.
        evaluations: how many costs have been looked up.
        most_at_once: entries that are judged together.
        joins_arrays: false, each array is judged by itself.

    """

    base_cost: float
    changes: dict[Asked, float]
    ask: Callable[[list[Asked]], list[float]]
    most_at_once: int = 1000
    joins_arrays: bool = False
    evaluations: int = 0
    name: str = "page"

    def cost_changes(
        self, which: int, entries: HostArray, steps: Array, offsets: Sequence[Offset]
    ) -> Array:
        """See ``Engine.cost_changes``."""
        self.evaluations += len(entries) * len(offsets)
        asked = [
            [
                (which, int(entry), float(offset * step))
                for entry, step in zip(entries, steps, strict=True)
            ]
            for offset in offsets
        ]
        unknown = [what for row in asked for what in row if what not in self.changes]
        if unknown:
            self.changes.update(zip(unknown, self.ask(unknown), strict=True))
        return np.array([[self.changes[what] for what in row] for row in asked])


class EvenlySpread:
    """Stands for the generator that chooses where noise is measured: the page spreads evenly."""

    def choice(self, among: int, count: int, *, replace: bool) -> HostArray:
        """Positions (count,) from 0 to among - 1."""
        assert not replace
        return np.arange(count) * among // count
