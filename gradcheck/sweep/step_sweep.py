"""What is a good epsilon? The error of each difference scheme against its step, measured.

A wide step leaves out more of the Taylor series, a narrow one divides the rounding of C by less;
between the two lies the best step, and the curve of error against step is a V. The reference is
measured by full forward passes in float64, without backprop: by the complex step, which subtracts
nothing, or, where an activation is not analytic, by the five-point scheme.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.engines.blas_threads import one_blas_thread
from gradcheck.engines.engine import (
    Engine,
    Progress,
    flat_entries,
)
from gradcheck.engines.entries import drawn_entries, expect_sample
from gradcheck.engines.kinds import engine_for
from gradcheck.slopes.measure import measure_slopes
from gradcheck.slopes.measured import Entries
from gradcheck.slopes.schemes import SCHEMES, Scheme, scheme_named
from gradcheck.sweep.curves import Curve, DtypeSweep, StepSweep
from gradcheck.verdicts.array_report import norm_ratio
from gradcheck.verdicts.checked_network import expect_analytic, in_double
from nets.arrays import Array, HostArray, array_namespace, to_numpy
from nets.errors import BadInput
from nets.layers import parameter_gradients
from nets.network import Network

__all__ = ["curve_evaluations", "schemes_for", "step_sweep"]

SWEPT_DTYPES = ("float64", "float32")
# Steps are these powers of a half. Differences end where w + h is w; the complex step goes on.
EXPONENTS = (*range(1, 53), 56, 60, 64, 72, 80, 96, 112, 128, 160, 200)
# The reference is measured with two steps, in units of its scheme's own. Neither is a power of two:
# the complex step's roundings are the same for all of those, and would not show.
REFERENCE_STEPS = (1.5, 0.7)


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

    In float64 and again in float32: there the network's parameters and the mini-batch are rounded
    to float32, it is evaluated in float32, and the reference is that of the rounded network.

    Args:
        network: whose gradient it is.
        inputs: (n_input, batch), a column an example.
        targets: (n_output, batch).
        schemes: names of difference schemes; by default all that suit the network.
        sample: at how many entries of each array, at most, drawn at random; None for all.
        seed: of the sample.
        engine: ``batched``, or ``one-by-one`` (the book's way: C is rounded once more before the
            difference is taken, so round-off is a few times larger).
        progress: called now and then with the number of costs evaluated so far.

    Raises:
        BadInput: (a ``ValueError``) shapes, values or names that cannot be worked with.

    >>> import numpy as np
    >>> from nets import Network
    >>> sweep = step_sweep(Network.create([3, 4, 2]), np.ones((3, 5)), np.zeros((2, 5)))
    >>> forward, central, *_ = sweep.dtypes[0].curves
    >>> forward.best_epsilon < central.best_epsilon, forward.best_error > central.best_error
    (True, True)

    """
    engine_for(engine, network)
    expect_sample(sample, seed)
    double, (inputs, targets) = in_double(network, inputs, targets)
    chosen = schemes_for(double, schemes)
    generator = np.random.default_rng(seed)
    entries = [drawn_entries(array.size, sample, generator) for array in double.parameters]
    started, tally = time.perf_counter(), _Tally(progress)
    with one_blas_thread():
        dtypes = tuple(
            _sweep_in(dtype, _Problem(double, inputs, targets), chosen, entries, engine, tally)
            for dtype in SWEPT_DTYPES
        )
    asked = SCHEMES if schemes is None else ()
    return StepSweep(
        dtypes=dtypes,
        reference=_reference_scheme(double).name,
        engine=engine,
        parameters=double.parameter_count,
        sampled=sum(map(len, entries)),
        left_out=tuple(name for name in asked if SCHEMES[name] not in chosen),
        evaluations=tally.done,
        seconds=time.perf_counter() - started,
    )


def schemes_for(network: Network, names: Sequence[str] | None) -> list[Scheme]:
    """The schemes of those names, each once, or all that suit the network.

    Raises:
        BadInput: there are none, one is unknown, or it does not suit the network.

    """
    if names is None:
        analytic = _is_analytic(network)
        return [scheme for scheme in SCHEMES.values() if analytic or not scheme.is_complex]
    asked = [scheme_named(name) for name in ([names] if isinstance(names, str) else names)]
    if not asked:
        raise BadInput(f"no schemes to sweep; give one or more of {', '.join(SCHEMES)}")
    for scheme in asked:
        expect_analytic(scheme, network)
    return [scheme for scheme in SCHEMES.values() if scheme in asked]


def curve_evaluations(schemes: Sequence[Scheme], entries: int) -> int:
    """How many costs the curves at so many entries take, those of the reference not counted."""
    each = 0
    for group in _groups(schemes):
        for dtype in SWEPT_DTYPES:
            each += len(group[0].perturbed_offsets) * len(_steps(group[0], dtype))
    return each * entries


class _Tally:
    """Evaluations of several engines, counted as one."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress, self.done = progress, 0

    def __call__(self, evaluations: int) -> None:
        if self._progress is not None:
            self._progress(self.done + evaluations)

    def add(self, engine: Engine) -> None:
        """Count the evaluations of an engine that is done."""
        self.done += engine.evaluations


@dataclass(frozen=True)
class _Problem:
    """A network with a mini-batch, all of one dtype."""

    network: Network
    inputs: Array  # (n_input, batch)
    targets: Array  # (n_output, batch)

    def with_dtype(self, name: str) -> "_Problem":
        """The same numbers, rounded to a dtype or as they are in a wider one."""
        xp = array_namespace(self.inputs)
        inputs, targets = (
            xp.astype(array, getattr(xp, name)) for array in (self.inputs, self.targets)
        )
        return _Problem(self.network.with_dtype(name), inputs, targets)

    def engine(self, name: str, progress: Progress) -> Engine:
        """The engine of that name, evaluating the cost in this dtype."""
        kind = engine_for(name, self.network)
        return kind.start(self.network, self.inputs, self.targets, progress)

    def backprop(self, entries: list[HostArray]) -> HostArray:
        """What backprop says at entries of each array, (n,) on the host."""
        gradients = parameter_gradients(self.network.backprop(self.inputs, self.targets))
        return _joined(map(flat_entries, gradients, entries))


def _sweep_in(
    dtype: str,
    double: _Problem,
    schemes: list[Scheme],
    entries: list[HostArray],
    engine_name: str,
    tally: _Tally,
) -> DtypeSweep:
    """The curves in one dtype, against the reference of the network as that dtype rounds it."""
    problem = double.with_dtype(dtype)
    exact = problem.with_dtype("float64")
    smooth, gradient, error = _reference(exact, entries, tally)
    engine = problem.engine(engine_name, tally)
    curves = [
        curve
        for group in _groups(schemes)
        for curve in _curves(engine, problem.network, group, smooth, gradient)
    ]
    tally.add(engine)
    return DtypeSweep(
        dtype=dtype,
        unit_roundoff=float(np.finfo(dtype).eps) / 2.0,
        curves=tuple(sorted(curves, key=lambda curve: list(SCHEMES).index(curve.scheme))),
        backprop_error=norm_ratio(gradient, problem.backprop(smooth)),
        reference_error=error,
        kinked=sum(map(len, entries)) - sum(map(len, smooth)),
        still=not np.any(gradient),
    )


def _reference(
    exact: _Problem, entries: list[HostArray], tally: _Tally
) -> tuple[list[HostArray], HostArray, float]:
    """The entries without those on a kink, the gradient (n,) there, and its error."""
    engine, scheme = exact.engine("one-by-one", tally), _reference_scheme(exact.network)
    generator = np.random.default_rng(0)  # only probes the noise
    smooth, gradients = [], []
    for which, (array, chosen) in enumerate(zip(exact.network.parameters, entries, strict=True)):
        both = [
            measure_slopes(
                Entries(engine, which, array, chosen, scheme), factor * scheme.epsilon, generator
            )
            for factor in REFERENCE_STEPS
        ]
        kept = ~np.any([to_numpy(measured.kinked) for measured in both], axis=0)
        smooth.append(chosen[kept])
        gradients.append([to_numpy(scheme.estimate(each.slopes))[kept] for each in both])
    tally.add(engine)
    gradient, again = (np.concatenate(each) for each in zip(*gradients, strict=True))
    if not len(gradient):
        raise BadInput(
            "there is a kink at every entry that was drawn, where no derivative is; take other "
            "inputs, weights or biases"
        )
    return smooth, gradient, norm_ratio(gradient, again)


def _curves(
    engine: Engine,
    network: Network,
    schemes: list[Scheme],
    entries: list[HostArray],
    gradient: HostArray,
) -> list[Curve]:
    """The curves of schemes that share their costs: the first asks for those of all the others."""
    first, dtype = schemes[0], network.place.dtype_name
    looked_at = [
        Entries(engine, which, array, chosen, first)
        for which, (array, chosen) in enumerate(zip(network.parameters, entries, strict=True))
        if len(chosen)
    ]
    epsilons = _steps(first, dtype)
    errors: dict[str, list[float]] = {scheme.name: [] for scheme in schemes}
    for epsilon in epsilons:
        slopes = [some.slopes(epsilon) for some in looked_at]
        for scheme in schemes:
            errors[scheme.name].append(norm_ratio(gradient, _joined(map(scheme.estimate, slopes))))
    unit_roundoff = float(np.finfo(dtype).eps) / 2.0
    return [
        Curve(
            scheme.name,
            epsilons,
            tuple(errors[scheme.name]),
            None if scheme.is_complex else unit_roundoff ** (1.0 / (scheme.order + 1)),
        )
        for scheme in schemes
    ]


def _groups(schemes: Sequence[Scheme]) -> list[list[Scheme]]:
    """Differences, then the complex step; in each the scheme first that needs the most costs."""
    return [
        sorted(group, key=lambda scheme: -len(scheme.perturbed_offsets))
        for is_complex in (False, True)
        if (group := [scheme for scheme in schemes if scheme.is_complex is is_complex])
    ]


def _steps(scheme: Scheme, dtype: str) -> tuple[float, ...]:
    """The relative steps to try, wide to narrow: none is lost in w + h or in an underflow."""
    limits = np.finfo(dtype)
    least = limits.smallest_normal / limits.eps if scheme.is_complex else limits.eps
    return tuple(2.0**-exponent for exponent in EXPONENTS if 2.0**-exponent >= least)


def _is_analytic(network: Network) -> bool:
    return all(layer.activation.analytic for layer in network.layers)


def _reference_scheme(network: Network) -> Scheme:
    return SCHEMES["complex" if _is_analytic(network) else "five-point"]


def _joined(pieces: Iterable[Array]) -> HostArray:
    """Arrays from wherever they lie as one on the host, in float64."""
    return np.concatenate([to_numpy(piece).astype(np.float64) for piece in pieces])
