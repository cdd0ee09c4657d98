"""Parameters in dicts, lists and tuples: named, unpacked, and packed as they were."""

from collections import OrderedDict, UserDict, UserList, defaultdict
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.check import check_gradients
from gradcheck.verdicts.packing import Words, matched, named_arrays, packer
from nets.errors import BadInput

GRADIENTS = Words("gradient", "gradients")


class Layer(NamedTuple):
    """A layer as JAX's users write it."""

    weights: Any
    biases: Any


class Own(list[Any]):
    """A list of somebody's own class."""


NUMBERED = st.integers(0, 99)
TREES = st.recursive(
    NUMBERED,
    lambda part: st.one_of(
        st.lists(part, max_size=3),
        st.lists(part, max_size=3).map(tuple),
        st.dictionaries(st.text("abc", min_size=1, max_size=2), part, max_size=3),
        st.builds(Layer, part, part),
    ),
    max_leaves=8,
)


@given(tree=TREES)
def test_what_is_unpacked_is_packed_as_it_was(tree: Any) -> None:
    values = [value for _, value in named_arrays(tree)]
    again = packer(tree)(iter(values))
    assert again == tree
    assert type(again) is type(tree)
    assert matched(tree, tree, GRADIENTS) == values


@pytest.mark.parametrize(
    ("tree", "names"),
    [
        (1.0, ["parameters"]),
        ([1.0, 2.0], ["parameter 0", "parameter 1"]),
        ({"a": [1.0, {"b": 2.0}]}, ["a[0]", "a[1].b"]),
        ({"a b": {"c d": 1.0}}, ["a b['c d']"]),
        (Layer(1.0, (2.0,)), ["weights", "biases[0]"]),
        ([Layer(1.0, 2.0)], ["parameter 0.weights", "parameter 0.biases"]),
        ({}, []),
    ],
)
def test_names_say_where_an_array_is(tree: Any, names: list[str]) -> None:
    assert [name for name, _ in named_arrays(tree)] == names


@pytest.mark.parametrize(
    "tree",
    [
        OrderedDict(b=1, a=2),
        defaultdict(int, a=1),
        UserDict({"a": 1}),
        MappingProxyType({"a": 1}),
        Own([1, 2]),
        Layer(1, [2]),
    ],
)
def test_classes_of_their_own_are_kept(tree: Any) -> None:
    again = packer(tree)(iter([3, 4]))
    assert type(again) is type(tree)
    assert again != tree
    assert [value for _, value in named_arrays(again)] in ([3], [3, 4])


def test_other_sequences_come_as_lists() -> None:
    assert packer(UserList([1, 2]))(iter([3, 4])) == [3, 4]


def test_two_arrays_of_one_name_and_endless_parameters() -> None:
    with pytest.raises(BadInput, match="2 parameters are called '1'; give them different names"):
        named_arrays({1: 0.0, "1": 0.0})
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(BadInput, match="contain themselves"):
        named_arrays(endless)


def test_a_class_that_cannot_be_made_again() -> None:
    class Pair(tuple[float, float]):
        def __new__(cls, one: float, other: float) -> "Pair":
            return super().__new__(cls, (one, other))

    with pytest.raises(BadInput, match="a Pair cannot be made again"):
        packer(Pair(1.0, 2.0))


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"a": [1]}, "no gradient was given for 'b'"),
        ({"a": [1], "b": 1, "c": 1}, "a gradient was given for 'c'; the parameters are 'a', 'b'"),
        ({"a": [1, 2], "b": 1}, "2 gradients were given for a; give a list of 1"),
        ({"a": 1, "b": 1}, "the gradient of a is a int; give a list of 1"),
        ({"a": {0: 1}, "b": 1}, "the gradient of a is a dict; give a list of 1"),
        ([1, 2], "the gradients are a list; give a dict with the names of the parameters"),
    ],
)
def test_gradients_that_are_packed_otherwise(other: Any, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        matched({"a": [0], "b": 0}, other, GRADIENTS)


def test_the_cost_gets_its_parameters_packed_as_given() -> None:
    seen = []

    def cost(layers: Any) -> Any:
        seen.append(layers)
        (first, second) = layers
        return (first.weights**2).sum() + 3.0 * first.biases + (second["c"][0] ** 3).sum()

    w, b, c = np.array([1.0, -2.0]), np.array(0.5), np.array([2.0])
    layers = (Layer(w, b), {"c": [c]})
    right = (Layer(2 * w, 3.0), {"c": [3 * c**2]})
    report = check_gradients(cost, layers, right)
    assert report.ok
    assert [array.name for array in report.arrays] == [
        "parameter 0.weights",
        "parameter 0.biases",
        "parameter 1.c[0]",
    ]
    assert {(type(one), type(one[0]), type(one[1])) for one in seen} == {(tuple, Layer, dict)}
    wrong = check_gradients(cost, layers, (Layer(2 * w, 3.0), {"c": [2 * c**2]}))
    assert [array.counts["disagree"] for array in wrong.arrays] == [0, 0, 1]
