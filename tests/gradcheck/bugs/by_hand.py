"""Backprop written out once more, one example at a time, with each mistake of the zoo in it.

It shares no arithmetic with ``nets`` or ``gradcheck.bugs.mistakes``: plain formulas, a loop over
the examples, and the wrong line in the place of one step. Layers are counted from 1. Activations
are too: those of layer 0 are the inputs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from nets.arrays import HostArray
from nets.layers import LayerGradients
from nets.network import Network

__all__ = ["WRONG", "Run", "gradients_by_hand"]


def sigmoid(z: HostArray) -> HostArray:
    return 1.0 / (1.0 + np.exp(-z))


VALUE: dict[str, Callable[[HostArray], HostArray]] = {
    "identity": lambda z: z,
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "relu": lambda z: np.where(z > 0.0, z, 0.0),
}
SLOPE: dict[str, Callable[[HostArray], HostArray]] = {
    "identity": lambda z: 0.0 * z + 1.0,
    "sigmoid": lambda z: sigmoid(z) * (1.0 - sigmoid(z)),
    "tanh": lambda z: 1.0 - np.tanh(z) ** 2,
    "relu": lambda z: np.where(z > 0.0, 1.0, 0.0),
}


@dataclass(frozen=True)
class Run:
    """The forward pass of a mini-batch, and that of the mini-batch before, if there was one."""

    weights: dict[int, HostArray]
    functions: dict[int, str]
    cost: str
    targets: HostArray
    z: dict[int, HostArray]
    activations: dict[int, HostArray]
    before: "Run | None" = None

    @classmethod
    def of(cls, network: Network, batch: MiniBatch, previous: MiniBatch | None = None) -> "Run":
        weights = {n: layer.weights for n, layer in enumerate(network.layers, start=1)}
        functions = {n: layer.activation.name for n, layer in enumerate(network.layers, start=1)}
        z: dict[int, HostArray] = {}
        activations = {0: batch.inputs}
        for n, layer in enumerate(network.layers, start=1):
            z[n] = np.stack(
                [layer.weights.dot(x) + layer.biases[:, 0] for x in activations[n - 1].T], axis=1
            )
            activations[n] = VALUE[functions[n]](z[n])
        before = None if previous is None else cls.of(network, previous)
        cost = network.cost_function.name
        return cls(weights, functions, cost, batch.targets, z, activations, before)

    @property
    def last(self) -> int:
        return len(self.weights)

    @property
    def m(self) -> int:
        return len(self.targets.T)

    @property
    def predicted(self) -> HostArray:
        """The output; for a fused cost, after the function that the cost contains."""
        output = self.activations[self.last]
        if self.cost == "fused-sigmoid-cross-entropy":
            return sigmoid(output)
        if self.cost == "fused-softmax-cross-entropy":
            return np.stack([np.exp(z) / np.sum(np.exp(z)) for z in output.T], axis=1)
        return output

    def slope(self, n: int) -> HostArray:
        return SLOPE[self.functions[n]](self.z[n])


# The right steps.


def wrt_output(run: Run) -> HostArray:
    """The same for each of these costs, if the targets under softmax sum to 1."""
    columns = [p - y for p, y in zip(run.predicted.T, run.targets.T, strict=True)]
    return np.stack(columns, axis=1) / run.m


def wrt_z(run: Run, n: int, downstream: HostArray) -> HostArray:
    return np.stack([d * s for d, s in zip(downstream.T, run.slope(n).T, strict=True)], axis=1)


def wrt_weights(run: Run, n: int, delta: HostArray) -> HostArray:
    return summed_products(delta, run.activations[n - 1])


def summed_products(delta: HostArray, activations: HostArray) -> HostArray:
    total = np.zeros((delta.shape[0], activations.shape[0]))
    for example in range(delta.shape[1]):
        total += np.outer(delta[:, example], activations[:, example])
    return total


def wrt_biases(run: Run, n: int, delta: HostArray) -> HostArray:
    total = np.zeros((delta.shape[0], 1))
    for example in range(delta.shape[1]):
        total[:, 0] += delta[:, example]
    return total


def wrt_upstream(run: Run, n: int, delta: HostArray) -> HostArray:
    return sent_back(run.weights[n], delta)


def sent_back(weights: HostArray, delta: HostArray) -> HostArray:
    """Sum over j of w_jk delta_j, for each k and each example."""
    back = np.zeros((weights.shape[1], delta.shape[1]))
    for j, k in product(*map(range, weights.shape)):
        back[k] += weights[j, k] * delta[j]
    return back


# The wrong ones.


def without_last_example(run: Run) -> HostArray:
    wrong = wrt_output(run)
    wrong[:, -1] = 0.0
    return wrong


def with_the_targets_before(run: Run) -> HostArray:
    wrong = np.empty_like(run.predicted)
    for example in range(run.m):
        wrong[:, example] = (run.predicted[:, example] - run.targets[:, example - 1]) / run.m
    return wrong


def through_softmax_s_diagonal(run: Run) -> HostArray:
    # C = -sum(y ln p), so dC/dp = -y / p; and dp_j/dz_j = p_j (1 - p_j).
    p = run.predicted
    return (-run.targets / p) * (p * (1.0 - p)) / run.m


def with_slope_of_another(run: Run, n: int, downstream: HostArray) -> HostArray:
    if run.functions[n] == "sigmoid":
        return downstream * (1.0 - run.activations[n] ** 2)
    return downstream * SLOPE["sigmoid"](run.z[n])


def with_the_formula_at_z(run: Run, n: int, downstream: HostArray) -> HostArray:
    z = run.z[n]
    formula = {"sigmoid": z - z**2, "tanh": (1.0 + z) * (1.0 - z)}[run.functions[n]]
    passed: HostArray = downstream * formula
    return passed


def with_slope_before(run: Run, n: int, downstream: HostArray) -> HostArray:
    assert run.before is not None
    return downstream * run.before.slope(n)


def with_activations_before(run: Run, n: int, delta: HostArray) -> HostArray:
    assert run.before is not None
    return summed_products(delta, run.before.activations[n - 1])


def accumulated(run: Run, n: int, delta: HostArray) -> HostArray:
    assert run.before is not None
    before: HostArray = steps_by_hand(run.before)[n].gradient_wrt_weights
    return wrt_weights(run, n, delta) + before


def of_the_last_example(run: Run, n: int, delta: HostArray) -> HostArray:
    total = np.zeros_like(run.weights[n])
    for example in range(run.m):
        total = np.outer(delta[:, example], run.activations[n - 1][:, example])
    return total


def without_first_row(run: Run, n: int, delta: HostArray) -> HostArray:
    wrong = wrt_weights(run, n, delta)
    for j in range(1):
        wrong[j] = 0.0
    return wrong


def cut_off_at_half(run: Run, n: int, delta: HostArray) -> HostArray:
    wrong = wrt_weights(run, n, delta)
    limit = float(np.max(np.abs(wrong))) / 2
    for entry in np.ndindex(*wrong.shape):
        if abs(wrong[entry]) > limit:
            wrong[entry] = limit if wrong[entry] > 0 else -limit
    return wrong


def with_another_layer_s_weights(run: Run, n: int, delta: HostArray) -> HostArray:
    shape = run.weights[n].shape
    others = [other for other, w in run.weights.items() if other != n and w.shape == shape]
    downstream = [other for other in others if other > n]
    return sent_back(run.weights[(downstream or others)[0]], delta)


def with_updated_weights(run: Run, n: int, delta: HostArray) -> HostArray:
    return sent_back(run.weights[n] - 0.5 * wrt_weights(run, n, delta), delta)


WrongStep = Callable[..., HostArray]
COST, Z, WEIGHTS, BIASES, UPSTREAM = "cost", "z", "weights", "biases", "upstream"
WRONG: dict[str, tuple[str, WrongStep]] = {
    "sign-flipped": (COST, lambda run: (run.targets - run.predicted) / run.m),
    "not-divided-by-batch": (COST, lambda run: run.predicted - run.targets),
    "divided-twice": (COST, lambda run: (run.predicted - run.targets) / run.m / run.m),
    "half-missing": (COST, lambda run: 2 * (run.predicted - run.targets) / run.m),
    "targets-shuffled": (COST, with_the_targets_before),
    "example-lost": (COST, without_last_example),
    "softmax-off-diagonal-dropped": (COST, through_softmax_s_diagonal),
    "fused-derivative-once-more": (
        COST,
        lambda run: (run.predicted - run.targets) * run.predicted * (1.0 - run.predicted) / run.m,
    ),
    "relu-derivative-one": (Z, lambda run, n, d: 1.0 * d),
    "missing-activation-derivative": (Z, lambda run, n, d: 1.0 * d),
    "cross-entropy-shortcut": (Z, lambda run, n, d: (run.predicted - run.targets) / run.m),
    "derivative-at-activation": (
        Z,
        lambda run, n, d: d * SLOPE[run.functions[n]](run.activations[n]),
    ),
    "derivative-formula-at-z": (Z, with_the_formula_at_z),
    "activation-for-derivative": (Z, lambda run, n, d: d * VALUE[run.functions[n]](run.z[n])),
    "derivative-twice": (Z, lambda run, n, d: d * run.slope(n) ** 2),
    "derivative-of-another-function": (Z, with_slope_of_another),
    "stale-z": (Z, with_slope_before),
    "weights-gradient-transposed": (WEIGHTS, lambda run, n, d: wrt_weights(run, n, d).T),
    "upstream-and-downstream-swapped": (
        WEIGHTS,
        lambda run, n, d: summed_products(d, run.activations[n]),
    ),
    "z-for-activations": (WEIGHTS, lambda run, n, d: summed_products(d, run.z[n - 1])),
    "stale-activations": (WEIGHTS, with_activations_before),
    "accumulated": (WEIGHTS, accumulated),
    "weights-factor-two": (WEIGHTS, lambda run, n, d: 2 * wrt_weights(run, n, d)),
    "weights-last-example-only": (WEIGHTS, of_the_last_example),
    "row-zeroed": (WEIGHTS, without_first_row),
    "gradient-clipped": (WEIGHTS, cut_off_at_half),
    "rounded-to-half-precision": (
        WEIGHTS,
        lambda run, n, d: wrt_weights(run, n, d).astype(np.float16).astype(float),
    ),
    "weight-decay": (WEIGHTS, lambda run, n, d: wrt_weights(run, n, d) + 0.01 * run.weights[n]),
    "bias-not-summed": (BIASES, lambda run, n, d: d[:, [run.m - 1]]),
    "bias-first-example-only": (BIASES, lambda run, n, d: d[:, [0]]),
    "bias-averaged": (BIASES, lambda run, n, d: np.mean(d, axis=1)[:, None]),
    "bias-factor-four-over-batch": (BIASES, lambda run, n, d: wrt_biases(run, n, d) * 4 / run.m),
    "bias-forgotten": (BIASES, lambda run, n, d: np.zeros((d.shape[0], 1))),
    "weights-not-transposed": (UPSTREAM, lambda run, n, d: sent_back(run.weights[n].T, d)),
    "wrong-layers-weights": (UPSTREAM, with_another_layer_s_weights),
    "updated-weights": (UPSTREAM, with_updated_weights),
    "gradient-stops": (UPSTREAM, lambda run, n, d: np.zeros_like(run.activations[n - 1])),
}


def steps_by_hand(
    run: Run, mistake: str | None = None, layer: int | None = None
) -> dict[int, LayerGradients]:
    """All steps of a backward pass, by layer, with a mistake in one of them."""
    spoiled: str | None = None
    wrong_step: WrongStep = wrt_output
    if mistake is not None:
        spoiled, wrong_step = WRONG[mistake]
    gradients: dict[int, LayerGradients] = {}
    handed_on = (wrong_step if spoiled == COST else wrt_output)(run)
    for n in range(run.last, 0, -1):
        here = spoiled if n == layer else None
        downstream = handed_on
        delta = (wrong_step if here == Z else wrt_z)(run, n, downstream)
        of_weights = (wrong_step if here == WEIGHTS else wrt_weights)(run, n, delta)
        of_biases = (wrong_step if here == BIASES else wrt_biases)(run, n, delta)
        upstream = None
        if n > 1:
            upstream = (wrong_step if here == UPSTREAM else wrt_upstream)(run, n, delta)
            handed_on = upstream
        gradients[n] = LayerGradients(downstream, delta, of_weights, of_biases, upstream)
    return gradients


def gradients_by_hand(
    network: Network,
    batch: MiniBatch,
    mistake: str | None = None,
    layer: int | None = None,
    previous: MiniBatch | None = None,
) -> list[LayerGradients]:
    """What a student's backprop returns that makes this mistake in this layer, or none."""
    run = Run.of(network, batch, previous)
    return [gradients for _, gradients in sorted(steps_by_hand(run, mistake, layer).items())]
