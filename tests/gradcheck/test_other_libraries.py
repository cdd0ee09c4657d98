"""Costs of PyTorch and JAX: parameters, cost and gradients are theirs, the arithmetic is ours.

Arrays of array_api_strict that refuse writing stand for JAX's, so that these tests run where
neither library is installed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import array_api_strict
import numpy as np
import pytest

from gradcheck import BadInput, assert_gradients, check_gradients, check_network
from nets.layers import parameter_gradients
from nets.network import Network
from tests.gradcheck.problems import REAL_SCHEMES, SCHEME_NAMES

W, B = np.linspace(-1.0, 1.5, 6).reshape(2, 3), np.array([0.5, -0.25, 2.0])
GRADIENTS = {"w": np.cos(W) * B, "b": np.sin(W).sum(axis=0)}


@dataclass(frozen=True)
class Library:
    """A library in which somebody writes a cost.

    Attributes:
        array: makes an array of a NumPy array of any shape.
        functions: has ``sin`` and ``sum``.

    """

    array: Callable[[Any], Any]
    functions: Any

    def arrays(self, arrays: dict[str, Any]) -> dict[str, Any]:
        """Arrays of this library, by name."""
        return {name: self.array(array) for name, array in arrays.items()}

    def cost(self, parameters: dict[str, Any]) -> Any:
        """The sum of sin(w) b, in the library's own kind of number."""
        return self.functions.sum(self.functions.sin(parameters["w"]) * parameters["b"])


@contextmanager
def strict() -> Iterator[Library]:
    def refuse(*_: object) -> None:
        raise TypeError("this array cannot be written to")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(array_api_strict.asarray(0.0)), "__setitem__", refuse)
        yield Library(array_api_strict.asarray, array_api_strict)


@contextmanager
def torch() -> Iterator[Library]:
    library = pytest.importorskip("torch")
    yield Library(library.tensor, library)


@contextmanager
def torch_that_requires_gradients() -> Iterator[Library]:
    library = pytest.importorskip("torch")
    yield Library(lambda array: library.tensor(array, requires_grad=True), library)


@contextmanager
def jax(in_double: bool = True) -> Iterator[Library]:
    library = pytest.importorskip("jax")
    before = library.config.jax_enable_x64
    library.config.update("jax_enable_x64", in_double)
    try:
        yield Library(library.numpy.asarray, library.numpy)
    finally:
        library.config.update("jax_enable_x64", before)


@pytest.fixture(params=[strict, torch, torch_that_requires_gradients, jax])
def library(request: pytest.FixtureRequest) -> Iterator[Library]:
    with request.param() as chosen:
        yield chosen


@pytest.mark.parametrize("scheme", SCHEME_NAMES)
def test_right_gradients_agree_and_wrong_ones_do_not(library: Library, scheme: str) -> None:
    parameters, gradients = library.arrays({"w": W, "b": B}), library.arrays(GRADIENTS)
    report = check_gradients(library.cost, parameters, gradients, scheme=scheme)
    assert report.ok
    assert report.counts["agree"] == W.size + B.size
    assert_gradients(library.cost, parameters, gradients, scheme=scheme)
    wrong = library.arrays({**GRADIENTS, "b": GRADIENTS["b"] * 1.001})
    found = check_gradients(library.cost, parameters, wrong, scheme=scheme)
    assert [array.counts["disagree"] for array in found.arrays] == [0, B.size]
    with pytest.raises(AssertionError, match="b "):
        assert_gradients(library.cost, parameters, wrong, scheme=scheme)


def test_the_caller_s_arrays_stay_as_they_are(library: Library) -> None:
    parameters = library.arrays({"w": W, "b": B})
    check_gradients(library.cost, parameters, library.arrays(GRADIENTS))
    for name, array in {"w": W, "b": B}.items():
        assert library.functions.all(parameters[name] == library.array(array))


def test_arrays_in_float32_are_checked_in_float64(library: Library) -> None:
    seen = set()

    def cost(parameters: dict[str, Any]) -> Any:
        seen.add(str(parameters["w"].dtype).rpartition(".")[2])
        return library.cost(parameters)

    single = {name: array.astype(np.float32) for name, array in {"w": W, "b": B}.items()}
    gradients = {
        "w": np.cos(single["w"].astype(float)) * single["b"],
        "b": np.sin(single["w"].astype(float)).sum(axis=0),
    }
    assert check_gradients(cost, library.arrays(single), library.arrays(gradients)).ok
    assert seen == {"float64"}


@pytest.mark.parametrize("scheme", REAL_SCHEMES)
def test_parameters_of_numpy_and_a_cost_of_another_library(library: Library, scheme: str) -> None:
    def cost(parameters: dict[str, Any]) -> Any:
        return library.cost(library.arrays(parameters))

    assert check_gradients(cost, {"w": W, "b": B}, GRADIENTS, scheme=scheme).ok
    wrong = {**GRADIENTS, "w": -GRADIENTS["w"]}
    assert not check_gradients(cost, {"w": W, "b": B}, wrong, scheme=scheme).ok


def test_a_cost_of_every_entry_alone_in_bounds(library: Library) -> None:
    # At 0 and 1 a step of the wrong direction leads to NaN.
    def cost(w: Any) -> Any:
        return library.functions.sum(library.functions.sqrt(w) + library.functions.sqrt(1.0 - w))

    w = np.array([1e-6, 0.5, 1.0 - 1e-6])
    gradient = 0.5 / np.sqrt(w) - 0.5 / np.sqrt(1.0 - w)
    asked = library.array(w), library.array(gradient)
    assert check_gradients(cost, *asked, bounds=(0.0, library.array(np.ones(3)))).ok
    wrong = library.array(-gradient)
    assert not check_gradients(cost, asked[0], wrong, bounds=(0.0, None)).ok


def test_jax_without_float64_is_told_how_to_turn_it_on() -> None:
    with jax(in_double=False) as library, pytest.raises(BadInput, match='"jax_enable_x64", True'):
        check_gradients(library.cost, library.arrays({"w": W, "b": B}), GRADIENTS)


def test_what_pytorch_cannot_read_is_refused_in_one_line() -> None:
    library = pytest.importorskip("torch")
    w = library.ones(2, dtype=library.float64)
    no_data = w.to("meta")
    for given in ((no_data, w), (w, no_data), (w.to_sparse(), w), (w + 1j, w), (w, w > 0.0)):
        with pytest.raises(BadInput) as refusal:
            check_gradients(lambda p: (p**2).sum(), *given)
        assert "\n" not in str(refusal.value)
    with pytest.raises(BadInput, match="the cost is a Tensor that cannot be read"):
        check_gradients(lambda p: (p**2).sum().to("meta"), w, w)


@pytest.mark.parametrize("name", ["torch", "jax.numpy"])
def test_networks_are_checked_in_numpy_only(name: str) -> None:
    library = pytest.importorskip(name)
    network = Network.create([3, 2])
    inputs, targets = np.ones((3, 4)), np.ones((2, 4))
    claim = [
        library.asarray(each) for each in parameter_gradients(network.backprop(inputs, targets))
    ]
    assert check_network(network, inputs, targets, gradients=claim).ok
    claim[0] = -claim[0]
    assert not check_network(network, inputs, targets, gradients=claim).ok
    moved = network.with_parameters([library.asarray(each) for each in network.parameters])
    with pytest.raises(BadInput, match="over arrays of NumPy or CuPy, or check its cost with"):
        check_network(moved, library.asarray(inputs), library.asarray(targets))


def test_a_network_of_pytorch_and_its_own_gradients() -> None:
    library = pytest.importorskip("torch")
    generator = library.Generator().manual_seed(0)
    x = library.rand((5, 3), dtype=library.float64, generator=generator)
    network = library.nn.Sequential(library.nn.Linear(3, 4), library.nn.Tanh()).double()
    parameters = dict(network.named_parameters())

    def cost(values: dict[str, Any]) -> Any:
        return library.func.functional_call(network, values, (x,)).square().mean()

    cost(parameters).backward()
    gradients = {name: value.grad for name, value in parameters.items()}
    assert_gradients(cost, parameters, gradients)
    half = {name: value / 2 for name, value in gradients.items()}
    with pytest.raises(AssertionError, match="disagree"):
        assert_gradients(cost, parameters, half)


def test_a_compiled_cost_and_nested_parameters_of_jax() -> None:
    library = pytest.importorskip("jax")
    with jax() as of:
        parameters = [{"w": of.array(W)}, (of.array(B), of.array(0.5))]

        def cost(values: Any) -> Any:
            (b, c) = values[1]
            return of.functions.tanh(values[0]["w"] @ b).sum() * c

        gradients = library.grad(cost)(parameters)
        assert check_gradients(library.jit(cost), parameters, gradients).ok
        doubled = library.tree.map(lambda each: 2 * each, gradients)
        assert not check_gradients(library.jit(cost), parameters, doubled).ok
