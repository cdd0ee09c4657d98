"""The measurement of the error against the step: ``step_sweep``.

A wide step leaves out more of the Taylor series. A narrow step divides the rounding error of C by a
smaller number. The best step lies in between, and the curve of error against step is a V. Errors
are measured against a reference by full forward passes in float64, without backprop: by the complex
step, which subtracts nothing, or by the five-point scheme if an activation is not analytic.
"""

import time
from collections.abc import Sequence

import numpy as np

from gradcheck.engines.blas_threads import one_blas_thread
from gradcheck.engines.engine import Engine, Progress
from gradcheck.engines.entries import drawn_entries, expect_sample
from gradcheck.engines.kinds import engine_for
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.parameter_array import ParameterArray
from gradcheck.slopes.schemes import SCHEMES, Scheme
from gradcheck.sweep.curves import Curve, DtypeSweep
from gradcheck.sweep.plan import (
    SWEPT_DTYPES,
    groups,
    reference_scheme,
    schemes_for,
    steps_of,
    suits,
)
from gradcheck.sweep.problem import Problem, Tally, joined
from gradcheck.sweep.reference import Reference, measured_reference
from gradcheck.sweep.step_sweep import StepSweep, SweepInterrupted
from gradcheck.verdicts.checked_network import in_double
from gradcheck.verdicts.norm_ratio import norm_ratio
from nets.arrays import Array, HostArray
from nets.errors import expect_function
from nets.network import Network

__all__ = ["step_sweep"]


def step_sweep(
    network: Network,
    inputs: Array,
    targets: Array,
    *,
    schemes: Sequence[str] | None = None,
    sample: int | None = 50,
    seed: int = 0,
    engine: str = "batched",
    progress: Progress | None = None,
) -> StepSweep:
    """Measure how the error of a numerical gradient depends on the step.

    It is measured in float64 and in float32. For float32 the parameters and the mini-batch are
    rounded, the network is evaluated in float32, and the reference is that of the rounded network.

    Args:
        network: the network whose gradient is measured.
        inputs: (n_input, batch), a column an example.
        targets: (n_output, batch).
        schemes: names of difference schemes; by default all that suit the network.
        sample: at most this many entries of each array are drawn at random; None for all.
        seed: draws the sample.
        engine: ``batched``, or ``one-by-one``: the book's way, which rounds C before it takes the
            difference, so that round-off is a few times larger.
        progress: called now and then with the number of costs evaluated so far.

    Raises:
        BadInput: (a ``ValueError``) a shape, value or name cannot be used.
        SweepInterrupted: on Ctrl-C, with the steps that were finished.

    >>> import numpy as np
    >>> from nets import Network
    >>> sweep = step_sweep(Network.create([3, 4, 2]), np.ones((3, 5)), np.zeros((2, 5)))
    >>> forward, central, *_ = sweep.dtypes[0].curves
    >>> forward.best_epsilon < central.best_epsilon, forward.best_error > central.best_error
    (True, True)

    """
    engine_for(engine, network)
    expect_sample(sample, seed)
    expect_function("progress", progress, optional=True)
    double, mini_batch = in_double(network, inputs, targets)
    problem = Problem(double, *mini_batch)
    generator = np.random.default_rng(seed)
    sizes = [array.size for array in problem.network.parameters]
    entries = [drawn_entries(size, sample, generator) for size in sizes]
    return _sweep(problem, schemes, entries, engine, Tally(progress))


def _sweep(
    problem: Problem,
    names: Sequence[str] | None,
    entries: list[HostArray],
    engine: str,
    tally: Tally,
) -> StepSweep:
    """Measure the curves of the schemes of those names at entries (n,) of each array.

    Raises:
        SweepInterrupted: on Ctrl-C.

    """
    network, started = problem.network, time.perf_counter()
    schemes = schemes_for(network, names)
    unsuitable = [scheme.name for scheme in SCHEMES.values() if not suits(scheme, network)]
    dtypes: list[DtypeSweep] = []
    try:
        with one_blas_thread():
            for dtype in (dtype for dtype in SWEPT_DTYPES if not tally.interrupted):
                dtypes.append(_sweep_in(dtype, problem, schemes, entries, engine, tally))
    except KeyboardInterrupt:  # while the reference was measured
        tally.interrupted = True
    found = StepSweep(
        dtypes=tuple(each for each in dtypes if each.curves),
        reference=reference_scheme(network).name,
        engine=engine,
        parameters=network.parameter_count,
        sampled=sum(map(len, entries)),
        left_out=tuple(unsuitable) if names is None else (),
        evaluations=tally.done,
        seconds=time.perf_counter() - started,
    )
    if tally.interrupted:
        raise SweepInterrupted(found)
    return found


def _sweep_in(
    dtype: str,
    problem: Problem,
    schemes: list[Scheme],
    entries: list[HostArray],
    engine_name: str,
    tally: Tally,
) -> DtypeSweep:
    """The curves in one dtype, against the reference of the network as that dtype rounds it."""
    rounded = problem.with_dtype(dtype)
    reference = measured_reference(rounded.with_dtype("float64"), entries, tally)
    engine = rounded.engine(engine_name, tally)
    curves = [
        curve
        for group in groups(schemes)
        for curve in _curves(engine, rounded.network, group, reference, tally)
    ]
    tally.add(engine)
    return DtypeSweep(
        dtype=dtype,
        unit_roundoff=_unit_roundoff(dtype),
        curves=tuple(sorted(curves, key=lambda curve: list(SCHEMES).index(curve.scheme))),
        backprop_error=norm_ratio(reference.gradient, rounded.backprop(reference.entries)),
        reference_error=reference.error,
        kinked=sum(map(len, entries)) - len(reference.gradient),
        zero_gradient=not np.any(reference.gradient),
    )


def _curves(
    engine: Engine, network: Network, schemes: list[Scheme], reference: Reference, tally: Tally
) -> list[Curve]:
    """The curves of a group of schemes; the first one's costs serve all the others.

    On Ctrl-C they end at the last step that was finished; without such a step there are none.
    """
    if tally.interrupted:
        return []
    first, dtype = schemes[0], network.place.dtype_name
    measured = [
        Entries.of(engine, ParameterArray(which, array), entries, first)
        for which, (array, entries) in enumerate(
            zip(network.parameters, reference.entries, strict=True)
        )
        if len(entries)
    ]
    epsilons = steps_of(first, dtype)
    errors: dict[str, list[float]] = {scheme.name: [] for scheme in schemes}
    for epsilon in epsilons:
        try:
            slopes = [some.slopes(epsilon) for some in measured]
        except KeyboardInterrupt:
            tally.interrupted = True
            epsilons = epsilons[: epsilons.index(epsilon)]
            break
        for scheme in schemes:
            estimate = joined(map(scheme.estimate, slopes))
            errors[scheme.name].append(norm_ratio(reference.gradient, estimate))
    return [
        Curve(scheme.name, epsilons, tuple(errors[scheme.name]), _theory(scheme, dtype))
        for scheme in schemes
        if epsilons
    ]


def _theory(scheme: Scheme, dtype: str) -> float | None:
    """Where truncation h^order equals round-off u / h; None for the complex step."""
    return None if scheme.is_complex else _unit_roundoff(dtype) ** (1.0 / (scheme.order + 1))


def _unit_roundoff(dtype: str) -> float:
    """Half the distance from 1 to the next larger number."""
    return float(np.finfo(dtype).eps) / 2.0
