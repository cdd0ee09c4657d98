"""What an argument is for, by its name."""

import pytest

from gradcheck.homework.understanding.by_trying.argument_roles import Role, role_of


@pytest.mark.parametrize(
    ("names", "role"),
    [
        ("x X inputs input_data features X_train training_set_inputs data", Role.INPUTS),
        ("y Y t targets labels y_true all_y_trues desired_output Y_train", Role.TARGETS),
        ("AL output y_hat y_pred A2 probs final_outputs", Role.OUTPUT),
        ("cache caches memory forward_cache activations values", Role.CACHE),
        ("parameters params model", Role.PARAMETERS),
        ("learning_rate lr eta alpha learn_rate", Role.RATE),
        ("epochs n_iter num_iterations number_of_training_iterations", Role.ROUNDS),
        ("batch_size m", Role.COUNT),
        ("lambd reg lambda_ lambda_reg weight_decay", Role.STRENGTH),
        ("hprev c_prev prev_cell", Role.STATE),
        ("keep_prob", Role.KEEP),
        ("dout grad_output dA dZ error delta upstream", Role.ARRIVING),
        ("training_data mini_batch", Role.EXAMPLES),
        ("print_cost verbose", Role.SWITCH),
    ],
)
def test_names_say_roles(names: str, role: Role) -> None:
    assert {name: role_of(name) for name in names.split()} == dict.fromkeys(names.split(), role)


@pytest.mark.parametrize("name", ["W1", "b1", "kernel", "foo", "hidden"])
def test_other_names_say_nothing(name: str) -> None:
    assert role_of(name) is None
