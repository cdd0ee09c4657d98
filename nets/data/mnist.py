"""MNIST, fetched once from one of its mirrors and kept in a cache folder for ever after.

Every file is known by its SHA-256: what a mirror sends is kept if it is that file, else thrown
away, and the next mirror is asked.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from nets.errors import BadInput

if TYPE_CHECKING:
    from pooch import Pooch

__all__ = [
    "FILES",
    "FOLDER_VARIABLE",
    "MIRRORS",
    "TOTAL_BYTES",
    "PinnedFile",
    "cache_folder",
    "fetch",
]

FOLDER_VARIABLE = "GRADCHECK_DATA"
SECONDS_OF_SILENCE = 10.0  # after which a mirror is given up
PIECE = 2**16  # bytes at a time


@dataclass(frozen=True)
class PinnedFile:
    """A file as it must be: name, length in bytes, SHA-256."""

    name: str
    size: int
    sha256: str


FILES = (
    PinnedFile(
        "train-images-idx3-ubyte.gz",
        9_912_422,
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    ),
    PinnedFile(
        "train-labels-idx1-ubyte.gz",
        28_881,
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    ),
    PinnedFile(
        "t10k-images-idx3-ubyte.gz",
        1_648_877,
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    ),
    PinnedFile(
        "t10k-labels-idx1-ubyte.gz",
        4_542,
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
    ),
)
TOTAL_BYTES = sum(file.size for file in FILES)
MIRRORS = (
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://raw.githubusercontent.com/fgnt/mnist/master/",
)


def cache_folder() -> Path:
    """Where the files are kept: ``$GRADCHECK_DATA``, or the system's folder for caches."""
    if chosen := os.environ.get(FOLDER_VARIABLE):
        return Path(chosen).expanduser()
    import pooch

    return Path(pooch.os_cache("gradcheck"))


def fetch(
    files: Sequence[PinnedFile] = FILES,
    mirrors: Sequence[str] = MIRRORS,
    progress: Callable[[int], object] | None = None,
) -> list[Path]:
    """See that the files are in the cache folder, and fetch what is missing.

    Args:
        files: which.
        mirrors: addresses that a file's name is put behind, tried in turn.
        progress: called with the number of bytes, of all files together, that are there.

    Returns:
        The path of each file.

    Raises:
        BadInput: no mirror has a file, or the cache folder cannot be written to.

    """
    folder = cache_folder()
    paths, there = [], 0
    for file in files:
        tell = partial(_tell, progress, there)
        path, mirrors = _one_file(file, mirrors, folder, tell)
        paths.append(path)
        there += file.size
    return paths


def _tell(progress: Callable[[int], object] | None, there: int, received: int) -> None:
    if progress is not None:
        progress(there + received)


def _one_file(
    file: PinnedFile, mirrors: Sequence[str], folder: Path, tell: Callable[[int], object]
) -> tuple[Path, Sequence[str]]:
    """The file's path, and the mirrors in the order to try them for the next one."""
    import pooch
    from requests.exceptions import RequestException

    pooch.get_logger().setLevel("ERROR")  # it would announce each download
    failures = []
    for mirror in mirrors:
        try:
            path = pooch.retrieve(
                mirror + file.name,
                f"sha256:{file.sha256}",
                fname=file.name,
                path=folder,
                downloader=_Download(file.size, tell),
            )
        except RequestException as error:
            failures.append(f"{mirror} {_reason(error)}")
        except ValueError:  # the checksum: pooch has thrown the file away
            failures.append(f"{mirror} sends another file (its checksum differs)")
        except OSError as error:
            raise BadInput(
                f"{file.name} cannot be kept in {folder}: {error.strerror or error}; make room "
                f"there, or name another folder in the environment variable {FOLDER_VARIABLE}"
            ) from error
        else:
            return Path(path), (mirror, *(other for other in mirrors if other != mirror))
    raise BadInput(
        f"MNIST could not be fetched: {'; '.join(failures)}. To bring it by hand, put "
        f"{', '.join(other.name for other in FILES)} from {' or '.join(mirrors)} into {folder}; "
        "or take drawn digits, which need no network"
    )


@dataclass(frozen=True)
class _Download:
    """What pooch calls to download a file: not a byte more than it has is taken."""

    size: int
    tell: Callable[[int], object]

    def __call__(self, url: str, output_file: str, pooch: "Pooch | None") -> None:
        import requests

        received = 0
        with (
            # The file as it is: a server that unpacks .gz files would change their checksum.
            requests.get(
                url,
                stream=True,
                timeout=SECONDS_OF_SILENCE,
                headers={"Accept-Encoding": "identity"},
            ) as response,
            Path(output_file).open("wb") as kept,
        ):
            response.raise_for_status()
            for piece in response.iter_content(PIECE):
                received += len(piece)
                if received > self.size:
                    raise ValueError("more bytes than the file has")
                kept.write(piece)
                self.tell(received)


def _reason(error: Exception) -> str:
    """Why a mirror gave nothing, in a few words."""
    from requests.exceptions import ConnectionError as NoConnection
    from requests.exceptions import HTTPError, Timeout

    if isinstance(error, HTTPError) and error.response is not None:
        return f"answers {error.response.status_code}"
    if isinstance(error, Timeout):
        return f"is silent for {SECONDS_OF_SILENCE:g} s"
    if isinstance(error, NoConnection):
        return "cannot be reached"
    return f"fails ({type(error).__name__})"
