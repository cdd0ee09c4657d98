"""Classes with apply are functions with the arguments of their forward."""

import inspect
from typing import Any

from gradcheck.homework.understanding.tape.function_classes import applied_classes


class Scaled:
    @classmethod
    def apply(cls, x: Any, factor: int = 2) -> Any:
        return cls.forward({}, x, factor=factor)

    @staticmethod
    def forward(ctx: Any, x: Any, factor: int = 2) -> Any:
        return x * factor if ctx == {} else None

    @staticmethod
    def backward(ctx: Any, arriving: Any) -> Any:
        return arriving * 2 if ctx == {} else None


class NoClassMethod(Scaled):
    def apply(self, x: Any, factor: int = 2) -> Any:  # type: ignore[override]
        return x


def test_the_arguments_are_those_of_forward_without_the_context() -> None:
    found = applied_classes({"Scaled": Scaled})["Scaled.apply"]
    assert list(inspect.signature(found).parameters) == ["x", "factor"]
    assert found(3, factor=4) == 12
    assert inspect.unwrap(found) is Scaled.forward


def test_other_classes_are_none_of_them() -> None:
    assert applied_classes({"int": int, "NoClassMethod": NoClassMethod}) == {}
