"""Small arrays judged together: what is found of an array holds for its own entries alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gradcheck.check import check_network
from gradcheck.engines.one_by_one import OneByOne
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.first_measurement import measure_slopes
from gradcheck.slopes.measured_slopes import MeasuredSlopes
from gradcheck.slopes.parameter_array import ParameterArray
from gradcheck.slopes.schemes import scheme_named
from gradcheck.verdicts import check_claims, doubted
from gradcheck.verdicts.claim import Claim, claimed_at
from gradcheck.verdicts.compared_engines import compared_engines
from gradcheck.verdicts.found_stretch import found_stretch
from gradcheck.verdicts.judged import Judged
from gradcheck.verdicts.judged_entries import judged_claims
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray
from tests.gradcheck.problems import REAL_SCHEMES, problem
from tests.gradcheck.show.page.lab import EvenlySpread

DRAWN = np.random.default_rng(5).normal(size=6)


@dataclass(frozen=True)
class Kind:
    """A parameter array, its term of the cost, and the derivative of that."""

    array: HostArray
    term: Callable[[HostArray], Any]
    slopes: HostArray


KINDS = {
    "smooth": Kind(DRAWN, lambda w: np.sin(w).sum(), np.cos(DRAWN)),
    "tiny": Kind(1e-7 * DRAWN, lambda w: np.sin(1e7 * w).sum(), 1e7 * np.cos(DRAWN)),
    "kinked": Kind(
        np.array([0.0, 0.5, 0.0, 1e-9]), lambda w: np.abs(w).sum(), np.array([1.0, 1.0, -1.0, 1.0])
    ),
    "in float32": Kind(DRAWN, lambda w: float(np.float32((w**2).sum())), 2.0 * DRAWN),
    "rounded": Kind(DRAWN, lambda w: np.round(np.sin(w).sum(), 7), np.cos(DRAWN)),
    "rests": Kind(np.array([1.0, 2.0, 0.0]), lambda w: 0.0 * w.sum(), np.zeros(3)),
    "hidden by rounding": Kind(DRAWN, lambda w: 1e-13 * np.sin(w).sum(), 1e-13 * np.cos(DRAWN)),
    "moves late": Kind(np.ones(3), lambda w: np.maximum(w - 1.0001, 0.0).sum(), np.zeros(3)),
    "half rounded to 4 digits": Kind(
        np.linspace(0.1, 0.9, 12),
        lambda w: np.sin(w[::2]).sum() + np.round(w[1::2], 4).sum(),
        np.where(np.arange(12) % 2, 0.0, np.cos(np.linspace(0.1, 0.9, 12))),  # 0 is wrong
    ),
    "ends": Kind(np.array([1e-9, 0.5]), lambda w: np.log(w).sum(), np.array([1e9, 2.0])),
    "beside large numbers": Kind(
        DRAWN, lambda w: ((2.0**30 + 7.0 * w) - 2.0**30).sum(), np.full(6, 7.0)
    ),
    "points of inflection": Kind(np.zeros(7), lambda w: np.sin(w).sum(), np.ones(7)),
    "half beside large numbers": Kind(
        np.linspace(0.1, 0.9, 12),
        lambda w: np.sin(w[::2]).sum() + ((2.0**30 + 7.0 * w[1::2]) - 2.0**30).sum(),
        np.where(np.arange(12) % 2, 7.0, np.cos(np.linspace(0.1, 0.9, 12))),
    ),
    "one beside a large number": Kind(  # which is no probe
        np.ones(12),
        lambda w: 2.0 * w.sum() + ((2.0**30 - 1.9 * w[5]) - 2.0**30),
        2.0 - 1.9 * np.eye(12)[5],
    ),
    "rests, but for one": Kind(
        np.arange(1.0, 13.0), lambda w: 0.0 * w.sum() + w[7], np.eye(12)[7].copy()
    ),
}
FACTORS = (1.0, 1.0 + 1e-9, 1.001, 2.0, 0.0)


@pytest.fixture(autouse=True, scope="module")
def few_are_doubted() -> Any:
    """Rules for arrays with many entries in doubt are for more than two."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(doubted, "MOST_DOUBTED", 2)
        yield


def entries_of(kinds: Sequence[Kind], scheme: str) -> list[Entries]:
    """The entries of each array of a cost that is the sum of all their terms."""

    def cost(parameters: Sequence[HostArray]) -> Any:
        return sum(kind.term(array) for kind, array in zip(kinds, parameters, strict=True))

    engine = OneByOne(cost, [kind.array for kind in kinds])
    return [
        Entries.of(
            engine,
            ParameterArray(which, kind.array),
            np.arange(kind.array.size),
            scheme_named(scheme),
        )
        for which, kind in enumerate(kinds)
    ]


def claims_of(kinds: Sequence[Kind], factors: Sequence[float]) -> list[Claim]:
    return [
        Claim(f"array {which}", None, "w", kind.array, factor * kind.slopes)
        for which, (kind, factor) in enumerate(zip(kinds, factors, strict=False))
    ]


def joined(*names: str) -> Entries:
    return Entries.joined(entries_of([KINDS[name] for name in names], "forward"))


def judged(claims: Sequence[Claim], entries: Entries) -> Judged:
    with np.errstate(all="ignore"):
        claimed = claimed_at(claims, entries)
        return judged_claims(*claimed, entries, entries.scheme.epsilon, EvenlySpread())  # type: ignore[arg-type]


@settings(max_examples=10)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(KINDS)), st.sampled_from(FACTORS)), min_size=2, max_size=4
    ),
    st.sampled_from(REAL_SCHEMES),
)
@example([(name, 1.0) for name in KINDS], "forward")
@example([(name, 1.001) for name in KINDS], "forward")
@example([(name, 0.0) for name in KINDS], "central")
@example([("smooth", 2.0), ("smooth", 2.0), ("points of inflection", 1.0)], "forward")
@example([("half beside large numbers", 1.0), ("one beside a large number", 1.0)], "forward")
def test_an_array_is_judged_as_if_it_were_alone(
    drawn: list[tuple[str, float]], scheme: str
) -> None:
    kinds = [KINDS[name] for name, _ in drawn]
    claims, parts = claims_of(kinds, [factor for _, factor in drawn]), entries_of(kinds, scheme)
    together = judged(claims, Entries.joined(parts))
    first = 0
    for claim, part in zip(claims, parts, strict=True):
        alone, own = judged([claim], part), slice(first, first + len(part))
        first += len(part)
        np.testing.assert_array_equal(
            together.judgement.verdicts[own], alone.judgement.verdicts, err_msg=claim.name
        )
        np.testing.assert_array_equal(together.judgement.error_bar[own], alone.judgement.error_bar)
        for each in fields(MeasuredSlopes):
            np.testing.assert_array_equal(
                getattr(together.measured, each.name)[own],
                getattr(alone.measured, each.name),
                err_msg=f"{claim.name}: {each.name}",
            )


def test_a_claim_of_0_is_looked_at_at_every_entry_if_one_of_some_moves_with_a_wider_step() -> None:
    name = "half rounded to 4 digits"
    found = judged(claims_of([KINDS[name]], [1.0]), joined(name))
    assert len(found.where(Verdict.AGREE)) == 6
    assert len(found.where(Verdict.UNTESTED)) == 0  # six move late, and only some are tried first


def test_all_entries_get_noise_of_their_own_if_a_probe_rounds_more_coarsely() -> None:
    entries = joined("smooth", "half beside large numbers")
    generator: Any = EvenlySpread()
    measured = measure_slopes(entries, entries.scheme.epsilon, generator)
    noise = measured.noise * entries.steps(measured.epsilons)
    assert np.all(noise[len(DRAWN) + 1 :: 2] > 2.0**-26)
    assert np.all(noise[: len(DRAWN)] < 2.0**-36)  # the control
    assert np.all(noise[len(DRAWN) :: 2] < 2.0**-36)


def test_engines_that_differ_are_told_with_the_array() -> None:
    names = ("smooth", "rests, but for one", "smooth")
    kinds, entries = [KINDS[name] for name in names], joined(*names)
    judgement = judged(claims_of(kinds, [1.0] * 3), entries)
    reference = OneByOne(
        lambda p: np.sin(p[0]).sum() + 0.0 * p[1].sum() + p[1][7] + 1.001 * np.sin(p[2]).sum(),
        [kind.array for kind in kinds],
    )
    generator: Any = EvenlySpread()
    found = compared_engines(["a", "b", "c"], entries, reference, judgement, generator)
    assert found.compared == 6
    assert not found.ok
    assert found.name == "c"
    assert found.index in {(0,), (3,)}


def test_the_arrays_of_a_small_network_are_measured_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[list[str]] = []

    def kept(names: list[str], *asked: Any) -> Any:
        told.append(names)
        return found_stretch(names, *asked)

    monkeypatch.setattr(check_claims, "found_stretch", kept)
    given = problem(4, 3, 2)
    assert check_network(given.network, given.inputs, given.targets).ok
    assert [len(names) for names in told] == [4]
    told.clear()
    assert check_network(given.network, given.inputs, given.targets, engine="one-by-one").ok
    assert [len(names) for names in told] == [1, 1, 1, 1]  # each that is finished is kept
