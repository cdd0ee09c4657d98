"""The numbers of all pictures fit into a file that can be sent by mail."""

import json

import numpy as np

from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.page.pictures import MOST_DOTS, MOST_LEVELS, pictures
from tests.gradcheck.verdicts.reports import AGREE, array_report

LARGEST = 4_900_000  # bytes: 5 MB, less what the page is made of


def random_array(rows: int, columns: int, seed: int = 0) -> ArrayReport:
    size = rows * columns
    numbers = np.random.default_rng(seed).standard_normal((2, size))
    return array_report(
        [AGREE] * size,
        shape=(rows, columns),
        entries=np.arange(size),
        numerical=numbers[0],
        backprop=numbers[1],
    )


def test_a_million_entries_keep_a_level_each() -> None:
    array = random_array(1000, 1000)
    found = pictures([[array]])
    assert found[0][0]["heatMap"]["block"] == 1
    assert len(json.dumps(found)) < LARGEST


def test_more_are_drawn_in_blocks() -> None:
    array = random_array(3000, 1000)
    found = pictures([[array]])
    assert array.checked > MOST_LEVELS
    assert found[0][0]["heatMap"]["block"] == 2
    assert len(json.dumps(found)) < LARGEST


def test_many_arrays_share_the_room_for_dots() -> None:
    arrays = [random_array(100, 100, seed) for seed in range(80)]
    assert sum(array.checked for array in arrays) > MOST_DOTS
    found = pictures([arrays])
    assert found[0][0]["dots"]["places"] < 200
    assert len(json.dumps(found)) < LARGEST


def test_the_inputs_go_into_the_first_matrix() -> None:
    bias, weights, others = random_array(1, 30), random_array(30, 64), random_array(9, 64)
    found = pictures([[array_report([AGREE], shape=(2,)), bias, weights, others]])[0]
    is_picture = [each["heatMap"]["picture"] is not None for each in found]
    assert is_picture == [False, False, True, False]
