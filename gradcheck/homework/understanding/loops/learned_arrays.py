"""The arrays that one pass of a loop learns, and the learning rates among its variables."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gradcheck.homework.contract import NamedArray
from gradcheck.homework.sensible_scale import with_sensible_scale
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.leaves import Path, arrays_of, read
from gradcheck.homework.understanding.by_trying.matched import has_gradient_name
from gradcheck.homework.understanding.layers.where_gradients_are import gradients_named
from gradcheck.homework.understanding.loops.loop_cost import LoopCost
from gradcheck.homework.understanding.loops.loop_part import LoopPart
from gradcheck.homework.understanding.loops.one_pass import OnePass
from gradcheck.homework.understanding.loops.speaking import possible_rates
from nets.arrays import HostArray

__all__ = ["rates_of", "with_learned"]


def rates_of(one: OnePass, after: Mapping[str, Any]) -> tuple[str, ...]:
    """The variables that are learning rates: where they are 0, a pass changes no array."""
    held = arrays_of(dict(one.names))
    changed = {path: value for path, value in held.items() if _changed(value, path, after)}
    for each in possible_rates(one.names):
        try:
            still = one.run(changed=dict.fromkeys(each, 0.0))
        except StudentError:
            continue
        learned = [path for path in changed if not _changed(held[path], path, still)]
        if learned and all(path in learned or has_gradient_name(path) for path in changed):
            return each
    return ()


def with_learned(
    one: OnePass, after: Mapping[str, Any], costs: Sequence[LoopCost], rates: tuple[str, ...]
) -> LoopPart:
    """The arrays that a pass changes, and that a cost depends on.

    Raises:
        StudentError: there are none.

    """
    held = {
        path: value
        for path, value in {**arrays_of(dict(one.names)), **_numbers(one, after)}.items()
        if not has_gradient_name(path) and _changed(value, path, after)
    }
    start = [NamedArray(path.name, np.array(value, dtype=float)) for path, value in held.items()]
    scaled = [each.value for each in with_sensible_scale(start, one.seed)[0]]
    trial = LoopPart(one, tuple(held), tuple(scaled), rates)
    generator = np.random.default_rng([one.seed, 4])
    kept = []
    for position, value in enumerate(scaled):
        moved = [*scaled]
        moved[position] = value * (1.0 + 1e-3 * generator.random(value.shape))
        if any(trial.cost_at(scaled, cost) != trial.cost_at(moved, cost) for cost in costs):
            kept.append(position)
    if not kept:
        raise StudentError(f"{one.name} changes no array that its output depends on")
    paths = tuple(trial.paths[k] for k in kept)
    return LoopPart(one, paths, tuple(start[k].value for k in kept), rates)


def _numbers(one: OnePass, after: Mapping[str, Any]) -> dict[Path, HostArray]:
    """The plain numbers that a pass computes a gradient of, such as ``b`` where there is ``db``."""
    return {
        Path(((False, name),)): np.array(value, dtype=float)
        for name, value in one.names.items()
        if isinstance(value, float) and gradients_named(name, after)
    }


def _changed(value: HostArray, path: Path, after: Mapping[str, Any]) -> bool:
    try:
        now = np.asarray(read(after, path))
    except StudentError:
        return False
    return now.shape == value.shape and not np.array_equal(now, value, equal_nan=True)
