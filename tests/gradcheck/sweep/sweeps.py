"""A sweep that many tests look at, and what they need to look at it."""

from gradcheck.sweep.curves import Curve, DtypeSweep
from gradcheck.sweep.measure import step_sweep
from gradcheck.sweep.step_sweep import StepSweep
from tests.gradcheck.problems import problem
from tests.strategies import Problem

SMOOTH = problem(6, 5, 4, 3, batch_size=4)


def sweep_of(given: Problem, **options: object) -> StepSweep:
    return step_sweep(given.network, given.inputs, given.targets, **options)  # type: ignore[arg-type]


DEFAULT = sweep_of(SMOOTH)
DOUBLE, SINGLE = DEFAULT.dtypes


def curve_of(sweep: DtypeSweep, scheme: str) -> Curve:
    (curve,) = [curve for curve in sweep.curves if curve.scheme == scheme]
    return curve
