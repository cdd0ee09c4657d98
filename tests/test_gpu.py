"""Tests on a GPU: ``pytest -m gpu``. They are skipped if there is no GPU.

Most tests that run on the host and on the strict library run on a GPU too, through the fixtures
``where`` and ``elsewhere``. The tests here need CuPy itself.
"""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_network
from gradcheck.engines.batched import Batched
from gradcheck.engines.engine import Offset
from gradcheck.engines.kinds import ENGINES
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import Place, to_numpy
from tests.conftest import Command
from tests.gradcheck.problems import BOOK, moved, problem

pytestmark = pytest.mark.gpu

MEBIBYTE = 2**20


@pytest.fixture
def pool(gpu: Place) -> Iterator[Any]:
    """CuPy's memory pool, emptied, without a limit before and after."""
    import cupy

    found = cupy.get_default_memory_pool()
    found.free_all_blocks()
    yield found
    found.set_limit(size=0)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("batch_size", [1, 10, 1000])
def test_forward_and_backprop_are_those_of_the_cpu(dtype: str, batch_size: int, gpu: Place) -> None:
    here = problem(784, 30, 10, batch_size=batch_size)
    there = moved(here, gpu.with_dtype(dtype))
    tolerance = {"float64": 1e-12, "float32": 1e-3}[dtype]
    output = to_numpy(there.network.feedforward(there.inputs))
    wanted = here.network.feedforward(here.inputs)
    np.testing.assert_allclose(output, wanted, atol=tolerance)
    mine = here.network.backprop(here.inputs, here.targets)
    theirs = there.network.backprop(there.inputs, there.targets)
    for here_layer, there_layer in zip(mine, theirs, strict=True):
        weights = here_layer.gradient_wrt_weights
        found = to_numpy(there_layer.gradient_wrt_weights)
        assert np.max(np.abs(found - weights)) <= tolerance * np.max(np.abs(weights))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_check_on_the_gpu_is_that_of_the_cpu(engine: str, gpu: Place) -> None:
    there = moved(BOOK, gpu)
    reports = [
        check_network(given.network, given.inputs, given.targets, engine=engine, sample=400)
        for given in (BOOK, there)
    ]
    assert all(report.verdict is Verdict.AGREE for report in reports)
    for mine, theirs in zip(reports[0].arrays, reports[1].arrays, strict=True):
        apart = np.abs(mine.numerical - theirs.numerical)
        assert np.all(apart <= mine.error_bar + theirs.error_bar)


def test_verify_on_the_gpu_as_it_is_typed(gpu: Place, gradcheck_command: Command) -> None:
    asked = ("verify", "--sizes", "784,30,10", "--json")
    here = json.loads(gradcheck_command(*asked).out)
    there = json.loads(gradcheck_command(*asked, "--device", "gpu").out)
    assert (here["device"], there["device"]) == ("cpu", "gpu")
    assert here["verdict"] == there["verdict"] == "agree"
    assert there["checked"] == 23_860
    assert there["cost"] == pytest.approx(here["cost"], rel=1e-12)
    for mine, theirs in zip(here["arrays"], there["arrays"], strict=True):
        assert theirs["counts"]["disagree"] == 0
        assert theirs["relative_error"] <= 1e-7 >= mine["relative_error"]


def test_where_the_pool_is_used_up_blocks_are_halved(gpu: Place, pool: Any) -> None:
    import cupy

    here = problem(64, 64, 32, 10, batch_size=8)
    there = moved(here, gpu)
    offsets: list[Offset] = [-1.0, 1.0]
    entries, steps = np.arange(64 * 64), np.full(64 * 64, 1e-3)
    wanted = Batched(here.network, here.inputs, here.targets).cost_changes(
        0, entries, steps, offsets
    )
    engine = Batched(there.network, there.inputs, there.targets)
    there_steps = gpu.put(steps)
    pool.set_limit(size=pool.used_bytes() + 8 * MEBIBYTE)
    # One block would need this: 16 MiB for the z of the next layer.
    with pytest.raises(MemoryError):
        cupy.empty((32, 8, 2 * 64 * 64))
    found = engine.cost_changes(0, entries, there_steps, offsets)
    pool.set_limit(size=0)
    np.testing.assert_allclose(to_numpy(found), wanted, atol=1e-13)


def test_a_limit_of_the_pool_bounds_the_free_memory(gpu: Place, pool: Any) -> None:
    unlimited = gpu.free_memory()
    pool.set_limit(size=pool.used_bytes() + MEBIBYTE)
    limited = gpu.free_memory()
    assert limited is not None
    assert unlimited is not None
    assert limited <= MEBIBYTE < unlimited


def test_a_network_too_large_for_the_gpu_is_told_in_one_line(
    gpu: Place, pool: Any, gradcheck_command: Command
) -> None:
    pool.set_limit(size=MEBIBYTE)
    ended = gradcheck_command("verify", "--sizes", "784,30,10", "--device", "gpu")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert "on the GPU" in ended.err or "memory is full" in ended.err
