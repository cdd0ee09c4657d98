"""Types of options say the type of their values, also where click takes no brackets."""

import importlib
import sys
from collections.abc import Iterator
from types import ModuleType

import click
import pytest

from gradcheck.commands.options import param_type


class OlderType:
    """As ``click.ParamType`` before click 8.4: not generic."""


@pytest.fixture
def older_click(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The module, imported with an older click."""
    monkeypatch.setattr(click, "ParamType", OlderType)
    monkeypatch.delitem(sys.modules, param_type.__name__)
    yield importlib.import_module(param_type.__name__)
    monkeypatch.undo()
    sys.modules[param_type.__name__] = param_type


def test_brackets_change_nothing(older_click: ModuleType) -> None:
    with pytest.raises(TypeError, match="not subscriptable"):
        OlderType[int]  # type: ignore[misc]
    assert older_click.ParamType[tuple[int, ...]] is older_click.ParamType
    assert issubclass(older_click.ParamType, OlderType)


def test_it_is_the_type_of_click() -> None:
    assert issubclass(param_type.ParamType, click.ParamType)
    assert param_type.ParamType[int] is param_type.ParamType
