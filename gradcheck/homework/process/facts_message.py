"""What was found out about a student's code, as a message between the two processes."""

from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.contract import NamedArray, NamedGradients
from gradcheck.homework.facts import Facts, PartFacts
from gradcheck.homework.finding import Finding
from gradcheck.homework.known_operations.forward_call import ForwardCall
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.process.messages import packed, unpacked
from gradcheck.homework.slots import Slot

__all__ = ["batch_from", "batch_message", "facts_from", "facts_message"]


def facts_message(facts: Facts) -> dict[str, Any]:
    """The facts as JSON can hold them, every array to the last bit."""
    return {
        "name": facts.name,
        "format": facts.format,
        "layers": facts.layers,
        "findings": _findings(facts.findings),
        "left_out": [[each.name, each.line, each.is_open] for each in facts.left_out],
        "parts": [_part_message(part) for part in facts.parts],
    }


def facts_from(message: dict[str, Any]) -> Facts:
    """The facts that ``facts_message`` made a message of."""
    return Facts(
        name=message["name"],
        format=message["format"],
        parts=tuple(_part_from(part) for part in message["parts"]),
        layers=message["layers"],
        findings=_findings_from(message["findings"]),
        left_out=tuple(LeftOut(*each) for each in message["left_out"]),
    )


def batch_message(batch: MiniBatch | None) -> dict[str, Any] | None:
    """A mini-batch as JSON can hold it."""
    if batch is None:
        return None
    return {"inputs": packed(batch.inputs), "targets": packed(batch.targets)}


def batch_from(message: dict[str, Any] | None) -> MiniBatch | None:
    """The mini-batch that ``batch_message`` made a message of."""
    if message is None:
        return None
    return MiniBatch(unpacked(message["inputs"]), unpacked(message["targets"]))


def _part_message(part: PartFacts) -> dict[str, Any]:
    return {
        "name": part.name,
        "arrays": [_array_message(array) for array in part.arrays],
        "gradients": [_packed(each) for each in part.gradients],
        "again": None if part.again is None else [_packed(each) for each in part.again],
        "sums": list(part.sums),
        "rounded": part.rounded,
        "cost": part.cost,
        "guessed": part.guessed,
        "passes": part.passes,
        "seconds": part.seconds,
        "findings": _findings(part.findings),
        "has_other_costs": part.has_other_costs,
        "batch": batch_message(part.batch),
        "batch_size": part.batch_size,
        "forward": _forward_message(part.forward),
    }


def _part_from(message: dict[str, Any]) -> PartFacts:
    again = message["again"]
    return PartFacts(
        name=message["name"],
        arrays=tuple(_array_from(array) for array in message["arrays"]),
        gradients=[_unpacked(each) for each in message["gradients"]],
        again=None if again is None else [_unpacked(each) for each in again],
        sums=tuple(message["sums"]),
        rounded=message["rounded"],
        cost=message["cost"],
        guessed=message["guessed"],
        passes=message["passes"],
        seconds=message["seconds"],
        findings=_findings_from(message["findings"]),
        has_other_costs=message["has_other_costs"],
        batch=batch_from(message["batch"]),
        batch_size=message["batch_size"],
        forward=_forward_from(message["forward"]),
    )


def _forward_message(call: ForwardCall | None) -> dict[str, Any] | None:
    if call is None:
        return None
    return {
        "name": call.name,
        "stem": call.stem,
        "given": {name: packed(value) for name, value in call.given.items()},
        "settings": dict(call.settings),
        "output": packed(call.output),
    }


def _forward_from(message: dict[str, Any] | None) -> ForwardCall | None:
    if message is None:
        return None
    return ForwardCall(
        name=message["name"],
        stem=message["stem"],
        given={name: unpacked(value) for name, value in message["given"].items()},
        settings=message["settings"],
        output=unpacked(message["output"]),
    )


def _findings(findings: tuple[Finding, ...]) -> list[list[str]]:
    return [[each.kind, each.text, *each.missing] for each in findings]


def _findings_from(message: list[list[str]]) -> tuple[Finding, ...]:
    return tuple(Finding(kind, text, tuple(missing)) for kind, text, *missing in message)


def _array_message(array: NamedArray) -> dict[str, Any]:
    slot = array.slot
    return {
        "name": array.name,
        "value": packed(array.value),
        "is_input": array.is_input,
        "slot": None if slot is None else [slot.layer, slot.parameter, slot.n_up, slot.n_down],
    }


def _array_from(message: dict[str, Any]) -> NamedArray:
    value = unpacked(message["value"])
    slot = None
    if message["slot"] is not None:
        layer, parameter, n_up, n_down = message["slot"]
        slot = Slot(layer, parameter, n_up, n_down, value.shape)
    return NamedArray(message["name"], value, slot, message["is_input"])


def _packed(gradients: NamedGradients) -> dict[str, Any]:
    return {
        "reading": gradients.reading,
        "transposed": gradients.transposed,
        "arrays": [packed(array) for array in gradients.arrays],
    }


def _unpacked(message: dict[str, Any]) -> NamedGradients:
    arrays = [unpacked(array) for array in message["arrays"]]
    return NamedGradients(message["reading"], message["transposed"], arrays)
