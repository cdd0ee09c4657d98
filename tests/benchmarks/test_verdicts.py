"""A small part of the campaign; and tests that the campaign notices every kind of fault."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_network
from gradcheck.diagnosis.claimed_backprop import ClaimedBackprop
from gradcheck.diagnosis.diagnose import diagnosed
from gradcheck.show.text import plain_text
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.what_to_mend import Diagnosis
from nets.costs import Cost
from nets.network import Network
from tests.benchmarks import verdicts
from tests.benchmarks.verdicts import RULES, Campaign, Trial, draw, trials, trials_on
from tests.gradcheck.cluster.executors import FakeExecutor

NETWORKS, SEED = 24, 3


def campaign(networks: int) -> Campaign:
    return Campaign(tuple(trials(networks, SEED, jobs=1)))


def test_workers_come_to_the_same_trials_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdicts, "PIECE", 2)
    executor = FakeExecutor(2)
    assert list(trials_on(executor, 5, SEED)) == list(trials(5, SEED, jobs=1))
    assert executor.calls > 2


def test_a_slice_of_the_campaign() -> None:
    found = campaign(NETWORKS)
    assert found.faults == []
    assert found.missed == []
    assert found.misplaced == []
    assert len(found.planted) >= 0.9 * NETWORKS
    assert len(found.caught) >= 0.9 * len(found.planted)
    assert len(found.unnamed) <= 0.05 * len(found.caught)
    assert len({name for name, _ in filter(None, (each.planted for each in found.trials))}) > 10
    # The other rules see the same gradients. Each finds something; most miss some or raise alarms.
    fooled = []
    for name in RULES:
        passed = [each for each in found.planted if name in each.passed]
        assert len(passed) < len(found.planted)
        if passed or any(name in each.accused for each in found.trials):
            fooled.append(name)
    assert len(fooled) >= 3
    table = plain_text(found.parts())
    for words in ("false alarms, or other faults", "likely mistake right", "this one", *RULES):
        assert words in table


def test_the_networks_are_as_varied_as_the_page_says() -> None:
    drawn = [draw(SEED, number) for number in range(60)]
    assert draw(SEED, 7).words == drawn[7].words != draw(SEED + 1, 7).words
    assert {len(each.network.layers) for each in drawn} == {1, 2, 3, 4, 5}
    assert {each.scheme for each in drawn} == set(verdicts.SCHEMES)
    for each in drawn:
        assert max(each.network.sizes) <= 40
        assert 1 <= each.batch.size <= 64
    words = " ".join(each.words for each in drawn)
    for kind in ("dense", "sparse", "saturating", "pixels", "trained", "float32", "relu", "tanh"):
        assert kind in words


# Negative controls


@pytest.fixture
def without_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the other rules: they take time, and these tests do not need them."""
    monkeypatch.setattr(verdicts, "RULES", {})


FEW = 6


@pytest.mark.usefixtures("without_rules")
def test_a_wrong_gradient_that_passes_for_right_is_a_false_alarm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = Network.backprop

    def off(network: Network, inputs: Any, targets: Any) -> Any:
        *others, last = right(network, inputs, targets)
        return (*others, replace(last, gradient_wrt_biases=1.01 * last.gradient_wrt_biases))

    monkeypatch.setattr(Network, "backprop", off)
    faults = campaign(FEW).faults
    assert len(faults) > FEW // 2
    assert all(each.fault.startswith("false alarm") for each in faults)


@pytest.mark.usefixtures("without_rules")
def test_a_crash_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(cost: Cost) -> bool:
        raise ZeroDivisionError("crash")

    monkeypatch.setattr(verdicts, "is_visible", crash)
    (first,) = campaign(1).faults
    assert "Traceback" in first.fault


def spoiled(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    def wrong(report: Report, claimed: ClaimedBackprop | None, *more: Any) -> Report:
        found = diagnosed(report, claimed, *more)
        if not isinstance(found.diagnosis, Diagnosis):
            return found
        return replace(found, diagnosis=replace(found.diagnosis, **changes))

    monkeypatch.setattr("gradcheck.check.diagnosed", wrong)


@pytest.mark.usefixtures("without_rules")
@pytest.mark.parametrize("changes", [{"layer": 99}, {"step": "gradient_wrt_nothing"}])
def test_a_diagnosis_in_the_wrong_place_is_misplaced(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any]
) -> None:
    spoiled(monkeypatch, **changes)
    found = campaign(FEW)
    assert found.misplaced == found.caught != []


@pytest.mark.usefixtures("without_rules")
@pytest.mark.parametrize("likely", [None, "bias-forgotten"])
def test_a_diagnosis_that_names_another_mistake_or_none_is_unnamed(
    monkeypatch: pytest.MonkeyPatch, likely: str | None
) -> None:
    spoiled(monkeypatch, likely_cause=likely)
    found = campaign(FEW)
    assert found.unnamed == found.caught != []
    assert found.misplaced == []


@pytest.mark.usefixtures("without_rules")
def test_a_mistake_that_goes_through_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(*given: Any, gradients: Any, **options: Any) -> Any:
        return check_network(*given, **options)  # checks the network's own backprop, not the claim

    monkeypatch.setattr(verdicts, "check_network", blind)
    found = campaign(FEW)
    assert found.faults == found.caught == []
    assert found.missed == [each for each in found.planted if each.visible] != []


def test_what_is_caught_by_luck_is_not_hidden() -> None:
    """A mistake that was not caught counts as missed, and neither as misplaced nor as unnamed."""
    planted = ("sign-flipped", 1)
    caught = Trial("", planted=planted, visible=True, caught=True, located=True, named="same")
    lost = Trial("", planted=planted, visible=True)
    faint = Trial("", planted=planted)
    found = Campaign((caught, lost, faint, Trial("", fault="false alarm")))
    assert found.planted == [caught, lost, faint]
    assert found.caught == [caught]
    assert found.missed == [lost]
    assert found.misplaced == found.unnamed == []
    assert len(found.faults) == 1
    assert "33.33 %" in plain_text(found.parts())


@pytest.mark.parametrize(
    ("seed", "number"), [(2, 232), (2, 1193), (3, 825), (3, 1107), (5, 1817), (5, 2155)]
)
def test_networks_whose_rounding_is_hard_to_see_are_not_accused(seed: int, number: int) -> None:
    """Terms that cancel, costs that move in steps, gradients whose squares underflow."""
    drawn = verdicts.draw(seed, number)
    with np.errstate(all="ignore"):
        report = check_network(
            drawn.network, drawn.batch.inputs, drawn.batch.targets, scheme=drawn.scheme
        )
    assert report.counts["disagree"] == 0
    assert report.comparison is not None
    assert report.comparison.ok
