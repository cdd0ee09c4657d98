"""What could not be checked."""

from gradcheck.homework.left_out import LeftOut


def test_json_has_the_name_and_the_reason() -> None:
    told = LeftOut("relu", "it raised ValueError", is_open=True).to_dict()
    assert told == {"name": "relu", "line": "it raised ValueError"}
