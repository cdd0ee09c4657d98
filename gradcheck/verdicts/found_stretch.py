"""A stretch of an array, or several small arrays, measured and judged, here or by a worker."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.engines.by_pieces import ByPieces
from gradcheck.engines.engine import Engine
from gradcheck.engines.network_job import EngineThere
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.parameter_array import ParameterArray
from gradcheck.slopes.schemes import scheme_named
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.compared_engines import compared_engines
from gradcheck.verdicts.engine_comparison import EngineComparison
from gradcheck.verdicts.judged import Judged
from gradcheck.verdicts.judged_entries import judged_claims
from nets.arrays import Array, HostArray, to_numpy

__all__ = ["FoundStretch", "found_by_workers", "found_stretch", "judged_stretch"]


@dataclass(frozen=True, eq=False)
class FoundStretch:
    """What was found of n entries, (n,) each, on the host.

    Attributes:
        numerical, error_bar, verdicts, lowest_slope, highest_slope: see ``ArrayReport``.
        comparison: with the reference, at a few of the entries; None if there is none.

    """

    numerical: HostArray
    error_bar: HostArray
    verdicts: HostArray
    lowest_slope: HostArray
    highest_slope: HostArray
    comparison: EngineComparison | None

    def at(self, some: slice) -> "FoundStretch":
        """The same of some of the entries; the comparison is that of all."""
        return FoundStretch(
            self.numerical[some],
            self.error_bar[some],
            self.verdicts[some],
            self.lowest_slope[some],
            self.highest_slope[some],
            self.comparison,
        )


def judged_stretch(
    claimed: tuple[Array, Array | float],
    entries: Entries,
    epsilon: float,
    generator: np.random.Generator,
) -> Judged:
    """Measure and judge n entries.

    Args:
        claimed: what is claimed at the entries (n,), and its round-off (n,): see ``Claim.at``.
        entries: which, and how they are measured.
        epsilon: the relative step of the first measurement.
        generator: chooses entries at which noise is measured.

    """
    # Costs near the largest float64 make infinite bars, and NumPy would warn of them.
    with np.errstate(over="ignore", invalid="ignore"):
        return judged_claims(*claimed, entries, epsilon, generator)


def found_stretch(
    names: Sequence[str],
    judged: Judged,
    entries: Entries,
    generator: np.random.Generator,
    reference: Engine | None,
) -> FoundStretch:
    """What was judged of n entries, and the engine compared with another one at a few of them.

    Args:
        names: of the arrays.
        judged: what was measured at the entries, and the verdicts.
        entries: which, and how they are measured.
        generator: chooses entries at which engines are compared.
        reference: the other engine, if there is one.

    """
    comparison = None
    if reference is not None:
        comparison = compared_engines(names, entries, reference, judged, generator)
    return FoundStretch(
        to_numpy(judged.judgement.numerical),
        to_numpy(judged.judgement.error_bar),
        to_numpy(judged.judgement.verdicts),
        to_numpy(judged.measured.lowest),
        to_numpy(judged.measured.highest),
        comparison,
    )


@dataclass(frozen=True, eq=False)
class StretchPiece:
    """A stretch that a worker measures and judges: a ``gradcheck.engines.network_job.EnginePiece``.

    Attributes:
        name: of the array.
        which: its position among the parameters.
        entries: (n,) positions in it. If they follow each other without a gap: the first, and n.
        claimed: see ``found_stretch``.
        scheme: its name.
        round_off_known, cost_round_off: see ``ParameterArray``.
        epsilon: the relative step.
        generator: of this stretch.
        compares: whether the engine is compared with its reference.

    """

    name: str
    which: int
    entries: HostArray | tuple[int, int]
    claimed: tuple[HostArray, HostArray | float]
    scheme: str
    round_off_known: bool
    cost_round_off: float
    epsilon: float
    generator: np.random.Generator
    compares: bool

    def done_at(self, there: EngineThere) -> FoundStretch:
        """Measure and judge the stretch."""
        positions = self.entries
        if isinstance(positions, tuple):
            positions = np.arange(positions[0], positions[0] + positions[1], dtype=np.intp)
        array = ParameterArray(
            self.which,
            there.network.parameters[self.which],
            round_off_known=self.round_off_known,
            cost_round_off=self.cost_round_off,
        )
        entries = Entries.of(there.engine, array, positions, scheme_named(self.scheme))
        judged = judged_stretch(self.claimed, entries, self.epsilon, self.generator)
        reference = there.reference if self.compares else None
        return found_stretch([self.name], judged, entries, self.generator, reference)


def found_by_workers(
    engine: ByPieces,
    claim: Claim,
    stretches: Sequence[Entries],
    epsilon: float,
    generators: Sequence[np.random.Generator],
    *,
    compares: bool,
) -> Iterator[FoundStretch]:
    """What workers find of the stretches of an array on the host, in the order of the stretches.

    Args:
        engine: that has the workers.
        claim: of the whole array.
        stretches: of the array.
        epsilon: the relative step of the first measurement.
        generators: one for each stretch.
        compares: whether the engine is compared with its reference.

    """
    pieces = (
        StretchPiece(
            claim.name,
            some.arrays[0].which,
            _in_short(some.entries),
            claim.at(some.entries),
            some.scheme.name,
            some.arrays[0].round_off_known,
            some.arrays[0].cost_round_off,
            epsilon,
            generator,
            compares,
        )
        for some, generator in zip(stretches, generators, strict=True)
    )
    done: dict[int, FoundStretch] = {}
    due = 0
    for number, found in engine.results(pieces):
        done[number] = found
        while due in done:
            yield done.pop(due)
            due += 1


def _in_short(entries: HostArray) -> HostArray | tuple[int, int]:
    """Positions (n,) as the first of them and n, if they follow each other without a gap."""
    if bool(np.all(np.diff(entries) == 1)):
        return int(entries[0]), len(entries)
    return entries
