"""The arrays that one pass learns, and its learning rate."""

import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.loops.learned_arrays import rates_of, with_learned
from gradcheck.homework.understanding.loops.loop_cost import costs_of_loop
from gradcheck.homework.understanding.loops.loop_part import LoopPart
from tests.gradcheck.homework.understanding.loops.scripts import BEFORE, LOOP, first_pass

EXTRA = LOOP + "    history = history + out\n    dW = dW + X.T @ delta\n"
MORE = BEFORE + "history, dW, decay = np.ones((6, 3)), np.ones((2, 3)), 0.5\n"


def rates(loop: str, before: str = BEFORE) -> tuple[str, ...]:
    one = first_pass(loop, before)
    return rates_of(one, one.run())


def learned(loop: str, before: str = BEFORE) -> LoopPart:
    one = first_pass(loop, before)
    after = one.run()
    costs = [*costs_of_loop(one, after, loop, None, has_rate=True)]
    return with_learned(one, after, costs, rates_of(one, after))


def test_where_the_rate_is_zero_nothing_is_learned() -> None:
    assert rates(LOOP) == ("rate",)
    assert rates(LOOP.replace("rate", "0.25")) == ()


def test_a_rate_of_another_name_is_found_by_its_effect() -> None:
    assert rates(LOOP.replace("rate", "speed"), BEFORE.replace("rate", "speed")) == ("speed",)


def test_several_rates_belong_together() -> None:
    two = LOOP.replace("b -= rate", "b -= lr2")
    assert rates(two, f"{BEFORE}lr2 = 0.5\n") == ("rate", "lr2")


def test_arrays_that_change_and_that_the_cost_depends_on() -> None:
    found = learned(EXTRA, MORE)
    assert [path.name for path in found.paths] == ["W", "b"]
    assert [value.shape for value in found.values] == [(2, 3), (3,)]
    assert (found.values[0] == found.one.names["W"]).all()


def test_a_loop_that_learns_nothing_is_told() -> None:
    loop = LOOP.replace("W = W - rate", "V = V - rate").replace("b -= rate", "c -= rate")
    with pytest.raises(StudentError, match="changes no array that its output depends on"):
        learned(loop, f"{BEFORE}V, c = W.copy(), b.copy()\n")
