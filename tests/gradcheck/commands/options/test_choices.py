"""The names to choose from are those of the records, in their order."""

import subprocess
import sys
from collections.abc import Iterable

import pytest

from gradcheck.commands.options import choices
from gradcheck.engines.kinds import ENGINES
from gradcheck.exercise.manner import MANNERS
from gradcheck.homework.understanding.output_costs import COSTS_OF_OUTPUT
from gradcheck.slopes.schemes import SCHEMES
from nets.activations import ACTIVATIONS
from nets.arrays import DTYPES, place
from nets.costs import COSTS
from nets.errors import BadInput
from nets.initialisation import INITIALISATIONS
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("names", "records"),
    [
        (choices.ACTIVATION_NAMES, ACTIVATIONS),
        (choices.COST_NAMES, COSTS),
        ((*choices.COST_NAMES, *choices.CLASS_COST_NAMES), COSTS_OF_OUTPUT),
        (choices.INITIALISATION_NAMES, INITIALISATIONS),
        (choices.DTYPE_NAMES, DTYPES),
        (choices.SCHEME_NAMES, SCHEMES),
        (choices.ENGINE_NAMES, ENGINES),
        (choices.MANNER_NAMES, MANNERS),
    ],
)
def test_each_name_has_a_record_and_each_record_a_name(
    names: tuple[str, ...], records: Iterable[str]
) -> None:
    assert names == tuple(records)


def test_the_devices_are_those_that_place_knows() -> None:
    with pytest.raises(BadInput) as told:
        place("abacus")
    for name in choices.DEVICE_NAMES:
        assert name in str(told.value)


@pytest.mark.parametrize("command", ["verify", "train", "grade"])
def test_help_of_a_command_does_not_wait_for_numpy(command: str) -> None:
    script = (
        "import sys\n"
        "from gradcheck.cli import main\n"
        "try:\n"
        f"    main([{command!r}, '--help'])\n"
        "except SystemExit:\n"
        "    print('numpy' in sys.modules, file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stderr.strip() == "False"
