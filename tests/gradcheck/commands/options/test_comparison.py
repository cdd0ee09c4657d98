"""Which networks and mini-batches ``cost-compare`` compares."""

from gradcheck.commands.options.comparison import ComparisonOptions
from gradcheck.costs.cost_row import LECTURE, Case


def options(
    networks: tuple[tuple[int, ...], ...] = (),
    batch_sizes: tuple[int, ...] | None = None,
    *,
    budget: float | None = None,
    quick: bool = False,
) -> ComparisonOptions:
    return ComparisonOptions(
        networks, batch_sizes, "sigmoid", "float64", "cpu", 1, budget, quick, seed=0
    )


def test_without_sizes_and_batches_it_is_the_lecture() -> None:
    assert options().cases() == LECTURE


def test_each_network_has_a_row_with_each_batch() -> None:
    assert options(((4, 2), (3, 2)), (1, 5)).cases() == (
        Case((4, 2), 1),
        Case((4, 2), 5),
        Case((3, 2), 1),
        Case((3, 2), 5),
    )


def test_either_has_a_default_beside_the_other() -> None:
    assert options(batch_sizes=(7,)).cases() == (Case((784, 30, 10), 7),)
    assert options(networks=((4, 2),)).cases() == (Case((4, 2), 10),)


def test_quick_takes_less_time_and_a_budget_decides_over_both() -> None:
    assert options(quick=True).seconds <= 4.0 < options().seconds <= 10.0
    assert options(budget=20.0, quick=True).seconds == 20.0
