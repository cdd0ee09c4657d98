"""Networks in files: NumPy's ``.npz`` with one array a parameter, and the names of the functions.

Nothing in such a file is ever run: the arrays are numbers and text, and a file that holds pickled
objects is refused.
"""

import io
import os
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from nets.activations import ACTIVATIONS
from nets.arrays import CPU, DTYPES, HostArray, Place, expect_finite, to_numpy
from nets.checked_examples import expect_network
from nets.costs import COSTS
from nets.errors import BadInput, expect_one_of, unreadable
from nets.layers import DenseLayer
from nets.network import Network
from nets.plain_arrays import expect_place

__all__ = ["FORMAT_VERSION", "load_network", "save_network"]

# In every file. It rises when older versions could not read the file.
FORMAT_VERSION = 1
HOW_TO_MEND = "give an .npz file that gradcheck train --save has written"
# NumPy and zipfile raise all of these, depending on where a file is damaged.
DAMAGED = (
    ValueError,
    EOFError,
    KeyError,
    MemoryError,
    NotImplementedError,
    RuntimeError,
    SyntaxError,
    zipfile.BadZipFile,
    zlib.error,
)


def save_network(network: Network, stream: BinaryIO) -> None:
    """Write a network to a binary stream, as an ``.npz`` file.

    It holds ``format_version``, ``cost``, ``activations`` (a name for each layer), and
    ``weights_1``, ``biases_1``, ``weights_2``, ... in the shapes that they have in the network.

    Raises:
        BadInput: it is no network, or nothing can be written to the stream.

    """
    expect_network(network)
    _expect_binary(stream)
    arrays: dict[str, Any] = {
        "format_version": np.array(FORMAT_VERSION),
        "cost": np.array(network.cost_function.name),
        "activations": np.array([layer.activation.name for layer in network.layers]),
    }
    for number, layer in enumerate(network.layers, start=1):
        arrays[f"weights_{number}"] = to_numpy(layer.weights)
        arrays[f"biases_{number}"] = to_numpy(layer.biases)
    np.savez(stream, allow_pickle=False, **arrays)


def _expect_binary(stream: Any) -> None:
    """Check that bytes can be written to a stream."""
    if not hasattr(stream, "write"):
        raise BadInput(
            f"the stream is a {type(stream).__name__}; give a file that is open for writing in "
            'binary: path.open("wb")'
        )
    is_file = isinstance(stream, io.IOBase)
    if isinstance(stream, io.TextIOBase) or (is_file and (stream.closed or not stream.writable())):
        raise BadInput(
            "no bytes can be written to the stream; give a file that is open for writing in "
            'binary: path.open("wb")'
        )


def load_network(path: Path, where: Place | None = None) -> Network:
    """Read a network from a file that ``save_network`` has written.

    Args:
        path: of the file.
        where: the array library, device and dtype; by default NumPy and the dtype of the file.

    Raises:
        BadInput: the file cannot be read, or its content makes no network.

    """
    if not isinstance(path, str | os.PathLike):
        raise BadInput(f"the path is a {type(path).__name__}; give a pathlib.Path")
    if where is not None:
        expect_place("where", where)
    path = Path(path)
    arrays = _arrays(path)
    version = _array(path, arrays, "format_version")
    if version.shape != () or version.dtype.kind != "i" or int(version) != FORMAT_VERSION:
        raise BadInput(
            f"{path} has format version {version}; this program reads version {FORMAT_VERSION}"
        )
    cost = str(_array(path, arrays, "cost"))
    cost_function = COSTS[expect_one_of(f"{path}: cost", cost, COSTS)]
    names = _array(path, arrays, "activations")
    if names.ndim != 1 or names.size == 0:
        raise BadInput(
            f"{path}: activations have shape {names.shape}; there should be one name for each layer"
        )
    if where is None:
        dtype = _array(path, arrays, "weights_1").dtype.name
        where = CPU.with_dtype(dtype if dtype in DTYPES else "float64")
    layers: list[DenseLayer] = []
    for number, name in enumerate(names.tolist(), start=1):
        layer = _layer(path, arrays, number, str(name), where)
        before = layers[-1].weights.shape[0] if layers else layer.weights.shape[1]
        if layer.weights.shape[1] != before:
            raise BadInput(
                f"{path}: weights_{number} have shape {layer.weights.shape}; they should have "
                f"{before} columns, because layer {number - 1} has {before} neurons"
            )
        layers.append(layer)
    return Network(tuple(layers), cost_function)


def _layer(
    path: Path, arrays: Mapping[str, HostArray], number: int, name: str, where: Place
) -> DenseLayer:
    """A layer by its number from 1 and the name of its activation."""
    activation = ACTIVATIONS[expect_one_of(f"{path}: activation", name, ACTIVATIONS)]
    weights = _parameter(path, arrays, f"weights_{number}")
    biases = _parameter(path, arrays, f"biases_{number}")
    if biases.shape != (weights.shape[0], 1):
        raise BadInput(
            f"{path}: biases_{number} have shape {biases.shape}; with weights of shape "
            f"{weights.shape} they should be ({weights.shape[0]}, 1)"
        )
    return DenseLayer(where.put(weights), where.put(biases), activation)


def _arrays(path: Path) -> dict[str, HostArray]:
    """All arrays of a file, by name."""
    try:
        with path.open("rb") as stream:
            content = np.load(stream, allow_pickle=False)
            if not isinstance(content, np.lib.npyio.NpzFile):
                raise BadInput(f"{path} holds a single array; {HOW_TO_MEND}")
            return {name: content[name] for name in content.files}
    except BadInput:
        raise
    except OSError as error:
        raise unreadable(path, error) from error
    except DAMAGED as error:
        raise BadInput(f"{path} cannot be read as a file of weights; {HOW_TO_MEND}") from error


def _array(path: Path, arrays: Mapping[str, HostArray], name: str) -> HostArray:
    if name not in arrays:
        found = ", ".join(arrays) or "nothing"
        raise BadInput(f"{path} lacks the array {name!r} and holds {found}; {HOW_TO_MEND}")
    array = arrays[name]
    if not isinstance(array, np.ndarray):  # NumPy gives other members of the archive as bytes
        raise BadInput(f"{path}: {name} is not an array; {HOW_TO_MEND}")
    return array


def _parameter(path: Path, arrays: Mapping[str, HostArray], name: str) -> HostArray:
    """Weights or biases: finite real numbers in rows and columns."""
    array = _array(path, arrays, name)
    if array.ndim != 2 or array.size == 0:
        raise BadInput(
            f"{path}: {name} have shape {array.shape}; they should have rows and columns"
        )
    if array.dtype.kind not in "fiu":
        raise BadInput(f"{path}: {name} have dtype {array.dtype}; they should be real numbers")
    expect_finite(f"{path}: {name}", array)
    return array
