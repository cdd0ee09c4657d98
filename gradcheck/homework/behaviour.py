"""What a student's class does when it is built and when its backprop is called, and said of it."""

import inspect
import random
from typing import Any

import numpy as np

from gradcheck.homework.cost import Examples
from gradcheck.homework.forms import called_by_example, copied, required_arguments
from gradcheck.homework.parameters import GUESS, ODDITY, Finding, Parameters
from gradcheck.homework.readings import Backprop, mean_gradients
from gradcheck.homework.source import Caller, StudentError
from nets.arrays import HostArray

__all__ = ["build_network", "gradients_of", "how_backprop_is"]


def build_network(built: Any, name: str, sizes: list[int], seed: int, caller: Caller) -> Any:
    """A network of the student's class, the same for the same seed."""
    arguments = required_arguments(built)
    if arguments is not None and len(arguments) > 1:
        raise StudentError(
            f"{name} is built from ({', '.join(arguments)}); wanted is {name}({sizes}), the sizes "
            "alone (for others there is gradcheck.check_gradients)"
        )
    np.random.seed(seed)  # noqa: NPY002 (it is what such classes draw from)
    random.seed(seed)
    with caller.calling(f"{name}({sizes})"):
        return built(*sizes) if arguments == [] and _takes_any_number(built) else built(list(sizes))


def _takes_any_number(built: Any) -> bool:
    first = next(iter(inspect.signature(built).parameters.values()), None)
    return first is not None and first.kind is first.VAR_POSITIONAL


def how_backprop_is(backprop: Backprop) -> list[Finding]:
    """What is to be said of how backprop was understood."""
    notes = backprop.notes
    found = [
        Finding(
            GUESS,
            f"backprop takes {backprop.form.name}"
            + (", and the number of examples" if backprop.extra else "")
            + (
                f"; it returns {backprop.readings[0].order}."
                if len(backprop.readings) == 1
                else "."
            ),
        )
    ]
    if notes.left_per_example:
        found.append(
            Finding(
                GUESS,
                f"The gradients of {', '.join(notes.left_per_example)} come with a column for each "
                "example: summed over them.",
            )
        )
    for oddity, names in notes.oddities.items():
        digits = " (7 digits, which widens the error bars)" if oddity == "float32" else ""
        found.append(
            Finding(ODDITY, f"The gradients of {', '.join(names)} come as {oddity}{digits}.")
        )
    return found


def gradients_of(
    network: Any,
    parameters: Parameters,
    values: list[HostArray],
    backprop: Backprop,
    examples: Examples,
    caller: Caller,
    findings: list[Finding],
) -> tuple[list[list[HostArray]], list[list[HostArray]] | None]:
    """The gradients of the mini-batch in every reading, and those of a second time if others.

    What backprop does besides is noted in the findings.
    """
    changed: set[str] = set()

    def restore() -> None:
        for slot, before, now in zip(parameters.slots, values, parameters.current(), strict=True):
            if not np.array_equal(before, now):
                changed.add(slot.name)
        parameters.place(values)

    def computed() -> list[list[HostArray]]:
        returned = called_by_example(
            copied(network.backprop),
            "backprop(x, y)",
            backprop.form,
            examples.inputs,
            examples.targets,
            caller,
            extra=backprop.extra,
            before=restore,
        )
        restore()
        return [
            mean_gradients(backprop, reading, returned, parameters.slots, examples.batch)
            for reading in backprop.readings
        ]

    first = computed()
    again = computed()
    if changed:
        names = [slot.name for slot in parameters.slots if slot.name in changed]
        findings.append(
            Finding(
                ODDITY,
                f"backprop changes the network's own {', '.join(names)}: put back before each "
                "call; the step of learning belongs elsewhere.",
            )
        )
    steady = all(
        np.allclose(one, two, rtol=1e-9, atol=0.0, equal_nan=True)
        for one, two in zip(first[0], again[0], strict=True)
    )
    if not steady:
        findings.append(
            Finding(
                ODDITY,
                "backprop keeps state between calls: the second time it gave other gradients for "
                "the same examples. Those of the first time are checked and, if these agree, "
                "those of the second.",
            )
        )
    if any(not np.all(np.isfinite(array)) for array in first[0]):
        findings.append(Finding(ODDITY, "The gradients hold NaN or infinity."))
    return first, None if steady else again
