"""``gradcheck explain``: draw the network and its mini-batch, walk through them, and show it."""

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.options.subject import SubjectOptions
from gradcheck.commands.output.streams import show, write_json
from gradcheck.commands.output.subject import subject_text
from gradcheck.commands.runs.small_digits import small_mini_batch
from gradcheck.commands.runs.subject import Subject, network_of
from gradcheck.show.figures import save_figure
from gradcheck.show.numbers import sizes_text
from gradcheck.show.text import Sentence
from gradcheck.walk.chain import OneEntry
from gradcheck.walk.figure import draw_walk
from gradcheck.walk.walk import Walk, walk_through
from nets.arrays import CPU

__all__ = ["explain_network"]


def explain_network(asked: SubjectOptions, entry: OneEntry, output: OutputOptions) -> None:
    """Show each step, and one entry taken apart.

    Raises:
        BadInput: the data does not fit the network, or a file cannot be written.

    """
    inputs, targets, examples = small_mini_batch(
        asked.data, asked.sizes, asked.batch_size, asked.seed
    )
    subject = Subject(asked, network_of(asked, CPU), inputs, targets, examples)
    batch = MiniBatch(np.asarray(inputs, dtype=float), np.asarray(targets, dtype=float))
    walk = walk_through(subject.network, batch, entry)
    if output.plot is not None:
        save_figure(draw_walk(walk), output.plot, _description(walk))
    content = {**subject.to_dict(), **walk.to_dict()}
    if output.as_json:
        write_json("explain", content)
    else:
        show([Sentence(f"{subject_text(content)}."), *walk.parts()], plain=output.plain)


def _description(walk: Walk) -> str:
    sizes = sizes_text(walk.passes.network.sizes)
    return f"A {sizes} network with its weights and activations; C = {walk.passes.cost:.4g}."
