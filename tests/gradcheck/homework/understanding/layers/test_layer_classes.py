"""The classes of layers in a file."""

from pathlib import Path
from typing import Any

from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.understanding.layers.layer_classes import (
    classes_in_sight,
    is_chain_class,
    layer_classes,
)
from tests.gradcheck.homework.understanding.layers.dense import Dense
from tests.gradcheck.homework.understanding.layers.test_build_layer import Stack


class Wide(Dense):
    pass


class Helper:
    pass


def module_of(**names: Any) -> StudentModule:
    return StudentModule(Path("homework.py"), names, __name__)


def test_base_classes_and_other_classes_are_left_out() -> None:
    class Wider(Wide):
        pass

    found = layer_classes(module_of(Wide=Wide, Wider=Wider, Helper=Helper, Dense=Dense))
    assert found == {"Wider": Wider}


def test_a_class_that_takes_layers_is_a_chain() -> None:
    assert is_chain_class(Stack)
    assert not is_chain_class(Wide)
    assert not is_chain_class(Helper)


def test_imported_classes_are_in_sight() -> None:
    found = classes_in_sight(module_of(Wide=Wide, Dense=Dense, number=3))
    assert found == {"Wide": Wide, "Dense": Dense}
