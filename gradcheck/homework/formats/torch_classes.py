"""A ``torch.autograd.Function`` with its own backward, or a ``torch.nn.Module`` of such ones."""

from collections.abc import Sequence
from functools import partial

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import Format, NotMine, Recognised, Sureness
from gradcheck.homework.student_code import Caller
from gradcheck.homework.understanding.pytorch.function_part import function_part
from gradcheck.homework.understanding.pytorch.module_part import module_part
from gradcheck.homework.understanding.pytorch.torch_code import (
    expect_torch,
    is_torch_function,
    is_torch_module,
)

__all__ = ["FORMAT"]


def recognise(module: StudentModule, asked: Asked) -> Sequence[Recognised] | NotMine:
    """The modules, and if there is none the functions; any of them by its name."""
    classes = module.classes_named(asked.name)
    functions = {name: kind for name, kind in classes.items() if is_torch_function(kind)}
    modules = {name: kind for name, kind in classes.items() if is_torch_module(kind)}
    found = [
        Recognised(name, Sureness.CERTAIN, partial(_open_function, kind, name))
        for name, kind in functions.items()
    ]
    sureness = Sureness.LIKELY if functions else Sureness.CERTAIN
    found += [
        Recognised(name, sureness, partial(_open_module, kind, name))
        for name, kind in modules.items()
    ]
    return found or NotMine("A class would be needed that derives from torch.autograd.Function")


def _open_function(kind: type, name: str, asked: Asked, caller: Caller) -> Contract:
    expect_torch(kind, "torch.autograd.Function")
    return Contract((function_part(kind, name, asked, caller),))


def _open_module(kind: type, name: str, asked: Asked, caller: Caller) -> Contract:
    expect_torch(kind, "torch.nn.Module")
    return Contract((module_part(kind, name, asked, caller),))


FORMAT = Format("a class of PyTorch", 45, recognise)
