"""What a class should compute: a network of ours."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.homework.reference import Reference, difference
from gradcheck.homework.submission_processes import SubmissionProcesses
from nets.network import Network
from tests.gradcheck.homework.reports import report_of
from tests.gradcheck.homework.students import FOLDER, submission

SIZES = (5, 4, 3)
BOOK = Reference("sigmoid", "sigmoid", "quadratic")
NOTHING = report_of([])  # no slopes


def test_the_network_has_the_parameters_that_it_is_given() -> None:
    given = Network.create((5, 4, 3), seed=3)
    weights = [layer.weights for layer in given.layers]
    biases = [layer.biases for layer in given.layers]
    found = Reference("tanh", "identity", "fused-softmax-cross-entropy").network(weights, biases)
    assert [layer.activation.name for layer in found.layers] == ["tanh", "identity"]
    assert found.cost_function.name == "fused-softmax-cross-entropy"
    assert all(map(np.array_equal, found.parameters, given.parameters))


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        (BOOK, ""),
        (Reference("tanh", "sigmoid", "quadratic"), "that of the reference with the same arrays"),
        (Reference("sigmoid", "identity", "quadratic"), "its cost is "),
    ],
)
def test_a_class_is_compared_with_it(
    in_this_process: None, reference: Reference, words: str
) -> None:
    with SubmissionProcesses(submission(FOLDER / "book.py", "Network", SIZES)) as processes:
        facts = processes.open().parts[0]
        found = reference.likeness(facts, processes, NOTHING, 0).unlike
    assert words in found
    assert bool(found) == bool(words)


def test_what_is_no_network_is_not_like_one(in_this_process: None) -> None:
    with SubmissionProcesses(submission(FOLDER / "book.py", "Network", SIZES)) as processes:
        facts = processes.open().parts[0]
        without_layers = replace(
            facts, arrays=tuple(replace(each, slot=None) for each in facts.arrays)
        )
        for other in (replace(facts, batch=None), without_layers):
            words = BOOK.likeness(other, processes, NOTHING, 0).unlike
            assert words == "it is no network with weights and biases in layers"


def test_costs_are_the_same_up_to_rounding() -> None:
    assert difference([1.0, 2.0], [1.0 + 1e-9, 2.0], "the reference") == ""
    assert difference([0.5, 2.0], [0.25, 2.0], "the reference") == (
        "its cost is 0.5, that of the reference with the same arrays 0.25"
    )
    assert difference([0.5, 2.0], [0.5, 2.1], "the reference") == (
        "its cost changes in another way than that of the reference when an entry is moved"
    )
