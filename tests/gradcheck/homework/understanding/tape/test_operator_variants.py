"""Wrong gradients that only show for further shapes and arguments of an operator."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.tape.operator_parts import operator_parts
from gradcheck.homework.understanding.tape.operator_variants import variants_of
from tests.gradcheck.homework.understanding.tape.engines import Tensor, engine_for


class Rich(Tensor):
    """A right engine with indices, sums along an axis, and broadcasting."""

    def __add__(self, other: Any) -> Any:
        other = other if isinstance(other, Tensor) else type(self)(other)
        return _of(self, self.data + other.data, (self, lambda g: g), (other, lambda g: g))

    def __mul__(self, other: Any) -> Any:
        other = other if isinstance(other, Tensor) else type(self)(other)
        return _of(
            self,
            self.data * other.data,
            (self, lambda g: g * other.data),
            (other, lambda g: g * self.data),
        )

    def __getitem__(self, index: Any) -> Any:
        return _of(self, self.data[index], (self, lambda g: self.spread(index, g)))

    def spread(self, index: Any, arriving: Any) -> Any:
        found = np.zeros(self.data.shape)
        np.add.at(found, index, arriving)
        return found

    def sum(self, axis: Any = None, keepdims: bool = False) -> Any:
        def back(arriving: Any) -> Any:
            if axis is not None and not keepdims:
                arriving = np.expand_dims(arriving, axis)
            return arriving * self.share(axis) * np.ones(self.data.shape)

        return _of(self, self.data.sum(axis=axis, keepdims=keepdims), (self, back))

    def share(self, axis: Any) -> float:
        return 1.0

    def _add(self, arriving: Any) -> None:
        self.grad = self.grad + self.fitted(np.asarray(arriving))
        for parent, back in self.parents:
            parent._add(back(self.fitted(np.asarray(arriving))))

    def fitted(self, arriving: Any) -> Any:
        shape = self.data.shape
        while arriving.ndim > len(shape):
            arriving = arriving.sum(axis=0)
        for axis, size in enumerate(shape):
            if size == 1:
                arriving = arriving.sum(axis=axis, keepdims=True)
        return arriving


def _of(node: Any, data: Any, *parents: Any) -> Any:
    return type(node)(data, parents)


class Once(Rich):
    """An entry that is taken twice counts once."""

    def spread(self, index: Any, arriving: Any) -> Any:
        found = np.zeros(self.data.shape)
        found[index] += arriving
        return found


class Shared(Rich):
    """A sum along an axis has the gradient of a mean."""

    def share(self, axis: Any) -> float:
        return 1.0 if axis is None else 0.5


class Means(Rich):
    """The gradient of a column that was broadcast is a mean."""

    def fitted(self, arriving: Any) -> Any:
        found = super().fitted(arriving)
        is_column = self.data.shape == (3, 1) and arriving.shape == (3, 4)
        return found / 4.0 if is_column else found


def parts_in_doubt(kind: type) -> list[str]:
    engine = engine_for(kind)
    parts, _ = operator_parts(engine, {}, 0)
    variants = {each.name for each in variants_of(kind, {})}
    return [name for part in parts if (name := part.name.partition(": ")[2]) in variants]


def test_variants_of_a_right_engine_are_no_parts() -> None:
    assert parts_in_doubt(Rich) == []


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        (Once, "a[indices]"),
        (Shared, "a.sum(axis=0) of shape (3, 4)"),
        (Means, "a + b of shapes (3, 4) and (3, 1)"),
    ],
)
def test_of_a_wrong_operator_a_few_variants_are_parts(kind: type, first: str) -> None:
    found = parts_in_doubt(kind)
    assert found[0] == first
    assert len(found) < 6


def test_functions_and_methods_of_classes_are_called_too() -> None:
    class Joins(Rich):
        @staticmethod
        def concat(nodes: Any, axis: int = 0) -> Any: ...

    names = [each.name for each in variants_of(Joins, {"softmax": _softmax})]
    assert "Joins.concat(axis=1) of shape (3, 4) and (3, 4)" in names
    assert "softmax(dim=0) of shape (3, 4)" in names


def _softmax(node: Any, dim: int) -> Any: ...
