"""``gradcheck doctor`` as it is typed."""

import json
import sys

import pytest

from tests.conftest import Command


def test_it_tells_what_is_there(gradcheck_command: Command) -> None:
    ended = gradcheck_command("doctor", "--plain")
    assert (ended.code, ended.err) == (0, "")
    for words in ("Python", "NumPy", "BLAS", "memory", "CuPy", "driver", "output", "data"):
        assert words in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80
    assert ended.out.isascii()


def test_json_has_numbers_for_numbers(gradcheck_command: Command) -> None:
    ended = gradcheck_command("doctor", "--json")
    told = json.loads(ended.out)
    assert ended.code == 0
    assert (told["schema_version"], told["command"]) == (1, "doctor")
    assert isinstance(told["cores"], int)
    assert isinstance(told["memory"], int)
    assert isinstance(told["terminal"]["columns"], int)
    assert {"library", "version", "architecture", "threads"} <= set(told["blas"][0])
    assert all(set(each) == {"about", "line"} for each in told["advice"])


def test_without_cupy_it_says_what_installs_it(
    gradcheck_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cupy", None)  # as if it were not installed
    monkeypatch.setattr("gradcheck.commands.doctor_facts.CUPY_PACKAGES", ())
    monkeypatch.setattr("sys.platform", "linux")
    told = json.loads(gradcheck_command("doctor", "--json").out)
    assert told["cupy"] is None
    assert "needs CuPy" in told["gpu_trouble"]
    (line,) = [each["line"] for each in told["advice"] if each["about"] == "CuPy"]
    assert line.startswith('pip install "cupy-cuda1')


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_pipe_is_no_terminal_and_has_its_encoding(
    gradcheck_process: Command, gradcheck_pipe: Command, encoding: str
) -> None:
    ended = gradcheck_process("doctor", "--json", PYTHONIOENCODING=encoding, NO_COLOR="1")
    terminal = json.loads(ended.out)["terminal"]
    assert ended.code == 0
    assert terminal["is_terminal"] is terminal["colour"] is False
    assert terminal["encoding"] == encoding
    assert gradcheck_pipe("doctor", PYTHONIOENCODING=encoding).code == 0
