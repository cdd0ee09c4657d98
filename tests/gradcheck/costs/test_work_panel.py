"""The panel of multiply-adds."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from gradcheck.costs.cost_row import Case
from gradcheck.costs.multiply_adds import backprop_products
from gradcheck.costs.work_panel import draw_work
from tests.gradcheck.costs.rows import row


def drawn(*sizes: int) -> Axes:
    axes = Figure().subplots()
    draw_work(axes, row(Case(sizes, 10)))
    return axes


def bars_of(axes: Axes) -> list[Rectangle]:
    return [bar for bar in axes.patches if isinstance(bar, Rectangle)]


def test_the_bars_of_a_layer_are_its_products_on_top_of_each_other() -> None:
    axes = drawn(4, 3, 2)
    heights = sorted(bar.get_height() for bar in bars_of(axes) if bar.get_height())
    assert heights == sorted(product.multiply_adds for product in backprop_products((4, 3, 2)))
    second = [bar for bar in bars_of(axes) if bar.get_x() > 1]
    tops = [bar.get_y() + bar.get_height() for bar in second]
    assert tops == [6.0, 12.0, 18.0]
    assert [text.get_text() for text in axes.texts] == ["24", "18"]
    assert axes.get_title() == "One example: 2.33 forward passes"


def test_the_kinds_of_products_differ_by_their_hatches() -> None:
    assert {bar.get_hatch() for bar in bars_of(drawn(30, 30, 30))} == {"", "//", "xx"}


def test_a_bar_too_low_for_a_hatch_keeps_its_colours_and_tells_its_number() -> None:
    work = drawn(784, 30, 10)
    high = [bar for bar in bars_of(work) if bar.get_x() < 1]
    low = [bar for bar in bars_of(work) if bar.get_x() > 1]
    assert [bar.get_hatch() for bar in high] == ["", "//", "xx"]
    assert [bar.get_hatch() for bar in low] == [None] * 3
    assert [text.get_text() for text in work.texts] == ["47,040", "900"]


def test_of_many_layers_only_some_are_numbered() -> None:
    axes = drawn(*[3] * 42)
    assert not axes.texts
    assert 8 <= len(axes.get_xticks()) <= 12
