"""Claims compared with slopes, array by array and piece by piece: the run of a check."""

import time
from dataclasses import dataclass, field

import numpy as np

from gradcheck.engines.blocks import even_blocks
from gradcheck.engines.engine import Engine, flat_entries
from gradcheck.engines.entries import drawn_entries
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.settings import Settings
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.compared_engines import compared_engines
from gradcheck.verdicts.engine_comparison import EngineComparison
from gradcheck.verdicts.judged_entries import Judged, joined, judged_entries
from gradcheck.verdicts.report import Report
from nets.arrays import to_numpy

__all__ = ["CheckInterrupted", "check_claims"]


class CheckInterrupted(KeyboardInterrupt):
    """Ctrl-C during a check; ``report`` holds the entries that were finished, if any."""

    def __init__(self, report: Report) -> None:
        """Keep what was found so far."""
        super().__init__("the check was interrupted")
        self.report = report


def check_claims(
    claims: list[Claim],
    engine: Engine,
    how: Settings,
    reference: Engine | None = None,
) -> Report:
    """Check the gradients that are claimed for arrays.

    Args:
        claims: one for each array that the engine's cost depends on, in its order.
        engine: evaluates the cost.
        how: the scheme, its step, and which entries.
        reference: an engine that measures some entries as well, to check the first.

    Raises:
        CheckInterrupted: on Ctrl-C.

    """
    run = _Run(claims, engine, how)
    generator = np.random.default_rng(how.seed)
    try:
        for which, claim in enumerate(claims):
            if claim.values.size:
                entries = run.entries(which, generator)
                judged = run.judged(claim, entries, generator)
                if reference is not None:
                    run.comparisons.append(
                        compared_engines(claim.name, entries, reference, judged, generator)
                    )
    except KeyboardInterrupt as interrupt:
        raise CheckInterrupted(run.report()) from interrupt
    return run.report()


@dataclass
class _Run:
    """A check under way: what was found so far."""

    claims: list[Claim]
    engine: Engine
    how: Settings
    started: float = field(default_factory=time.perf_counter)
    arrays: list[ArrayReport] = field(default_factory=list)
    comparisons: list[EngineComparison] = field(default_factory=list)

    def entries(self, which: int, generator: np.random.Generator) -> Entries:
        """The entries of one array that are checked: all, or a sample drawn at random."""
        claim = self.claims[which]
        return Entries(
            self.engine,
            which,
            claim.values,
            drawn_entries(claim.values.size, self.how.sample, generator),
            self.how.scheme,
            round_off_known=claim.round_off is not None,
            cost_round_off=claim.cost_round_off,
        )

    def judged(self, claim: Claim, entries: Entries, generator: np.random.Generator) -> Judged:
        """Measure and judge the entries of an array, and report what is finished of them.

        The pieces of a large array are judged one after another: so memory stays small, and an
        interruption loses one piece.
        """
        finished: list[Judged] = []
        pieces = even_blocks(len(entries.entries), self.engine.most_at_once)
        try:
            for piece in pieces:
                positions = np.arange(piece.start, piece.stop, dtype=np.intp)
                some = entries.at(positions) if len(pieces) > 1 else entries
                # Costs near the largest float64 make bars that are infinite, which is no news.
                with np.errstate(over="ignore", invalid="ignore"):
                    judged = judged_entries(claim, some, self.how.epsilon, generator)
                finished.append(judged)
        finally:
            if finished:
                judged = joined(finished)
                whole = entries.at(np.arange(len(judged), dtype=np.intp))
                self.arrays.append(_array_report(claim, whole, judged))
        return judged

    def report(self) -> Report:
        """The report on what is finished."""
        return Report(
            arrays=tuple(self.arrays),
            scheme=self.how.scheme.name,
            epsilon=self.how.epsilon,
            engine=self.engine.name,
            cost=self.engine.base_cost,
            parameters=sum(claim.values.size for claim in self.claims),
            evaluations=self.engine.evaluations,
            seconds=time.perf_counter() - self.started,
            comparison=EngineComparison.worst_of(self.comparisons),
        )


def _array_report(claim: Claim, entries: Entries, judged: Judged) -> ArrayReport:
    """What was found of one array, as NumPy arrays on the host."""
    return ArrayReport(
        name=claim.name,
        layer=claim.layer,
        parameter=claim.parameter,
        shape=tuple(claim.values.shape),
        entries=entries.entries,
        backprop=to_numpy(flat_entries(claim.gradient, entries.entries)),
        numerical=to_numpy(judged.judgement.numerical),
        error_bar=to_numpy(judged.judgement.error_bar),
        verdicts=to_numpy(judged.judgement.verdicts),
        lowest_slope=to_numpy(judged.measured.lowest),
        highest_slope=to_numpy(judged.measured.highest),
    )
