"""The ways in which a mini-batch is handed over."""

import numpy as np
import pytest

from gradcheck.homework.understanding.by_trying.handover import HANDOVERS, Handover
from tests.gradcheck.homework.students import batch_of

BATCH = batch_of((4, 3), 5)
CLASSES = np.argmax(BATCH.targets, axis=0)


@pytest.mark.parametrize("way", HANDOVERS, ids=lambda way: way.name)
def test_every_example_is_handed_over_in_new_arrays(way: Handover) -> None:
    pieces = way.pieces(BATCH)
    assert len(pieces) == (1 if way.whole else 5)
    if way.is_list:
        assert pieces == [([*np.argmax(BATCH.inputs, axis=0)], [*CLASSES])]
        return
    x = np.concatenate([np.reshape(each, -1) for each, _ in pieces])
    assert sorted(x) == sorted(BATCH.inputs.reshape(-1))
    for each, _ in pieces:
        each[...] = 0.0
    assert np.all(BATCH.inputs)


@pytest.mark.parametrize("way", HANDOVERS, ids=lambda way: way.name)
def test_the_way_for_one_example_has_the_same_number_of_axes(way: Handover) -> None:
    if way.single is None:
        assert not way.whole or way.is_list
        return
    ((x, _),) = way.pieces(BATCH)
    single = way.single.pieces(BATCH)
    assert len(single) == 5
    assert single[0][0].ndim == x.ndim
    assert sorted(single[0][0].shape) == [1, 4]


def test_rows_columns_and_class_numbers() -> None:
    shapes = {
        way.name: [np.shape(each) for each in way.pieces(BATCH)[0]]
        for way in HANDOVERS
        if not way.is_list
    }
    assert shapes["a whole mini-batch, an example in each row"] == [(5, 4), (5, 3)]
    assert shapes["a whole mini-batch, an example in each column"] == [(4, 5), (3, 5)]
    assert shapes["one example at a time, as a flat vector"] == [(4,), (3,)]
    numbers = HANDOVERS[1].pieces(BATCH)[0][1]
    np.testing.assert_array_equal(numbers, CLASSES)


def test_the_target_of_one_output_is_its_number() -> None:
    batch = batch_of((4, 1), 5)
    np.testing.assert_array_equal(HANDOVERS[1].pieces(batch)[0][1], batch.targets[0])
