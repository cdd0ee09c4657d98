"""The checker: what is right must pass, what is wrong must not, and what is neither must say so."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.check import check_gradients, check_network
from gradcheck.engines.kinds import ENGINES
from gradcheck.verdicts.verdict import Verdict
from gradcheck.verdicts.what_to_mend import Diagnosis
from nets.arrays import HostArray, Place, place
from nets.errors import BadInput
from nets.layers import DenseLayer, LayerGradients, LayerTrace
from nets.network import Network
from tests.gradcheck.problems import (
    BOOK,
    EVERY_ARRAY,
    EVERY_REAL_SCHEME,
    EVERY_SCHEME,
    SCHEME_NAMES,
    checked,
    moved,
    norm_ratio,
    problem,
    right,
)
from tests.strategies import ANALYTIC, Problem, problems

# Accuracy


ACCURACY = {"forward": 1e-7, "central": 1e-9, "five-point": 1e-9, "complex": 1e-13}


@pytest.mark.parametrize("engine", ENGINES)
def test_equation_46_on_all_of_the_book_s_network(engine: str) -> None:
    report = checked(BOOK, engine=engine)
    assert report.verdict is Verdict.AGREE
    assert report.checked == report.parameters == 23_860
    assert not report.is_sample
    assert report.counts["disagree"] == report.counts["kink"] == report.counts["untested"] == 0
    assert report.counts["undecided"] < 500
    assert norm_ratio(report) <= 1e-7


@EVERY_SCHEME
@pytest.mark.parametrize("engine", ENGINES)
def test_accuracy_on_the_book_s_network(scheme: str, engine: str) -> None:
    report = checked(BOOK, scheme=scheme, engine=engine, sample=300)
    assert report.ok
    assert report.engine == engine
    assert report.is_sample
    assert norm_ratio(report) <= ACCURACY[scheme]


@EVERY_SCHEME
def test_a_float32_network_is_checked_as_accurately(scheme: str) -> None:
    narrow = place("cpu", "float32")
    network = Network.create([784, 30, 10], where=narrow)
    inputs, targets = narrow.put(BOOK.inputs), narrow.put(BOOK.targets)
    report = check_network(network, inputs, targets, scheme=scheme, sample=300)
    assert report.ok
    assert norm_ratio(report) <= ACCURACY[scheme]


def test_a_network_with_one_output_under_softmax_costs_nothing_and_passes_nothing() -> None:
    for scheme in SCHEME_NAMES:
        report = checked(problem(3, 1, cost="fused-softmax-cross-entropy"), scheme=scheme)
        assert report.counts["untested"] == report.checked == 4
        assert not report.ok
        assert report.comparison is not None
        assert report.comparison.ok


@EVERY_SCHEME
@pytest.mark.parametrize("spare", [1e-7, 1e-9, 1e-12])
@pytest.mark.parametrize("cost", ["fused-sigmoid-cross-entropy", "fused-softmax-cross-entropy"])
def test_targets_next_to_0_and_1_that_are_nearly_met(scheme: str, spare: float, cost: str) -> None:
    given_problem = problem(3, 4, 3, cost=cost)
    parameters = [array.copy() for array in given_problem.network.parameters]
    parameters[3] = np.array([[20.0], [-20.0], [-19.0]])
    network = given_problem.network.with_parameters(parameters)
    targets = np.repeat([[1.0 - 2.0 * spare], [spare], [spare]], 3, axis=1)
    report = check_network(network, given_problem.inputs, targets, scheme=scheme)
    assert report.verdict is Verdict.AGREE
    assert report.comparison is not None
    assert report.comparison.ok


# What is wrong


@EVERY_SCHEME
@EVERY_ARRAY
def test_a_factor_of_1_001_on_any_array_of_the_book_s_network(scheme: str, which: int) -> None:
    gradients = right(BOOK)
    gradients[which] *= 1.001
    report = checked(BOOK, gradients, scheme=scheme, sample=60)
    assert report.verdict is Verdict.DISAGREE
    wrong = [position for position, array in enumerate(report.arrays) if array.counts["disagree"]]
    assert wrong == [which]


def test_one_entry_of_the_book_s_network_off_by_one_percent_of_the_largest() -> None:
    gradients = right(BOOK)
    gradients[0][17, 400] += 0.01 * np.max(np.abs(gradients[0]))
    report = checked(BOOK, gradients)
    assert report.verdict is Verdict.DISAGREE
    assert report.counts["disagree"] == 1
    assert report.arrays[0].index_of(report.arrays[0].worst) == (17, 400)


@EVERY_SCHEME
@EVERY_ARRAY
def test_one_entry_of_a_sample_off_by_one_percent_of_the_largest(scheme: str, which: int) -> None:
    gradients = right(BOOK)
    entry = checked(BOOK, scheme=scheme, sample=10, seed=4).arrays[which].entries[3]
    gradients[which].reshape(-1)[entry] += 0.01 * np.max(np.abs(gradients[which]))
    report = checked(BOOK, gradients, scheme=scheme, sample=10, seed=4)
    assert report.counts["disagree"] == 1
    array = report.arrays[which]
    assert array.entries[array.worst] == entry


@EVERY_SCHEME
def test_any_single_entry_off_by_one_percent_of_the_largest(scheme: str) -> None:
    small = problem(4, 3, 2)
    for which, size in enumerate((12, 3, 6, 2)):
        for entry in range(size):
            gradients = right(small)
            gradients[which].reshape(-1)[entry] += 0.01 * np.max(np.abs(gradients[which]))
            report = checked(small, gradients, scheme=scheme)
            assert report.counts["disagree"] == 1
            assert report.arrays[which].worst == entry


def sign_flipped(gradient: HostArray) -> HostArray:
    return -gradient


def transposed(gradient: HostArray) -> HostArray:
    return gradient.T


def without_mean(gradient: HostArray) -> HostArray:
    return 3 * gradient


def off_by_a_thousandth(gradient: HostArray) -> HostArray:
    return 1.001 * gradient


def with_one_entry_off(gradient: HostArray) -> HostArray:
    changed = gradient.copy()
    changed[1, 2] += 0.01 * np.max(np.abs(gradient))
    return changed


def all_zero(gradient: HostArray) -> HostArray:
    return 0 * gradient


def not_a_number(gradient: HostArray) -> HostArray:
    return np.where(np.arange(gradient.size).reshape(gradient.shape) == 5, np.nan, gradient)


MISTAKES = (
    sign_flipped,
    transposed,
    without_mean,
    off_by_a_thousandth,
    with_one_entry_off,
    all_zero,
    not_a_number,
)


@EVERY_SCHEME
@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.__name__)
def test_mistakes_are_found_and_what_is_right_is_not_blamed(
    mistake: Callable[[HostArray], HostArray], scheme: str, activation: str
) -> None:
    if scheme == "complex" and activation == "relu":
        pytest.skip("the complex step needs an analytic activation")
    square = problem(3, 4, 4, 2, activation=activation, batch_size=3, seed=9)
    assert checked(square, right(square), scheme=scheme).verdict is Verdict.AGREE
    gradients = right(square)
    gradients[2] = mistake(gradients[2])
    report = checked(square, gradients, scheme=scheme)
    assert report.verdict is Verdict.DISAGREE
    assert not report.ok
    wrong = [position for position, array in enumerate(report.arrays) if array.counts["disagree"]]
    assert wrong == [2]


APPLICABLE = st.sampled_from(
    [
        (scheme, activation)
        for scheme in SCHEME_NAMES
        for activation in ("identity", "sigmoid", "tanh", "relu")
        if activation in ANALYTIC or scheme != "complex"
    ]
)
SCALES = (0.1, 0.3, 1.0, 3.0, 10.0)


@st.composite
def schemes_with_problems(draw: st.DrawFn) -> tuple[str, Problem]:
    scheme, activation = draw(APPLICABLE)
    return scheme, draw(problems(activations=(activation,), scales=SCALES, deepest=3, widest=5))


@given(drawn=schemes_with_problems())
@settings(max_examples=250)
def test_right_backprop_is_never_blamed_and_a_planted_error_always(
    drawn: tuple[str, Problem],
) -> None:
    scheme, given_problem = drawn
    report = checked(given_problem, scheme=scheme)
    assert report.counts["disagree"] == 0
    assert report.comparison is not None
    assert report.comparison.ok

    # The best resolved entry of all: two bars to either side stay well below one percent of it.
    resolved = [
        (array.error_bar[entry] / abs(array.numerical[entry]), which, entry)
        for which, array in enumerate(report.arrays)
        for entry in np.flatnonzero(array.verdicts == Verdict.AGREE)
    ]
    assume(resolved)
    relative_bar, which, entry = min(resolved)
    assume(relative_bar < 0.01 / 8)
    gradients = right(given_problem)
    gradients[which].reshape(-1)[entry] *= 1.01
    planted = checked(given_problem, gradients, scheme=scheme)
    assert planted.counts["disagree"] == 1
    assert planted.arrays[which].verdicts[entry] == Verdict.DISAGREE


# Places


@EVERY_SCHEME
@pytest.mark.parametrize("cost", ["quadratic", "fused-softmax-cross-entropy"])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_network_elsewhere_gets_the_same_report(
    engine: str, scheme: str, cost: str, elsewhere: Place
) -> None:
    here = problem(3, 4, 2, activation="tanh", cost=cost)
    there = moved(here, elsewhere)
    mine, theirs = (checked(given, scheme=scheme, engine=engine) for given in (here, there))
    assert theirs.verdict is mine.verdict is Verdict.AGREE
    for array, other in zip(mine.arrays, theirs.arrays, strict=True):
        np.testing.assert_allclose(other.backprop, array.backprop, rtol=1e-12, atol=1e-15)
        assert np.all(np.abs(other.numerical - array.numerical) <= array.error_bar)


@EVERY_SCHEME
def test_any_cost_of_arrays_elsewhere(scheme: str, where: Place) -> None:
    xp = where.namespace
    slopes = where.put([1.0, -2.0, 3.0])
    parameters = {"w": where.put([0.5, 1.5, 2.5])}

    def cost(arrays: dict[str, Any]) -> Any:
        return xp.sum(slopes * arrays["w"] * arrays["w"])

    good = {"w": 2.0 * slopes * parameters["w"]}
    assert check_gradients(cost, parameters, good, scheme=scheme).counts["agree"] == 3
    bad = {"w": 2.002 * slopes * parameters["w"]}
    assert check_gradients(cost, parameters, bad, scheme=scheme).counts["disagree"] == 3


# What was not tested


@EVERY_SCHEME
def test_a_cost_that_ignores_its_arguments_never_passes(scheme: str) -> None:
    w = np.array([1.0, 2.0])

    def cost(parameters: Any) -> Any:
        return 3.0 + 0j if np.iscomplexobj(parameters[0]) else 3.0

    zero = check_gradients(cost, [w], [np.zeros(2)], scheme=scheme)
    assert zero.counts["untested"] == 2
    assert zero.verdict is Verdict.UNDECIDED
    assert not check_gradients(cost, [w], [2 * w], scheme=scheme).ok


def test_black_pixels_are_untested_and_all_black_inputs_never_pass() -> None:
    network = Network.create([4, 3, 2])
    inputs, targets = np.zeros((4, 5)), np.full((2, 5), 0.5)
    report = check_network(network, inputs, targets)
    assert report.arrays[0].counts["untested"] == 12
    assert report.arrays[1].counts["agree"] == 3
    assert report.verdict is Verdict.UNDECIDED
    inputs[2:] = 0.7
    report = check_network(network, inputs, targets)
    assert report.arrays[0].counts == {
        "agree": 6,
        "disagree": 0,
        "kink": 0,
        "undecided": 0,
        "untested": 6,
    }
    assert report.ok


def test_a_claim_for_a_black_pixel_is_wrong() -> None:
    network = Network.create([4, 3, 2])
    inputs, targets = np.zeros((4, 5)), np.full((2, 5), 0.5)
    inputs[1:] = 0.7
    gradients = right(Problem(network, inputs, targets))
    gradients[0][1, 0] = 1e-3
    report = check_network(network, inputs, targets, gradients=gradients)
    assert report.counts["disagree"] == 1


# Kinks


def relu_cost(parameters: list[Any]) -> Any:
    return np.maximum(parameters[0], 0.0).sum()


@EVERY_REAL_SCHEME
@pytest.mark.parametrize("claim", [0.0, 0.5, 1.0])
def test_a_subgradient_at_a_kink_is_a_kink_with_both_slopes(scheme: str, claim: float) -> None:
    w, gradient = np.array([0.0, 2.0]), np.array([claim, 1.0])
    report = check_gradients(relu_cost, [w], [gradient], scheme=scheme)
    array = report.arrays[0]
    assert array.verdicts.tolist() == [Verdict.KINK, Verdict.AGREE]
    assert (array.lowest_slope[0], array.highest_slope[0]) == pytest.approx((0.0, 1.0), abs=1e-6)
    assert report.ok


@EVERY_REAL_SCHEME
@pytest.mark.parametrize("claim", [-0.01, 1.01, -1.0, 7.0])
def test_a_claim_outside_of_both_slopes_at_a_kink_is_wrong(scheme: str, claim: float) -> None:
    w, gradient = np.array([0.0, 2.0]), np.array([claim, 1.0])
    report = check_gradients(relu_cost, [w], [gradient], scheme=scheme)
    assert report.arrays[0].verdicts.tolist() == [Verdict.DISAGREE, Verdict.AGREE]


@EVERY_REAL_SCHEME
def test_neurons_that_sit_on_the_kink_of_relu(scheme: str) -> None:
    given_problem = problem(3, 4, 2, activation="relu", seed=2)
    parameters = list(given_problem.network.parameters)
    parameters[0], parameters[1] = np.zeros((4, 3)), np.zeros((4, 1))
    network = given_problem.network.with_parameters(parameters)
    # Pixels are never negative: then all examples of a batch have their kink on the same side.
    inputs = np.abs(given_problem.inputs)
    report = check_network(network, inputs, given_problem.targets, scheme=scheme)
    assert report.counts["disagree"] == 0
    assert report.arrays[0].counts["kink"] > 0
    assert report.arrays[1].counts["kink"] > 0


@EVERY_REAL_SCHEME
@pytest.mark.parametrize("slope_at_zero", [0.0, 0.3, 1.0])
def test_any_slope_of_relu_at_zero_is_a_valid_subgradient_and_said_to_be(
    scheme: str, slope_at_zero: float
) -> None:
    here = problem(3, 4, 2, activation="relu", seed=6)
    parameters = [array.copy() for array in here.network.parameters]
    parameters[0][2], parameters[1][2] = 0.0, 0.0  # neuron 2 sits on the kink for all inputs
    parameters[3][:] = 5.0  # and both outputs are in use
    inputs = np.abs(here.inputs)  # or some examples would leave the kink to the one side, some not
    on_kink = Problem(here.network.with_parameters(parameters), inputs, here.targets)
    first = on_kink.network.backprop(inputs, here.targets)[0]
    behind = first.gradient_wrt_downstream_activations[2]
    claim = right(on_kink)
    claim[0][2] = slope_at_zero * inputs @ behind
    claim[1][2] = slope_at_zero * np.sum(behind)
    report = checked(on_kink, claim, scheme=scheme)
    assert report.ok
    assert report.diagnosis is None
    biases = report.arrays[1]
    assert biases.counts["kink"] == 1
    assert biases.verdicts[2] == Verdict.KINK
    low, high = sorted((0.0, float(np.sum(behind))))
    assert (biases.lowest_slope[2], biases.highest_slope[2]) == pytest.approx((low, high), rel=1e-4)
    said = re.search(
        r"Kink: 1 entry of layer 1 biases\. At \[2, 0\] the slope is (\S+) on one side and (\S+) "
        r"on the other; backprop says (\S+)\. Any value between the two slopes is a valid "
        r"subgradient, so this is not a mistake\.",
        " ".join(str(report).split()),
    )
    assert said is not None
    shown = [float(number) for number in said.groups()]
    assert shown == pytest.approx([low, high, float(claim[1][2, 0])], rel=2e-3, abs=1e-6)
    # What lies beyond the two is a mistake, in that layer.
    claim[1][2] = 1.2 * np.sum(behind)
    wrong = checked(on_kink, claim, scheme=scheme)
    assert wrong.counts["disagree"] == 1
    assert isinstance(wrong.diagnosis, Diagnosis)
    assert (wrong.diagnosis.layer, wrong.diagnosis.step) == (1, "gradient_wrt_biases")


@EVERY_REAL_SCHEME
def test_nothing_but_kinks_is_no_pass(scheme: str) -> None:
    report = check_gradients(relu_cost, [np.zeros(3)], [np.zeros(3)], scheme=scheme)
    assert report.counts["kink"] == 3
    assert report.verdict is Verdict.UNDECIDED


# Noise


@EVERY_REAL_SCHEME
@pytest.mark.parametrize("seed", range(5))
def test_a_cost_computed_in_float32_is_not_taken_for_a_wrong_gradient(
    scheme: str, seed: int
) -> None:
    given_problem = problem(4, 5, 3, seed=seed)
    narrow = place("cpu", "float32")
    inputs, targets = narrow.put(given_problem.inputs), narrow.put(given_problem.targets)

    def cost(parameters: list[Any]) -> float:
        network = given_problem.network.with_parameters([narrow.put(a) for a in parameters])
        return float(network.cost(inputs, targets))

    parameters, gradients = list(given_problem.network.parameters), right(given_problem)
    report = check_gradients(cost, parameters, gradients, scheme=scheme)
    assert report.counts["disagree"] == 0
    # And it is still a check.
    gradients = [-gradient for gradient in gradients]
    assert not check_gradients(cost, parameters, gradients, scheme=scheme).ok


def test_a_saturated_network_is_undecided_under_46_and_resolved_by_the_complex_step() -> None:
    drawn = problem(2, 2, 1, seed=3)
    parameters = list(drawn.network.parameters)
    parameters[1] = parameters[1] + 45.0
    given_problem = Problem(drawn.network.with_parameters(parameters), drawn.inputs, drawn.targets)
    forward = checked(given_problem)
    assert forward.arrays[0].counts["undecided"] == 4
    assert forward.verdict is Verdict.UNDECIDED
    assert checked(given_problem, scheme="complex").arrays[0].counts["disagree"] == 0


@EVERY_SCHEME
@pytest.mark.parametrize("scale", [1e-9, 1e9])
def test_the_verdict_does_not_depend_on_the_unit_of_the_cost(scheme: str, scale: float) -> None:
    w = np.array([0.3, -1.2, 2.0])

    def cost(parameters: list[Any]) -> Any:
        return scale * np.sin(parameters[0]).sum()

    assert check_gradients(cost, [w], [scale * np.cos(w)], scheme=scheme).counts["agree"] == 3
    wrong = [1.001 * scale * np.cos(w)]
    assert check_gradients(cost, [w], wrong, scheme=scheme).counts["disagree"] == 3


FUNCTIONS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "sin": (np.sin, np.cos),
    "exp": (np.exp, np.exp),
    "cube": (lambda w: w**3, lambda w: 3 * w**2),
    "logarithm": (lambda w: np.log(w * w + 1), lambda w: 2 * w / (w * w + 1)),
}
TOLERANCE = {"forward": 1e-6, "central": 1e-9, "five-point": 1e-10, "complex": 1e-15}


@EVERY_SCHEME
@pytest.mark.parametrize("point", [-4.0, 0.0, 0.3, 1.0, 5.0])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_known_derivatives(function: str, point: float, scheme: str) -> None:
    value, derivative = FUNCTIONS[function]
    w = np.array([point])
    report = check_gradients(lambda p: value(p[0]).sum(), [w], [derivative(w)], scheme=scheme)
    array = report.arrays[0]
    assert array.counts["disagree"] == 0
    scale = max(1.0, abs(value(point)), abs(derivative(point)))
    assert abs(array.numerical[0] - derivative(point)) < 10 * TOLERANCE[scheme] * scale
    assert abs(array.numerical[0] - derivative(point)) <= 2 * array.error_bar[0]


# What is given


@EVERY_SCHEME
@pytest.mark.parametrize("failing", [False, True])
def test_the_caller_s_arrays_are_left_as_they_were(scheme: str, failing: bool) -> None:
    w = np.array([1.0, 2.0])
    gradient = 2 * w
    calls = 0

    def cost(parameters: list[Any]) -> Any:
        nonlocal calls
        calls += 1
        if failing and calls == 4:
            raise RuntimeError
        total = (parameters[0] ** 2).sum()
        parameters[0][1] = 2.0  # a cost with manners would not
        return total

    if failing:
        # What a cost raises for complex numbers is told as a cost that cannot take them.
        with pytest.raises(BadInput if scheme == "complex" else RuntimeError):
            check_gradients(cost, [w], [gradient], scheme=scheme)
    else:
        check_gradients(cost, [w], [gradient], scheme=scheme)
    assert w.tolist() == [1.0, 2.0]
    assert gradient.tolist() == [2.0, 4.0]


# What cannot be worked with


def test_an_unknown_engine() -> None:
    with pytest.raises(BadInput, match="engine 'steam' is unknown; use one of batched, one-by-one"):
        checked(problem(3, 2), engine="steam")


@pytest.mark.parametrize("scale", [1e-100, 1e200, 1e300])
def test_a_cost_whose_square_is_out_of_range(scale: float) -> None:
    w = np.array([1.0, 2.0, 3.0])
    right_one, wrong_one = (
        check_gradients(lambda p: scale * np.sum(p**2), w, factor * scale * w)
        for factor in (2.0, 2.02)
    )
    assert right_one.ok
    assert wrong_one.verdict is Verdict.DISAGREE
    assert "disagree" in str(wrong_one).lower()


@pytest.mark.parametrize("factor", [1.0, 0.1, -1.0])
def test_slopes_near_the_largest_number_give_no_warning(factor: float) -> None:
    w = np.array([0.3, 0.7, -0.2])
    report = check_gradients(lambda p: 1e308 * (p[0] + p[1] + p[2]), w, np.full(3, factor * 1e308))
    assert report.ok == (factor == 1.0)
    assert report.verdict.word.upper() in str(report)
    assert "<img" in report._repr_html_()


@EVERY_SCHEME
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_cost_that_is_not_finite(scheme: str, value: float) -> None:
    with pytest.raises(BadInput, match=f"the cost is {value} before anything is perturbed"):
        check_gradients(lambda _: value, [np.ones(2)], [np.ones(2)], scheme=scheme)


def test_a_cost_that_is_an_array() -> None:
    with pytest.raises(BadInput, match=r"the cost has shape \(2,\); it should be one number: sum"):
        check_gradients(lambda p: p[0] ** 2, [np.ones(2)], [np.ones(2)])


# Interruption


ROLLS = iter(range(99))


@pytest.mark.parametrize(
    ("cost", "message"),
    [
        (lambda _: None, "returned None"),
        (lambda w: bool(w.sum() > 0), "returned True, a bool"),
        (lambda w: w, "sum it, or average"),
        (lambda w: w.sort() or float(w[0] + 2 * w[1]), "changes array 0"),
        (lambda w: w.sum() + next(ROLLS), "the same each time"),
        ("w", "give a function as first argument"),
    ],
)
def test_a_cost_that_cannot_be_measured_is_told_so(cost: Any, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        check_gradients(cost, np.array([2.0, 1.0]), np.array([1.0, 2.0]))


def test_only_a_cost_that_never_moves_is_asked_whether_it_uses_its_arrays() -> None:
    w = np.array([1.0, 2.0])
    assert "does it use" not in str(check_gradients(lambda p: (p**2).sum(), w, w))
    assert "does it use" in str(check_gradients(lambda _: 3.0, w, w))


def test_a_cost_that_returns_the_same_array_each_time_is_understood() -> None:
    buffer = np.zeros(())

    def cost(w: HostArray) -> Any:
        return np.sum(w**2, out=buffer)

    w = np.array([1.0, -2.0])
    assert check_gradients(cost, w, 2 * w).ok
    assert not check_gradients(cost, w, w).ok


# What an engine or a cost cannot be asked


@EVERY_REAL_SCHEME
def test_a_complex_cost_of_real_parameters_is_refused(scheme: str) -> None:
    w = np.array([2.0, 3.0])
    with pytest.raises(BadInput, match=r"the cost of real parameters is complex"):
        check_gradients(lambda p: (p**2).sum() + 1j * p.sum(), w, 2 * w, scheme=scheme)


def test_a_cost_larger_than_any_float_is_refused() -> None:
    with pytest.raises(BadInput, match="larger than a float can be"):
        check_gradients(lambda p: 10**400 * len(p), np.ones(2), np.ones(2))


def test_the_mini_batch_before_may_have_been_of_another_size() -> None:
    given = problem(3, 4, 2, batch_size=4)
    previous = MiniBatch(given.inputs[:, :2], given.targets[:, :2])
    wrong = [1.3 * array for array in right(given)]
    report = check_network(
        given.network, given.inputs, given.targets, gradients=wrong, previous=previous
    )
    assert report.diagnosis is not None


def with_doubled_weights(gradients: LayerGradients) -> LayerGradients:
    return replace(gradients, gradient_wrt_weights=2.0 * gradients.gradient_wrt_weights)


def test_the_backprop_that_is_checked_is_the_networks_own(monkeypatch: pytest.MonkeyPatch) -> None:
    here, right_backprop = problem(4, 3, 2), Network.backprop
    assert check_network(here.network, here.inputs, here.targets).ok

    def doubled(network: Network, inputs: Any, targets: Any) -> tuple[LayerGradients, ...]:
        return tuple(map(with_doubled_weights, right_backprop(network, inputs, targets)))

    monkeypatch.setattr(Network, "backprop", doubled)
    report = check_network(here.network, here.inputs, here.targets)
    assert report.verdict is Verdict.DISAGREE


class DoublesWeights(Network):
    """A network whose own backprop is wrong."""

    def backprop(self, inputs: Any, targets: Any) -> tuple[LayerGradients, ...]:
        return tuple(map(with_doubled_weights, super().backprop(inputs, targets)))


class DoublingLayer(DenseLayer):
    """A layer whose own backward is wrong."""

    def backward(self, *arguments: Any, **options: Any) -> LayerGradients:
        return with_doubled_weights(super().backward(*arguments, **options))


class ScaledLayer(DenseLayer):
    """A layer with a forward pass of its own, which no plain layer computes, and its backward."""

    def forward(self, upstream_activations: Any) -> LayerTrace:
        trace = super().forward(upstream_activations)
        return replace(trace, downstream_activations=3.0 * trace.downstream_activations)

    def backward(
        self, trace: LayerTrace, gradient_wrt_downstream_activations: Any, **options: Any
    ) -> LayerGradients:
        # The activation is what it was before the factor: backward may use it.
        plain = replace(trace, downstream_activations=trace.downstream_activations / 3.0)
        return super().backward(plain, 3.0 * gradient_wrt_downstream_activations, **options)


def network_of(layer_class: type[DenseLayer], given: Problem) -> Network:
    return given.network.with_layers(
        layer_class(each.weights, each.biases, each.activation) for each in given.network.layers
    )


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_subclass_with_a_wrong_backprop_of_its_own_disagrees(engine: str, dtype: str) -> None:
    given = problem(4, 3, 2)
    network = DoublesWeights(given.network.layers, given.network.cost_function).with_dtype(dtype)
    report = check_network(network, given.inputs, given.targets, engine=engine)
    wrong = [array.name for array in report.arrays if array.counts["disagree"]]
    assert wrong == ["layer 1 weights", "layer 2 weights"]
    assert report.engine == engine


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_layer_with_a_wrong_backward_of_its_own_disagrees(engine: str, dtype: str) -> None:
    given = problem(4, 3, 2)
    network = network_of(DoublingLayer, given).with_dtype(dtype)
    report = check_network(network, given.inputs, given.targets, engine=engine)
    wrong = [array.name for array in report.arrays if array.counts["disagree"]]
    assert wrong == ["layer 1 weights", "layer 2 weights"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_layer_with_a_forward_of_its_own_is_measured_by_it(engine: str) -> None:
    given = problem(4, 3, 2, activation="tanh")
    network = network_of(ScaledLayer, given)
    report = check_network(network, given.inputs, given.targets, engine=engine)
    assert report.ok
    assert report.engine == "one-by-one"
    wrong = [1.01 * gradient for gradient in right(given)]
    report = check_network(network, given.inputs, given.targets, engine=engine, gradients=wrong)
    assert report.verdict is Verdict.DISAGREE
