"""The network and the mini-batch that the options describe."""

from pathlib import Path

import numpy as np

from gradcheck.commands.options.subject import SubjectOptions
from gradcheck.commands.runs.subject import build_subject
from nets.network import Network

OPTIONS = SubjectOptions(
    sizes=(4, 3, 2),
    activation="tanh",
    cost="quadratic",
    initialisation="scaled",
    batch_size=5,
    seed=7,
    dtype="float32",
    device="cpu",
    data=None,
)


def test_it_is_what_was_asked_for() -> None:
    subject = build_subject(OPTIONS)
    assert subject.network.sizes == (4, 3, 2)
    assert [layer.activation.name for layer in subject.network.layers] == ["tanh", "tanh"]
    assert subject.inputs.shape == (4, 5)
    assert subject.targets.shape == (2, 5)
    assert {array.dtype for array in (subject.inputs, *subject.network.parameters)} == {
        np.dtype(np.float32)
    }
    told = subject.to_dict()
    assert told["network"]["init"] == "scaled"
    assert (told["batch_size"], told["seed"], told["weights"]) == (5, 7, None)


def test_a_network_from_a_file_keeps_its_numbers_in_the_dtype_asked_for() -> None:
    trained = Network.create([4, 3, 2], seed=11)
    given = {"trained": trained, "weights": Path("net.npz")}
    subject = build_subject(SubjectOptions(**{**vars(OPTIONS), **given}))
    for array, original in zip(subject.network.parameters, trained.parameters, strict=True):
        assert array.dtype == np.float32
        assert np.array_equal(array, original.astype(np.float32))
    assert subject.to_dict()["weights"] == "net.npz"


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    one, same = build_subject(OPTIONS), build_subject(OPTIONS)
    other = build_subject(SubjectOptions(**{**vars(OPTIONS), "seed": 8}))
    assert np.array_equal(one.inputs, same.inputs)
    assert not np.array_equal(one.inputs, other.inputs)
    assert not np.array_equal(one.network.parameters[0], other.network.parameters[0])
