"""Mistakes that give the same numbers as another one."""

from gradcheck.bugs.same_numbers import same_numbers
from gradcheck.bugs.zoo import BUGS
from tests.gradcheck.bugs.habitats import HABITATS

DEEP = HABITATS["deep sigmoid"]


def names(bug: str, layer: int) -> tuple[str, ...]:
    return same_numbers(DEEP.network, DEEP.batch, BUGS[bug], layer, DEEP.previous)


def test_a_missing_derivative_in_the_last_layer_is_the_shortcut_and_elsewhere_not() -> None:
    assert names("cross-entropy-shortcut", 4) == ("missing-activation-derivative",)
    assert names("missing-activation-derivative", 4) == ("cross-entropy-shortcut",)
    assert names("missing-activation-derivative", 3) == ()
    assert names("derivative-twice", 4) == ()
