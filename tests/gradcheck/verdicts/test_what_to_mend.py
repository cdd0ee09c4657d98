"""The record of a diagnosis, in JSON and in lines; and as hints, which hide the answer."""

import json

import pytest

from gradcheck.bugs.zoo import BUGS
from gradcheck.verdicts.what_to_mend import Diagnosis
from tests.gradcheck.diagnosis.wrong_backprops import DEEP, checked, mistake, thrice
from tests.gradcheck.verdicts.reports import DISAGREE, array_report

KNOWN = Diagnosis(
    layer=2,
    step="gradient_wrt_z",
    likely_cause="derivative-twice",
    says="It was done twice.",
    evidence="All is wrong.",
    hints=("Look there.", "Look closer.", "How often?"),
)
UNKNOWN = Diagnosis(
    2, "gradient_wrt_z", None, None, "All is wrong.", ("There.", "Closer.", "Check the line.")
)


def test_the_lines_of_a_known_mistake() -> None:
    assert KNOWN.lines() == [
        "First wrong step: gradient_wrt_z of layer 2. All is wrong.",
        "Likely mistake: It was done twice. (derivative-twice)",
    ]


def test_if_no_known_mistake_fits_the_lines_to_check_are_named() -> None:
    assert UNKNOWN.lines() == [
        "First wrong step: gradient_wrt_z of layer 2. All is wrong.",
        "No known mistake fits these numbers. Check the line.",
    ]


@pytest.mark.parametrize("whole", [KNOWN, UNKNOWN])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_hints_are_told_in_the_place_of_the_answer(whole: Diagnosis, count: int) -> None:
    some = whole.as_hints(count)
    assert some.hints == whole.hints[:count]
    assert some.step == (None if count == 1 else "gradient_wrt_z")
    assert some.likely_cause is some.says is some.evidence is None
    assert some.lines() == [
        f"Hint {n}: {hint}" for n, hint in enumerate(whole.hints[:count], start=1)
    ]


def test_the_json_of_a_diagnosis() -> None:
    report = checked(DEEP, DEEP.with_bug(BUGS["row-zeroed"], 2))
    record = json.loads(json.dumps(report.to_dict()["diagnosis"]))
    assert set(record) == {"layer", "step", "likely_cause", "says", "evidence", "hints"}
    assert record["layer"] == 2
    assert record["step"] == "gradient_wrt_weights"
    assert record["likely_cause"] == "row-zeroed"
    assert record["says"] == BUGS["row-zeroed"].says
    assert "The wrong entries are zero" in record["evidence"]
    assert [type(hint) for hint in record["hints"]] == [str, str, str]


def test_the_report_tells_the_step_and_the_mistake() -> None:
    text = " ".join(str(checked(DEEP, DEEP.with_bug(BUGS["row-zeroed"], 2))).split())
    assert "First wrong step: gradient_wrt_weights of layer 2." in text
    assert f"Likely mistake: {BUGS['row-zeroed'].says} (row-zeroed)" in text
    unknown = DEEP.with_bug(mistake("gradient_wrt_weights", thrice), 2)
    text = " ".join(str(checked(DEEP, unknown)).split())
    assert (
        "No known mistake fits these numbers. Check the line that computes gradient_wrt_weights in "
        "layer 2: it should be dC/dz @ upstream_activations.T."
    ) in text


def test_a_diagnosis_is_about_the_arrays_of_its_layer() -> None:
    arrays = [array_report([DISAGREE], layer=layer) for layer in (1, 2, None)]
    assert [KNOWN.is_about(array) for array in arrays] == [False, True, False]
