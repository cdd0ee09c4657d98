"""The processes in which a submission's class is loaded: opened as needed, closed in any case."""

import time
from contextlib import ExitStack
from pathlib import Path

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.contract import Values
from gradcheck.homework.facts import Facts, PartFacts
from gradcheck.homework.finding import Finding, oddity
from gradcheck.homework.process.facts_message import batch_message, facts_from
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.process.messages import packed
from gradcheck.homework.process.student_process import StudentProcess
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.student_text import printable
from gradcheck.homework.submission import Submission

__all__ = ["SubmissionProcesses"]

PRINTED_SHOWN = 120  # characters of what a class prints
# The part of the limit on a call that running a file may take; then only its definitions are read.
# What is left of the limit is for reading them and for the imports of large libraries there.
IMPORT_SHARE = 0.25


class SubmissionProcesses:
    """Processes with the class of one submission; use it in a ``with`` block.

    Attributes:
        opened: the processes, each with the class loaded, built and understood.
        opening_seconds: how long the last one took to open.

    """

    def __init__(self, submission: Submission) -> None:
        """Open nothing yet."""
        self._submission = submission
        self._stack = ExitStack()
        self.opened: list[StudentProcess] = []
        self._for_repairs: StudentProcess | None = None
        self.opening_seconds = 0.0

    @property
    def submission(self) -> Submission:
        """What is checked."""
        return self._submission

    def open(self) -> Facts:
        """Start one more process and have the class loaded and understood there.

        Raises:
            StudentError: the class cannot be loaded or understood, or it breaks a limit.

        """
        begun = time.perf_counter()
        _, facts = self._opened(self._submission.limits, self.opened)
        self.opening_seconds = time.perf_counter() - begun
        return facts

    def for_repairs(self, limits: Limits) -> StudentProcess:
        """A process in which changes of the code are tried: it shares nothing that they may break.

        Args:
            limits: on the time and memory there.

        Raises:
            StudentError: as for ``open``.

        """
        if self._for_repairs is None:
            self._for_repairs, _ = self._opened(limits, [])
        return self._for_repairs

    def _opened(self, limits: Limits, among: list[StudentProcess]) -> tuple[StudentProcess, Facts]:
        """A new process, which is kept among others before the class is loaded there."""
        submission = self._submission
        folder = submission.path.resolve().parent
        process = StudentProcess(folder, limits, submission.workplace)
        self._stack.enter_context(process)
        among.append(process)
        process.send(
            {
                "do": "open",
                "path": str(submission.path.resolve()),
                "class": submission.class_name,
                "sizes": None if submission.sizes is None else list(submission.sizes),
                "shapes": {name: list(shape) for name, shape in submission.shapes.items()},
                "seed": submission.seed,
                "cost": submission.cost,
                "batch_size": submission.batch_size,
                "examples": batch_message(submission.examples),
                "import_seconds": _import_seconds(submission.limits),
                "adapter": _absolute(submission.adapter),
                "format": submission.format,
                "each_array": submission.each_array,
                "top": _top_of(submission),
                "closely": submission.workplace is not None and among is self.opened,
            }
        )
        return process, _expect_shapes(facts_from(process.receive()))

    def look(self, part: int, values: Values, examples: MiniBatch) -> tuple[PartFacts, int]:
        """Open the same object again in the first process, with other examples.

        Args:
            part: the position of a part in the contract.
            values: of its arrays; it is checked at these again.
            examples: (n_input, batch) and (n_output, batch).

        Returns:
            The facts about that part with these examples, and the position under which the first
            process computes its cost.

        Raises:
            StudentError: it does not work with these examples, or it breaks a limit.

        """
        process = self.opened[0]
        process.send(
            {
                "do": "look",
                "part": part,
                "parameters": [packed(array) for array in values],
                "examples": batch_message(examples),
            }
        )
        answer = process.receive()
        return _expect_shapes(facts_from(answer)).parts[0], int(answer["part"])

    @property
    def limits(self) -> Limits:
        """On the student's code."""
        return self._submission.limits

    def printed(self) -> list[Finding]:
        """How much the class printed, and how that begins; nothing if it printed nothing."""
        size = sum(process.output_size for process in self.opened)
        if not size:
            return []
        begins = printable(" ".join(self.opened[0].output.split()))
        shown = begins if len(begins) <= PRINTED_SHOWN else begins[:PRINTED_SHOWN] + "..."
        return [oddity(f'It printed {size:,} bytes: "{shown}".')]

    def deeds(self) -> list[Finding]:
        """What the code did besides computing; complete only when the processes are closed."""
        seen = dict.fromkeys(deed for process in self.opened for deed in process.deeds)
        found = [oddity(printable(deed)) for deed in seen]
        left = sum(process.left for process in self.opened)
        if left:
            found.append(
                oddity(
                    f"It left {left:,} {'process' if left == 1 else 'processes'} running; "
                    f"{'it was' if left == 1 else 'they were'} ended."
                )
            )
        return found

    def __enter__(self) -> "SubmissionProcesses":
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()


def _top_of(submission: Submission) -> str | None:
    """The folder of a submission that has folders of its own; None for any other."""
    workplace = submission.workplace
    return None if workplace is None else str(workplace.homework.resolve())


def _absolute(path: Path | None) -> str | None:
    return None if path is None else str(path.resolve())


def _expect_shapes(facts: Facts) -> Facts:
    """The facts, if each gradient has the shape of its parameters.

    The other process has checked that. But the student's code runs there too, and may have changed
    our code.

    Raises:
        StudentError: some gradient has another shape.

    """
    for part in facts.parts:
        shapes = [value.shape for value in part.values]
        for each in (*part.gradients, *(part.again or ())):
            if [array.shape for array in each.arrays] != shapes:
                raise StudentError(
                    "The gradients arrived in other shapes than the parameters. Does the file "
                    "replace functions of NumPy? It should leave them as they are"
                )
    return facts


def _import_seconds(limits: Limits) -> float:
    """How long a file may run before it is read for its definitions only."""
    in_all = limits.call_seconds if limits.total_seconds is None else limits.total_seconds
    return IMPORT_SHARE * min(limits.call_seconds, in_all)
