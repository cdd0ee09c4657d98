"""The cost that the steps of a loop belong to."""

import numpy as np
import pytest

from gradcheck.homework.understanding.loops.loop_cost import LoopCost, costs_of_loop
from tests.gradcheck.homework.understanding.loops.scripts import LOOP, first_pass

NO_LOSS = "\n".join(line for line in LOOP.splitlines() if "loss" not in line)


def costs(loop: str, asked: str | None = None, *, has_rate: bool = True) -> list[LoopCost]:
    one = first_pass(loop)
    return [*costs_of_loop(one, one.run(), loop, asked, has_rate=has_rate)]


def test_the_own_cost_comes_before_the_usual_ones() -> None:
    first, *others = costs(LOOP)
    assert first.name == "loss"
    assert first.text == "The cost is loss, as the loop computes it."
    assert "quadratic" in {each.name for each in others}


def test_both_give_the_same_number_where_they_are_the_same_cost() -> None:
    after = first_pass().run()
    by_name = {each.name: each.value(after) for each in costs(LOOP)}
    assert by_name["loss"] == pytest.approx(by_name["quadratic"])


def test_without_an_own_cost_the_usual_ones_are_left() -> None:
    assert {each.name for each in costs(NO_LOSS)} == {"quadratic"}


def test_the_cost_that_was_asked_for_is_the_only_one() -> None:
    assert {each.name for each in costs(LOOP, "fused-softmax-cross-entropy")} == {
        "fused-softmax-cross-entropy"
    }


def test_without_a_rate_what_is_computed_after_the_update_is_no_cost() -> None:
    late = f"{NO_LOSS}\n    loss = 0.5 * np.sum((out - y) ** 2) / 6\n"
    assert costs(late)[0].name == "loss"
    assert "loss" not in {each.name for each in costs(late, has_rate=False)}


@pytest.mark.parametrize("text", ["np.sum(out - y)", "np.mean(abs(y - out))", "-np.mean(y - out)"])
def test_a_difference_and_its_size_are_no_costs(text: str) -> None:
    loop = LOOP.replace("0.5 * np.sum((out - y) ** 2) / 6", text)
    assert "loss" not in {each.name for each in costs(loop)}
    assert np.isfinite(costs(loop)[0].value(first_pass(loop).run()))
