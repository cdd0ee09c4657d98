"""The tables of the campaign, its failures in words, and whether it meets the goals."""

from collections.abc import Callable, Iterable, Sequence

from tests.benchmarks.foreign_functions.problems import CLEAN, FAMILIES, KINDS, NOISY, SCALED
from tests.benchmarks.foreign_functions.rules import names
from tests.benchmarks.foreign_functions.trials import Case, Planted, Trial
from tests.benchmarks.foreign_functions.truth import Comparison

__all__ = ["by_family", "by_plant", "by_rule", "failures", "goals", "self_test_table"]


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Columns set with spaces; the first to the left, the others to the right."""
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def share(part: int, whole: int) -> str:
    return f"{100.0 * part / whole:.2f} %" if whole else ""


def count(trials: Iterable[Trial], word: str) -> int:
    """How many right gradients got this verdict."""
    return sum(each.word == word for each in trials)


def planted(trials: Iterable[Trial], test: Callable[[Planted], bool]) -> list[Planted]:
    """The planted errors that pass a test."""
    return [plant for each in trials for plant in each.planted if test(plant)]


def beyond(trials: Iterable[Trial]) -> list[Planted]:
    """The planted errors that must be found."""
    return planted(trials, lambda plant: plant.beyond)


def found(errors: Iterable[Planted]) -> int:
    return sum(plant.word == "disagree" for plant in errors)


def blindly_passed(trials: Iterable[Trial]) -> int:
    """Errors in entries without an error bar, where the report says that all is well."""
    return len(planted(trials, lambda plant: plant.blind and plant.ok and not plant.beyond))


def row(name: str, kind: str, trials: Sequence[Trial]) -> list[object]:
    must = beyond(trials)
    gross = [plant for plant in must if plant.gross]
    return [
        name,
        kind,
        len(trials),
        count(trials, "disagree"),
        count(trials, "undecided"),
        count(trials, ""),
        len(must),
        found(must),
        share(found(must), len(must)),
        len(gross),
        sum(plant.ok for plant in gross),
        blindly_passed(trials),
    ]


def by_family(trials: Sequence[Trial]) -> str:
    """A row for every family, for every kind, and for all."""
    head = ["family", "kind", "problems", "accused", "undecided", "raised", "beyond", "caught"]
    head += ["share", "gross", "passed", "blind passed"]
    rows = []
    for name, each in FAMILIES.items():
        those = [one for one in trials if one.case.family == name]
        if those:
            rows.append(row(name, each.kind, those))
    for kind in KINDS:
        rows.append(row(f"all {kind}", "", [one for one in trials if one.kind == kind]))
    rows.append(row("all", "", trials))
    return table(head, rows)


def by_plant(trials: Sequence[Trial]) -> str:
    """A row for every sort of error: how many are beyond the bars, and how many are found."""
    sorts = list(dict.fromkeys(plant.name for each in trials for plant in each.planted))
    rows = []
    for sort in sorts:
        those = planted(trials, lambda plant, sort=sort: plant.name == sort)  # type: ignore[misc]
        must = [plant for plant in those if plant.beyond]
        passed = sum(plant.ok for plant in must)
        rows.append(
            [sort, len(those), len(must), found(must), share(found(must), len(must)), passed]
        )
    return table(["error", "planted", "beyond", "caught", "share", "passed"], rows)


def by_rule(trials: Sequence[Trial]) -> str:
    """A row for this checker and for each other rule, on the same gradients."""
    must = beyond(trials)
    head = ["rule", *(f"accused, {kind}" for kind in KINDS), "caught", "share", "gross passed"]
    rows: list[list[object]] = [
        [
            "this checker",
            *(count((t for t in trials if t.kind == kind), "disagree") for kind in KINDS),
            found(must),
            share(found(must), len(must)),
            sum(plant.ok for plant in must if plant.gross),
        ]
    ]
    for name in names():
        caught = sum(name not in plant.passed for plant in must)
        accused = [
            sum(name not in each.accepted for each in trials if each.kind == kind) for kind in KINDS
        ]
        gross = sum(name in plant.passed for plant in must if plant.gross)
        rows.append([name, *accused, caught, share(caught, len(must)), gross])
    return table(head, rows)


def failures(trials: Sequence[Trial]) -> list[str]:
    """What went wrong, the worst first, each with what ``--only`` needs to run it again."""
    lines = [line for each in trials for line in _failures_of(each)]
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])]


def _failures_of(each: Trial) -> list[tuple[int, str]]:
    """What went wrong with one problem: a line for each sort of failure, and its rank."""
    case = each.case
    where = f"{case.family}:{case.number} --seed {case.seed} ({each.scheme})"
    verdicts = {"": "RAISED", "disagree": "ACCUSED", "undecided": "UNDECIDED"}
    ranks = {"RAISED": 0, "ACCUSED": 1, "GROSS PASSED": 2, "PASSED": 3, "BLINDLY PASSED": 4}
    told: dict[str, str] = {}
    if each.word in verdicts:
        told[verdicts[each.word]] = each.message
    for plant in each.planted:
        if plant.beyond and plant.word != "disagree":
            sort = "NOT CAUGHT" if not plant.ok else "GROSS PASSED" if plant.gross else "PASSED"
        elif plant.blind and plant.ok and not plant.beyond:
            sort = "BLINDLY PASSED"
        else:
            continue
        words = f"{plant.name}, {plant.message}" if plant.message else plant.name
        told[sort] = f"{told[sort]}; {plant.name}" if sort in told else words
    return [(ranks.get(sort, 5), f"{sort} {where}: {words}") for sort, words in told.items()]


def goals(trials: Sequence[Trial]) -> tuple[list[str], bool]:
    """Each goal with yes or no, and whether all are met."""
    clean = [each for each in trials if each.kind == CLEAN]
    noisy = [each for each in trials if each.kind == NOISY]
    rough = [each for each in trials if each.kind in (NOISY, SCALED)]
    must_clean, must_noisy = beyond(clean), beyond(noisy)
    gross_passed = sum(plant.ok for plant in beyond(trials) if plant.gross)
    blind, raised = blindly_passed(trials), count(trials, "")
    accused_clean, accused_rough = count(clean, "disagree"), count(rough, "disagree")
    undecided = count(clean, "undecided")
    checks = [
        ("no gross error beyond the bars passes", gross_passed == 0, f"{gross_passed}"),
        (
            "99.9 % of the errors beyond the bars are caught, clean",
            found(must_clean) >= 0.999 * len(must_clean),
            f"{found(must_clean)} of {len(must_clean)}",
        ),
        (
            "98 % of the errors beyond the bars are caught, noisy",
            found(must_noisy) >= 0.98 * len(must_noisy),
            f"{found(must_noisy)} of {len(must_noisy)}",
        ),
        (
            "at most 1 in 3,000 right gradients is accused, clean",
            3000 * accused_clean <= len(clean),
            f"{accused_clean} of {len(clean)}",
        ),
        (
            "at most 1 in 300 right gradients is accused, noisy or tiny or huge",
            300 * accused_rough <= len(rough),
            f"{accused_rough} of {len(rough)}",
        ),
        (
            "at most 5 % of the right gradients are undecided, clean",
            20 * undecided <= len(clean),
            f"{undecided} of {len(clean)}",
        ),
        ("no error passes in an entry without an error bar", blind == 0, f"{blind}"),
        ("no check ends in an exception", raised == 0, f"{raised}"),
    ]
    lines = [f"{'yes' if met else 'NO':>3}  {words}: {told}" for words, met, told in checks]
    return lines, all(met for _, met, _ in checks)


def self_test_table(results: Sequence[tuple[Case, Comparison]]) -> str:
    """A row for every family: entries measured again, those that could not be, those wrong."""
    rows = []
    for name in FAMILIES:
        those = [result for case, result in results if case.family == name]
        if those:
            entries = sum(each.entries for each in those)
            unresolved = sum(each.unresolved for each in those)
            rows.append([name, len(those), entries, unresolved, sum(len(t.wrong) for t in those)])
    columns = [sum(int(str(line[column])) for line in rows) for column in range(1, 5)]
    rows.append(["all", *columns])
    return table(["family", "problems", "entries", "unresolved", "wrong"], rows)
