"""An engine whose costs are evaluated in child processes, in which the student's class is loaded.

The children only evaluate the cost. What is made of the costs, and the verdict, are computed by
the parent, out of reach of the student's code.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gradcheck.engines.engine import Offset, Progress
from gradcheck.homework.messages import packed, unpacked
from gradcheck.homework.process import Child
from gradcheck.homework.source import StudentError
from nets.arrays import HostArray

__all__ = ["ChildEngine"]


class ChildEngine:
    """See ``engines.engine.Engine``; one by one, the entries dealt out to the children."""

    name = "one-by-one"

    def __init__(
        self,
        children: Sequence[Child],
        parameters: Sequence[HostArray],
        progress: Progress | None = None,
        *,
        cost: str | None = None,
    ) -> None:
        """Give all children the same parameters.

        Args:
            children: each has the class loaded.
            parameters: float64, on the host.
            progress: called now and then with the number of costs evaluated so far.
            cost: a name in ``COSTS_OF_OUTPUT`` to evaluate instead of the class's own.

        Raises:
            StudentError: the cost is not the same number in each of them.

        """
        self._children, self._progress = children, progress
        self._shown = 0
        request = {
            "do": "begin",
            "parameters": [packed(array) for array in parameters],
            "cost": cost,
        }
        answers = self._asked([request] * len(children))
        costs = {answer["base_cost"] for answer in answers}
        if len(costs) > 1:
            raise StudentError(
                f"the cost is {' in one process and '.join(map(repr, sorted(costs)))} in another, "
                "for the same parameters: the class is not built the same each time; --jobs 1 "
                "does without a second process"
            )
        self.base_cost: float = answers[0]["base_cost"]
        self.evaluations = 1

    def cost_changes(
        self, which: int, entries: HostArray, steps: HostArray, offsets: Sequence[Offset]
    ) -> HostArray:
        """See ``Engine.cost_changes``: the same to the digit for any number of children."""
        parts = np.array_split(np.arange(len(entries)), min(len(self._children), len(entries)))
        sent = [
            [offset.real, offset.imag] if isinstance(offset, complex) else float(offset)
            for offset in offsets
        ]
        answers = self._asked(
            [
                {
                    "do": "costs",
                    "which": which,
                    "entries": packed(np.asarray(entries[part], dtype=np.int64)),
                    "steps": packed(np.asarray(steps[part])),
                    "offsets": sent,
                }
                for part in parts
            ]
        )
        self.evaluations += len(entries) * len(offsets)
        return np.concatenate([unpacked(answer["changes"]) for answer in answers], axis=1)

    def _asked(self, requests: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """The answers of the first few children, a request each."""
        pairs = list(zip(self._children, requests, strict=False))
        for child, request in pairs:
            child.send(request)
        return [child.receive(self._tick()) for child, _ in pairs]

    def _tick(self) -> Callable[[], None]:
        def tick() -> None:
            costs = sum(child.costs for child in self._children)
            if self._progress is not None and costs > self._shown:
                self._shown = costs
                self._progress(costs)

        return tick
