"""What a command is about, in words: the network and the mini-batch."""

from typing import Any

from gradcheck.show.numbers import sizes_text

__all__ = ["subject_text"]


def subject_text(subject: dict[str, Any], note: str = "") -> str:
    """The network and the mini-batch in words.

    Args:
        subject: as ``Subject.to_dict`` describes them.
        note: what to say behind the dtype.

    """
    network = subject["network"]
    where = " on the GPU" if subject["device"] == "gpu" else ""
    return (
        f"{sizes_text(network['sizes'])} network, {network['activation']}, "
        f"{network['cost']} cost, {network['parameters']:,} parameters, "
        f"{subject['dtype']}{note}{where}; "
        f"mini-batch of {subject['batch_size']}: {subject['data']}, seed {subject['seed']}"
    )
