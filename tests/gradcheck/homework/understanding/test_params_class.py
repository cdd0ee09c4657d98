"""A class with a dict of parameters is built, and read in the first form that works."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Part
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.params_class import PARAMS_NAMES, read_params_class
from nets.arrays import HostArray
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.params_classes import TwoLayers


def read(kind: Any, **asked: Any) -> Part:
    return read_params_class(kind, "Net", Asked(**asked), caller()).parts[0]


class Columns(TwoLayers):
    def loss(self, x: HostArray, y: HostArray, reg: float = 0.0) -> Any:
        assert x.shape[1] == 10
        return super().loss(x.T, y.T, reg)


class Images(TwoLayers):
    def __init__(self, input_dim: tuple[int, ...] = (1, 28, 28), num_classes: int = 10) -> None:
        super().__init__(int(np.prod(input_dim)), 4, num_classes)

    def loss(self, x: HostArray, y: HostArray, reg: float = 0.0) -> Any:
        assert x.ndim == 4
        return super().loss(x.reshape(len(x), -1), y, reg)


class Regularised:
    def __init__(self, hidden: int = 5, reg: float = 0.0) -> None:
        self.reg = reg
        self.layers = TwoLayers(6, hidden, 4)
        self.params = self.layers.params

    def loss(self, x: HostArray, y: HostArray) -> Any:
        return self.layers.loss(x, y, self.reg)


def test_the_class_is_built_for_the_sizes_that_were_asked_for() -> None:
    part = read(TwoLayers, sizes=(7, 6, 2))
    assert [array.value.shape for array in part.arrays] == [(7, 6), (6,), (6, 2), (2,)]
    assert part.batch_size == 10


def test_without_sizes_usual_ones_are_taken() -> None:
    assert [array.value.shape[0] for array in read(TwoLayers).arrays] == [6, 5, 5, 4]


def test_the_first_form_in_which_the_loss_works_is_taken() -> None:
    for kind, words in ((TwoLayers, "each row"), (Columns, "each column"), (Images, "images")):
        assert words in read(kind).findings[0].text


def test_images_are_small_ones() -> None:
    assert read(Images).arrays[0].value.shape[0] == 8 * 8


def test_a_class_that_knows_its_sizes_says_them_by_its_arrays() -> None:
    class Own(TwoLayers):
        def __init__(self) -> None:
            super().__init__(7, 6, 2)

    part = read(Own)
    assert part.batch is not None
    assert part.batch.inputs.shape == (7, 10)


@pytest.mark.parametrize("name", PARAMS_NAMES)
def test_names_of_the_dict(name: str) -> None:
    class Own:
        def __init__(self) -> None:
            setattr(self, name, {"W1": np.ones((3, 2)), "b1": np.ones(2), "text": "no array"})

        def loss(self, x: HostArray, y: HostArray) -> Any:
            p = getattr(self, name)
            delta = x @ p["W1"] + p["b1"] - y
            return 0.5 * np.sum(delta**2), {"W1": x.T @ delta, "b1": delta.sum(axis=0)}

    assert [array.name for array in read(Own).arrays] == ["W1", "b1"]


def test_the_error_of_the_first_form_is_told() -> None:
    class Broken(TwoLayers):
        def loss(self, x: HostArray, y: HostArray, reg: float = 0.0) -> Any:
            raise ValueError(f"{x.shape} is not for me")

    class NoDict:
        def __init__(self) -> None:
            self.theta, self._own = 1, 2

    with pytest.raises(StudentError, match=r"ValueError: \(10, 6\) is not for me"):
        read(Broken)
    with pytest.raises(StudentError, match=r"has no dict of arrays such as params; it has theta$"):
        read(NoDict)


def test_a_gradient_of_another_shape_is_told_in_the_form_that_works() -> None:
    class ClassNumbers(TwoLayers):
        def loss(self, x: HostArray, y: HostArray, reg: float = 0.0) -> Any:
            cost, found = super().loss(x, np.eye(4)[y], reg)
            return cost, {**found, "W1": found["W1"].T}

    with pytest.raises(StudentError, match=r"of W1 has shape \(5, 6\); it should be \(6, 5\)"):
        read(ClassNumbers)


def test_a_strength_of_the_constructor_that_would_be_zero_is_set() -> None:
    class TwiceTooMuch(Regularised):
        def loss(self, x: HostArray, y: HostArray) -> Any:
            cost, found = super().loss(x, y)
            return cost, {**found, "W1": found["W1"] + 2 * self.reg * self.params["W1"]}

    class Half(Regularised):
        def __init__(self, reg: float = 0.5) -> None:
            super().__init__(reg=reg)

    def claimed(kind: Any) -> HostArray:
        part = read(kind)
        values = [array.value for array in part.arrays]
        return part.claims_at(values)[0].arrays[0]

    weights = read(Regularised).arrays[0].value
    np.testing.assert_allclose(claimed(TwiceTooMuch) - claimed(Regularised), 0.26 * weights)
    assert [each.text for each in read(Regularised).findings][1:] == [
        "The strength of its regularisation was set to 0.13."
    ]
    assert len(read(Half).findings) == 1


class WithAScale:
    """Its scale is a plain number among the parameters."""

    def __init__(self, n_in: int, n_hidden: int, n_out: int) -> None:
        draw = np.random.default_rng(0).standard_normal
        self.params = {"W1": draw((n_in, n_out)), "scale": 1.5, "rate": 0.1}

    def loss(self, x: Any, y: Any) -> Any:
        product = x @ self.params["W1"]
        out = self.params["scale"] * product
        d = (out - y) / len(x)
        grads = {"W1": x.T @ d * self.params["scale"], "scale": np.sum(d * product)}
        return float(0.5 * np.sum((out - y) ** 2) / len(x)), grads


def test_a_plain_number_that_has_a_gradient_is_a_parameter() -> None:
    part = read(WithAScale)
    assert [array.name for array in part.arrays] == ["W1", "scale"]
    assert part.arrays[1].value == 1.5
