"""The page of a report as a reader uses it: sorting, unfolding, reading cells out, printing."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gradcheck.check import check_network
from gradcheck.verdicts.report import Report
from nets.network import Network
from tests.browser import Browser
from tests.gradcheck.show.page.report_page import OpenReport
from tests.gradcheck.verdicts.reports import (
    AGREE,
    DISAGREE,
    KINK,
    UNDECIDED,
    UNTESTED,
    array_report,
    report_of,
)

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def wrong_report(*sizes: int) -> Report:
    """Of a network whose neuron 1 has wrong weights in layer 1."""
    network = Network.create(sizes, seed=1)
    generator = np.random.default_rng(0)
    inputs, targets = generator.random((sizes[0], 4)), generator.random((sizes[-1], 4))
    gradients = network.backprop(inputs, targets)
    gradients[0].gradient_wrt_weights[1] *= 1.5
    return check_network(network, inputs, targets, gradients=gradients)


@pytest.fixture
def page(chrome: Browser, tmp_path: Path) -> OpenReport:
    return OpenReport.open(chrome, wrong_report(4, 3, 2), tmp_path / "report.html")


def test_a_page_asks_for_nothing_and_complains_of_nothing(page: OpenReport) -> None:
    assert len(page.visit.requests) == 1
    assert (page.visit.failures, page.visit.complaints) == ([], [])


def test_the_verdict_is_in_the_first_line(page: OpenReport) -> None:
    assert page.texts("strong.verdict") == ["✗ DISAGREE"]
    assert page.texts(".array summary") == [
        "layer 1 weights, 3 × 4: 12 entries, 4 disagree",
        "layer 1 biases, 3 × 1: 3 entries, 0 disagree",
        "layer 2 weights, 2 × 3: 6 entries, 0 disagree",
        "layer 2 biases, 2 × 1: 2 entries, 0 disagree",
    ]


def test_wrong_cells_are_dark_and_right_ones_light(page: OpenReport) -> None:
    right, wrong = (sum(page.cell_colour(0.1, part)) for part in (0.1, 0.42))
    assert wrong < 300 < 600 < right
    assert page.ask("document.querySelectorAll('.mark.disagree')[0].getAttribute('d')") != ""
    assert page.ask("document.querySelectorAll('.mark.disagree')[1].getAttribute('d')") == ""


def test_the_line_of_equal_numbers_is_in_the_chart_however_wrong_the_claims_are(
    chrome: Browser, tmp_path: Path
) -> None:
    network = Network.create((4, 3, 2), seed=1)
    generator = np.random.default_rng(0)
    inputs, targets = generator.random((4, 4)), generator.random((2, 4))
    gradients = network.backprop(inputs, targets)
    gradients[1].gradient_wrt_biases[:] *= 30.0
    report = check_network(network, inputs, targets, gradients=gradients)
    page = OpenReport.open(chrome, report, tmp_path / "report.html")
    outside = (
        "[...document.querySelectorAll('.array')].filter(array => {"
        " const line = array.querySelector('svg .same').getBoundingClientRect();"
        " const box = array.querySelector('svg .frame').getBoundingClientRect();"
        " return line.top < box.top - 1 || line.bottom > box.bottom + 1; }).length"
    )
    assert page.ask(outside) == 0
    page.ask("document.querySelector('svg .same').setAttribute('d', 'M0 -500L10 -400')")
    assert page.ask(outside) == 1


def test_a_click_on_a_heading_sorts_the_table_and_another_one_turns_it(page: OpenReport) -> None:
    column = ".sortable tbody td:nth-child(5)"
    before = [float(text) for text in page.texts(column)]
    page.ask("document.querySelectorAll('.sortable th button')[4].click()")
    up = [float(text) for text in page.texts(column)]
    assert up == sorted(before)
    assert before != up
    assert (
        page.ask("document.querySelector('[aria-sort]').getAttribute('aria-sort')") == "ascending"
    )
    page.ask("document.querySelectorAll('.sortable th button')[4].click()")
    assert [float(text) for text in page.texts(column)] == sorted(before, reverse=True)
    page.ask("document.querySelectorAll('.sortable th button')[0].click()")
    names = page.texts(".sortable tbody td:first-child")
    assert names == sorted(names, key=lambda name: (name[6], name[8] != "w"))
    assert page.ask("document.querySelectorAll('[aria-sort]').length") == 1


def test_hints_are_folded_until_they_are_asked_for(page: OpenReport) -> None:
    summaries = page.texts("details:not(.array) summary")
    assert summaries == ["Hint 1", "Hint 2", "Hint 3"]
    assert page.ask("document.querySelector('details:not(.array) p').checkVisibility()") is False
    page.ask("document.querySelector('details:not(.array) summary').focus()")
    page.press("Enter")
    assert page.ask("document.querySelector('details:not(.array) p').checkVisibility()") is True


def test_the_mouse_and_the_arrow_keys_read_cells_out(page: OpenReport) -> None:
    page.point_at(0.9, 0.5)
    assert page.texts(".said")[0].startswith("[1, 3]: disagrees, ")
    page.ask("document.querySelector('canvas').focus()")
    page.press("ArrowDown")
    page.press("ArrowLeft")
    assert page.texts(".said")[0].startswith("[2, 2]: agrees, ")
    page.press("ArrowDown")  # there is no row below
    assert page.texts(".said")[0].startswith("[2, 2]: agrees, ")


def test_one_neuron_can_be_looked_at_as_a_picture(chrome: Browser, tmp_path: Path) -> None:
    page = OpenReport.open(chrome, wrong_report(64, 3, 2), tmp_path / "report.html")
    assert len(page.texts("figure select option")) == 4
    page.ask(
        "(() => { const select = document.querySelector('figure select'); select.value = 1;"
        " select.dispatchEvent(new Event('change')); })()"
    )
    page.point_at(0.99, 0.99)
    assert page.texts(".said")[0].startswith("[1, 63]: disagrees, ")


def test_every_verdict_has_a_sign_in_the_legend(chrome: Browser, tmp_path: Path) -> None:
    verdicts = [AGREE, DISAGREE, KINK, UNDECIDED, UNTESTED]
    page = OpenReport.open(chrome, report_of(array_report(verdicts)), tmp_path / "report.html")
    assert [text.split()[-1] for text in page.texts(".legend .entry")] == [
        "agrees",
        "bars",
        "kink",
        "undecided",
        "untested",
        "checked",
    ]
    assert page.texts(".swatch")[:6] == ["", "×", "/", "?", "·", ""]


def test_names_from_a_file_do_nothing(chrome: Browser, tmp_path: Path) -> None:
    report = report_of(array_report([AGREE, DISAGREE], name=EVIL))
    report = replace(report, remarks=(EVIL,), findings=(EVIL,))
    file = tmp_path / "report.html"
    report.to_html(file, EVIL)
    visit = chrome.open(file.absolute().as_uri())
    assert (visit.complaints, visit.failures) == ([], [])
    assert chrome.evaluate("document.querySelector('h1').textContent") == EVIL
    assert chrome.evaluate("document.querySelectorAll('img').length") == 0
    assert EVIL in chrome.evaluate("document.querySelector('.array summary').textContent")


def test_many_arrays_are_folded_but_for_those_that_disagree(
    chrome: Browser, tmp_path: Path
) -> None:
    report = wrong_report(*[2] * 8)
    page = OpenReport.open(chrome, report, tmp_path / "report.html")
    assert len(page.texts(".array")) == 14
    assert page.ask("document.querySelectorAll('.array[open]').length") == 1
    assert page.ask("document.querySelectorAll('canvas').length") == 1
    page.ask("document.querySelectorAll('.array summary')[5].click()")
    assert page.ask("document.querySelectorAll('canvas').length") == 2
    page.ask("window.dispatchEvent(new Event('beforeprint'))")
    assert page.ask("document.querySelectorAll('canvas').length") == 14
    assert page.ask("document.querySelectorAll('details:not(.array)[open]').length") == 0
    right = report_of(*[array_report([AGREE])] * 12)
    page = OpenReport.open(chrome, right, tmp_path / "report.html")
    assert page.ask("document.querySelectorAll('.array[open]').length") == 8


def test_the_page_is_no_wider_than_the_window(chrome: Browser, tmp_path: Path) -> None:
    report = wrong_report(100, 6, 3)
    for width in (390, 1024, 1920):
        page = OpenReport.open(chrome, report, tmp_path / "report.html", width=width)
        assert page.ask("document.scrollingElement.scrollWidth") <= width
        assert page.ask("document.querySelector('canvas').clientWidth") <= width


def test_paper_has_the_pictures_and_no_buttons_to_press(page: OpenReport) -> None:
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    page.chrome.call("Emulation.setEmulatedMedia", media="print", features=dark)
    assert page.ask("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.ask("document.getElementById('theme').checkVisibility()") is False
    # The headings of the table are buttons; on paper they are words.
    assert page.ask("document.querySelector('.sortable th button').checkVisibility()") is True
    page.chrome.call("Emulation.setEmulatedMedia", media="", features=[])


def test_axe_finds_nothing(chrome: Browser, tmp_path: Path) -> None:
    """axe-core is a package of npm; GRADCHECK_AXE is the path of its axe.min.js."""
    path = os.environ.get("GRADCHECK_AXE")
    if path is None:
        pytest.skip("there is no axe-core: GRADCHECK_AXE is not set")
    report = wrong_report(64, 6, 3)
    for scheme in ("light", "dark"):
        for width in (390, 1280):
            features = [{"name": "prefers-color-scheme", "value": scheme}]
            chrome.call("Emulation.setEmulatedMedia", media="", features=features)
            page = OpenReport.open(chrome, report, tmp_path / "report.html", width=width)
            page.ask(f"(() => {{{Path(path).read_text('utf-8')}}})()")
            found = "found.violations.map(each => [each.id, each.nodes[0].target])"
            find = f"axe.run().then(found => {found})"
            assert page.ask(find) == []
            page.ask("document.querySelector('canvas').removeAttribute('aria-label')")
            assert page.ask(find) != []  # a picture without a name is found
    chrome.call("Emulation.setEmulatedMedia", media="", features=[])
