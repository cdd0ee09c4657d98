"""A class with a dict of parameters that was understood, as a part."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.finding import Finding, guess
from gradcheck.homework.understanding.gradients_by_name import gradient_for
from gradcheck.homework.understanding.held_arrays import HeldArrays
from gradcheck.homework.understanding.loss_calls import REGULARISATION, LossCalls
from gradcheck.homework.understanding.slots_by_name import slots_by_name
from gradcheck.homework.unusable_gradient import in_its_place, unusable

__all__ = ["ParamsPart"]


@dataclass(frozen=True)
class ParamsPart:
    """A class that was understood."""

    name: str
    held: HeldArrays
    keys: tuple[Any, ...]
    calls: LossCalls
    batch: MiniBatch
    built_with_strength: bool = False  # of regularisation, which would be 0 otherwise
    # By the keys of gradients that cannot be used: why.
    unusable: Mapping[Any, str] = field(default_factory=dict)

    def part(self) -> Part:
        """The network as a part, its layers in their order."""
        values = self.held.values()
        slots = slots_by_name(self.keys, values)
        return Part(
            name=self.name,
            arrays=tuple(
                NamedArray(str(key), value, slot)
                for key, value, slot in zip(self.keys, values, slots, strict=True)
            ),
            cost=PartCost(self.calls.text, self._cost_at),
            claims_at=self._claims_at,
            backward=self.calls.gradient_name or self.calls.loss_name,
            current=self.held.current,
            batch=self.batch,
            batch_size=self.batch.size,
            findings=self._findings(),
        )

    def _cost_at(self, values: Values) -> Any:
        self.held.place(values)
        return self.calls.loss()

    def _claims_at(self, values: Values) -> list[NamedGradients]:
        self.held.place(values)
        found = copy.deepcopy(self.calls.gradients())
        arrays = [
            in_its_place(value.shape)
            if key in self.unusable
            else np.asarray(gradient_for(key, value.shape, found, self.calls.text), dtype=float)
            for key, value in zip(self.keys, values, strict=True)
        ]
        return [NamedGradients("by the names of the parameters", False, arrays)]

    def _findings(self) -> tuple[Finding, ...]:
        calls = self.calls
        found = [
            guess(
                f"The cost is the class's own {calls.text}; it takes {calls.form.name}. The "
                "gradients should be exactly those of this cost."
            )
        ]
        if calls.has_regularisation or self.built_with_strength:
            found.append(guess(f"The strength of its regularisation was set to {REGULARISATION}."))
        return (*found, *unusable(list(self.unusable.values())))
