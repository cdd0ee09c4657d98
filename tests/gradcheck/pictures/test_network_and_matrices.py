"""A layer as a drawing and as matrices."""

from matplotlib.patches import Rectangle
from matplotlib.text import Annotation

from gradcheck.pictures.network_and_matrices import draw_network_and_matrices


def test_the_arrows_into_a_neuron_and_its_row_are_marked() -> None:
    above, below = draw_network_and_matrices((3, 4, 2), 5).figure.axes
    arrows = [
        text.arrow_patch
        for text in above.texts
        if isinstance(text, Annotation) and text.arrow_patch is not None
    ]
    widths = [arrow.get_linewidth() for arrow in arrows if arrow.get_linewidth() in (1.0, 4.0)]
    assert len(arrows) == 3 * 4 + 4 * 2 + 1  # and the one from upstream to downstream
    assert widths.count(4.0) == 3
    cells = [patch for patch in below.patches if isinstance(patch, Rectangle)]
    rows = [cell for cell in cells if cell.get_hatch() == "//"]
    columns = [cell for cell in cells if cell.get_hatch() == "\\\\"]
    assert len(rows) == 3 + 1 + 5  # of the weights, the biases and z
    assert len(columns) == 3 + 4  # of the inputs and z
    assert len({cell.get_xy() for cell in rows} & {cell.get_xy() for cell in columns}) == 1


def test_shapes_stand_below_the_matrices() -> None:
    below = draw_network_and_matrices((2, 3, 1), 4).figure.axes[1]
    texts = [text.get_text() for text in below.texts]
    assert [text for text in texts if " x " in text] == ["3 x 2", "2 x 4", "3 x 1", "3 x 4"]
