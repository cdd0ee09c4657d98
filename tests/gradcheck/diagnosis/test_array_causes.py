"""The likely mistake in any array: what is planted is named, and what is right is not accused."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradcheck.check import check_gradients
from gradcheck.diagnosis.array_causes import array_diagnosis
from gradcheck.diagnosis.checked_array import ClaimedArray
from gradcheck.verdicts.array_diagnosis import ArrayDiagnosis
from gradcheck.verdicts.report import Report
from nets.arrays import HostArray

Change = Callable[[HostArray], Any]
Arrays = dict[str, HostArray]


class Function:
    """A smooth cost of some arrays, in which each array has a gradient of its own."""

    def __init__(self, seed: int, *shapes: tuple[int, ...], noise: float = 0.0) -> None:
        self.draw = np.random.default_rng(seed)
        self.arrays = {f"a{n}": self.draw.standard_normal(s) for n, s in enumerate(shapes)}
        self.factors = {name: self.draw.uniform(0.5, 2.0, a.shape) for name, a in self._items()}
        self.noise = noise

    def _items(self) -> Sequence[tuple[str, HostArray]]:
        return list(self.arrays.items())

    def cost(self, arrays: Arrays) -> float:
        total = sum(float(np.sum(np.sin(self.factors[n] * a) + a)) for n, a in arrays.items())
        # The same for the same arrays, but as good as random.
        return total + self.noise * float(np.sin(1e12 * total))

    def right(self) -> Arrays:
        return {n: 1.0 + self.factors[n] * np.cos(self.factors[n] * a) for n, a in self._items()}

    def with_change(self, name: str, change: Change, **options: Any) -> Report:
        claims = self.right()
        claims[name] = np.asarray(change(claims[name]))
        return check_gradients(self.cost, self.arrays, claims, **options)


def diagnosis_of(report: Report) -> ArrayDiagnosis:
    assert isinstance(report.diagnosis, ArrayDiagnosis)
    return report.diagnosis


def named(report: Report) -> tuple[str, str | None]:
    found = diagnosis_of(report)
    return found.array, found.likely_cause


def without(index: Any) -> Change:
    def zeroed(gradient: HostArray) -> HostArray:
        changed = gradient.copy()
        changed[index] = 0.0
        return changed

    return zeroed


SHAPES = st.lists(
    st.lists(st.integers(2, 4), min_size=1, max_size=3).map(tuple), min_size=1, max_size=3
)
# A factor of 1 + 1e-3 or less is a matter of digits; 1e3 and more need no corner cases.
FACTORS = st.one_of(
    st.sampled_from([-1.0, 2.0, 0.5, -2.0, -0.5]),
    st.floats(1.01, 1e3),
    st.floats(-1e3, -1e-3),
    st.floats(1e-3, 0.99),
)
OF_FACTOR = {
    -1.0: "sign-flipped",
    -2.0: "sign-flipped",
    -0.5: "sign-flipped",
    2.0: "factor-two",
    0.5: "factor-half",
}


@settings(max_examples=40, deadline=None)
@given(shapes=SHAPES, factor=FACTORS, seed=st.integers(0, 1000), data=st.data())
def test_any_factor_in_any_array_is_named(
    shapes: list[tuple[int, ...]], factor: float, seed: int, data: st.DataObject
) -> None:
    function = Function(seed, *shapes)
    name = data.draw(st.sampled_from(sorted(function.arrays)))
    report = function.with_change(name, lambda gradient: factor * gradient)
    assert named(report) == (name, OF_FACTOR.get(factor, "constant-factor"))
    assert diagnosis_of(report).others == ()


@settings(max_examples=25, deadline=None)
@given(shapes=SHAPES, seed=st.integers(0, 1000))
def test_a_right_gradient_has_no_diagnosis(shapes: list[tuple[int, ...]], seed: int) -> None:
    function = Function(seed, *shapes)
    report = check_gradients(function.cost, function.arrays, function.right())
    assert report.ok
    assert report.diagnosis is None
    assert report.to_dict()["diagnosis"] is None


@settings(max_examples=40, deadline=None)
@given(shapes=SHAPES, seed=st.integers(0, 1000), size=st.sampled_from([0.01, 0.3, 10.0]))
def test_what_is_wrong_at_random_gets_no_name(
    shapes: list[tuple[int, ...]], seed: int, size: float
) -> None:
    function = Function(seed, (3, 4), *shapes)
    draw = np.random.default_rng(seed + 1)
    report = function.with_change("a0", lambda g: g + size * draw.uniform(0.5, 1.0, g.shape))
    assert named(report) == ("a0", None)
    (line,) = diagnosis_of(report).lines()
    assert line.startswith("No known mistake fits the gradient of a0. All 12 checked entries are")
    assert line.endswith("check the line that computes the gradient of a0.")


MISTAKES: list[tuple[str, Change, str | None]] = [
    ("square", np.transpose, "weights-gradient-transposed"),
    ("matrix", lambda g: g.T.copy().reshape(g.shape), "reshaped-not-transposed"),
    ("matrix", lambda g: g.reshape(g.shape[::-1]).T, "reshaped-not-transposed"),
    ("kernels", lambda g: g[..., ::-1, ::-1], "flipped"),
    ("vector", lambda g: g[::-1], "flipped"),
    ("vector", lambda g: np.roll(g, 1), "shifted"),
    ("matrix", lambda g: np.roll(g, -1, 0), "shifted"),
    ("kernels", lambda g: g.transpose(0, 1, 3, 2), "weights-gradient-transposed"),
    ("matrix", np.zeros_like, "all-zero"),
    ("matrix", without(0), "row-zeroed"),
    ("matrix", without([1, 3]), "row-zeroed"),
    ("matrix", without((slice(None), 2)), "column-zeroed"),
    ("kernels", without((slice(None), slice(None), 1)), "slice-zeroed"),
    ("vector", without(-1), "entry-zeroed"),
    ("matrix", lambda g: np.clip(g, -1.0, 1.0), "gradient-clipped"),
    ("matrix", lambda g: g.astype(np.float16), "rounded-to-half-precision"),
    ("vector", lambda g: np.where(np.arange(5) == 3, np.nan, g), "not-a-number"),
    ("vector", lambda g: np.where(np.arange(5) == 3, np.inf, g), "not-a-number"),
    ("number", np.negative, "sign-flipped"),
    ("number", lambda g: 2.0 * g, "factor-two"),
    # A single number is some multiple of every other.
    ("number", lambda g: 3.3 * g, None),
]
ALL_SHAPES: dict[str, tuple[int, ...]] = {
    "square": (4, 4),
    "matrix": (5, 4),
    "kernels": (2, 3, 3, 3),
    "vector": (5,),
    "number": (),
}


@pytest.mark.parametrize(("array", "change", "name"), MISTAKES)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_mistake_is_named(array: str, change: Change, name: str | None, seed: int) -> None:
    names = list(ALL_SHAPES)
    function = Function(seed, *ALL_SHAPES.values())
    report = function.with_change(f"a{names.index(array)}", change)
    assert named(report) == (f"a{names.index(array)}", name)


@pytest.mark.parametrize(
    ("array", "change", "name"),
    [each for each in MISTAKES if each[0] == "kernels" or each[2] in OF_FACTOR.values()],
)
def test_a_sample_of_the_entries_will_do(array: str, change: Change, name: str | None) -> None:
    names = list(ALL_SHAPES)
    function = Function(0, *ALL_SHAPES.values())
    report = function.with_change(f"a{names.index(array)}", change, sample=30)
    assert named(report) == (f"a{names.index(array)}", name)


def test_weight_decay_is_told_from_the_parameters() -> None:
    function = Function(0, (4, 3), (3,))
    report = function.with_change("a0", lambda g: g + 0.01 * function.arrays["a0"])
    assert named(report) == ("a0", "weight-decay")
    assert "0.01 times the parameters" in str(diagnosis_of(report).says)


def test_the_mean_of_the_biases_goes_before_a_factor_of_the_batch() -> None:
    function = Function(0, (4, 3), (3,))
    claims = function.right()
    claims["a1"] /= 7
    report = check_gradients(function.cost, function.arrays, claims)
    claimed = [ClaimedArray(claims[each.name]) for each in report.arrays]
    found = array_diagnosis(report, claimed, batch_size=7)
    assert found is not None
    assert (found.array, found.likely_cause) == ("a1", "bias-averaged")


@pytest.mark.parametrize("scheme", ["forward", "central"])
@pytest.mark.parametrize("factor", [-1.0, 2.0, 0.5])
def test_a_noisy_cost_hides_no_factor(factor: float, scheme: str) -> None:
    function = Function(0, (4, 3), (3,), noise=1e-9)
    report = function.with_change("a0", lambda g: factor * g, scheme=scheme)
    assert named(report) == ("a0", OF_FACTOR[factor])


def test_where_the_noise_hides_the_slopes_no_factor_is_named() -> None:
    function = Function(0, (4, 3), noise=0.1)
    report = function.with_change("a0", lambda g: 1e9 * g)
    assert report.counts["disagree"]
    assert named(report) == ("a0", None)


def test_a_mistake_that_all_arrays_have_is_one_line() -> None:
    function = Function(0, (4, 3), (3,), (2,))
    claims = {name: -gradient for name, gradient in function.right().items()}
    report = check_gradients(function.cost, function.arrays, claims)
    assert diagnosis_of(report).lines() == [
        "Likely mistake in the gradients of a0, a1 and a2: The sign is wrong: it is minus the "
        "measured gradient. (sign-flipped)"
    ]
    assert "Likely mistake in the gradients of a0, a1 and a2" in " ".join(str(report).split())


def test_digits_are_no_mistake() -> None:
    function = Function(0, (4, 3))
    draw = np.random.default_rng(1)
    report = function.with_change("a0", lambda g: g * (1.0 + 1e-6 * draw.standard_normal(g.shape)))
    assert report.counts["disagree"]
    assert report.diagnosis is None
    assert "Nearly" in str(report)


def test_one_odd_entry_of_a_hundred_does_not_hide_a_factor() -> None:
    def odd(gradient: HostArray) -> HostArray:
        wrong = -gradient
        wrong[3, 3] = 17.0
        return wrong

    assert named(Function(0, (10, 10)).with_change("a0", odd)) == ("a0", "sign-flipped")
    # Negative control: of 25 entries none may be odd.
    assert named(Function(0, (5, 5)).with_change("a0", odd)) == ("a0", None)


def test_the_json_names_every_wrong_array() -> None:
    function = Function(0, (4, 3), (3,), (2,))
    right = function.right()
    claims = {"a0": right["a0"] + 1.0 + right["a0"] ** 2, "a1": -right["a1"], "a2": right["a2"]}
    record = check_gradients(function.cost, function.arrays, claims).to_dict()["diagnosis"]
    # What is known goes first.
    assert (record["array"], record["likely_cause"]) == ("a1", "sign-flipped")
    assert record["evidence"] == "All 3 checked entries are wrong."
    assert [(each["array"], each["likely_cause"]) for each in record["arrays"]] == [
        ("a1", "sign-flipped"),
        ("a0", None),
    ]


def test_only_hints_hide_the_mistake() -> None:
    found = diagnosis_of(Function(0, (4, 3)).with_change("a0", np.negative))
    some = found.as_hints(2)
    assert (some.likely_cause, some.says, some.evidence) == (None, None, None)
    assert some.lines() == [
        "Hint 1: Look at the gradient of a0. All 12 checked entries are wrong.",
        "Hint 2: What is wrong is -1 times the measured slope.",
    ]


# A small campaign over random functions


def campaign(functions: int) -> tuple[int, int, list[str]]:
    """How many mistakes were planted, how many named, and which right reports were accused."""
    planted = found = 0
    accused = []
    for seed in range(functions):
        draw = np.random.default_rng(seed)
        x, w = draw.standard_normal((4, 3)), draw.standard_normal((3, 3))
        target = draw.standard_normal((4, 3))

        def cost(p: Arrays, x: HostArray = x, t: HostArray = target) -> float:
            return float(np.mean((np.tanh(x @ p["w"] + p["b"]) - t) ** 2))

        arrays = {"w": w, "b": draw.standard_normal(3)}
        a = np.tanh(x @ w + arrays["b"])
        delta = 2.0 * (a - target) * (1.0 - a**2) / a.size
        right = {"w": x.T @ delta, "b": delta.sum(0)}
        if check_gradients(cost, arrays, right).diagnosis is not None:
            accused.append(f"function {seed}")
        for change, name in (
            (np.negative, "sign-flipped"),
            (lambda g: 2.0 * g, "factor-two"),
            (np.transpose, "weights-gradient-transposed"),
            (without(1), "row-zeroed"),
            (np.zeros_like, "all-zero"),
        ):
            report = check_gradients(cost, arrays, {**right, "w": change(right["w"])})
            planted += 1
            found += named(report) == ("w", name)
    return planted, found, accused


def test_a_campaign_over_random_functions() -> None:
    planted, found, accused = campaign(12)
    assert accused == []
    assert found == planted == 60
