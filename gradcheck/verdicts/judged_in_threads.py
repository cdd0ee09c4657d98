"""The stretches of a large array, judged by the threads of one machine.

Judging takes a part of the time that the engine does not: with the engine's own threads alone, all
cores but one would wait meanwhile.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import nullcontext

import numpy as np

from gradcheck.engines.batched import Batched
from gradcheck.engines.blocks import even_blocks
from gradcheck.engines.shared_work import SharedWork
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.verdicts.claim import Claim, claimed_at
from gradcheck.verdicts.found_stretch import judged_stretch
from gradcheck.verdicts.judged import Judged

__all__ = ["judged_in_threads"]


def judged_in_threads(
    engine: Batched,
    claim: Claim,
    stretches: Sequence[Entries],
    epsilon: float,
    generators: Sequence[np.random.Generator],
) -> Iterator[Judged]:
    """Measure and judge stretches, as many at a time as the engine has threads.

    The digits are those of one thread, because each stretch has a generator of its own.

    Args:
        engine: of the stretches.
        claim: of the whole array.
        stretches: of the array.
        epsilon: the relative step of the first measurement.
        generators: one for each stretch.

    """
    for group in even_blocks(len(stretches), engine.threads):
        yield from _judged_together(engine, claim, stretches[group], epsilon, generators[group])


def _judged_together(
    engine: Batched,
    claim: Claim,
    stretches: Sequence[Entries],
    epsilon: float,
    generators: Sequence[np.random.Generator],
) -> list[Judged]:
    """Measure and judge stretches at the same time, each in a thread."""
    count, stop = len(stretches), threading.Event()
    shared = engine.for_one_of(count, stop)

    def judged(some: slice) -> Judged:
        entries = stretches[some.start].by(shared)
        claimed = claimed_at([claim], entries)
        return judged_stretch(claimed, entries, epsilon, generators[some.start])

    return SharedWork(judged, even_blocks(count, 1), nullcontext, stop).results(count)
