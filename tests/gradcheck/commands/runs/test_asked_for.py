"""What a grading is asked for: by options or by a file, and how the code is isolated."""

from dataclasses import replace
from pathlib import Path

import pytest

from gradcheck.commands.options.grading import GradingOptions
from gradcheck.commands.runs.asked_for import assignment_of, isolation_for, wanted_isolation
from gradcheck.homework.process.isolation import Isolation, IsolationState
from nets.errors import BadInput

FIND = "gradcheck.homework.process.isolation.find_isolation"


def asked(folder: Path) -> GradingOptions:
    return GradingOptions(
        folder=folder,
        class_name="Network",
        sizes=(5, 4, 3),
        cost=None,
        batch_size=3,
        seed=7,
        sample=4,
        jobs=1,
        timeout=60.0,
        memory=1000,
        shapes={},
        adapter=None,
        isolate=None,
    )


def test_without_a_file_the_options_make_an_assignment_of_one_part(tmp_path: Path) -> None:
    (part,) = assignment_of(asked(tmp_path)).task.parts
    assert (part.how.class_name, part.how.sizes, part.how.seed) == ("Network", (5, 4, 3), 7)
    assert part.how.limits.memory == 1000 * 1_000_000


def test_a_file_says_what_was_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "hw3.toml"
    file.write_text('title = "Homework 3"\nisolate = false\n[[part]]\nname = "Net"\n', "utf-8")
    options = replace(asked(tmp_path), assignment=file)
    assignment = assignment_of(options)
    assert assignment.task.title == "Homework 3"
    assert wanted_isolation(options, assignment) is False
    # The command line goes before the file.
    assert wanted_isolation(replace(options, isolate=True), assignment) is True


def test_code_is_isolated_where_it_can_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = asked(tmp_path)
    assignment = assignment_of(options)
    monkeypatch.setattr(FIND, lambda: IsolationState(Isolation("bwrap")))
    found = isolation_for(options, assignment)
    assert found is not None
    assert found.hidden == (tmp_path.resolve(),)
    assert isolation_for(replace(options, isolate=False), assignment) is None


def test_isolation_that_is_demanded_and_not_possible_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = asked(tmp_path)
    assignment = assignment_of(options)
    monkeypatch.setattr(FIND, lambda: IsolationState(None, "bwrap is not installed"))
    assert isolation_for(options, assignment) is None
    with pytest.raises(BadInput, match="--isolate is not possible here: bwrap is not installed"):
        isolation_for(replace(options, isolate=True), assignment)
