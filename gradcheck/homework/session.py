"""The child process in which a student's code runs: it answers the parent's questions.

Standard output and standard error both become the pipe for what the student's code prints, and
standard input is empty; the messages have file descriptors of their own, which the student's code
does not know of. That protects against accidents: code that means harm can find them.
"""

import contextlib
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from gradcheck.engines.one_by_one import OneByOne
from gradcheck.homework.behaviour import build_network, gradients_of, how_backprop_is
from gradcheck.homework.cost import Examples, StudentCost, cost_of
from gradcheck.homework.messages import packed, read_message, unpacked, write_message
from gradcheck.homework.parameters import Finding, Parameters
from gradcheck.homework.readings import Backprop, recognise
from gradcheck.homework.source import Caller, StudentError, load_class, one_line
from nets.arrays import HostArray
from nets.errors import BadInput

__all__ = ["Session", "main"]

BEAT_SECONDS = 0.2
TIMED_COSTS = 5


class Session:
    """One student's network, as far as it has been asked about."""

    def __init__(self, channel: BinaryIO) -> None:
        """Nothing is loaded yet."""
        self._channel = channel
        self._engine: OneByOne | None = None
        self._costs = 0
        self._last_beat = 0.0
        self._other_cost: Callable[[str], StudentCost]

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """What the parent is told: what it asked for, or why there is no telling."""
        try:
            return self._answer(request)
        except StudentError as error:
            return {"failed": error.line, "traceback": error.traceback}
        except BadInput as error:
            return {"failed": str(error), "traceback": ""}
        except MemoryError:
            line = "it wanted more memory than it may have; --memory allows more"
            return {"failed": line, "traceback": ""}
        except Exception as error:
            # An object of the student's that is not what it seems, met outside its own code.
            line = f"what the class holds or returns cannot be worked with: {one_line(error)}"
            return {"failed": line, "traceback": ""}

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        if request["do"] == "open":
            return self._opened(request)
        if request["do"] == "begin":
            return self._begun(request)
        return self._changes(request)

    def _tell(self, phase: str) -> None:
        write_message(self._channel, {"phase": phase})

    def _opened(self, request: dict[str, Any]) -> dict[str, Any]:
        """Load the class, find out what it is like, and compute its gradients."""
        path, sizes = Path(request["path"]), list(request["sizes"])
        examples = Examples(unpacked(request["inputs"]), unpacked(request["targets"]))
        caller = Caller(path, self._tell)
        findings: list[Finding] = []
        built = load_class(caller, request["class"])

        network = build_network(built, request["class"], sizes, request["seed"], caller)
        values = Parameters.of(network, sizes, caller, findings).values()

        def build() -> tuple[Any, Parameters]:
            network = build_network(built, request["class"], sizes, request["seed"], caller)
            parameters = Parameters.of(network, sizes, caller, [])
            parameters.place(values)  # in case no seed holds them
            return network, parameters

        backprop = recognise(build, examples.inputs, examples.targets, caller)
        findings += how_backprop_is(backprop)
        network, self._parameters = build()
        begun = time.perf_counter()
        gradients, again = gradients_of(
            network, self._parameters, values, backprop, examples, caller, findings
        )
        # Of one of the two times that it was computed.
        seconds_backprop = (time.perf_counter() - begun) / 2
        self._parameters.place(values)
        cost = cost_of(network, examples, request["cost"], backprop.form, caller, findings)
        self._expect_to_matter(cost, values, gradients[0])
        self._own_cost = cost
        self._other_cost = lambda name: cost_of(network, examples, name, backprop.form, caller, [])
        self._caller = caller
        return {
            "parameters": [packed(value) for value in values],
            "readings": _packed_readings(backprop, gradients),
            "again": None if again is None else _packed_readings(backprop, again),
            "summable": backprop.form.whole and cost.averaged,
            "float32": any(name in backprop.notes.oddities for name in ("float32", "float16")),
            "cost": {"name": cost.name, "passes": cost.passes, "guessed": cost.guessed},
            "seconds": {"cost": self._seconds(cost, values), "backprop": seconds_backprop},
            "findings": [{"kind": each.kind, "text": each.text} for each in findings],
        }

    def _expect_to_matter(
        self, cost: StudentCost, values: list[HostArray], gradients: list[HostArray]
    ) -> None:
        """See that the cost is computed from the parameters that were found.

        Raises:
            StudentError: it stays the same wherever they are moved, though gradients are claimed.

        """
        if not any(np.any(gradient) for gradient in gradients):
            return
        generator = np.random.default_rng(0)
        before = self._evaluated(cost)
        moved = [
            value + (1.0 + np.abs(value)) * generator.standard_normal(value.shape)
            for value in values
        ]
        self._parameters.place(moved)
        try:
            after = self._evaluated(cost)
        except StudentError:
            return  # not there, but it looked at them
        finally:
            self._parameters.place(values)
        if before == after:
            raise StudentError(
                f"the cost is {float(np.real(before)):g} whatever weights and biases hold; wanted "
                "is a forward pass that computes with these arrays, not with copies of them or "
                "with what it has kept"
            )

    def _seconds(self, cost: StudentCost, values: list[HostArray]) -> float:
        """Of one cost, the quickest of a few; each must come out the same."""
        seconds, found = [], []
        for _ in range(TIMED_COSTS):
            self._tell("the cost")
            begun = time.perf_counter()
            self._parameters.place(values)
            found.append(self._evaluated(cost))
            seconds.append(time.perf_counter() - begun)
        if len({repr(value) for value in found}) > 1:
            raise StudentError(
                f"the cost came out as {' and '.join(sorted(set(map(str, found)))[:2])} for the "
                "same parameters; it must be the same each time (no dropout, no state)"
            )
        return min(seconds)

    def _begun(self, request: dict[str, Any]) -> dict[str, Any]:
        """Be ready to move the entries of these parameters, under another cost if one is named."""
        self._cost = self._own_cost
        if request["cost"] is not None:
            self._cost = self._other_cost(request["cost"])
        values = [unpacked(array) for array in request["parameters"]]
        self._engine = OneByOne(self._cost_at, values)
        return {"base_cost": self._engine.base_cost}

    def _cost_at(self, values: Sequence[HostArray]) -> Any:
        self._parameters.place(values)
        cost = self._evaluated(self._cost)
        self._costs += 1
        now = time.monotonic()
        if now - self._last_beat > BEAT_SECONDS:
            self._last_beat = now
            write_message(self._channel, {"costs": self._costs})
        return cost

    def _evaluated(self, cost: StudentCost) -> Any:
        with np.errstate(all="ignore"):
            return cost.evaluate()

    def _changes(self, request: dict[str, Any]) -> dict[str, Any]:
        if self._engine is None:
            raise BadInput("costs were asked for before there were parameters")
        with self._caller.calling("the cost"):
            changes = self._engine.cost_changes(
                request["which"],
                unpacked(request["entries"]),
                unpacked(request["steps"]),
                [complex(*each) if isinstance(each, list) else each for each in request["offsets"]],
            )
        return {"changes": packed(changes), "costs": self._costs}


def _packed_readings(backprop: Backprop, gradients: list[list[HostArray]]) -> list[dict[str, Any]]:
    return [
        {"text": reading.text, "gradients": [packed(array) for array in arrays]}
        for reading, arrays in zip(backprop.readings, gradients, strict=True)
    ]


def limit_memory(size: int | None) -> None:
    """Let this process have so many bytes more than now, where the system can see to that.

    Args:
        size: None where the parent sees to it.

    """
    if sys.platform == "win32":
        return
    import resource

    # What crashes here leaves no core behind in the student's folder.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux" and size is not None:
        import psutil

        allowed = psutil.Process().memory_info().vms + size
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        if most == resource.RLIM_INFINITY or allowed < most:
            resource.setrlimit(resource.RLIMIT_AS, (allowed, most))


def _requests(stream: BinaryIO) -> "queue.SimpleQueue[dict[str, Any]]":
    """The parent's questions; when the parent is gone, so is this process, whatever it is doing."""
    waiting: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def receive() -> None:
        while (message := read_message(stream)) is not None:
            waiting.put(message)
        os._exit(0)

    threading.Thread(target=receive, daemon=True).start()
    return waiting


def main() -> None:
    """Answer the parent's questions for ever; the first message says how much memory there is."""
    channel = os.fdopen(os.dup(1), "wb")
    stream = os.fdopen(os.dup(0), "rb")
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    sys.dont_write_bytecode = True  # nothing of ours in the student's folder
    requests = _requests(stream)
    first = requests.get()
    limit_memory(first["memory"])
    session = Session(channel)
    write_message(channel, {"ready": True, "number": first["number"]})
    while True:
        request = requests.get()
        answer = session.answer(request)
        with contextlib.suppress(Exception):  # it may be None by now, or no file at all
            sys.stdout.flush()
        write_message(channel, {**answer, "number": request["number"]})


if __name__ == "__main__":
    main()
