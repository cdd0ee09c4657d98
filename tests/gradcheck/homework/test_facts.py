"""What is known of a part of a student's code."""

from dataclasses import replace

import numpy as np

from gradcheck.homework.contract import NamedArray
from nets.network import Network
from tests.gradcheck.homework.network_facts import look_of
from tests.gradcheck.homework.students import batch_of

SIZES = (5, 4, 3)
FACTS = look_of(Network.create(SIZES), batch_of(SIZES)).facts
INPUT = NamedArray("x", np.ones(2), is_input=True)


def test_the_sizes_are_those_of_the_places_of_the_arrays() -> None:
    assert FACTS.sizes == SIZES
    # x has no place in a fully connected network.
    assert replace(FACTS, arrays=(*FACTS.arrays, INPUT)).sizes is None
    assert replace(FACTS, arrays=()).sizes is None


def test_the_outputs_are_those_of_the_mini_batch() -> None:
    assert FACTS.n_output == 3
    assert replace(FACTS, batch=None).n_output is None


def test_the_values_are_those_of_the_arrays() -> None:
    assert [value.shape for value in FACTS.values] == [(4, 5), (4, 1), (3, 4), (3, 1)]
