"""What must be the same on the client and on all workers, so that all compute the same digits."""

import functools
import hashlib
import platform
from pathlib import Path

import numpy as np

from nets.errors import BadInput

__all__ = ["Versions", "expect_same", "versions_here"]

PACKAGES = Path(__file__).parents[2]
OURS = ("gradcheck", "nets")
DIGITS = 8  # hexadecimal digits of SHA-256, for a reader to compare

# By the name of what has a version.
Versions = dict[str, str]


def versions_here() -> Versions:
    """The versions in this process, by name."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {
        "Python": python,
        "NumPy": np.__version__,
        "distributed": _distributed(),
        "gradcheck": _sources(),
    }


def expect_same(worker: str, theirs: Versions) -> None:
    """Check that a worker has the versions of this process.

    Args:
        worker: its name, for the message.
        theirs: its versions.

    Raises:
        BadInput: some version differs.

    """
    for name, ours in versions_here().items():
        other = theirs.get(name, "none")
        if other != ours:
            raise BadInput(
                f"the worker {worker} has {name} {other}, but here it is {ours}; install the same "
                "version on all computers. Nothing was computed"
            )


def _distributed() -> str:
    # It takes 20 ms to import, and a check without a cluster needs it never.
    from importlib import metadata

    try:
        return metadata.version("distributed")
    except metadata.PackageNotFoundError:
        return "none"


@functools.cache
def _sources() -> str:
    """A fingerprint of our own sources: the version number alone changes too rarely."""
    digest = hashlib.sha256()
    for package in OURS:
        for path in sorted((PACKAGES / package).rglob("*.py")):
            digest.update(path.relative_to(PACKAGES).as_posix().encode() + b"\0")
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return f"sources {digest.hexdigest()[:DIGITS]}"
