"""``gradcheck doctor``: what is there, and what would bring what is missing."""

import json
import sys

import click

from gradcheck.commands.options.output import json_option, plain_option
from gradcheck.commands.output.exit_code import ExitCode
from gradcheck.commands.output.streams import write_out


@click.command()
@json_option
@plain_option
def doctor(as_json: bool, plain: bool) -> ExitCode:
    """What is there to work with, and what is missing.

    Tells of Python, NumPy and its BLAS, cores and memory, CuPy, the NVIDIA driver and its GPUs,
    the terminal, where data lies, and the packages that gradcheck uses; and for whatever is
    missing, the one line that brings it.

    \b
    Examples:
      gradcheck doctor
      gradcheck doctor --json

    Exit code: 0, whatever is missing.
    """
    from gradcheck.commands.doctor_facts import examine
    from gradcheck.commands.doctor_table import doctor_parts
    from gradcheck.show.text import rendered

    facts = examine(sys.stdout)
    if as_json:
        summary = {"schema_version": 1, "command": "doctor", **facts.to_dict()}
        write_out(json.dumps(summary, indent=2, allow_nan=False) + "\n")
    else:
        write_out(rendered(doctor_parts(facts), sys.stdout, plain=plain))
    return ExitCode.OK
