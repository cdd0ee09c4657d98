"""The layers inside an object."""

from gradcheck.homework.understanding.layers.chain_members import layers_in
from tests.gradcheck.homework.understanding.layers.dense import Dense
from tests.gradcheck.homework.understanding.layers.test_chain import Net


def test_each_layer_is_found_once_in_its_order() -> None:
    own = Net()
    assert layers_in(own) == own.layers
    assert layers_in(Dense()) == []
