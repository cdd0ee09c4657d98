"""All numbers that an object holds, with their paths."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.leaves import (
    MOST_ITEMS,
    Path,
    arrays_of,
    read,
    scalars_of,
    write,
)


def network() -> Any:
    layers = [SimpleNamespace(W=np.ones((2, 2)), b=0.5), SimpleNamespace(W=np.zeros(3), b=1)]
    return SimpleNamespace(layers=layers, params={"W1": np.ones(2)}, name="net", eta=0.1)


def test_paths_are_written_as_python_writes_them() -> None:
    own = network()
    assert [path.name for path in arrays_of(own)] == [
        *("layers[0].W", "layers[1].W", "params['W1']")
    ]
    assert [path.name for path in arrays_of(own.params)] == ["W1"]
    layers = [{"W": np.ones(2)}, (np.ones(3),)]
    assert [path.name for path in arrays_of(layers)] == ["parameters[0]['W']", "parameters[1][0]"]


def test_numbers_are_found_by_their_names() -> None:
    found = scalars_of(network(), lambda name: name == "b")
    assert {path.name: number for path, number in found.items()} == {
        "layers[0].b": 0.5,
        "layers[1].b": 1.0,
    }
    assert not scalars_of(SimpleNamespace(b=True), lambda name: name == "b")


def test_each_array_is_found_once_and_only_real_ones() -> None:
    same = np.ones(2)
    own = SimpleNamespace(a=same, b=same, c=np.ones(2, dtype=int), d=np.ones(0), e=[0.1, 0.2])
    assert [path.name for path in arrays_of(own)] == ["a"]


def test_an_object_that_holds_itself_is_searched_once() -> None:
    own = SimpleNamespace(W=np.ones(2))
    own.own = own
    assert [path.name for path in arrays_of(own)] == ["W"]


def test_a_data_set_is_no_list_of_layers() -> None:
    own = SimpleNamespace(few=[np.ones(2)] * 1, many=[np.ones(2) for _ in range(MOST_ITEMS + 1)])
    assert [path.name for path in arrays_of(own)] == ["few[0]"]


def test_an_array_of_objects_is_looked_into() -> None:
    weights = np.empty(2, dtype=object)
    weights[:] = [np.ones((2, 3)), np.ones(2)]
    assert [path.name for path in arrays_of(SimpleNamespace(w=weights))] == ["w[0]", "w[1]"]


def test_what_is_written_is_read() -> None:
    own = network()
    for path in (*arrays_of(own), *scalars_of(own, lambda name: name == "b")):
        there = read(own, path)
        new = there + 3.0
        write(own, path, new)
        assert np.array_equal(read(own, path), new)


def test_an_array_of_the_same_shape_stays_the_same_object() -> None:
    own = SimpleNamespace(W=np.ones(2))
    path = Path().then("W", is_attribute=True)
    kept = own.W
    write(own, path, np.zeros(2))
    assert own.W is kept
    new = np.zeros(3)
    write(own, path, new)
    assert own.W is not kept
    new[0] = 7.0
    assert own.W[0] == 0.0


def test_a_matrix_stays_a_matrix() -> None:
    own = SimpleNamespace(W=np.ones((1, 2)).view(np.matrix))
    write(own, Path(((True, "W"),)), np.zeros((1, 3)))
    assert isinstance(own.W, np.matrix)


def test_what_is_gone_and_what_cannot_be_assigned_is_told() -> None:
    own = SimpleNamespace(pair=(1.0, 2.0))
    with pytest.raises(StudentError, match="W is gone after a call"):
        read(own, Path(((True, "W"),)))
    with pytest.raises(StudentError, match=r"pair\[0\] cannot be assigned .* ordinary list"):
        write(own, Path(((True, "pair"), (False, 0))), 3.0)


def test_the_last_word_and_the_parent_of_a_path() -> None:
    path = Path(((True, "W"), (False, 0)))
    assert path.last == "W"
    assert path.parent == Path(((True, "W"),))
    assert Path(((False, 0),)).last == ""


def test_lists_of_numbers_are_arrays_where_there_are_no_others() -> None:
    own = SimpleNamespace(w=[[0.5, 1.0], [1.5, 2.0]], b=[1.0], names=["a"], sizes=[2, 1], errors=[])
    assert [path.name for path in arrays_of(own)] == ["w", "b"]
    path = next(iter(arrays_of(own)))
    write(own, path, np.array([[3.0, 4.0], [5.0, 6.0]]))
    assert own.w == [[3.0, 4.0], [5.0, 6.0]]
    np.testing.assert_array_equal(read(own, path), own.w)


def test_lists_beside_arrays_are_no_arrays() -> None:
    own = SimpleNamespace(W=np.ones((2, 2)), losses=[0.5, 0.25])
    assert [path.name for path in arrays_of(own)] == ["W"]


def test_lists_of_lists_of_other_lengths_are_several_arrays() -> None:
    own = SimpleNamespace(w=[[[0.5, 1.0], [1.5, 2.0]], [[2.5, 3.0]]])
    assert [path.name for path in arrays_of(own)] == ["w[0]", "w[1]"]
