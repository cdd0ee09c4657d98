"""Any code at all, as a file of the user's own reads it: ``--adapter FILE.py``."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract, NamedGradients, Part, PartCost, Values
from gradcheck.homework.finding import guess
from gradcheck.homework.loading.load_adapter import load_adapter
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import Format, NotMine, Recognised, Sureness
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller
from gradcheck.homework.understanding.adapted import Adapted
from gradcheck.homework.understanding.built_by_adapter import adapted_of
from gradcheck.homework.understanding.constructor import USUAL_NETWORK
from gradcheck.homework.unusable_gradient import unusable
from gradcheck.show.numbers import as_typed

__all__ = ["FORMAT"]


def recognise(module: StudentModule, asked: Asked) -> Sequence[Recognised] | NotMine:
    """Whatever is in the file, if there is an adapter."""
    if asked.adapter is None:
        return NotMine("An adapter would be needed")
    if asked.name is not None and asked.name not in module.names:
        return NotMine(f"{asked.name} is not in the file")
    return [Recognised(asked.name or "", Sureness.TOLD, partial(_open, module))]


def _open(module: StudentModule, asked: Asked, caller: Caller) -> Contract:
    assert asked.adapter is not None
    caller = replace(caller, more_files=(asked.adapter,))
    build = load_adapter(asked.adapter, caller)
    sizes = asked.sizes or USUAL_NETWORK
    seed_generators(asked.seed)
    with caller.calling(f"build(module, {sizes})"):
        returned: Any = build(sys.modules[module.module_name], sizes)
    adapted = adapted_of(returned, asked.seed, caller)
    if asked.each_array:
        adapted = adapted.each_array()
    text = f"{asked.adapter.name} says which arrays, cost and gradients belong together"
    text += "." if asked.sizes else f"; build received the sizes {as_typed(sizes)}."
    return Contract((_part(asked.name or module.path.stem, adapted, text),))


def _part(name: str, adapted: Adapted, text: str) -> Part:
    def claims_at(values: Values) -> list[NamedGradients]:
        return [NamedGradients("as the adapter packs them", False, adapted.gradients_at(values))]

    return Part(
        name=name,
        arrays=adapted.arrays,
        cost=PartCost("cost of the adapter", adapted.cost_at),
        claims_at=claims_at,
        backward="gradients of the adapter",
        batch_size=adapted.batch_size,
        findings=(guess(text), *unusable(list(adapted.unusable.values()))),
    )


FORMAT = Format("whatever an adapter reads", 90, recognise)
