"""Small buffers, as long as the context lasts and no longer."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from gradcheck.engines.numpy_buffers import SMALL_BUFFER, small_buffers


def test_buffers_are_small_and_afterwards_as_large_as_before() -> None:
    before = np.getbufsize()
    with small_buffers():
        assert np.getbufsize() == SMALL_BUFFER < before
    assert np.getbufsize() == before


def test_buffers_are_as_large_as_before_after_an_error_too() -> None:
    before = np.getbufsize()
    with pytest.raises(ZeroDivisionError), small_buffers():
        raise ZeroDivisionError
    assert np.getbufsize() == before


def test_buffers_of_other_threads_are_left_alone() -> None:
    with ThreadPoolExecutor(1) as pool:
        before = pool.submit(np.getbufsize).result()
        with small_buffers():
            assert pool.submit(np.getbufsize).result() == before
