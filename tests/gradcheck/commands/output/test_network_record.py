"""The JSON describes a network with the same keys, whichever command it is for."""

import json

from tests.conftest import Command


def test_a_check_describes_its_network(gradcheck_command: Command) -> None:
    ended = gradcheck_command("verify", "--sizes", "4,3,2", "--activation", "tanh", "--json")
    assert json.loads(ended.out)["network"] == {
        "sizes": [4, 3, 2],
        "activation": "tanh",
        "cost": "quadratic",
        "init": "book",
        "parameters": 23,
    }
