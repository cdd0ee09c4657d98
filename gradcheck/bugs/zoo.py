"""The bug zoo: mistakes that people make in backprop, each a record.

Each spoils one step in one layer (see ``gradcheck.bugs.planting``). In their words m is the
number of examples, and "the right one" is what the chain rule gives at that step.
"""

from collections.abc import Sequence
from difflib import get_close_matches

import numpy as np
from array_api_compat import device

from gradcheck.bugs import mistakes
from gradcheck.bugs.backprop_step import (
    COST_STEP,
    MiniBatch,
)
from gradcheck.bugs.planting import (
    Bug,
    expect_layer,
    layers_to_plant,
)
from nets.arrays import array_namespace
from nets.errors import BadInput
from nets.network import Network

__all__ = ["BUGS", "bug_named", "previous_batch", "random_bug"]

BUGS: dict[str, Bug] = {
    bug.name: bug
    for bug in (
        # The cost's gradient.
        Bug(
            "sign-flipped",
            "The distance is the wrong way round: targets minus output.",
            COST_STEP,
            lambda moment, right: -right,
            "the right one with its sign flipped",
            "If one output grows a little beyond its target, does the cost grow or shrink? And "
            "what sign does your gradient have there?",
        ),
        Bug(
            "not-divided-by-batch",
            "The cost is a mean over the mini-batch, its gradient is left a sum.",
            COST_STEP,
            lambda moment, right: moment.batch.size * right,
            "the right one times the number of examples, m",
            "Double the mini-batch by repeating it: C stays what it was. Does your gradient?",
            mistakes.has_batch,
        ),
        Bug(
            "divided-twice",
            "The gradient is divided by the size of the mini-batch twice.",
            COST_STEP,
            lambda moment, right: right / moment.batch.size,
            "the right one divided by the number of examples, m, once more",
            "Count the places in your code where something is divided by the size of the "
            "mini-batch. How many does a mean need?",
            mistakes.has_batch,
        ),
        Bug(
            "half-missing",
            "The cost has a half before the square, the gradient was taken as if it had none.",
            COST_STEP,
            lambda moment, right: 2.0 * right,
            "the right one times 2",
            "Write the cost of one example down, with every factor, and differentiate it by hand.",
            mistakes.is_quadratic,
        ),
        Bug(
            "example-lost",
            "One example of the mini-batch is left out, the last one for instance.",
            COST_STEP,
            mistakes.without_column,
            "the right one, but for an example whose column is zero",
            "How many examples does your loop visit, and how many are there?",
            mistakes.has_batch,
            mistakes.columns_that_are_there,
        ),
        Bug(
            "targets-shuffled",
            "The targets are in another order than the inputs.",
            COST_STEP,
            mistakes.shuffled_targets,
            "the gradient with the targets of other examples",
            "Take one example alone. Is the target that its output is compared with its own?",
            mistakes.has_batch,
            mistakes.targets_in_some_order,
        ),
        Bug(
            "softmax-off-diagonal-dropped",
            "Of softmax's derivative only the diagonal is used: each output as if it depended on "
            "its own z alone.",
            COST_STEP,
            mistakes.softmax_diagonal,
            "what the diagonal of softmax's derivative alone gives",
            "If one z grows, what happens to the outputs of the other neurons under softmax?",
            lambda moment: moment.cost.fused_activation == "softmax",
        ),
        Bug(
            "fused-derivative-once-more",
            "With the cross-entropy the derivative of the last activation function cancels; here "
            "it is multiplied in all the same.",
            COST_STEP,
            mistakes.fused_derivative_once_more,
            "the right one times a (1 - a), with a the output",
            "For this cost the error of the last layer is a - y. What else is in yours, and where "
            "has it gone in the derivation?",
            lambda moment: moment.cost.fused_activation is not None,
        ),
        # Through the activation function.
        Bug(
            "relu-derivative-one",
            "ReLU's derivative is taken for 1 everywhere, where it is 0 for negative z.",
            "gradient_wrt_z",
            lambda moment, right: moment.downstream,
            "what came from downstream, as if no neuron were switched off",
            "What does a neuron with negative z do to the gradient that arrives there?",
            lambda moment: moment.layer.activation.name == "relu",
        ),
        Bug(
            "missing-activation-derivative",
            "The gradient is not multiplied by the derivative of the activation function.",
            "gradient_wrt_z",
            lambda moment, right: moment.downstream,
            "what came from downstream, unchanged by the activation function",
            "C depends on z through the activation. What does the chain rule put between dC/da "
            "and dC/dz?",
            mistakes.has_function,
        ),
        Bug(
            "cross-entropy-shortcut",
            "a - y is right for the cross-entropy cost; with the quadratic cost the derivative of "
            "the activation function belongs there as well.",
            "gradient_wrt_z",
            lambda moment, right: moment.downstream,
            "(a - y) / m, without the derivative of the activation function",
            "For which cost does that derivative cancel in the last layer? Which cost is this?",
            lambda moment: (
                moment.is_last and mistakes.is_quadratic(moment) and mistakes.has_function(moment)
            ),
        ),
        Bug(
            "derivative-at-activation",
            "The derivative is taken at the activation a instead of at z.",
            "gradient_wrt_z",
            mistakes.slope_at_activation,
            "dC/da times the derivative taken at a instead of at z",
            "What do you hand to the function that computes the derivative, and what does that "
            "function take it for?",
            mistakes.has_function,
        ),
        Bug(
            "derivative-twice",
            "The derivative of the activation function is multiplied in twice.",
            "gradient_wrt_z",
            lambda moment, right: right * moment.slope,
            "dC/da times the square of the derivative",
            "How often does the signal pass through the activation function on its way forward? "
            "And how often on your way back?",
            mistakes.has_function,
        ),
        Bug(
            "derivative-of-another-function",
            "The derivative belongs to another activation function: the sigmoid's where there is "
            "none, or tanh's where there is a sigmoid.",
            "gradient_wrt_z",
            mistakes.slope_of_another_function,
            "dC/da times the derivative of another activation function",
            "Draw the activation function of this layer, and its slope. Is your derivative that?",
            mistakes.has_function,
        ),
        Bug(
            "stale-z",
            "z is left over from the previous mini-batch.",
            "gradient_wrt_z",
            mistakes.slope_before,
            "dC/da times the derivative at the z of the previous mini-batch",
            "Call your backprop on one mini-batch, then on another, then on the first again. Is "
            "the first gradient what it was?",
            lambda moment: (
                mistakes.has_function(moment) and mistakes.has_previous_of_its_size(moment)
            ),
        ),
        # The weights' gradient.
        Bug(
            "weights-gradient-transposed",
            "The gradient of a square weight matrix is transposed.",
            "gradient_wrt_weights",
            lambda moment, right: right.T,
            "the right one transposed",
            "Which index of the weights counts the neurons downstream? And of your gradient?",
            mistakes.is_square,
        ),
        Bug(
            "upstream-and-downstream-swapped",
            "The layer's own activations are used where those of the layer upstream belong.",
            "gradient_wrt_weights",
            lambda moment, right: moment.gradient_wrt_z @ moment.trace.downstream_activations.T,
            "the gradient with the layer's own activations instead of those upstream",
            "By which number is this weight multiplied in the forward pass?",
            mistakes.is_square,
        ),
        Bug(
            "z-for-activations",
            "The weights' gradient is made with the upstream layer's z, where its activations "
            "belong.",
            "gradient_wrt_weights",
            mistakes.z_for_activations,
            "the gradient with the upstream layer's z instead of its activations",
            "By which number is this weight multiplied in the forward pass?",
            lambda moment: (
                moment.position > 0
                and moment.network.layers[moment.position - 1].activation.name != "identity"
            ),
        ),
        Bug(
            "stale-activations",
            "The upstream activations are left over from the previous mini-batch.",
            "gradient_wrt_weights",
            mistakes.activations_before,
            "the gradient with the upstream activations of the previous mini-batch",
            "Call your backprop on one mini-batch, then on another, then on the first again. Is "
            "the first gradient what it was?",
            mistakes.has_previous_of_its_size,
        ),
        Bug(
            "accumulated",
            "The gradient of the previous call is still in the array, and this one is added.",
            "gradient_wrt_weights",
            mistakes.added_to_the_one_before,
            "the right one plus the gradient of the previous mini-batch",
            "Call your backprop twice on the same mini-batch. Is the second gradient the first?",
            mistakes.has_previous,
        ),
        Bug(
            "weights-factor-two",
            "A factor 2 too much, in the gradient of one layer's weights alone.",
            "gradient_wrt_weights",
            lambda moment, right: 2.0 * right,
            "the right one times 2",
            "The biases of this layer are right. What do the weights have that the biases have "
            "not?",
        ),
        Bug(
            "weights-last-example-only",
            "Each example overwrites the weights' gradient instead of adding to it: the last one "
            "remains.",
            "gradient_wrt_weights",
            mistakes.one_example_alone(-1),
            "what the last example alone gives",
            "What is in the array after the first example, and what after the second?",
            mistakes.has_batch,
        ),
        Bug(
            "row-zeroed",
            "One neuron's weights get no gradient: a loop begins at 1 or ends too early.",
            "gradient_wrt_weights",
            mistakes.row_of_zeros,
            "the right one, but for a neuron whose row is zero",
            "Where does your loop over the neurons begin and end?",
            lambda moment: bool(moment.layer.weights.shape[0] > 1),
            mistakes.rows_that_are_there,
        ),
        Bug(
            "gradient-clipped",
            "Large entries are cut off, as for training, where the true gradient is wanted.",
            "gradient_wrt_weights",
            mistakes.clipped,
            "the right one, cut off at a largest size",
            "Look at the largest entries of your gradient. Do several have the same size?",
            fitted=mistakes.clipped_somewhere,
        ),
        Bug(
            "rounded-to-half-precision",
            "The gradient went through float16 and has kept three digits.",
            "gradient_wrt_weights",
            mistakes.to_half_precision,
            "the right one rounded to float16",
            "To how many digits are the two the same? Which number type has as many?",
        ),
        Bug(
            "weight-decay",
            "The gradient has the weight decay in it, the cost has not.",
            "gradient_wrt_weights",
            lambda moment, right: right + mistakes.WEIGHT_DECAY * moment.layer.weights,
            "the right one plus a multiple of the weights themselves",
            "Subtract the measured gradient from yours and hold what is left against the weights.",
            fitted=mistakes.some_weight_decay,
        ),
        # The biases' gradient.
        Bug(
            "bias-not-summed",
            "The biases' gradient is not summed over the mini-batch: each example overwrites it.",
            "gradient_wrt_biases",
            mistakes.bias_of_example(-1),
            "what the last example alone gives",
            "One bias acts on every example of the mini-batch. Does your gradient contain them "
            "all?",
            mistakes.has_batch,
        ),
        Bug(
            "bias-first-example-only",
            "The biases' gradient is that of the first example alone.",
            "gradient_wrt_biases",
            mistakes.bias_of_example(0),
            "what the first example alone gives",
            "One bias acts on every example of the mini-batch. Does your gradient contain them "
            "all?",
            mistakes.has_batch,
        ),
        Bug(
            "bias-averaged",
            "The biases' gradient is averaged over the mini-batch, the weights' is summed.",
            "gradient_wrt_biases",
            lambda moment, right: right / moment.batch.size,
            "the right one divided by the number of examples, m",
            "The weights of this layer are right. Is the biases' gradient put together over the "
            "examples in the same way?",
            mistakes.has_batch,
        ),
        Bug(
            "bias-factor-four-over-batch",
            "A factor 4/m in one array of biases: a constant that was right for batches of 4.",
            "gradient_wrt_biases",
            lambda moment, right: 4.0 / moment.batch.size * right,
            "the right one times 4/m, with m examples",
            "Try mini-batches of 2, 4 and 8. For which is the biases' gradient right?",
        ),
        Bug(
            "bias-forgotten",
            "The biases' gradient is never filled: it is zero.",
            "gradient_wrt_biases",
            lambda moment, right: 0.0 * right,
            "zero",
            "Where in your code is the biases' gradient computed?",
        ),
        # Back through the weights.
        Bug(
            "weights-not-transposed",
            "The weights are not transposed on the way back, which a square matrix allows.",
            "gradient_wrt_upstream_activations",
            lambda moment, right: moment.layer.weights @ moment.gradient_wrt_z,
            "the weights themselves times dC/dz, where the transposed ones belong",
            "Forward, w_jk leads from neuron k to neuron j. Which way does it lead back?",
            mistakes.is_square,
        ),
        Bug(
            "wrong-layers-weights",
            "The weights of another layer are used on the way back: an index is off by one.",
            "gradient_wrt_upstream_activations",
            mistakes.weights_of_the_twin,
            "the transposed weights of another layer times dC/dz",
            "Which layer's weights lie between these z and the activations upstream?",
            mistakes.has_twin,
        ),
        Bug(
            "updated-weights",
            "The weights were updated before the gradient was sent back through them.",
            "gradient_wrt_upstream_activations",
            mistakes.updated_weights,
            "what the weights give after a step of gradient descent",
            "In which order does your code change the weights and use them?",
            fitted=mistakes.weights_after_some_update,
        ),
        Bug(
            "gradient-stops",
            "The gradient stops here: nothing reaches the layers upstream.",
            "gradient_wrt_upstream_activations",
            lambda moment, right: 0.0 * right,
            "zero",
            "Which layers learn at all? What does the first one that does not get from downstream?",
        ),
    )
}


def bug_named(name: str) -> Bug:
    """A mistake of the zoo.

    Raises:
        BadInput: there is none of that name.

    """
    if name not in BUGS:
        near = get_close_matches(name, BUGS, 1)
        meant = f" (did you mean {near[0]}?)" if near else ""
        raise BadInput(
            f"bug {name!r} is unknown{meant}; gradcheck bugs lists them, and random takes one"
        )
    return BUGS[name]


def previous_batch(batch: MiniBatch, seed: int) -> MiniBatch:
    """Another mini-batch, of the same shape and range: what a backprop may have seen before.

    Its inputs are drawn uniformly between the least and the greatest of the given ones, and its
    targets are those given, an example further.
    """
    xp = array_namespace(batch.inputs)
    draws = np.random.default_rng([seed, 2]).random(tuple(batch.inputs.shape))
    uniform = xp.astype(
        xp.asarray(draws, device=device(batch.inputs)), batch.inputs.dtype, copy=False
    )
    least, greatest = xp.min(batch.inputs), xp.max(batch.inputs)
    inputs = least + (greatest - least) * uniform
    return MiniBatch(inputs, xp.roll(batch.targets, 1, axis=1))


def random_bug(
    network: Network, batch: MiniBatch, previous: MiniBatch, seed: int, layer: int | None = None
) -> tuple[Bug, int]:
    """A mistake and a layer in which it changes something, drawn.

    Args:
        network: the network.
        batch: the mini-batch.
        previous: the one before.
        seed: of the draw.
        layer: the layer, if it is not to be drawn.

    Raises:
        BadInput: there is no such layer, or no mistake changes anything there.

    """
    if layer is not None:
        expect_layer(network, layer)
    # Each mistake draws its own place in the queue, so that one more in the zoo changes few seeds.
    queue = {name: np.random.default_rng([seed, 3, *name.encode()]) for name in BUGS}
    for name, generator in sorted(queue.items(), key=lambda item: item[1].random()):
        layers: Sequence[int] = layers_to_plant(network, batch, BUGS[name], previous)
        if layer is not None:
            layers = [layer] if layer in layers else []
        if layers:
            return BUGS[name], int(generator.choice(layers))
    where = "in this network" if layer is None else f"in layer {layer}"
    raise BadInput(f"no mistake changes anything {where}; take other sizes or a larger batch")
