"""What a class has, without building it."""

from typing import Any

from gradcheck.homework.understanding.members import (
    all_arguments,
    attributes_stored,
    attributes_used,
    first_of,
    listed_methods,
    methods_of,
)


class Base:
    def inherited(self) -> Any:
        return [self.inner.deep for _ in range(2)]  # type: ignore[attr-defined]


class Net(Base):
    rate = 0.1

    def backprop(self, x: Any, y: Any = None, *more: Any, **others: Any) -> Any:
        return self.weights  # type: ignore[attr-defined]

    def _hidden(self) -> None:
        pass


class Empty:
    pass


def test_methods_without_hidden_ones() -> None:
    assert methods_of(Net) == ["backprop", "inherited"]
    assert listed_methods(Net) == "backprop, inherited"
    assert listed_methods(Empty) == "none"


def test_the_first_name_that_is_a_method() -> None:
    assert first_of(("rate", "train", "backprop", "inherited"), Net) == "backprop"
    assert first_of(("rate",), Net) is None


def test_attributes_are_found_in_base_classes_and_inside_of_comprehensions() -> None:
    assert {"weights", "inner", "deep"} <= attributes_used(Net)
    assert "weights" not in attributes_used(Base)


def test_arguments() -> None:
    assert all_arguments(Net().backprop) == ["x", "y", "more"]
    assert all_arguments(3) == []


def test_a_method_may_have_its_name_in_another_language() -> None:
    class Red:
        def retropropagacion(self) -> None: ...

    assert first_of(("backprop", "backward"), Red) == "retropropagacion"
    assert first_of(("forward",), Red) is None


def test_an_attribute_that_is_only_read_is_not_stored() -> None:
    class Holder:
        kept = 1

        def __init__(self) -> None:
            self.biases = 2

        def cost(self, layer: Any) -> Any:
            return layer.weights

    stored = attributes_stored(Holder)
    assert {"kept", "biases"} <= stored
    assert "weights" not in stored
    assert "weights" in attributes_used(Holder)
