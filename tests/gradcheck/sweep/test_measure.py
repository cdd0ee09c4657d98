"""The curves of error against step: theory's slopes, the reference, what is refused."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from gradcheck.engines.batched import Batched
from gradcheck.engines.one_by_one import OneByOne
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.schemes import SCHEMES
from gradcheck.sweep.curves import Curve, DtypeSweep
from gradcheck.sweep.measure import step_sweep
from gradcheck.sweep.plan import curve_evaluations
from gradcheck.sweep.step_sweep import SweepInterrupted
from nets.arrays import HostArray, Place
from nets.errors import BadInput
from nets.network import Network
from tests.gradcheck.problems import REAL_SCHEMES, SCHEME_NAMES, moved, problem
from tests.gradcheck.sweep.sweeps import DEFAULT, DOUBLE, SINGLE, SMOOTH, curve_of, sweep_of


def fitted_slope(curve: Curve, narrowest: float, widest: float) -> float:
    """The slope of the error between two steps, both axes logarithmic."""
    steps = np.array(curve.epsilons)
    some = (steps >= narrowest) & (steps <= widest)
    assert np.count_nonzero(some) >= 4
    slope, _ = np.polyfit(np.log(steps[some]), np.log(np.array(curve.errors)[some]), 1)
    return float(slope)


@pytest.mark.parametrize(
    ("scheme", "narrowest", "widest"),
    [
        ("forward", 2.0**-18, 2.0**-6),
        ("central", 2.0**-11, 2.0**-4),
        ("five-point", 2.0**-7, 2.0**-4),
        ("complex", 2.0**-20, 2.0**-4),
    ],
)
def test_the_right_arm_rises_with_the_order_of_the_scheme(
    scheme: str, narrowest: float, widest: float
) -> None:
    slope = fitted_slope(curve_of(DOUBLE, scheme), narrowest, widest)
    assert slope == pytest.approx(SCHEMES[scheme].order, abs=0.1)


@pytest.mark.parametrize("scheme", REAL_SCHEMES)
@pytest.mark.parametrize(
    ("sweep", "narrowest", "widest"),
    [(DOUBLE, 2.0**-45, 2.0**-30), (SINGLE, 2.0**-19, 2.0**-12)],
    ids=["float64", "float32"],
)
def test_the_left_arm_falls_like_the_inverse_of_the_step(
    sweep: DtypeSweep, narrowest: float, widest: float, scheme: str
) -> None:
    assert fitted_slope(curve_of(sweep, scheme), narrowest, widest) == pytest.approx(-1.0, abs=0.15)


@pytest.mark.parametrize(("sweep", "few"), [(DOUBLE, 8), (SINGLE, 16)], ids=["float64", "float32"])
def test_the_complex_step_is_flat_however_narrow(sweep: DtypeSweep, few: int) -> None:
    curve = curve_of(sweep, "complex")
    flat = [
        error for step, error in zip(curve.epsilons, curve.errors, strict=True) if step < 2.0**-30
    ]
    assert len(flat) > 20
    # Not zero either: the reference is measured by other steps and another engine.
    assert min(flat) > 0.0
    assert max(flat) < few * sweep.unit_roundoff
    assert max(flat) < 1.5 * min(flat)


@pytest.mark.parametrize("sweep", DEFAULT.dtypes, ids=["float64", "float32"])
def test_the_best_step_is_near_the_one_of_theory(sweep: DtypeSweep) -> None:
    for scheme in REAL_SCHEMES:
        curve = curve_of(sweep, scheme)
        theory = sweep.unit_roundoff ** (1 / (SCHEMES[scheme].order + 1))
        assert curve.theory == theory
        assert theory / 32 < curve.best_epsilon < theory * 32
    assert curve_of(sweep, "complex").theory is None


def test_better_schemes_come_nearer_and_float32_never_as_near() -> None:
    for sweep in DEFAULT.dtypes:
        errors = [curve_of(sweep, scheme).best_error for scheme in SCHEME_NAMES]
        assert all(better < worse for worse, better in pairwise(errors))
    for scheme in SCHEME_NAMES:
        single, double = curve_of(SINGLE, scheme), curve_of(DOUBLE, scheme)
        assert single.best_error > 1e3 * double.best_error


def test_the_step_that_checks_take_is_good_in_float64_and_ruinous_in_float32() -> None:
    for scheme in REAL_SCHEMES:
        double, single = curve_of(DOUBLE, scheme), curve_of(SINGLE, scheme)
        assert double.chosen_epsilon == SCHEMES[scheme].epsilon
        assert double.chosen_error is not None
        assert single.chosen_error is not None
        assert double.chosen_error < 30 * double.best_error
        assert single.chosen_error > 1e4 * double.chosen_error


def test_backprop_is_within_round_off_of_the_reference_in_each_dtype() -> None:
    for sweep in DEFAULT.dtypes:
        assert sweep.backprop_error < 16 * sweep.unit_roundoff
        assert sweep.reference_error < 1e-15
        assert sweep.kinked == 0
        assert not sweep.zero_gradient
    assert SINGLE.backprop_error > 1e-9


def test_a_wrong_backprop_moves_no_curve(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Network.backprop

    def twice(self: Network, inputs: HostArray, targets: HostArray) -> object:
        doubled = self.with_parameters([2.0 * array for array in self.parameters])
        return right(doubled, inputs, targets)

    monkeypatch.setattr(Network, "backprop", twice)
    sweep = sweep_of(SMOOTH)
    for wrong, good in zip(sweep.dtypes, DEFAULT.dtypes, strict=True):
        assert wrong.curves == good.curves
        assert wrong.backprop_error > 1e-3


def test_one_by_one_has_the_same_right_arms_and_rounds_more_coarsely() -> None:
    (sweep, _) = sweep_of(SMOOTH, engine="one-by-one", schemes=["forward"]).dtypes
    full, batched = curve_of(sweep, "forward"), curve_of(DOUBLE, "forward")
    right = np.array(full.epsilons) >= 2.0**-15
    np.testing.assert_allclose(
        np.array(full.errors)[right], np.array(batched.errors)[right], rtol=1e-3
    )
    left = np.array(full.epsilons) <= 2.0**-30
    assert np.mean(np.array(full.errors)[left]) > np.mean(np.array(batched.errors)[left])


def test_an_engine_that_rounds_to_float32_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = OneByOne._costs

    def coarse(self: OneByOne, which: int, entries: HostArray, moves: HostArray) -> HostArray:
        costs = exact(self, which, entries, moves)
        if not np.iscomplexobj(costs):
            costs = costs.astype(np.float32).astype(np.float64)
        return np.asarray(costs)

    monkeypatch.setattr(OneByOne, "_costs", coarse)
    (sweep, _) = sweep_of(SMOOTH, engine="one-by-one", schemes=["central"]).dtypes
    assert curve_of(sweep, "central").best_error > 1e3 * curve_of(DOUBLE, "central").best_error


def test_a_wrong_engine_is_not_its_own_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = Batched.cost_changes

    def too_much(self: Batched, *asked: object) -> HostArray:
        changes: HostArray = 1.01 * exact(self, *asked)  # type: ignore[arg-type]
        return changes

    monkeypatch.setattr(Batched, "cost_changes", too_much)
    for sweep in sweep_of(SMOOTH).dtypes:
        assert min(curve.best_error for curve in sweep.curves) > 1e-4
        assert sweep.backprop_error < 16 * sweep.unit_roundoff


def test_relu_leaves_the_complex_step_out() -> None:
    sweep = sweep_of(problem(5, 4, 3, activation="relu"))
    assert sweep.reference == "five-point"
    assert sweep.left_out == ("complex",)
    assert not sweep.is_smooth
    for each in sweep.dtypes:
        assert [curve.scheme for curve in each.curves] == list(REAL_SCHEMES)
        assert 0.0 < each.reference_error < 1e-10
    with pytest.raises(BadInput, match="relu has a kink"):
        sweep_of(problem(5, 4, 3, activation="relu"), schemes=["complex"])


def test_entries_on_a_kink_are_left_out_of_the_measurement() -> None:
    given = problem(3, 4, 2, activation="relu")
    biases = given.network.layers[0].biases
    at_kink = -given.network.layers[0].weights @ given.inputs[:, :1]
    parameters = list(given.network.parameters)
    parameters[1] = np.where(np.arange(4)[:, None] == 1, at_kink, biases)
    one = given.inputs[:, :1], given.targets[:, :1]
    sweep = step_sweep(given.network.with_parameters(parameters), *one)
    double = sweep.dtypes[0]
    assert double.kinked >= 1
    assert double.backprop_error < 1e-10
    entries = "1 entry" if double.kinked == 1 else f"{double.kinked} entries"
    assert f"{entries} at a kink left out:" in " ".join(str(sweep).split())


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_a_gradient_of_zero_divides_nothing_by_zero(dtype: str) -> None:
    network = Network.create([3, 2], activation="identity").with_dtype(dtype)
    inputs = np.zeros((3, 4))
    sweep = step_sweep(network, inputs, network.feedforward(inputs), schemes=["central", "complex"])
    for each in sweep.dtypes:
        assert each.zero_gradient
        assert each.backprop_error == 0.0
        assert all(error in (0.0, 1.0) for curve in each.curves for error in curve.errors)
    assert "The gradient is zero at every sampled entry" in " ".join(str(sweep).split())


def test_a_parabola_has_no_right_arm_for_central() -> None:
    sweep = sweep_of(problem(3, 2, activation="identity"))
    assert curve_of(sweep.dtypes[0], "central").best_error < 1e-14
    assert "No right arm" in str(sweep)
    assert "No right arm" not in str(DEFAULT)


def test_the_network_may_be_of_float32_itself() -> None:
    sweep = step_sweep(SMOOTH.network.with_dtype("float32"), SMOOTH.inputs, SMOOTH.targets)
    assert sweep.dtypes[0].backprop_error < 1e-15
    # The batched curves in float32 are of the same rounded network.
    assert sweep.dtypes[1].curves == SINGLE.curves


def test_arrays_stay_where_they_lie(elsewhere: Place) -> None:
    given = problem(3, 2, 2)
    there = moved(given, elsewhere)
    options = {"schemes": ["forward", "complex"], "sample": 2}
    sweep = step_sweep(there.network, there.inputs, there.targets, **options)  # type: ignore[arg-type]
    here = sweep_of(given, **options)
    for one, other in zip(sweep.dtypes, here.dtypes, strict=True):
        right = np.array(one.curves[0].epsilons) > 2.0**-6
        np.testing.assert_allclose(
            np.array(one.curves[0].errors)[right],
            np.array(other.curves[0].errors)[right],
            rtol=1e-2,
        )
        assert one.curves[1].errors[-1] < 8 * one.unit_roundoff


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"schemes": ["backward"]}, "scheme 'backward' is unknown"),
        ({"schemes": []}, "no schemes to sweep"),
        ({"sample": 0}, "a sample of 0 entries"),
        ({"seed": -1}, "seed -1"),
        ({"engine": "steam"}, "engine 'steam' is unknown"),
    ],
)
def test_bad_input_is_named(options: dict[str, object], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        sweep_of(SMOOTH, **options)


def test_what_is_no_network_and_inputs_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(BadInput, match=r"the network is a int; .*nets\.Network"):
        step_sweep(3, SMOOTH.inputs, SMOOTH.targets)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="inputs contains NaN"):
        step_sweep(SMOOTH.network, SMOOTH.inputs * np.nan, SMOOTH.targets)
    with pytest.raises(BadInput, match="inputs have shape"):
        step_sweep(SMOOTH.network, SMOOTH.inputs[:2], SMOOTH.targets)


def test_a_sample_is_drawn_by_its_seed_and_schemes_are_taken_once() -> None:
    one, same, other = (
        sweep_of(SMOOTH, schemes=["central", "forward", "central"], sample=3, seed=seed)
        for seed in (1, 1, 2)
    )
    assert one == same
    assert one != other
    assert one.sampled == 18
    assert [curve.scheme for curve in one.dtypes[0].curves] == ["forward", "central"]
    assert sweep_of(SMOOTH, schemes=["forward"], sample=None).sampled == one.parameters


def test_progress_counts_on_from_engine_to_engine() -> None:
    counts: list[int] = []
    sweep = sweep_of(SMOOTH, progress=counts.append)
    assert counts == sorted(counts)
    assert counts[-1] == sweep.evaluations
    curves = curve_evaluations(list(SCHEMES.values()), sweep.sampled)
    assert curves < sweep.evaluations < 1.5 * curves


@pytest.mark.parametrize("calls", [1, 20, 60, 150])
def test_an_interrupted_sweep_holds_the_steps_that_were_finished(
    calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[float] = []
    slopes = Entries.slopes

    def interrupted(entries: Entries, epsilon: float) -> Any:
        made.append(epsilon)
        if len(made) == calls:
            raise KeyboardInterrupt
        return slopes(entries, epsilon)

    monkeypatch.setattr(Entries, "slopes", interrupted)
    with pytest.raises(SweepInterrupted) as caught:
        sweep_of(problem(3, 2))
    for found, whole in zip(caught.value.sweep.dtypes, WHOLE.dtypes, strict=False):
        assert found.curves
        for curve in found.curves:
            same = curve_of(whole, curve.scheme)
            assert curve.epsilons == same.epsilons[: len(curve.epsilons)]
            assert curve.errors == same.errors[: len(curve.errors)]
    measured = sum(len(c.epsilons) for each in caught.value.sweep.dtypes for c in each.curves)
    assert (measured > 0) is (calls > 1)


WHOLE = sweep_of(problem(3, 2))
