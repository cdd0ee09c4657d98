"""Claims compared with slopes, some arrays or a stretch at a time: the run of a check."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from array_api_compat import is_numpy_array

from gradcheck.cluster.remote import WorkersGone
from gradcheck.engines.batched import Batched
from gradcheck.engines.by_pieces import ByPieces
from gradcheck.engines.engine import Engine, flat_entries
from gradcheck.engines.entries import drawn_entries
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.parameter_array import ParameterArray
from gradcheck.slopes.settings import Settings
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.claim import Claim, claimed_at
from gradcheck.verdicts.engine_comparison import EngineComparison
from gradcheck.verdicts.found_stretch import (
    FoundStretch,
    found_by_workers,
    found_stretch,
    judged_stretch,
)
from gradcheck.verdicts.judged import Judged
from gradcheck.verdicts.judged_in_threads import judged_in_threads
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.stretches import FoundArray, joined_arrays, stretches_of
from nets.arrays import HostArray, to_numpy

__all__ = ["CheckInterrupted", "CheckWithoutWorkers", "check_claims"]


class CheckInterrupted(KeyboardInterrupt):
    """Ctrl-C during a check; ``report`` holds the entries that were finished, if any."""

    def __init__(self, report: Report) -> None:
        """Keep what was found so far."""
        super().__init__("the check was interrupted")
        self.report = report


class CheckWithoutWorkers(WorkersGone):
    """The workers went away during a check; ``report`` holds the arrays that were finished."""

    def __init__(self, reason: str, report: Report) -> None:
        """Keep what was found so far."""
        super().__init__(reason)
        self.report = report


def check_claims(
    claims: list[Claim],
    engine: Engine,
    how: Settings,
    reference: Engine | None = None,
    finished: Callable[[ArrayReport], None] | None = None,
) -> Report:
    """Check the gradients that are claimed for arrays.

    Args:
        claims: one for each array that the engine's cost depends on, in its order.
        engine: evaluates the cost.
        how: the scheme, its step, and which entries.
        reference: an engine that measures some entries as well, to check the first.
        finished: called with what was found of each array, or of each stretch of a large one.

    Raises:
        CheckInterrupted: on Ctrl-C.
        CheckWithoutWorkers: the workers that the engine uses are gone.

    """
    run, generator = _Run(claims, engine, how), np.random.default_rng(how.seed)
    try:
        for together in run.groups(generator):
            run.measure(together, generator, reference, finished)
    except KeyboardInterrupt as interrupt:
        raise CheckInterrupted(run.report()) from interrupt
    except WorkersGone as gone:
        raise CheckWithoutWorkers(str(gone), run.report()) from gone
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

    @property
    def checked(self) -> int:
        """How many entries are to be checked."""
        sizes = [claim.values.size for claim in self.claims]
        return sum(
            size if self.how.sample is None else min(size, self.how.sample) for size in sizes
        )

    def groups(self, generator: np.random.Generator) -> list[list[Entries]]:
        """The entries of each array that are checked, in groups that are measured together."""
        arrays = [
            self._entries(which, generator)
            for which, claim in enumerate(self.claims)
            if claim.values.size
        ]
        return joined_arrays(arrays, self.engine.most_at_once * self.engine.joins_arrays)

    def _entries(self, which: int, generator: np.random.Generator) -> Entries:
        """The entries of one array that are checked: all, or a sample drawn at random."""
        claim = self.claims[which]
        array = ParameterArray(
            which,
            claim.values,
            round_off_known=claim.round_off is not None,
            cost_round_off=claim.cost_round_off,
        )
        entries = drawn_entries(claim.values.size, self.how.sample, generator)
        return Entries.of(self.engine, array, entries, self.how.scheme)

    def measure(
        self,
        together: list[Entries],
        generator: np.random.Generator,
        reference: Engine | None,
        finished: Callable[[ArrayReport], None] | None,
    ) -> None:
        """Measure and judge the entries of some arrays, and report what is finished of them.

        The stretches of a large array are judged one after another, or by the threads or workers
        of the engine: so memory stays small, and an interruption loses a few stretches.
        """
        entries = Entries.joined(together)
        claims = [self.claims[array.which] for array in entries.arrays]
        found = [FoundArray(len(own), self.checked, finished) for own in together]
        stretches = stretches_of(entries, self.engine.most_at_once)
        generators = generator.spawn(len(stretches)) if len(stretches) > 1 else [generator]
        try:
            for some, result in zip(
                stretches, self._found(claims, stretches, generators, reference), strict=True
            ):
                for owner, run in some.runs:
                    report = _array_report(claims[owner], some.entries[run], result.at(run))
                    found[owner].add(report)
                if result.comparison is not None:
                    self.comparisons.append(result.comparison)
        finally:
            self.arrays += [each.report() for each in found if each.parts]

    def _found(
        self,
        claims: list[Claim],
        stretches: list[Entries],
        generators: list[np.random.Generator],
        reference: Engine | None,
    ) -> Iterator[FoundStretch]:
        """What is found of each stretch."""
        epsilon, engine, first = self.how.epsilon, self.engine, claims[0]
        if isinstance(engine, ByPieces) and len(stretches) > 1 and is_numpy_array(first.values):
            compares = reference is not None
            yield from found_by_workers(
                engine, first, stretches, epsilon, generators, compares=compares
            )
            return
        names = [claim.name for claim in claims]
        for some, own, judged in zip(
            stretches, generators, self._judged(claims, stretches, generators), strict=True
        ):
            yield found_stretch(names, judged, some, own, reference)

    def _judged(
        self, claims: list[Claim], stretches: list[Entries], generators: list[np.random.Generator]
    ) -> Iterator[Judged]:
        """The verdicts on each stretch, which are found here."""
        epsilon = self.how.epsilon
        if isinstance(self.engine, Batched) and len(stretches) > 1:
            yield from judged_in_threads(self.engine, claims[0], stretches, epsilon, generators)
            return
        for some, own in zip(stretches, generators, strict=True):
            yield judged_stretch(claimed_at(claims, some), some, epsilon, own)

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


def _array_report(claim: Claim, entries: HostArray, found: FoundStretch) -> ArrayReport:
    """What was found of the entries (n,) of one array, as NumPy arrays on the host."""
    return ArrayReport(
        name=claim.name,
        layer=claim.layer,
        parameter=claim.parameter,
        shape=tuple(claim.values.shape),
        entries=entries,
        backprop=to_numpy(flat_entries(claim.gradient, entries)),
        numerical=found.numerical,
        error_bar=found.error_bar,
        verdicts=found.verdicts,
        lowest_slope=found.lowest_slope,
        highest_slope=found.highest_slope,
    )
