"""Files that may be gzip-compressed."""

import gzip
import io
from pathlib import Path

import pytest

from nets.data import compressed
from nets.data.compressed import opened, read_up_to
from nets.errors import BadInput

CONTENT = bytes(range(256)) * 4


@pytest.mark.parametrize("name", ["file", "file.gz"])
@pytest.mark.parametrize("is_gzip", [False, True])
def test_the_content_counts_and_not_the_name(tmp_path: Path, name: str, is_gzip: bool) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(CONTENT) if is_gzip else CONTENT)
    with opened(path, "a file") as stream:
        assert stream.read() == CONTENT


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (gzip.compress(CONTENT)[:-9], "is cut off: its gzip stream ends too early"),
        (b"\x1f\x8b" + bytes(20), "is a damaged gzip file"),
        (gzip.compress(CONTENT)[:-8] + bytes(8), "is a damaged gzip file"),
    ],
)
def test_damage_that_shows_while_the_stream_is_read(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=f"file {message}"), opened(path, "a file") as stream:
        stream.read()


def test_a_folder_or_nothing_in_place_of_a_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with (
            pytest.raises(BadInput, match=f"{path.name} is not a file; give an IDX file"),
            opened(path, "an IDX file"),
        ):
            pass


def test_an_error_of_the_system_while_the_stream_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(CONTENT)
    with pytest.raises(BadInput, match="file cannot be read: a reason"), opened(path, "a file"):
        raise OSError("a reason")


@pytest.mark.parametrize(("count", "length"), [(0, 0), (7, 7), (1024, 1024), (5000, 1024)])
def test_so_many_bytes_or_as_many_as_there_are(
    monkeypatch: pytest.MonkeyPatch, count: int, length: int
) -> None:
    monkeypatch.setattr(compressed, "PIECE", 100)
    stream = io.BytesIO(CONTENT)
    assert read_up_to(stream, count) == CONTENT[:length]
    assert stream.tell() == length


def test_a_large_number_of_bytes_is_asked_for_piece_by_piece() -> None:
    asked: list[int] = []

    class Short(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            assert size is not None
            asked.append(size)
            return super().read(size)

    assert read_up_to(Short(b"short"), 2**60) == b"short"
    assert max(asked) == compressed.PIECE
