"""Which functions a part calls, and whether its gradients belong to the pass of its cost."""

from pathlib import Path
from typing import Any

import numpy as np

from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.understanding.pieces.used_code import code_of, code_used_by, is_one_pass

FOLDER = Path(__file__).parent


def output(x: Any, training: bool) -> Any:
    return x * (2.0 if training else 1.0)


def other(x: Any) -> Any:
    return x


def part(*, training: bool) -> Part:
    def claims(values: Values) -> list[NamedGradients]:
        return [NamedGradients("", False, [2 * output(values[0], True)])]

    return Part(
        name="net",
        arrays=(NamedArray("x", np.array([0.5, 1.5])),),
        cost=PartCost("cost", lambda values: float(np.sum(output(values[0], training)))),
        claims_at=claims,
    )


def test_a_function_that_runs_is_used_and_another_is_not() -> None:
    used = code_used_by(part(training=True))
    assert code_of(output) in used
    assert code_of(other) not in used


def test_a_cost_for_new_examples_is_not_that_of_the_gradients() -> None:
    one, two = part(training=True), part(training=False)
    assert is_one_pass(one, one.values, FOLDER)
    assert not is_one_pass(two, two.values, FOLDER)
