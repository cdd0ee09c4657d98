"""The exit code of one check and of several."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.check import check_network
from gradcheck.commands.output.exit_code import ExitCode, exit_code_of, exit_code_of_all
from gradcheck.verdicts.engine_comparison import EngineComparison
from gradcheck.verdicts.report import Report
from nets.network import Network


@pytest.fixture(scope="module")
def agreeing() -> Report:
    network = Network.create([3, 2])
    return check_network(network, np.ones((3, 4)), np.zeros((2, 4)))


@pytest.fixture(scope="module")
def disagreeing() -> Report:
    network = Network.create([3, 2])
    inputs, targets = np.ones((3, 4)), np.zeros((2, 4))
    wrong = [2.0 * gradient.gradient_wrt_weights for gradient in network.backprop(inputs, targets)]
    right = [gradient.gradient_wrt_biases for gradient in network.backprop(inputs, targets)]
    return check_network(network, inputs, targets, gradients=[*wrong, *right])


def test_each_verdict_has_its_code(agreeing: Report, disagreeing: Report) -> None:
    assert exit_code_of(agreeing) is ExitCode.OK
    assert exit_code_of(disagreeing) is ExitCode.DISAGREEMENT
    assert exit_code_of(replace(agreeing, arrays=())) is ExitCode.UNDECIDED


def test_what_is_wrong_besides_the_numbers_is_no_success(agreeing: Report) -> None:
    found = replace(agreeing, findings=("backward changes its cache in place.",))
    assert exit_code_of(found) is ExitCode.DISAGREEMENT


def test_engines_that_differ_come_before_any_verdict(agreeing: Report, disagreeing: Report) -> None:
    apart = EngineComparison(4, 17.0, "layer 1 weights", (1, 2))
    for report in (agreeing, disagreeing):
        assert exit_code_of(replace(report, comparison=apart)) is ExitCode.TOOL_IS_WRONG


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ([], ExitCode.OK),
        (["agree", "agree"], ExitCode.OK),
        (["agree", "undecided"], ExitCode.UNDECIDED),
        (["undecided", "disagree"], ExitCode.DISAGREEMENT),
        (["agree", "failed", "undecided"], ExitCode.DISAGREEMENT),
    ],
)
def test_of_several_verdicts_the_worst_counts(verdicts: list[str], code: ExitCode) -> None:
    assert exit_code_of_all(verdicts) is code
    assert exit_code_of_all(reversed(verdicts)) is code


def test_a_verdict_that_nobody_knows_is_no_success() -> None:
    with pytest.raises(KeyError):
        exit_code_of_all(["agree", "perhaps"])
