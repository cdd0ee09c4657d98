"""Classes that nobody here wrote: right ones pass as they are, wrong ones are found out."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.verdicts.report import Report
from nets.errors import BadInput
from tests.gradcheck.homework.students import FOLDER, submission

Checked = Callable[..., SubmissionReport]

QUADRATIC = "The cost is sum (a - y)^2 / 2, averaged over the mini-batch"
ONE_COLUMN = "backprop takes one example at a time, as a column vector; it returns "
MATRIX = "backprop takes a whole mini-batch, an example in each column"
MEAN_MISSING = (
    "It is m = 5 times too large: a sum over the examples where the cost has a mean. "
    "(In layer 3 weights, layer 2 weights and layer 1 weights.)"
)
RIGHT: dict[str, tuple[str, ...]] = {
    "book.py:Network": (ONE_COLUMN + "biases first", QUADRATIC, "cost_derivative but no cost"),
    "second_program.py:Network": (ONE_COLUMN, "cost.fn(a, y) of CrossEntropyCost"),
    "second_program.py:QuadraticNetwork": ("cost.fn(a, y) of QuadraticCost",),
    "second_program.py:NetworkOfObjects": ("cost.fn(a, y) of CrossEntropyCost",),
    "explicit_names.py:Network": (ONE_COLUMN + "weights first", "the class names none"),
    "matrix.py:Network": (MATRIX + ", and the number of examples", "are the mean over"),
    "matrix.py:LeftPerExample": (
        "layer 1 biases, layer 2 biases, layer 3 biases have a column for each example. The "
        "columns were added up.",
        "are the sum over the mini-batch (the cost confirms it)",
    ),
    "matrix.py:Summed": (MATRIX + "; it returns biases first", "are the sum over"),
    "matrix.py:Mean": (MATRIX, "are the mean over"),
    "matrix.py:OwnCost": ("class's own cost(x, y)", "is the mean over its examples"),
    "matrix.py:MeanCost": ("class's own cost(x, y)", "is the mean over its examples"),
    "matrix.py:Regularised": ("class's own cost(x, y)", "is the mean over its examples"),
    "matrix.py:RegularisedSum": (
        "class's own cost(x, y)",
        "neither the sum nor the mean over its examples",
    ),
    "matrix.py:SummedCost": (
        "adds up its examples, so it was divided by their number",
        "The gradients are the sum over the mini-batch (as the cost is).",
    ),
    "rows.py:Network": (
        "a whole mini-batch, an example in each row; it returns weights first",
        "The weights are stored as (n_up, n_down)",
        "The biases are stored as flat arrays (n,)",
    ),
    "rows.py:Flat": ("The output is forward(x); it takes one example at a time, as a flat vector",),
    "rows.py:Placeholders": (),
    "byte_order_mark.py:Network": (),
    "odd.py:TakesSizesOneByOne": (),
    "odd.py:OtherNameForItsWeights": (),
    "odd.py:DrawsAnew": (),
    "odd.py:FillsItsArraysAnew": (ONE_COLUMN,),
    "odd.py:ReturnsAllActivations": ("The output is predict(x)",),
    "costs.py:TargetsFirst": ("the class's own loss(y, a)",),
    "costs.py:YBeforeA": ("the class's own cost(y, a)",),
    "costs.py:Categorical": ("The cost is log-likelihood", "loss = 'categorical_crossentropy'"),
    "costs.py:BinaryByLetters": ("The cost is cross-entropy", "loss = 'bce'"),
    "matrix.py:MeanLeftPerExample": (MATRIX + "; it returns", "are the mean over"),
    "odd.py:ReturnsLists": ("layer 3 biases are lists",),
    "odd.py:ReturnsFloat32": ("are float32 (7 digits",),
    "odd.py:ReturnsTransposes": ("Each weight gradient is the transpose of what belongs",),
    "odd.py:HoldsFloat32": (
        "The weights of layer 1, 2, 3 are float32. They were checked as float64",
    ),
    "odd.py:HoldsIntegers": (
        "The weights of layer 1, 2, 3 are int64. They were checked as float64",
    ),
    "odd.py:HoldsLists": ("The biases of layer 1, 2, 3 are lists of numbers",),
    "odd.py:ChangesItsWeights": (
        "backprop changes the network's own layer 1 weights, layer 2 weights, layer 3 weights",
    ),
    "odd.py:ChangesItsWeightsInPlace": ("changes the network's own layer 1 biases.",),
}
# The likely cause, the arrays with a disagreement, words of the evidence or of the findings: none
# where the evidence is that of the diagnosis on a network of ours.
WRONG: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "wrong.py:SignFlipped": ("sign-flipped", "W1 b1 W2 b2 W3 b3", ()),
    "wrong.py:Factor2": ("half-missing", "W1 b1 W2 b2 W3 b3", ()),
    "wrong.py:Factor2InOneLayer": ("factor-two", "W1 b1", ("twice the measured",)),
    "wrong.py:AllZero": ("all-zero", "W1 b1 W2 b2 W3 b3", ("It is zero everywhere",)),
    "wrong.py:NotANumber": ("not-a-number", "W1", ("The gradients contain NaN",)),
    "wrong.py:TransposedSquare": (
        "weights-gradient-transposed",
        "W2",
        (),
    ),
    "wrong.py:BiasOfTheOtherLayer": ("other-array", "b1", ("measured for layer 2 biases",)),
    "wrong.py:NoDerivativeInTheMiddle": (
        "missing-activation-derivative",
        "W1 b1 W2 b2",
        ("One mistake, made in layers 2 and 1, explains every number",),
    ),
    "wrong.py:NoDerivativeAtTheEnd": (
        "other-cost",
        "W1 b1 W2 b2 W3 b3",
        ("cross-entropy", "--cost fused-sigmoid-cross-entropy"),
    ),
    "wrong.py:BiasesForgotten": ("constant-factor", "b1 b2", ("0.7 times",)),
    "wrong.py:KeepsState": ("keeps-state", "W1 b1 W2 b2 W3 b3", ("keeps state between",)),
    "wrong.py:RightTheFirstTime": (
        "keeps-state",
        "W1 b1 W2 b2 W3 b3",
        ("if they agree, the second ones too",),
    ),
    "wrong.py:LastExample": ("keeps-state", "W1 b1 W2 b2 W3 b3", ("keeps state between",)),
    "wrong.py:OffByLittle": (
        "constant-factor",
        "W1 W2 W3",
        ("It is 1.001 times the measured gradient.",),
    ),
    "wrong.py:OneInfinity": ("not-a-number", "b1", ("The gradients contain NaN or infinity",)),
    "costs.py:SoftmaxCrossEntropy": (
        "other-cost",
        "W1 b1 W2 b2 W3 b3",
        ("(loss = 'cross_entropy')", "--cost fused-softmax-cross-entropy"),
    ),
    "matrix.py:BiasesLeftOfAMean": (
        "not-divided-by-batch",
        "b1 b2 b3",
        (MATRIX, "It is m = 5 times too large", "In layer 3 biases, layer 2 biases and"),
    ),
    "wrong.py:IntegerGradients": ("all-zero", "W1 b1 W2 b2 W3 b3", ("are int64",)),
    "matrix.py:SumAndMean": ("not-divided-by-batch", "W1 W2 W3", (MEAN_MISSING,)),
    "matrix.py:MeanMissing": ("not-divided-by-batch", "W1 b1 W2 b2 W3 b3", ("5 times",)),
    "matrix.py:MeanMissingInWeights": ("not-divided-by-batch", "W1 W2 W3", (MEAN_MISSING,)),
    "matrix.py:MeanMissingInOdd": ("not-divided-by-batch", "W1 W2 W3", (MEAN_MISSING,)),
    "matrix.py:MeanMissingWithoutHalf": (
        "not-divided-by-batch",
        "W1 b1 W2 b2 W3 b3",
        ("It is m = 5 times too large: a sum over the examples",),
    ),
    "matrix.py:MeanOfASum": ("divided-twice", "W1 b1 W2 b2 W3 b3", ("0.2 times",)),
}
BROKEN: dict[str, tuple[str, ...]] = {
    "broken.py:NoBiases": ("NoBiases has no attribute biases", "it has sizes, num_layers, weights"),
    "broken.py:NoBackprop": (
        "no method backprop",
        "its methods are: feedforward",
        "Add backprop(x, y)",
    ),
    "broken.py:NoFeedforward": ("no method feedforward",),
    "broken.py:OtherConstructor": (
        "is built from (sizes, temperament, mood, zeal)",
        "temperament, mood, zeal have no known meaning",
        "OtherConstructor([6, 4",
    ),
    "broken.py:HiddenSizeOnly": ("HiddenSizeOnly has no method backprop; its methods are: none",),
    "broken.py:OtherSizes": ("OtherSizes.weights has 2 entries", "a list of 3 arrays"),
    "broken.py:Strings": ("Strings.weights has 2 entries",),
    "broken.py:NaNWeights": ("NaN or infinity in the weights of layer 1",),
    "broken.py:ReturnsNone": ("backprop returned None (did you forget to return?)",),
    "broken.py:WrongShapes": (
        "For the weights of layer 1 backprop returned shape (6, 4); it should be (4, 6)",
    ),
    "broken.py:OneArgument": ("backprop takes (data); it should be backprop(x, y)",),
    "broken.py:Raises": ("backprop(x, y) raised ValueError: matmul",),
    "broken.py:Deep": ("backprop(x, y) raised RecursionError",),
    "broken.py:RaisesInCost": ("cost(a, y) raised RuntimeError: not yet written at all",),
    "broken.py:ComputesWithCopies": ("for any weights and biases", "not copies of them"),
    "broken.py:CostIsNone": ("cost(a, y) returned None; it should return one number",),
    "broken.py:CostIsNaN": ("the cost is nan",),
    "broken.py:Dropout": ("The cost was", "the same each time"),
    "broken.py:SysExit": ("backprop(x, y) ended the program with sys.exit('done')",),
    "broken.py:NotAClass": ("NotAClass in broken.py is of type int",),
    "broken.py:Raise": ("broken.py has no class or function Raise", "did you mean Raises?"),
    "empty.py:Network": ("empty.py is empty",),
    "not_python.py:Network": ("line 1 is not Python 3: expected ':'",),
    "no_python.py:Network": ("no_python.py, line 3 is not Python 3: ",),
    "latin_1.py:Network": ("Network has no method backprop",),
}
TRACEBACKS = {
    "broken.py:Raises": ("in backprop", "return self.helper(x)", "in helper"),
    "broken.py:Deep": ("calls above", "return self.backprop(x, y)"),
    "broken.py:SysExit": ('sys.exit("done")',),
    "not_python.py:Network": ("class Network",),
}


def texts(found: SubmissionReport) -> str:
    return " ".join(each.text for each in found.findings) + (
        found.likely_cause.evidence if found.likely_cause else ""
    )


def report_of(found: SubmissionReport) -> Report:
    assert found.failure == ""
    assert found.report is not None
    return found.report


def wrong_arrays(report: Report) -> str:
    short = {"weights": "W", "biases": "b"}
    return " ".join(
        f"{short[array.parameter]}{array.layer}"
        for array in report.arrays
        if array.counts["disagree"]
    )


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_agrees_and_is_understood(checked: Checked, name: str) -> None:
    found = checked(name)
    assert found.word == "agree"
    assert report_of(found).checked == 63
    assert found.likely_cause is None
    for words in RIGHT[name]:
        assert words in texts(found)


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found_where_it_is_wrong(checked: Checked, name: str) -> None:
    found = checked(name)
    cause, arrays, words = WRONG[name]
    assert found.word == "disagree"
    assert found.likely_cause is not None
    assert found.likely_cause.name == cause
    report = report_of(found)
    assert wrong_arrays(report) == arrays
    if report.diagnosis is not None and report.diagnosis.likely_cause is not None:
        assert report.diagnosis.likely_cause == cause
        assert found.likely_cause.evidence.startswith(str(report.diagnosis.says))
    else:
        assert words
    for each in words:
        assert each in texts(found)


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_checked_ends_in_one_line(checked: Checked, name: str) -> None:
    found = checked(name)
    assert found.word == "failed"
    assert found.report is None
    assert "\n" not in found.failure
    for words in BROKEN[name]:
        assert words in found.failure
    # The student's own frames and nobody else's.
    assert "gradcheck" not in found.traceback
    assert len(found.traceback.splitlines()) < 20
    for words in TRACEBACKS.get(name, ()):
        assert words in found.traceback


# Guesses


def test_a_square_network_is_read_both_ways(checked: Checked) -> None:
    direct = checked("book.py:Network", (4, 4, 4))
    assert direct.word == "agree"
    assert "can be read in 2 ways" in texts(direct)
    assert "the best is: biases first, then weights (the cost confirms it)" in texts(direct)
    transposed = checked("wrong.py:TransposedSquare", (4, 4, 4))
    assert transposed.word == "agree"
    assert "each weight gradient transposed (the cost confirms it)" in texts(transposed)
    assert "Transpose them before the weights are updated" in texts(transposed)


@pytest.mark.parametrize("name", ["book.py:Network", "explicit_names.py:Network"])
def test_weights_and_biases_of_one_neuron_a_layer_are_told_apart(
    checked: Checked, name: str
) -> None:
    found = checked(name, (1, 1, 1))
    assert found.word == "agree"
    assert "biases first" in texts(found) if "book" in name else "weights first" in texts(found)


def test_biases_left_per_example_are_told_from_weights_of_the_same_shape(checked: Checked) -> None:
    # Of 6 examples, the bias gradients are as large as the weights' of the first layer.
    found = checked("matrix.py:LeftPerExample", (6, 4), batch=6)
    assert found.word == "agree"
    assert "it returns weights first, then biases" in texts(found)


@pytest.mark.parametrize("sizes", [(5, 5, 5), (5, 4, 5)])
def test_rows_are_told_from_columns_where_there_are_as_many(
    checked: Checked, sizes: tuple[int, ...]
) -> None:
    found = checked("rows.py:Network", sizes, batch=5)
    assert found.word == "agree"
    assert "a whole mini-batch, an example in each row" in texts(found)


@pytest.mark.parametrize("name", ["book.py:Network", "matrix.py:Summed", "rows.py:Network"])
def test_a_single_example(checked: Checked, name: str) -> None:
    assert checked(name, batch=1).word == "agree"


def test_a_cost_on_the_command_line_overrides_the_class_s(checked: Checked) -> None:
    right = checked("wrong.py:NoDerivativeAtTheEnd", cost="fused-sigmoid-cross-entropy")
    assert right.word == "agree"
    assert "cross-entropy, -sum" in texts(right)
    assert "given by --cost" in texts(right)
    assert checked("second_program.py:Network", cost="quadratic").word == "disagree"


def test_the_complex_step_where_the_cost_allows_it(checked: Checked) -> None:
    found = checked("book.py:Network", scheme="complex")
    assert found.word == "agree"
    assert max(array.relative_error for array in report_of(found).arrays) < 1e-13
    refused = checked("second_program.py:QuadraticNetwork", scheme="complex")
    assert refused.word == "failed"
    assert "use the scheme central" in refused.failure


@pytest.mark.parametrize("scheme", ["forward", "central", "complex"])
def test_rounding_to_float32_is_no_mistake_and_hides_none(checked: Checked, scheme: str) -> None:
    assert checked("odd.py:ReturnsFloat32", scheme=scheme).word == "agree"
    assert checked("odd.py:ReturnsFloat32", scheme=scheme, strict=True).word == "agree"
    wrong = checked("wrong.py:Float32AndOffByAThousandth", scheme=scheme)
    assert wrong.word == "disagree"
    assert wrong_arrays(report_of(wrong)) == "W1 W2 W3"


# Which scheme shows that the guard changes something.
GUARDED = {
    "guarded.py:Guard": "complex",
    "guarded.py:Guard5": "forward",
    "guarded.py:Clip": "forward",
    "guarded.py:NanToNum": "forward",
}


@pytest.mark.parametrize("name", GUARDED)
def test_a_guard_in_the_cost_agrees_with_a_remark(checked: Checked, name: str) -> None:
    found = checked(name, scheme=GUARDED[name])
    assert found.word == "agree"
    assert found.likely_cause is None
    remarks = report_of(found).remarks
    assert remarks
    assert all("digits of its largest slope" in each for each in remarks)
    assert all("A guard such as log(a + 1e-8), float32" in each for each in remarks)


@pytest.mark.parametrize("name", GUARDED)
def test_a_guard_in_the_cost_disagrees_in_a_strict_check(checked: Checked, name: str) -> None:
    found = checked(name, scheme=GUARDED[name], strict=True)
    assert found.word == "disagree"
    assert report_of(found).remarks == ()
    assert found.likely_cause is not None
    assert found.likely_cause.name == "few-digits"


@pytest.mark.parametrize("strict", [False, True])
def test_a_guard_that_is_too_small_to_be_seen_needs_no_remark(
    checked: Checked, strict: bool
) -> None:
    found = checked("guarded.py:Guard12", strict=strict)
    assert found.word == "agree"
    assert report_of(found).remarks == ()


def test_a_mistake_of_a_thousandth_is_no_guard(checked: Checked) -> None:
    found = checked("guarded.py:OffByAThousandth")
    assert found.word == "disagree"
    assert wrong_arrays(report_of(found)) == "W1 W2 W3"
    assert report_of(found).remarks == ()


def test_a_sample(checked: Checked) -> None:
    report = report_of(checked("book.py:Network", sample=3))
    assert report.is_sample
    assert report.checked == 18


def test_a_file_that_is_not_there(checked: Checked) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.py does not exist"):
        checked("nowhere.py:Network")


# Properties


@st.composite
def shapes(draw: st.DrawFn) -> dict[str, Any]:
    sizes = draw(st.lists(st.integers(1, 5), min_size=2, max_size=4))
    return {
        "sizes": tuple(sizes),
        "batch": draw(st.integers(1, 5)),
        "seed": draw(st.integers(0, 9)),
    }


# What is listed here replaces the list of tests/conftest.py: on a busy machine drawing is slow.
SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
LAYOUTS = ("book.py:Network", "explicit_names.py:Network", "matrix.py:Summed", "rows.py:Flat")


@pytest.mark.parametrize("name", LAYOUTS)
@given(shape=shapes())
@settings(max_examples=8, suppress_health_check=SUPPRESSED)
def test_any_sizes_and_any_batch_are_understood(
    checked: Checked, name: str, shape: dict[str, Any]
) -> None:
    assert checked(name, **shape).word in ("agree", "undecided")


@given(shape=shapes())
@settings(max_examples=8, suppress_health_check=SUPPRESSED)
def test_a_flipped_sign_is_found_in_any_sizes(checked: Checked, shape: dict[str, Any]) -> None:
    found = checked("wrong.py:SignFlipped", **shape)
    assert found.word == "disagree"
    assert found.likely_cause is not None
    assert found.likely_cause.name == "sign-flipped"


# A cost that was guessed, and one constant before it

CONVENTIONS = {
    "Twice": ("twice the quadratic cost", "mean-squared-error"),
    "OverOutputs": ("1/3 of the quadratic cost", "half-mean-squared-error-over-outputs"),
    "TwiceOverOutputs": ("2/3 of the quadratic cost", "mean-squared-error-over-outputs"),
    "Seven": ("7 times the quadratic cost", None),
}


@pytest.mark.parametrize("name", CONVENTIONS)
def test_a_constant_before_a_guessed_cost_is_a_convention(checked: Checked, name: str) -> None:
    words, cost = CONVENTIONS[name]
    found = checked(f"conventions.py:{name}", strict=True)
    assert found.word == "agree"
    assert found.likely_cause is None
    (remark,) = report_of(found).remarks
    assert f"gradients of {words}." in remark
    if cost is not None:
        told = checked(f"conventions.py:{name}", cost=cost, strict=True)
        assert told.word == "agree"
        assert report_of(told).remarks == ()
        assert checked(f"conventions.py:{name}", cost="quadratic").word == "disagree"


def test_a_second_call_is_held_to_the_constant_of_the_first(checked: Checked) -> None:
    found = checked("conventions.py:TwiceTheFirstTime")
    assert found.word == "disagree"
    assert found.likely_cause is not None
    assert found.likely_cause.name == "keeps-state"


@pytest.mark.parametrize("name", ["SignFlipped", "NoDerivativeAtTheEnd"])
def test_of_one_example_and_one_output_a_mistake_is_no_convention(
    checked: Checked, name: str
) -> None:
    assert checked(f"wrong.py:{name}", (3, 2, 1), batch=1).word == "disagree"


# In processes of its own


def test_no_digit_depends_on_the_number_of_processes() -> None:
    asked = submission(FOLDER / "second_program.py", "Network", limits=Limits())
    reports = [report_of(check_submission(asked, jobs=jobs)) for jobs in (1, 2, 3)]
    assert reports[0].ok
    for report in reports[1:]:
        assert report.evaluations == reports[0].evaluations
        assert report.cost == reports[0].cost
        for one, other in zip(reports[0].arrays, report.arrays, strict=True):
            assert np.array_equal(one.numerical, other.numerical)
            assert np.array_equal(one.error_bar, other.error_bar)


def test_a_class_that_no_seed_holds_is_checked_by_several_processes() -> None:
    asked = submission(FOLDER / "odd.py", "DrawsAnew")
    assert check_submission(asked, jobs=2).word == "agree"


def test_transposed_gradients_are_told_where_the_shapes_leave_no_doubt(checked: Checked) -> None:
    found = checked("odd.py:ReturnsTransposes", sizes=(5, 4, 3))
    assert found.word == "agree"
    assert "Transpose them before the weights are updated" in texts(found)
