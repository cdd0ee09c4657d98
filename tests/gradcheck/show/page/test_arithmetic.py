"""The numbers of the live page are those of Python: to 1e-12, for 200 random networks."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.bugs.chain_rule import CHAIN_RULE
from gradcheck.bugs.zoo import BUGS
from gradcheck.engines.batched import Batched
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.noise import POINTS, noise_beside_polynomials
from gradcheck.slopes.parameter_array import ParameterArray
from gradcheck.slopes.settings import Settings
from gradcheck.verdicts.check_claims import check_claims
from gradcheck.verdicts.checked_network import network_claims
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.judged_entries import judged_entries
from gradcheck.verdicts.verdict import Verdict
from nets.activations import ACTIVATIONS
from nets.arrays import HostArray
from nets.costs import COSTS
from nets.network import Network
from tests.browser import Browser
from tests.gradcheck.bugs.habitats import HABITATS, PLACES
from tests.gradcheck.show.page.lab import EvenlySpread, PageCosts, call, described, start_lab
from tests.strategies import mini_batch

NETWORKS = 200
# The noise of a single entry in doubt is what a steeper function leaves.
EQUAL_OWN_NOISE = 1e-8
# Where entries have slopes of the same size, the page may measure the noise at others of them than
# Python does. This is the part of the costs that Python then asks for in addition.
MOST_ASKED = 0.001
# So many of them show each mistake of MISTAKES.
FEW = 48
EQUAL = 1e-12
# What a slope shows of the noise of C is a difference of nearly equal numbers.
EQUAL_NOISE = 1e-10


def random_networks(count: int) -> Iterator[tuple[Network, MiniBatch, str]]:
    """Networks over all activations, costs, batch sizes, initialisations and scales."""
    generator = np.random.default_rng(0)
    for seed in range(count):
        activation = list(ACTIVATIONS)[seed % 4]
        cost = list(COSTS)[seed // 4 % 3]
        sizes = [int(size) for size in generator.integers(1, 5, int(generator.integers(2, 5)))]
        network = Network.create(
            sizes,
            activation=activation,
            cost=cost,
            initialisation=("book", "scaled")[seed // 12 % 2],
            seed=seed,
        )
        scale = (1.0, 0.1, 20.0, 100.0)[seed // 24 % 4]
        network = network.with_parameters([scale * array for array in network.parameters])
        yield network, MiniBatch(*mini_batch(sizes, 1 + seed % 5, cost, seed)), activation


def apart(found: Any, wanted: HostArray | float) -> float:
    """How far numbers are from what they should be, as a part of the largest of them."""
    largest = float(np.max(np.abs(wanted)))
    difference = float(np.max(np.abs(np.reshape(found, np.shape(wanted)) - wanted)))
    return difference / largest if difference else 0.0


def apart_each(found: Any, wanted: HostArray) -> float:
    """The same, as a part of each number itself."""
    difference = np.abs(np.asarray(found) - wanted)
    return float(
        np.max(np.divide(difference, np.abs(wanted), where=difference > 0.0, out=difference))
    )


def check_backprop(network: Network, batch: MiniBatch, found: dict[str, Any]) -> None:
    """C, the forward pass and the five steps of each layer."""
    traces = network.forward(batch.inputs)
    gradients = network.backward(traces, batch.targets)
    assert apart(found["cost"], float(network.cost(batch.inputs, batch.targets))) <= EQUAL
    for record, numbers in zip(
        [*traces, *gradients, *gradients],
        [*found["traces"], *found["gradients"], *found["again"]],
        strict=True,
    ):
        assert vars(record).keys() == numbers.keys()
        for name, array in vars(record).items():
            if array is None:
                assert numbers[name] is None
            else:
                assert apart(numbers[name], array) <= EQUAL, name


def right_claims(network: Network, batch: MiniBatch) -> list[Claim]:
    """What a right backprop claims."""
    pair = (batch.inputs, batch.targets)
    return network_claims(network, pair, network.backprop(*pair))


def check_slopes(
    chrome: Browser,
    number: int,
    claims: Sequence[Claim],
    found: dict[str, Any],
    equal_noise: float = EQUAL_NOISE,
) -> int:
    """(46), the error bars and the verdicts, from the costs that the page has computed.

    Returns how many other costs were needed.
    """
    asked: list[Any] = []

    def ask(more: list[Any]) -> list[float]:
        asked.extend(more)
        found: list[float] = call(chrome, "costChanges", number, more)
        return found

    checked = found["check"]
    how = Settings.of("forward")
    changes = {(which, entry, distance): change for which, entry, distance, change in found["log"]}
    engine = PageCosts(checked["base"], changes, ask)
    for which, (claim, numbers) in enumerate(zip(claims, checked["arrays"], strict=True)):
        assert apart(checked["costRoundOff"], claim.cost_round_off) <= EQUAL
        array = ParameterArray(
            which,
            claim.values,
            round_off_known=True,
            cost_round_off=checked["costRoundOff"],
        )
        entries = Entries.of(engine, array, np.arange(claim.values.size), how.scheme)
        judged = judged_entries(claim, entries, how.epsilon, EvenlySpread())  # type: ignore[arg-type]
        measured, judgement = judged.measured, judged.judgement
        assert numbers["verdict"] == [Verdict(int(code)).word for code in judgement.verdicts]
        assert apart_each(numbers["estimate"], judgement.numerical) <= EQUAL
        assert apart_each(numbers["truncation"], measured.truncation) <= EQUAL
        assert apart_each(numbers["epsilon"], measured.epsilons) <= EQUAL
        assert claim.round_off is not None
        assert apart_each(numbers["roundOff"], claim.round_off.ravel()) <= EQUAL
        assert apart_each(numbers["noise"], measured.noise) <= equal_noise
        assert apart_each(numbers["bar"], judgement.error_bar) <= equal_noise
    return len(asked)


def test_the_numbers_are_those_of_python(chrome: Browser) -> None:
    networks = list(random_networks(NETWORKS))
    start_lab(chrome)
    study = call(chrome, "study", [described(*each) for each in networks])
    seen: set[str] = set()
    asked: list[int] = []
    computed = 0
    for number, ((network, batch, _), found) in enumerate(zip(networks, study, strict=True)):
        check_backprop(network, batch, found)
        asked.append(check_slopes(chrome, number, right_claims(network, batch), found))
        computed += len(found["log"])
        seen |= {verdict for array in found["check"]["arrays"] for verdict in array["verdict"]}
    assert seen >= {"agree", "kink", "undecided", "untested"}
    assert sum(asked[:FEW]) == 0
    assert sum(asked) < MOST_ASKED * computed


SUBTLE = ("gradient-stops", "rounded-to-half-precision")


def planted(chrome: Browser, count: int) -> Iterator[tuple[list[Claim], dict[str, Any]]]:
    """Claims with a mistake in them for random networks, and what the page says of them."""
    some = []
    for number, (network, batch, activation) in enumerate(random_networks(count)):
        given = described(network, batch, activation)
        given["previous"] = {**given, "inputs": (0.5 - batch.inputs).tolist()}
        places = call(chrome, "places", given)
        if places:
            # Those that make claims of 0, or nearly right ones, are looked at most often again.
            subtle = [place for place in places if place[0] in SUBTLE]
            bug, layer = (subtle or places)[number % len(subtle or places)]
            some.append((network, batch, {**given, "bug": bug, "layer": layer}))
    study = call(chrome, "study", [given for *_, given in some])
    for (network, batch, _), found in zip(some, study, strict=True):
        gradients = [
            np.array(array["claim"], dtype=float).reshape(parameter.shape)
            for array, parameter in zip(found["check"]["arrays"], network.parameters, strict=True)
        ]
        pair = (batch.inputs, batch.targets)
        yield network_claims(network, pair, gradients, own=False), found


def test_claims_with_mistakes_get_the_verdicts_of_python(chrome: Browser) -> None:
    """Claims of 0 where rounding hides the slope, claims that are nearly right, and others."""
    start_lab(chrome)
    asked = computed = 0
    all_planted = list(planted(chrome, NETWORKS))
    for number, (claims, found) in enumerate(all_planted):
        asked += check_slopes(chrome, number, claims, found, EQUAL_OWN_NOISE)
        computed += len(found["log"])
    assert len(all_planted) > 0.9 * NETWORKS
    assert asked < MOST_ASKED * computed


def rounded_coarsely(chrome: Browser) -> tuple[list[Claim], dict[str, Any]]:
    """Claims of 1 for a cost that rounds each parameter to the last digit of a large number."""
    values = np.random.default_rng(1).random(20)
    large = np.where(np.arange(20) % 4, 0.0, 10.0 ** (np.arange(20) / 2.0 + 2.0))
    found = call(chrome, "roundedCoarsely", values.tolist(), large.tolist())
    claim = Claim("w", None, "w", values, np.ones(20), np.zeros(20))
    return [claim], found


def test_coarse_rounding_of_single_entries_is_seen_as_in_python(chrome: Browser) -> None:
    start_lab(chrome)
    claims, found = rounded_coarsely(chrome)
    assert check_slopes(chrome, -1, claims, found, EQUAL_OWN_NOISE) == 0
    noise = np.array(found["check"]["arrays"][0]["noise"])
    assert np.max(noise) > 1000.0 * np.min(noise)
    assert "disagree" not in found["check"]["arrays"][0]["verdict"]


# A mistake in how wrong claims are looked at again, and the check that notices it.
MISTAKES_IN_DOUBT = {
    "entries that stand still": ("WIDER[0]) !== 0", "WIDER[0]) === Infinity"),
    "rounding of its own": ("const COARSER = 3;", "const COARSER = 3e9;"),
    "noise of its own": ("MOST_STEPS_AWAY = 8;", "MOST_STEPS_AWAY = 4;"),
}


@pytest.mark.parametrize("replaced", MISTAKES_IN_DOUBT.values(), ids=MISTAKES_IN_DOUBT)
def test_a_mistake_in_second_looks_is_noticed(chrome: Browser, replaced: tuple[str, str]) -> None:
    start_lab(chrome, replaced)

    def differs(number: int, claims: list[Claim], found: dict[str, Any]) -> bool:
        try:
            check_slopes(chrome, number, claims, found, EQUAL_OWN_NOISE)
        except (AssertionError, RuntimeError):  # Python needs costs that the page has not computed
            return True
        return False

    noticed = any(differs(number, *each) for number, each in enumerate(planted(chrome, NETWORKS)))
    # Networks do not round that coarsely.
    assert noticed or differs(-1, *rounded_coarsely(chrome))


# A mistake in one line of the arithmetic, and the check that notices it.
MISTAKES = {
    "the widest step": ("LARGEST_PART = 2 ** -5", "LARGEST_PART = 2 ** -6"),
    "the noise in a bar": ("const NOISE_IN_BAR = 2;", "const NOISE_IN_BAR = 2.000001;"),
    "the slack of the truncation": ("TRUNCATION_SLACK = 1.25", "TRUNCATION_SLACK = 1.2500001"),
    "the step of (46)": ("EPSILON = 2 ** -21", "EPSILON = 2 ** -20"),
    "the bars allowed": ("BARS_ALLOWED = 2;", "BARS_ALLOWED = 0.02;"),
    "the derivative of tanh": ("(z) => 4 * sigmoid", "(z) => 4.00000000001 * sigmoid"),
    "the rounding of a product": ("const ROUNDINGS = 2;", "const ROUNDINGS = 2.0000001;"),
    "the mean over the examples": ("(x - y) / output.columns", "x - y"),
}


@pytest.mark.parametrize("replaced", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_the_arithmetic_is_noticed(chrome: Browser, replaced: tuple[str, str]) -> None:
    networks = list(random_networks(FEW))
    start_lab(chrome, replaced)
    study = call(chrome, "study", [described(*each) for each in networks])

    def differs(number: int) -> bool:
        network, batch, _ = networks[number]
        try:
            check_backprop(network, batch, study[number])
            # Another step asks for other costs: a page with a wrong step is found by that alone.
            claims = right_claims(network, batch)
            return check_slopes(chrome, number, claims, study[number]) > 0
        except AssertionError:
            return True

    assert any(map(differs, range(len(networks))))


def test_the_page_has_every_activation_cost_and_step(chrome: Browser) -> None:
    start_lab(chrome)
    assert call(chrome, "names") == [list(ACTIVATIONS), list(COSTS), list(CHAIN_RULE)]


def test_the_noise_of_a_table_is_that_of_python(chrome: Browser) -> None:
    start_lab(chrome)
    tables = np.random.default_rng(0).standard_normal((len(POINTS), 20))
    found = [call(chrome, "noiseBesidePolynomials", list(table)) for table in tables.T]
    assert apart_each(found, noise_beside_polynomials(tables)) <= EQUAL


def test_every_mistake_of_the_zoo_can_be_planted_in_the_same_layers(chrome: Browser) -> None:
    start_lab(chrome)
    for name, habitat in HABITATS.items():
        given = described(habitat.network, habitat.batch, habitat.network.layers[0].activation.name)
        given["previous"] = described(habitat.network, habitat.previous, "")
        places = [(name, bug, layer) for bug, layer in call(chrome, "places", given)]
        assert sorted(places) == sorted(place for place in PLACES if place[0] == name)
    assert {bug for _, bug, _ in PLACES} == set(BUGS)


# For each mistake one network, and a layer of it, in which it changes something.
PLACE_OF = {bug: (name, layer) for name, bug, layer in PLACES}


@pytest.mark.parametrize("name", sorted({name for name, _ in PLACE_OF.values()}))
def test_every_mistake_gives_the_verdict_that_python_gives(chrome: Browser, name: str) -> None:
    start_lab(chrome)
    habitat = HABITATS[name]
    pair = (habitat.batch.inputs, habitat.batch.targets)
    given = described(habitat.network, habitat.batch, habitat.network.layers[0].activation.name)
    given["previous"] = described(habitat.network, habitat.previous, "")
    for bug in (bug for bug, (where, _) in PLACE_OF.items() if where == name):
        layer = PLACE_OF[bug][1]
        gradients = habitat.with_bug(BUGS[bug], layer)
        claims = network_claims(habitat.network, pair, gradients, own=False)
        engine = Batched(habitat.network, *pair)
        report = check_claims(claims, engine, Settings.of("forward"))
        found = call(chrome, "check", {**given, "bug": bug, "layer": layer})
        assert found["verdict"] == report.verdict.word, bug
        assert found["wrongSteps"][0] == [layer, BUGS[bug].step]
        for array, numbers in zip(report.arrays, found["arrays"], strict=True):
            assert apart(numbers["claim"], array.backprop) <= EQUAL, bug
            verdicts = [Verdict(int(code)).word for code in array.verdicts]
            assert numbers["verdict"] == verdicts, (bug, layer, array.name)
