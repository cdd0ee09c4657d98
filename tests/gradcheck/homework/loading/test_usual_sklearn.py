"""Random data and scalers in the place of scikit-learn's, in the shapes that it gives."""

import numpy as np
import pytest

from gradcheck.homework.loading.usual_sklearn import EXAMPLES, SETS, SKLEARN


@pytest.mark.parametrize(("name", "sizes"), SETS.items())
def test_a_data_set_has_as_many_features_and_classes_as_the_one_of_its_name(
    name: str, sizes: tuple[int, int]
) -> None:
    features, classes = sizes
    found = SKLEARN[f"sklearn.datasets.{name}"]()
    assert found.data.shape == found["data"].shape == (EXAMPLES, features)
    assert found.target.shape == (EXAMPLES,)
    assert len(found.feature_names) == features
    if classes:
        assert sorted(set(found.target.tolist())) == list(range(classes))


def test_the_two_arrays_alone() -> None:
    inputs, targets = SKLEARN["sklearn.datasets.load_iris"](return_X_y=True)
    assert inputs.shape == (EXAMPLES, 4)
    assert targets.shape == (EXAMPLES,)


def test_a_name_that_a_data_set_has_not() -> None:
    with pytest.raises(AttributeError):
        _ = SKLEARN["sklearn.datasets.load_iris"]().frame


def test_made_data_have_the_sizes_that_are_asked_for() -> None:
    inputs, classes = SKLEARN["sklearn.datasets.make_classification"](7, n_features=3, n_classes=3)
    assert inputs.shape == (7, 3)
    assert set(classes.tolist()) == {0, 1, 2}
    inputs, classes = SKLEARN["sklearn.datasets.make_blobs"](n_samples=9, centers=[[0], [1]])
    assert inputs.shape == (9, 2)
    assert set(classes.tolist()) == {0, 1}
    inputs, numbers = SKLEARN["sklearn.datasets.make_regression"](n_samples=5, n_features=2)
    assert inputs.shape == (5, 2)
    assert len(set(numbers.tolist())) == 5


def test_scalers_go_forward_and_back() -> None:
    x = np.random.default_rng(0).normal(3.0, 2.0, (20, 3))
    standard = SKLEARN["sklearn.preprocessing.StandardScaler"]()
    scaled = standard.fit_transform(x)
    np.testing.assert_allclose(scaled.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(scaled.std(axis=0), 1.0)
    np.testing.assert_allclose(standard.inverse_transform(scaled), x)
    scaled = SKLEARN["sklearn.preprocessing.MinMaxScaler"]().fit(x).transform(x)
    np.testing.assert_allclose(scaled.min(axis=0), 0.0)
    np.testing.assert_allclose(scaled.max(axis=0), 1.0)
