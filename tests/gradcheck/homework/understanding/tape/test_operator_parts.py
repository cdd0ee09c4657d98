"""Each operator of an engine is a part; a wrong one claims other gradients than its slopes."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.contract import Part
from gradcheck.homework.understanding.tape.operator_parts import operator_parts
from tests.gradcheck.homework.understanding.tape.engines import Scalar, Tensor, engine_for


def parts_of(kind: type) -> dict[str, Part]:
    parts, _ = operator_parts(engine_for(kind), {}, 0)
    return {part.name.partition(": ")[2]: part for part in parts}


def slopes_fit(part: Part) -> bool:
    """Whether the claims of a part are slopes of its cost, along a random direction."""
    values = part.values
    directions = [np.random.default_rng(3).standard_normal(value.shape) for value in values]
    sides = [
        part.cost.at([v + step * d for v, d in zip(values, directions, strict=True)])
        for step in (1e-6, -1e-6)
    ]
    claimed = part.claims_at(values)[0].arrays
    said = sum(float(np.sum(c * d)) for c, d in zip(claimed, directions, strict=True))
    return bool(np.isclose((sides[0] - sides[1]) / 2e-6, said, rtol=1e-5))


@pytest.mark.parametrize("kind", [Scalar, Tensor])
def test_right_operators(kind: type) -> None:
    parts = parts_of(kind)
    assert {"a + b", "a * b"} <= set(parts)
    assert all(slopes_fit(part) for part in parts.values())


def test_a_wrong_product_does_not_fit() -> None:
    class Wrong(Tensor):
        def __mul__(self, other: Any) -> Any:
            found = super().__mul__(other)
            (_, slope), second = found.parents
            found.parents = ((self, -slope), second)
            return found

    parts = parts_of(Wrong)
    assert not slopes_fit(parts["a * b"])
    assert slopes_fit(parts["a + b"])
