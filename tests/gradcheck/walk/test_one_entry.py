"""One entry by backprop and by equation (46)."""

from dataclasses import replace

import numpy as np

from gradcheck.check import check_network
from gradcheck.verdicts.verdict import Verdict
from gradcheck.walk.chain import OneEntry
from gradcheck.walk.one_entry import explained
from nets.layers import parameter_gradients
from tests.gradcheck.walk.problems import all_kinds, passes_of


def test_both_ways_come_to_the_same() -> None:
    for passes in all_kinds(3, 4, 2):
        for entry in (OneEntry(1, 2, 1), OneEntry(2, 1, None)):
            found = explained(passes, entry)
            gradient = parameter_gradients(passes.gradients)[entry.which][entry.index]
            assert found.backprop == gradient
            assert np.isclose(sum(found.of_examples), gradient, rtol=1e-11)
            assert np.isclose(found.slope, gradient, rtol=1e-4, atol=1e-7)
            assert found.verdict in (Verdict.AGREE, Verdict.UNTESTED)


def test_the_step_and_the_bar_are_those_of_verify() -> None:
    passes = passes_of(3, 4, 2)
    found = explained(passes, OneEntry(1, 2, 1))
    report = check_network(passes.network, passes.batch.inputs, passes.batch.targets)
    assert found.error_bar == report.arrays[0].error_bar[2 * 3 + 1]
    assert np.isclose(found.slope, report.arrays[0].numerical[7], rtol=1e-6)
    value = float(passes.network.parameters[0][2, 1])
    assert found.value == value
    assert (value + found.step) - value == found.step


def test_the_slope_is_that_of_the_costs_shown() -> None:
    found = explained(passes_of(2, 3, 1), OneEntry(1, 0, 0))
    assert found.slope == (found.moved_cost - found.cost) / found.step
    assert replace(found, moved_cost=found.cost).slope == 0.0
    assert found.to_dict()["verdict"] == "agree"
