"""The operators of an engine are found by their names."""

from typing import Any

from gradcheck.homework.understanding.tape.operators import Operator, operators_of
from tests.gradcheck.homework.understanding.tape.engines import Scalar, Tensor


def names(kind: type, **functions: Any) -> list[str]:
    arrays = issubclass(kind, Tensor)
    return [each.name for each in operators_of(kind, functions, holds_arrays=arrays)]


def test_symbols_methods_and_functions() -> None:
    class Richer(Scalar):
        def tanh(self) -> Any:
            return self

    assert {"a + b", "a * b"} <= set(names(Scalar))
    assert "a.tanh()" in names(Richer)
    assert "a.tanh()" not in names(Scalar)
    assert "exp(a)" in names(Scalar, exp=lambda a: a, unknown=lambda a: a)
    assert not any("unknown" in each for each in names(Scalar, unknown=lambda a: a))


def test_the_code_of_an_operator_is_that_of_its_method() -> None:
    found: list[Operator] = list(operators_of(Scalar, {}, holds_arrays=False))
    plus = next(each for each in found if each.name == "a + b")
    assert plus.code is Scalar.__add__.__code__
