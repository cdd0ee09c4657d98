"""The tables of cost-compare."""

from dataclasses import replace

from gradcheck.costs.cost_row import Measured
from gradcheck.costs.tables import clock_table, differences_table, products_table
from gradcheck.show.text import plain_text
from tests.gradcheck.costs.rows import row, spread

NOISY = spread(20.0, 24.0, 31.0)


def test_the_names_of_the_gradients_stay_whole_in_wide_networks() -> None:
    for sizes in ((1024, 512, 256, 128, 10), (12000, 12000, 12000)):
        text = plain_text([products_table(sizes)])
        assert max(map(len, text.splitlines())) <= 80
        assert "gradient_wrt_upstream_activations" in text


def test_the_products_add_up_to_all_of_backprop() -> None:
    *products, total = products_table((784, 30, 10)).rows
    assert sum(int(cells[3].replace(",", "")) for cells in products) == 47_940
    assert total == ("all of backprop", "", "", "47,940", "2.013")


def test_measured_passes_stand_beside_those_on_paper() -> None:
    ((network, batch, forward, backprop, passes, paper, _, loop, bound),) = clock_table(
        [row()]
    ).rows
    assert (network, batch, forward, backprop) == ("784-30-10", "10", "1 ms", "2 ms")
    assert (passes, paper, loop, bound) == ("2.00", "2.01", "x 4.5", "products")


def test_a_ratio_that_its_spread_does_not_support_is_not_shown() -> None:
    noisy = replace(row(), forward=spread(0.5e-3, 1e-3, 3e-3))
    assert clock_table([noisy]).rows[0][4] == "too noisy"


def test_estimates_and_times_that_cannot_be_trusted_are_marked() -> None:
    noisy = replace(
        row(), one_by_one=Measured(NOISY, estimated=True), batched=Measured(NOISY, estimated=False)
    )
    assert differences_table([row()]).rows[0][4:] == ("23.9 s est.", "10 ms", "2 ms")
    assert differences_table([noisy]).rows[0][4:] == ("24 s est.?", "24 s ?", "2 ms")
