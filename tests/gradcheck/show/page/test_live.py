"""The live page as a reader uses it: stepping, clicking, dragging, sliding, mouse and keys."""

import os
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from gradcheck.bugs.zoo import BUGS
from tests.browser import Browser
from tests.gradcheck.show.page.live_page import LivePage, options

CENTRE_OF_DOT = (
    "(() => { const box = document.querySelector('#curve .dot.first').getBoundingClientRect();"
    " return box.x + box.width / 2; })()"
)


@pytest.fixture
def page(chrome: Browser, tmp_path: Path) -> LivePage:
    return LivePage.open(chrome, options(tmp_path / "page.html"))


def test_the_walk_goes_on_and_back_with_buttons(page: LivePage) -> None:
    titles = [page.text("#walk-title")]
    for _ in range(14):
        page.click("#next")
        titles.append(page.text("#walk-title"))
    assert titles[0] == "Start: the inputs"
    assert titles[1] == "Layer 1, forward: z"
    assert titles[5] == "The cost C"
    assert titles[6].startswith("Layer 2, step 1 of 5")
    assert titles[14].startswith("Layer 1, step 4 of 5")
    assert len(set(titles)) == 15
    assert page.ask("document.getElementById('next').disabled")
    for title in reversed(titles[:14]):
        page.click("#previous")
        assert page.text("#walk-title") == title


def test_the_walk_goes_on_and_back_with_keys(page: LivePage) -> None:
    page.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft")
    assert page.text("#walk-title") == "Layer 1, forward: activations"
    page.press("End")
    assert page.text("#walk-count") == "15 of 15"
    page.press("Home")
    assert page.text("#walk-count") == "1 of 15"


def test_a_step_shows_its_formula_its_code_its_shapes_and_its_numbers(page: LivePage) -> None:
    page.click("#steps li:nth-child(9) button")
    assert page.text("#walk-title") == "Layer 2, step 3 of 5: the weights"
    shown = page.text("#walk")
    assert "The book: BP4" in shown
    assert "gradient_wrt_weights = gradient_wrt_z @ upstream_activations.T" in shown
    assert "(1, 4) @ (4, 3) = (1, 3)" in shown
    page.choose("example", "all")
    assert page.texts("#walk figcaption") == [
        "gradient_wrt_z (1, 4)",
        "upstream_activations.T (4, 3)",
        "gradient_wrt_weights (1, 3)",
    ]
    assert len(page.texts("#walk td")) == 4 + 12 + 3


def test_a_click_on_an_edge_chooses_its_weight(page: LivePage) -> None:
    page.click("[data-which='2'][data-entry='1'] .hit")
    assert page.ask("document.getElementById('parameter').value") == "2,1"
    assert page.texts("#measured caption") == ["layer 2 weights [0, 1], in numbers"]
    # From the cost to a weight of the last layer there is one path of three factors.
    assert page.texts("#chain .name") == ["∂C/∂a²[0]", "σ′(z²[0])", "a¹[1]", "product"]


def test_what_has_the_focus_has_no_box_around_it_but_keys_show_where_it_is(page: LivePage) -> None:
    style = "getComputedStyle(document.activeElement{})"
    page.click("[data-which='2'][data-entry='1'] .hit")
    assert page.ask("document.activeElement.dataset.entry") == "1"
    assert page.ask(f"{style.format('')}.outlineStyle") == "none"
    clicked = page.ask(f"{style.format('.firstChild')}.stroke")
    page.press("ArrowRight")
    assert page.ask(f"{style.format('')}.outlineStyle") == "none"
    assert page.ask(f"{style.format('.firstChild')}.stroke") != clicked


def test_the_chain_of_a_first_weight_passes_through_both_layers(page: LivePage) -> None:
    page.choose("parameter", "0,3")
    names = page.texts("#chain .name")
    assert names == ["∂C/∂a²[0]", "σ′(z²[0])", "w²[0, 1]", "σ′(z¹[1])", "a⁰[1]", "product"]
    page.choose("example", "all")
    assert len(page.texts("#chain tbody tr")) == 4


def test_keys_go_from_one_parameter_to_the_next(page: LivePage) -> None:
    page.ask("document.querySelector('[data-entry].selected').focus()")
    page.press("ArrowRight", "ArrowRight")
    assert page.ask("document.getElementById('parameter').value") == "0,2"
    assert page.ask("document.activeElement.dataset.entry") == "2"
    assert page.ask("document.querySelectorAll('#drawing [tabindex=\"0\"]').length") == 1
    page.press("End")
    assert page.ask("document.activeElement.getAttribute('aria-label')") == (
        "layer 2 biases [0, 0] = −2.33, agree"
    )


def test_the_slider_of_epsilon_moves_the_measurement(page: LivePage) -> None:
    assert page.numbers()["verdict with this ε"] == "✓ agree"
    page.slide("epsilon", -16)
    assert page.numbers()["slope by (46)"] == "0"
    assert page.numbers()["verdict with this ε"] == "? undecided"
    assert page.numbers()["gradcheck's verdict"] == "✓ agree"
    page.click("#own-epsilon")
    assert page.numbers()["ε, really taken"].startswith("4.768371582·10⁻⁷")


def test_a_step_that_is_lost_in_rounding_is_said(page: LivePage) -> None:
    page.slide("value", 4)
    page.slide("epsilon", -16)
    assert page.numbers()["slope by (46)"] == "none: w + ε = w"


def test_dragging_an_edge_changes_everything(page: LivePage) -> None:
    before = page.numbers()
    page.drag(page.centre("[data-which='0'][data-entry='0'] .hit"), (10.0, 50.0, 100.0))
    after = page.numbers()
    assert page.text("#value-text") == "1.126"
    assert after["C(w)"] != before["C(w)"]
    assert after["slope by (46)"] != before["slope by (46)"]
    page.click("#reset")
    assert page.numbers() == before


def test_a_weight_that_is_dragged_out_of_sight_stays_a_number(page: LivePage) -> None:
    # Much farther, Chromium itself may never answer.
    page.drag(page.centre("[data-which='0'][data-entry='0'] .hit"), (50.0, 1e12))
    assert page.text("#value-text") == "1.000·10⁶"
    assert page.text("#verdict").startswith("✓ AGREE")
    assert page.visit.complaints == []  # no drawing with a NaN in it
    page.ask("document.querySelector('#curve path').setAttribute('d', 'MNaN 0')")
    assert page.visit.complaints != []


def test_dragging_the_dot_of_the_curve_changes_the_weight(page: LivePage) -> None:
    before = float(page.text("#value-text"))
    x, y = page.centre("#curve .dot.first")
    page.hold((x, y), 30.0)
    # The curve stays where it is, and the dot follows the mouse.
    assert page.ask("document.querySelector('#curve .dot.first').getBoundingClientRect().x") > x
    assert page.ask(CENTRE_OF_DOT) == pytest.approx(x + 30.0, abs=0.5)
    page.let_go((x + 30.0, y))
    assert page.ask(CENTRE_OF_DOT) == pytest.approx(x, abs=0.5)
    assert float(page.text("#value-text")) > before


def test_the_numbers_follow_a_slider(page: LivePage) -> None:
    labels = page.texts("#drawing .weight")
    page.slide("value", -1.5)
    assert page.texts("#drawing .weight")[0] == "−1.50"
    assert page.texts("#drawing .weight")[1:] == labels[1:]
    assert "negative" in page.ask("document.querySelector('[data-entry].selected').classList.value")


def test_zooming_in_shows_the_step(page: LivePage) -> None:
    page.click("#zoom")
    assert "distance from the value now" in page.texts("#curve .axis")


def test_a_planted_mistake_is_shown_where_it_is_made_and_where_it_leads(page: LivePage) -> None:
    page.choose("bug", "missing-activation-derivative")
    assert page.text("#verdict") == (
        "✗ DISAGREE: 13 of 13 entries contradict equation (46). First wrong step: gradient_wrt_z "
        "in layer 2."
    )
    assert BUGS["missing-activation-derivative"].says in page.text("#mistake")
    lines = page.texts("#mistake pre")
    assert lines[0] == "gradient_wrt_z = gradient_wrt_downstream_activations"
    assert lines[1] == f"{lines[0]} * derivative(z)"
    assert page.texts("#steps .first") == ["2.2"]
    assert page.texts("#drawing .caption") == ["inputs", "layer 1 ✗ 9", "layer 2 ✗ 4"]
    assert page.texts("#steps .inherited") == ["2.3", "2.4", "2.5", "1.1", "1.2", "1.3", "1.4"]
    assert page.ask("document.getElementById('parameter').value") == "0,0"
    page.choose("layer", "1")
    assert page.text("#verdict").startswith("✗ DISAGREE: 9 of 13 entries")
    page.click("#steps .first")
    assert "The first wrong step" in page.text("#walk")
    page.choose("bug", "bias-forgotten")
    assert page.texts("#measured caption") == ["layer 2 biases [0, 0], in numbers"]
    page.choose("bug", "")
    assert page.text("#verdict").startswith("✓ AGREE: 13 of 13 entries")


def test_only_mistakes_that_the_network_can_show_are_offered(page: LivePage) -> None:
    offered = "[...document.getElementById('bug').options].map(option => option.value)"
    quadratic = page.ask(offered)
    assert {"half-missing", "cross-entropy-shortcut"} <= set(quadratic)
    assert "fused-derivative-once-more" not in quadratic
    page.choose("bug", "half-missing")
    page.choose("cost", "fused-sigmoid-cross-entropy")
    assert "fused-derivative-once-more" in page.ask(offered)
    assert page.ask("document.getElementById('bug').value") == ""
    page.choose("examples", "1")
    assert "not-divided-by-batch" not in page.ask(offered)


def test_the_network_can_be_changed(page: LivePage) -> None:
    first = page.numbers()["C(w)"]
    for name, value in (
        ("seed", "3"),
        ("activation", "tanh"),
        ("activation", "relu"),
        ("cost", "fused-sigmoid-cross-entropy"),
        ("examples", "2"),
    ):
        page.choose(name, value)
        assert page.numbers()["C(w)"] != first
    assert len(page.texts("#example option")) == 3


def test_the_work_grows_with_the_walk(page: LivePage) -> None:
    assert page.texts("#work .amount") == [f"{n} multiply-adds" for n in (0, 84, 504)]
    page.press("End")
    assert page.texts("#work .amount") == [f"{n} multiply-adds" for n in (84, 84, 504)]
    assert "Equation (46) takes 14 forward passes" in page.text("#work")


def test_the_page_begins_with_the_mistake_that_was_asked_for(
    chrome: Browser, tmp_path: Path
) -> None:
    asked = options(tmp_path / "page.html", 3, 3, 2, bug="derivative-twice", layer=1)
    page = LivePage.open(chrome, asked)
    assert "First wrong step: gradient_wrt_z in layer 1." in page.text("#verdict")


# The corners of the numbers on the edges, as they are turned, and of the neurons.
CORNERS = """
[...document.querySelectorAll('#drawing .weight, #drawing .neuron')].map(one => {
  const { x, y, width, height } = one.getBBox(), to = one.getCTM();
  return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]].map(([x, y]) => {
    const point = new DOMPoint(x, y).matrixTransform(to);
    return [point.x, point.y];
  });
})
"""
# So many pixels of two boxes may overlap: a line of text is higher than its digits, and the box of
# a round neuron has corners.
OVERLAP = 8.0


def overlap(one: list[list[float]], other: list[list[float]]) -> float:
    """How far two convex shapes overlap, in pixels; 0 if a line separates them."""
    depths = []
    for shape in (np.array(one), np.array(other)):
        for along in np.roll(shape, -1, axis=0) - shape:
            across = np.array([-along[1], along[0]]) / np.linalg.norm(along)
            (low, high), (least, most) = (
                (np.min(points @ across), np.max(points @ across)) for points in (one, other)
            )
            depths.append(min(high, most) - max(low, least))
    return max(0.0, float(min(depths)))


@pytest.mark.parametrize("width", [390, 1280, 1920])
@pytest.mark.parametrize("sizes", [(2, 3, 1), (3, 3, 2), (2, 3, 3, 1), (2, 2, 2, 2), (6, 6, 6)])
def test_every_edge_has_its_number_and_none_covers_another(
    chrome: Browser, tmp_path: Path, sizes: tuple[int, ...], width: int
) -> None:
    page = LivePage.open(chrome, options(tmp_path / "page.html", *sizes), width=width)
    weights = sum(up * down for up, down in pairwise(sizes))
    assert len([text for text in page.texts("#drawing .weight") if text]) == weights
    # What is wider than the screen scrolls by itself; the page does not.
    assert page.ask("document.scrollingElement.scrollWidth") <= width
    places = page.ask(CORNERS)
    shown = [box for box in places if box[0] != box[2]]
    assert max(overlap(*pair) for pair in combinations(shown, 2)) <= OVERLAP
    page.ask("document.querySelector('#drawing .weight').removeAttribute('transform')")
    page.ask(
        "document.querySelectorAll('#drawing .weight')[1].setAttribute('transform', 'scale(1)')"
    )
    shown = [box for box in page.ask(CORNERS) if box[0] != box[2]]
    assert max(overlap(*pair) for pair in combinations(shown, 2)) > OVERLAP


@pytest.mark.parametrize("sizes", [(2, 3, 1), (3, 3, 2), (2, 3, 3, 1)])
def test_a_wrong_edge_has_its_number_beside_its_mark(
    chrome: Browser, tmp_path: Path, sizes: tuple[int, ...]
) -> None:
    asked = options(tmp_path / "page.html", *sizes, bug="missing-activation-derivative")
    page = LivePage.open(chrome, asked, width=390)
    labels = page.texts("#drawing .weight")
    assert [text for text in labels if "✗" not in text] == []
    assert [text for text in labels if not any(letter.isdigit() for letter in text)] == []


def test_a_wide_drawing_scrolls_to_the_layer_of_the_step(chrome: Browser, tmp_path: Path) -> None:
    page = LivePage.open(chrome, options(tmp_path / "page.html", 2, 3, 3, 3, 1), width=390)
    outside = (
        "(() => { const box = document.getElementById('drawing').getBoundingClientRect();"
        " return [...document.querySelectorAll('#drawing .neuron.now')].filter(one => {"
        " const { left, right } = one.getBoundingClientRect();"
        " return left < box.left || right > box.right; }).length; })()"
    )
    steps = int(page.ask("document.querySelectorAll('#steps button').length"))
    for _ in range(steps - 1):
        page.press("ArrowRight")
        assert page.ask(outside) == 0
    page.ask("document.getElementById('drawing').scrollLeft = 0")
    page.press("Home")
    page.ask("document.getElementById('drawing').scrollLeft = 10000")
    assert page.ask(outside) == 2  # the two inputs


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_it_fits_every_width_in_both_schemes_and_says_nothing_on_the_console(
    chrome: Browser, tmp_path: Path, width: int, scheme: str
) -> None:
    media = [{"name": "prefers-color-scheme", "value": scheme}]
    chrome.call("Emulation.setEmulatedMedia", features=media)
    asked = options(tmp_path / "page.html", 4, 5, 3, activation="relu", bug="weights-factor-two")
    page = LivePage.open(chrome, asked, width=width)
    page.press("End")
    assert page.ask("document.scrollingElement.scrollWidth") <= width
    background = page.ask("getComputedStyle(document.body).backgroundColor")
    assert background == {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 23, 29)"}[scheme]
    page.click("#theme")
    assert page.ask("getComputedStyle(document.body).backgroundColor") != background
    assert (page.visit.complaints, page.visit.failures) == ([], [])
    assert [url for url in page.visit.requests if not url.startswith(("file:", "data:"))] == []
    chrome.call("Emulation.setEmulatedMedia", features=[])


def test_no_control_reaches_beyond_its_panel(chrome: Browser, tmp_path: Path) -> None:
    page = LivePage.open(chrome, options(tmp_path / "page.html", 3, 3, 2), width=390)
    outside = (
        "[...document.querySelectorAll('select, input, button')].filter(one => {"
        " const box = one.closest('.panel, header').getBoundingClientRect();"
        " return one.getBoundingClientRect().right > box.right; }).map(one => one.id)"
    )
    assert page.ask(outside) == []
    page.ask("document.getElementById('bug').closest('label').style.maxWidth = 'none'")
    page.ask("document.getElementById('bug').style.minWidth = '400px'")
    assert page.ask(outside) == ["bug"]


def test_without_javascript_a_sentence_stands_in_place_of_the_page(
    chrome: Browser, tmp_path: Path
) -> None:
    shown = (
        "['noscript p', 'main', 'form', '#theme'].map(name =>"
        " document.querySelector(name)?.checkVisibility() ?? false)"
    )
    page = LivePage.open(chrome, options(tmp_path / "page.html"))
    assert page.ask(shown) == [False, True, True, True]
    chrome.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        chrome.open(chrome.evaluate("location.href"))
        assert chrome.evaluate(shown) == [True, False, False, False]
    finally:
        chrome.call("Emulation.setScriptExecutionDisabled", value=False)


def test_paper_is_white_and_has_no_buttons(page: LivePage) -> None:
    page.choose("example", "all")
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    page.chrome.call("Emulation.setEmulatedMedia", media="print", features=dark)
    assert page.ask("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    shown = (
        "[...document.querySelectorAll('button, select, input')].filter(one => one.offsetParent)"
    )
    assert page.ask(f"{shown}.length") == 0
    assert page.ask("getComputedStyle(document.querySelector('.short')).maxHeight") == "none"
    page.chrome.call("Emulation.setEmulatedMedia", media="", features=[])
    assert page.ask(f"{shown}.length") > 20


def test_the_tabulator_goes_from_the_top_to_the_end(page: LivePage) -> None:
    """What can be used is reached in the order in which it is read; the drawing is one stop."""
    stops: list[str] = []
    name = "document.activeElement.id || document.activeElement.closest('[id]').id"
    while not stops or stops[-1] != "verdicts":
        page.press("Tab")
        stops.append(page.ask(name))
    assert stops[:7] == ["theme", "activation", "cost", "examples", "seed", "reset", "example"]
    assert stops[7:10] == ["drawing", "next", "last"]
    assert stops[10:] == ["steps"] * 15 + ["walk", "bug", "verdicts"]
    while stops[-1] != "measured":
        page.press("Tab")
        stops.append(page.ask(name))
    assert stops[-6:] == ["parameter", "value", "epsilon", "own-epsilon", "zoom", "measured"]


def test_the_largest_network_has_no_numbers_on_its_edges_but_those_that_are_chosen(
    chrome: Browser, tmp_path: Path
) -> None:
    asked = options(tmp_path / "page.html", 20, 18, 6, batch_size=10)
    page = LivePage.open(chrome, asked)
    assert [text for text in page.texts("#drawing .weight") if text] == ["0.13"]
    assert page.text("#verdict").startswith("✓ AGREE")
    page.press("End")
    assert page.texts("#drawing title")[20].startswith("layer 1, neuron 0; a 0.")
    page.choose("parameter", "2,107")
    assert page.texts("#measured caption") == ["layer 2 weights [5, 17], in numbers"]


def test_axe_finds_nothing(chrome: Browser, tmp_path: Path) -> None:
    """axe-core is a package of npm; GRADCHECK_AXE is the path of its axe.min.js."""
    path = os.environ.get("GRADCHECK_AXE")
    if path is None:
        pytest.skip("there is no axe-core: GRADCHECK_AXE is not set")
    asked = options(tmp_path / "page.html", 4, 5, 3, activation="relu", bug="weights-factor-two")
    found = "found.violations.map(each => [each.id, each.nodes[0].target])"
    find = f"axe.run().then(found => {found})"
    for width in (390, 1280):
        page = LivePage.open(chrome, asked, width=width)
        page.ask(f"(() => {{{Path(path).read_text('utf-8')}}})()")
        assert page.ask(find) == []
        page.press("End")
        page.choose("example", "all")
        page.choose("parameter", "3,1")
        assert page.ask(find) == []
        page.click("#theme")
        page.click("#zoom")
        assert page.ask(find) == []
        page.ask("location.hash = 'show=work,mistake'")
        page.choose("bug", "")
        assert page.ask(find) == []
        page.ask("location.hash = ''")
        page.ask("document.getElementById('next').removeAttribute('id')")
        page.ask("document.querySelector('select').removeAttribute('id')")
        page.ask("document.querySelector('label').replaceWith(document.querySelector('select'))")
        assert page.ask(find) != []  # a select without a name is found
