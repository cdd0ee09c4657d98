"""The question for a change that mends a student's code, and its answer, as JSON can hold them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from gradcheck.homework.process.messages import packed, unpacked
from gradcheck.homework.repairs.found_repair import Found
from gradcheck.homework.repairs.measured_array import MeasuredArray
from gradcheck.homework.repairs.repair import Sizes

__all__ = ["found_from", "found_message", "measured_from", "measured_message", "sizes_from"]


def measured_message(arrays: Sequence[MeasuredArray]) -> list[dict[str, Any]]:
    """What was measured, array by array."""
    return [
        {
            "position": each.position,
            "entries": packed(each.entries),
            "slopes": packed(each.slopes),
            "tolerance": packed(each.tolerance),
            "is_wrong": each.is_wrong,
        }
        for each in arrays
    ]


def measured_from(message: Sequence[dict[str, Any]]) -> list[MeasuredArray]:
    """What ``measured_message`` made a message of."""
    return [
        MeasuredArray(
            int(each["position"]),
            unpacked(each["entries"]),
            unpacked(each["slopes"]),
            unpacked(each["tolerance"]),
            bool(each["is_wrong"]),
        )
        for each in message
    ]


def sizes_from(message: dict[str, Any]) -> Sizes:
    """The sizes that a wrong factor may come from."""
    return Sizes(tuple(message["examples"]), tuple(message["outputs"]))


def found_message(found: Found | None) -> dict[str, Any]:
    """A change that mends the code; ``None`` if none does."""
    return {"found": None if found is None else asdict(found)}


def found_from(message: dict[str, Any]) -> Found | None:
    """What ``found_message`` made a message of."""
    found = message["found"]
    return None if found is None else Found(**{**found, "mended": tuple(found["mended"])})
