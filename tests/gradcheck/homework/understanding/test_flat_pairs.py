"""Which gradient belongs to which cost is read from the names."""

from gradcheck.homework.understanding.flat_pairs import costs_and_gradients, is_gradient


def test_names_with_the_same_words_belong_together() -> None:
    names = ["costFunction", "gradient", "costFunctionReg", "gradientReg"]
    groups, unclaimed = costs_and_gradients(names)
    assert [(each.cost, each.gradients) for each in groups] == [
        ("costFunction", ("gradient",)),
        ("costFunctionReg", ("gradientReg",)),
    ]
    assert unclaimed == ()


def test_a_gradient_with_words_of_its_own_may_belong_to_the_first_cost_only() -> None:
    groups, unclaimed = costs_and_gradients(["mse_loss", "hinge_loss", "ridge_grad"])
    assert [each.gradients for each in groups] == [("ridge_grad",), ()]
    assert unclaimed == ("ridge_grad",)


def test_a_function_that_is_cost_and_gradient_is_a_cost() -> None:
    groups, _ = costs_and_gradients(["loss_and_grad"])
    assert [(each.cost, each.gradients) for each in groups] == [("loss_and_grad", ())]
    assert is_gradient("loss_and_grad")
    assert not is_gradient("loss")
