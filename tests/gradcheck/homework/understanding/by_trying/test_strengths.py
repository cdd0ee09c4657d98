"""The strength of regularisation and of dropout."""

from typing import Any

from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.strengths import KEPT, strengths_for
from gradcheck.homework.understanding.loss_calls import REGULARISATION


def test_regularisation_only_where_the_cost_takes_it_too() -> None:
    def compute_cost(x: Any, y: Any, lambd: float) -> Any: ...
    def plain_cost(x: Any, y: Any) -> Any: ...
    def backward(x: Any, y: Any, lambd: float) -> Any: ...

    both = strengths_for({"compute_cost": compute_cost, "backward": backward})
    assert both == {Role.STRENGTH: REGULARISATION, Role.KEEP: KEPT}
    alone = strengths_for({"compute_cost": plain_cost, "backward": backward})
    assert alone[Role.STRENGTH] == 0.0


def test_a_cost_takes_no_learning_rate() -> None:
    def cost(x: Any, y: Any, l: float) -> Any: ...  # noqa: E741

    assert strengths_for({"cost": cost})[Role.RATE] == REGULARISATION
    assert Role.RATE not in strengths_for({"step": cost})
