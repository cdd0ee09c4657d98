"""PyTorch code is recognised by the classes that it derives from, without PyTorch."""

import pytest

from gradcheck.homework.student_code import Unread
from gradcheck.homework.understanding.pytorch.torch_code import (
    expect_torch,
    is_torch_function,
    is_torch_module,
)

Module = type("Module", (), {"__module__": "torch.nn.modules.module"})
Function = type("Function", (), {"__module__": "torch.autograd.function"})


def test_classes_are_told_by_what_they_derive_from() -> None:
    net, relu = type("Net", (Module,), {}), type("Relu", (Function,), {})
    assert is_torch_module(net)
    assert not is_torch_module(relu)
    assert is_torch_function(relu)
    assert not is_torch_function(net)
    assert not is_torch_module(Module())
    assert not is_torch_module(dict)


def test_where_pytorch_is_missing_that_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    module = "gradcheck.homework.understanding.pytorch.torch_code.find_spec"
    monkeypatch.setattr(module, lambda name: None)
    with pytest.raises(Unread, match="Net derives from Module, so its check needs PyTorch"):
        expect_torch(type("Net", (Module,), {}), "Module")
