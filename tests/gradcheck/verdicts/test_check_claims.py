"""The run of a check: samples, what the report knows, and interruptions."""

from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients
from gradcheck.engines.one_by_one import OneByOne
from gradcheck.verdicts.check_claims import CheckInterrupted
from gradcheck.verdicts.report import Report
from tests.gradcheck.problems import (
    squares,
)


def test_the_report_knows_what_was_asked_for() -> None:
    w = np.arange(1.0, 101.0)
    report = check_gradients(
        squares, [w], [2 * w], scheme="central", epsilon=1e-4, sample=7, seed=1
    )
    assert (report.scheme, report.epsilon) == ("central", 1e-4)
    assert (report.checked, report.parameters, report.is_sample) == (7, 100, True)
    assert report.cost == np.sum(w**2)
    assert np.all(np.diff(report.arrays[0].entries) > 0)


def test_the_same_seed_draws_the_same_sample() -> None:
    w = np.arange(1.0, 101.0)
    drawn = [
        check_gradients(squares, [w], [2 * w], sample=9, seed=seed).arrays[0].entries.tolist()
        for seed in (1, 1, 2)
    ]
    assert drawn[0] == drawn[1] != drawn[2]


def test_a_sample_larger_than_an_array_is_all_of_it() -> None:
    w = np.arange(1.0, 4.0)
    report = check_gradients(squares, [w], [2 * w], sample=10)
    assert report.checked == 3
    assert not report.is_sample


def test_progress_is_told() -> None:
    told: list[int] = []
    check_gradients(squares, [np.ones(3)], [2 * np.ones(3)], progress=told.append)
    assert told == sorted(told)
    assert told[-1] > 3


def test_a_check_interrupted_before_anything_was_finished_is_no_pass() -> None:
    def cost(parameters: list[Any]) -> Any:
        if parameters[0][0] != 3.0:
            raise KeyboardInterrupt
        return squares(parameters)

    with pytest.raises(CheckInterrupted) as interrupted:
        check_gradients(cost, [np.array([3.0])], [np.array([6.0])])
    assert interrupted.value.report.arrays == ()
    assert not interrupted.value.report.ok


def test_an_interruption_inside_an_array_keeps_the_pieces_that_were_finished(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(OneByOne, "most_at_once", 4)
    w = np.arange(1.0, 11.0)

    def cost(parameters: list[Any]) -> Any:
        if parameters[0][6] != w[6]:
            raise KeyboardInterrupt
        return squares(parameters)

    with pytest.raises(CheckInterrupted) as interrupted:
        check_gradients(cost, [w], [2 * w])
    (array,) = interrupted.value.report.arrays
    assert array.entries.tolist() == [0, 1, 2, 3]
    assert interrupted.value.report.counts["agree"] == 4
    assert interrupted.value.report.is_sample


def test_pieces_say_what_the_whole_array_says(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(0)
    w = generator.normal(size=(5, 7))
    claim = 2 * w
    claim[3, 2] *= 1.01

    def report() -> Report:
        return check_gradients(squares, [w], [claim])

    whole = report()
    monkeypatch.setattr(OneByOne, "most_at_once", 8)
    pieces = report()
    for one, other in zip(whole.arrays, pieces.arrays, strict=True):
        assert one.entries.tolist() == other.entries.tolist() == list(range(35))
        assert one.verdicts.tolist() == other.verdicts.tolist()
        assert one.numerical == pytest.approx(other.numerical, rel=1e-6)
    assert pieces.counts["disagree"] == 1


def test_an_interrupted_check_keeps_the_arrays_that_were_finished() -> None:
    first, second = np.array([1.0, 2.0]), np.array([3.0])

    def cost(parameters: dict[str, Any]) -> Any:
        if parameters["second"][0] != 3.0:
            raise KeyboardInterrupt
        return squares(parameters)

    parameters = {"first": first, "second": second}
    with pytest.raises(CheckInterrupted) as interrupted:
        check_gradients(cost, parameters, {"first": 2 * first, "second": 2 * second})
    assert isinstance(interrupted.value, KeyboardInterrupt)
    report = interrupted.value.report
    assert [array.name for array in report.arrays] == ["first"]
    assert report.counts["agree"] == 2
