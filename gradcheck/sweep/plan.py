"""Which schemes and steps a sweep tries, and how many costs that takes."""

from collections.abc import Sequence

import numpy as np

from gradcheck.slopes.schemes import SCHEMES, Scheme, scheme_named
from gradcheck.verdicts.checked_network import expect_analytic
from nets.errors import BadInput, listed
from nets.network import Network

__all__ = [
    "SWEPT_DTYPES",
    "curve_evaluations",
    "groups",
    "reference_scheme",
    "schemes_for",
    "steps_of",
    "suits",
]

SWEPT_DTYPES = ("float64", "float32")
# The steps are these powers of 1/2. Differences stop at 2^-52, where 1 + h is still not 1 in
# float64; beyond that only the complex step goes on, and its curve is flat, so a few are enough.
EXPONENTS = (*range(1, 53), 56, 60, 64, 72, 80, 96, 112, 128, 160, 200)


def suits(scheme: Scheme, network: Network) -> bool:
    """Whether a scheme can measure a network: the complex step needs analytic activations."""
    return not scheme.is_complex or all(layer.activation.analytic for layer in network.layers)


def schemes_for(network: Network, names: Sequence[str] | None) -> list[Scheme]:
    """The schemes of those names, each once; without names, all that suit the network.

    Raises:
        BadInput: the list is empty, or a scheme is unknown or does not suit the network.

    """
    if names is None:
        return [scheme for scheme in SCHEMES.values() if suits(scheme, network)]
    several = [names] if isinstance(names, str) else listed("schemes", names, "names of schemes")
    asked = [scheme_named(name) for name in several]
    if not asked:
        raise BadInput(f"there are no schemes to sweep; give one or more of {', '.join(SCHEMES)}")
    for scheme in asked:
        expect_analytic(scheme, network)
    return [scheme for scheme in SCHEMES.values() if scheme in asked]


def reference_scheme(network: Network) -> Scheme:
    """The most exact scheme that suits a network: the complex step, or else the five-point one."""
    exact = SCHEMES["complex"]
    return exact if suits(exact, network) else SCHEMES["five-point"]


def groups(schemes: Sequence[Scheme]) -> list[list[Scheme]]:
    """The schemes in groups that share costs: differences, then the complex step.

    The first scheme of a group needs the costs of all the others.
    """
    return [
        sorted(group, key=lambda scheme: -len(scheme.perturbed_offsets))
        for is_complex in (False, True)
        if (group := [scheme for scheme in schemes if scheme.is_complex is is_complex])
    ]


def steps_of(scheme: Scheme, dtype: str) -> tuple[float, ...]:
    """The relative steps to try, from wide to narrow.

    With a difference, w + h must differ from w. With the complex step, h must not be so small that
    a digit of the cost's imaginary part is lost because the number underflows.
    """
    limits = np.finfo(dtype)
    least = limits.smallest_normal / limits.eps if scheme.is_complex else limits.eps
    return tuple(2.0**-exponent for exponent in EXPONENTS if 2.0**-exponent >= least)


def curve_evaluations(schemes: Sequence[Scheme], entries: int) -> int:
    """How many costs the curves take at so many entries, without those of the reference."""
    each = 0
    for group in groups(schemes):
        for dtype in SWEPT_DTYPES:
            each += len(group[0].perturbed_offsets) * len(steps_of(group[0], dtype))
    return each * entries
