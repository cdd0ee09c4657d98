"""What the numbers alone tell about gradients that disagree."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.homework.likely_cause import LikelyCause, likely_cause_of
from nets.arrays import HostArray
from tests.gradcheck.homework.reports import array_of, report_of

GENERATOR = np.random.default_rng(0)
NAMES = [(layer, kind) for layer in (1, 2, 3) for kind in ("weights", "biases")]
SHAPES = {"weights": (4, 4), "biases": (4, 1)}
MEASURED = [GENERATOR.standard_normal(SHAPES[kind]) for _, kind in NAMES]
BATCH = 10


def cause_of(claims: list[HostArray]) -> LikelyCause | None:
    arrays = [
        array_of(layer, kind, claim, measured)
        for (layer, kind), claim, measured in zip(NAMES, claims, MEASURED, strict=True)
    ]
    return likely_cause_of(claims, report_of(arrays), BATCH)


def changed(**wrong: HostArray) -> list[HostArray]:
    """The right gradients, but for some: W1 is the gradient of layer 1 weights."""
    keys = [f"{kind[0].upper() if kind == 'weights' else 'b'}{layer}" for layer, kind in NAMES]
    return [wrong.get(key, right) for key, right in zip(keys, MEASURED, strict=True)]


W1, B1, W2, B2, W3, B3 = MEASURED


def test_what_is_right_has_no_cause() -> None:
    assert cause_of(MEASURED) is None


FACTORS = {
    -1.0: ("sign-flipped", "In all arrays backprop returned minus the measured gradient."),
    2.0: ("factor-two", "In all arrays backprop returned twice the measured gradient."),
    0.5: ("factor-half", "In all arrays backprop returned half of the measured gradient."),
    10.0: (
        "not-divided-by-batch",
        "the gradients are m = 10 times too large: the mean over the mini-batch is missing.",
    ),
    0.1: (
        "divided-twice",
        "the gradients are m = 10 times too small: they were divided by m once too often.",
    ),
    -10.0: ("sign-flipped", "returned minus 10 times the measured gradient"),
    -0.1: ("sign-flipped", "returned minus 1/10 of the measured gradient"),
    1.0001: ("constant-factor", "returned 1.0001 times the measured gradient"),
}


@pytest.mark.parametrize("factor", FACTORS)
def test_a_factor_common_to_all_arrays(factor: float) -> None:
    cause = cause_of([factor * right for right in MEASURED])
    assert cause is not None
    name, words = FACTORS[factor]
    assert cause.name == name
    assert words in cause.evidence
    assert cause.is_mistake


def test_a_factor_of_some_arrays_names_them() -> None:
    cause = cause_of(changed(b1=2 * B1, b3=2 * B3))
    assert cause == LikelyCause(
        "factor-two",
        "In layer 3 biases, layer 1 biases backprop returned twice the measured gradient.",
    )


def test_different_factors_are_no_common_factor() -> None:
    cause = cause_of(changed(b1=2 * B1, b3=3 * B3))
    assert cause is not None
    assert not cause.is_mistake


PATTERNS: dict[str, tuple[list[HostArray], str]] = {
    "not-a-number": (
        changed(W2=np.where(W2[0, 0] == W2, np.nan, W2)),
        "NaN or infinity in layer 2",
    ),
    "all-zero": ([0 * right for right in MEASURED], "backprop returns zero everywhere."),
    "weights-gradient-transposed": (changed(W2=W2.T), "layer 2 weights is the transpose"),
    "other-array": (changed(b1=B2), "layer 1 biases is the one measured for layer 2 biases"),
}


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern(name: str) -> None:
    claims, words = PATTERNS[name]
    cause = cause_of(claims)
    assert cause is not None
    assert cause.name == name
    assert words in cause.evidence


def test_zeros_in_some_arrays_name_them() -> None:
    cause = cause_of(changed(b1=0 * B1))
    assert cause == LikelyCause("all-zero", "backprop returns zero everywhere in layer 1 biases.")


def noise(like: HostArray) -> HostArray:
    found: HostArray = np.random.default_rng(1).standard_normal(like.shape)
    return found


PLACES = {
    "gradient-wrt-weights": (
        changed(W2=noise(W2)),
        "In layer 2 the biases are right and the weights are wrong",
    ),
    "gradient-wrt-biases": (
        changed(b2=noise(B2)),
        "In layer 2 the weights are right and the biases are wrong",
    ),
    "output-layer-delta": (
        changed(W3=noise(W3), b3=noise(B3)),
        "The last layer is already wrong: check (a - y) and the last activation's derivative.",
    ),
    "passing-back": (
        changed(W1=noise(W1), b1=noise(B1), W2=noise(W2), b2=noise(B2)),
        "Layer 3 is right, layer 2 is wrong: check W.T @ delta and the activation's derivative",
    ),
}


@pytest.mark.parametrize("name", PLACES)
def test_where_no_mistake_fits_a_place_is_named(name: str) -> None:
    claims, words = PLACES[name]
    cause = cause_of(claims)
    assert cause is not None
    assert cause.name == name
    assert cause.evidence.startswith("No known mistake fits. ")
    assert words in cause.evidence
    assert not cause.is_mistake


def test_little_is_not_called_a_factor_of_one() -> None:
    cause = cause_of([right + 1e-7 * np.max(np.abs(right)) for right in MEASURED])
    assert cause is not None
    assert cause.name == "few-digits"
    assert cause.evidence.startswith("Backprop and the measurement agree to 7.0 digits. A guard")
    assert not cause.is_mistake
    assert cause_of([right * (1.0 + 1e-7) for right in MEASURED]) == cause


def test_a_place_is_not_called_a_mistake() -> None:
    mistake = LikelyCause("factor-two", "Twice.")
    assert mistake.sentence == "Likely mistake: Twice. (factor-two)"
    place = LikelyCause("passing-back", "No known mistake fits.", is_mistake=False)
    assert place.sentence == "No known mistake fits."
    assert place.to_dict() == {"name": "passing-back", "evidence": "No known mistake fits."}


def test_of_an_array_in_no_layer_its_own_lines_are_named() -> None:
    right = np.arange(1.0, 7.0)
    array = replace(array_of(1, "weights", right**2, right), layer=None, name="gamma")
    found = likely_cause_of([right**2], report_of([array]), 1)
    assert found is not None
    assert (found.name, found.is_mistake) == ("gradient-of-gamma", False)
    assert "Check the lines that compute the gradient of gamma." in found.evidence
