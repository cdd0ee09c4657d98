"""Check a gradient: of any cost function of any arrays, or of one of our networks."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from itertools import chain

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.diagnosis.claimed_backprop import ClaimedBackprop
from gradcheck.diagnosis.diagnose import diagnose
from gradcheck.diagnosis.kinks_by_example import excused_at_kinks
from gradcheck.engines.blas_threads import one_blas_thread
from gradcheck.engines.engine import (
    Progress,
    flat_entries,
    steps_for,
)
from gradcheck.engines.kinds import engine_for, engine_named
from gradcheck.engines.one_by_one import (
    OneByOne,
    expect_steady,
)
from gradcheck.slopes.schemes import scheme_named
from gradcheck.verdicts.check_claims import Claim, check_claims
from gradcheck.verdicts.checked_input import (
    Parameters,
    claim_of,
    expect_analytic,
    expect_steps,
    in_double,
    unpacked,
)
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.suspicion import equal_to_the_last_bit, shared_memory
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import Array, to_numpy
from nets.errors import BadInput
from nets.layers import LayerGradients
from nets.network import Network
from nets.rounding import round_off_of

__all__ = ["check_gradients", "check_network"]


def check_gradients(
    cost: Callable[..., Array],
    parameters: Parameters,
    gradients: Parameters,
    *,
    scheme: str = "forward",
    epsilon: float | None = None,
    sample: int | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> Report:
    """Check the gradient of any cost function of any arrays, one parameter at a time.

    Args:
        cost: called with the parameters, packed like those given; returns one number. It must
            use the arrays that it is given: they are float64 copies, one entry of which is moved
            at a time.
        parameters: an array, or a list or a dict of arrays, of real numbers and one library.
        gradients: the claimed gradients, named or ordered like the parameters, same shapes.
        scheme: ``forward`` (equation (46) of Nielsen's book, chapter 2), ``central``,
            ``five-point`` or ``complex``.
        epsilon: the step relative to max(1, |w|); the scheme's own by default.
        sample: check at most this many entries of each array, drawn at random.
        seed: of that draw.
        progress: called now and then with the number of costs evaluated so far.

    Returns:
        The report; ``report.ok`` says whether all is well.

    Raises:
        BadInput: (a ``ValueError``) names, shapes or values that cannot be worked with.

    >>> import numpy as np
    >>> w = np.array([1.0, 2.0, 3.0])
    >>> report = check_gradients(lambda p: (p["w"] ** 2).sum(), {"w": w}, {"w": 2 * w})
    >>> report.ok, report.counts["agree"]
    (True, 3)
    >>> check_gradients(lambda p: (p["w"] ** 2).sum(), {"w": w}, {"w": 2.002 * w}).ok
    False

    """
    if not callable(cost):
        raise BadInput(f"the cost is a {type(cost).__name__}; wanted is a function, first")
    names, values, claimed, packed = unpacked(parameters, gradients)
    claims = [
        claim_of(name, None, name, value, gradient)
        for name, value, gradient in zip(names, values, claimed, strict=True)
    ]

    def evaluate(arrays: Sequence[Array]) -> Array:
        return cost(packed(arrays))

    expect_steady(evaluate, [claim.values for claim in claims])
    engine, chosen = _one_by_one(evaluate, claims, progress), scheme_named(scheme)
    report = check_claims(claims, engine, chosen, epsilon=epsilon, sample=sample, seed=seed)
    if chosen.is_complex:
        _expect_analytic_cost(report, claims, engine)
    shared = shared_memory(names, values, claimed)
    return replace(report, suspicions=(*shared, *equal_to_the_last_bit(report)))


def _expect_analytic_cost(report: Report, claims: Sequence[Claim], engine: OneByOne) -> None:
    """See that a cost that did not feel a complex step does not feel a real one either.

    Raises:
        BadInput: it does: somewhere the imaginary part was dropped, as by abs.

    """
    for array in report.arrays:
        unfelt = (array.verdicts == Verdict.DISAGREE) & (array.numerical == 0.0)
        if not np.any(unfelt):
            continue
        which = next(n for n, claim in enumerate(claims) if claim.name == array.name)
        entries = array.entries[unfelt][:1]
        values = flat_entries(claims[which].values, entries)
        step = scheme_named("forward").epsilon
        moved = engine.cost_changes(which, entries, steps_for(values, step), (1.0,))
        if float(to_numpy(moved)[0, 0]) != 0.0:
            raise BadInput(
                f"the cost moves with {array.name} {list(array.index_of(int(np.argmax(unfelt))))}, "
                "but not with a complex step there: something in it (abs, vdot, a maximum) drops "
                "the imaginary part; take the scheme central"
            )


def check_network(
    network: Network,
    inputs: Array,
    targets: Array,
    *,
    gradients: Iterable[LayerGradients] | Sequence[Array] | None = None,
    previous: MiniBatch | None = None,
    scheme: str = "forward",
    epsilon: float | None = None,
    sample: int | None = None,
    seed: int = 0,
    engine: str = "batched",
    threads: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check the backprop of a network on one mini-batch.

    Whatever the network's dtype, the check runs in float64: the network is promoted, and so is
    the mini-batch.

    Args:
        network: what to check.
        inputs: (n_input, batch), a column an example.
        targets: (n_output, batch).
        gradients: the claim, if it is not to be the network's own backprop: what such a
            backprop returned, or arrays in the order of ``network.parameters``. With all five
            steps of each layer to go by, the diagnosis of a wrong one is sharper.
        previous: the mini-batch that the same backprop worked on before, if it did: what it has
            kept of that is found out then.
        scheme: as for ``check_gradients``, as are ``epsilon``, ``sample``, ``seed`` and
            ``progress``.
        epsilon: the step.
        sample: how many entries of each array.
        seed: of the sample.
        engine: ``batched`` (all perturbed copies as columns of a few matrices; some entries are
            measured by full forward passes too, and ``report.comparison`` tells how far apart the
            two came out) or ``one-by-one`` (the book's way).
        threads: threads for the batched engine; by default as many as there are cores.
        progress: called now and then with the number of costs evaluated so far.

    Raises:
        BadInput: (a ``ValueError``) shapes or values that cannot be worked with.

    >>> import numpy as np
    >>> from nets import Network
    >>> network = Network.create([3, 4, 2])
    >>> inputs, targets = np.ones((3, 5)), np.zeros((2, 5))
    >>> print(check_network(network, inputs, targets).verdict.word)
    agree

    """
    engine_named(engine)
    double, inputs, targets = in_double(network, inputs, targets)
    chosen = scheme_named(scheme)
    expect_analytic(chosen, network)
    # Its backprop itself, whatever that is: it is what is checked.
    given = list(double.backprop(inputs, targets) if gradients is None else gradients)
    claimed = list(
        chain.from_iterable(
            (item.gradient_wrt_weights, item.gradient_wrt_biases)
            if isinstance(item, LayerGradients)
            else (item,)
            for item in given
        )
    )
    if len(claimed) != len(double.parameters):
        raise BadInput(
            f"{len(claimed)} gradients given; wanted are {len(double.parameters)}, in the order "
            "layer 1 weights, layer 1 biases, layer 2 weights, ..."
        )
    all_steps = all(isinstance(item, LayerGradients) for item in given)
    if all_steps:
        expect_steps(double.forward(inputs), given)
    round_off = round_off_of(double, inputs, targets)
    claims = []
    for position, (values, gradient) in enumerate(zip(double.parameters, claimed, strict=True)):
        layer, parameter = position // 2 + 1, ("weights", "biases")[position % 2]
        claim = claim_of(f"layer {layer} {parameter}", layer, parameter, values, gradient)
        bound = getattr(round_off.gradients[layer - 1], f"gradient_wrt_{parameter}")
        claims.append(replace(claim, round_off=bound, cost_round_off=round_off.cost))

    kind = engine_for(engine, double)
    reference = None if kind.full_passes else OneByOne.of_network(double, inputs, targets)
    # From the start: BLAS's threads stay awake for a while after each product.
    with nullcontext() if kind.full_passes else one_blas_thread():
        report = check_claims(
            claims,
            kind.start(double, inputs, targets, progress, threads=threads),
            chosen,
            epsilon=epsilon,
            sample=sample,
            seed=seed,
            reference=reference,
        )
    batch, steps = MiniBatch(inputs, targets), given if all_steps else claimed
    claimed_backprop = ClaimedBackprop.of(double, batch, steps, previous=previous, seed=seed)
    report = excused_at_kinks(report, claimed_backprop)
    diagnosis = diagnose(report, claimed_backprop)
    shared = shared_memory([claim.name for claim in claims], network.parameters, claimed)
    return replace(
        report,
        diagnosis=diagnosis,
        suspicions=(*shared, *equal_to_the_last_bit(report)),
    )


def _one_by_one(
    cost: Callable[[Sequence[Array]], Array], claims: list[Claim], progress: Progress | None
) -> OneByOne:
    if not any(claim.values.size for claim in claims):
        raise BadInput("there are no parameters to check; give at least one array that has entries")
    return OneByOne(cost, [claim.values for claim in claims], progress)
