"""The JSON of ``gradcheck verify``: its contract, and what its numbers come from."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command

SMALL = ("--sizes", "4,3,2")
COUNTS = dict.fromkeys(("agree", "disagree", "kink", "undecided", "untested"), int)
CONTRACT: dict[str, Any] = {
    "schema_version": int,
    "command": str,
    "network": {"sizes": [int], "activation": str, "cost": str, "parameters": int},
    "device": str,
    "dtype": str,
    "batch_size": int,
    "seed": int,
    "scheme": str,
    "epsilon": float,
    "engine": str,
    "verdict": str,
    "checked": int,
    "counts": COUNTS,
    "arrays": [
        {
            "layer": int,
            "parameter": str,
            "shape": [int],
            "checked": int,
            "counts": COUNTS,
            "relative_error": float,
            "max_absolute_error": float,
            "worst_index": [int],
            "worst_backprop": float,
            "worst_numerical": float,
            "worst_error_bar": float,
            "worst_slopes": [float],
        }
    ],
    "suspicions": list,
    "planted": type(None),
    "diagnosis": type(None),
    "forward_passes": {"book": int, "backprop": float},
    "seconds": {"forward": float, "backprop": float, "check": float},
}


def expect_contract(record: Any, contract: Any, where: str = "$") -> None:
    """Every key of the contract is there with a value of the type; others may be there too."""
    if isinstance(contract, dict):
        assert isinstance(record, dict), where
        for key, wanted in contract.items():
            assert key in record, f"{where}.{key}"
            expect_contract(record[key], wanted, f"{where}.{key}")
    elif isinstance(contract, list):
        assert isinstance(record, list), where
        assert record, where
        for position, item in enumerate(record):
            expect_contract(item, contract[0], f"{where}[{position}]")
    else:
        assert type(record) is contract, f"{where} is {record!r}"


def test_the_contract_would_miss_a_key_or_a_type(gradcheck_command: Command) -> None:
    record = json.loads(gradcheck_command("verify", *SMALL, "--json").out)
    del record["arrays"][1]["worst_index"]
    with pytest.raises(AssertionError, match=r"\$\.arrays\[1\]\.worst_index"):
        expect_contract(record, CONTRACT)
    record = json.loads(gradcheck_command("verify", *SMALL, "--json").out)
    record["checked"] = "23"
    with pytest.raises(AssertionError, match=r"\$\.checked is '23'"):
        expect_contract(record, CONTRACT)


@pytest.mark.parametrize("engine", ["batched", "one-by-one"])
@pytest.mark.parametrize("scheme", ["forward", "complex"])
def test_json_keeps_to_the_contract(gradcheck_command: Command, engine: str, scheme: str) -> None:
    options = ("--engine", engine, "--scheme", scheme, "--seed", "5", "--batch-size", "7")
    ended = gradcheck_command("verify", *SMALL, "--json", *options)
    assert ended.code == 0
    assert ended.err == ""
    record = json.loads(ended.out)  # and nothing else on standard output
    expect_contract(record, CONTRACT)
    assert record["schema_version"] == 1
    assert record["command"] == "verify"
    assert record["network"]["sizes"] == [4, 3, 2]
    assert record["network"]["parameters"] == record["checked"] == 23
    assert (record["engine"], record["scheme"]) == (engine, scheme)
    assert (record["seed"], record["batch_size"], record["dtype"]) == (5, 7, "float64")
    assert record["device"] == "cpu"
    assert record["verdict"] == "agree"
    assert record["forward_passes"]["book"] == 24
    assert record["forward_passes"]["backprop"] == pytest.approx(2 + 6 / 18)


def test_json_keeps_to_the_contract_where_a_mistake_is_planted(gradcheck_command: Command) -> None:
    ended = gradcheck_command("verify", *SMALL, "--json", "--bug", "half-missing")
    assert ended.code == 1
    assert ended.err == ""
    planted = {"bug": str, "layer": int}
    diagnosis = {"layer": int, "step": str, "likely_cause": str, "evidence": str, "hints": [str]}
    record = json.loads(ended.out)
    expect_contract(record, {**CONTRACT, "planted": planted, "diagnosis": diagnosis})
    assert record["verdict"] == "disagree"
    assert record["counts"]["disagree"] == 23
    assert record["diagnosis"]["likely_cause"] == "half-missing"


def test_counts_add_up(gradcheck_command: Command) -> None:
    record = json.loads(gradcheck_command("verify", *SMALL, "--json").out)
    arrays = record["arrays"]
    assert [(array["layer"], array["parameter"], array["shape"]) for array in arrays] == [
        (1, "weights", [3, 4]),
        (1, "biases", [3, 1]),
        (2, "weights", [2, 3]),
        (2, "biases", [2, 1]),
    ]
    for part in (*arrays, record):
        assert sum(part["counts"].values()) == part["checked"]
    for word, count in record["counts"].items():
        assert count == sum(array["counts"][word] for array in arrays)
    assert sum(array["checked"] for array in arrays) == record["checked"]


def test_json_of_a_sample(gradcheck_command: Command) -> None:
    record = json.loads(gradcheck_command("verify", *SMALL, "--json", "--sample", "5").out)
    assert [array["checked"] for array in record["arrays"]] == [5, 3, 5, 2]
    assert record["checked"] == 15
    assert record["sample"] is True
    assert record["network"]["parameters"] == 23


def test_json_of_a_real_process_is_the_same_each_time(gradcheck_process: Command) -> None:
    records = [json.loads(gradcheck_process("verify", *SMALL, "--json").out) for _ in range(2)]
    for record in records:
        del record["seconds"]
    assert records[0] == records[1]


def test_the_seed_decides_the_numbers(gradcheck_command: Command) -> None:
    costs = [
        json.loads(gradcheck_command("verify", *SMALL, "--json", "--seed", seed).out)["cost"]
        for seed in ("1", "1", "2")
    ]
    assert costs[0] == costs[1] != costs[2]


def test_a_given_epsilon_is_used(gradcheck_command: Command) -> None:
    record = json.loads(gradcheck_command("verify", *SMALL, "--json", "--epsilon", "1e-5").out)
    assert record["epsilon"] == 1e-5


def test_the_page_and_the_figure_name_what_was_planted(
    gradcheck_command: Command, tmp_path: Path
) -> None:
    page, figure = tmp_path / "report.html", tmp_path / "report.svg"
    files = ("--html", page, "--plot", figure)
    ended = gradcheck_command("verify", *SMALL, "--bug", "weights-transposed-order", *files)
    assert ended.code == 2  # there is no such mistake: nothing is written
    assert not page.exists()
    bug = ("--bug", "missing-activation-derivative")
    ended = gradcheck_command("verify", *SMALL, *bug, *files)
    assert ended.code == 1
    text = page.read_text("utf-8")
    assert "Planted: missing-activation-derivative in layer 2." in text
    assert "(missing-activation-derivative)" in text
    assert "What one gradient of all parameters costs" in text
    assert "missing-activation-derivative planted in layer 2" in figure.read_text("utf-8")


def test_a_secret_mistake_is_on_no_page_and_in_no_figure(
    gradcheck_command: Command, tmp_path: Path
) -> None:
    page, figure = tmp_path / "report.html", tmp_path / "report.svg"
    options = ("--bug", "random", "--seed", "3", "--html", page, "--plot", figure)
    revealed = gradcheck_command("verify", *SMALL, *options, "--reveal", "--hints", "3", "--json")
    name = json.loads(revealed.out)["planted"]["bug"]
    assert name in page.read_text("utf-8")
    assert name in figure.read_text("utf-8")
    assert gradcheck_command("verify", *SMALL, *options).code == 1
    assert name not in page.read_text("utf-8")
    assert name not in figure.read_text("utf-8")
    assert "<summary>Hint 1</summary>" in page.read_text("utf-8")
