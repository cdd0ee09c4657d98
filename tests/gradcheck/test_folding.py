"""A folded network, against the one that it stands for."""

import numpy as np
import pytest

from gradcheck.folding import Form, folded
from nets.activations import ACTIVATIONS
from nets.network import Network


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_a_form_is_its_activation(name: str) -> None:
    z = np.linspace(-40.0, 40.0, 401)
    form = Form.of(ACTIVATIONS[name])
    values = form.finish(form.function.value(form.inner * z))
    np.testing.assert_allclose(values, ACTIVATIONS[name].value(z), rtol=1e-15, atol=2e-16)


@pytest.mark.parametrize("name", list(ACTIVATIONS))
@pytest.mark.parametrize("sizes", [[3, 2], [4, 3, 2], [5, 4, 4, 3]])
def test_a_folded_network_computes_the_same_output(name: str, sizes: list[int]) -> None:
    network = Network.create(sizes, activation=name, seed=2)
    inputs = np.random.default_rng(0).standard_normal((sizes[0], 6))
    shape, forms = folded(network)
    output = forms[-1].finish(shape.feedforward(inputs))
    np.testing.assert_allclose(output, network.feedforward(inputs), rtol=1e-13, atol=1e-15)


def test_only_what_gains_by_it_is_folded() -> None:
    network = Network.create([3, 4, 2], activation="tanh")
    shape, forms = folded(network)
    for array, original in zip(shape.parameters, network.parameters, strict=True):
        assert np.array_equal(array, original)
    values = np.ones(3)
    assert forms[0].finish(values) is values
