"""An engine whose costs are computed in other processes, in which a student's class is loaded.

These processes compute costs and nothing else. Slopes, error bars and verdicts are computed here,
where the student's code cannot reach them.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from gradcheck.engines.engine import FEW_AT_ONCE, Offset, Progress
from gradcheck.homework.process.messages import packed, unpacked
from gradcheck.homework.process.student_process import StudentProcess
from gradcheck.homework.student_code import StudentError
from nets.arrays import HostArray

__all__ = ["ProcessEngine"]


class ProcessEngine:
    """See ``engines.engine.Engine``; one by one, the entries divided among the processes."""

    name = "one-by-one"
    most_at_once, joins_arrays = FEW_AT_ONCE, False

    def __init__(
        self,
        processes: Sequence[StudentProcess],
        parameters: Sequence[HostArray],
        progress: Progress | None = None,
        *,
        part: int = 0,
        cost: str | None = None,
    ) -> None:
        """Give all processes the same parameters.

        Args:
            processes: each has the class loaded.
            parameters: float64, each in the shape that the class holds it in.
            progress: called now and then with the number of costs computed so far.
            part: the position, in the contract, of the part whose cost is computed.
            cost: a name in ``COSTS_OF_OUTPUT``, to be computed instead of the part's own cost.

        Raises:
            StudentError: the processes compute different costs.

        """
        self._processes, self._progress = processes, progress
        self._shown = 0
        question = {
            "do": "begin",
            "part": part,
            "parameters": [packed(array) for array in parameters],
            "cost": cost,
        }
        answers = self._asked([question] * len(processes))
        costs = {answer["base_cost"] for answer in answers}
        if len(costs) > 1:
            raise StudentError(
                f"The cost is {' in one process and '.join(map(repr, sorted(costs)))} in another, "
                "for the same parameters: the class is not built the same each time. Use --jobs 1 "
                "to have one process only"
            )
        self.base_cost: float = answers[0]["base_cost"]
        self.evaluations = 1

    def cost_changes(
        self, which: int, entries: HostArray, steps: HostArray, offsets: Sequence[Offset]
    ) -> HostArray:
        """See ``Engine.cost_changes``; not a digit depends on the number of processes.

        Args:
            which: the position of the parameter array.
            entries: (n,) positions in the flattened array.
            steps: (n,) the step h of each entry.
            offsets: in units of h.

        Returns:
            (number of offsets, n): C(w + offset h e_j) - C(w), complex for complex offsets.

        Raises:
            StudentError: the student's code raised something or broke a limit.

        """
        parts = np.array_split(np.arange(len(entries)), min(len(self._processes), len(entries)))
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

    def _asked(self, questions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """The answers of the first few processes, a question each."""
        pairs = list(zip(self._processes, questions, strict=False))
        for process, question in pairs:
            process.send(question)
        return [process.receive(self._show_progress) for process, _ in pairs]

    def _show_progress(self) -> None:
        costs = sum(process.costs for process in self._processes)
        if self._progress is not None and costs > self._shown:
            self._shown = costs
            self._progress(costs)
