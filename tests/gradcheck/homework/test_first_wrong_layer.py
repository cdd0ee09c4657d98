"""The first wrong layer of a chain, told from the verdicts on its layers."""

import numpy as np
import pytest

from gradcheck.check import check_gradients
from gradcheck.homework.first_wrong_layer import first_wrong_layer
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.part_report import PartReport


def part(name: str, **factors: float) -> PartReport:
    """A part whose gradients are these factors times the right ones."""
    values = {each: np.array([1.0, -2.0, 0.5]) for each in factors}
    claims = {each: 2.0 * factors[each] * value for each, value in values.items()}
    report = check_gradients(
        lambda arrays: sum(float(np.sum(each**2)) for each in arrays.values()), values, claims
    )
    return PartReport(name, report)


def test_nothing_is_wrong() -> None:
    assert first_wrong_layer([part("Net", x=1.0), part("layer 1 (A)", x=1.0)]) is None


def test_the_last_wrong_one_comes_first() -> None:
    parts = [
        part("Net", x=3.0),
        part("layer 1 (A)", x=3.0),
        part("layer 2 (B)", x=1.0, W=-1.0, b=1.0),
        part("layer 3 (C)", x=1.0),
    ]
    found = first_wrong_layer(parts)
    assert found is not None
    assert (found.layer, found.wrong, found.right) == ("layer 2 (B)", ("W",), ("x", "b"))
    assert found.lines()[0] == (
        "First wrong layer on the way back: layer 2 (B). The layer after it is right by itself. "
        "The gradient of W is wrong. Those of its input x and b are right."
    )


@pytest.mark.parametrize(
    ("after", "words"),
    [(0, "It is the last layer."), (2, "The 2 layers after it are right by themselves.")],
)
def test_what_is_right_after_it(after: int, words: str) -> None:
    parts = [part("Net", x=2.0), part("layer 1 (A)", x=2.0)]
    parts += [part(f"layer {n + 2} (B)", x=1.0) for n in range(after)]
    found = first_wrong_layer(parts)
    assert found is not None
    assert words in found.hints[0]


def test_every_layer_is_right_and_the_whole_is_not() -> None:
    found = first_wrong_layer([part("Net", x=1.5), part("layer 1 (A)", x=1.0)])
    assert found is not None
    assert found.layer is None
    assert found.cause is not None
    assert found.cause.name == "how-layers-are-joined"
    assert found.to_dict()["wrong"] == ["x"]


def test_a_mistake_in_the_whole_that_has_a_name_is_kept() -> None:
    whole = part("Net", x=-1.0)
    cause = LikelyCause("sign-flipped", "In x backprop returned minus the measured gradient.")
    named = PartReport(whole.name, whole.report, likely_cause=cause)
    found = first_wrong_layer([named, part("layer 1 (A)", x=1.0)])
    assert found is not None
    assert found.cause is cause


def test_with_one_hint_the_array_stays_hidden() -> None:
    found = first_wrong_layer([part("Net", W=2.0), part("layer 1 (A)", W=2.0)])
    assert found is not None
    assert found.as_hints(1).to_dict()["wrong"] == []
    assert len(found.as_hints(1).lines()) == 1
    assert found.as_hints(2).to_dict()["wrong"] == ["W"]
    assert "W is wrong" in found.as_hints(2).lines()[1]
