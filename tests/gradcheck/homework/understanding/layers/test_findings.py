"""What a report says about a layer beside its verdict."""

import numpy as np

from gradcheck.homework.finding import GUESS, ODDITY
from gradcheck.homework.understanding.layers.findings import layer_findings
from gradcheck.homework.understanding.layers.understood import UnderstoodLayer
from tests.gradcheck.homework.understanding.layers.dense import Dense, SquaredLoss, X, trial_of
from tests.gradcheck.homework.understanding.layers.test_claims import understood


def test_a_plain_layer_has_guesses_alone() -> None:
    found = layer_findings(understood(Dense()), 1, adds=False)
    assert {each.kind for each in found} == {GUESS}
    assert found[0].text == "The input is rows (3 x 5)."
    assert found[1].text == "A random gradient arrives from downstream."


def test_a_divisor_is_an_oddity() -> None:
    found = layer_findings(understood(Dense()), 3, adds=False)
    texts = [each.text for each in found if each.kind == ODDITY]
    assert len(texts) == 1
    assert texts[0].startswith("The gradients of the parameters are divided by 3")


def test_the_cost_of_a_loss_is_its_own() -> None:
    trial = trial_of(SquaredLoss(), np.zeros(X.shape))
    layer = UnderstoodLayer(trial, "loss", (), trial.passed(trial.placed([]), X, None))
    assert layer_findings(layer, 1, adds=False)[1].text == (
        "The cost is what its forward pass gives for random targets."
    )
