"""Networks in files: what is written comes back, and nothing else is taken for it."""

import contextlib
import io
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from nets.arrays import Place, to_numpy
from nets.errors import BadInput
from nets.network import Network
from nets.weights import load_network, save_network
from tests.strategies import Problem, problems


def written(network: Network, path: Path) -> Path:
    with path.open("wb") as stream:
        save_network(network, stream)
    return path


@given(problem=problems())
def test_a_network_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, problem: Problem
) -> None:
    path = written(problem.network, tmp_path_factory.getbasetemp() / "net.npz")
    loaded = load_network(path)
    assert loaded.cost_function is problem.network.cost_function
    assert loaded.sizes == problem.network.sizes
    for layer, before in zip(loaded.layers, problem.network.layers, strict=True):
        assert layer.activation is before.activation
        np.testing.assert_array_equal(layer.weights, before.weights)
        np.testing.assert_array_equal(layer.biases, before.biases)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_from_any_place_to_any_place(tmp_path: Path, where: Place, dtype: str) -> None:
    there = where.with_dtype(dtype)
    network = Network.create([4, 3, 2], where=there)
    path = written(network, tmp_path / "net.npz")
    assert load_network(path).place.dtype_name == dtype
    back = load_network(path, there)
    assert back.place == there
    for one, other in zip(back.parameters, network.parameters, strict=True):
        np.testing.assert_array_equal(to_numpy(one), to_numpy(other))


def test_the_same_network_is_the_same_file() -> None:
    files = []
    for _ in range(2):
        stream = io.BytesIO()
        save_network(Network.create([4, 3, 2]), stream)
        files.append(stream.getvalue())
    assert files[0] == files[1]


GOOD: dict[str, Any] = {
    "format_version": 1,
    "cost": "quadratic",
    "activations": ["tanh", "sigmoid"],
    "weights_1": np.ones((3, 4)),
    "biases_1": np.ones((3, 1)),
    "weights_2": np.ones((2, 3)),
    "biases_2": np.ones((2, 1)),
}


def test_a_file_written_by_hand(tmp_path: Path) -> None:
    np.savez(tmp_path / "net.npz", **GOOD)
    network = load_network(tmp_path / "net.npz")
    assert network.sizes == (4, 3, 2)
    assert [layer.activation.name for layer in network.layers] == ["tanh", "sigmoid"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"format_version": None}, "lacks the array 'format_version'"),
        ({"format_version": 2}, "format version 2; this program reads version 1"),
        ({"format_version": "1"}, "format version 1"),
        ({"cost": None}, "lacks the array 'cost'"),
        ({"cost": "hinge"}, "cost 'hinge' is unknown"),
        ({"activations": ["tanh", "swish"]}, "activation 'swish' is unknown"),
        ({"activations": "tanh"}, r"activations have shape \(\)"),
        ({"activations": []}, r"activations have shape \(0,\)"),
        ({"activations": ["tanh"] * 3}, "lacks the array 'weights_3'"),
        ({"weights_1": None}, "lacks the array 'weights_1'"),
        ({"biases_2": None}, "lacks the array 'biases_2'"),
        (
            {"weights_1": np.ones(4)},
            r"weights_1 have shape \(4,\); they should have rows and columns",
        ),
        ({"weights_1": np.ones((0, 4))}, r"weights_1 have shape \(0, 4\)"),
        (
            {"weights_2": np.ones((2, 5))},
            r"they should have 3 columns, because layer 1 has 3 neurons",
        ),
        ({"biases_1": np.ones((1, 3))}, r"biases_1 have shape \(1, 3\).*should be \(3, 1\)"),
        ({"weights_2": np.full((2, 3), np.nan)}, "weights_2 hold NaN or infinity"),
        ({"biases_1": np.full((3, 1), np.inf)}, "biases_1 hold NaN or infinity"),
        ({"weights_1": np.full((3, 4), "x")}, "weights_1 have dtype <U1"),
        ({"weights_1": np.ones((3, 4), dtype=complex)}, "weights_1 have dtype complex128"),
    ],
)
def test_a_file_that_makes_no_network(tmp_path: Path, changed: dict[str, Any], words: str) -> None:
    path = tmp_path / "net.npz"
    np.savez(path, **{name: array for name, array in (GOOD | changed).items() if array is not None})
    with pytest.raises(BadInput, match=words) as told:
        load_network(path)
    assert str(told.value).startswith(str(path))
    assert "\n" not in str(told.value)


def npz(**arrays: Any) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def npy(array: Any) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


class Touch:
    """What a pickle can do to whoever loads it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return Path.touch, (self.path,)


@pytest.mark.parametrize(
    "content",
    [b"", b"hello there", npy(np.ones(3)), npz(**GOOD)[:-30], npz(**GOOD)[:40], b"PK\x03\x04"],
    ids=["empty", "text", "npy", "cut off", "cut short", "a zip's first bytes"],
)
def test_a_file_that_is_no_npz(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "net.npz"
    path.write_bytes(content)
    with pytest.raises(
        BadInput, match=r"give an \.npz file that gradcheck train --save has written"
    ):
        load_network(path)


def test_damaged_bytes_never_end_in_another_error(tmp_path: Path) -> None:
    path, good = tmp_path / "net.npz", npz(**GOOD)
    generator = np.random.default_rng(0)
    for _ in range(200):
        content = bytearray(good)
        for place in generator.integers(0, len(content), 3):
            content[place] = generator.integers(0, 256)
        path.write_bytes(bytes(content))
        with contextlib.suppress(BadInput):  # or nothing that matters was hit
            assert load_network(path).sizes == (4, 3, 2)


def test_pickled_objects_are_refused_and_nothing_of_them_runs(tmp_path: Path) -> None:
    path, touched = tmp_path / "net.npz", tmp_path / "touched"
    objects = np.empty((), dtype=object)
    objects[()] = Touch(touched)
    for content in (npz(**(GOOD | {"cost": objects})), pickle.dumps(Touch(touched))):
        path.write_bytes(content)
        with pytest.raises(BadInput, match="cannot be read as a file of weights"):
            load_network(path)
    assert not touched.exists()
    pickle.loads(pickle.dumps(Touch(touched)))
    assert touched.exists()  # it would have run


@pytest.mark.parametrize("name", ["nowhere.npz", "."])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        load_network(tmp_path / name)
