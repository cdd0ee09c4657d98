"""What ``check_network`` is given, checked before anything is measured."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gradcheck.engines.libraries import for_arithmetic
from gradcheck.slopes.schemes import Scheme
from gradcheck.verdicts.checked_arrays import claim_of, promoted_array
from gradcheck.verdicts.claim import Claim
from nets.arrays import Array, array_namespace
from nets.checked_examples import expect_network, expect_real_examples
from nets.errors import BadInput, listed
from nets.layers import LayerGradients, LayerTrace, parameter_gradients
from nets.network import Network
from nets.rounding import round_off_of

__all__ = [
    "Backprop",
    "Batch",
    "claimed_backprop",
    "expect_analytic",
    "in_double",
    "network_claims",
    "parameter_arrays",
]

# What a backprop returned: all five steps of each layer, or the gradients of the parameters alone.
Backprop = Sequence[LayerGradients] | Sequence[Array]
# Inputs (n_input, batch) and targets (n_output, batch).
Batch = tuple[Array, Array]


def in_double(network: Network, inputs: Array, targets: Array) -> tuple[Network, Batch]:
    """The network, and inputs (n_input, batch) with targets (n_output, batch), all in float64.

    Raises:
        BadInput: an array does not hold finite real numbers, or does not fit the network, or is of
            a library in which networks are not checked.

    """
    expect_network(network)
    first = network.parameters[0]
    if for_arithmetic(first) is not first:
        raise BadInput(
            f"the weights of the network are a {type(first).__module__.partition('.')[0]} array; "
            "give a network over arrays of NumPy or CuPy, or check its cost with check_gradients"
        )
    double = network.with_dtype("float64")
    for position, array in enumerate(double.parameters):
        promoted_array(_name_of(position), array)
    batch = promoted_array("inputs", inputs), promoted_array("targets", targets)
    expect_real_examples(double, *batch)
    return double, batch


def _name_of(position: int) -> str:
    """The name of a parameter array of a network, from its position among all of them."""
    return f"layer {position // 2 + 1} {('weights', 'biases')[position % 2]}"


def expect_analytic(scheme: Scheme, network: Network) -> None:
    """Check that a scheme suits the activations of a network.

    Raises:
        BadInput: it is the complex step, and one of the activations has a kink.

    """
    kinked = [layer.activation.name for layer in network.layers if not layer.activation.analytic]
    if scheme.is_complex and kinked:
        raise BadInput(
            f"the complex step needs an analytic activation, but {kinked[0]} has a kink; use the "
            "scheme central"
        )


def claimed_backprop(
    network: Network,
    batch: Batch,
    gradients: Iterable[LayerGradients] | Iterable[Array] | None,
) -> Backprop:
    """The claim: what was given, or else what the network's own backprop returns.

    Args:
        network: in float64.
        batch: inputs (n_input, batch) and targets (n_output, batch).
        gradients: all steps of each layer, or arrays in the shapes of ``network.parameters``.

    Raises:
        BadInput: they are no list of anything.

    """
    found = network.backprop(*batch) if gradients is None else gradients
    claim = listed(
        "gradients", found, "what backprop returns, or of an array for each of network.parameters"
    )
    all_steps = all(isinstance(item, LayerGradients) for item in claim)
    return claim if all_steps else parameter_arrays(claim)


def parameter_arrays(backprop: Backprop) -> list[Array]:
    """The gradients of weights and biases that a backprop returned, layer by layer.

    Each has the shape of its parameter array.
    """
    return [
        array
        for item in backprop
        for array in (parameter_gradients([item]) if isinstance(item, LayerGradients) else [item])
    ]


def network_claims(
    network: Network, batch: Batch, backprop: Backprop, *, own: bool = True
) -> list[Claim]:
    """What a backprop claims for each parameter array of a network, and how far rounding moves it.

    Args:
        network: in float64.
        batch: inputs (n_input, batch) and targets (n_output, batch), in float64.
        backprop: what it returned.
        own: whether it is the network's own backprop; any other may use the textbook's formulas.

    Raises:
        BadInput: a gradient is missing, or has another shape than its array.

    """
    claimed, parameters = parameter_arrays(backprop), network.parameters
    if len(claimed) != len(parameters):
        raise BadInput(
            f"{len(claimed)} gradients were given; give {len(parameters)}, in the order layer 1 "
            "weights, layer 1 biases, layer 2 weights, ..."
        )
    if isinstance(backprop[0], LayerGradients):
        _expect_steps(network.forward(batch[0]), backprop)
    claims = []
    for position, (values, gradient) in enumerate(zip(parameters, claimed, strict=True)):
        layer, parameter = position // 2 + 1, ("weights", "biases")[position % 2]
        claims.append(claim_of(_name_of(position), layer, parameter, values, gradient))
    return _with_round_off(claims, network, batch, textbook=not own)


def _with_round_off(
    claims: list[Claim], network: Network, batch: Batch, *, textbook: bool
) -> list[Claim]:
    """The claims with what rounding does to a right backprop, where that is known."""
    plain = network.plain()
    if plain is None:
        return claims
    round_off = round_off_of(plain, *batch, textbook=textbook)
    bounds = parameter_gradients(round_off.gradients)
    return [
        replace(claim, round_off=bound, cost_round_off=round_off.cost)
        for claim, bound in zip(claims, bounds, strict=True)
    ]


def _expect_steps(traces: Sequence[LayerTrace], given: Sequence[LayerGradients]) -> None:
    """Check the shapes and dtypes of the steps inside the layers, of those that were given."""
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
