"""Reports on large arrays: the counts and errors are those of all entries."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_network
from gradcheck.engines.batched import Batched
from gradcheck.verdicts import large_array, stretches
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.large_array import Condensed, LargeArrayReport, large_array_report
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.layers import parameter_gradients
from tests.gradcheck.engines.test_by_pieces import problem

N = 5000


def report_on(n: int = N, seed: int = 0, first: int = 0) -> ArrayReport:
    """A report on n entries with all verdicts, and with errors of all sizes."""
    generator = np.random.default_rng(seed)
    numerical = generator.standard_normal(n)
    error = 10.0 ** generator.uniform(-12.0, -3.0, n)
    verdicts = generator.choice(5, n, p=[0.9, 0.02, 0.02, 0.03, 0.03]).astype(np.int8)
    bars = np.full(n, 1e-8)
    entries = np.arange(first, first + n)
    slopes = (numerical - bars, numerical + bars)
    return ArrayReport(
        "W", None, "W", (10 * N,), entries, numerical + error, numerical, bars, verdicts, *slopes
    )


@pytest.fixture
def few_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits so small that most entries of these tests are left out."""
    for name, value in (("WORST_KEPT", 20), ("DOUBTFUL_KEPT", 100), ("SAMPLE_KEPT", 50)):
        monkeypatch.setattr(large_array, name, value)


def joined(parts: list[ArrayReport]) -> ArrayReport:
    """The report on all entries of several."""
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in large_array.COLUMNS
    }
    first = parts[0]
    return ArrayReport(first.name, first.layer, first.parameter, first.shape, **columns)


@pytest.mark.usefixtures("few_kept")
def test_all_figures_are_those_of_all_entries() -> None:
    parts = [report_on(N, seed, seed * N) for seed in range(3)]
    whole, large = joined(parts), large_array_report([Condensed.of(part) for part in parts])
    assert len(large.entries) < 1000  # the control: most are left out
    assert (large.checked, large.counts) == (whole.checked, whole.counts)
    assert large.relative_error == pytest.approx(whole.relative_error, rel=1e-12)
    assert large.max_absolute_error == whole.max_absolute_error
    assert large.resolution == whole.resolution
    assert large.agreed_digits == whole.agreed_digits
    assert np.array_equal(large.bar_counts, whole.bar_counts)
    assert np.array_equal(large.column_counts, whole.column_counts)
    assert large.index_of(large.worst) == whole.index_of(whole.worst)
    assert large.to_dict() == {**whole.to_dict(), "relative_error": large.relative_error}


@pytest.mark.usefixtures("few_kept")
def test_digits_that_are_accepted_count_for_what_is_left_out() -> None:
    large = large_array_report([Condensed.of(report_on())])
    assert large.counts["disagree"] > 0
    right = np.where(large.verdicts == Verdict.DISAGREE, Verdict.AGREE, large.verdicts)
    accepted = replace(large, verdicts=right, accepted_digits=3.0)
    assert isinstance(accepted, LargeArrayReport)
    assert accepted.counts["disagree"] == 0
    assert sum(accepted.counts.values()) == N


@pytest.mark.usefixtures("few_kept")
def test_what_disagrees_is_kept_first() -> None:
    whole = report_on()
    large = large_array_report([Condensed.of(whole)])
    wrong = np.flatnonzero(whole.verdicts == Verdict.DISAGREE)
    assert set(wrong.tolist()) <= set(large.entries.tolist()) or len(wrong) > 100


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Arrays of more than 50 entries are large, and judged in stretches of 300."""
    monkeypatch.setattr(Batched, "most_at_once", 300)
    monkeypatch.setattr(stretches, "SMALL", 50)
    monkeypatch.setattr(stretches, "MOST_HELD", 100)


def checked(**how: Any) -> Report:
    return check_network(*problem([70, 12, 5]), **how)


@pytest.mark.usefixtures("small_limits", "few_kept")
def test_a_check_in_stretches_agrees_and_finds_what_is_wrong() -> None:
    network, inputs, targets = problem([70, 12, 5])
    report = check_network(network, inputs, targets)
    assert report.ok
    assert isinstance(report.arrays[0], LargeArrayReport)
    assert report.checked == report.parameters
    gradients = list(parameter_gradients(network.backprop(inputs, targets)))
    gradients[0] = gradients[0].copy()
    gradients[0][11, 69] *= 1.01
    wrong = check_network(network, inputs, targets, gradients=gradients)
    assert wrong.counts["disagree"] == 1
    assert wrong.arrays[0].index_of(wrong.arrays[0].worst) == (11, 69)
    for each in (report, wrong):
        assert str(each)
        assert each.to_dict()["checked"] == report.parameters


@pytest.mark.usefixtures("small_limits")
def test_each_stretch_is_told() -> None:
    parts: list[ArrayReport] = []
    report = checked(finished=parts.append)
    assert [part.checked for part in parts[:3]] == [280, 280, 280]
    assert sum(part.checked for part in parts) == report.checked


def test_stretches_of_a_usual_array_are_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = checked()
    monkeypatch.setattr(Batched, "most_at_once", 300)
    joined = checked()
    assert not isinstance(joined.arrays[0], LargeArrayReport)
    for one, other in zip(whole.arrays, joined.arrays, strict=True):
        assert np.array_equal(one.entries, other.entries)
        assert np.allclose(one.numerical, other.numerical, rtol=1e-6, atol=1e-9)


def test_a_usual_array_is_one_stretch_and_held_whole() -> None:
    parts: list[ArrayReport] = []
    report = checked(finished=parts.append)
    assert len(parts) == len(report.arrays)
    assert not any(isinstance(array, LargeArrayReport) for array in report.arrays)
