"""What rounding does, foretold for float64 and seen in float32, whose unit is 2^29 times larger."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nets.arrays import Place, to_numpy
from nets.layers import LayerGradients, parameter_gradients
from nets.network import Network
from nets.rounding import round_off_of
from tests.gradcheck.problems import moved, problem
from tests.strategies import Problem, problems

STEPS = [field.name for field in fields(LayerGradients)]
TIMES = 2.0**29
# Beyond so many standard deviations nothing lies that is rounded independently.
FARTHEST = 6.0


def rounded(given: Problem) -> Problem:
    """The nearest problem that float32 can hold."""
    network = given.network.with_dtype("float32").with_dtype("float64")
    return Problem(
        network,
        given.inputs.astype(np.float32).astype(np.float64),
        given.targets.astype(np.float32).astype(np.float64),
    )


def in_float32(given: Problem) -> tuple[LayerGradients, ...]:
    network = given.network.with_dtype("float32")
    # Some products of OpenBLAS in float32 now and then warn of finite numbers. Those who call this
    # compare every number that comes out: NaN would be too far off.
    with np.errstate(invalid="ignore"):
        return network.backprop(given.inputs.astype(np.float32), given.targets.astype(np.float32))


@given(drawn=problems(scales=(0.3, 1.0, 3.0, 10.0)), stretched=st.sampled_from([1.0, 30.0]))
@settings(max_examples=150)
def test_float32_is_no_further_from_float64_than_foretold(drawn: Problem, stretched: float) -> None:
    given = rounded(Problem(drawn.network, stretched * drawn.inputs, drawn.targets))
    foretold = round_off_of(given.network, given.inputs, given.targets)
    exact = given.network.backprop(given.inputs, given.targets)
    for layer, other, bound in zip(exact, in_float32(given), foretold.gradients, strict=True):
        for step in STEPS:
            value = getattr(layer, step)
            if value is None:
                assert getattr(bound, step) is None
                continue
            off = np.abs(getattr(other, step).astype(np.float64) - value)
            # Where a ReLU's z is 0 but for rounding, the derivative itself may jump.
            kinked = given.network.layers[0].activation.kinks
            if kinked and np.any(off > 0.1 * np.max(np.abs(value))):
                return
            # Below 1e-37 float32 has fewer digits, and then none, and sigmoid is no smaller.
            allowed = FARTHEST * TIMES * getattr(bound, step) + 1e-34
            assert np.all(off <= allowed), step


def test_it_is_foretold_to_an_order_of_magnitude() -> None:
    """A bound that is far too large would pass whatever was wrong."""
    given = rounded(problem(40, 20, 10, batch_size=20))
    foretold = round_off_of(given.network, given.inputs, given.targets)
    exact = given.network.backprop(given.inputs, given.targets)
    for layer, other, bound in zip(exact, in_float32(given), foretold.gradients, strict=True):
        for step in STEPS[:4]:
            off = np.abs(getattr(other, step).astype(np.float64) - getattr(layer, step))
            ratio = np.sqrt(np.mean(off**2)) / np.sqrt(np.mean(getattr(bound, step) ** 2)) / TIMES
            assert 0.02 < ratio < 1.5, step


def test_what_cancels_is_as_far_off_as_its_terms_make_it() -> None:
    """A neuron whose gradient is the difference of two large ones."""
    network = Network.create([1, 1, 2], activation="identity", seed=0)
    weights = [np.ones((1, 1)), np.zeros((1, 1)), np.array([[1e6], [1e6]]), np.zeros((2, 1))]
    network = network.with_parameters(weights)
    inputs, targets = np.ones((1, 1)), np.array([[1e6 - 1.0], [1e6 + 1.0 - 1e-6]])
    (first, _) = network.backprop(inputs, targets)
    (bound, _) = round_off_of(network, inputs, targets).gradients
    assert abs(first.gradient_wrt_weights[0, 0]) < 2.0
    assert bound.gradient_wrt_weights[0, 0] > 1e-11  # 1e6 times 1e-16, and not 1e-16


@pytest.mark.parametrize("layer", [1, 2])
def test_numbers_whose_squares_are_nothing(layer: int) -> None:
    """A layer that is saturated, whose gradients are below 1e-160."""
    network = Network.create([2, 3, 3, 1], activation="sigmoid", seed=1)
    parameters = list(network.parameters)
    parameters[2 * layer - 1] = parameters[2 * layer - 1] - 400.0
    network = network.with_parameters(parameters)
    inputs, targets = np.ones((2, 4)), np.zeros((1, 4))
    exact = network.backprop(inputs, targets)[layer - 1]
    bound = round_off_of(network, inputs, targets).gradients[layer - 1]
    assert 0.0 < np.max(np.abs(exact.gradient_wrt_weights)) < 1e-160
    ratio = bound.gradient_wrt_weights / np.abs(exact.gradient_wrt_weights)
    # z is -400: its rounding, and so the relative error of the slope, is some 400 u.
    assert np.all(ratio > 100 * 2.0**-53)
    assert np.all(ratio < 1e5 * 2.0**-53)


@pytest.mark.parametrize("cost", ["quadratic", "fused-sigmoid-cross-entropy"])
def test_the_cost_in_float32_is_no_further_off_than_foretold(cost: str) -> None:
    offs = []
    for seed in range(40):
        given = rounded(problem(30, 10, 5, batch_size=8, seed=seed, cost=cost))
        exact = float(given.network.cost(given.inputs, given.targets))
        single = given.network.with_dtype("float32")
        inputs, targets = (array.astype(np.float32) for array in (given.inputs, given.targets))
        foretold = TIMES * round_off_of(given.network, given.inputs, given.targets).cost
        # Beside the rounding of each z, C itself is rounded to its last digit.
        foretold += 2.0**-24 * abs(exact)
        offs.append(abs(float(single.cost(inputs, targets)) - exact) / foretold)
    assert max(offs) < 4.0
    assert np.median(offs) > 0.02


def test_elsewhere_the_same_is_foretold(elsewhere: Place) -> None:
    here = problem(5, 4, 3, activation="tanh")
    there = moved(here, elsewhere)
    expected = round_off_of(here.network, here.inputs, here.targets)
    found = round_off_of(there.network, there.inputs, there.targets)
    assert found.cost == pytest.approx(expected.cost, rel=1e-12)
    for some, others in zip(found.gradients, expected.gradients, strict=True):
        np.testing.assert_allclose(
            to_numpy(some.gradient_wrt_weights), others.gradient_wrt_weights, rtol=1e-12
        )


def test_a_gradient_whose_square_underflows_has_no_fewer_digits_in_doubt() -> None:
    network = Network.create([2, 1, 1], activation="tanh", seed=0)
    inputs, targets = np.array([[1.0], [0.5]]), np.array([[0.5]])

    def doubt(bias: float) -> float:
        weights, _, *rest = network.parameters
        moved = network.with_parameters([weights, np.array([[bias]]), *rest])
        bound, gradient = (
            traced[0].gradient_wrt_biases[0, 0]
            for traced in (
                round_off_of(moved, inputs, targets).gradients,
                moved.backprop(inputs, targets),
            )
        )
        assert gradient != 0.0
        return float(bound / abs(gradient))

    # The further out, the more of z's rounding is in the slope of the tanh there.
    assert doubt(10.0) < doubt(100.0) < doubt(250.0)


def textbook_gradients(given: Problem) -> list[np.ndarray]:
    """Backprop as in most textbooks: a (1 - a), 1 - a^2, and a - y behind a fused cost."""
    network, batch_size = given.network, given.inputs.shape[1]
    traces = network.forward(given.inputs)
    output = traces[-1].downstream_activations
    fused = network.cost_function.fused_activation
    if fused == "softmax":
        powers = np.exp(output - np.max(output, axis=0))
        output = powers / np.sum(powers, axis=0)
    elif fused == "sigmoid":
        output = 1.0 / (1.0 + np.exp(-output))
    arriving, found = (output - given.targets) / batch_size, []
    for layer, trace in zip(reversed(network.layers), reversed(traces), strict=True):
        a = trace.downstream_activations
        slopes = {"sigmoid": a * (1.0 - a), "tanh": 1.0 - a * a, "identity": np.ones_like(a)}
        delta = arriving * slopes[layer.activation.name]
        found += [np.sum(delta, axis=1, keepdims=True), delta @ trace.upstream_activations.T]
        arriving = layer.weights.T @ delta
    return found[::-1]


@given(drawn=problems(activations=("sigmoid", "tanh"), scales=(1.0, 3.0, 10.0, 20.0)))
@settings(max_examples=60)
def test_a_textbook_s_formulas_are_no_further_off_than_foretold(drawn: Problem) -> None:
    given = drawn
    exact = parameter_gradients(given.network.backprop(given.inputs, given.targets))
    foretold = round_off_of(given.network, given.inputs, given.targets, textbook=True)
    bounds = parameter_gradients(foretold.gradients)
    with np.errstate(over="ignore"):
        theirs = textbook_gradients(given)
    for right, other, bound in zip(exact, theirs, bounds, strict=True):
        assert np.all(np.abs(right - other) <= FARTHEST * bound)


def cancelling(seed: int, *, targets: float) -> Problem:
    """Activations near 1 that are differences of numbers near 1e6."""
    network = Network.create([20, 4, 3], activation="identity", seed=seed)
    first, _, *rest = network.parameters
    draw = np.random.default_rng(seed)
    inputs = 1e6 * draw.standard_normal((20, 1))
    biases = 1.0 - first @ inputs
    network = network.with_parameters([first, biases, *rest])
    return rounded(Problem(network, inputs, targets * draw.standard_normal((3, 1))))


@pytest.mark.parametrize(
    ("step", "targets"),
    [
        # The output is as far off as the activations that it is made of.
        ("gradient_wrt_downstream_activations", 10.0),
        # The gradient of the weights is a product with these activations.
        ("gradient_wrt_weights", 1e3),
    ],
)
def test_the_last_layer_feels_what_the_layer_before_has_lost(step: str, targets: float) -> None:
    ratios = []
    for seed in range(10):
        given = cancelling(seed, targets=targets)
        exact = given.network.backprop(given.inputs, given.targets)[-1]
        bound = round_off_of(given.network, given.inputs, given.targets).gradients[-1]
        off = in_float32(given)[-1]
        apart = np.abs(getattr(off, step).astype(np.float64) - getattr(exact, step))
        ratios.append(np.max(apart / (TIMES * getattr(bound, step))))
    assert max(ratios) < FARTHEST
    assert np.median(ratios) > 0.02  # and the bound is not simply wide


def test_a_sigmoid_made_of_a_tanh_is_no_further_off_than_foretold() -> None:
    """The batched engine computes tanh(z / 2) / 2 + 1 / 2, which has fewer digits near 0."""
    z = np.linspace(-34.0, -25.0, 200)[None, :]
    network = Network.create([1, 1], activation="sigmoid", seed=0)
    network = network.with_parameters([np.ones((1, 1)), np.zeros((1, 1))])
    (bound,) = round_off_of(network, z, 0.0 * z).gradients
    (right,) = network.backprop(z, 0.0 * z)
    by_tanh = (0.5 * np.tanh(0.5 * z) + 0.5) / z.shape[1]
    off = np.abs(by_tanh - right.gradient_wrt_downstream_activations)
    allowed = FARTHEST * bound.gradient_wrt_downstream_activations
    assert np.all(off <= allowed)
    assert np.max(off / allowed) > 0.01


@pytest.mark.parametrize("cost", ["fused-sigmoid-cross-entropy", "fused-softmax-cross-entropy"])
def test_where_the_output_is_right_a_textbook_s_difference_has_no_digits_left(cost: str) -> None:
    """The textbook computes a - y; both are 1 there, but for the last digits."""
    network = Network.create([2, 2], cost=cost, seed=0)
    network = network.with_parameters([np.eye(2), np.zeros((2, 1))])
    draw = np.random.default_rng(0)
    inputs = draw.uniform(14.0, 18.0, (2, 30)) * np.array([[1.0], [-1.0]])
    given = Problem(network, inputs, np.repeat([[1.0], [0.0]], 30, axis=1))
    (right, _) = parameter_gradients(network.backprop(given.inputs, given.targets))
    (theirs, _) = textbook_gradients(given)
    off = np.abs(theirs - right)

    def bound(*, textbook: bool) -> np.ndarray:
        found = round_off_of(network, given.inputs, given.targets, textbook=textbook)
        return np.asarray(found.gradients[0].gradient_wrt_weights)

    assert np.all(off <= FARTHEST * bound(textbook=True))
    assert np.max(off / bound(textbook=False)) > 100.0  # the formulas of nets keep these digits


def test_the_rounding_of_a_large_z_is_in_the_gradient_of_a_softmax() -> None:
    """Softmax takes the differences of the outputs; near 10,000 they have fewer digits."""
    ratios = []
    for seed in range(20):
        network = Network.create([3, 4], cost="fused-softmax-cross-entropy", seed=seed)
        weights, _ = network.parameters
        biases = 1e4 + np.array([[0.0], [-1.0], [-1.5], [-60.0]])
        inputs = np.random.default_rng(seed).standard_normal((3, 1))
        targets = np.array([[0.0], [1.0], [0.0], [0.0]])
        network = network.with_parameters([0.2 * weights, biases])
        given = rounded(Problem(network, inputs, targets))
        (exact,) = given.network.backprop(given.inputs, given.targets)
        (bound,) = round_off_of(given.network, given.inputs, given.targets).gradients
        (single,) = in_float32(given)
        off = np.abs(single.gradient_wrt_z.astype(np.float64) - exact.gradient_wrt_z)
        ratios.append(np.max(off / (TIMES * bound.gradient_wrt_z)))
        # The last output is e^-60 of the first. So is its gradient, and so is the bound.
        assert 0.0 < bound.gradient_wrt_z[3, 0] < 1e6 * 2.0**-53 * exact.gradient_wrt_z[3, 0]
    assert max(ratios) < FARTHEST
    assert max(ratios) > 0.01
