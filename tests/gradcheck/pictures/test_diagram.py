"""Neurons and arrows on axes."""

from matplotlib.figure import Figure
from matplotlib.text import Annotation

from gradcheck.pictures.diagram import NetworkDiagram, without_axes


def diagram_of(*sizes: int) -> NetworkDiagram:
    return NetworkDiagram(Figure().subplots(), sizes)


def test_a_column_is_centred_and_its_first_neuron_is_at_the_top() -> None:
    diagram = diagram_of(3, 2)
    assert diagram.at(0, 1)[1] == 0.0
    assert diagram.at(0, 0)[1] == -diagram.at(0, 2)[1] > diagram.at(1, 0)[1] > 0.0
    assert diagram.at(1, 0)[0] > diagram.at(0, 0)[0]


def test_an_arrow_ends_at_the_edges_of_its_neurons() -> None:
    diagram = diagram_of(1, 1)
    diagram.arrow(1, 0, 0, "0.5")
    diagram.arrow(1, 0, 0, back=True)
    forward, back = (text for text in diagram.axes.texts if isinstance(text, Annotation))
    right = diagram.across - diagram.radius
    assert (forward.xyann, forward.xy) == ((diagram.radius, 0.0), (right, 0.0))
    assert (back.xyann, back.xy) == ((right, 0.0), (diagram.radius, 0.0))
    assert [text.get_text() for text in diagram.axes.texts if text.get_text()] == ["0.5"]


def test_words_are_in_and_above_a_neuron() -> None:
    diagram = diagram_of(2)
    diagram.neuron(0, 1, "0.25")
    diagram.above(0, 1, "b = 1")
    inside, above = diagram.axes.texts
    assert inside.get_position() == diagram.at(0, 1)
    assert above.get_position()[1] > diagram.at(0, 1)[1] + diagram.radius


def test_axes_are_hidden_and_their_units_equal() -> None:
    axes = Figure().subplots()
    without_axes(axes, (0.0, 2.0), (-1.0, 1.0))
    assert not axes.axison
    assert axes.get_aspect() == 1.0
