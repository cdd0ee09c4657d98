"""Claims held against slopes, array by array: the run of a check."""

import time
from dataclasses import dataclass

import numpy as np

from gradcheck.engines.engine import Engine, flat_entries
from gradcheck.engines.entries import drawn_entries, expect_sample
from gradcheck.slopes.error_bars import (
    extremes,
)
from gradcheck.slopes.measured import (
    SMALLEST_EPSILON,
    Entries,
    MeasuredSlopes,
    measure_slopes,
    narrowed,
    noise_of,
    widened,
)
from gradcheck.slopes.schemes import Scheme, checked_epsilon
from gradcheck.verdicts.array_report import (
    ArrayReport,
    EngineComparison,
)
from gradcheck.verdicts.report import (
    Report,
)
from gradcheck.verdicts.verdict import (
    Judgement,
    Verdict,
    judge,
)
from nets.arrays import Array, HostArray, to_numpy

__all__ = ["CheckInterrupted", "Claim", "check_claims"]

# Where the scheme's own step leaves an entry undecided, these many times it are tried, up to this.
WIDER = (1024.0, 32768.0)
LARGEST_EPSILON = 2.0**-5
# Disagreements are looked at again with narrower steps, this often, and about this many first.
DOUBTS = 6
MOST_DOUBTED = 1000
# Entries of each array at which two engines are compared.
COMPARED = 2


class CheckInterrupted(KeyboardInterrupt):
    """Ctrl-C during a check; ``report`` holds the arrays that were finished, if any."""

    def __init__(self, report: Report) -> None:
        """Keep what was found so far."""
        super().__init__("the check was interrupted")
        self.report = report


@dataclass(frozen=True)
class Claim:
    """One parameter array with the gradient that is claimed for it."""

    name: str
    layer: int | None
    parameter: str
    values: Array
    gradient: Array
    # What rounding alone may make of the gradient, where that is known, and of C.
    round_off: Array | None = None
    cost_round_off: float = 0.0


def check_claims(
    claims: list[Claim],
    engine: Engine,
    scheme: Scheme,
    *,
    epsilon: float | None = None,
    sample: int | None = None,
    seed: int = 0,
    reference: Engine | None = None,
) -> Report:
    """Check the gradients that are claimed for arrays.

    Args:
        claims: one for each array that the engine's cost depends on, in its order.
        engine: evaluates the cost.
        scheme: how slopes are measured.
        epsilon: the relative step, or None for the scheme's own.
        sample: check at most this many entries of each array.
        seed: of the sample and of the probes.
        reference: an engine that some entries are measured by as well, to check the first.

    Raises:
        BadInput: a step or sample that cannot be used.
        CheckInterrupted: on Ctrl-C.

    """
    relative_step = checked_epsilon(scheme, epsilon)
    expect_sample(sample, seed)
    generator = np.random.default_rng(seed)
    started = time.perf_counter()
    reports: list[ArrayReport] = []
    comparisons: list[EngineComparison] = []

    def report() -> Report:
        return Report(
            arrays=tuple(reports),
            scheme=scheme.name,
            epsilon=relative_step,
            engine=engine.name,
            cost=engine.base_cost,
            parameters=sum(claim.values.size for claim in claims),
            evaluations=engine.evaluations,
            seconds=time.perf_counter() - started,
            comparison=EngineComparison.worst_of(comparisons),
        )

    try:
        for which, claim in enumerate(claims):
            size = claim.values.size
            if size == 0:
                continue
            chosen = drawn_entries(size, sample, generator)
            entries = Entries(
                engine,
                which,
                claim.values,
                chosen,
                scheme,
                claim.round_off is not None,
                claim.cost_round_off,
            )
            measured, judgement = _judged(claim, entries, relative_step, generator)
            reports.append(_array_report(claim, chosen, measured, judgement))
            if reference is not None:
                comparisons.append(
                    _compared(claim.name, entries, reference, measured, judgement, generator)
                )
    except KeyboardInterrupt as interrupt:
        raise CheckInterrupted(report()) from interrupt
    return report()


def _judged(
    claim: Claim, entries: Entries, epsilon: float, generator: np.random.Generator
) -> tuple[MeasuredSlopes, Judgement]:
    """Measure and judge the entries of one array; measure again what that leaves in doubt."""
    scheme = entries.scheme
    measured = measure_slopes(entries, epsilon, generator)
    claimed = flat_entries(claim.gradient, entries.entries)
    round_off = 0.0 if claim.round_off is None else flat_entries(claim.round_off, entries.entries)

    def judged() -> Judgement:
        noise = measured.noise + round_off
        return judge(claimed, measured.slopes, scheme, noise, measured.kinked)

    def with_verdict(verdict: Verdict) -> HostArray:
        # A plain int: NumPy would compare with an IntEnum in 64 bits.
        return np.flatnonzero(to_numpy(judgement.verdicts) == int(verdict))

    judgement = judged()
    if scheme.is_complex:
        return measured, judgement
    # Where round-off hides the gradient, a wider step may show it. A step that was asked for is
    # kept.
    for wider in WIDER if epsilon == scheme.epsilon else ():
        unclear = with_verdict(Verdict.UNDECIDED)
        if len(unclear) and epsilon * wider <= LARGEST_EPSILON:
            measured = widened(entries, epsilon * wider, measured, unclear)
            judgement = judged()
    # A disagreement must not be the step's fault.
    if epsilon > SMALLEST_EPSILON:
        wrong = with_verdict(Verdict.DISAGREE)
        some = wrong[:: 1 + len(wrong) // MOST_DOUBTED]
        for doubtful in (some, wrong):
            for _ in range(DOUBTS):
                still = to_numpy(judgement.verdicts)[doubtful] == int(Verdict.DISAGREE)
                doubtful = doubtful[still]
                if len(doubtful) == 0:
                    break
                claims = flat_entries(claimed, doubtful)
                measured = narrowed(entries, measured, doubtful, claims)
                judgement = judged()
            # What most of a sample confirms needs no second look at the rest.
            confirmed = to_numpy(judgement.verdicts)[some] == int(Verdict.DISAGREE)
            if np.count_nonzero(confirmed) > len(some) // 2:
                break
    return measured, judgement


def _array_report(
    claim: Claim, chosen: HostArray, measured: MeasuredSlopes, judgement: Judgement
) -> ArrayReport:
    lowest, highest = extremes(measured.slopes)
    return ArrayReport(
        name=claim.name,
        layer=claim.layer,
        parameter=claim.parameter,
        shape=tuple(claim.values.shape),
        entries=chosen,
        backprop=to_numpy(flat_entries(claim.gradient, chosen)),
        numerical=to_numpy(judgement.numerical),
        error_bar=to_numpy(judgement.error_bar),
        verdicts=to_numpy(judgement.verdicts),
        lowest_slope=to_numpy(lowest),
        highest_slope=to_numpy(highest),
    )


def _compared(
    name: str,
    entries: Entries,
    reference: Engine,
    measured: MeasuredSlopes,
    judgement: Judgement,
    generator: np.random.Generator,
) -> EngineComparison:
    """Measure a few entries by another engine too, and tell how far apart the two are."""
    count = min(COMPARED, len(entries.entries))
    positions = np.sort(generator.choice(len(entries.entries), count, replace=False))
    some = entries.at(positions).by(reference)
    epsilon = flat_entries(measured.epsilons, positions)
    slopes = some.slopes(epsilon)
    estimate = to_numpy(some.scheme.estimate(slopes))
    difference = np.abs(to_numpy(judgement.numerical)[positions] - estimate)
    bars = to_numpy(judgement.error_bar)[positions]
    if np.any(difference > bars):
        # Each engine rounds in its own way, twice for each slope, and bounded rounding stays below
        # two standard deviations.
        noise = noise_of(some, some, epsilon, float(np.max(np.abs(estimate))))
        bars = bars + 4.0 * to_numpy(noise) + 2.0 * to_numpy(measured.noise)[positions]
    apart = np.divide(
        difference, bars, out=np.where(difference == 0.0, 0.0, np.inf), where=bars > 0.0
    )
    # Where the cost overflows, or nothing is resolved, neither engine can be wrong.
    apart = np.where(np.isfinite(bars), apart, 0.0)
    worst = int(np.argmax(np.nan_to_num(apart, nan=np.inf)))
    entry = np.unravel_index(int(entries.entries[positions[worst]]), entries.array.shape)
    return EngineComparison(count, float(apart[worst]), name, tuple(int(i) for i in entry))
