"""What the batched engine has computed before the first block."""

import numpy as np
import pytest

from gradcheck.engines.downstream import Downstream, OutputNeurons
from gradcheck.engines.moved_copies import MovedArray
from gradcheck.engines.unperturbed import Unperturbed
from tests.gradcheck.problems import problem


def moved_arrays(*sizes: int, cost: str = "quadratic") -> list[MovedArray]:
    here = problem(*sizes, cost=cost)
    unperturbed = Unperturbed.of(here.network, here.inputs, here.targets)
    return [unperturbed.moved_array(which) for which in range(len(here.network.parameters))]


def test_every_parameter_array_has_its_own() -> None:
    found = moved_arrays(6, 5, 4, 2)
    assert [each.z_per_unit.shape for each in found] == [(3, 1, n) for n in (6, 1, 5, 1, 4, 1)]
    assert [each.z.shape for each in found] == [(3, 1, n) for n in (5, 5, 4, 4, 2, 2)]
    assert [each.activations.shape for each in found] == [each.z.shape for each in found]


def test_the_output_is_the_network_s() -> None:
    here = problem(3, 4, 2)
    output = Unperturbed.of(here.network, here.inputs, here.targets).output
    assert np.array_equal(output, here.network.feedforward(here.inputs))


@pytest.mark.parametrize(
    ("cost", "last"),
    [
        ("quadratic", OutputNeurons),
        ("fused-sigmoid-cross-entropy", OutputNeurons),
        ("fused-softmax-cross-entropy", Downstream),
    ],
)
def test_behind_the_last_layer_a_sum_over_the_outputs_needs_the_moved_one_alone(
    cost: str, last: type
) -> None:
    ways = [type(each.way) for each in moved_arrays(5, 4, 2, cost=cost)]
    assert ways == [Downstream, Downstream, last, last]


def test_rows_lie_in_the_order_in_which_they_are_read() -> None:
    # Otherwise NumPy lays out all that it computes from them the other way round: the numbers are
    # the same, but it takes twice as long.
    *others, of_weights, of_biases = moved_arrays(6, 5, 4, 2)
    for each in (*others, of_weights, of_biases):
        for array in (each.z_per_unit, each.z, each.activations):
            assert array.flags.c_contiguous
    for each in (of_weights, of_biases):
        assert isinstance(each.way, OutputNeurons)
        assert each.way.targets.flags.c_contiguous


def test_an_upstream_activation_near_zero_keeps_its_digits() -> None:
    here = problem(3, 2, 2)
    parameters = [array.copy() for array in here.network.parameters]
    parameters[1][:] = -50.0
    network = here.network.with_parameters(parameters)
    upstream = network.forward(here.inputs)[0].downstream_activations
    assert np.max(upstream) < 1e-15
    found = Unperturbed.of(network, here.inputs, here.targets).moved_array(2).z_per_unit
    # Half of it: z of the cheaper form is half of a sigmoid's own.
    np.testing.assert_allclose(found[:, 0, :].T, upstream / 2, rtol=1e-15)
