"""Mistakes in how the gradients of several examples are put together."""

import pytest

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.examples_alone import ExampleAlone
from gradcheck.homework.look import Look
from gradcheck.homework.measured_layers import measured_layers
from gradcheck.homework.put_together import mistakes_in_the_sum
from gradcheck.verdicts.report import Report
from nets.arrays import HostArray
from tests.gradcheck.homework.looks import examples, gradients_of, look_of
from tests.gradcheck.homework.reports import array_of, report_of

ALL = examples(4)
SINGLES = [MiniBatch(ALL.inputs[:, k : k + 1], ALL.targets[:, k : k + 1]) for k in range(4)]


def reported(look: Look, right: list[HostArray]) -> Report:
    places = [array.slot for array in look.facts.arrays if array.slot is not None]
    return report_of(
        [
            array_of(slot.layer, slot.parameter, claim, wanted)
            for slot, claim, wanted in zip(places, look.claimed.gradients, right, strict=True)
        ]
    )


def causes(wrong: dict[int, HostArray], *, decay: float = 0.0, alone_too: bool = False) -> set[str]:
    """The mistakes that are named, where the claims of these arrays are wrong for all together."""

    def change(gradients: list[HostArray]) -> list[HostArray]:
        return [wrong.get(place, each) for place, each in enumerate(gradients)]

    together = look_of(ALL, change, decay=decay)
    values = together.facts.values
    report = reported(together, gradients_of(values, ALL, decay))
    alone = []
    for one in SINGLES:
        look = look_of(one, change, decay=decay) if alone_too else look_of(one, decay=decay)
        slopes = [look.slopes(k, array.entries) for k, array in enumerate(report.arrays)]
        alone.append(ExampleAlone(look, slopes, measured_layers(look)))
    return {each.name for each in mistakes_in_the_sum(together, report, alone).values()}


def without_first(decay: float = 0.0) -> HostArray:
    """The gradient of the first weights without the first example."""
    values = look_of(ALL).facts.values
    rest = MiniBatch(ALL.inputs[:, 1:], ALL.targets[:, 1:])
    alone = gradients_of(values, rest, 0.0)[0] * 3 / 4
    found: HostArray = alone + decay * values[0]
    return found


@pytest.mark.parametrize("decay", [0.0, 0.3])
def test_an_example_that_is_lost(decay: float) -> None:
    assert causes({0: without_first(decay)}, decay=decay) == {"example-lost"}


def test_what_is_wrong_for_single_examples_too_has_another_reason() -> None:
    assert causes({0: without_first()}, alone_too=True) == set()


def test_what_is_right_has_no_mistake() -> None:
    assert causes({}) == set()
