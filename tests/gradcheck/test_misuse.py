"""Every misuse of a public function ends in one line of BadInput."""

import io
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import gradcheck
import nets
from gradcheck import BUGS, BadInput, Case, MiniBatch
from nets import Network, place, train

NETWORK = Network.create([3, 4, 2], activation="tanh")
GENERATOR = np.random.default_rng(0)
INPUTS, TARGETS = GENERATOR.random((3, 5)), GENERATOR.random((2, 5))
LABELS = np.array([0, 1, 1, 0, 1])
BATCH = MiniBatch(INPUTS, TARGETS)
W, B = np.array([[1.0, -2.0], [0.5, 3.0]]), np.array(0.25)


def cost(parameters: dict[str, Any]) -> Any:
    return (parameters["w"] ** 2).sum() + parameters["b"]


def backprop(network: Any, inputs: Any, targets: Any) -> Any:
    return network.backprop(inputs, targets)


def ignore(_: object) -> None: ...


def first_epoch(**arguments: Any) -> Any:
    return next(train(**arguments))


def refuse_two(one: Any, other: Any) -> None: ...


OF_ANY_COST = {
    "cost": cost,
    "parameters": {"w": W, "b": B},
    "gradients": {"w": 2 * W, "b": np.array(1.0)},
    "scheme": "central",
    "epsilon": 1e-5,
    "sample": 2,
    "seed": 1,
    "digits": 6,
    "bounds": ({"w": -10.0, "b": None}, 10.0),
    "nondeterminism": 0.0,
    "progress": ignore,
}


def product(x: Any, w: Any) -> tuple[Any, tuple[Any, Any]]:
    return x @ w, (x, w)


def product_backward(arriving: Any, cache: tuple[Any, Any]) -> tuple[Any, Any]:
    x, w = cache
    return arriving @ w.T, x.T @ arriving


EXAMPLES = {"network": NETWORK, "inputs": INPUTS, "targets": TARGETS}

# Each public function with a call that is right.
CALLS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "check_gradients": (gradcheck.check_gradients, OF_ANY_COST),
    "assert_gradients": (gradcheck.assert_gradients, OF_ANY_COST),
    "check_backward": (
        gradcheck.check_backward,
        {
            "forward": product,
            "backward": product_backward,
            "arrays": {"x": INPUTS.T, "w": TARGETS[:1, :3].T},
            "upstream": np.ones((5, 1)),
            "cache": True,
            "scheme": "central",
            "epsilon": 1e-5,
            "sample": 2,
            "seed": 1,
            "digits": 6,
            "progress": ignore,
        },
    ),
    "check_network": (
        gradcheck.check_network,
        EXAMPLES
        | {
            "gradients": NETWORK.backprop(INPUTS, TARGETS),
            "previous": BATCH,
            "scheme": "forward",
            "epsilon": 1e-6,
            "sample": 2,
            "seed": 1,
            "engine": "batched",
            "threads": 1,
            "progress": ignore,
        },
    ),
    "check_while_training": (
        gradcheck.check_while_training,
        EXAMPLES | {"batch_size": 2, "seed": 1, "backprop": backprop},
    ),
    "wrong_backprop": (
        gradcheck.wrong_backprop,
        {
            "network": NETWORK,
            "batch": BATCH,
            "bug": next(iter(BUGS.values())),
            "layer": 2,
            "previous": BATCH,
        },
    ),
    "step_sweep": (
        gradcheck.step_sweep,
        EXAMPLES
        | {"schemes": ["forward"], "sample": 1, "seed": 1, "engine": "batched", "progress": ignore},
    ),
    "compare_costs": (
        gradcheck.compare_costs,
        {
            "cases": [Case((2, 1), 1)],
            "threads": 1,
            "budget": 1e-6,
            "activation": "tanh",
            "dtype": "float32",
            "device": "cpu",
            "seed": 1,
            "progress": ignore,
        },
    ),
    "Network": (Network, {"layers": NETWORK.layers, "cost_function": NETWORK.cost_function}),
    "Network.create": (
        Network.create,
        {
            "sizes": [3, 2],
            "activation": "relu",
            "cost": "quadratic",
            "initialisation": "scaled",
            "seed": 1,
            "where": place(),
        },
    ),
    "train": (
        first_epoch,
        EXAMPLES
        | {
            "epochs": 1,
            "batch_size": 2,
            "eta": 0.5,
            "seed": 1,
            "test": (INPUTS, LABELS),
            "backprop": backprop,
            "progress": ignore,
        },
    ),
    "accuracy": (nets.accuracy, {"network": NETWORK, "inputs": INPUTS, "labels": LABELS}),
    "right_answers": (nets.right_answers, {"network": NETWORK, "inputs": INPUTS, "labels": LABELS}),
    "save_network": (nets.save_network, {"network": NETWORK, "stream": io.BytesIO()}),
    "load_network": (nets.load_network, {"path": Path("missing.npz"), "where": place()}),
    "place": (place, {"device_name": "cpu", "dtype": "float32"}),
    "to_numpy": (nets.to_numpy, {"array": W}),
}
ARGUMENTS = [(name, argument) for name, (_, right) in CALLS.items() for argument in right]


class Odd:
    """An object that is nothing that any function takes."""

    def __repr__(self) -> str:
        return "Odd()"


class Shaped:
    """An object that has a shape and is no array."""

    shape = ()


def matrix(numbers: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # NumPy advises against matrices
        return np.matrix(numbers)


def contains_itself() -> list[Any]:
    endless: list[Any] = []
    endless.append(endless)
    return endless


# What each argument is replaced by. Functions, because a generator can be used only once.
WRONG: dict[str, Callable[[], Any]] = {
    "None": lambda: None,
    "True": lambda: True,
    "a NumPy bool": lambda: np.bool_(True),
    "a string": lambda: "abc",
    "an empty string": lambda: "",
    "bytes": lambda: b"abc",
    "an empty list": list,
    "a list of a string": lambda: ["abc"],
    "a list of numbers": lambda: [1.0, 2.0],
    "a ragged list": lambda: [[1.0], [1.0, 2.0]],
    "a list that contains itself": contains_itself,
    "a pair of None": lambda: (None, None),
    "an empty dict": dict,
    "a dict": lambda: {"w": 1},
    "a set": lambda: {1, 2},
    "a deque": lambda: deque([1]),
    "a generator": lambda: (number for number in range(3)),
    "an object": Odd,
    "a class": lambda: Odd,
    "an object with a shape": Shaped,
    "a module": lambda: np,
    "NaN": lambda: np.nan,
    "infinity": lambda: np.inf,
    "zero": lambda: 0,
    "a negative number": lambda: -1,
    "a fraction": lambda: 0.5,
    "a huge number": lambda: 10**400,
    "a large number": lambda: 2**70,
    "a complex number": lambda: 1j,
    "a function of nothing": lambda: lambda: None,
    "a function of two": lambda: refuse_two,
    "an object array": lambda: np.array([None, "a"]),
    "an array of strings": lambda: np.array(["a"]),
    "an array of dates": lambda: np.array(["2020-01-01"], dtype="datetime64[D]"),
    "a record array": lambda: np.zeros(2, dtype=[("a", float)]),
    "an empty array": lambda: np.zeros((0, 3)),
    "an array of one number": lambda: np.array(1.0),
    "an array of seven axes": lambda: np.zeros((1,) * 7),
    "a matrix": lambda: matrix([[1.0, 2.0]]),
    "a masked array": lambda: np.ma.masked_array([1.0, 2.0], mask=[True, False]),
    "a network": lambda: NETWORK,
    "a network's class": lambda: Network,
    "a mini-batch of strings": lambda: MiniBatch("a", "b"),
    "a mini-batch of other shapes": lambda: MiniBatch(TARGETS, INPUTS),
}


def spoilt(array: Any) -> dict[str, Any]:
    """Arrays of the right shape whose entries, or whose class, are wrong; and other shapes."""
    return {
        "as objects": array.astype(object),
        "complex": array + 1j,
        "as strings": array.astype(str),
        "as bools": array.astype(bool),
        "with NaN": np.where(np.arange(array.size).reshape(array.shape) == 0, np.nan, array),
        "infinite": np.full(array.shape, np.inf),
        "as a masked array": np.ma.masked_array(array),
        "as a matrix": matrix(np.atleast_2d(array)),
        "transposed": array.T,
        "flat": array.reshape(-1),
        "with an axis more": array[None],
        "as lists": array.tolist(),
        "of half the numbers": array.reshape(-1)[: array.size // 2],
    }


def inside(right: Any, wrong: Any) -> Iterator[Any]:
    """The right argument with the first part in it, or in a part of it, replaced."""
    if isinstance(right, dict):
        yield {**right, next(iter(right)): wrong}
        yield {**right, "unknown": wrong}
    elif isinstance(right, tuple | list):
        yield type(right)([wrong, *right[1:]])
        yield type(right)([*right, wrong])
        yield from (type(right)([each, *right[1:]]) for each in inside(right[0], wrong))
    elif is_dataclass(right) and not isinstance(right, type | Network):
        for field in fields(right):
            yield replace(right, **{field.name: wrong})


def wrong_costs(wrong: Any) -> Iterator[Callable[..., Any]]:
    """Costs that return something wrong: always, or with an entry moved only."""
    yield lambda _: wrong
    yield (
        lambda parameters: (
            cost(parameters)
            if np.array_equal(parameters["w"], W) and parameters["b"] == B
            else wrong
        )
    )


def wrong_backprops(wrong: Any) -> Iterator[Callable[..., Any]]:
    """Backprops that return something wrong."""
    yield lambda *_: wrong
    yield lambda network, *batch: [wrong, *network.backprop(*batch)[1:]]
    yield lambda network, *batch: [
        replace(each, gradient_wrt_biases=wrong) for each in network.backprop(*batch)
    ]


def raised_by(function: Callable[..., Any], arguments: dict[str, Any]) -> Exception | None:
    """The error that a call ends in, if any."""
    try:
        # What overflows is no misuse; what is dropped would be, and its warning is an error.
        with np.errstate(all="ignore"):
            function(**arguments)
    except Exception as error:
        return error
    return None


def is_of_the_caller(error: Exception) -> bool:
    """Whether an error was raised by the function that is checked, and not by the checker."""
    frames = traceback.extract_tb(error.__traceback__)
    return frames[-1].name in (product.__name__, product_backward.__name__)


def expect_bad_input_or_success(name: str, argument: str, wrong: Any) -> None:
    """Call a function with one wrong argument."""
    function, right = CALLS[name]
    error = raised_by(function, {**right, argument: wrong})
    if name == "check_backward" and error is not None and is_of_the_caller(error):
        return  # what is no array is held fixed, and forward may take it or not
    if isinstance(error, BadInput):
        assert str(error)
        assert "\n" not in str(error)
    elif isinstance(error, TypeError):
        # Python's own answer to a function that takes another number of arguments.
        assert "argument" in str(error)
    elif error is not None:
        assert name == "assert_gradients"
        assert isinstance(error, AssertionError)


@pytest.mark.parametrize(("name", "argument"), ARGUMENTS)
def test_every_wrong_kind_of_every_argument(name: str, argument: str) -> None:
    right = CALLS[name][1][argument]
    for make in WRONG.values():
        expect_bad_input_or_success(name, argument, make())
        for wrong in inside(right, make()):
            expect_bad_input_or_success(name, argument, wrong)
    if isinstance(right, np.ndarray):
        for wrong in spoilt(right).values():
            expect_bad_input_or_success(name, argument, wrong)


numbers = st.one_of(
    st.integers(), st.floats(), st.complex_numbers(), st.booleans(), st.text(), st.none()
)
arrays = hnp.arrays(
    st.one_of(hnp.scalar_dtypes(), st.just(np.dtype(object))),
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5),
)
anything = st.one_of(
    numbers,
    arrays,
    st.lists(numbers, max_size=3),
    st.tuples(numbers, numbers),
    st.dictionaries(st.sampled_from(["w", "b", "c"]), st.one_of(numbers, arrays), max_size=3),
)
# A budget that can be used is used up, so its values are those above.
SLOW = ("compare_costs", "budget")


@pytest.mark.parametrize("name", CALLS)
@given(data=st.data())
def test_any_value_of_any_argument(name: str, data: st.DataObject) -> None:
    argument = data.draw(st.sampled_from(list(CALLS[name][1])))
    if (name, argument) != SLOW:
        expect_bad_input_or_success(name, argument, data.draw(anything))


@pytest.mark.parametrize("scheme", ["forward", "complex"])
@pytest.mark.parametrize("kind", WRONG)
def test_costs_that_return_something_wrong(scheme: str, kind: str) -> None:
    for wrong in wrong_costs(WRONG[kind]()):
        arguments = {**OF_ANY_COST, "scheme": scheme, "epsilon": None, "cost": wrong}
        error = raised_by(gradcheck.check_gradients, arguments)
        assert error is None or isinstance(error, BadInput)


@pytest.mark.parametrize("name", ["train", "check_while_training"])
@pytest.mark.parametrize("kind", WRONG)
def test_backprops_that_return_something_wrong(name: str, kind: str) -> None:
    for wrong in wrong_backprops(WRONG[kind]()):
        with pytest.raises(BadInput):
            CALLS[name][0](**{**CALLS[name][1], "backprop": wrong})


@pytest.mark.parametrize("name", CALLS)
def test_the_call_that_is_spoilt_is_right(name: str, tmp_path: Path) -> None:
    function, right = CALLS[name]
    if name == "load_network":
        right = {**right, "path": tmp_path / "saved.npz"}
        with right["path"].open("wb") as stream:
            nets.save_network(NETWORK, stream)
    function(**right)


def test_every_public_function_is_called() -> None:
    public = {
        name
        for package in (gradcheck, nets)
        for name in package.__all__
        if callable(getattr(package, name)) and not isinstance(getattr(package, name), type)
    }
    assert public <= set(CALLS)
