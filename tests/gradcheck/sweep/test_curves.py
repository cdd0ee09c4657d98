"""Curves of error against step: the best step, and what becomes of an overflow."""

import math

from gradcheck.slopes.schemes import SCHEMES
from gradcheck.sweep.curves import Curve, DtypeSweep

CURVE = Curve("forward", (0.5, 0.25, 0.125), (float("nan"), 0.1, 0.1), 0.2)


def test_the_best_step_is_the_widest_of_the_best_and_no_overflow() -> None:
    assert (CURVE.best, CURVE.best_epsilon, CURVE.best_error) == (1, 0.25, 0.1)


def test_an_overflow_is_null_and_a_step_that_was_not_tried_has_no_error() -> None:
    told = CURVE.to_dict()
    assert told["errors"] == [None, 0.1, 0.1]
    assert told["chosen_epsilon"] == SCHEMES["forward"].epsilon
    assert told["chosen_error"] is None


def test_the_error_at_the_step_that_checks_use() -> None:
    epsilon = SCHEMES["central"].epsilon
    curve = Curve("central", (0.5, epsilon), (0.1, 0.01), 0.2)
    assert curve.chosen_error == 0.01


def test_a_dtype_tells_what_it_was_measured_against() -> None:
    sweep = DtypeSweep("float32", 6e-8, (CURVE,), 1e-8, math.nan, 3, zero_gradient=True)
    told = sweep.to_dict()
    assert (told["dtype"], told["unit_roundoff"], told["kinked"]) == ("float32", 6e-8, 3)
    assert (told["backprop_error"], told["reference_error"]) == (1e-8, None)
    assert told["zero_gradient"] is True
    assert told["curves"] == [CURVE.to_dict()]
