"""A student's forward and backward, called as ``check_backward`` calls any two functions."""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from gradcheck.homework.argument_names import is_auxiliary, is_average
from gradcheck.homework.known_operations.forward_call import ForwardCall
from gradcheck.homework.seeded import same_numbers
from gradcheck.homework.understanding.pairs.argument_roles import arguments_of
from gradcheck.homework.understanding.pairs.backward_arguments import Binding, Returned
from gradcheck.homework.understanding.pairs.function_names import NamedPair
from gradcheck.homework.understanding.pairs.gradient_places import Places
from gradcheck.verdicts.functions.inputs import FunctionInputs
from gradcheck.verdicts.functions.pair import FunctionPair
from nets.arrays import HostArray

__all__ = ["PairCalls", "Saved"]


@dataclass(frozen=True, eq=False)
class Saved:
    """What a call of forward leaves for backward.

    Attributes:
        given: what forward was called with, by name.
        returned: what it returned.

    """

    given: Mapping[str, Any]
    returned: list[Any]


@dataclass(frozen=True)
class PairCalls:
    """How two functions of a student's are called.

    Attributes:
        pair: the functions.
        given: the values that forward is called with, by name; those in dicts by their keys.
        packs: the keys of each argument that is a dict of arrays, by the argument's name.
        binding: what backward is called with; None where forward returns its own gradients.
        seed: of Python's and NumPy's generators before each call of forward.

    """

    pair: NamedPair
    given: Mapping[str, Any]
    packs: Mapping[str, tuple[str, ...]]
    binding: Binding | None
    seed: int

    @classmethod
    def of(
        cls, pair: NamedPair, arguments: Mapping[str, Any], binding: Binding | None, seed: int
    ) -> "PairCalls":
        """The calls with these arguments of forward, some of which may be dicts of arrays."""
        given: dict[str, Any] = {}
        packs: dict[str, tuple[str, ...]] = {}
        for name, value in arguments.items():
            if _is_pack(value):
                packs[name] = tuple(value)
                given |= value
            else:
                given[name] = value
        return cls(pair, given, packs, binding, seed)

    @property
    def arrays(self) -> dict[str, HostArray]:
        """The arguments that have a gradient: arrays of real numbers, of any shapes.

        Running averages have none.
        """
        return {
            name: value
            for name, value in self.given.items()
            if isinstance(value, np.ndarray) and value.dtype.kind == "f" and not is_auxiliary(name)
        }

    def forward(self, given: Mapping[str, Any]) -> Saved:
        """Call forward."""
        packed = {key for keys in self.packs.values() for key in keys}
        arguments = {name: value for name, value in given.items() if name not in packed}
        for name, keys in self.packs.items():
            arguments[name] = {key: given[key] for key in keys}
        with np.errstate(all="ignore"), same_numbers(self.pair.forward, self.seed):
            result = self.pair.forward(**arguments)
        return Saved(arguments, Returned.of(result, []).values)

    def forward_call(self) -> ForwardCall | None:
        """A call of forward, as it is compared with what its name says.

        None where it takes or returns something that is not compared.
        """
        saved = self.forward(copy.deepcopy(dict(self.given)))
        arrays = {
            name: value for name, value in self.given.items() if isinstance(value, np.ndarray)
        }
        output = np.array(self.outputs(saved)[0])
        kinds = [each.dtype.kind for each in (output, *arrays.values())]
        if self.packs or set(kinds) - {"f", "i"}:
            return None
        return ForwardCall(
            self.pair.forward_name,
            self.pair.stem,
            {name: value.astype(_dtype_of(value)) for name, value in arrays.items()},
            self._settings(),
            output.astype(np.float64),
        )

    def _settings(self) -> dict[str, Any]:
        """The numbers, words and truth values that forward is called with, by name."""
        found = {each.name: each.default for each in arguments_of(self.pair.forward)} | dict(
            self.given
        )
        for value in list(found.values()):
            if isinstance(value, Mapping):
                found |= value
        return {
            str(name): value
            for name, value in found.items()
            if isinstance(value, bool | int | float | str)
        }

    def outputs(self, saved: Saved) -> list[Any]:
        """The outputs that gradients arrive at."""
        positions = (0,) if self.binding is None else self.binding.outputs
        return [np.asarray(saved.returned[position]) for position in positions]

    def backward(self, arriving: Sequence[Any], saved: Saved) -> Any:
        """Call backward; give what it returned.

        Args:
            arriving: a gradient for each output, in its shape.
            saved: by the call of forward.

        """
        if self.binding is None or self.pair.backward is None:
            own = saved.returned[1:]
            return own[0] if len(own) == 1 else own
        arguments = self.binding.arguments(arriving, saved.given, saved.returned)
        with np.errstate(all="ignore"):
            return self.pair.backward(*arguments)

    def function_pair(self, places: Places) -> FunctionPair:
        """The two functions with the same signatures as all others have.

        Args:
            places: where the gradients are; only their arrays are checked.

        """
        names = list(self.given)
        checked = [position for position, name in enumerate(names) if name in places.keys]
        inputs = FunctionInputs(names, list(self.given.values()), checked, by_name=False)
        return FunctionPair(
            partial(_forward, self, names), _backward_of(self, places, names), inputs, True
        )


def _dtype_of(array: HostArray) -> type:
    return np.int64 if array.dtype.kind == "i" else np.float64


def _is_pack(value: Any) -> bool:
    """Whether a value is a dict of parameters; it may hold settings too."""
    return isinstance(value, dict) and any(
        isinstance(each, np.ndarray) and not is_average(key) for key, each in value.items()
    )


def _forward(calls: PairCalls, names: Sequence[str], *values: Any) -> tuple[Any, ...]:
    # A dict of settings may be written to, as batch norm does with its running averages.
    own = [each if isinstance(each, np.ndarray) else copy.deepcopy(each) for each in values]
    saved = calls.forward(dict(zip(names, own, strict=True)))
    return *calls.outputs(saved), saved


def _backward_of(
    calls: PairCalls, places: Places, names: Sequence[str]
) -> Callable[..., list[HostArray]]:
    def backward(*arguments: Any) -> list[HostArray]:
        *arriving, saved = arguments
        result = calls.backward(arriving, saved)
        if calls.binding is None or calls.binding.is_derivative:
            # The gradient belongs to an arriving gradient of 1, or of 1 for each entry.
            found = places.taken(result)
            return [arriving[0] * found[name] for name in names if name in found]
        found = places.taken(result)
        return [found[name] for name in names if name in found]

    return backward
