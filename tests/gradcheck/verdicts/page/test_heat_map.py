"""How the entries of an array lie in its picture."""

import base64
from typing import Any

import numpy as np
import pytest

from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.page.heat_map import heat_map
from gradcheck.verdicts.page.levels import levels_of
from nets.arrays import HostArray
from tests.gradcheck.verdicts.reports import AGREE, DISAGREE, array_report


def array_of(shape: tuple[int, ...], wrong: int = 0) -> ArrayReport:
    size = int(np.prod(shape))
    verdicts = [AGREE] * size
    verdicts[wrong] = DISAGREE
    return array_report(verdicts, shape=shape, entries=np.arange(size))


def levels(found: dict[str, Any]) -> HostArray:
    read = np.frombuffer(base64.b64decode(found["levels"]), dtype=np.uint8)
    return read.reshape(-1, found["columns"])


def test_a_matrix_keeps_its_rows_and_columns() -> None:
    array = array_of((3, 4), wrong=5)
    found = heat_map(array, is_first=True)
    assert np.array_equal(levels(found), levels_of(array).reshape(3, 4))
    assert found["picture"] is None


@pytest.mark.parametrize("shape", [(60,), (60, 1), (1, 60)])
def test_a_vector_is_drawn_in_rows(shape: tuple[int, ...]) -> None:
    found = levels(heat_map(array_of(shape, wrong=26), is_first=True))
    assert found.shape == (3, 25)
    assert np.argwhere(found >= 124).tolist() == [[1, 1]]
    assert not found[2, 10:].any()


def test_an_array_of_four_axes_is_a_row_for_each_of_its_first() -> None:
    assert levels(heat_map(array_of((5, 2, 3, 3)), is_first=False)).shape == (5, 18)


def test_a_number_is_one_cell() -> None:
    assert levels(heat_map(array_of(()), is_first=False)).shape == (1, 1)


@pytest.mark.parametrize(
    ("shape", "picture"),
    [
        ((30, 784), {"side": 28, "neurons": 30, "isTransposed": False}),
        ((784, 30), {"side": 28, "neurons": 30, "isTransposed": True}),
        ((30, 785), None),  # no square
        ((30, 49), None),  # too small to be a picture
    ],
)
def test_weights_are_pictures_where_the_inputs_are(shape: tuple[int, int], picture: Any) -> None:
    array = array_of(shape)
    assert heat_map(array, is_first=True)["picture"] == picture
    assert heat_map(array, is_first=False)["picture"] is None


def test_a_block_has_the_level_of_its_worst_entry() -> None:
    array = array_of((5, 7), wrong=4 * 7 + 6)
    found = heat_map(array, is_first=True, block=3)
    assert found["block"] == 3
    assert (levels(found) >= 124).tolist() == [[False] * 3, [False, False, True]]
