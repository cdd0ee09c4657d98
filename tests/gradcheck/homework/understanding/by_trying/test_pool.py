"""A function is called with what its arguments ask for."""

from typing import Any

import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.pool import Pool, roles_in

POOL = Pool({Role.INPUTS: "x", Role.TARGETS: "y", Role.RATE: 0.1}, {"w1": "w"})


def test_arguments_are_given_by_role_and_by_name() -> None:
    def own(x: Any, labels: Any, w1: Any, lr: float = 3.0, other: int = 1) -> None: ...

    given = POOL.arguments_for(own, "own")
    assert given == {"x": "x", "labels": "y", "w1": "w", "lr": 0.1}


def test_two_arguments_without_a_meaning_are_inputs_and_targets() -> None:
    def own(goruntu: Any, etiket: Any) -> None: ...

    assert POOL.arguments_for(own, "own") == {"goruntu": "x", "etiket": "y"}


def test_outputs_beside_inputs_are_targets() -> None:
    def own(inputs: Any, outputs: Any) -> None: ...

    assert POOL.arguments_for(own, "own") == {"inputs": "x", "outputs": "y"}


def test_what_cannot_be_given_is_told() -> None:
    def own(x: Any, kernel: Any, stride: Any) -> None: ...

    with pytest.raises(StudentError, match=r"own takes \(x, kernel, stride\), and kernel, stride"):
        POOL.arguments_for(own, "own")


def test_an_arriving_gradient_is_never_taken_for_the_inputs() -> None:
    def own(dout: Any) -> None: ...

    assert roles_in(own) == {"dout": (Role.ARRIVING, True)}
    with pytest.raises(StudentError):
        POOL.arguments_for(own, "own")
