"""What doctor finds on this computer, and of the stream that it writes to."""

import io
import json
import sys

import pytest

from gradcheck.commands.doctor_facts import examine, terminal_of
from tests.gradcheck.commands.complete_computer import COMPLETE


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert terminal_of(Screen()).colour
    assert not terminal_of(io.StringIO()).colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not terminal_of(Screen()).colour
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not terminal_of(Screen()).colour


def test_this_machine() -> None:
    facts = examine(io.StringIO())
    assert facts.cores >= 1
    assert facts.memory is not None
    assert facts.free_memory is not None
    assert 0 < facts.free_memory <= facts.memory
    assert (facts.gpu_trouble is None) is (facts.gpu_free_memory is not None)
    assert json.loads(json.dumps(facts.to_dict(), allow_nan=False))["numpy"] == facts.numpy


def test_memory_is_not_known_without_psutil(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psutil", None)
    facts = examine(io.StringIO())
    assert (facts.memory, facts.free_memory) == (None, None)
    assert json.loads(json.dumps(facts.to_dict(), allow_nan=False))["memory"] is None


def test_facts_become_numbers_and_strings() -> None:
    told = json.loads(json.dumps(COMPLETE.to_dict(), allow_nan=False))
    assert told["driver"]["cuda"] == "13.0"
    assert told["blas"][0]["architecture"] == "SkylakeX"
    assert told["data_folder"].endswith("gradcheck")


def test_without_pooch_there_is_no_folder_for_downloads(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ImportError("No module named 'pooch'")

    monkeypatch.setattr("gradcheck.commands.doctor_facts.cache_folder", missing)
    assert examine(io.StringIO()).data_folder is None
