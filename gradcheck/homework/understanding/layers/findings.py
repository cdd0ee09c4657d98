"""How a layer was understood, and what its backward does besides its numbers, in words."""

from gradcheck.homework.finding import Finding, guess, oddity
from gradcheck.homework.understanding.layers.losses import is_fused
from gradcheck.homework.understanding.layers.understood import UnderstoodLayer
from gradcheck.homework.unusable_gradient import unusable
from gradcheck.show.numbers import shape_text

__all__ = ["layer_findings"]


def layer_findings(layer: UnderstoodLayer, divisor: int, *, adds: bool) -> list[Finding]:
    """What the report says about a layer.

    Args:
        layer: the layer.
        divisor: by which it divides the gradients of its parameters; 1 for most.
        adds: whether backward adds to the gradients of the call before.

    """
    trial = layer.trial
    found = [guess(f"The input is {trial.form.name} ({shape_text(trial.x.shape)})."), _cost(layer)]
    if divisor > 1:
        found.append(
            oddity(
                f"The gradients of the parameters are divided by {divisor}, the numbers that "
                "they are summed over; that of the input is not. This is right where the "
                "gradient of the cost is not divided by it. The check multiplied by it."
            )
        )
    if adds:
        found.append(
            oddity(
                f"{trial.calls.backward_name} adds to the gradients of the call before. Set "
                "them to 0 before each mini-batch."
            )
        )
    if trial.only_entry is not None:
        found.append(
            oddity(
                f"{trial.calls.backward_name} uses the first entry of the arriving gradient that "
                "is not 0, and no other. It was checked with one entry. It is right only behind a "
                "cost of one class, such as cross-entropy."
            )
        )
    if not layer.has_input:
        found.append(oddity("It gives no gradient of its input, so none was checked."))
    strengths = trial.calls.regularised
    if strengths is not None and strengths.zeroed:
        found.append(
            guess(
                "The strengths of its regularisation were set to 0: the output of the layer does "
                "not show the cost of it."
            )
        )
    left = [
        each.name for position, each in enumerate(trial.parameters) if position not in layer.checked
    ]
    if left:
        found.append(guess(f"{', '.join(left)} has no gradient and is held fixed."))
    return [*found, *unusable(list(layer.passed.unusable))]


def _cost(layer: UnderstoodLayer) -> Finding:
    """What the cost is taken to be."""
    calls = layer.trial.calls
    if calls.targets is None:
        return guess("A random gradient arrives from downstream.")
    if is_fused(calls):
        return guess("Its backward takes targets, so the cost is taken to be the cross-entropy.")
    return guess("The cost is what its forward pass gives for random targets.")
