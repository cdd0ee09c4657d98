"""Which cost a student's gradients belong to: the class's own, or the book's quadratic one."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradcheck.homework.forms import (
    FORMS,
    WHOLE,
    Form,
    called_by_example,
    output_of,
    required_arguments,
)
from gradcheck.homework.parameters import GUESS, ODDITY, Finding
from gradcheck.homework.source import Caller, StudentError
from nets.arrays import HostArray

__all__ = ["COSTS_OF_OUTPUT", "Examples", "StudentCost", "cost_of"]

FORWARD_NAMES = ("feedforward", "feed_forward", "forward", "forward_pass", "predict")
COST_NAMES = ("cost", "loss", "cost_function", "loss_function", "compute_cost", "compute_loss")
# First arguments that mean the inputs, where a cost could be meant to take the output instead.
INPUT_NAMES = ("x", "xs", "inputs", "data", "features")
# First arguments that mean the targets, so that the output comes second; y may mean either, so
# there the second one must mean the output.
TARGET_NAMES = ("y_true", "ytrue", "target", "targets", "label", "labels", "expected", "desired")
OUTPUT_NAMES = (
    *("a", "al", "y_hat", "yhat", "y_pred", "ypred", "pred", "prediction", "predictions"),
    *("predicted", "out", "output", "outputs", "activation", "activations", "probs"),
)


@dataclass(frozen=True)
class Examples:
    """A mini-batch: inputs (n_input, batch) and targets (n_output, batch), a column an example."""

    inputs: HostArray
    targets: HostArray

    @property
    def batch(self) -> int:
        """How many examples there are."""
        return int(self.inputs.shape[1])


@dataclass(frozen=True)
class OutputCost:
    """A cost of the output a, which contains no activation: a formula, and costs (batch,)."""

    formula: str
    per_example: Callable[[HostArray, HostArray], HostArray]


def _quadratic(a: HostArray, y: HostArray) -> HostArray:
    return np.asarray(np.sum((a - y) ** 2, axis=0) / 2)


def _times_log(weight: HostArray, a: HostArray) -> HostArray:
    """Weight times ln a; 0 where the weight is, whatever a is."""
    return np.where(weight == 0.0, 0.0, weight * np.log(np.where(weight == 0.0, 1.0, a)))


def _cross_entropy(a: HostArray, y: HostArray) -> HostArray:
    return np.asarray(-np.sum(_times_log(y, a) + _times_log(1 - y, 1 - a), axis=0))


def _log_likelihood(a: HostArray, y: HostArray) -> HostArray:
    return np.asarray(-np.sum(_times_log(y, a), axis=0))


# By what --cost calls them; the student's own last layer applies the activation.
COSTS_OF_OUTPUT = {
    "quadratic": OutputCost("sum (a - y)^2 / 2", _quadratic),
    "fused-sigmoid-cross-entropy": OutputCost(
        "cross-entropy, -sum (y ln a + (1 - y) ln(1 - a))", _cross_entropy
    ),
    "fused-softmax-cross-entropy": OutputCost("log-likelihood, -sum y ln a", _log_likelihood),
}
# What a class that names its cost by a string may mean; the first that is in it counts.
MEANINGS = {
    "likelihood": "fused-softmax-cross-entropy",
    "nll": "fused-softmax-cross-entropy",
    "softmax": "fused-softmax-cross-entropy",
    "categorical": "fused-softmax-cross-entropy",
    "cross": "fused-sigmoid-cross-entropy",
    "bce": "fused-sigmoid-cross-entropy",
    "quad": "quadratic",
    "mse": "quadratic",
    "square": "quadratic",
}


@dataclass(frozen=True)
class StudentCost:
    """C of the mini-batch with the parameters that the student's object holds.

    Attributes:
        name: a name in ``COSTS_OF_OUTPUT``, or what it is in the student's class.
        evaluate: gives the number.
        passes: forward passes that one cost takes, of an example or of the mini-batch.
        guessed: whether nothing in the class said for certain which cost it is.
        averaged: whether it is the mean of what the examples cost.

    """

    name: str
    evaluate: Callable[[], Any]
    passes: int
    guessed: bool = False
    averaged: bool = True


def cost_of(
    network: Any,
    examples: Examples,
    wanted: str | None,
    form: Form,
    caller: Caller,
    findings: list[Finding],
) -> StudentCost:
    """Find the cost of a student's network, and say in the findings what was taken for it.

    Args:
        network: the student's object.
        examples: the mini-batch.
        wanted: a name in ``COSTS_OF_OUTPUT`` that overrides what the class says, or None.
        form: how backprop takes its examples; a cost that takes inputs is called so first.
        caller: guards the calls.
        findings: where guesses are noted.

    Raises:
        StudentError: there is neither a forward pass nor a cost.

    """
    if wanted is not None:
        return _of_output(network, examples, wanted, caller, findings, "as --cost says")
    for name in COST_NAMES:
        own = getattr(network, name, None)
        if own is None:
            continue
        if isinstance(own, str):
            for part, meaning in MEANINGS.items():
                if part in own.lower():
                    why = f"as {name} = {own!r} says"
                    return _of_output(
                        network, examples, meaning, caller, findings, why, guessed=True
                    )
        elif hasattr(own, "fn"):
            return _by_fn(network, examples, own, name, caller, findings)
        elif callable(own):
            return _by_method(network, examples, own, name, form, caller, findings)
        findings.append(
            Finding(
                ODDITY, f"{name} is a {type(own).__name__} {own!r:.40}, no cost function: unused."
            )
        )
    why = (
        "since there is cost_derivative and no cost"
        if callable(getattr(network, "cost_derivative", None))
        else "since the class names none"
    )
    return _of_output(network, examples, "quadratic", caller, findings, why, guessed=True)


def _forward(
    network: Any, examples: Examples, caller: Caller, findings: list[Finding]
) -> tuple[Form, Callable[[], HostArray]]:
    kind = type(network).__name__
    names = [name for name in FORWARD_NAMES if callable(getattr(network, name, None))]
    if not names:
        raise StudentError(
            f"{kind} has no method feedforward; wanted is feedforward(x), the output for x, or "
            "cost(x, y)"
        )
    n_output = examples.targets.shape[0]
    errors: list[StudentError] = []
    for name in names:
        try:
            form, output = output_of(
                getattr(network, name), name, examples.inputs, n_output, caller
            )
        except StudentError as error:
            # It may return all activations, say, and another method the output alone.
            errors.append(error)
            continue
        findings.append(Finding(GUESS, f"The output is {name}(x); it takes {form.name}."))
        return form, output
    raise errors[0]


def _targets_first(function: Callable[..., Any]) -> bool:
    """Whether a cost of output and targets takes them in this order: (y_true, y_pred)."""
    names = [name.lower() for name in required_arguments(function) or ()]
    if len(names) != 2:
        return False
    return names[0] in TARGET_NAMES or (names[0] == "y" and names[1] in OUTPUT_NAMES)


def _of_output(
    network: Any,
    examples: Examples,
    name: str,
    caller: Caller,
    findings: list[Finding],
    why: str,
    *,
    guessed: bool = False,
) -> StudentCost:
    cost = COSTS_OF_OUTPUT[name]
    form, output = _forward(network, examples, caller, findings)
    findings.append(
        Finding(GUESS, f"The cost is {cost.formula}, the mean over the mini-batch, {why}.")
    )
    return StudentCost(
        name,
        lambda: np.sum(cost.per_example(output(), examples.targets)) / examples.batch,
        1 if form.whole else examples.batch,
        guessed,
    )


def _by_fn(
    network: Any,
    examples: Examples,
    own: Any,
    name: str,
    caller: Caller,
    findings: list[Finding],
) -> StudentCost:
    """The book's second program: an object or class with ``fn(a, y)``, called for each example."""
    called = own.__name__ if isinstance(own, type) else type(own).__name__
    form, output = _forward(network, examples, caller, findings)

    def evaluate(own: Any) -> Any:
        costs = []
        one_form = FORMS[1] if form is WHOLE else form
        matrix = output()
        for example in range(examples.batch):
            one = slice(example, example + 1)
            (a,) = one_form.pieces(matrix[:, one])
            (y,) = one_form.pieces(examples.targets[:, one])
            with caller.calling(f"{called}.fn(a, y)", quietly=True):
                costs.append(own.fn(a, y))
        return sum(_number(cost, f"{called}.fn(a, y)") for cost in costs) / examples.batch

    try:
        evaluate(own)
    except StudentError:
        if not isinstance(own, type):
            raise
        with caller.calling(f"{called}()"):
            own = own()  # fn is an ordinary method of it
        evaluate(own)
    findings.append(
        Finding(GUESS, f"The cost is {name}.fn(a, y) of {called}, the mean over the mini-batch.")
    )
    chosen = own
    passes = 1 if form.whole else examples.batch
    return StudentCost(f"{called}.fn", lambda: evaluate(chosen), passes)


def _by_method(
    network: Any,
    examples: Examples,
    own: Callable[..., Any],
    name: str,
    form: Form,
    caller: Caller,
    findings: list[Finding],
) -> StudentCost:
    """A method that takes inputs and targets, or output and targets: whichever works."""
    first = next(iter(required_arguments(own) or ()), "")
    of_a, shown = own, f"{name}(a, y)"
    if _targets_first(own):
        of_a, shown = (lambda a, y: own(y, a)), f"{name}(y, a)"
    forms = (form, *(other for other in FORMS if other is not form))
    of_inputs = [(True, each) for each in forms]
    of_output = [(False, each) for each in forms]
    ways = of_inputs + of_output if first.lower() in INPUT_NAMES else of_output + of_inputs
    errors: list[StudentError] = []
    for takes_inputs, taken in ways:
        noted: list[Finding] = []
        try:
            method = _Method(own, f"{name}(x, y)", taken)
            if not takes_inputs:
                method = _Method(of_a, shown, taken)
            passes = 1 if taken.whole else examples.batch
            output: Callable[[], HostArray] = lambda: examples.inputs  # noqa: E731
            if not takes_inputs:
                forward, output = _forward(network, examples, caller, noted)
                passes = 1 if forward.whole else examples.batch
            scale, averaged, how = method.scale(output(), examples.targets, caller)
        except StudentError as error:
            errors.append(error)
            continue
        findings += noted
        findings.append(Finding(GUESS, f"The cost is the class's own {method.name}; {how}."))
        cost = _method_cost(method, output, examples, scale, passes, caller)
        return replace(cost, averaged=averaged)
    raise StudentError(f"{errors[0].line}; --cost names another cost", errors[0].traceback)


@dataclass(frozen=True)
class _Method:
    """A student's own cost, and the form in which it takes its first argument and the targets."""

    own: Callable[..., Any]
    name: str
    form: Form

    def mean(self, first: HostArray, targets: HostArray, caller: Caller) -> Any:
        """The mean of what it returns for each call that the form makes."""
        returned = called_by_example(
            self.own, self.name, self.form, first, targets, caller, quietly=True
        )
        return sum(_number(cost, self.name) for cost in returned) / len(returned)

    def scale(
        self, first: HostArray, targets: HostArray, caller: Caller
    ) -> tuple[float, bool, str]:
        """What to multiply with, whether that gives the mean over the mini-batch, and words."""
        value = abs(self.mean(first, targets, caller))
        taken = f"it takes {self.form.name}"
        batch = targets.shape[1]
        if not self.form.whole:
            return 1.0, True, f"{taken}, and the mean over the mini-batch is taken"
        if batch == 1:
            return 1.0, True, taken
        total = 0.0
        try:
            for example in range(batch):
                one = slice(example, example + 1)
                total += abs(self.mean(first[:, one], targets[:, one], caller))
        except StudentError:
            return 1.0, False, f"{taken}, and is taken as it is"
        if math.isclose(value, total, rel_tol=1e-9):
            return 1 / batch, True, f"{taken}, and adds them up: divided by their number"
        if math.isclose(value, total / batch, rel_tol=1e-9):
            return 1.0, True, f"{taken}, and is the mean over them"
        return 1.0, False, f"{taken}, is neither their sum nor their mean, and is taken as it is"


def _method_cost(
    method: _Method,
    output: Callable[[], HostArray],
    examples: Examples,
    scale: float,
    passes: int,
    caller: Caller,
) -> StudentCost:
    return StudentCost(
        method.name, lambda: scale * method.mean(output(), examples.targets, caller), passes
    )


def _number(cost: Any, what: str) -> Any:
    """One number, whatever it was wrapped in; the mean of a cost for each example."""
    if isinstance(cost, bool) or cost is None:
        raise StudentError(f"{what} returned {cost}; wanted is one number")
    array = np.asarray(cost)
    if array.dtype.kind not in "fciu" or array.size == 0:
        raise StudentError(f"{what} returned a {type(cost).__name__}; wanted is one number")
    if array.size > 1:
        raise StudentError(f"{what} returned shape {tuple(array.shape)}; wanted is one number")
    return array.reshape(()).astype(complex if array.dtype.kind == "c" else float)[()]
