"""PyTorch code of a student's: recognised without PyTorch, which is no dependency of ours."""

import inspect
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from gradcheck.homework.student_code import StudentError, Unread
from nets.arrays import HostArray

__all__ = ["expect_torch", "is_torch_function", "is_torch_module", "numpy_of", "tensor_of"]


def is_torch_function(kind: Any) -> bool:
    """Whether a class derives from ``torch.autograd.Function``."""
    return _derives(kind, ("torch.autograd.function", "torch.autograd"), "Function")


def is_torch_module(kind: Any) -> bool:
    """Whether a class derives from ``torch.nn.Module``."""
    return _derives(kind, ("torch.nn.modules.module", "torch.nn"), "Module")


def _derives(kind: Any, modules: Sequence[str], name: str) -> bool:
    """Whether a class derives from one of this name; where torch is missing, from its stand-in."""
    if not inspect.isclass(kind):
        return False
    names = {f"{module}.{name}" for module in modules}
    return any(
        f"{base.__module__}.{base.__qualname__}" in names or base.__qualname__ in names
        for base in kind.__mro__[1:]
    )


def expect_torch(kind: type, base: str) -> None:
    """Check that PyTorch is installed.

    Raises:
        Unread: it is not.

    """
    if find_spec("torch") is None:
        raise Unread(
            f"{kind.__name__} derives from {base}, so its check needs PyTorch, which is not "
            "installed here; install it with pip install torch"
        )


def tensor_of(array: HostArray, *, wants_gradient: bool = False) -> Any:
    """A new tensor of the same numbers and shape, float64.

    Raises:
        StudentError: the numbers are complex.

    """
    import torch

    if array.dtype.kind == "c":
        raise StudentError("PyTorch code is checked with real numbers; use another scheme")
    return torch.tensor(np.array(array), dtype=torch.float64, requires_grad=wants_gradient)


def numpy_of(tensor: Any) -> HostArray:
    """The numbers of a tensor in its shape, float64."""
    return np.array(tensor.detach().cpu().numpy(), dtype=np.float64)
