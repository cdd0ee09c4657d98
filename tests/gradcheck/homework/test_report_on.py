"""The verdicts on the gradients of one reading."""

import numpy as np
import pytest

from gradcheck.homework.report_on import report_on
from gradcheck.slopes.settings import Settings
from gradcheck.verdicts.report import Report
from nets.network import Network
from tests.gradcheck.homework.network_facts import gradients_of, look_of
from tests.gradcheck.homework.students import batch_of

SIZES = (4, 3, 2)
NETWORK, BATCH = Network.create(SIZES, seed=2), batch_of(SIZES)


def report(factor: float = 1.0, *, strict: bool = False, digits: float = 4.0) -> Report:
    """The verdicts, with the gradient of the last weights times a factor."""
    claims = gradients_of(NETWORK, BATCH)
    claims[2] = factor * claims[2]
    look = look_of(NETWORK, BATCH, claims)
    how = Settings.of("forward", sample=5)
    return report_on(look.claimed, look.facts, look.engine, how, strict=strict, digits=digits)


def test_right_gradients_agree_with_their_names_and_places() -> None:
    found = report()
    assert found.verdict.word == "agree"
    assert [(each.layer, each.parameter) for each in found.arrays] == [
        (1, "weights"),
        (1, "biases"),
        (2, "weights"),
        (2, "biases"),
    ]
    assert found.arrays[0].name == "layer 1 weights"
    assert [each.checked for each in found.arrays] == [5, 3, 5, 2]


def test_wrong_gradients_disagree() -> None:
    assert [each.counts["disagree"] > 0 for each in report(2.0).arrays] == [
        *(False, False, True, False),
    ]


@pytest.mark.parametrize(
    ("strict", "digits", "word"),
    [(False, 4.0, "agree"), (True, 4.0, "disagree"), (False, 6.0, "disagree")],
)
def test_agreement_to_some_digits(strict: bool, digits: float, word: str) -> None:
    assert report(1.0 + 5e-5, strict=strict, digits=digits).verdict.word == word


def test_the_gradients_are_those_that_were_claimed() -> None:
    found = report(2.0).arrays[2]
    right = 2.0 * gradients_of(NETWORK, BATCH)[2].reshape(-1)
    assert np.array_equal(found.backprop, right[found.entries])
