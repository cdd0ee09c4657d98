"""Check a class that somebody else wrote: ``homework.py``, class ``Network``, as it is.

The class is loaded in child processes (see ``gradcheck.homework.process``), understood by the
shapes of what it holds and returns (``parameters``, ``forms``, ``readings``,
``cost``), and checked with its own cost as a black box, one parameter at a time.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.engines.engine import Progress
from gradcheck.homework.candidates import Candidate, best_candidate, candidates_of, fits
from gradcheck.homework.cost import COSTS_OF_OUTPUT
from gradcheck.homework.likely_cause import likely_cause_of
from gradcheck.homework.messages import packed, unpacked
from gradcheck.homework.our_network import diagnosed_on_a_twin
from gradcheck.homework.parameters import ODDITY, Finding, slots_of
from gradcheck.homework.process import Child, Limits
from gradcheck.homework.process_engine import ChildEngine
from gradcheck.homework.source import StudentError, printable
from gradcheck.slopes.error_bars import BARS_ALLOWED
from gradcheck.slopes.measurement import Measurement
from gradcheck.verdicts.array_report import (
    ArrayReport,
)
from gradcheck.verdicts.check_claims import check_claims
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.report import (
    Report,
)
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray
from nets.errors import BadInput

__all__ = ["Price", "Submission", "SubmissionReport", "check_submission", "expect_file"]

# What rounding to float32 on the way may cost an entry, relative to the largest of its array.
FLOAT32_ROUNDING = 2.0**-19
PRINTED_SHOWN = 120


@dataclass(frozen=True)
class Submission:
    """A class in a file, and the mini-batch and limits that it is checked with.

    Attributes:
        path: of the file.
        class_name: of the class in it.
        sizes: neurons in each layer, which the class is built from.
        inputs: (n_input, batch), a column an example.
        targets: (n_output, batch).
        cost: a name in ``COSTS_OF_OUTPUT`` that overrides what the class says, or None.
        seed: set before the class is built; also of the sample.
        limits: on time and memory.

    """

    path: Path
    class_name: str
    sizes: tuple[int, ...]
    inputs: HostArray = field(repr=False)
    targets: HostArray = field(repr=False)
    cost: str | None = None
    seed: int = 0
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Price:
    """What a check will cost, told before it starts.

    Attributes:
        costs: how many costs will be evaluated, at least.
        passes: how many forward passes each of them takes.
        seconds: about how long all will take.

    """

    costs: int
    passes: int
    seconds: float


@dataclass(frozen=True)
class SubmissionReport:
    """What a check of somebody else's class found.

    Attributes:
        report: the verdicts on the entries; None if the check came to no end.
        findings: how the class was understood, and what was odd about it.
        cost: what was taken for the cost.
        failure: why the check came to no end, in one line; empty if it did.
        traceback: the student's own frames, where the class raised something.
        likely_cause: of a disagreement: its name and the evidence.
        seconds: of the whole, of one cost and of one backprop of the mini-batch.

    """

    report: Report | None
    findings: tuple[Finding, ...]
    cost: str = ""
    failure: str = ""
    traceback: str = ""
    likely_cause: tuple[str, str] | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def word(self) -> str:
        """The verdict, or ``failed``."""
        return "failed" if self.report is None or self.failure else self.report.verdict.word

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings: what is known beside the report."""
        name, evidence = self.likely_cause or ("", "")
        return {
            "failure": self.failure or None,
            "traceback": self.traceback or None,
            "findings": [{"kind": each.kind, "text": each.text} for each in self.findings],
            "likely_cause": {"name": name, "evidence": evidence} if name else None,
        }


def expect_file(path: Path) -> None:
    """See that there is a file to load a class from.

    Raises:
        BadInput: there is none.

    """
    if not path.is_file():
        found = "is a folder" if path.is_dir() else "does not exist"
        raise BadInput(f"{path} {found}; give a Python file, such as homework.py")


def check_submission(
    submission: Submission,
    *,
    scheme: str = "forward",
    epsilon: float | None = None,
    sample: int | None = None,
    jobs: int = 1,
    announce: Callable[[Price], None] | None = None,
    progress: Progress | None = None,
) -> SubmissionReport:
    """Check the backprop of somebody else's class.

    Args:
        submission: what is to be checked.
        scheme: as for ``check_gradients``, as are ``epsilon`` and ``sample``.
        epsilon: the step.
        sample: how many entries of each array.
        jobs: child processes among which the parameters are divided; no digit depends on it.
        announce: called with the price before the check starts.
        progress: called now and then with the number of costs evaluated so far.

    Returns:
        What was found. Whatever the class does, it ends here, and not in an exception.

    Raises:
        BadInput: (a ``ValueError``) there is no such file, or an option cannot be used.
        CheckInterrupted: on Ctrl-C, with the arrays that were finished.

    """
    expect_file(submission.path)
    begun = time.perf_counter()
    how = Measurement.of(scheme, epsilon, sample, submission.seed)
    batch = submission.inputs.shape[1]
    children: list[Child] = []
    opened = Opened()
    report, cause, failure = None, None, StudentError("")
    try:
        with ExitStack() as stack:

            def open_one() -> Opened:
                # Closed in any case, and what it prints is kept.
                folder = submission.path.resolve().parent
                children.append(stack.enter_context(Child(folder, submission.limits)))
                return _opened(children[-1], submission)

            opened = open_one()
            entries = sum(min(sample or array.size, array.size) for array in opened.values)
            costs = entries * len(how.scheme.perturbed_offsets)
            seconds = costs * opened.seconds["cost"] / jobs
            if announce is not None:
                announce(Price(costs, opened.passes, seconds))
            for _ in range(min(jobs, entries) - 1):
                open_one()
            engine = ChildEngine(children, opened.values, progress)
            candidates = candidates_of(opened.readings, batch, summable=opened.summable)
            best, said = best_candidate(candidates, engine, opened.values, submission.seed)
            opened.findings.extend(said)

            def checked(candidate: Candidate) -> Report:
                claims = [
                    Claim(slot.name, slot.layer, slot.parameter, value, gradient)
                    for slot, value, gradient in zip(
                        slots_of(submission.sizes), opened.values, candidate.gradients, strict=True
                    )
                ]
                return check_claims(claims, engine, how)

            report = checked(best)
            if opened.again is not None and report.ok:
                # What was right once may be wrong from then on.
                others = candidates_of(opened.again, batch, summable=opened.summable)
                best = next(
                    other
                    for candidate, other in zip(candidates, others, strict=True)
                    if candidate is best
                )
                report = checked(best)
            if opened.float32:
                report = _with_rounding(report)
            cause = likely_cause_of(best.gradients, report, batch)
            beside = None  # what explains it and is no mistake in a step of backprop
            if cause is not None and opened.again is not None:
                beside = "keeps-state", "backprop gives other gradients when it is called again"
            elif cause is not None and opened.guessed:
                beside = _other_cost(best, children[:1], opened, submission)
            if beside is None:
                mini_batch = MiniBatch(submission.inputs, submission.targets)
                diagnosis = diagnosed_on_a_twin(
                    submission.sizes,
                    opened.values,
                    best.gradients,
                    mini_batch,
                    engine.base_cost,
                    report,
                )
                report = replace(report, diagnosis=diagnosis)
                if diagnosis is not None and diagnosis.likely_cause is not None:
                    cause = diagnosis.likely_cause, f"{diagnosis.says} {diagnosis.evidence}"
            cause = beside or cause
    except StudentError as error:
        failure = error
    return SubmissionReport(
        report=report,
        findings=tuple(
            Finding(each.kind, printable(each.text))
            for each in (*opened.findings, *_printed(children))
        ),
        cost=printable(opened.cost),
        failure=printable(failure.line),
        traceback=printable(failure.traceback),
        likely_cause=cause,
        seconds={**opened.seconds, "check": time.perf_counter() - begun},
    )


@dataclass
class Opened:
    """What a child found out about the class; empty until it has."""

    values: list[HostArray] = field(default_factory=list)
    readings: list[tuple[str, list[HostArray]]] = field(default_factory=list)
    summable: bool = False
    float32: bool = False
    again: list[tuple[str, list[HostArray]]] | None = None
    cost: str = ""
    guessed: bool = False
    passes: int = 1
    seconds: dict[str, float] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def _opened(child: Child, submission: Submission) -> Opened:
    """Have the class loaded, built and understood."""
    child.send(
        {
            "do": "open",
            "path": str(submission.path.resolve()),
            "class": submission.class_name,
            "sizes": list(submission.sizes),
            "seed": submission.seed,
            "cost": submission.cost,
            "inputs": packed(np.asarray(submission.inputs, dtype=np.float64)),
            "targets": packed(np.asarray(submission.targets, dtype=np.float64)),
        }
    )
    answer = child.receive()
    values = [unpacked(array) for array in answer["parameters"]]
    readings = _unpacked_readings(answer["readings"])
    shapes = [value.shape for value in values]
    if any([gradient.shape for gradient in gradients] != shapes for _, gradients in readings):
        raise StudentError(
            "its process came to gradients of other shapes than the parameters: does the file "
            "replace functions of NumPy? It must leave them as they are"
        )
    return Opened(
        values=values,
        readings=readings,
        summable=answer["summable"],
        float32=answer["float32"],
        again=None if answer["again"] is None else _unpacked_readings(answer["again"]),
        cost=answer["cost"]["name"],
        guessed=answer["cost"]["guessed"],
        passes=answer["cost"]["passes"],
        seconds=answer["seconds"],
        findings=[Finding(each["kind"], each["text"]) for each in answer["findings"]],
    )


def _unpacked_readings(readings: list[dict[str, Any]]) -> list[tuple[str, list[HostArray]]]:
    return [
        (reading["text"], [unpacked(array) for array in reading["gradients"]])
        for reading in readings
    ]


def _other_cost(
    claimed: Candidate, children: Sequence[Child], opened: Opened, submission: Submission
) -> tuple[str, str] | None:
    """Where the cost was guessed: whether the gradients are right, but those of another cost."""
    for name, cost in COSTS_OF_OUTPUT.items():
        if name == opened.cost:
            continue
        try:
            engine = ChildEngine(children, opened.values, cost=name)
        except StudentError:
            continue  # such as ln of an output that is not between 0 and 1
        if fits(claimed, engine, opened.values, submission.seed):
            return (
                "other-cost",
                f"the gradients are right for the {cost.formula}: if that is meant, give "
                f"--cost {name}; if not, the last layer lacks its activation's derivative",
            )
    return None


def _printed(children: Sequence[Child]) -> list[Finding]:
    """That the class printed something, and how it begins."""
    size = sum(child.output_size for child in children)
    if not size:
        return []
    begin = " ".join(children[0].output.split())
    shown = begin if len(begin) <= PRINTED_SHOWN else begin[:PRINTED_SHOWN] + "..."
    return [Finding(ODDITY, f"It printed {size:,} bytes: {shown}")]


def _with_rounding(report: Report) -> Report:
    """A report on gradients that came in float32: what that rounds away is no mistake."""
    return replace(report, arrays=tuple(_array_with_rounding(array) for array in report.arrays))


def _array_with_rounding(array: ArrayReport) -> ArrayReport:
    finite = np.abs(array.backprop[np.isfinite(array.backprop)])
    rounding = FLOAT32_ROUNDING * float(np.max(finite, initial=0.0))
    error_bar = array.error_bar + rounding
    off = np.abs(array.backprop - array.numerical)
    excused = (array.verdicts == Verdict.DISAGREE) & (off <= BARS_ALLOWED * error_bar)
    seen = np.abs(array.numerical) > BARS_ALLOWED * error_bar
    verdicts = np.where(
        excused, np.where(seen, Verdict.AGREE, Verdict.UNDECIDED), array.verdicts
    ).astype(array.verdicts.dtype)
    return replace(array, error_bar=error_bar, verdicts=verdicts)
