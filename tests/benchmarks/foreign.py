"""Costs of other people's sort: ``python -m tests.benchmarks.foreign --instances 40 --seed 0``.

A hundred families of costs, drawn without regard to how the checker works. Each problem is checked
with its right gradient, which no verdict may accuse, and with planted errors. An error counts as
beyond the bars if it is beyond two error bars of the report on the right gradient; those must be
found. Beside it stands what other checkers say of the same gradients.

``--self-test`` checks the corpus instead: every right gradient is measured again in ``longdouble``.
``--only FAMILY:NUMBER`` runs one problem again and says all about it.
"""

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

import numpy as np
from threadpoolctl import threadpool_limits

from tests.benchmarks.foreign_functions.problems import FAMILIES
from tests.benchmarks.foreign_functions.tables import (
    by_family,
    by_plant,
    by_rule,
    failures,
    goals,
    self_test_table,
)
from tests.benchmarks.foreign_functions.trials import Case, Trial, checked, self_test, trial
from tests.benchmarks.foreign_functions.truth import reference_slope, right_gradient
from tests.benchmarks.machine import describe

PIECE = 10
Told = TypeVar("Told")


def cases(instances: int, seed: int, scheme: str, names: Sequence[str]) -> list[Case]:
    """So many problems of each family, the families one after the other."""
    return [
        Case(name, number, seed, scheme)
        for name in FAMILIES
        if not names or name in names
        for number in range(instances)
    ]


def told(one: Callable[[Case], Told], work: Sequence[Case], jobs: int) -> Iterator[Told]:
    """What each case tells, in order, in so many processes."""
    if jobs == 1:
        with threadpool_limits(1):
            yield from map(one, work)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=threadpool_limits, initargs=(1,)) as pool:
        yield from pool.map(one, work, chunksize=PIECE)


def run_campaign(options: argparse.Namespace, work: Sequence[Case]) -> bool:
    """Check all cases and print the tables; say whether all goals are met."""
    trials: list[Trial] = []
    for each in told(trial, work, options.jobs):
        trials.append(each)
        if len(trials) % 500 == 0:
            print(f"{len(trials):,} of {len(work):,} done", file=sys.stderr, flush=True)
    for table in (by_family(trials), by_plant(trials), by_rule(trials)):
        print(f"{table}\n")
    if options.list_failures:
        print("\n".join(failures(trials)[: options.list_failures]), end="\n\n")
    lines, met = goals(trials)
    print("\n".join(lines))
    return met


def run_self_test(options: argparse.Namespace, work: Sequence[Case]) -> bool:
    """Measure all right gradients again; say whether they are right."""
    results = list(zip(work, told(self_test, work, options.jobs), strict=True))
    print(self_test_table(results))
    shown = 0
    for case, result in results:
        for words in result.wrong:
            if shown < max(10, options.list_failures):
                print(f"{case.family}:{case.number} {words}")
            shown += 1
    print(f"\n{shown} entries of right gradients are wrong.")
    return shown == 0


def show_one(case: Case) -> None:
    """One problem, its right gradient measured anew, and every entry of its report."""
    problem, result = case.problem(), trial(case)
    right = right_gradient(problem)
    print(f"{case.family}:{case.number} ({result.kind}, {result.scheme}): {result.word}")
    print(result.message)
    if result.word:
        show_entries(checked(case, problem, right), problem)
    for each in result.planted:
        if each.word:
            print(f"{each.name}: beyond {each.beyond}, blind {each.blind}: {each.word} {each.ok}")
            if each.message:
                print(f"  {each.message}")


def show_entries(report: Any, problem: Any) -> None:
    """Every entry: the claim, the measurement with its error bar, and the ``longdouble`` slope."""
    for which, array in enumerate(report.arrays):
        for place, position in enumerate(array.entries):
            exact, doubt = reference_slope(problem, which, int(position), problem.side)
            print(
                f"  {which}[{position}] at {np.ravel(problem.parameters[which])[position]:.6g}: "
                f"claim {array.backprop[place]:.12g}, measured {array.numerical[place]:.12g} "
                f"+- {array.error_bar[place]:.2g}, code {array.verdicts[place]}; "
                f"slope {exact:.12g} +- {doubt:.1g}"
            )


def options_of(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--instances", type=int, default=40, help="problems of each family")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--family", action="append", default=[], help="only this family")
    parser.add_argument("--scheme", default="", help="only this scheme; else they take turns")
    parser.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--list-failures", type=int, default=0, metavar="K")
    parser.add_argument("--only", metavar="FAMILY:NUMBER", help="one problem, with every entry")
    parser.add_argument("--self-test", action="store_true", help="check the right gradients")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 1 if a goal is missed."""
    options = options_of(arguments)
    if options.only:
        name, number = options.only.split(":")
        show_one(Case(name, int(number), options.seed, options.scheme))
        return 0
    work = cases(options.instances, options.seed, options.scheme, options.family)
    print(describe(), flush=True)
    started = time.perf_counter()
    met = (run_self_test if options.self_test else run_campaign)(options, work)
    spent = time.perf_counter() - started
    print(f"\nSeed {options.seed}, {len(work):,} problems, {spent:,.0f} s.")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
