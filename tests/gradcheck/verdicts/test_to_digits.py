"""What agrees to enough digits is accepted, with a remark."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.to_digits import SINGLE_DIGITS, digits_asked, to_digits
from gradcheck.verdicts.verdict import Verdict
from nets.errors import BadInput
from tests.gradcheck.verdicts.reports import AGREE, DISAGREE, array_report, report_of

CLAIM = Claim("w", None, "w", np.ones(2), np.ones(2))
NEARLY = array_report([AGREE, DISAGREE], backprop=[1.0, 2.00002])


def test_digits_of_single_precision_are_asked_for_of_claims_in_it() -> None:
    single = replace(CLAIM, name="v", is_single=True)
    assert digits_asked([CLAIM, single]) == {"v": SINGLE_DIGITS}
    assert digits_asked([CLAIM, single], 4) == {"w": 4.0, "v": 4.0}
    with pytest.raises(BadInput, match="digits is 0; give a positive number"):
        digits_asked([CLAIM], 0)


def test_five_digits_are_enough_for_four_and_not_for_six() -> None:
    report = report_of(NEARLY)
    assert report.verdict is Verdict.DISAGREE
    accepted = to_digits(report, {NEARLY.name: 4.0})
    assert accepted.verdict is Verdict.AGREE
    assert accepted.remarks[0].startswith("layer 1 weights agrees to 5.0 digits")
    assert to_digits(report, {NEARLY.name: 6.0}).verdict is Verdict.DISAGREE
    assert to_digits(report, {"another": 4.0}).verdict is Verdict.DISAGREE
