"""Random weights for the outputs of operators, by the engine's own product."""

from typing import Any

import numpy as np

from gradcheck.homework.understanding.tape.weights import weigher
from tests.gradcheck.homework.understanding.tape.engines import Tensor, engine_for


def test_outputs_are_weighed_by_the_engine_itself() -> None:
    engine = engine_for(Tensor)
    weigh = weigher(engine, {})
    assert weigh is not None
    weighed = engine.value(weigh(engine.node(np.ones((3, 4))), 0))
    assert np.ptp(weighed) > 0.0


def test_a_wrong_product_is_not_used() -> None:
    class Wrong(Tensor):
        def __mul__(self, other: Any) -> Any:
            found = super().__mul__(other)
            (one, slope), second = found.parents
            found.parents = ((one, 2.0 * slope), second)
            return found

    engine = engine_for(Wrong)
    weigh = weigher(engine, {})
    assert weigh is not None  # what is left is the output as it is
    assert np.ptp(engine.value(weigh(engine.node(np.ones((3, 4))), 0))) == 0.0
