"""A fingerprint of a submission and of how it is checked: another one means: grade it again."""

import hashlib
from pathlib import Path

from gradcheck.homework.grading.handed_in import HandedIn
from gradcheck.homework.submission import Submission

__all__ = ["fingerprint"]

DIGITS = 16  # of SHA-256: two submissions that differ share them once in 2^64


def fingerprint(handed_in: HandedIn, how: Submission, sample: int | None) -> str:
    """A text that changes if anything changes that a row of the table depends on.

    Args:
        handed_in: the submission.
        how: it is checked; the path in it does not count.
        sample: how many entries of each array are checked at most; None for all.

    """
    limits = how.limits
    options = (
        how.class_name,
        how.sizes,
        how.cost,
        how.seed,
        sample,
        limits.call_seconds,
        limits.total_seconds,
        limits.memory,
        sorted(how.shapes.items()),
        how.batch_size,
    )
    digest = hashlib.sha256(repr(options).encode())
    for array in (how.inputs, how.targets):
        digest.update(b"" if array is None else array.tobytes())
    if handed_in.path is None:
        digest.update(b"\0" + handed_in.problem.encode())
    if how.adapter is not None:
        digest.update(b"\0adapter" + how.adapter.read_bytes())
    for path in _files(handed_in):
        digest.update(b"\0" + path.name.encode())
        try:
            digest.update(path.read_bytes())
        except OSError:
            continue  # the check itself reports that it cannot be read
    return digest.hexdigest()[:DIGITS]


def _files(handed_in: HandedIn) -> list[Path]:
    """The files that the result depends on: the submission and, in a folder, those beside it."""
    if handed_in.path is None:
        return []
    if handed_in.path.name == handed_in.name:
        return [handed_in.path]
    # A folder's homework may import its other files.
    return sorted({handed_in.path, *handed_in.path.parent.glob("*.py")})
