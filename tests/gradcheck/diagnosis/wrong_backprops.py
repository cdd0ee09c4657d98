"""Wrong backprops to be diagnosed: places for the zoo, and mistakes that it does not know."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import Moment
from gradcheck.bugs.planting import Bug, gradients_with, may_be_made
from gradcheck.bugs.walk_back import moments_of
from gradcheck.bugs.zoo import BUGS
from gradcheck.check import check_network
from gradcheck.diagnosis.claimed_backprop import ClaimedBackprop
from gradcheck.verdicts.array_diagnosis import ArrayDiagnosis
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from gradcheck.verdicts.what_to_mend import Diagnosis
from nets.arrays import Array, HostArray
from nets.layers import parameter_gradients
from tests.gradcheck.bugs.habitats import HABITATS, PLACES, Habitat

__all__ = [
    "DEEP",
    "EVERY_MISTAKE",
    "SOME_PLACES",
    "Where",
    "checked",
    "claimed_of",
    "diagnosed",
    "equivalents",
    "mistake",
    "noisy",
    "one_off",
    "quickest",
    "thrice",
    "told",
]

DEEP = HABITATS["deep sigmoid"]
# One place for each mistake: the first layer of the first network that it fits.
ONCE = list({name: (habitat, name, layer) for habitat, name, layer in reversed(PLACES)}.values())
EVERY_MISTAKE = pytest.mark.parametrize(("habitat", "name", "layer"), ONCE)
# In each network, now one layer, now another.
LAYERS: dict[tuple[str, str], list[int]] = {}
for _habitat, _name, _layer in PLACES:
    LAYERS.setdefault((_habitat, _name), []).append(_layer)
SOME = [
    (habitat, name, layers[position % len(layers)])
    for position, ((habitat, name), layers) in enumerate(LAYERS.items())
]
SOME_PLACES = pytest.mark.parametrize(("habitat", "name", "layer"), SOME)

Where = tuple[int, str, str | None]  # layer, step, likely mistake


# Checks


def checked(here: Habitat, gradients: Any, **options: Any) -> Report:
    return check_network(
        here.network,
        here.batch.inputs,
        here.batch.targets,
        gradients=gradients,
        previous=here.previous,
        threads=1,
        **options,
    )


def diagnosed(here: Habitat, gradients: Any, **options: Any) -> Diagnosis:
    report = checked(here, gradients, **options)
    assert report.verdict is Verdict.DISAGREE
    assert isinstance(report.diagnosis, Diagnosis)
    return report.diagnosis


def claimed_of(here: Habitat, gradients: Any, seed: int = 0) -> ClaimedBackprop:
    claimed = ClaimedBackprop.of(
        here.network, here.batch, gradients, previous=here.previous, seed=seed
    )
    assert claimed is not None
    return claimed


def quickest(here: Habitat) -> str:
    """The scheme that needs fewest costs."""
    analytic = all(layer.activation.analytic for layer in here.network.layers)
    return "complex" if analytic else "forward"


def told(diagnosis: Diagnosis | ArrayDiagnosis | None) -> Where:
    assert isinstance(diagnosis, Diagnosis)
    assert diagnosis.step is not None
    return diagnosis.layer, diagnosis.step, diagnosis.likely_cause


# Mistakes that give the same gradients


@cache
def planted_everywhere(habitat: str) -> dict[Where, list[HostArray]]:
    """What each mistake makes of the parameters' gradients, in each layer where it can be made."""
    here = HABITATS[habitat]
    moments = moments_of(here.network, here.batch, here.previous)
    return {
        (layer, bug.step, bug.name): parameter_gradients(gradients_with(bug, (layer,), moments))
        for layer, moment in moments.items()
        for bug in BUGS.values()
        if may_be_made(bug, moment)
    }


def equivalents(habitat: str, where: Where) -> set[Where]:
    """What gives the same gradients of all parameters, to a billionth of what is wrong."""
    planted = planted_everywhere(habitat)
    right = parameter_gradients(HABITATS[habitat].right())

    def is_the_same(some: list[HostArray], others: list[HostArray]) -> bool:
        return all(
            bool(np.max(np.abs(one - other)) <= 1e-9 * np.max(np.abs(other - exact)))
            for one, other, exact in zip(some, others, right, strict=True)
        )

    return {each for each, arrays in planted.items() if is_the_same(arrays, planted[where])}


# Mistakes that the zoo does not know


def mistake(step: str, wrong: Any) -> Bug:
    return Bug("new", "New.", step, wrong, "something new", "What is new?")


def thrice(moment: Moment, right: Array) -> Array:
    return 3.0 * right


def noisy(moment: Moment, right: HostArray) -> HostArray:
    return right * np.random.default_rng(1).uniform(0.5, 1.5, right.shape)


def one_off(moment: Moment, right: HostArray) -> HostArray:
    wrong = right.copy()
    wrong[1, 0] *= 1.25
    return wrong
