"""The output of code: which function gives it, and where it is in what the function returns."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.by_trying.handover import Handover
from gradcheck.homework.understanding.by_trying.leaves import arrays_of
from gradcheck.homework.understanding.by_trying.pool import Pool, roles_in
from gradcheck.homework.understanding.by_trying.returned_names import returned_names
from gradcheck.homework.understanding.student_words import in_english
from nets.arrays import HostArray

__all__ = ["Forward", "Passed", "forwards"]

FORWARD = re.compile(
    r".*(forward|feed|propagat|predict|output|fprop|query|^run|score|think|infer|^call|logit"
    r"|activat|compute_?y|hypothesis).*|f|net|nn|__call__",
    re.IGNORECASE,
)
NOT_FORWARD = re.compile(
    r".*(back|bprop|train|fit|loss|cost|accura|error|grad|prime|deriv|update|plot|test|label|class"
    r"|sigmoid|relu|softmax|linear_|evaluate|d_?activat).*",
    re.IGNORECASE,
)
NUMBER_KINDS = "fc"  # NumPy's letters for real and complex numbers; class numbers are no output
# The names of an output among the attributes that a forward pass leaves behind.
OUTPUT_NAME = re.compile(r".*(out|pred|hat|prob|scores?|^a\d*|^o$|^y).*", re.IGNORECASE)


# The names of the output of the first of several layers.
OF_FIRST_LAYER = re.compile(r"[a-z]+_?1", re.IGNORECASE)


@dataclass(frozen=True)
class Passed:
    """One forward pass.

    Attributes:
        output: (n_output, examples).
        given: what functions after it can be given.

    """

    output: HostArray
    given: Pool


@dataclass(frozen=True)
class Forward:
    """A function that gives the output.

    Attributes:
        name: of it.
        n_output: neurons in the output layer.

    """

    name: str
    n_output: int

    def passed(self, code: Code, x: Any, y: Any, examples: int, *, quietly: bool = True) -> Passed:
        """Do a forward pass of some examples.

        Raises:
            StudentError: it raised something, or there is no output in what it returned.

        """
        given = code.pool.with_roles({Role.INPUTS: x, Role.TARGETS: y, Role.COUNT: examples})
        asked = roles_in(code.function(self.name), given.by_name)
        roles = {role for role, _ in asked.values()}
        first = given if Role.INPUTS in roles else _as_inputs(given, x)
        returned = code.called(self.name, first, quietly=quietly)  # feedforward(a) takes inputs
        names = returned_names(code.function(self.name)) if isinstance(returned, tuple) else []
        found = _output_in(returned, code, self.n_output, examples, names)
        if found is None:
            raise StudentError(
                f"{self.name} gives no output of {self.n_output} neurons for {examples} examples"
            )
        matrix, own = found
        cache = _cache_in(returned)
        named = dict(cache) if isinstance(cache, dict) else {}
        if isinstance(returned, tuple):
            named |= dict(zip(names, returned, strict=len(names) == len(returned)))
        given = Pool(given.by_role, {**given.by_name, **named})
        return Passed(matrix, given.with_roles({Role.OUTPUT: own, Role.CACHE: cache}))

    def outputs(self, code: Code, way: Handover, batch: MiniBatch) -> HostArray:
        """The outputs (n_output, batch) of a mini-batch."""
        pieces = way.pieces(batch)
        each = [self.passed(code, x, y, batch.size if way.whole else 1).output for x, y in pieces]
        return np.concatenate(each, axis=1)


def _as_inputs(given: Pool, x: Any) -> Pool:
    """The inputs under the roles that they have as ``predict(examples)`` and ``feedforward(a)``."""
    return given.with_roles({Role.OUTPUT: x, Role.EXAMPLES: x})


def forwards(code: Code, n_output: int) -> list[Forward]:
    """The functions that may be the forward pass, by their names."""
    found = []
    for name in code.names:
        plain = in_english(name)
        if not FORWARD.fullmatch(plain) or NOT_FORWARD.fullmatch(plain):
            continue
        roles = [role for role, needed in roles_in(code.function(name)).values() if needed]
        if Role.ARRIVING not in roles:
            found.append(Forward(name, n_output))
    return sorted(found, key=lambda each: ("predict" in each.name.lower(), each.name[:1] == "_"))


def _output_in(
    returned: Any, code: Code, n_output: int, examples: int, names: list[str]
) -> tuple[HostArray, Any] | None:
    """The output as columns, and as the student's code has it; None if there is none."""
    if returned is None:
        held = [
            value
            for path, value in arrays_of(code.root).items()
            if OUTPUT_NAME.match(in_english(path.last))
        ]
    else:
        held = _numbers_in(returned)
    fitting = [
        (matrix, each)
        for each in held
        if (matrix := _as_columns(each, n_output, examples)) is not None
    ]
    if not fitting:
        return _of_steps(returned, n_output, examples) if examples > 1 else None
    # In (output, cache) it is the first; in a list of all activations, or in (Z1, A1, ...), the
    # last.
    is_first = isinstance(returned, tuple) and fitting[0][1] is returned[0]
    if is_first and len(fitting) > 1 and OF_FIRST_LAYER.fullmatch((names or [""])[0]):
        is_first = False
    return fitting[0] if is_first else fitting[-1]


def _of_steps(returned: Any, n_output: int, steps: int) -> tuple[HostArray, Any] | None:
    """The outputs of a recurrent network: one for each step, in a list or by number in a dict."""
    for each in reversed(returned if isinstance(returned, tuple) else (returned,)):
        if not isinstance(each, dict | list) or len(each) < steps:
            continue
        try:
            columns = [np.asarray(each[step]).reshape(n_output, 1) for step in range(steps)]
        except (KeyError, TypeError, ValueError):
            continue
        if all(column.dtype.kind in NUMBER_KINDS for column in columns):
            return np.concatenate(columns, axis=1), each
    return None


def _numbers_in(value: Any) -> list[Any]:
    """The arrays in what a function returned, in their order."""
    if isinstance(value, np.ndarray | np.generic | float):
        return [value]
    if isinstance(value, dict):
        return [array for item in value.values() for array in _numbers_in(item)]
    if isinstance(value, list | tuple):
        if value and all(isinstance(item, float) for item in value):
            return [np.array(value)]
        return [array for item in value for array in _numbers_in(item)]
    return []


def _as_columns(value: Any, n_output: int, examples: int) -> HostArray | None:
    array = np.asarray(value)
    if array.dtype.kind not in NUMBER_KINDS or array.size != n_output * examples:
        return None
    if array.shape == (n_output, examples):
        return array
    if array.shape == (examples, n_output):
        return array.T
    if array.ndim <= 1 and 1 in (n_output, examples):
        return array.reshape(n_output, examples)
    return None


def _cache_in(returned: Any) -> Any:
    """What a forward pass returns for the backward pass, besides the output."""
    if isinstance(returned, tuple) and len(returned) >= 2:
        return returned[1] if len(returned) == 2 else returned[1:]
    return returned if isinstance(returned, dict | list | tuple) else None
