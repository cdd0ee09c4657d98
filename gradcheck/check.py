"""A check from end to end: of any cost function, of any backward function, or of a network.

The functions read as the way of the data: what was given is checked and promoted to float64, an
engine measures cost changes, slopes and verdicts follow, and then the diagnosis.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.diagnosis.array_causes import with_array_causes
from gradcheck.diagnosis.claimed_backprop import ClaimedBackprop
from gradcheck.diagnosis.diagnose import diagnosed
from gradcheck.engines.by_pieces import start_engine
from gradcheck.engines.cost_function import expect_steady
from gradcheck.engines.engine import Progress
from gradcheck.engines.kinds import engine_for
from gradcheck.engines.one_by_one import OneByOne
from gradcheck.slopes.settings import Settings
from gradcheck.verdicts.analytic_cost import expect_analytic_cost
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.check_claims import check_claims
from gradcheck.verdicts.checked_bounds import Bounds
from gradcheck.verdicts.checked_input import Parameters, given
from gradcheck.verdicts.checked_network import (
    claimed_backprop,
    expect_analytic,
    in_double,
    network_claims,
    parameter_arrays,
)
from gradcheck.verdicts.finite_steps import not_finite_inside
from gradcheck.verdicts.functions.arriving import arriving_gradients, sizes_of
from gradcheck.verdicts.functions.findings import backward_findings, with_findings
from gradcheck.verdicts.functions.pair import function_pair
from gradcheck.verdicts.nondeterminism import with_nondeterminism
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.suspicion import suspicions
from gradcheck.verdicts.to_digits import digits_asked, to_digits
from nets.arrays import Array
from nets.layers import LayerGradients
from nets.network import Network

__all__ = ["check_backward", "check_gradients", "check_network"]


def check_gradients(
    cost: Callable[..., Array],
    parameters: Parameters,
    gradients: Parameters,
    *,
    scheme: str = "forward",
    epsilon: float | None = None,
    sample: int | None = None,
    seed: int = 0,
    digits: float | None = None,
    bounds: Bounds | None = None,
    nondeterminism: float = 0.0,
    progress: Progress | None = None,
) -> Report:
    """Check the gradient of any cost function of any arrays, one entry at a time.

    Args:
        cost: gets the parameters, packed like those given, as float64 copies of which one entry is
            moved at a time; returns one number.
        parameters: an array of real numbers and of any shape, or a dict, a list or a tuple of
            arrays or of further ones. Arrays may be of NumPy, CuPy, PyTorch or JAX.
        gradients: the claims, packed like the parameters, in the same shapes.
        scheme: ``forward`` (the book's equation (46)), ``central``, ``five-point`` or ``complex``.
        epsilon: the step relative to max(1, |w|), or to the array if that is tiny.
        sample: check at most this many entries of each array, drawn at random with ``seed``.
        seed: of that draw.
        digits: accept what agrees to so many decimal digits of the largest slope of its array.
        bounds: lowest and highest values, each a number, None, or packed like the parameters.
        nondeterminism: how far apart two costs of the same parameters may be; it counts as noise.
        progress: called now and then with the number of costs evaluated so far.

    Raises:
        BadInput: (a ``ValueError``) names, shapes or values that cannot be used.

    >>> import numpy as np
    >>> check_gradients(lambda w: (w**2).sum(), np.ones(3), 2.0 * np.ones(3)).ok
    True
    >>> check_gradients(lambda w: (w**2).sum(), np.ones(3), 2.002 * np.ones(3)).ok
    False

    """
    how, claimed = Settings.of(scheme, epsilon, sample, seed), given(cost, parameters, gradients)
    claims, boxes = claimed.claims(nondeterminism), claimed.boxes(bounds)
    difference = expect_steady(claimed.cost, claimed.arrays, nondeterminism)
    engine = OneByOne(claimed.cost, claimed.arrays, progress, boxes=boxes)
    report = check_claims(claims, engine, how)
    expect_analytic_cost(report, claims, engine)
    report = with_array_causes(to_digits(report, digits_asked(claims, digits)), claims)
    report = with_nondeterminism(report, difference, nondeterminism)
    return replace(report, suspicions=suspicions(report, claimed.values, claimed.gradients))


def check_backward(
    forward: Callable[..., Any],
    backward: Callable[..., Any],
    arrays: Mapping[str, Any] | Sequence[Any] | Array,
    *,
    upstream: Array | Sequence[Array] | None = None,
    cache: bool | None = None,
    scheme: str = "forward",
    epsilon: float | None = None,
    sample: int | None = None,
    seed: int = 0,
    digits: float | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check a backward function: the gradient of every input, for a random arriving gradient.

    Args:
        forward: returns its output and a cache, or its output alone: see ``cache``.
        backward: gets the arriving gradient, in the shape of the output (one for each output), and
            then the cache, or the inputs of forward if there is no cache. It returns the gradients
            in the shapes of the inputs, in their order or in a dict by name.
        arrays: the inputs; a dict is passed by name, a list or a tuple by position. Whole numbers,
            masks and what is no array are held fixed.
        upstream: the arriving gradient, or a tuple for several outputs, instead of random ones.
        cache: whether forward's last result is a cache; by default, if it returns a tuple.
        scheme: as for ``check_gradients``, as is all that follows.
        epsilon: the step.
        sample: how many entries of each array.
        seed: of the sample and of the arriving gradient.
        digits: how many have to agree.
        progress: called now and then.

    Raises:
        BadInput: (a ``ValueError``) functions, names, shapes or values that cannot be used.

    """
    how = Settings.of(scheme, epsilon, sample, seed)
    pair = function_pair(forward, backward, arrays, has_cache=cache)
    arriving = arriving_gradients(pair.outputs(), upstream, seed)
    found = backward_findings(pair, arriving)
    claims = pair.claims(found.gradients)
    engine = OneByOne(pair.cost(arriving), pair.inputs.checked_values, progress)
    report = check_claims(claims, engine, how)
    expect_analytic_cost(report, claims, engine)
    report = to_digits(report, digits_asked(claims, digits))
    report = with_array_causes(report, claims, again=found.again, **sizes_of(arriving))
    return with_findings(report, pair, found)


def check_network(
    network: Network,
    inputs: Array,
    targets: Array,
    *,
    gradients: Iterable[LayerGradients] | Iterable[Array] | None = None,
    previous: MiniBatch | None = None,
    scheme: str = "forward",
    epsilon: float | None = None,
    sample: int | None = None,
    seed: int = 0,
    engine: str = "batched",
    threads: int | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    finished: Callable[[ArrayReport], None] | None = None,
) -> Report:
    """Check a network's own backprop on one mini-batch, in float64 whatever the network's dtype.

    Args:
        network: what to check.
        inputs: (n_input, batch), a column an example.
        targets: (n_output, batch).
        gradients: another claim: what some backprop returned, or the arrays of ``parameters``.
        previous: the mini-batch that this backprop saw before, to find what it has kept of it.
        scheme: as for ``check_gradients``, and so are ``epsilon``, ``sample`` and ``seed``.
        epsilon: the step.
        sample: how many entries of each array.
        seed: of the sample.
        engine: ``batched`` (many entries at a time) or ``one-by-one`` (the book's way).
        threads: of the batched engine; by default one a core, or one a worker of an executor.
        progress: as for ``check_gradients``.
        executor: whose workers measure, such as Dask's ``client.get_executor()``; same digits.
        finished: called with what was found of each array, or of each stretch of a large one.

    Raises:
        BadInput: (a ``ValueError``) what cannot be used; or the workers of the executor are gone.

    """
    how, kind = Settings.of(scheme, epsilon, sample, seed), engine_for(engine, network)
    double, batch = in_double(network, inputs, targets)
    expect_analytic(how.scheme, double)
    backprop = claimed_backprop(double, batch, gradients)
    claims = network_claims(double, batch, backprop, own=gradients is None)
    seen = ClaimedBackprop.of(double, MiniBatch(*batch), backprop, previous=previous, seed=seed)
    with kind.at_work():
        started = start_engine(kind, double, batch, progress, threads, executor)
        report = check_claims(claims, started, how, kind.reference(double, *batch), finished)
    report = _with_signs(to_digits(report, digits_asked(claims)), network, backprop)
    return diagnosed(report, seen, claims, *batch)


def _with_signs(
    report: Report, network: Network, backprop: Sequence[LayerGradients | Array]
) -> Report:
    """The report, with what is wrong besides the numbers, and with what is suspicious."""
    found = suspicions(report, network.parameters, parameter_arrays(backprop))
    findings = not_finite_inside(backprop) if report.ok else ()
    return replace(report, findings=findings, suspicions=found)
