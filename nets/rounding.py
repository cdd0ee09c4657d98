"""How far rounding alone may move a backprop, and the cost, from the exact result.

This is a running error analysis of first order (N. J. Higham, "Accuracy and Stability of Numerical
Algorithms", 2nd ed., SIAM 2002, section 3.3): each intermediate result carries the error that it
has by then. Rounding errors count as independent, so that variances are added (N. J. Higham and
T. Mary, "A new approach to probabilistic rounding error analysis", SIAM J. Sci. Comput. 41(5),
2019). The worst case would be larger by orders of magnitude, and never happens. Where large terms
cancel, as in a trained network whose gradient is nearly zero, the error stays as large as the terms
make it: these digits are lost, in backprop and in any other way to the same number.

Inside this file all errors are in units of u, the unit round-off.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nets.arrays import Array, array_namespace
from nets.layers import DenseLayer, LayerGradients, LayerTrace
from nets.network import Network

__all__ = ["UNIT_ROUNDOFF", "RoundOff", "round_off_of"]

# u in float64: half the distance from 1 to the next number.
UNIT_ROUNDOFF = 2.0**-53
# Each entry of a product stands for the rounding of a term and of the sums that it is part of:
# 4 variances, 2 standard deviations, in units of u times the entry.
ROUNDINGS = 2.0
# Every bound is multiplied by this: errors are not quite independent, and what backprop is compared
# with is rounded as well.
TO_SPARE = 2.0


@dataclass(frozen=True)
class RoundOff:
    """Standard deviations of rounding errors.

    Attributes:
        gradients: of every step of backprop in every layer, each in the shape of its result.
        cost: of C.

    """

    gradients: tuple[LayerGradients, ...]
    cost: float


@dataclass(frozen=True)
class _ForwardErrors:
    """The errors of one layer's forward pass.

    Attributes:
        upstream: (n_upstream, batch), of the upstream activations; None for exact inputs.
        slope: (n_downstream, batch), the derivative of the activation function at z.
        fresh: (n_downstream, batch), what this layer's own arithmetic adds to the error of z.
        z: (n_downstream, batch), of z: the fresh one, and what the upstream layers have left.

    """

    upstream: Array | None
    slope: Array
    fresh: Array
    z: Array


def round_off_of(
    network: Network, inputs: Array, targets: Array, *, textbook: bool = False
) -> RoundOff:
    """What rounding does to C and to every step of backprop.

    Args:
        network: in float64.
        inputs: (n_input, batch), float64; taken to be exact.
        targets: (n_output, batch), float64; likewise.
        textbook: whether backprop uses the textbook's formulas, such as a (1 - a) and a - y, which
            lose digits where the formulas of ``nets`` do not.

    """
    # What overflows here is an infinite bound: nothing is known about the error.
    with np.errstate(over="ignore", invalid="ignore"):
        traces = network.forward(inputs)
        gradients = network.backward(traces, targets)
        forward, output_error = _forward_errors(network, traces)
        output = traces[-1].downstream_activations
        arriving = _cost_gradient_error(network, output, targets, output_error)
        if textbook and network.cost_function.fused_activation is not None:
            # a - y, with a and y up to 1.
            arriving = arriving + ROUNDINGS / output.shape[1]
        bounds: list[LayerGradients] = []
        # Backwards through the layers: each takes over the error that arrives from downstream.
        for layer, trace, errors, found in reversed(
            list(zip(network.layers, traces, forward, gradients, strict=True))
        ):
            cancelled = layer.activation.cancellation if textbook else 0.0
            bound, arriving = _backward_errors(layer, trace, errors, found, arriving, cancelled)
            bounds.append(bound)
        return RoundOff(tuple(reversed(bounds)), _cost_error(forward, gradients))


def _forward_errors(
    network: Network, traces: Sequence[LayerTrace]
) -> tuple[list[_ForwardErrors], Array]:
    """The errors of each layer's forward pass, and of the output (n_output, batch).

    Two errors are carried from layer to layer: that of the activations as backprop has them, and
    that of activations in their cheapest form (``Activation.form``). A sigmoid that is made of a
    tanh and a constant is rounded no finer than that constant.
    """
    errors: list[_ForwardErrors] = []
    upstream: Array | None = None
    carried: Array | None = None
    for layer, trace in zip(network.layers, traces, strict=True):
        activations = trace.downstream_activations
        xp = array_namespace(activations)
        slope = layer.activation.derivative(trace.z, activations)
        products = _product(layer.weights, trace.upstream_activations)
        fresh = ROUNDINGS * _root(products, layer.biases, trace.z)
        z = fresh if carried is None else _root(_product(layer.weights, carried), fresh)
        errors.append(_ForwardErrors(upstream, slope, fresh, z))
        inherited = slope * z
        upstream = _root(inherited, activations)
        carried = _root(inherited, xp.maximum(xp.abs(activations), layer.activation.form.shift))
    return errors, carried


def _backward_errors(
    layer: DenseLayer,
    trace: LayerTrace,
    forward: _ForwardErrors,
    found: LayerGradients,
    arriving: Array,
    cancelled: float,
) -> tuple[LayerGradients, Array]:
    """The bounds of one layer's five steps, and the error that it hands on upstream.

    Args:
        layer: the layer.
        trace: what its forward pass left.
        forward: the errors of that.
        found: the five steps of backprop.
        arriving: (n_downstream, batch), the error of the gradient that arrives from downstream.
        cancelled: the error of the activation's derivative that its formula makes.

    """
    size = found.gradient_wrt_z
    # Step 2 multiplies what arrives with a derivative, which is itself off where z is.
    bent = layer.activation.bend * forward.z
    from_formula = found.gradient_wrt_downstream_activations * (ROUNDINGS * cancelled)
    z_error = _root(forward.slope * arriving, size * ROUNDINGS, size * bent, from_formula)
    # Steps 3 to 5 are sums of terms: each has the error of gradient_wrt_z and is rounded.
    terms = _root(z_error, ROUNDINGS * size)
    weights_error = _product(terms, trace.upstream_activations.T)
    if forward.upstream is not None:
        weights_error = _root(weights_error, _product(size, forward.upstream.T))
    ones = array_namespace(terms).ones_like(terms[:1, :])
    upstream = found.gradient_wrt_upstream_activations
    upstream_error = None if upstream is None else _product(layer.weights.T, terms)
    bounds = LayerGradients(
        _deviation(arriving, found.gradient_wrt_downstream_activations),
        _deviation(z_error, size),
        _deviation(weights_error, found.gradient_wrt_weights),
        _deviation(_product(terms, ones.T), found.gradient_wrt_biases),
        None if upstream is None else _deviation(upstream_error, upstream),
    )
    return bounds, upstream_error


def _cost_error(forward: Sequence[_ForwardErrors], gradients: Sequence[LayerGradients]) -> float:
    """The standard deviation of C, which feels the rounding of each z through its gradient."""
    xp = array_namespace(gradients[0].gradient_wrt_z)
    felt = [
        xp.sum((found.gradient_wrt_z * errors.fresh) ** 2)
        for found, errors in zip(gradients, forward, strict=True)
    ]
    return float(UNIT_ROUNDOFF * float(xp.sum(xp.stack(felt))) ** 0.5)


def _cost_gradient_error(network: Network, output: Array, targets: Array, carried: Array) -> Array:
    """The error of the cost's gradient, (n_output, batch), for outputs with errors themselves."""
    xp = array_namespace(output)
    cost = network.cost_function
    terms = _root(*cost.gradient_terms(output, targets))
    if not cost.separable:
        # Where all outputs are seen from the largest, its own change is a difference of theirs.
        winner = output == xp.max(output, axis=0, keepdims=True)
        terms = xp.where(winner, xp.max(terms, axis=0, keepdims=True), terms)
    if cost.fused_activation is None:  # the terms are output and target
        error = _root(terms, carried)
    else:  # they are made of exponentials of z, and as far off, relative to themselves, as z is
        error = _root(terms * ROUNDINGS, terms * xp.max(carried, axis=0, keepdims=True))
    return error / output.shape[1]


def _root(*parts: Array) -> Array:
    """The root of the sum of squares; numbers so small that their squares are 0 count as well."""
    total, *others = parts
    xp = array_namespace(total)
    for part in others:
        total = xp.hypot(total, part)
    return xp.abs(total)


def _product(left: Array, right: Array) -> Array:
    """As ``left @ right``, but with the root of the sum of squares in place of the sum."""
    xp = array_namespace(left)
    rows = _scale(xp.max(xp.abs(left), axis=1, keepdims=True))
    columns = _scale(xp.max(xp.abs(right), axis=0, keepdims=True))
    return rows * columns * xp.sqrt((left / rows) ** 2 @ (right / columns) ** 2)


def _scale(largest: Array) -> Array:
    return array_namespace(largest).where(largest == 0.0, 1.0, largest)


def _deviation(error: Array, value: Array) -> Array:
    """The standard deviation of a result: at least of its own rounding."""
    xp = array_namespace(value)
    return TO_SPARE * UNIT_ROUNDOFF * _root(error, ROUNDINGS * xp.abs(value))
