"""``gradcheck bugs NAME``: one mistake, planted in a small network and looked at."""

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.bugs.drawn import previous_batch
from gradcheck.bugs.planting import Bug, layers_to_plant, wrong_backprop
from gradcheck.bugs.same_numbers import same_numbers
from gradcheck.bugs.zoo import BUGS
from gradcheck.check import check_network
from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.output.exit_code import ExitCode
from gradcheck.commands.output.one_bug import (
    Shown,
    json_of_bug,
    show_bug,
    show_name_of_verify,
    show_slip,
)
from gradcheck.commands.output.streams import write_json
from gradcheck.commands.output.verify import plot_report
from gradcheck.diagnosis.patterns import PATTERNS
from gradcheck.exercise.draw import Wanted
from gradcheck.exercise.mistakes import MISTAKES, expect_mistake
from gradcheck.homework.repairs.repair import CAUSES
from gradcheck.show.numbers import sizes_text
from nets.errors import BadInput
from nets.network import Network

__all__ = ["show_one_bug"]

# Small, so that all numbers fit into a picture; with square layers, which allow the most mistakes.
SIZES = (5, 4, 4, 4)
EXAMPLES = 6  # the columns of its mini-batch: not the size of a layer, so that a shape says which
# The first kind in which the mistake can be made is shown: the activation, and the cost.
KINDS = (
    ("sigmoid", "quadratic"),
    ("relu", "quadratic"),
    ("sigmoid", "fused-sigmoid-cross-entropy"),
    ("sigmoid", "fused-softmax-cross-entropy"),
)
# What verify may name besides the mistakes that it can plant, each in a sentence.
NAMES_OF_VERIFY = {**CAUSES, **PATTERNS}


def show_one_bug(name: str, output: OutputOptions) -> ExitCode:
    """Show one mistake.

    Raises:
        BadInput: there is no such mistake, or it has no figure.

    """
    if name not in MISTAKES and name in NAMES_OF_VERIFY:
        _show_name_of_verify(name, output)
        return ExitCode.OK
    expect_mistake(name)
    if name not in BUGS:
        _expect_no_figure(output, name, "one of source code alone")
        mistake, exercise = MISTAKES[name], Wanted(mistake=name).exercises()[0]
        if output.as_json:
            write_json("bugs", {"bug": {"name": name, "says": mistake.says, "why": mistake.why}})
        else:
            show_slip(exercise, plain=output.plain)
        return ExitCode.OK
    shown = _planted(BUGS[name])
    if output.plot is not None:
        plot_report(shown.report, f"{name} in {sizes_text(SIZES)}", output.plot)
    if output.as_json:
        write_json("bugs", {"bug": json_of_bug(shown)})
    else:
        show_bug(shown, plain=output.plain)
    return ExitCode.OK


def _show_name_of_verify(name: str, output: OutputOptions) -> None:
    """Show what ``verify`` means by a name that is no mistake of the zoo."""
    _expect_no_figure(output, name, "a name for numbers, and nothing to plant")
    says = NAMES_OF_VERIFY[name]
    made_by = [each.name for each in MISTAKES.values() if name in each.also]
    if output.as_json:
        write_json("bugs", {"bug": {"name": name, "says": says, "made_by": made_by}})
    else:
        show_name_of_verify(name, says, made_by, plain=output.plain)


def _expect_no_figure(output: OutputOptions, name: str, what: str) -> None:
    """Check that no figure is asked for, since nothing can be planted.

    Raises:
        BadInput: --plot was given.

    """
    if output.plot is not None:
        raise BadInput(f"the bug {name} is {what}; leave --plot out")


def _planted(bug: Bug) -> Shown:
    """The mistake in the first small network that it fits, in a middle layer if possible."""
    generator = np.random.default_rng(1)
    inputs = generator.random((SIZES[0], EXAMPLES))
    targets = np.eye(SIZES[-1])[:, np.arange(EXAMPLES) % SIZES[-1]]
    batch = MiniBatch(inputs, targets)
    previous = previous_batch(batch, 1)
    for activation, cost in KINDS:
        network = Network.create(SIZES, activation=activation, cost=cost, seed=1)
        layers = layers_to_plant(network, batch, bug, previous)
        if layers:
            break
    else:
        raise BadInput(f"the bug {bug.name} changes nothing in a small network")
    layer = 2 if 2 in layers else layers[-1]
    gradients = wrong_backprop(network, batch, bug, layer, previous)
    report = check_network(network, inputs, targets, gradients=gradients, previous=previous)
    same = same_numbers(network, batch, bug, layer, previous)
    is_exercise = any(each.slip.mistake == bug.name for each in Wanted().exercises())
    return Shown(bug, layer, network, report, same, is_exercise)
