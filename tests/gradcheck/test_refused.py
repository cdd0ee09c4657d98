"""Misuse that once ended in a traceback, or passed unseen: what the one line says."""

import re
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import gradcheck
import nets
from gradcheck import BUGS, BadInput, Case, MiniBatch
from nets import ACTIVATIONS, COSTS, DenseLayer, Network

W = np.array([1.0, -2.0, 0.5])
NETWORK = Network.create([3, 4, 2], activation="tanh")
GENERATOR = np.random.default_rng(0)
X, Y = GENERATOR.random((3, 5)), GENERATOR.random((2, 5))
TANH, QUADRATIC = ACTIVATIONS["tanh"], COSTS["quadratic"]


def squares(w: Any) -> Any:
    return (w**2).sum()


def check(cost: Any = squares, w: Any = W, gradient: Any = None, **options: Any) -> Any:
    return gradcheck.check_gradients(cost, w, 2 * W if gradient is None else gradient, **options)


def check_network(**options: Any) -> Any:
    return gradcheck.check_network(NETWORK, X, Y, sample=1, **options)


def watch(**changes: Any) -> Any:
    given = {"network": NETWORK, "inputs": X, "targets": Y, "batch_size": 2, "seed": 0}
    return gradcheck.check_while_training(**{**given, **changes})


def plant(**changes: Any) -> Any:
    batch = MiniBatch(X, Y)
    given = {"network": NETWORK, "batch": batch, "bug": next(iter(BUGS.values())), "layer": 2}
    return gradcheck.wrong_backprop(**{**given, **changes})


def sweep(**changes: Any) -> Any:
    return gradcheck.step_sweep(**{"network": NETWORK, "inputs": X, "targets": Y, **changes})


def layers(*shapes: tuple[int, int], biases: Any = None) -> tuple[DenseLayer, ...]:
    return tuple(
        DenseLayer(np.ones(shape), np.ones((shape[0], 1)) if biases is None else biases, TANH)
        for shape in shapes
    )


def matrix(numbers: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # NumPy advises against matrices
        return np.matrix(numbers)


def with_weights(weights: Any) -> Network:
    return Network((DenseLayer(weights, np.ones((2, 1)), TANH),), QUADRATIC)


REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    # What a cost returns
    "a NumPy bool": (lambda: check(lambda w: (w > 0).all()), "its dtype is bool"),
    "True": (lambda: check(lambda _: True), "the cost function returned True, a bool"),
    "an object array": (
        lambda: check(lambda w: np.array(w.sum(), dtype=object)),
        "its dtype is object",
    ),
    "a string": (lambda: check(lambda _: "1.0"), "returned '1.0', a str"),
    "nothing": (lambda: check(lambda _: None), "is there a return statement?"),
    "a list": (lambda: check(lambda w: [w.sum()]), "it should return one number"),
    "an array": (lambda: check(lambda w: w**2), "the cost has shape (3,)"),
    "a masked number": (lambda: check(lambda _: np.ma.masked), "it should return one number"),
    "a matrix of one number": (lambda: check(lambda w: matrix([[w.sum()]])), "shape (1, 1)"),
    "a date": (lambda: check(lambda _: np.datetime64("2020-01-01")), "its dtype is datetime64"),
    "a complex number": (lambda: check(lambda w: w.sum() + 1j), "the cost of real parameters"),
    "a cost that is no function": (lambda: check(3.0), "the cost is a float; give a function"),
    # Parameters and gradients
    "parameters in a matrix": (lambda: check(w=matrix(W)), "parameters is a np.matrix"),
    "a gradient in a matrix": (lambda: check(gradient=matrix(2 * W)), "is a np.matrix"),
    "complex parameters": (lambda: check(w=W + 0j), "has dtype complex128; give real numbers"),
    "True as a gradient": (
        lambda: check(lambda p: p[0] ** 2, [np.array(0.5)], [True]),
        "the gradient of parameter 0 is a bool",
    ),
    "an array of bools as a gradient": (
        lambda: check(gradient=np.array([True, False, True])),
        "has dtype bool; give real numbers",
    ),
    "parameters in a set": (lambda: check(w={1.0, 2.0}), "the parameters are a set"),
    "gradients as a generator": (
        lambda: check(lambda p: p[0].sum(), [W], (each for each in [W])),
        "the gradients are a generator; give a list of 1",
    ),
    # Options of a check
    "a scheme as a list": (lambda: check(scheme=["central"]), "scheme ['central'] is unknown"),
    "an epsilon as a string": (lambda: check(epsilon="1e-5"), "epsilon '1e-5' is no step"),
    "True as an epsilon": (lambda: check(epsilon=True), "epsilon True is no step"),
    "half a sample": (lambda: check(sample=0.5), "a sample of 0.5 entries"),
    "a seed as a string": (lambda: check(seed="0"), "seed '0' cannot be used"),
    "progress that is no function": (lambda: check(progress=1), "progress is a int"),
    "digits as a string": (lambda: check(digits="6"), "digits is '6'"),
    "an engine as a list": (lambda: check_network(engine=["batched"]), "engine ['batched']"),
    "progress in a check of a network": (lambda: check_network(progress="x"), "progress is a str"),
    "threads one-by-one": (
        lambda: check_network(engine="one-by-one", threads=2),
        "the engine one-by-one works in a single thread",
    ),
    "half a thread": (lambda: check_network(threads=0.5), "0.5 threads do nothing"),
    "gradients that are a number": (lambda: check_network(gradients=3), "the gradients are a int"),
    "a previous that is no mini-batch": (
        lambda: check_network(previous=(X, Y)),
        "previous is a tuple; give a gradcheck.MiniBatch",
    ),
    "a previous of other shapes": (lambda: check_network(previous=MiniBatch(Y, X)), "have shape"),
    "inputs as a list": (
        lambda: gradcheck.check_network(NETWORK, X.tolist(), Y),
        "inputs is a list; give an array",
    ),
    # Networks
    "no layers": (lambda: Network((), QUADRATIC), "the network has no layers"),
    "layers that do not fit": (
        lambda: Network(layers((4, 3), (2, 5)), QUADRATIC),
        "the weights of layer 2 have 5 columns; they should have 4",
    ),
    "biases of another shape": (
        lambda: Network(layers((4, 3), biases=np.ones(4)), QUADRATIC),
        "layer 1 biases has shape (4,); it should be (4, 1)",
    ),
    "layers that are none": (lambda: Network((1, 2), QUADRATIC), "layer 1 is a int"),  # type: ignore[arg-type]
    "a cost by its name": (lambda: Network(layers((2, 3)), "quadratic"), "is a str; give a"),  # type: ignore[arg-type]
    "complex weights": (lambda: with_weights(np.ones((2, 3)) + 1j), "has dtype complex128"),
    "complex weights of a checked network": (
        lambda: gradcheck.check_network(
            NETWORK.with_parameters([each + 1j for each in NETWORK.parameters]), X, Y
        ),
        "layer 1 weights has dtype complex128; give real numbers",
    ),
    "weights of whole numbers": (lambda: with_weights(np.ones((2, 3), int)), "floating-point"),
    "weights in a matrix": (lambda: with_weights(matrix(np.ones((2, 3)))), "is a np.matrix"),
    "one size": (lambda: Network.create([3]), "sizes [3] make no network"),
    "sizes as a number": (lambda: Network.create(3), "sizes 3 make no network"),  # type: ignore[arg-type]
    "sizes that are too large": (lambda: Network.create([2**40, 2**40]), "more than are free"),
    "a seed of a network": (lambda: Network.create([3, 2], seed=-1), "seed is -1"),
    "an activation": (lambda: Network.create([3, 2], activation=None), "activation None"),  # type: ignore[arg-type]
    "a place": (lambda: Network.create([3, 2], where="cpu"), "where is a str"),  # type: ignore[arg-type]
    # Training, planting, sweeping, comparing
    "watch: no network": (lambda: watch(network=3), "the network is a int"),
    "watch: inputs": (lambda: watch(inputs=X.tolist()), "inputs is a list"),
    "watch: targets": (lambda: watch(targets=None), "targets is a NoneType"),
    "watch: complex inputs": (lambda: watch(inputs=X + 0j), "complex128; give real numbers"),
    "watch: batch": (lambda: watch(batch_size=0), "batch_size is 0; give a whole number from 1"),
    "watch: seed": (lambda: watch(seed=None), "seed is None; give a whole number from 0"),
    "watch: backprop": (lambda: watch(backprop=3), "backprop is a int; give a function"),
    "watch: backprop returns nothing": (
        lambda: watch(backprop=lambda *_: None),
        "the gradients are a NoneType",
    ),
    "plant: bug": (lambda: plant(bug="sign-flipped"), "the bug is a str; give a gradcheck.Bug"),
    "plant: layer": (lambda: plant(layer="2"), "there is no layer '2'"),
    "plant: batch": (lambda: plant(batch=(X, Y)), "batch is a tuple; give a gradcheck.MiniBatch"),
    "plant: previous": (lambda: plant(previous=X), "previous is a ndarray"),
    "sweep: schemes": (lambda: sweep(schemes=3), "the schemes are a int"),
    "sweep: progress": (lambda: sweep(progress=3), "progress is a int"),
    "sweep: sample": (lambda: sweep(sample="3"), "a sample of '3' entries"),
    "compare: cases": (lambda: gradcheck.compare_costs(3), "the cases are a int"),  # type: ignore[arg-type]
    "compare: a case": (lambda: gradcheck.compare_costs([(3, 2)]), "a case is a tuple"),  # type: ignore[list-item]
    "compare: a batch": (lambda: gradcheck.compare_costs([Case((3, 2), 0)]), "batch size"),
    "compare: budget": (lambda: gradcheck.compare_costs(budget="1"), "a budget of '1' seconds"),  # type: ignore[arg-type]
    "compare: threads": (lambda: gradcheck.compare_costs(threads=0.5), "0.5 threads"),  # type: ignore[arg-type]
    "compare: seed": (lambda: gradcheck.compare_costs(seed=-1), "seed is -1"),
    "train: epochs": (
        lambda: nets.train(NETWORK, X, Y, epochs=1.5, batch_size=2, eta=1.0),  # type: ignore[arg-type]
        "1.5 epochs",
    ),
    "save: stream": (lambda: nets.save_network(NETWORK, "a.npz"), "the stream is a str"),  # type: ignore[arg-type]
    "to_numpy": (lambda: nets.to_numpy([1.0]), "this is a list; give an array"),
}


@pytest.mark.parametrize("misuse", REFUSED)
def test_a_misuse_is_one_line_that_says_what_was_given(misuse: str) -> None:
    call, words = REFUSED[misuse]
    with pytest.raises(BadInput, match=re.escape(words)) as refusal:
        call()
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 300


def test_the_calls_without_the_misuse_are_right() -> None:
    assert check().ok
    assert check_network(engine="one-by-one", threads=1).ok
    assert check_network(previous=MiniBatch(X, Y)).ok
    assert watch().ok
    assert with_weights(np.ones((2, 3))).sizes == (3, 2)
    assert len(plant()) == 2
