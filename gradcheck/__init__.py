"""Check gradients by finite differences: equation (46) of Nielsen's book, and better ones.

The names below are imported when they are asked for, so that ``gradcheck --help`` starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradcheck.assertion import assert_gradients
    from gradcheck.bugs.backprop_step import (
        MiniBatch,
    )
    from gradcheck.bugs.planting import (
        Bug,
        wrong_backprop,
    )
    from gradcheck.bugs.zoo import BUGS
    from gradcheck.check import check_backward, check_gradients, check_network
    from gradcheck.costs.comparison import Comparison
    from gradcheck.costs.cost_row import Case
    from gradcheck.costs.measure import compare_costs
    from gradcheck.slopes.schemes import SCHEMES, Scheme
    from gradcheck.sweep.measure import step_sweep
    from gradcheck.sweep.step_sweep import StepSweep
    from gradcheck.verdicts.array_diagnosis import ArrayDiagnosis
    from gradcheck.verdicts.array_report import ArrayReport
    from gradcheck.verdicts.check_claims import CheckInterrupted
    from gradcheck.verdicts.engine_comparison import EngineComparison
    from gradcheck.verdicts.report import (
        Report,
    )
    from gradcheck.verdicts.verdict import Verdict
    from gradcheck.verdicts.what_to_mend import Diagnosis
    from gradcheck.watch import check_while_training
    from nets.errors import BadInput

_HOMES = {
    "gradcheck.assertion": ("assert_gradients",),
    "gradcheck.bugs.backprop_step": ("MiniBatch",),
    "gradcheck.bugs.planting": ("Bug", "wrong_backprop"),
    "gradcheck.bugs.zoo": ("BUGS",),
    "gradcheck.check": ("check_backward", "check_gradients", "check_network"),
    "gradcheck.costs.comparison": ("Comparison",),
    "gradcheck.costs.cost_row": ("Case",),
    "gradcheck.costs.measure": ("compare_costs",),
    "gradcheck.slopes.schemes": ("SCHEMES", "Scheme"),
    "gradcheck.sweep.measure": ("step_sweep",),
    "gradcheck.sweep.step_sweep": ("StepSweep",),
    "gradcheck.verdicts.array_diagnosis": ("ArrayDiagnosis",),
    "gradcheck.verdicts.array_report": ("ArrayReport",),
    "gradcheck.verdicts.engine_comparison": ("EngineComparison",),
    "gradcheck.verdicts.check_claims": ("CheckInterrupted",),
    "gradcheck.verdicts.report": ("Report",),
    "gradcheck.verdicts.verdict": ("Verdict",),
    "gradcheck.verdicts.what_to_mend": ("Diagnosis",),
    "gradcheck.watch": ("check_while_training",),
    "nets.errors": ("BadInput",),
}

__all__ = [
    "BUGS",
    "SCHEMES",
    "ArrayDiagnosis",
    "ArrayReport",
    "BadInput",
    "Bug",
    "Case",
    "CheckInterrupted",
    "Comparison",
    "Diagnosis",
    "EngineComparison",
    "MiniBatch",
    "Report",
    "Scheme",
    "StepSweep",
    "Verdict",
    "assert_gradients",
    "check_backward",
    "check_gradients",
    "check_network",
    "check_while_training",
    "compare_costs",
    "step_sweep",
    "wrong_backprop",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'gradcheck' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The names above, before they are imported too: for completion and ``dir``."""
    return sorted({*globals(), *__all__})
