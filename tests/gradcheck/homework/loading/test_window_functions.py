"""Windows of images as columns, and the way back."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from gradcheck.homework.loading.load_module import load_module
from gradcheck.homework.loading.window_functions import (
    col2im_6d_cython,
    col2im_cython,
    im2col_cython,
)
from tests.gradcheck.homework.students import caller

pytestmark = pytest.mark.usefixtures("in_this_process")
SHAPE = (2, 3, 6, 8)
WINDOWS = [(3, 3, 1, 1), (2, 4, 1, 2), (3, 3, 0, 1)]  # rows, columns, padding, stride


@pytest.mark.parametrize(("rows", "columns", "padding", "stride"), WINDOWS)
def test_each_window_is_a_column(rows: int, columns: int, padding: int, stride: int) -> None:
    x = np.random.default_rng(0).standard_normal(SHAPE)
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    found = im2col_cython(x, rows, columns, padding, stride)
    down = range(0, SHAPE[2] + 2 * padding - rows + 1, stride)
    across = range(0, SHAPE[3] + 2 * padding - columns + 1, stride)
    expected = [
        padded[n, :, i : i + rows, j : j + columns].reshape(-1)
        for i, j, n in product(down, across, range(SHAPE[0]))
    ]
    np.testing.assert_array_equal(found, np.transpose(expected))


@pytest.mark.parametrize(("rows", "columns", "padding", "stride"), WINDOWS)
def test_the_way_back_is_the_transpose(rows: int, columns: int, padding: int, stride: int) -> None:
    generator = np.random.default_rng(1)
    x = generator.standard_normal(SHAPE)
    windows = im2col_cython(x, rows, columns, padding, stride)
    arriving = generator.standard_normal(windows.shape)
    back = col2im_cython(arriving, *SHAPE, rows, columns, padding, stride)
    assert np.vdot(arriving, windows) == pytest.approx(np.vdot(back, x))
    down = (SHAPE[2] + 2 * padding - rows) // stride + 1
    parts = arriving.reshape(SHAPE[1], rows, columns, down, -1, SHAPE[0])
    parts = parts.transpose(0, 1, 2, 5, 3, 4)
    np.testing.assert_allclose(
        col2im_6d_cython(parts, *SHAPE, rows, columns, padding, stride), back
    )


def test_a_package_without_the_compiled_module_has_these(tmp_path: Path) -> None:
    package = tmp_path / "course_of_windows"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    file = package / "fast.py"
    file.write_text(
        "try:\n    from course_of_windows.im2col_cython import col2im_cython\n"
        "except ImportError:\n    print('compile it')\n",
        encoding="utf-8",
    )
    assert load_module(caller(file)).names["col2im_cython"] is col2im_cython
