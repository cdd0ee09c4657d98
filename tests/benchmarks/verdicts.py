"""Can the verdicts be trusted? ``python -m tests.benchmarks.verdicts --networks 10000 --seed 1``.

Random networks, badly scaled on purpose, are checked twice. With the right gradient no entry may
disagree. With a mistake of the zoo, the mistake must be found, located and named. The rules of
other checkers, written here in our own words, get the same gradients:

- PyTorch's ``gradcheck``: central differences, eps 1e-6, |a - n| <= 1e-5 + 1e-3 |n| everywhere;
- JAX's ``check_grads``: central differences, eps 1e-4, along one random direction drawn from
  N(0, 1), |a - n| <= 1e-5 + 1e-5 |n| (times the size of the arrays compared, here 1);
- HIPS autograd's ``check_grads``: central differences, eps 1e-6 in all, along one such direction,
  |a - n| < 1e-6 or |a - n| / |a + n| < 1e-6;
- the CS231n script: 10 random entries, central differences, h 1e-5, |a - n| / (|a| + |n|) < 1e-7
  (0/0 counts as right, to its advantage);
- the norm ratio: all entries, central differences, eps 1e-7, |a - n| / (|a| + |n|) < 1e-7.

All of them get float64. Their costs are rounded as a full forward pass rounds them.
"""

import argparse
import collections
import multiprocessing
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np

from gradcheck.bugs.backprop_step import (
    MiniBatch,
)
from gradcheck.bugs.drawn import previous_batch
from gradcheck.bugs.planting import (
    Bug,
    layers_to_plant,
    wrong_backprop,
)
from gradcheck.bugs.zoo import BUGS
from gradcheck.check import check_network
from gradcheck.cluster.exchange import Exchange
from gradcheck.cluster.join import joined
from gradcheck.engines.batched import Batched
from gradcheck.engines.blas_threads import one_blas_thread
from gradcheck.show.text import Part, Sentence, Table, plain_text
from gradcheck.slopes.error_bars import BARS_ALLOWED
from gradcheck.verdicts.array_diagnosis import ArrayDiagnosis
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.what_to_mend import Diagnosis
from nets.activations import ACTIVATIONS
from nets.arrays import HostArray
from nets.costs import COSTS
from nets.errors import BadInput
from nets.initialisation import INITIALISATIONS
from nets.layers import LayerGradients, parameter_gradients
from nets.network import Network
from tests.benchmarks.machine import describe

SCHEMES = ("forward", "forward", "central", "five-point", "complex")
# Steps of gradient descent in the networks that are trained.
TRAINING_STEPS = 40
# Networks that a process gets at a time.
PIECE = 25


@dataclass(frozen=True)
class Drawn:
    """A network with a mini-batch, the scheme for its check, and a description in words."""

    network: Network
    batch: MiniBatch
    scheme: str
    words: str


def draw(seed: int, number: int) -> Drawn:
    """Draw network ``number``: depth 1 to 5, width 1 to 40, batch 1 to 64, scale 0.03 to 30."""
    generator = np.random.default_rng([seed, number])
    sizes = [int(size) for size in generator.integers(1, 41, generator.integers(2, 7))]
    batch_size = int(generator.integers(1, 65))
    activation, cost = str(generator.choice(list(ACTIVATIONS))), str(generator.choice(list(COSTS)))
    network = Network.create(
        sizes,
        activation=activation,
        cost=cost,
        initialisation=str(generator.choice(list(INITIALISATIONS))),
        seed=int(generator.integers(2**32)),
    )
    scale = float(0.03 * 1000.0 ** generator.random())
    network = network.with_parameters([scale * array for array in network.parameters])
    kind = str(generator.choice(["dense", "sparse", "saturating", "pixels"]))
    inputs = generator.standard_normal((sizes[0], batch_size))
    if kind == "sparse":
        inputs *= generator.random(inputs.shape) < 0.2
    elif kind == "saturating":
        inputs *= 30.0
    elif kind == "pixels":
        inputs = np.maximum(inputs, 0.0)
    labels = generator.integers(0, sizes[-1], batch_size)
    targets = np.eye(sizes[-1])[:, labels]
    if cost != "fused-softmax-cross-entropy" and generator.random() < 0.5:
        targets = generator.random((sizes[-1], batch_size))
    trained = bool(generator.random() < 0.4)
    if trained:
        network = after_training(network, inputs, targets)
    single = bool(generator.random() < 0.3)
    if single:
        network = network.with_dtype("float32").with_dtype("float64")
        inputs, targets = (array.astype("float32").astype(float) for array in (inputs, targets))
    scheme = str(generator.choice(SCHEMES))
    if scheme == "complex" and activation == "relu":
        scheme = "forward"
    words = (
        f"{'-'.join(map(str, sizes))} {activation} {cost}, batch {batch_size}, scale {scale:.2g}, "
        f"{kind}{', trained' if trained else ''}{', float32' if single else ''}, {scheme}"
    )
    return Drawn(network, MiniBatch(inputs, targets), scheme, words)


def after_training(network: Network, inputs: HostArray, targets: HostArray) -> Network:
    """Take some steps of gradient descent; a step that does not lower the cost is made shorter."""
    rate, cost = 1.0, float(network.cost(inputs, targets))
    for _ in range(TRAINING_STEPS):
        claims = parameter_gradients(network.backprop(inputs, targets))
        moved = network.with_parameters(
            [array - rate * claim for array, claim in zip(network.parameters, claims, strict=True)]
        )
        new_cost = float(moved.cost(inputs, targets))
        if np.isfinite(new_cost) and new_cost < cost:
            network, cost, rate = moved, new_cost, 1.5 * rate
        else:
            rate /= 4.0
    return network


# Other checkers' rules.


Rule = Callable[[Drawn, Sequence[HostArray], np.random.Generator], bool]


def central_differences(drawn: Drawn, eps: float) -> list[HostArray]:
    """(C(w + eps e_j) - C(w - eps e_j)) / 2 eps for every parameter."""
    network, batch = drawn.network, drawn.batch
    engine = Batched(network, batch.inputs, batch.targets, threads=1)
    estimates = []
    for which, array in enumerate(network.parameters):
        entries = np.arange(array.size)
        changes = engine.cost_changes(which, entries, np.full(array.size, eps), (-1.0, 1.0))
        left, right = engine.base_cost + changes
        estimates.append(np.reshape((right - left) / (2.0 * eps), array.shape))
    return estimates


def along_a_direction(
    drawn: Drawn, claims: Sequence[HostArray], eps: float, generator: np.random.Generator
) -> tuple[float, float]:
    """The claimed and the measured slope along a direction drawn from N(0, 1)."""
    network, batch = drawn.network, drawn.batch
    direction = [generator.standard_normal(array.shape) for array in network.parameters]

    def cost(step: float) -> float:
        moved = [a + step * d for a, d in zip(network.parameters, direction, strict=True)]
        return float(network.with_parameters(moved).cost(batch.inputs, batch.targets))

    claimed = sum(float(np.sum(c * d)) for c, d in zip(claims, direction, strict=True))
    return claimed, (cost(eps) - cost(-eps)) / (2.0 * eps)


def pytorch(drawn: Drawn, claims: Sequence[HostArray], generator: np.random.Generator) -> bool:
    return all(
        bool(np.all(np.abs(claim - estimate) <= 1e-5 + 1e-3 * np.abs(estimate)))
        for claim, estimate in zip(claims, central_differences(drawn, 1e-6), strict=True)
    )


def jax(drawn: Drawn, claims: Sequence[HostArray], generator: np.random.Generator) -> bool:
    claimed, measured = along_a_direction(drawn, claims, 1e-4, generator)
    return abs(claimed - measured) <= 1e-5 + 1e-5 * abs(measured)


def autograd(drawn: Drawn, claims: Sequence[HostArray], generator: np.random.Generator) -> bool:
    claimed, measured = along_a_direction(drawn, claims, 0.5e-6, generator)
    apart, size = abs(claimed - measured), abs(claimed + measured)
    return apart < 1e-6 or (size > 0.0 and apart / size < 1e-6)


def cs231n(drawn: Drawn, claims: Sequence[HostArray], generator: np.random.Generator) -> bool:
    claim = np.concatenate([np.ravel(array) for array in claims])
    estimate = np.concatenate([np.ravel(array) for array in central_differences(drawn, 1e-5)])
    some = generator.integers(0, claim.size, 10)
    size = np.abs(claim[some]) + np.abs(estimate[some])
    return bool(np.all(np.abs(claim[some] - estimate[some]) <= 1e-7 * size))


def norm_ratio(drawn: Drawn, claims: Sequence[HostArray], generator: np.random.Generator) -> bool:
    claim = np.concatenate([np.ravel(array) for array in claims])
    estimate = np.concatenate([np.ravel(array) for array in central_differences(drawn, 1e-7)])
    size = float(np.linalg.norm(claim) + np.linalg.norm(estimate))
    return float(np.linalg.norm(claim - estimate)) <= 1e-7 * size


RULES: dict[str, Rule] = {
    "PyTorch gradcheck": pytorch,
    "JAX check_grads": jax,
    "autograd check_grads": autograd,
    "CS231n script": cs231n,
    "norm ratio 1e-7": norm_ratio,
}


# The campaign.


@dataclass(frozen=True)
class Trial:
    """The result of one network.

    Attributes:
        words: the network in words.
        fault: a false alarm, engines that differ, or a crash; empty if there was none.
        verdict: the verdict on the right gradient.
        planted: the mistake and its layer; None if no mistake changes anything.
        visible: whether the mistake moves some entry beyond two of its error bars. These are the
            bars of the report on the wrong gradient, where an entry that disagrees has been
            measured again with other steps.
        seen_at_first: the same, with the bars of the report on the right gradient.
        caught: whether the verdict on the wrong gradient was ``disagree``.
        located: whether layer and step of the diagnosis were right.
        named: ``name`` if the likely mistake was right, ``same`` if it was another one that gives
            the same numbers, and empty otherwise.
        accused: the rules that refused the right gradient.
        passed: the rules that accepted the wrong gradient.

    """

    words: str
    fault: str = ""
    verdict: str = ""
    planted: tuple[str, int] | None = None
    visible: bool = False
    seen_at_first: bool = False
    caught: bool = False
    located: bool = False
    named: str = ""
    accused: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()


def trial(number: int, seed: int) -> Trial:
    """Check one network with its right gradient and with a wrong one."""
    drawn = draw(seed, number)
    generator = np.random.default_rng([seed, number, 1])
    try:
        with one_blas_thread(), np.errstate(all="ignore"):
            return _trial(drawn, generator)
    except BadInput as error:  # a cost that overflows
        return Trial(drawn.words, verdict=f"refused: {error}"[:40])
    except Exception:
        return Trial(drawn.words, fault=traceback.format_exc())


def _trial(drawn: Drawn, generator: np.random.Generator) -> Trial:
    network, batch = drawn.network, drawn.batch

    def checked(gradients: Sequence[LayerGradients], before: MiniBatch | None = None) -> Report:
        return check_network(
            network,
            batch.inputs,
            batch.targets,
            gradients=gradients,
            previous=before,
            scheme=drawn.scheme,
            threads=1,
        )

    right = network.backprop(batch.inputs, batch.targets)
    report = checked(right)
    fault = _fault_of(report)
    truth = parameter_gradients(right)
    accused = tuple(name for name, rule in RULES.items() if not rule(drawn, truth, generator))
    previous = previous_batch(batch, int(generator.integers(2**32)))
    choice = _chosen(drawn, previous, generator)
    if choice is None:
        return Trial(drawn.words, fault, report.verdict.word, accused=accused)
    name, layer = choice
    bug = BUGS[name]
    wrong = wrong_backprop(network, batch, bug, layer, previous)
    claims = parameter_gradients(wrong)
    found = checked(wrong, previous)
    diagnosis = found.diagnosis

    def gives_the_same(likely: Bug) -> bool:
        again = wrong_backprop(network, batch, likely, layer, previous)
        return give_the_same(again, wrong, right)

    return Trial(
        drawn.words,
        fault,
        report.verdict.word,
        choice,
        visible=is_visible(found, truth, claims),
        seen_at_first=is_visible(report, truth, claims),
        caught=found.counts["disagree"] > 0,
        located=isinstance(diagnosis, Diagnosis)
        and (diagnosis.layer, diagnosis.step) == (layer, bug.step),
        named=_named(diagnosis, bug, layer, gives_the_same),
        accused=accused,
        passed=tuple(name for name, rule in RULES.items() if rule(drawn, claims, generator)),
    )


def _fault_of(report: Report) -> str:
    """What is wrong with the report on a right gradient; empty if nothing is."""
    if report.counts["disagree"]:
        return f"false alarm: {report}"
    if report.comparison is not None and not report.comparison.ok:
        return f"the engines differ: {report.comparison}"
    return ""


def _named(
    diagnosis: Diagnosis | ArrayDiagnosis | None,
    bug: Bug,
    layer: int,
    gives_the_same: Callable[[Bug], bool],
) -> str:
    """How a diagnosis names the mistake ``bug`` in a layer: see ``Trial.named``."""
    if not isinstance(diagnosis, Diagnosis) or diagnosis.likely_cause not in BUGS:
        return ""
    likely = BUGS[diagnosis.likely_cause]
    if likely.name == bug.name:
        return "name"
    same_place = diagnosis.layer == layer and likely.step == bug.step
    return "same" if same_place and gives_the_same(likely) else ""


def _chosen(
    drawn: Drawn, previous: MiniBatch, generator: np.random.Generator
) -> tuple[str, int] | None:
    for name in map(str, generator.permutation(list(BUGS))):
        layers = layers_to_plant(drawn.network, drawn.batch, BUGS[name], previous)
        if layers:
            return name, int(generator.choice(layers))
    return None


def give_the_same(
    some: Sequence[LayerGradients],
    others: Sequence[LayerGradients],
    right: Sequence[LayerGradients],
) -> bool:
    """Whether two wrong gradients are the same, up to a billionth of what is wrong."""
    return all(
        bool(np.max(np.abs(one - other)) <= 1e-9 * np.max(np.abs(other - exact)))
        for one, other, exact in zip(*map(parameter_gradients, (some, others, right)), strict=True)
    )


def is_visible(found: Report, right: Sequence[HostArray], wrong: Sequence[HostArray]) -> bool:
    """Whether a mistake moves some entry further than the measurement allows a claim to be.

    Args:
        found: the report with the estimates and the error bars.
        right: the right gradient, an array for each parameter array.
        wrong: the wrong gradient, likewise.

    """
    for array, truth, claim in zip(found.arrays, right, wrong, strict=True):
        changed = np.abs(np.ravel(claim) - np.ravel(truth))
        # Two bars, and the error of the estimate itself.
        off = np.abs(np.ravel(truth) - array.numerical)
        if np.any(changed > BARS_ALLOWED * array.error_bar + off):
            return True
    return False


@dataclass(frozen=True)
class TrialJob:
    """The trials of some networks, as the workers of a cluster do them.

    Attributes:
        seed: of all networks.

    """

    seed: int

    def started(self) -> Callable[[range, threading.Event], list[Trial]]:
        """See ``gradcheck.cluster.job.Job.started``."""
        return self._trials

    def _trials(self, numbers: range, stop: threading.Event) -> list[Trial]:
        found = []
        for number in numbers:
            if stop.is_set():
                break
            found.append(trial(number, self.seed))
        return found


def trials_on(executor: Executor, networks: int, seed: int) -> Iterator[Trial]:
    """The trials of the networks 0, 1, ... in this order, computed by the workers."""
    pieces = [range(first, min(first + PIECE, networks)) for first in range(0, networks, PIECE)]
    done: dict[int, list[Trial]] = {}
    due = 0
    for number, found in Exchange(executor, TrialJob(seed)).results(pieces):
        done[number] = found
        while due in done:
            yield from done.pop(due)
            due += 1


def trials(networks: int, seed: int, jobs: int) -> Iterator[Trial]:
    """The trials of the networks 0, 1, ... in this order, computed by ``jobs`` processes."""
    one = partial(trial, seed=seed)
    if jobs == 1:
        yield from map(one, range(networks))
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        yield from pool.map(one, range(networks), chunksize=PIECE)


@dataclass(frozen=True)
class Campaign:
    """The results of all networks."""

    trials: tuple[Trial, ...]

    @property
    def faults(self) -> list[Trial]:
        """False alarms, engines that differ, and crashes; there should be none."""
        return [each for each in self.trials if each.fault]

    @property
    def planted(self) -> list[Trial]:
        """The trials with a mistake."""
        return [each for each in self.trials if each.planted is not None]

    @property
    def missed(self) -> list[Trial]:
        """Mistakes beyond the error bars that were not caught; there should be none."""
        return [each for each in self.planted if each.visible and not each.caught]

    @property
    def caught(self) -> list[Trial]:
        """Mistakes that were caught."""
        return [each for each in self.planted if each.caught]

    @property
    def misplaced(self) -> list[Trial]:
        """Mistakes that were caught and placed in a wrong layer or step; there should be none."""
        return [each for each in self.caught if not each.located]

    @property
    def unnamed(self) -> list[Trial]:
        """Mistakes that were caught and got a wrong name or no name."""
        return [each for each in self.caught if not each.named]

    def parts(self) -> list[Part]:
        """The campaign as tables."""
        verdicts = collections.Counter(each.verdict.split(":")[0] for each in self.trials)
        counts = ", ".join(f"{count:,} {word}" for word, count in verdicts.most_common())
        return [
            Table(
                "How often the verdicts are right",
                ("", "count", "of", "share"),
                _shares(self._counts()),
            ),
            Sentence(f"Verdicts on the right gradients: {counts}."),
            Table(
                "The same gradients under other rules",
                ("rule", "mistakes caught", "share", "false alarms", "share"),
                tuple(self._rules()),
            ),
        ]

    def _counts(self) -> list[tuple[str, int, int]]:
        """Rows of the first table: what is counted, how many, and out of how many."""
        planted, caught = self.planted, self.caught
        visible = [each for each in planted if each.visible]
        at_first = [each for each in planted if each.seen_at_first]
        located, named = len(caught) - len(self.misplaced), len(caught) - len(self.unnamed)
        same = sum(each.named == "same" for each in caught)
        return [
            ("false alarms, or other faults", len(self.faults), len(self.trials)),
            (
                "mistakes beyond the error bars caught",
                len(visible) - len(self.missed),
                len(visible),
            ),
            (
                "  the same, by the bars of the right gradient",
                sum(each.caught for each in at_first),
                len(at_first),
            ),
            ("all mistakes caught", len(caught), len(planted)),
            ("first wrong step right, of the caught", located, len(caught)),
            ("likely mistake right, of the caught", named, len(caught)),
            ("  of these, another with the same numbers was named", same, len(caught)),
        ]

    def _rules(self) -> Iterator[tuple[str, ...]]:
        """Rows of the second table: this checker, then the other rules."""
        planted, trials = self.planted, self.trials
        rules = [("this one", len(self.caught), sum("false" in each.fault for each in trials))]
        for name in RULES:
            found = sum(name not in each.passed for each in planted)
            rules.append((name, found, sum(name in each.accused for each in trials)))
        for name, found, false in rules:
            yield (
                name,
                f"{found:,} of {len(planted):,}",
                _percent(found, len(planted)),
                f"{false:,} of {len(trials):,}",
                _percent(false, len(trials)),
            )


def _shares(rows: Sequence[tuple[str, int, int]]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (name, f"{count:,}", f"{whole:,}", _percent(count, whole)) for name, count, whole in rows
    )


def _percent(count: int, whole: int) -> str:
    return f"{100.0 * count / whole:.2f} %" if whole else ""


def main() -> None:
    """Run the campaign, here or on a cluster."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--networks", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--cluster", help="local:2, tcp://host:8786 or FILE.json")
    options = parser.parse_args()
    print(describe(), flush=True)
    if options.cluster is None:
        report(trials(options.networks, options.seed, options.jobs), options.seed)
        return
    with joined(options.cluster) as executor:
        report(trials_on(executor, options.networks, options.seed), options.seed)


def report(results: Iterable[Trial], seed: int) -> None:
    """Print the trials that failed, as they come, and the tables."""
    started = time.perf_counter()
    done: list[Trial] = []
    for each in results:
        number = len(done)
        done.append(each)
        for kind, told in (
            ("FAULT", bool(each.fault)),
            ("MISSED", each.visible and not each.caught),
            ("MISPLACED", each.caught and not each.located),
            ("UNNAMED", each.caught and not each.named),
        ):
            if told:
                print(f"{kind} {number}: {each.words}; {each.planted} {each.fault}", flush=True)
    campaign = Campaign(tuple(done))
    print(plain_text(campaign.parts()))
    print(f"\nSeed {seed}, {time.perf_counter() - started:,.0f} s.")


if __name__ == "__main__":
    main()
