"""``gradcheck step-sweep`` sweeps what the options say."""

import json

from tests.conftest import Command

SWEEP = ("step-sweep", "--sizes", "4,3,2", "--scheme", "forward", "--json")


def test_the_sample_the_engine_and_the_schemes_are_those_asked_for(
    gradcheck_command: Command,
) -> None:
    ended = gradcheck_command(*SWEEP, "--sample", "1", "--engine", "one-by-one")
    told = json.loads(ended.out)
    assert (told["sampled"], told["engine"]) == (4, "one-by-one")
    assert [len(each["curves"]) for each in told["dtypes"]] == [1, 1]


def test_the_seed_decides_the_errors(gradcheck_command: Command) -> None:
    errors = [
        json.loads(gradcheck_command(*SWEEP, "--sample", "2", "--seed", seed).out)["dtypes"][0]
        for seed in ("1", "1", "2")
    ]
    assert errors[0] == errors[1] != errors[2]
