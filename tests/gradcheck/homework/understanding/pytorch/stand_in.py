"""As much of PyTorch as these tests need, where it is not installed."""

import sys
from contextlib import nullcontext
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from tests.gradcheck.homework.understanding.tape.engines import Tensor as TapeTensor

__all__ = ["Function", "Tensor", "torch_for"]


class Tensor(TapeTensor):
    """An array that remembers how it was made."""

    def __init__(self, data: Any, parents: Any = ()) -> None:
        super().__init__(data, parents)
        self.seen = 0
        self.grad: Any = None
        self.requires_grad = True

    def __radd__(self, other: Any) -> "Tensor":
        found: Tensor = self + Tensor(np.full(self.data.shape, other))  # type: ignore[assignment]
        return found

    def _add(self, arriving: Any) -> None:
        if self.grad is None:
            self.grad = Tensor(np.zeros(self.data.shape))
        self.grad = Tensor(self.grad.data + arriving)
        for parent, slope in self.parents:
            parent._add(arriving * slope)

    def sum(self) -> "Tensor":
        return Tensor(self.data.sum(), ((self, np.ones(self.data.shape)),))

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(self.data.shape)

    def __float__(self) -> float:
        return float(self.data)

    def is_floating_point(self) -> bool:
        return bool(self.data.dtype.kind == "f")

    def detach(self) -> "Tensor":
        return self

    def cpu(self) -> "Tensor":
        return self

    def numpy(self) -> Any:
        return self.data


class Function:
    """Applies ``forward`` of a class to tensors; its ``slopes`` are the derivatives."""

    slopes: Any = None
    forward: Any = None

    @classmethod
    def apply(cls, *given: Any) -> Tensor:
        slopes = cls.slopes(*(each.data for each in given))
        made = cls.forward(None, *(each.data for each in given))
        return Tensor(made, tuple(zip(given, slopes, strict=True)))


def _tensor(array: Any, dtype: Any, requires_grad: bool) -> Tensor:
    made = Tensor(np.array(array, dtype=dtype))
    made.requires_grad = requires_grad
    return made


def torch_for(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module ``torch`` for one test."""
    torch: Any = ModuleType("torch")
    functions: Any = ModuleType("torch.func")
    torch.float64, torch.Tensor, torch.no_grad = np.float64, Tensor, nullcontext
    torch.tensor = _tensor
    torch.manual_seed = lambda seed: None
    functions.functional_call = lambda own, parameters, given: own.called(parameters, *given)
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "torch.func", functions)
    found: ModuleType = torch
    return found
