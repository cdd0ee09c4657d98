"""The costs of a network: its own first, then the file's, then those made with the operators."""

from typing import Any

from gradcheck.homework.asked import Asked
from gradcheck.homework.understanding.tape.costs_to_try import costs_to_try
from tests.gradcheck.homework.understanding.tape.engines import Tensor, Twice, engine_for

SIZES = (3, 3)


def texts(own: Any, functions: Any) -> list[str]:
    found = costs_to_try(own, engine_for(Tensor), functions, Asked(), SIZES)
    return list(dict.fromkeys(each.name for each in found))


def test_the_order() -> None:
    def mse(output: Any, target: Any) -> Any:
        return output

    def relu(output: Any, target: Any) -> Any:
        return output

    names = texts(Twice(), {"mse": mse, "relu": relu})
    assert names[:2] == ["loss(x, y)", "mse(output, target)"]
    assert names[2] == "the sum of (output - target) ** 2"
    assert not any("relu" in name for name in names)
