"""Freed memory serves the next pass. Page faults tell: each is a page fetched from the system."""

import os
import platform
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="only glibc returns memory, and says so in faults"
)

# 600 x 600 weights: gradients of 2.9 MB, twice, of 700 pages of 4 KiB each.
BACKPROPS = """
import resource
import numpy as np
from nets import Network

network = Network.create([600, 600, 600])
inputs, targets = np.ones((600, 50)), np.zeros((600, 50))
faults = []
for _ in range(8):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    network.backprop(inputs, targets)
    faults.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
print(sorted(faults[3:])[2])
"""
# In a process that has not asked glibc to keep what is freed.
RETURNED = "import nets.network as n\nn.keep_freed_memory = lambda: None\n"


def faults(script: str) -> int:
    """What a script prints, run by a Python of its own: this one has long freed large blocks."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MALLOC", "GLIBC"))
    }
    ended = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    return int(ended.stdout)


def test_a_backprop_reuses_the_memory_of_the_one_before() -> None:
    returned = faults(RETURNED + BACKPROPS)
    if returned < 60:
        pytest.skip(f"{returned} page faults without being asked: pages are large here")
    assert faults(BACKPROPS) < returned / 10
