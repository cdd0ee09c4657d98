"""Archives that students hand in, whatever they hold."""

import stat
import zipfile
from pathlib import Path

import pytest

from gradcheck.homework.grading import unpack as unpacking
from gradcheck.homework.grading.unpack import unpack
from gradcheck.homework.student_code import StudentError

CODE = "print('hello')\n" * 50


def zipped(path: Path, members: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "target"
    folder.mkdir()
    return folder


def files_below(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_files_are_unpacked_without_junk(tmp_path: Path, target: Path) -> None:
    members = {"a.py": CODE, "src/b.py": "", "__MACOSX/a.py": "x", "src/__pycache__/b.pyc": "x"}
    assert unpack(zipped(tmp_path / "hw.zip", members), target) == []
    assert files_below(target) == ["a.py", "src/b.py"]
    assert (target / "a.py").read_text() == CODE


def test_nothing_is_written_elsewhere(tmp_path: Path, target: Path) -> None:
    members = {"a.py": CODE, "../up.txt": "x", "/etc/up": "x", "C:up.txt": "x", "..\\up": "x"}
    (remark,) = unpack(zipped(tmp_path / "up.zip", members), target)
    assert remark == (
        "4 of the files in up.zip would lie outside its folder, or are links, and were left out: "
        "../up.txt."
    )
    assert files_below(tmp_path) == ["target/a.py", "up.zip"]


def test_links_are_left_out(tmp_path: Path, target: Path) -> None:
    link = zipfile.ZipInfo("link.py")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert unpack(tmp_path / "link.zip", target) == [
        "1 of the files in link.zip would lie outside its folder, or is a link, and was left out: "
        "link.py."
    ]
    assert files_below(target) == []


def test_too_much_is_refused(tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_BYTES", 1_000_000)
    monkeypatch.setattr(unpacking, "MOST_FILES", 2)
    zipped(tmp_path / "bomb.zip", {"zeros": "0" * 1_000_001})
    with pytest.raises(StudentError) as error:
        unpack(tmp_path / "bomb.zip", target)
    assert error.value.line == (
        "bomb.zip holds more than 1 MB when it is unpacked; hand in the code without data"
    )
    zipped(tmp_path / "many.zip", dict.fromkeys("abc", ""))
    with pytest.raises(StudentError) as error:
        unpack(tmp_path / "many.zip", target)
    assert error.value.line == "many.zip holds 3 files; at most 2 are read"
    assert files_below(target) == []


def test_an_archive_that_states_a_smaller_size_is_stopped(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MOST_BYTES", 1000)
    path = zipped(tmp_path / "liar.zip", {"a": "0" * 5000})
    path.write_bytes(path.read_bytes().replace((5000).to_bytes(4, "little"), bytes([9, 0, 0, 0])))
    with pytest.raises(StudentError) as error:
        unpack(path, target)
    assert error.value.line.startswith("liar.zip ")
    assert (target / "a").stat().st_size < 5000


@pytest.mark.parametrize("name", ["text", "cut off", "spoilt"])
def test_what_is_no_archive_is_refused_in_a_line(tmp_path: Path, target: Path, name: str) -> None:
    path = tmp_path / "dee.zip"
    data = zipped(path, {"a.py": "".join(map(str, range(1000)))}).read_bytes()
    # The compressed numbers begin after the name, which is the only one there.
    begin = data.index(b"a.py") + len("a.py")
    spoilt = (
        data[:begin] + bytes(255 - each for each in data[begin : begin + 40]) + data[begin + 40 :]
    )
    path.write_bytes({"text": b"PK no zip", "cut off": data[:60], "spoilt": spoilt}[name])
    with pytest.raises(StudentError) as error:
        unpack(path, target)
    assert error.value.line.startswith("dee.zip cannot be unpacked as a zip file: ")


def test_a_password_is_told(tmp_path: Path, target: Path) -> None:
    path = zipped(tmp_path / "locked.zip", {"a.py": CODE})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= unpacking.ENCRYPTED
    path.write_bytes(bytes(data))
    with pytest.raises(StudentError) as error:
        unpack(path, target)
    assert error.value.line == "locked.zip is locked with a password; hand it in without one"
