"""A wrong step in words: the evidence, and three hints that each say more than the one before."""

from gradcheck.bugs.chain_rule import CHAIN_RULE
from gradcheck.diagnosis.claimed_backprop import ClaimedBackprop
from gradcheck.diagnosis.wrong_numbers import wrong_numbers
from gradcheck.diagnosis.wrong_step import WrongStep
from gradcheck.verdicts.what_to_mend import Diagnosis

__all__ = ["diagnosis_of"]

# Where to look, for the steps that receive nothing that is already known to be right.
FIRST_STEPS = {
    "gradient_wrt_output": "The very first step is wrong: check the derivative of the cost.",
    "gradient_wrt_downstream_activations": "Look at layer {layer}. It does not start from the "
    "gradient that layer {next} hands back.",
}


def diagnosis_of(wrong: WrongStep, claimed: ClaimedBackprop) -> Diagnosis:
    """The diagnosis of a wrong step.

    Args:
        wrong: the step.
        claimed: the backprop that took it.

    """
    layer, name = wrong.step
    layers = len(claimed.network.layers)
    bug = wrong.mistake
    numbers = wrong_numbers(wrong.claim, wrong.right, claimed.rounding.of_entry)
    evidence = [wrong.how, numbers]
    if bug is not None and wrong.claim.any():  # of zeros everything has been said
        evidence.append(f"In layer {layer}, {name} equals {bug.looks_like}")
    task = f"The wrong step is {name}. This step {CHAIN_RULE[name].task}"
    if not wrong.is_certain:
        task = (
            f"{name} is wrong in layer {layer}. The step that computes it {CHAIN_RULE[name].task}"
        )
    return Diagnosis(
        layer=layer,
        step=name,
        likely_cause=None if bug is None else bug.name,
        says=None if bug is None else bug.says,
        evidence=". ".join(evidence) + ".",
        hints=(
            _where(wrong, layers),
            f"{task}. {numbers}.",
            _lines_to_check(wrong, layers) if bug is None else bug.hint,
        ),
    )


def _where(wrong: WrongStep, layers: int) -> str:
    """The first hint: the layer, and what is known of what it receives."""
    layer, name = wrong.step
    if name in FIRST_STEPS:
        return FIRST_STEPS[name].format(layer=layer, next=layer + 1)
    is_last = layer == layers
    this = f"layer {layer}, the last" if is_last else f"layer {layer}"
    sender = "the cost" if is_last else f"layer {layer + 1}"
    if wrong.is_certain:
        return f"Look at {this}. The gradient it receives from {sender} is correct."
    return f"Look at {this}, and at the gradient it receives from {sender}."


def _lines_to_check(wrong: WrongStep, layers: int) -> str:
    """The last hint if no known mistake fits: the lines where the mistake must be."""
    layer, name = wrong.step
    if wrong.is_certain:
        formula = CHAIN_RULE[name].formula
        return f"Check the line that computes {name} in layer {layer}: it should be {formula}."
    if layer == layers:
        return (
            "The last layer is already wrong: check the derivative of the cost, such as (a - y) / "
            "m, and the derivative of the last activation function."
        )
    return (
        f"Layer {layer + 1} is right and layer {layer} is wrong: check weights.T @ dC/dz of layer "
        f"{layer + 1}, and the derivative of the activation function of layer {layer}."
    )
