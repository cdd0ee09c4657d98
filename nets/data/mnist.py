"""MNIST, downloaded once from one of its mirrors and then kept in a cache folder.

pooch downloads the files, knows each by its SHA-256, and throws away whatever else a mirror sends.
What it does not do is here: try several mirrors, limit the size of a file, count the bytes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

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
# Seconds without a byte, after which the next mirror is tried. A trade-off: a slow network needs
# time to answer, and nobody likes to wait for a mirror that is down.
SECONDS_OF_SILENCE = 10.0
PIECE = 2**16  # bytes at a time; the largest file comes in about 150 pieces


@dataclass(frozen=True)
class PinnedFile:
    """The only file that is accepted under this name: its length in bytes, and its SHA-256."""

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
    return Path(_source(MIRRORS[0], FILES).abspath)


def _source(mirror: str, files: Sequence[PinnedFile]) -> "Pooch":
    """A mirror with the files that it should have, and the folder that keeps them."""
    import pooch

    return pooch.create(
        pooch.os_cache("gradcheck"),
        mirror,
        env=FOLDER_VARIABLE,
        registry={file.name: f"sha256:{file.sha256}" for file in files},
    )


def fetch(
    files: Sequence[PinnedFile] = FILES,
    mirrors: Sequence[str] = MIRRORS,
    progress: Callable[[int], object] | None = None,
) -> list[Path]:
    """Check that the files are in the cache folder, and download those that are not.

    Args:
        files: which.
        mirrors: addresses of folders that have these files, tried in turn.
        progress: called with the number of bytes, of all files together, that are there so far.

    Returns:
        The path of each file.

    Raises:
        BadInput: no mirror has a file, or the cache folder cannot be written to.

    """
    import pooch

    pooch.get_logger().setLevel("ERROR")  # or it would announce each download
    sources = [_source(mirror, files) for mirror in mirrors]
    paths, before = [], 0
    for file in files:
        download = _Download(file.size, before, progress)
        path, sources = _one_file(file, sources, download)
        paths.append(path)
        before += file.size
    return paths


def _one_file(
    file: PinnedFile, sources: "list[Pooch]", download: "_Download"
) -> "tuple[Path, list[Pooch]]":
    """The path of a file, and the sources in the order in which to try them for the next one."""
    from requests.exceptions import RequestException

    failures = []
    for source in sources:
        try:
            path = source.fetch(file.name, downloader=download)
        except RequestException as error:
            failures.append(f"{source.base_url} {_reason(error)}")
        except ValueError:  # the checksum differs: pooch has thrown the file away
            failures.append(f"{source.base_url} sends another file (its checksum differs)")
        except OSError as error:
            raise BadInput(
                f"{file.name} cannot be kept in {source.abspath}: {error.strerror or error}; make "
                "room there, or name another folder in the environment variable "
                f"{FOLDER_VARIABLE}"
            ) from error
        else:
            return Path(path), [source, *(other for other in sources if other is not source)]
    raise BadInput(
        f"MNIST could not be downloaded: {'; '.join(failures)}. To bring it by hand, put "
        f"{', '.join(each.name for each in FILES)} from "
        f"{' or '.join(source.base_url for source in sources)} into {sources[0].abspath}; or use "
        "drawn digits, which need no internet"
    )


@dataclass(frozen=True)
class _Download:
    """Downloads a file for pooch: takes no more than ``size`` bytes, and counts those it takes."""

    size: int
    before: int  # bytes of the files before this one
    progress: Callable[[int], object] | None

    def __call__(self, url: str, output_file: str, source: "Pooch") -> None:
        from pooch import HTTPDownloader

        get = HTTPDownloader(
            chunk_size=PIECE,
            timeout=SECONDS_OF_SILENCE,
            # The file as it is: if a server unpacks .gz files, their checksum changes.
            headers={"Accept-Encoding": "identity"},
        )
        with Path(output_file).open("wb") as stream:
            get(url, _Counted(stream, self), source)


class _Counted:
    """A stream to write to, with the limit and the progress of a download."""

    def __init__(self, stream: BinaryIO, download: _Download) -> None:
        self._stream, self._download, self._received = stream, download, 0

    def write(self, piece: bytes) -> None:
        self._received += len(piece)
        if self._received > self._download.size:
            raise ValueError("more bytes than the file has")
        self._stream.write(piece)
        if self._download.progress is not None:
            self._download.progress(self._download.before + self._received)

    def flush(self) -> None:
        self._stream.flush()


def _reason(error: Exception) -> str:
    """In a few words why a mirror gave nothing."""
    from requests.exceptions import ConnectionError as NoConnection
    from requests.exceptions import HTTPError, Timeout

    if isinstance(error, HTTPError) and error.response is not None:
        return f"answers {error.response.status_code}"
    if isinstance(error, Timeout):
        return f"is silent for {SECONDS_OF_SILENCE:g} s"
    if isinstance(error, NoConnection):
        return "cannot be reached"
    return f"fails ({type(error).__name__})"
