"""Arrays that a class makes when it is trained."""

from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.understanding.by_trying.made_in_training import trained_once
from nets.arrays import HostArray
from tests.gradcheck.homework.understanding.by_trying.nets import Layer, code_of


class Own:
    def __init__(self) -> None:
        self.epochs = 40
        self.rounds = 0

    def fit(self, x: HostArray, y: HostArray) -> None:
        assert x.shape[0] == y.shape[0]
        self.W = np.ones((x.shape[1], y.shape[1]))
        self.rounds += self.epochs


def test_the_arrays_are_there_after_one_call() -> None:
    own = Own()
    code, sizes = next(trained_once(code_of(own), Asked()))
    assert code.root.W.shape == (sizes[0], sizes[-1]) == (6, 4)
    assert code.root.rounds == 1  # one epoch, not 40
    assert code.names == []  # what made the arrays is not called again
    assert not hasattr(own, "W")


class Regression:
    """One output; its arrays are no matrices, and a velocity has the shape of the weights."""

    def __init__(self) -> None:
        self.lr, self.epochs = 0.5, 40

    def fit(self, x: HostArray, y: HostArray) -> None:
        self.w, self.b = np.zeros(x.shape[1]), 0.0
        self.velocity = np.zeros(x.shape[1])
        for _ in range(self.epochs):
            apart = self.predict(x) - y
            self.velocity = 0.9 * self.velocity - self.lr * x.T @ apart / len(x)
            self.w = self.w + self.velocity
            self.b -= self.lr * apart.mean()

    def predict(self, x: HostArray) -> HostArray:
        return np.asarray(x @ self.w + self.b)


def test_what_the_output_depends_on_may_be_kept() -> None:
    without, keeping = trained_once(code_of(Regression()), Asked(sizes=(5, 1)))
    assert without[0].left_out == ("fit",)
    assert not without[0].kept
    assert keeping[0].kept == {"w", "b"}
    assert keeping[0].names == ["fit", "predict"]


def test_a_dict_that_holds_the_arrays_is_kept() -> None:
    class Held(Regression):
        def fit(self, x: HostArray, y: HostArray) -> None:
            self.params = {"w": np.zeros(x.shape[1])}
            self.params["w"] -= self.lr * x.T @ (self.predict(x) - y)

        def predict(self, x: HostArray) -> HostArray:
            return np.asarray(x @ self.params["w"])

    _, (keeping, _) = trained_once(code_of(Held()), Asked(sizes=(5, 1)))
    assert keeping.kept == {"params"}


def test_sizes_that_were_asked_for_are_used() -> None:
    ((_, sizes), *_) = trained_once(code_of(Own()), Asked(sizes=(5, 4, 3)))
    assert sizes == (5, 4, 3)


def test_a_class_that_has_its_arrays_is_not_trained() -> None:
    assert not list(trained_once(code_of(Layer()), Asked()))


def test_a_call_that_fails_makes_nothing() -> None:
    class Broken:
        def fit(self, x: Any, y: Any) -> None:
            raise ValueError

    assert not list(trained_once(code_of(Broken()), Asked()))
