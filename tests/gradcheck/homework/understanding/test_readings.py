"""The orders in which gradients may be returned."""

import pytest

from gradcheck.homework.understanding.readings import ORDERS, Order, Reading

ARRAYS = {
    "biases first, then weights": ["b1", "b2", "W1", "W2"],
    "weights first, then biases": ["W1", "W2", "b1", "b2"],
    "layer by layer, weights before biases": ["W1", "b1", "W2", "b2"],
    "layer by layer, biases before weights": ["b1", "W1", "b2", "W2"],
}


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.name)
def test_the_places_lead_to_the_arrays(order: Order) -> None:
    returned = ARRAYS[order.name]
    places = order.places(2)
    assert [returned[place] for place in places] == ["W1", "b1", "W2", "b2"]


def test_a_reading_in_words() -> None:
    assert Reading(ORDERS[0], False).text == "biases first, then weights"
    assert Reading(ORDERS[0], True).text.endswith("then weights, each weight gradient transposed")
