"""A training in words."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gradcheck.check import check_network
from gradcheck.commands.output.training_text import check_line, epoch_line, outcome_text
from gradcheck.verdicts.report import Report
from nets.network import Network
from nets.training import Epoch

EPOCHS = [
    Epoch(1, 0.5, 900, 2000, 0.3),
    Epoch(2, 0.25, 1929, 2000, 0.4),
    Epoch(3, 0.2, 1900, 2000, 0.4),
]


@pytest.fixture(scope="module")
def report() -> Report:
    network = Network.create([3, 4, 2])
    inputs = np.random.default_rng(0).random((3, 5))
    return check_network(network, inputs, np.zeros((2, 5)))


def test_an_epoch() -> None:
    assert epoch_line(EPOCHS[1]) == "Epoch 2: 1,929 / 2,000 right (96.5 %), 0.4 s, cost 0.25\n"


def test_a_check_in_which_all_agree(report: Report) -> None:
    assert check_line(report) == "  gradient checked: all 26 entries agree\n"


def test_a_check_in_which_not_all_agree(report: Report) -> None:
    first, *others = report.arrays
    wrong = replace(first, verdicts=np.ones_like(first.verdicts))
    line = check_line(replace(report, arrays=(wrong, *others)))
    assert line == "  gradient checked: disagree (14 agree, 12 disagree)\n"


def test_how_it_ended() -> None:
    best = "Best: 1,929 of 2,000 right (96.5 %), after epoch 2."
    assert outcome_text("done", EPOCHS) == f"DONE in 1.1 s. {best}"
    assert outcome_text("interrupted", EPOCHS) == f"INTERRUPTED after epoch 3, in 1.1 s. {best}"
    assert outcome_text("disagreement", EPOCHS) == f"STOPPED after epoch 3, in 1.1 s. {best}"


def test_the_file_holds_the_network_that_was_saved_last() -> None:
    saved = EPOCHS[2], Path("net.npz")
    text = outcome_text("interrupted", EPOCHS[:2], saved)
    assert text.endswith("net.npz holds the network after epoch 3.")


def test_it_ended_before_the_first_epoch() -> None:
    text = outcome_text("interrupted", [])
    assert text == "INTERRUPTED before the first epoch was finished. Nothing was trained."
