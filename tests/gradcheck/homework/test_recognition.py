"""Classes of a format's kind are recognised, each with how sure that is."""

from typing import Any

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract
from gradcheck.homework.recognition import Sureness, recognised_classes
from tests.gradcheck.homework.students import caller


class Net:
    pass


class Other:
    pass


def test_classes_of_another_kind_are_left_out_and_the_class_is_opened_by_its_name() -> None:
    opened: list[Any] = []

    def open_class(kind: type, name: str, asked: Asked, _: Any) -> Contract:
        opened.append((kind, name, asked.seed))
        return Contract(())

    (found,) = recognised_classes(
        {"Net": Net, "Other": Other},
        lambda kind: Sureness.LIKELY if kind is Net else None,
        open_class,
    )
    assert (found.name, found.sureness) == ("Net", Sureness.LIKELY)
    found.open(Asked(seed=7), caller())
    assert opened == [(Net, "Net", 7)]


def test_what_the_user_says_counts_most() -> None:
    assert max(Sureness) is Sureness.TOLD
