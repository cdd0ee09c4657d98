"""Random data in the place of data sets, in the shapes that the libraries give."""

import numpy as np
import pytest

from gradcheck.homework.loading.usual_data import EXAMPLES, USUAL_DATA


@pytest.mark.parametrize("library", ["keras", "tensorflow.keras"])
def test_images_have_the_shapes_of_mnist(library: str) -> None:
    (images, labels), (test_images, test_labels) = USUAL_DATA[
        f"{library}.datasets.mnist.load_data"
    ]()
    assert images.shape == test_images.shape == (EXAMPLES, 28, 28)
    assert images.dtype == labels.dtype == np.uint8
    assert sorted(set(labels.tolist())) == list(range(10))
    assert not np.array_equal(images, test_images)
    assert labels.shape == test_labels.shape


def test_the_same_numbers_are_drawn_each_time() -> None:
    load = USUAL_DATA["keras.datasets.mnist.load_data"]
    assert np.array_equal(load()[0][0], load()[0][0])


def test_points_of_two_classes() -> None:
    points, classes = USUAL_DATA["sklearn.datasets.make_moons"](n_samples=7, noise=0.1)
    assert points.shape == (7, 2)
    assert set(classes.tolist()) == {0, 1}


def test_a_table_of_digits_can_be_used_as_that_of_pandas() -> None:
    table = USUAL_DATA["pandas.read_csv"]("train.csv", header=None)
    assert table.shape == (EXAMPLES, 785)
    assert table.head(3).shape == (3, 785)
    assert type(table.values) is type(table.to_numpy()) is np.ndarray
    assert set(np.asarray(table)[:, 0].tolist()) == set(range(10))


def test_one_hot_rows_from_class_numbers() -> None:
    encoder = USUAL_DATA["sklearn.preprocessing.OneHotEncoder"](sparse=False)
    rows = encoder.fit_transform(np.array([[2], [5], [2]]))
    assert rows.toarray().tolist() == rows.todense().tolist() == [[1, 0], [0, 1], [1, 0]]
    assert encoder.transform([5]).toarray().tolist() == [[0, 1]]
    one_hot = USUAL_DATA["keras.utils.to_categorical"]
    assert one_hot([0, 2]).tolist() == [[1, 0, 0], [0, 0, 1]]
    assert one_hot([0, 2], num_classes=4).shape == (2, 4)


def test_each_array_is_split_in_the_same_place() -> None:
    split = USUAL_DATA["sklearn.model_selection.train_test_split"]
    x, y = np.arange(9).reshape(9, 1), np.arange(9)
    x_train, x_test, y_train, y_test = split(x, y, test_size=0.2)
    assert (x_train.shape, x_test.shape) == ((6, 1), (3, 1))
    assert np.array_equal(x_train[:, 0], y_train)
    assert np.array_equal(x_test[:, 0], y_test)
