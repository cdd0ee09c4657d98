"""What is asked of a student's file, as it is sent to the process that the file runs in."""

from pathlib import Path
from typing import Any

from gradcheck.homework.asked import Asked
from gradcheck.homework.process.facts_message import batch_from

__all__ = ["asked_from"]


def asked_from(question: dict[str, Any]) -> Asked:
    """What the parent process asks for, as it was sent."""
    sizes = question["sizes"]
    return Asked(
        name=question["class"],
        sizes=None if sizes is None else tuple(sizes),
        shapes={name: tuple(shape) for name, shape in question["shapes"].items()},
        cost=question["cost"],
        seed=question["seed"],
        batch_size=question["batch_size"],
        examples=batch_from(question["examples"]),
        adapter=None if question["adapter"] is None else Path(question["adapter"]),
        format=question["format"],
        each_array=question["each_array"],
    )
