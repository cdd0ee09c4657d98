"""The settings that the batched engine works under last as long as it works, and no longer."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from gradcheck.engines.blas_threads import one_blas_thread, small_buffers


def blas_threads() -> list[int]:
    return [each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"]


def test_one_blas_thread_and_afterwards_as_many_as_before() -> None:
    with threadpool_limits(2, user_api="blas"):
        before = blas_threads()
        with one_blas_thread():
            assert set(blas_threads()) <= {1}
        assert blas_threads() == before


def test_one_blas_thread_within_another() -> None:
    with threadpool_limits(2, user_api="blas"):
        before = blas_threads()
        with one_blas_thread():
            with one_blas_thread():
                assert set(blas_threads()) <= {1}
            assert set(blas_threads()) <= {1}
        assert blas_threads() == before


def test_buffers_are_small_and_afterwards_as_large_as_before() -> None:
    before = np.getbufsize()
    with small_buffers():
        assert np.getbufsize() < before
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
