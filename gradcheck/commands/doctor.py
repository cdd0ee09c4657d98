"""``gradcheck doctor``: what this computer has, and how to get what is missing."""

import json
import sys
from dataclasses import asdict

import click

from gradcheck.commands.options.output import json_option, plain_option
from gradcheck.commands.output.exit_code import ExitCode
from gradcheck.commands.output.streams import write_out


@click.command()
@json_option
@plain_option
def doctor(as_json: bool, plain: bool) -> ExitCode:
    """Show what this computer has, and what is missing.

    Lists Python, NumPy and its BLAS, cores and memory, CuPy, the NVIDIA driver and its GPUs, the
    terminal, the folder for data, whether homework can be isolated, whether --cluster can be used,
    and the packages that gradcheck uses. For everything that is missing it gives one line that says
    what to do.

    \b
    Examples:
      gradcheck doctor
      gradcheck doctor --json

    Exit code: 0, even if something is missing.
    """
    from gradcheck.commands.doctor_advice import advice_for
    from gradcheck.commands.doctor_facts import examine
    from gradcheck.commands.doctor_table import doctor_parts
    from gradcheck.show.text import rendered

    facts = examine(sys.stdout)
    if as_json:
        summary = {
            "schema_version": 1,
            "command": "doctor",
            **facts.to_dict(),
            "advice": [asdict(advice) for advice in advice_for(facts)],
        }
        write_out(json.dumps(summary, indent=2, allow_nan=False) + "\n")
    else:
        write_out(rendered(doctor_parts(facts), sys.stdout, plain=plain))
    return ExitCode.OK
