"""The system's own limit on the memory of a process."""

import subprocess
import sys

import pytest

PROGRAM = """
import numpy as np
from gradcheck.homework.process.memory_limit import limit_memory
limit_memory({size})
try:
    np.ones({wanted} // 8)
except MemoryError:
    print("too much")
else:
    print("enough")
"""


def told(size: int | None, wanted: int) -> str:
    """What a process says that may have so many bytes more, and wants so many."""
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(size=size, wanted=wanted)],
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="where the system keeps to the limit")
@pytest.mark.parametrize(
    ("size", "wanted", "expected"),
    [
        (100_000_000, 200_000_000, "too much"),
        (100_000_000, 50_000_000, "enough"),
        (None, 200_000_000, "enough"),
    ],
)
def test_a_process_may_have_so_much_and_no_more(
    size: int | None, wanted: int, expected: str
) -> None:
    assert told(size, wanted) == expected
