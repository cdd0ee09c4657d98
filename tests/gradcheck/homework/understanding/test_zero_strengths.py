"""The strengths of regularisation that would be 0."""

from typing import Any

from gradcheck.homework.understanding.constructor import Construction
from gradcheck.homework.understanding.loss_calls import REGULARISATION
from gradcheck.homework.understanding.zero_strengths import zero_strengths


def test_only_strengths_at_zero_get_another_value() -> None:
    def built(
        sizes: Any, l2: float = 0.0, l1: float = 0, reg: float = 0.5, lambda_: Any = None
    ) -> Any: ...

    assert zero_strengths(built, Construction()) == {"l2": REGULARISATION, "l1": REGULARISATION}


def test_what_is_given_counts_and_not_the_default() -> None:
    def built(sizes: Any, weight_decay: float, regularization: float = 0.0) -> Any: ...

    given = Construction(([3, 2],), {"weight_decay": 0.0, "regularization": 0.3})
    assert zero_strengths(built, given) == {"weight_decay": REGULARISATION}


def test_a_switch_is_no_strength() -> None:
    def built(l2: bool = False, eta: float = 0.0) -> Any: ...

    assert zero_strengths(built, Construction()) == {}
