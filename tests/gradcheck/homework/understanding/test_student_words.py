"""Words of other languages in names."""

import pytest

from gradcheck.homework.understanding.student_words import in_english


@pytest.mark.parametrize(
    ("names", "english"),
    [
        ("propagacion_adelante propagation_avant vorwaerts vorwärts propagacaoDireta", "forward"),
        ("retropropagacion propagation_arriere rueckwaerts propagacion_hacia_atras", "backward"),
        ("costo cout coût kosten custo", "cost"),
        ("tasa_aprendizaje tauxApprentissage lernrate", "learning_rate"),
        ("pesos poids gewichte", "weights"),
        ("entrenar treinar trainieren", "train"),
        ("abfrage predecir vorhersagen", "predict"),
    ],
)
def test_names_in_other_languages(names: str, english: str) -> None:
    assert {in_english(name) for name in names.split()} == {english}


def test_parts_of_names() -> None:
    assert in_english("n_ocultas") == "n_hidden"
    assert in_english("Kostenfunktion") == "cost_function"
    assert in_english("gewichte_2") == "weights_2"
    assert in_english("eingabeknoten") == "inputs_nodes"


@pytest.mark.parametrize(
    "name",
    [
        *("backPropagate", "W1", "x", "data_loader", "accumulate", "account", "cost_fn", "errors"),
        *("predictions", "capacity", "passes", "target", "lot_size", "rediscover", "layers"),
    ],
)
def test_english_names_stay_as_they_are(name: str) -> None:
    assert in_english(name) == name
