"""How far round-off alone may take a backprop, and the cost, from the truth.

A running error analysis of first order (N. J. Higham, "Accuracy and Stability of Numerical
Algorithms", 2nd ed., SIAM 2002, section 3.3): beside each intermediate result goes the error that
it has by then. Rounding errors are taken for independent, so that variances are added (N. J. Higham
and T. Mary, "A new approach to probabilistic rounding error analysis", SIAM J. Sci. Comput. 41(5),
2019); the worst case would be larger by orders of magnitude, and never happens. Where large terms
cancel, as in a trained network whose gradient is nearly zero, the error stays as large as the terms
make it: so many digits have been lost, in backprop and in any other way to the same number.
"""

from dataclasses import dataclass

import numpy as np

from nets.arrays import Array, array_namespace
from nets.layers import LayerGradients
from nets.network import Network

__all__ = ["UNIT_ROUNDOFF", "RoundOff", "round_off_of"]

UNIT_ROUNDOFF = 2.0**-53

# Roundings of a term, and of the sums that it is part of, that each entry of a product stands for:
# 4 variances, 2 standard deviations.
ROUNDINGS = 2.0
# What is not quite independent, and the rounding of the measurement that backprop is held against.
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


def round_off_of(network: Network, inputs: Array, targets: Array) -> RoundOff:
    """What rounding does to C and to every step of backprop.

    Args:
        network: in float64.
        inputs: (n_input, batch), float64; taken to be exact.
        targets: (n_output, batch), float64; likewise.

    """
    # What overflows here makes an infinite bar, and is told as a verdict.
    with np.errstate(over="ignore", invalid="ignore"):
        return _round_off_of(network, inputs, targets)


def _round_off_of(network: Network, inputs: Array, targets: Array) -> RoundOff:
    xp = array_namespace(inputs)
    traces = network.forward(inputs)
    gradients = network.backward(traces, targets)
    # All in units of u. Forward: z and activations of each layer.
    slopes, fresh_errors, z_errors = [], [], []
    # Of each layer's upstream activations, as backprop has them; the inputs have none.
    upstream_errors: list[Array | None] = [None]
    # The same of the last ones so far, as the engine has them.
    carried: Array | None = None
    for layer, trace in zip(network.layers, traces, strict=True):
        slope = layer.activation.derivative(trace.z, trace.downstream_activations)
        products = _product(layer.weights, trace.upstream_activations)
        fresh = ROUNDINGS * _root(products, layer.biases, trace.z)
        z_errors.append(
            fresh if carried is None else _root(_product(layer.weights, carried), fresh)
        )
        inherited = slope * z_errors[-1]
        upstream_errors.append(_root(inherited, trace.downstream_activations))
        # The batched engine makes a sigmoid of a tanh and a constant, and rounds no finer.
        finest = layer.activation.form.shift
        carried = _root(inherited, xp.maximum(xp.abs(trace.downstream_activations), finest))
        slopes.append(slope)
        fresh_errors.append(fresh)
    # Backward: the five steps, each with what it inherits and what it adds.
    output = traces[-1].downstream_activations
    error = _cost_gradient_error(network, output, targets, carried)
    bounds: list[LayerGradients] = []
    for position in reversed(range(len(network.layers))):
        layer, trace, found = network.layers[position], traces[position], gradients[position]
        arriving, size = error, found.gradient_wrt_z
        bent = layer.activation.bend * z_errors[position]
        z_error = _root(slopes[position] * arriving, size * ROUNDINGS, size * bent)
        terms = _root(z_error, ROUNDINGS * size)
        weights_error = _product(terms, trace.upstream_activations.T)
        upstream_error = upstream_errors[position]
        if upstream_error is not None:
            weights_error = _root(weights_error, _product(size, upstream_error.T))
        error = _product(layer.weights.T, terms) if position else None
        upstream = found.gradient_wrt_upstream_activations
        bounds.append(
            LayerGradients(
                _deviation(arriving, found.gradient_wrt_downstream_activations),
                _deviation(z_error, size),
                _deviation(weights_error, found.gradient_wrt_weights),
                _deviation(
                    _product(terms, xp.ones_like(terms[:1, :]).T), found.gradient_wrt_biases
                ),
                None if error is None else _deviation(error, upstream),
            )
        )
    # C feels the rounding of each z through its gradient.
    felt = [
        xp.sum((found.gradient_wrt_z * fresh) ** 2)
        for found, fresh in zip(gradients, fresh_errors, strict=True)
    ]
    cost = UNIT_ROUNDOFF * float(xp.sum(xp.stack(felt))) ** 0.5
    return RoundOff(tuple(reversed(bounds)), cost)


def _cost_gradient_error(network: Network, output: Array, targets: Array, carried: Array) -> Array:
    """The error of the cost's gradient, for outputs that have errors themselves."""
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
