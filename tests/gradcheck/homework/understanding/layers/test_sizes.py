"""The small numbers that a layer is built with: all different, and every window fits."""

from gradcheck.homework.asked import Asked
from gradcheck.homework.understanding.layers.sizes import (
    LayerSizes,
    features,
    is_image,
    is_pool,
    sizes_of,
)

SIZES = LayerSizes()


def test_sizes_that_could_be_mixed_up_differ() -> None:
    assert len({SIZES.n_in, SIZES.n_out, SIZES.channels_in, SIZES.channels_out}) == 4
    assert SIZES.height != SIZES.width


def test_windows_fit_images() -> None:
    for side in (SIZES.height, SIZES.width):
        assert side % SIZES.pool == 0
        assert (side + 2 * SIZES.padding - SIZES.kernel) // SIZES.stride >= 1


def test_what_was_asked_for_replaces_the_usual_sizes() -> None:
    found = sizes_of(Asked(name=None, sizes=(9, 7, 8)))
    assert (found.n_in, found.n_out) == (9, 8)
    assert sizes_of(Asked(name=None, sizes=None)) == SIZES


def test_kinds_are_known_by_their_names() -> None:
    assert [is_image(each) for each in ("Conv2D", "MaxPool", "Dense")] == [True, True, False]
    assert is_pool("MaxPool")
    assert not is_pool("Conv2D")
    assert features(SIZES, "BatchNorm2d") == SIZES.channels_in
    assert features(SIZES, "BatchNorm") == SIZES.n_in
