"""What was found out about a class, as a message between the two processes."""

from typing import Any

from gradcheck.homework.finding import Finding
from gradcheck.homework.process.messages import packed, unpacked
from gradcheck.homework.understanding.class_facts import ClassFacts, NamedGradients

__all__ = ["facts_from", "facts_message"]


def facts_message(facts: ClassFacts) -> dict[str, Any]:
    """The facts as JSON can hold them, every array to the last bit."""
    return {
        "values": [packed(value) for value in facts.values],
        "gradients": [_packed(each) for each in facts.gradients],
        "again": None if facts.again is None else [_packed(each) for each in facts.again],
        "sums": list(facts.sums),
        "rounded": facts.rounded,
        "cost": facts.cost,
        "guessed": facts.guessed,
        "passes": facts.passes,
        "seconds": facts.seconds,
        "findings": [[each.kind, each.text] for each in facts.findings],
    }


def facts_from(message: dict[str, Any]) -> ClassFacts:
    """The facts that ``facts_message`` made a message of."""
    again = message["again"]
    return ClassFacts(
        values=[unpacked(value) for value in message["values"]],
        gradients=[_unpacked(each) for each in message["gradients"]],
        again=None if again is None else [_unpacked(each) for each in again],
        sums=tuple(message["sums"]),
        rounded=message["rounded"],
        cost=message["cost"],
        guessed=message["guessed"],
        passes=message["passes"],
        seconds=message["seconds"],
        findings=tuple(Finding(*each) for each in message["findings"]),
    )


def _packed(gradients: NamedGradients) -> dict[str, Any]:
    return {
        "reading": gradients.reading,
        "transposed": gradients.transposed,
        "arrays": [packed(array) for array in gradients.arrays],
    }


def _unpacked(message: dict[str, Any]) -> NamedGradients:
    arrays = [unpacked(array) for array in message["arrays"]]
    return NamedGradients(message["reading"], message["transposed"], arrays)
