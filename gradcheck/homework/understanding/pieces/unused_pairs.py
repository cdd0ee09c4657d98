"""The pairs of functions of a file that its network does not use, or uses with other settings."""

from collections.abc import Iterator
from contextlib import suppress
from types import CodeType

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Part
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.members import all_arguments
from gradcheck.homework.understanding.pairs.choice import chosen_reading
from gradcheck.homework.understanding.pairs.findings import findings_of
from gradcheck.homework.understanding.pairs.forms import kind_of
from gradcheck.homework.understanding.pairs.function_names import NamedPair, named_pairs
from gradcheck.homework.understanding.pieces.used_code import code_of

__all__ = ["unused_pairs"]

# Arguments that hold a stride, a padding or the size of a window.
SETTINGS = frozenset({"conv_param", "pool_param", "hparameters", "stride", "pad", "padding"})


def unused_pairs(
    module: StudentModule, used: frozenset[CodeType], asked: Asked, caller: Caller
) -> Iterator[tuple[Part, list[bool]]]:
    """Each pair of a known kind whose backward the network does not call, or that has settings.

    What cannot be read is not there, and losses are not there.

    Args:
        module: the file.
        used: what the network calls.
        asked: a seed.
        caller: guards the calls.

    Yields:
        A part, and of each of its arrays whether it is an input.

    """
    for pair in named_pairs(module.functions, module.names):
        if pair.backward is None or not kind_of(pair).is_known or not _counts(pair, used):
            continue
        with suppress(StudentError):
            read = chosen_reading(pair, {}, asked.seed, caller).read
            if read.arriving[0].ndim:
                name = f"{pair.forward_name} with {pair.backward_name}"
                yield read.part(name, findings_of(read)), read.inputs


def _counts(pair: NamedPair, used: frozenset[CodeType]) -> bool:
    is_used = code_of(pair.backward) in used
    return not is_used or bool(SETTINGS & set(all_arguments(pair.forward)))
