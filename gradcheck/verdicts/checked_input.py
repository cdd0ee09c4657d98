"""What a check is given, looked at before anything is measured."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from array_api_compat import device

from gradcheck.slopes.schemes import Scheme
from gradcheck.verdicts.check_claims import Claim
from nets.arrays import Array, array_namespace, is_complex
from nets.errors import BadInput
from nets.layers import LayerGradients, LayerTrace
from nets.network import Network

__all__ = [
    "Parameters",
    "claim_of",
    "expect_analytic",
    "expect_steps",
    "in_double",
    "unpacked",
]

Parameters = Mapping[str, Array] | Sequence[Array] | Array


def unpacked(
    parameters: Parameters, gradients: Parameters
) -> tuple[list[str], list[Array], list[Array], Callable[[Sequence[Array]], Any]]:
    """Names, arrays and gradients in one order, and how arrays are packed for the cost."""
    if isinstance(parameters, Mapping):
        names = [str(name) for name in parameters]
        if not isinstance(gradients, Mapping) or set(gradients) != set(parameters):
            given = list(gradients) if isinstance(gradients, Mapping) else type(gradients).__name__
            raise BadInput(
                f"gradients for {given} given; wanted is a dict with the names of the parameters, "
                f"{names}"
            )
        return (
            names,
            list(parameters.values()),
            [gradients[name] for name in parameters],
            lambda arrays: dict(zip(parameters, arrays, strict=True)),
        )
    if hasattr(parameters, "shape"):
        return ["parameters"], [parameters], [gradients], lambda arrays: arrays[0]
    if not isinstance(parameters, Sequence) or isinstance(parameters, str):
        raise BadInput(
            f"the parameters are a {type(parameters).__name__}; wanted is an array, a list of "
            "arrays or a dict of arrays"
        )
    if not isinstance(gradients, Sequence) or len(gradients) != len(parameters):
        count = len(gradients) if isinstance(gradients, Sequence) else type(gradients).__name__
        raise BadInput(
            f"{count} gradients given; wanted are {len(parameters)} in a list, in the order of the "
            "parameters"
        )
    names = [f"parameter {position}" for position in range(len(parameters))]
    return names, list(parameters), list(gradients), list


def in_double(network: Network, inputs: Array, targets: Array) -> tuple[Network, Array, Array]:
    """The network and its mini-batch in float64, if they can be worked with.

    Raises:
        BadInput: it is no ``nets.Network``, or inputs or targets are no finite real numbers.

    """
    if not isinstance(network, Network):
        raise BadInput(
            f"the network is a {type(network).__name__}; wanted is a nets.Network (for your own "
            "code there is check_gradients)"
        )
    double = network.with_dtype("float64")
    return double, promoted_array("inputs", inputs), promoted_array("targets", targets)


def expect_analytic(scheme: Scheme, network: Network) -> None:
    """See that a scheme suits the activations of a network.

    Raises:
        BadInput: it is the complex step, and one of them has a kink.

    """
    kinked = [layer.activation.name for layer in network.layers if not layer.activation.analytic]
    if scheme.is_complex and kinked:
        raise BadInput(
            f"the complex step needs an analytic activation, {kinked[0]} has a kink; "
            "take the scheme central"
        )


def expect_steps(traces: Sequence[LayerTrace], given: Sequence[LayerGradients]) -> None:
    """See that what is claimed of the steps inside the layers can be worked with, where it is."""
    for layer, (trace, gradients) in enumerate(zip(traces, given, strict=True), start=1):
        for name, values, gradient in (
            (
                "downstream activations",
                trace.downstream_activations,
                gradients.gradient_wrt_downstream_activations,
            ),
            ("z", trace.z, gradients.gradient_wrt_z),
            (
                "upstream activations",
                trace.upstream_activations,
                gradients.gradient_wrt_upstream_activations,
            ),
        ):
            if gradient is not None:
                like = array_namespace(values).zeros_like(values)
                claim_of(f"layer {layer} {name}", layer, name, like, gradient)


def promoted_array(name: str, array: Array) -> Array:
    """The array in float64, if its numbers can be worked with."""
    if isinstance(array, np.ma.MaskedArray):
        raise BadInput(f"{name} is a masked array; wanted is a plain one, without gaps")
    try:
        xp = array_namespace(array)
    except TypeError as error:
        raise BadInput(
            f"{name} is a {type(array).__name__}; wanted is an array (np.array makes one of a "
            "number or a list)"
        ) from error
    if is_complex(array) or not xp.isdtype(array.dtype, ("real floating", "integral", "bool")):
        raise BadInput(f"{name} has dtype {array.dtype}; wanted are real numbers")
    promoted = xp.astype(array, xp.float64)
    if not bool(xp.all(xp.isfinite(promoted))):
        raise BadInput(f"{name} holds NaN or infinity; wanted are finite numbers")
    return promoted


def claim_of(name: str, layer: int | None, parameter: str, values: Array, gradient: Array) -> Claim:
    """An array with the gradient that is claimed for it, both in float64.

    Raises:
        BadInput: they cannot be worked with, or do not fit each other.

    """
    promoted = promoted_array(name, values)
    if promoted.shape == () and isinstance(gradient, int | float):
        gradient = array_namespace(promoted).asarray(float(gradient), device=device(promoted))
    if not hasattr(gradient, "shape"):
        raise BadInput(
            f"the gradient of {name} is a {type(gradient).__name__}; wanted is an array of shape "
            f"{tuple(promoted.shape)}"
        )
    shape = tuple(gradient.shape)
    if shape != tuple(promoted.shape):
        raise BadInput(
            f"the gradient of {name} has shape {shape}; wanted is {tuple(promoted.shape)}"
        )
    try:
        xp = array_namespace(promoted, gradient)
    except TypeError as error:
        raise BadInput(
            f"the gradient of {name} is of another array library than {name} itself"
        ) from error
    if not xp.isdtype(gradient.dtype, ("real floating", "integral")):
        raise BadInput(
            f"the gradient of {name} has dtype {gradient.dtype}; wanted are real numbers"
        )
    return Claim(name, layer, parameter, promoted, xp.astype(gradient, xp.float64))
