"""``gradcheck step-sweep``: measure the curves, and show them."""

from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.options.subject import SubjectOptions
from gradcheck.commands.options.sweep import SweepOptions
from gradcheck.commands.output.progress import Progress
from gradcheck.commands.output.sweep import show_finished_steps, show_sweep
from gradcheck.commands.runs.subject import build_subject
from gradcheck.sweep.measure import step_sweep
from gradcheck.sweep.plan import curve_evaluations, schemes_for
from gradcheck.sweep.step_sweep import SweepInterrupted

__all__ = ["sweep_steps"]


def sweep_steps(asked: SubjectOptions, sweep: SweepOptions, output: OutputOptions) -> None:
    """Measure the error for each step, and show it; on Ctrl-C show the steps that were finished.

    Raises:
        SweepInterrupted: on Ctrl-C.
        BadInput: the options do not describe a network that can be measured.

    """
    subject = build_subject(asked)
    schemes = sweep.schemes or None
    entries = sum(min(sweep.sample, array.size) for array in subject.network.parameters)
    costs = curve_evaluations(schemes_for(subject.network, schemes), entries)
    try:
        with Progress("sweeping", costs) as progress:
            found = step_sweep(
                subject.network,
                subject.inputs,
                subject.targets,
                schemes=schemes,
                sample=sweep.sample,
                seed=asked.seed,
                engine=sweep.engine,
                progress=progress,
            )
    except SweepInterrupted as interrupt:
        show_finished_steps(interrupt.sweep, output)
        raise
    show_sweep(found, subject.to_dict(), output)
