"""What stays open of a derivative that is written for the output."""

from gradcheck.homework.understanding.at_the_output import open_at_the_input


def test_it_names_the_derivative_its_function_and_its_argument() -> None:
    left = open_at_the_input("dsigmoid", "sigmoid", "x")
    assert left.is_open
    assert left.name == "How dsigmoid is called"
    assert "its x is the output of sigmoid" in left.line
    assert "called with sigmoid(x)" in left.line
