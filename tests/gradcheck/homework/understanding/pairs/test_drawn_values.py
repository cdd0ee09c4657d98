"""Random values of a kind and a shape."""

import numpy as np

from gradcheck.homework.understanding.pairs.drawn_values import (
    Pack,
    Values,
    chances,
    choices,
    labels,
    near_one,
    one_hots,
    real,
)


def drawn(values: Values) -> np.ndarray:
    found: np.ndarray = values.drawn(np.random.default_rng(0))
    assert found.shape == values.shape
    return found


def test_each_kind() -> None:
    assert np.any(drawn(real(4, 5)) < 0.0)
    assert abs(float(np.mean(drawn(near_one(200)))) - 1.0) < 0.1
    np.testing.assert_allclose(drawn(chances(6, 4)).sum(axis=1), 1.0)
    assert 0.0 < drawn(chances(6)).min() <= drawn(chances(6)).max() < 1.0
    np.testing.assert_array_equal(drawn(one_hots(6, 4)).sum(axis=1), 1.0)
    assert set(drawn(labels(3, 50)).tolist()) == {0, 1, 2}
    assert drawn(choices(50)).dtype == bool


def test_a_pack_is_a_dict_of_arrays() -> None:
    found = Pack({"W": real(2, 3), "b": real(2, 1)}).drawn(np.random.default_rng(0))
    assert {key: value.shape for key, value in found.items()} == {"W": (2, 3), "b": (2, 1)}
