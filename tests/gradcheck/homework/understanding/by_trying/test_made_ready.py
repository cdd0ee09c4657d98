"""The calls between putting layers into a network and training it."""

from typing import Any

import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.made_ready import made_ready


class Mse:
    pass


class Sgd:
    def __init__(self, lr: float) -> None:
        self.lr = lr


def squared_loss(y: Any, a: Any) -> Any: ...
def squared_loss_prime(y: Any, a: Any) -> Any: ...


class Net:
    def __init__(self) -> None:
        self.given: tuple[Any, ...] = ()

    def compile(self, loss: Any, optimizer: Any, epochs: int = 3) -> None:
        self.given = loss, optimizer, epochs


class Using(Net):
    compile = None  # type: ignore[assignment]

    def use(self, loss: Any, loss_prime: Any) -> None:
        self.given = loss, loss_prime


def given(own: Net, **names: Any) -> tuple[Any, ...]:
    made_ready(own, names)
    return own.given


def test_classes_of_the_file_are_losses_and_optimisers() -> None:
    loss, optimizer, epochs = given(Net(), Mse=Mse, Sgd=Sgd)
    assert isinstance(loss, Mse)
    assert (optimizer.lr, epochs) == (0.1, 3)


def test_names_stand_where_the_file_has_none() -> None:
    assert given(Net()) == ("mse", "sgd", 3)


def test_a_loss_and_its_derivative_may_be_functions() -> None:
    names = {"squared_loss_prime": squared_loss_prime, "squared_loss": squared_loss}
    assert given(Using(), **names) == (squared_loss, squared_loss_prime)


def test_an_argument_without_a_meaning_is_told() -> None:
    class Strange(Net):
        def compile(self, temper: Any) -> None:  # type: ignore[override]
            self.given = (temper,)

    with pytest.raises(StudentError, match="compile takes temper"):
        made_ready(Strange(), {})


def test_a_cost_may_have_a_name_of_its_own() -> None:
    def squared(y: Any, a: Any) -> Any: ...
    def squared_prime(y: Any, a: Any) -> Any: ...

    assert given(Using(), squared=squared, squared_prime=squared_prime) == (squared, squared_prime)
    assert given(Using(), other=squared, squared_prime=squared_prime) == ("mse", squared_prime)
