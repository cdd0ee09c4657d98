"""Fetching from mirrors on this machine: one that fails, one that lies, one that works."""

import errno
import hashlib
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nets.data import mnist
from nets.data.mnist import FILES, FOLDER_VARIABLE, MIRRORS, PinnedFile, cache_folder, fetch
from nets.errors import BadInput
from tests.idx import idx_bytes

CONTENTS = {
    "images": idx_bytes(np.arange(400).reshape(4, 10, 10) % 256),
    "labels": idx_bytes(np.arange(4)),
}
PINNED = tuple(
    PinnedFile(name, len(content), hashlib.sha256(content).hexdigest())
    for name, content in CONTENTS.items()
)
TOTAL = sum(file.size for file in PINNED)


@dataclass
class Mirrors:
    """A server whose folders are mirrors of one kind each, and what it was asked for."""

    address: str
    asked: list[str] = field(default_factory=list)

    def __getitem__(self, kind: str) -> str:
        return f"{self.address}/{kind}/"


def answer(kind: str, name: str) -> tuple[int, bytes, int]:
    """Status, content, and the length that is told beforehand."""
    content = CONTENTS[name]
    return {
        "works": (200, content, len(content)),
        "fails": (503, b"closed", 6),
        "lies": (200, bytes(len(content)), len(content)),
        "lies-longer": (200, content + content, 2 * len(content)),
        "lies-shorter": (200, content[:9], 9),
        "breaks-off": (200, content[:9], len(content)),
        "unknown": (404, b"<html>", 6),
    }[kind]


@pytest.fixture
def mirrors(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Mirrors]:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(self.path.strip("/"))
            kind, name = told.asked[-1].split("/")
            status, content, length = answer(kind, name)
            self.send_response(status)
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: Any) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told = Mirrors(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def expect_whole(paths: list[Path], folder: Path) -> None:
    assert [path.read_bytes() for path in paths] == list(CONTENTS.values())
    assert [path.parent for path in paths] == [folder] * 2
    assert names(folder) == ["images", "labels"]


def test_a_mirror_that_works(mirrors: Mirrors) -> None:
    expect_whole(fetch(PINNED, [mirrors["works"]]), cache_folder())
    assert mirrors.asked == ["works/images", "works/labels"]


def test_what_was_fetched_once_needs_no_network_ever_after(mirrors: Mirrors) -> None:
    fetch(PINNED, [mirrors["works"]])
    mirrors.asked.clear()
    expect_whole(fetch(PINNED, [mirrors["works"]]), cache_folder())
    expect_whole(fetch(PINNED, ["http://127.0.0.1:9/"]), cache_folder())
    assert mirrors.asked == []


@pytest.mark.parametrize(
    "kind", ["fails", "unknown", "lies", "lies-longer", "lies-shorter", "breaks-off"]
)
def test_what_a_mirror_sends_that_is_not_the_file_is_thrown_away(
    mirrors: Mirrors, kind: str
) -> None:
    with pytest.raises(BadInput, match="MNIST could not be downloaded"):
        fetch(PINNED, [mirrors[kind]])
    assert names(cache_folder()) == []


def test_of_a_file_that_is_too_long_no_more_is_kept_than_it_should_have(
    mirrors: Mirrors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mnist, "PIECE", 10)
    counts: list[int] = []
    with pytest.raises(BadInput, match="its checksum differs"):
        fetch(PINNED, [mirrors["lies-longer"]], counts.append)
    assert PINNED[0].size - 10 < max(counts) <= PINNED[0].size


def test_mirrors_are_tried_in_turn_and_the_one_that_works_comes_first_next(
    mirrors: Mirrors,
) -> None:
    paths = fetch(PINNED, [mirrors["fails"], mirrors["lies"], mirrors["works"]])
    expect_whole(paths, cache_folder())
    assert mirrors.asked == ["fails/images", "lies/images", "works/images", "works/labels"]


def test_a_file_that_has_changed_is_fetched_again(mirrors: Mirrors) -> None:
    cache_folder().mkdir()
    (cache_folder() / "images").write_bytes(b"something else")
    expect_whole(fetch(PINNED, [mirrors["lies"], mirrors["works"]]), cache_folder())


def test_files_brought_by_hand_are_taken(mirrors: Mirrors) -> None:
    cache_folder().mkdir()
    for name, content in CONTENTS.items():
        (cache_folder() / name).write_bytes(content)
    expect_whole(fetch(PINNED, [mirrors["fails"]]), cache_folder())
    assert mirrors.asked == []


def test_progress_counts_the_bytes_of_all_files(
    mirrors: Mirrors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mnist, "PIECE", 100)
    counts: list[int] = []
    fetch(PINNED, [mirrors["works"]], counts.append)
    assert counts == sorted(counts)
    assert len(counts) > 3
    assert counts[-1] == TOTAL


def test_no_network_tells_how_to_bring_the_files_by_hand(
    mirrors: Mirrors, monkeypatch: pytest.MonkeyPatch
) -> None:
    import requests

    def unreachable(url: str, **options: Any) -> None:
        raise requests.ConnectionError("no route to host")

    monkeypatch.setattr(requests, "get", unreachable)
    with pytest.raises(BadInput) as caught:
        fetch()
    message = str(caught.value)
    for part in (*MIRRORS, *(file.name for file in FILES), str(cache_folder())):
        assert part in message
    assert f"{MIRRORS[0]} cannot be reached" in message
    assert "\n" not in message


def test_each_mirror_s_fault_is_told(mirrors: Mirrors) -> None:
    kinds = ("fails", "lies", "unknown")
    with pytest.raises(BadInput) as caught:
        fetch(PINNED, [mirrors[kind] for kind in kinds])
    assert f"{mirrors['fails']} answers 503" in str(caught.value)
    assert f"{mirrors['unknown']} answers 404" in str(caught.value)
    assert f"{mirrors['lies']} sends another file (its checksum differs)" in str(caught.value)


def test_a_silent_mirror_is_given_up(mirrors: Mirrors, monkeypatch: pytest.MonkeyPatch) -> None:
    import requests

    def silent(url: str, timeout: float, **options: Any) -> None:
        raise requests.ReadTimeout(f"{timeout}")

    monkeypatch.setattr(requests, "get", silent)
    with pytest.raises(BadInput, match="is silent for 10 s"):
        fetch(PINNED, [mirrors["works"]])


def test_a_full_disk_is_told_and_leaves_nothing(
    mirrors: Mirrors, monkeypatch: pytest.MonkeyPatch
) -> None:
    class FullDisk:
        def __enter__(self) -> "FullDisk":
            return self

        def __exit__(self, *arguments: object) -> None:
            pass

        def write(self, content: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    right = Path.open
    monkeypatch.setattr(
        Path, "open", lambda path, mode="r": FullDisk() if "w" in mode else right(path, mode)
    )
    with pytest.raises(BadInput) as caught:
        fetch(PINNED, [mirrors["works"], mirrors["works"]])
    folder = re.escape(str(cache_folder()))
    assert re.search(f"cannot be kept in {folder}: No space left", str(caught.value))
    assert FOLDER_VARIABLE in str(caught.value)
    assert mirrors.asked == ["works/images"]  # another mirror would not help
    assert names(cache_folder()) == []


def test_a_file_in_place_of_the_cache_folder(mirrors: Mirrors) -> None:
    cache_folder().write_text("not a folder")
    with pytest.raises(BadInput, match="images cannot be kept in"):
        fetch(PINNED, [mirrors["works"]])


def test_the_cache_folder_is_the_system_s_unless_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv(FOLDER_VARIABLE)
    assert "gradcheck" in cache_folder().parts


def test_the_pinned_files_are_those_of_mnist() -> None:
    assert [file.name for file in FILES] == [
        f"{kind}-{name}.gz"
        for kind in ("train", "t10k")
        for name in ("images-idx3-ubyte", "labels-idx1-ubyte")
    ]
    assert all(re.fullmatch("[0-9a-f]{64}", file.sha256) for file in FILES)
    assert all(mirror.startswith("https://") and mirror.endswith("/") for mirror in MIRRORS)
