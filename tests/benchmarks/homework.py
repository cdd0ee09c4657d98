"""How much homework is read as it stands? ``python -m tests.benchmarks.homework``.

Every submission of the corpus (``tests/gradcheck/homework/corpus``) is checked as it stands, and so
is each of its wrong variants. A submission is *read* if a verdict is given on it. A right one that
disagrees is *accused*; a wrong variant that agrees has *passed*.

With ``--real FOLDER`` the files of a folder of one's own are checked, which has a ``manifest.tsv``
with a line for each: id, source, path, format, name, remarks, and whether it is right.
"""

import argparse
import csv
import shutil
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.show.text import Part, Table, plain_text
from tests.benchmarks.machine import describe

CORPUS = Path(__file__).parents[1] / "gradcheck" / "homework" / "corpus"
ADAPTERS = CORPUS / "adapters"
# Entries of each array that are checked at most. What a wrong variant changes is hardly ever less
# than a fortieth of an array.
SAMPLE = 40
SECONDS = 60.0  # for one call of a submission's code

# By what the corpus calls a mistake: the names of causes that are right for it, whole names only.
OF_A_WRONG_DERIVATIVE = (
    *("wrong-activation-derivative", "derivative-at-activation"),
    *("derivative-formula-at-z", "derivative-of-another-function", "relu-derivative-one"),
)
OF_BATCH = (
    *("not-divided-by-batch", "divided-twice", "bias-averaged"),
    *("mean-for-sum", "sum-for-mean"),
)
# A part of a sum that is missing: in a slice, in a loop, or because each part overwrites the last.
OF_A_LOOP = ("part-left-out", "overwritten", "outside-the-loop")
OF_REGULARISATION = (
    *("weight-decay", "weight-decay-missing", "wrong-regularisation", "bias-regularised"),
)
ACCEPTED_CAUSES: dict[str, tuple[str, ...]] = {
    # A sign inside a derivative, such as 1 + a^2 for 1 - a^2, makes a wrong derivative of it.
    "sign": ("sign-flipped", "wrong-activation-derivative"),
    "factor-2": ("factor-two", "weights-factor-two"),
    "factor-half": ("factor-half",),
    "factor-batch": OF_BATCH,
    "factor-1/batch": OF_BATCH,
    "transpose": (
        *("weights-gradient-transposed", "reshaped-not-transposed", "weights-not-transposed"),
        "flipped",  # of a filter that is turned round
        "axes-in-wrong-order",
    ),
    "sum-for-mean": ("not-divided-by-batch", "not-divided-by-outputs", "sum-for-mean"),
    "mean-for-sum": ("bias-averaged", "divided-twice", "divided-by-outputs", "mean-for-sum"),
    "missing-activation-derivative": (
        *("missing-activation-derivative", "relu-derivative-one", "cross-entropy-shortcut"),
        # Both say that the last layer's derivative may be missing.
        *("other-cost", "output-activation-missing"),
    ),
    "doubled-activation-derivative": ("derivative-twice", "fused-derivative-once-more"),
    "wrong-activation-derivative": (
        *OF_A_WRONG_DERIVATIVE,
        "missing-activation-derivative",  # for a derivative that is 1 everywhere
    ),
    "examples-left-out": (
        *("example-lost", "examples-left-out", "one-example-only", "bias-first-example-only"),
        *("bias-not-summed", "weights-last-example-only", "targets-left-out"),
        *OF_A_LOOP,
    ),
    "rows-left-out": (
        *("row-zeroed", "column-zeroed", "slice-zeroed", "entry-zeroed", "examples-left-out"),
        *OF_A_LOOP,
    ),
    # Values of another call, of other examples, or of another step of the same forward pass.
    "stale-values": (
        *("stale-activations", "stale-z", "keeps-state", "accumulated", "z-for-activations"),
        *OF_A_WRONG_DERIVATIVE,
        *("wrong-variable", "wrong-index"),
    ),
    "zero": ("all-zero", "bias-forgotten", "gradient-stops"),
    "regularisation": OF_REGULARISATION,
    # The strength alone is not divided by the number of examples.
    "strength-not-divided": (*OF_REGULARISATION, "not-divided-by-batch"),
}


@dataclass(frozen=True)
class Case:
    """One file to be checked."""

    name: str
    format: int
    path: Path
    object: str
    sizes: tuple[int, ...] | None = None
    shapes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    is_right: bool | None = True  # None if nobody knows
    mistake: str = ""
    where: tuple[str, ...] = ()

    def checked(self) -> SubmissionReport:
        """What the check says of it."""
        adapter = ADAPTERS / f"{self.name.split(' ')[0]}.py"
        options: dict[str, Any] = {"adapter": adapter} if adapter.exists() else {}
        submission = Submission(
            self.path,
            self.object or None,
            sizes=self.sizes,
            shapes=self.shapes,
            limits=Limits(call_seconds=SECONDS),
            **options,
        )
        return check_submission(submission, sample=SAMPLE)


def corpus(folder: Path, only: str, format_asked: int) -> Iterator[Case]:
    """The submissions of the corpus, and a copy of each with each of its mistakes.

    Args:
        folder: for the copies.
        only: a submission's name; empty for all.
        format_asked: its number; 0 for all.

    """
    listed = tomllib.loads((CORPUS / "corpus.toml").read_text(encoding="utf-8"))["submission"]
    for each in listed:
        if (only and each["name"] != only) or format_asked not in (0, each["format"]):
            continue
        path = CORPUS / "right" / each["file"]
        sizes = tuple(map(int, each["sizes"].split(","))) if each.get("sizes") else None
        case = Case(
            each["name"],
            each["format"],
            path,
            each["object"],
            sizes,
            shapes_of(each.get("arrays", "")),
        )
        yield case
        for number, wrong in enumerate(each["wrong"]):
            root = folder / f"{each['name']}-{number}"
            top = Path(each["file"]).parts[0]
            source = CORPUS / "right" / top
            if source.is_dir():
                shutil.copytree(source, root / top)
            else:
                root.mkdir()
            text = path.read_text(encoding="utf-8")
            assert text.count(wrong["replace"]) == wrong.get("count", 1), wrong["name"]
            there = root / each["file"]
            changed = text.replace(wrong["replace"], wrong["with"])
            there.write_text(changed, encoding="utf-8")
            yield Case(
                f"{each['name']} {wrong['name']}",
                case.format,
                there,
                case.object,
                case.sizes,
                case.shapes,
                False,
                wrong["mistake"],
                tuple(wrong["where"]),
            )


def shapes_of(text: str) -> dict[str, tuple[int, ...]]:
    """Shapes by name, from ``x=4x5,w=5x3,b=3``."""
    pairs = (each.split("=") for each in text.split(",") if each)
    return {name.strip(): tuple(map(int, shape.split("x"))) for name, shape in pairs}


def real(folder: Path, only: str, format_asked: int) -> Iterator[Case]:
    """The files that a manifest lists."""
    rights = {"yes": True, "wrong": False}
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            if (only and row["id"] != only) or format_asked not in (0, int(row["format"])):
                continue
            for root in sorted(folder.glob(f"{row['id']}_*")):
                right = rights.get(
                    row["right"].split()[0].strip(":,;").lower() if row["right"] else ""
                )
                name = row["name"] if row["name"].isidentifier() else ""
                path = root / row["path"]
                if not path.is_file():  # copied without the folders above it
                    path = next(root.rglob(path.name), path)
                if path.is_file():
                    yield Case(row["id"], int(row["format"]), path, name, is_right=right)


def outcome(case: Case, found: SubmissionReport) -> str:
    """In one word: what became of a case."""
    if found.verdict is None:
        return "unread" if case.is_right is not False else "unread wrong"
    findings = any(part.report.findings for part in found.parts)
    word = "disagree" if findings and found.word == "agree" else found.word
    if case.is_right is None:
        return f"unknown {word}"
    if case.is_right:
        return {"agree": "right", "disagree": "accused", "undecided": "undecided"}[word]
    return {"agree": "passed", "disagree": "caught", "undecided": "undecided wrong"}[word]


def causes_of(found: SubmissionReport) -> list[str]:
    """The names of all mistakes in a report; places, where no known mistake fits, are none."""
    causes = [part.likely_cause for part in found.parts if part.likely_cause is not None]
    diagnoses = [part.report.diagnosis for part in found.parts if part.report.diagnosis is not None]
    names = [each.name for each in causes if each.is_mistake]
    names += [each.likely_cause for each in diagnoses if each.likely_cause is not None]
    return list(dict.fromkeys(names))


def is_named(case: Case, found: SubmissionReport) -> bool | None:
    """Whether the cause is named right; None if the mistake has no name of its own."""
    accepted = ACCEPTED_CAUSES.get(case.mistake)
    if accepted is None:
        return None
    return any(name in accepted for name in causes_of(found))


OF_RIGHT = ("right", "accused", "undecided", "unread")
OF_WRONG = ("caught", "passed", "undecided wrong", "unread wrong")
OF_UNKNOWN = ("unknown agree", "unknown disagree", "unknown undecided", "unread")


def tables(results: Sequence[tuple[Case, SubmissionReport]]) -> list[Part]:
    """The counts, a row for each format: of right submissions, of wrong ones, of unknown ones."""
    parts: list[Part] = []
    for title, is_right, outcomes in (
        ("Right submissions", True, OF_RIGHT),
        ("Wrong ones", False, OF_WRONG),
        ("Nobody knows", None, OF_UNKNOWN),
    ):
        some = [result for result in results if result[0].is_right is is_right]
        if not some:
            continue
        rows = [_row(str(number), some, outcomes, number) for number in _formats(some)]
        rows.append(_row("all", some, outcomes))
        heads = [each.removesuffix(" wrong").removeprefix("unknown ") for each in outcomes]
        heads += ["cause named", "named wrong"]
        parts.append(Table(title, ("format", *heads), tuple(rows), left=1))
    return parts


def _formats(results: Sequence[tuple[Case, SubmissionReport]]) -> list[int]:
    return sorted({case.format for case, _ in results})


def _row(
    name: str,
    results: Sequence[tuple[Case, SubmissionReport]],
    outcomes: Sequence[str],
    number: int | None = None,
) -> tuple[str, ...]:
    some = [result for result in results if number in (None, result[0].format)]
    counts = Counter(outcome(*result) for result in some)
    caught = [result for result in some if outcome(*result) == "caught"]
    nameable = [result for result in caught if is_named(*result) is not None]
    misnamed = [result for result in nameable if not is_named(*result) and causes_of(result[1])]
    right = sum(bool(is_named(*result)) for result in nameable)
    named = (f"{right} of {len(nameable)}", str(len(misnamed))) if nameable else ("", "")
    return (name, *(str(counts[what]) for what in outcomes), *named)


def line_of(case: Case, found: SubmissionReport) -> str:
    """One line about a case."""
    said = found.failure or f"[{found.format}] {found.name}: {', '.join(causes_of(found))}"
    return f"{outcome(case, found):16} {case.format} {case.name} ({case.mistake}): {said}"


def main() -> None:
    """Check all of it, and print the counts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--format", type=int, default=0, help="only this format")
    parser.add_argument("--only", default="", help="one submission, by its name or id")
    parser.add_argument("--real", type=Path, help="a folder with files and a manifest.tsv")
    parser.add_argument("--right", action="store_true", help="no wrong variants")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="a line for each, not only for faults")
    asked = parser.parse_args()
    print(describe())
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder).resolve()
        cases = list(
            real(asked.real, asked.only, asked.format)
            if asked.real
            else corpus(there, asked.only, asked.format)
        )
        cases = [case for case in cases if case.is_right is not False or not asked.right]
        with ThreadPoolExecutor(asked.jobs) as pool:
            found = list(pool.map(Case.checked, cases))
    results = list(zip(cases, found, strict=True))
    for case, each in results:
        is_open = outcome(case, each) not in ("right", "caught") or is_named(case, each) is False
        if asked.list or is_open:
            print(line_of(case, each))
    print(plain_text(tables(results)))


if __name__ == "__main__":
    main()
