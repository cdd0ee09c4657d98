"""What a pass learns, and by which cost."""

import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.refusals import NoGradient
from gradcheck.homework.understanding.loops.loop_part import LoopPart
from gradcheck.homework.understanding.loops.read_pass import read_pass
from tests.gradcheck.homework.understanding.loops.scripts import LOOP, first_pass


def read(loop: str = LOOP, asked: str | None = None) -> LoopPart:
    return read_pass(first_pass(loop), loop, asked)


def test_right_steps_fit_the_own_cost() -> None:
    part = read()
    assert part.cost is not None
    assert (part.fits, part.cost.name, part.factor, part.rates) == (True, "loss", 1.0, ("rate",))


def test_a_learning_rate_may_contain_any_plain_constant() -> None:
    part = read(LOOP.replace("(1 - out ** 2) / 6", "(1 - out ** 2)"))
    assert part.fits
    assert part.factor == pytest.approx(6.0)
    assert not read(LOOP.replace("(1 - out ** 2) / 6", "(1 - out ** 2) * 1.234")).fits


@pytest.mark.parametrize("wrong", ["(1 - out)", "(1 + out ** 2)", "1"])
def test_wrong_steps_fit_no_cost(wrong: str) -> None:
    part = read(LOOP.replace("(1 - out ** 2)", wrong))
    assert not part.fits
    assert part.cost is not None
    assert part.cost.name == "loss"


def test_the_cost_that_was_asked_for_is_taken() -> None:
    part = read(asked="quadratic")
    assert part.cost is not None
    assert (part.fits, part.cost.name) == (True, "quadratic")


@pytest.mark.parametrize(
    ("loop", "error", "words"),
    [
        ("for k in range(3):\n    W = W - 0.1 * W\n", StudentError, "has no variable such as loss"),
        (LOOP.replace("rate *", "0 *"), StudentError, "changes no array that its output"),
        (LOOP.replace("X.T @ delta", "(X.T @ delta) * np.inf"), StudentError, "not finite"),
        (
            LOOP.replace("X.T @ delta", "np.sign(X.T @ delta)").replace(
                "delta.sum(axis=0)", "np.sign(delta.sum(axis=0))"
            ),
            NoGradient,
            "as those of Adam have",
        ),
    ],
)
def test_what_is_no_step_along_a_gradient_is_refused(
    loop: str, error: type[StudentError], words: str
) -> None:
    with pytest.raises(error, match=words):
        read(loop)
