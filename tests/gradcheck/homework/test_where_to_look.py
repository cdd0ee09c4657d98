"""The lines to read if no known mistake fits, from the arrays that are right and wrong."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.homework.where_to_look import few_digits, where_to_look
from gradcheck.verdicts.report import Report
from nets.arrays import HostArray
from tests.gradcheck.homework.reports import array_of, report_of

GENERATOR = np.random.default_rng(0)
NAMES = [(layer, kind) for layer in (1, 2, 3) for kind in ("weights", "biases")]
SHAPES = {"weights": (4, 4), "biases": (4, 1)}
MEASURED = [GENERATOR.standard_normal(SHAPES[kind]) for _, kind in NAMES]


def report_with(*wrong: str) -> Report:
    """A report in which some arrays, such as W1 and b1, are nothing but noise."""
    short = {"weights": "W", "biases": "b"}
    return report_of(
        [
            array_of(
                layer, kind, noise(right) if f"{short[kind]}{layer}" in wrong else right, right
            )
            for (layer, kind), right in zip(NAMES, MEASURED, strict=True)
        ]
    )


def noise(like: HostArray) -> HostArray:
    found: HostArray = np.random.default_rng(1).standard_normal(like.shape)
    return found


PLACES = {
    "gradient-wrt-weights": (
        ["W2"],
        "In layer 2 the biases are right and the weights are wrong",
    ),
    "gradient-wrt-biases": (
        ["b2"],
        "In layer 2 the weights are right and the biases are wrong",
    ),
    "output-layer-delta": (
        ["W3", "b3"],
        "The last layer is already wrong: check (a - y) and the last activation's derivative.",
    ),
    "passing-back": (
        ["W1", "b1", "W2", "b2"],
        "Layer 3 is right, layer 2 is wrong: check W.T @ delta and the activation's derivative",
    ),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_place_is_named_and_is_no_mistake(name: str) -> None:
    wrong, words = PLACES[name]
    place = where_to_look(report_with(*wrong))
    assert place.name == name
    assert place.evidence.startswith("No known mistake fits. ")
    assert words in place.evidence
    assert not place.is_mistake


def test_of_an_array_in_no_layer_its_own_lines_are_named() -> None:
    right = np.arange(1.0, 7.0)
    array = replace(array_of(1, "weights", right**2, right), layer=None, name="gamma")
    found = where_to_look(report_of([array]))
    assert (found.name, found.is_mistake) == ("gradient-of-gamma", False)
    assert "Check the lines that compute the gradient of gamma." in found.evidence


def test_little_is_said_as_digits() -> None:
    little = [right + 1e-7 * np.max(np.abs(right)) for right in MEASURED]
    report = report_of(
        [
            array_of(layer, kind, claim, right)
            for (layer, kind), claim, right in zip(NAMES, little, MEASURED, strict=True)
        ]
    )
    found = few_digits(report)
    assert found is not None
    assert (found.name, found.is_mistake) == ("few-digits", False)
    assert found.evidence.startswith("Backprop and the measurement agree to 7.0 digits. A guard")
    assert few_digits(report_with("W2")) is None
