"""By what the cost of one example goes into the cost of all."""

from typing import Any

import pytest

from gradcheck.homework.examples_alone import ExampleAlone, share_of_an_example
from gradcheck.homework.look import Look
from tests.gradcheck.homework.looks import examples, look_of


class Costs:
    def __init__(self, base_cost: float) -> None:
        self.base_cost = base_cost


def look(cost: float) -> Look:
    own = look_of(examples(1))
    engine: Any = Costs(cost)
    return Look(own.facts, own.claimed, engine)


@pytest.mark.parametrize(
    ("together", "share"), [(3.0, 1.0), (1.5, 0.5), (2.0, None), (3.0 + 1e-6, None)]
)
def test_the_costs_of_all_are_a_sum_or_a_mean(together: float, share: float | None) -> None:
    alone = [ExampleAlone(look(cost), [], None) for cost in (1.0, 2.0)]
    assert share_of_an_example(look(together), alone) == share
