"""Of which step an array is the result."""

import numpy as np

from gradcheck.bugs.backprop_step import BackpropStep
from gradcheck.bugs.chain_rule import by_step
from gradcheck.diagnosis.claimed_steps import claims_by_step, parameter_step
from nets.arrays import Place
from nets.layers import parameter_gradients
from tests.gradcheck.bugs.habitats import in_float32
from tests.gradcheck.diagnosis.wrong_backprops import DEEP, checked


def test_claims_by_step_are_in_double_and_on_the_host(where: Place) -> None:
    right = DEEP.at(where).right()
    exact = by_step(DEEP.right())
    claims = claims_by_step(right)
    assert list(claims) == list(exact)
    for step, claim in claims.items():
        assert isinstance(claim, np.ndarray)
        assert claim.dtype == np.float64
        np.testing.assert_allclose(claim, exact[step], rtol=1e-12, atol=1e-15)
    assert {claim.dtype for claim in claims_by_step(in_float32(DEEP.right())).values()} == {
        np.dtype(np.float64)
    }


def test_arrays_alone_are_the_gradients_of_the_parameters() -> None:
    right = DEEP.right()
    claims = claims_by_step(parameter_gradients(right))
    assert len(claims) == 8
    for step, claim in claims.items():
        np.testing.assert_array_equal(claim, by_step(right)[step])


def test_the_step_of_a_parameter_array() -> None:
    weights, biases = checked(DEEP, DEEP.right()).arrays[2:4]
    assert parameter_step(weights) == BackpropStep(2, "gradient_wrt_weights")
    assert parameter_step(biases) == BackpropStep(2, "gradient_wrt_biases")
