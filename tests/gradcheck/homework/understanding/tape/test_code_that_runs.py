"""Which functions run during a call."""

from gradcheck.homework.understanding.tape.code_that_runs import code_that_runs


def inner() -> int:
    return 1


def outer() -> int:
    return inner()


def beside() -> int:
    return 2


def test_functions_that_run_are_found_and_others_are_not() -> None:
    found = code_that_runs(outer)
    assert {outer.__code__, inner.__code__} <= found
    assert beside.__code__ not in found
