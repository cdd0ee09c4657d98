"""The bug zoo: the table of mistakes that people make in backprop. A new one is added here.

Each mistake spoils one step in one layer (see ``gradcheck.bugs.planting``). In their words m is the
number of examples, and "the right values" are what the chain rule gives at that step.
"""

from gradcheck.bugs import conditions, mistakes
from gradcheck.bugs.planting import Bug
from nets.errors import BadInput, did_you_mean

__all__ = ["BUGS", "bug_named"]

BUGS: dict[str, Bug] = {
    bug.name: bug
    for bug in (
        # The gradient of the cost.
        Bug(
            name="sign-flipped",
            says="The sign is wrong: targets minus output instead of output minus targets.",
            step="gradient_wrt_output",
            wrong=lambda moment, right: -right,
            looks_like="the right values with the opposite sign",
            hint="If one output grows a little beyond its target, does the cost grow or shrink? "
            "Which sign should the gradient have there?",
        ),
        Bug(
            name="not-divided-by-batch",
            says="The cost is a mean over the examples, but its gradient is not divided by their "
            "number.",
            step="gradient_wrt_output",
            wrong=lambda moment, right: moment.batch.size * right,
            looks_like="the right values times m, the number of examples",
            hint="Put every example into the mini-batch twice: C stays the same. Do the gradients "
            "of the weights stay the same?",
            fits=conditions.has_batch,
        ),
        Bug(
            name="divided-twice",
            says="The gradient is divided by the number of examples twice.",
            step="gradient_wrt_output",
            wrong=lambda moment, right: right / moment.batch.size,
            looks_like="the right values divided once more by m, the number of examples",
            hint="In how many places does the backward pass divide by the size of the mini-batch? "
            "How many does a mean need?",
            fits=conditions.has_batch,
        ),
        Bug(
            name="half-missing",
            says="The cost has a factor 1/2 before the square, but the gradient was derived as if "
            "it had none.",
            step="gradient_wrt_output",
            wrong=lambda moment, right: 2.0 * right,
            looks_like="the right values times 2",
            hint="Write down the cost of one example with every factor, and differentiate it by "
            "hand.",
            fits=conditions.has_quadratic_cost,
        ),
        Bug(
            name="example-lost",
            says="One example of the mini-batch is left out, such as the last one.",
            step="gradient_wrt_output",
            wrong=mistakes.without_column,
            looks_like="the right values, with a column of zeros for each example left out",
            hint="How many examples does the loop visit, and how many are there?",
            fits=conditions.has_batch,
            fitted=mistakes.nonzero_columns,
        ),
        Bug(
            name="targets-shuffled",
            says="The targets are in a different order from the inputs.",
            step="gradient_wrt_output",
            wrong=mistakes.shuffled_targets,
            looks_like="the gradient with the targets of other examples",
            hint="Take one example. Is its output compared with its own target?",
            fits=conditions.has_batch,
            fitted=mistakes.targets_in_some_order,
        ),
        Bug(
            name="softmax-off-diagonal-dropped",
            says="Only the diagonal of softmax's derivative is used, as if each output depended on "
            "its own z alone.",
            step="gradient_wrt_output",
            wrong=mistakes.softmax_diagonal,
            looks_like="the gradient with only the diagonal of softmax's derivative",
            hint="If one z grows, how do the outputs of the other neurons change under softmax?",
            fits=conditions.has_softmax_in_cost,
        ),
        Bug(
            name="fused-derivative-once-more",
            says="With the cross-entropy cost the derivative of the last activation function "
            "cancels, but the gradient is multiplied by it.",
            step="gradient_wrt_output",
            wrong=mistakes.fused_derivative_once_more,
            looks_like="the right values times a (1 - a), where a is the output",
            hint="For this cost the error of the last layer is a - y. Which other factor is in "
            "this gradient, and what happens to it in the derivation?",
            fits=conditions.has_fused_cost,
        ),
        # Through the activation function.
        Bug(
            name="relu-derivative-one",
            says="ReLU's derivative is taken as 1 everywhere, but it is 0 for negative z.",
            step="gradient_wrt_z",
            wrong=lambda moment, right: moment.downstream,
            looks_like="the gradient that arrives from downstream, as if no neuron were switched "
            "off",
            hint="What does a neuron with negative z do to the gradient that arrives there?",
            fits=conditions.has_kinked_activation,
        ),
        Bug(
            name="missing-activation-derivative",
            says="The gradient is not multiplied by the derivative of the activation function.",
            step="gradient_wrt_z",
            wrong=lambda moment, right: moment.downstream,
            looks_like="the gradient that arrives from downstream, unchanged",
            hint="C depends on z through the activation a. Which factor does the chain rule put "
            "between dC/da and dC/dz?",
            fits=conditions.has_activation_function,
        ),
        Bug(
            name="cross-entropy-shortcut",
            says="a - y is the error of the last layer for the cross-entropy cost; with the "
            "quadratic cost it must be multiplied by the derivative of the activation function.",
            step="gradient_wrt_z",
            wrong=lambda moment, right: moment.downstream,
            looks_like="(a - y) / m, without the derivative of the activation function",
            hint="For which cost does the derivative of the last activation function cancel? Which "
            "cost is this?",
            fits=lambda moment: (
                moment.is_last
                and conditions.has_quadratic_cost(moment)
                and conditions.has_activation_function(moment)
            ),
        ),
        Bug(
            name="derivative-at-activation",
            says="The derivative is taken at the activation a instead of at z.",
            step="gradient_wrt_z",
            wrong=mistakes.slope_at_activation,
            looks_like="dC/da times the derivative at a instead of at z",
            hint="What does the function that computes the derivative expect, and what is it "
            "given?",
            fits=conditions.has_activation_function,
        ),
        Bug(
            name="derivative-formula-at-z",
            says="The formula for the derivative is a formula in the activation a, such as "
            "a (1 - a) or 1 - a^2, but z is put into it.",
            step="gradient_wrt_z",
            wrong=mistakes.formula_at_z,
            looks_like="dC/da times z (1 - z) for the sigmoid, or times 1 - z^2 for tanh",
            hint="The derivative of the sigmoid is never negative. Can the numbers of this formula "
            "be negative?",
            fits=lambda moment: mistakes.formula_in_a(moment) is not None,
        ),
        Bug(
            name="activation-for-derivative",
            says="The gradient is multiplied by the activation itself instead of by the derivative "
            "of the activation function.",
            step="gradient_wrt_z",
            wrong=mistakes.activation_for_slope,
            looks_like="dC/da times the activation",
            hint="Far from z = 0 the sigmoid is nearly flat. Which number does the function that "
            "computes the derivative return for z = 10?",
            fits=conditions.has_activation_function,
        ),
        Bug(
            name="derivative-twice",
            says="The gradient is multiplied by the derivative of the activation function twice.",
            step="gradient_wrt_z",
            wrong=lambda moment, right: right * moment.slope,
            looks_like="dC/da times the square of the derivative",
            hint="How often does the signal pass through the activation function on its way "
            "forward? How often on its way back?",
            fits=conditions.has_activation_function,
        ),
        Bug(
            name="derivative-of-another-function",
            says="The derivative is that of another activation function: tanh's in a sigmoid "
            "layer, or the sigmoid's in another layer.",
            step="gradient_wrt_z",
            wrong=mistakes.slope_of_another_function,
            looks_like="dC/da times the derivative of another activation function",
            hint="Draw the activation function of this layer, and its slope. Is that the "
            "derivative that was used?",
            fits=conditions.has_activation_function,
        ),
        Bug(
            name="stale-z",
            says="z is left over from the previous mini-batch.",
            step="gradient_wrt_z",
            wrong=mistakes.slope_before,
            looks_like="dC/da times the derivative at the z of the previous mini-batch",
            hint="Call backprop on one mini-batch, then on another, then on the first again. Are "
            "the first and the third gradient equal?",
            fits=lambda moment: (
                conditions.has_activation_function(moment)
                and conditions.has_previous_of_its_size(moment)
            ),
        ),
        # The gradient of the weights.
        Bug(
            name="weights-gradient-transposed",
            says="The gradient of a square weight matrix is transposed.",
            step="gradient_wrt_weights",
            wrong=lambda moment, right: right.T,
            looks_like="the right values, transposed",
            hint="Which index of the weights counts the downstream neurons? Which index of this "
            "gradient does?",
            fits=conditions.is_square,
        ),
        Bug(
            name="upstream-and-downstream-swapped",
            says="The layer's own activations are used instead of the upstream activations.",
            step="gradient_wrt_weights",
            wrong=lambda moment, right: (
                moment.gradient_wrt_z @ moment.trace.downstream_activations.T
            ),
            looks_like="the gradient with the layer's own activations instead of the upstream ones",
            hint="Which number is this weight multiplied by in the forward pass?",
            fits=conditions.is_square,
        ),
        Bug(
            name="z-for-activations",
            says="The weights' gradient is computed with z of the layer before instead of its "
            "activations.",
            step="gradient_wrt_weights",
            wrong=mistakes.z_for_activations,
            looks_like="the gradient with z of the layer before instead of its activations",
            hint="Which number is this weight multiplied by in the forward pass?",
            fits=conditions.has_upstream_function,
        ),
        Bug(
            name="stale-activations",
            says="The upstream activations are left over from the previous mini-batch.",
            step="gradient_wrt_weights",
            wrong=mistakes.activations_before,
            looks_like="the gradient with the upstream activations of the previous mini-batch",
            hint="Call backprop on one mini-batch, then on another, then on the first again. Are "
            "the first and the third gradient equal?",
            fits=conditions.has_previous_of_its_size,
        ),
        Bug(
            name="accumulated",
            says="The gradient is added to that of the previous call: the array was not set back "
            "to zero.",
            step="gradient_wrt_weights",
            wrong=mistakes.added_to_the_one_before,
            looks_like="the right values plus the gradient of the previous mini-batch",
            hint="Call backprop twice on the same mini-batch. Is the second gradient equal to the "
            "first?",
            fits=conditions.has_previous,
        ),
        Bug(
            name="weights-factor-two",
            says="The gradient of one layer's weights is twice as large as it should be.",
            step="gradient_wrt_weights",
            wrong=lambda moment, right: 2.0 * right,
            looks_like="the right values times 2",
            hint="The biases of this layer are right. What is done to the weights and not to the "
            "biases?",
        ),
        Bug(
            name="weights-last-example-only",
            says="Each example overwrites the weights' gradient instead of being added to it: only "
            "the last one remains.",
            step="gradient_wrt_weights",
            wrong=mistakes.weights_of_example(-1),
            looks_like="the gradient of the last example alone",
            hint="What is in the array after the first example, and what after the second?",
            fits=conditions.has_batch,
        ),
        Bug(
            name="row-zeroed",
            says="The weights of one neuron get no gradient: a loop starts at 1 or ends too early.",
            step="gradient_wrt_weights",
            wrong=mistakes.row_of_zeros,
            looks_like="the right values, with a row of zeros for each neuron left out",
            hint="Where does the loop over the neurons start, and where does it end?",
            fits=lambda moment: bool(moment.layer.weights.shape[0] > 1),
            fitted=mistakes.nonzero_rows,
        ),
        Bug(
            name="gradient-clipped",
            says="Large entries are cut off, as is done in training; a check needs the true "
            "gradient.",
            step="gradient_wrt_weights",
            wrong=mistakes.clipped,
            looks_like="the right values, cut off at a largest size",
            hint="Look at the largest entries of the gradient. Do several have the same size?",
            fitted=mistakes.clipped_somewhere,
        ),
        Bug(
            name="rounded-to-half-precision",
            says="The gradient was stored as float16 and has only three correct digits left.",
            step="gradient_wrt_weights",
            wrong=mistakes.to_half_precision,
            looks_like="the right values, rounded to float16",
            hint="How many digits do the right and the wrong values have in common? Which number "
            "type keeps that many?",
        ),
        Bug(
            name="weight-decay",
            says="The gradient contains the weight decay, but the cost does not.",
            step="gradient_wrt_weights",
            wrong=lambda moment, right: right + mistakes.WEIGHT_DECAY * moment.layer.weights,
            looks_like="the right values plus a multiple of the weights",
            hint="Subtract the measured gradient from this one, and compare the difference with "
            "the weights.",
            fitted=mistakes.some_weight_decay,
        ),
        # The gradient of the biases.
        Bug(
            name="bias-not-summed",
            says="The biases' gradient is not summed over the mini-batch: each example overwrites "
            "it.",
            step="gradient_wrt_biases",
            wrong=mistakes.biases_of_example(-1),
            looks_like="the gradient of the last example alone",
            hint="One bias acts on every example of the mini-batch. Are all examples in this "
            "gradient?",
            fits=conditions.has_batch,
        ),
        Bug(
            name="bias-first-example-only",
            says="The biases' gradient is that of the first example alone.",
            step="gradient_wrt_biases",
            wrong=mistakes.biases_of_example(0),
            looks_like="the gradient of the first example alone",
            hint="One bias acts on every example of the mini-batch. Are all examples in this "
            "gradient?",
            fits=conditions.has_batch,
        ),
        Bug(
            name="bias-averaged",
            says="The biases' gradient is averaged over the mini-batch, but the weights' gradient "
            "is summed.",
            step="gradient_wrt_biases",
            wrong=lambda moment, right: right / moment.batch.size,
            looks_like="the right values divided by m, the number of examples",
            hint="The weights of this layer are right. Are the examples put together in the same "
            "way for the biases?",
            fits=conditions.has_batch,
        ),
        Bug(
            name="bias-factor-four-over-batch",
            says="The biases' gradient of one layer has an extra factor 4/m, where m is the "
            "number of examples: it is right only for mini-batches of 4.",
            step="gradient_wrt_biases",
            wrong=lambda moment, right: 4.0 / moment.batch.size * right,
            looks_like="the right values times 4/m, where m is the number of examples",
            hint="Try mini-batches of 2, 4 and 8 examples. For which of them is the biases' "
            "gradient right?",
        ),
        Bug(
            name="bias-forgotten",
            says="The biases' gradient is never computed: it is zero.",
            step="gradient_wrt_biases",
            wrong=lambda moment, right: 0.0 * right,
            looks_like="zero",
            hint="Which line of a backward pass computes the biases' gradient?",
        ),
        # Back through the weights.
        Bug(
            name="weights-not-transposed",
            says="The weights are not transposed on the way back; the matrix is square, so the "
            "shapes fit all the same.",
            step="gradient_wrt_upstream_activations",
            wrong=lambda moment, right: moment.layer.weights @ moment.gradient_wrt_z,
            looks_like="weights @ dC/dz instead of weights.T @ dC/dz",
            hint="Forward, the weight w_jk leads from neuron k to neuron j. From where to where "
            "does it lead on the way back?",
            fits=conditions.is_square,
        ),
        Bug(
            name="wrong-layers-weights",
            says="The weights of another layer are used on the way back: an index is off by one.",
            step="gradient_wrt_upstream_activations",
            wrong=mistakes.weights_of_another_layer,
            looks_like="the transposed weights of another layer times dC/dz",
            hint="Which layer's weights lie between these z and the upstream activations?",
            fits=conditions.has_layer_of_same_shape,
        ),
        Bug(
            name="updated-weights",
            says="The weights were updated before the gradient was sent back through them.",
            step="gradient_wrt_upstream_activations",
            wrong=mistakes.updated_weights,
            looks_like="the gradient sent back through weights after a step of gradient descent",
            hint="In which order are the weights updated and used?",
            fitted=mistakes.weights_after_some_update,
        ),
        Bug(
            name="gradient-stops",
            says="The gradient stops here: nothing reaches the layers upstream.",
            step="gradient_wrt_upstream_activations",
            wrong=lambda moment, right: 0.0 * right,
            looks_like="zero",
            hint="Which layers learn at all? What does the first layer that does not learn receive "
            "from downstream?",
        ),
    )
}


def bug_named(name: str) -> Bug:
    """The mistake of the zoo with a name.

    Raises:
        BadInput: no mistake has that name.

    """
    if name not in BUGS:
        raise BadInput(
            f"bug {name!r} is unknown{did_you_mean(name, BUGS)}; gradcheck bugs lists the names"
        )
    return BUGS[name]
