"""Numbers of neurons by the names of arguments."""

import pytest

from gradcheck.homework.understanding.size_names import size_meant


@pytest.mark.parametrize(
    ("names", "size"),
    [
        ("input_layer_size n_in num_features input_dim nx n_input_units n_entradas", "input"),
        ("hidden_layer_size n_hidden hidden_units num_hidden h_dim nn_hdim n_ocultas", "hidden"),
        ("num_labels n_out output_size num_classes n_classes ny n_salidas", "output"),
        ("layers layer_sizes architecture dims", "layers"),
        ("X y lambda_ theta inputs hidden labels", None),
    ],
)
def test_sizes_by_their_names(names: str, size: str | None) -> None:
    found = {name: size_meant(name) for name in names.split()}
    assert found == dict.fromkeys(found, size)
