"""What other checkers say: their rules in our own words, and they themselves where installed.

- PyTorch's ``gradcheck``: central differences, eps 1e-6, |a - n| <= 1e-5 + 1e-3 |n| everywhere.
- JAX's ``check_grads``: central differences, eps 1e-4, along one direction drawn from N(0, 1),
  |a - n| <= 1e-5 + 1e-5 |n|.
- SciPy's ``check_grad``: forward differences, eps 1.5e-8. It returns the length of a - n and leaves
  the judgement to the user, who is taken to ask for 1e-6, or for 1e-6 of the length of n.
"""

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.random import Generator

from tests.benchmarks.foreign_functions.problems import Array, Problem

PYTORCH, JAX, SCIPY = "PyTorch's rule", "JAX's rule", "SciPy's rule"

__all__ = ["Rules", "names"]


def names() -> list[str]:
    """The rules, and the checkers that are installed."""
    return [PYTORCH, JAX, SCIPY, *_installed()]


def flat(arrays: Sequence[Array]) -> Array:
    return np.concatenate([np.ravel(array) for array in arrays])


@dataclass(frozen=True)
class Line:
    """A cost of one long vector."""

    problem: Problem

    def __call__(self, vector: Array) -> float:
        """The cost; NaN where it cannot be computed, such as with a singular matrix."""
        try:
            return float(self.problem.cost(self.split(np.asarray(vector, float))))
        except np.linalg.LinAlgError:
            return np.nan

    def split(self, vector: Array) -> list[Array]:
        """The arrays that the vector is made of."""
        parts, start = [], 0
        for array in self.problem.parameters:
            parts.append(vector[start : start + array.size].reshape(array.shape))
            start += array.size
        return parts


class Rules:
    """The measurements of the other rules on one problem, each made once."""

    def __init__(self, problem: Problem, draw: Generator) -> None:
        """Measure.

        Args:
            problem: the cost and the point.
            draw: gives the direction of JAX's rule.

        """
        self.cost = Line(problem)
        self.point = flat(problem.parameters)
        here, unit = self.cost(self.point), np.eye(self.point.size)
        with np.errstate(all="ignore"):
            self.central = np.array([self._between(1e-6 * row) / 2e-6 for row in unit])
            ahead = np.array([self.cost(self.point + 1.4901161e-8 * row) for row in unit])
            self.forward = (ahead - here) / 1.4901161e-8
            self.direction = draw.standard_normal(self.point.size)
            self.slope = self._between(1e-4 * self.direction) / 2e-4

    def _between(self, step: Array) -> float:
        return self.cost(self.point + step) - self.cost(self.point - step)

    def accepting(self, claims: Sequence[Array]) -> tuple[str, ...]:
        """The rules that accept these claims."""
        claim = flat(claims)
        with np.errstate(all="ignore"):
            along = float(claim @ self.direction)
            whole = max(1.0, float(np.linalg.norm(self.forward)))
            said = {
                PYTORCH: bool(
                    np.all(np.abs(claim - self.central) <= 1e-5 + 1e-3 * np.abs(self.central))
                ),
                JAX: abs(along - self.slope) <= 1e-5 + 1e-5 * abs(self.slope),
                SCIPY: float(np.linalg.norm(claim - self.forward)) <= 1e-6 * whole,
            }
        for name, checker in _installed().items():
            said[name] = checker(self.cost, self.point, claim)
        return tuple(name for name, accepted in said.items() if accepted)


# The checkers themselves.


Checker = Callable[[Line, Array, Array], bool]


def _installed() -> dict[str, Checker]:
    """Those that can be imported."""
    checkers = {"torch": _torch, "jax": _jax, "scipy": _scipy}
    return {
        f"{module} itself": partial(_accepts, checker)
        for module, checker in checkers.items()
        if importlib.util.find_spec(module) is not None
    }


def _accepts(checker: Checker, cost: Line, point: Array, claim: Array) -> bool:
    """Its judgement; an exception is a refusal."""
    try:
        return checker(cost, point, claim)
    except Exception:
        return False


def _scipy(cost: Line, point: Array, claim: Array) -> bool:
    optimize = importlib.import_module("scipy.optimize")
    off = float(optimize.check_grad(cost, lambda _: claim, point))
    return off <= 1e-6 * max(1.0, float(np.linalg.norm(claim)))


def _torch(cost: Line, point: Array, claim: Array) -> bool:
    torch: Any = importlib.import_module("torch")

    def forward(context: Any, vector: Any) -> Any:
        return torch.tensor(cost(vector.detach().numpy()), dtype=torch.float64)

    def backward(context: Any, incoming: Any) -> Any:
        return incoming * torch.tensor(claim, dtype=torch.float64)

    methods = {"forward": staticmethod(forward), "backward": staticmethod(backward)}
    function: Any = type("Claimed", (torch.autograd.Function,), methods)
    start = torch.tensor(point, dtype=torch.float64, requires_grad=True)
    return bool(torch.autograd.gradcheck(function.apply, (start,), raise_exception=False))


def _jax(cost: Line, point: Array, claim: Array) -> bool:
    importlib.import_module("jax").config.update("jax_enable_x64", True)
    testing = importlib.import_module("jax.test_util")

    def forward(vector: Any) -> Any:
        return np.float64(cost(np.asarray(vector)))

    def backward(vector: Any) -> Any:
        return forward(vector), lambda incoming: (np.asarray(incoming) * claim,)

    testing.check_vjp(forward, backward, (point,), atol=1e-5, rtol=1e-5, eps=1e-4)
    return True
