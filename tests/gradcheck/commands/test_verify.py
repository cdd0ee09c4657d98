"""``gradcheck verify`` as a user, a script and a pipe see it."""

import contextlib
import gzip
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcheck.costs.timing import Timing
from gradcheck.engines.engine import displacements
from gradcheck.slopes.measured import measure_slopes
from gradcheck.verdicts.array_report import EngineComparison
from nets.layers import DenseLayer, LayerGradients, LayerTrace
from tests.conftest import ROOT, Command, Outcome
from tests.idx import IMAGES, LABELS, idx_bytes, write_digits

SMALL = ("--sizes", "4,3,2")


def expect_bad_input(ended: Outcome, *words: str) -> None:
    """One clear line on standard error, nothing on standard output."""
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.startswith("gradcheck: ")
    assert ended.err.endswith("\n")
    assert ended.err.count("\n") == 1
    assert "Traceback" not in ended.err
    for word in words:
        assert word in ended.err


# Bad input


BAD_OPTIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "one size": (("--sizes", "784"), ("'784'", "two or more", "784,30,10")),
    "an empty size": (("--sizes", "784,,10"), ("'784,,10'", "an empty place", "784,30,10")),
    "no size": (("--sizes", ""), ("an empty place", "784,30,10")),
    "a size of 0": (("--sizes", "784,0,10"), ("'0' is not a whole number of at least 1",)),
    "a negative size": (("--sizes", "784,-3,10"), ("'-3' is not a whole number of at least 1",)),
    "letters": (("--sizes", "a,b"), ("'a' is not a whole number",)),
    "half a neuron": (("--sizes", "784.5,10"), ("'784.5' is not a whole number",)),
    "too large": (("--sizes", "1e9,1e9"), ("1000000000,1000000000", "GB of memory", "free here")),
    "far too large": (("--sizes", "1e300,10"), ("GB of memory",)),
    "an empty batch": (("--batch-size", "0"), ("--batch-size", "x>=1")),
    "a negative batch": (("--batch-size", "-5"), ("--batch-size", "x>=1")),
    "a huge batch": (("--batch-size", "1000000000000"), ("a batch of 1000000000000", "GB")),
    "a sample of 0": (("--sample", "0"), ("--sample", "x>=1")),
    "no threads": (("--threads", "0"), ("--threads", "x>=1")),
    "a negative seed": (("--seed", "-1"), ("--seed", "x>=0")),
    "epsilon 0": (("--epsilon", "0"), ("epsilon 0.0 is no step; give a positive number",)),
    "epsilon -1": (("--epsilon", "-1"), ("epsilon -1.0 is no step",)),
    "epsilon nan": (("--epsilon", "nan"), ("epsilon nan is no step",)),
    "epsilon inf": (("--epsilon", "inf"), ("epsilon inf is no step",)),
    "a tiny epsilon": (("--epsilon", "1e-300"), ("epsilon is too small", "does not move")),
    "a word for epsilon": (("--epsilon", "small"), ("--epsilon", "'small'")),
    "a coarse complex step": (
        ("--scheme", "complex", "--epsilon", "0.1"),
        ("epsilon 0.1 does not suit the complex step",),
    ),
    "complex relu": (
        ("--scheme", "complex", "--activation", "relu"),
        ("needs an analytic activation, relu has a kink", "take the scheme central"),
    ),
    "an unknown activation": (("--activation", "swish"), ("'swish'", "'sigmoid'")),
    "an unknown cost": (("--cost", "hinge"), ("'hinge'", "'quadratic'")),
    "an unknown scheme": (("--scheme", "simpson"), ("'simpson'", "'forward'")),
    "an unknown init": (("--init", "he"), ("'he'", "'book'")),
    "an unknown dtype": (("--dtype", "float16"), ("'float16'", "'float64'")),
    "an unknown engine": (("--engine", "steam"), ("'steam'", "'batched'")),
}


@pytest.mark.parametrize(("options", "words"), BAD_OPTIONS.values(), ids=BAD_OPTIONS)
def test_bad_options(
    gradcheck_command: Command, options: tuple[str, ...], words: tuple[str, ...]
) -> None:
    expect_bad_input(gradcheck_command("verify", *options), *words)
    expect_bad_input(gradcheck_command("verify", "--json", *options), *words)


@pytest.mark.parametrize(
    "options", [("--sizes", "784,,10"), ("--epsilon", "nan"), ("--data", "nowhere/at/all")]
)
def test_bad_input_to_a_real_process(gradcheck_process: Command, options: tuple[str, ...]) -> None:
    expect_bad_input(gradcheck_process("verify", *options))


BAD_FILES: dict[str, tuple[dict[str, bytes], str]] = {
    "an empty folder": ({}, "holds no images file"),
    "no labels": ({IMAGES: idx_bytes(np.zeros((2, 4, 4)))}, "no labels for"),
    "an empty file": ({IMAGES: b"", LABELS: b""}, "is empty"),
    "cut off": ({IMAGES: idx_bytes(np.zeros((2, 4, 4)))[:-1], LABELS: b""}, "header promises"),
    "a gzip file cut off": (
        {IMAGES: gzip.compress(idx_bytes(np.zeros((2, 4, 4))))[:-9], LABELS: b""},
        "is cut off",
    ),
    "not IDX": ({IMAGES: b"hello there", LABELS: b""}, "an IDX file of bytes begins with"),
    "other counts": (
        {IMAGES: idx_bytes(np.zeros((2, 4, 4))), LABELS: idx_bytes([1, 2, 3])},
        "2 images in",
    ),
    "no images": (
        {IMAGES: idx_bytes(np.zeros((0, 4, 4))), LABELS: idx_bytes([])},
        "holds no numbers",
    ),
    "labels beyond the last layer": (
        {IMAGES: idx_bytes(np.zeros((4, 4, 4))), LABELS: idx_bytes([0, 3, 1, 2])},
        "label 3 does not fit a last layer of 3 neurons",
    ),
    "images of another size": (
        {IMAGES: idx_bytes(np.zeros((2, 4, 5))), LABELS: idx_bytes([0, 1])},
        "have 20 pixels, the first layer has 16 neurons",
    ),
    "a batch larger than the data": (
        {IMAGES: idx_bytes(np.zeros((2, 4, 4))), LABELS: idx_bytes([0, 1])},
        "a batch of 2 was asked for",
    ),
}


@pytest.mark.parametrize(("files", "words"), BAD_FILES.values(), ids=BAD_FILES)
def test_bad_data(
    tmp_path: Path, gradcheck_command: Command, files: dict[str, bytes], words: str
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    expect_bad_input(
        gradcheck_command("verify", "--sizes", "16,4,3", "--data", tmp_path, "--batch-size", "2"),
        words,
    )


def test_a_data_path_that_is_not_there(tmp_path: Path, gradcheck_command: Command) -> None:
    missing = tmp_path / "nowhere"
    expect_bad_input(gradcheck_command("verify", "--data", missing), str(missing), "not exist")


# Exit codes


def test_agreement_is_exit_code_0(gradcheck_command: Command) -> None:
    ended = gradcheck_command("verify", *SMALL)
    assert ended.code == 0
    assert ended.err == ""
    text = " ".join(ended.out.split())
    assert "AGREE 23 of 23 entries agree with equation (46)" in text
    assert "4-3-2 network, sigmoid, quadratic cost, 23 parameters" in text


def test_the_book_s_network_in_a_real_process(gradcheck_process: Command) -> None:
    ended = gradcheck_process("verify", "--sizes", "784,30,10")
    assert ended.code == 0
    assert ended.err == ""
    assert "23,861" in ended.out
    assert "2.01" in ended.out
    for row in ("layer 1 weights", "layer 1 biases", "layer 2 weights", "layer 2 biases"):
        assert row in ended.out


@pytest.mark.parametrize("scheme", ["forward", "central", "five-point", "complex"])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(
    "cost", ["quadratic", "fused-sigmoid-cross-entropy", "fused-softmax-cross-entropy"]
)
def test_every_choice_of_options_agrees(
    monkeypatch: pytest.MonkeyPatch,
    gradcheck_command: Command,
    scheme: str,
    dtype: str,
    cost: str,
) -> None:
    # What a pass costs here is of no interest, and takes a while to measure.
    timing = Timing(0.001, 0.001, 0.001, 5)
    monkeypatch.setattr(
        "gradcheck.commands.runs.verify_network.side_by_side",
        lambda works, **_: dict.fromkeys(works, timing),
    )
    for activation in ("identity", "sigmoid", "tanh", "relu"):
        if (scheme, activation) == ("complex", "relu"):
            continue
        options = ("--scheme", scheme, "--dtype", dtype, "--cost", cost, "--init", "scaled")
        ended = gradcheck_command(
            "verify", "--sizes", "6,5,4", "--activation", activation, *options, "--seed", "3"
        )
        assert ended.code == 0


@pytest.mark.parametrize("engine", ["batched", "one-by-one"])
def test_disagreement_is_exit_code_1(
    monkeypatch: pytest.MonkeyPatch, gradcheck_command: Command, engine: str
) -> None:
    right = DenseLayer.backward

    def wrong(
        layer: DenseLayer, trace: LayerTrace, gradient: Any, *, wants_upstream: bool = True
    ) -> LayerGradients:
        gradients = right(layer, trace, gradient, wants_upstream=wants_upstream)
        return replace(gradients, gradient_wrt_biases=-gradients.gradient_wrt_biases)

    monkeypatch.setattr(DenseLayer, "backward", wrong)
    ended = gradcheck_command("verify", *SMALL, "--engine", engine)
    assert ended.code == 1
    assert ended.err == ""
    text = " ".join(ended.out.split())
    assert "DISAGREE 5 of 23 entries contradict equation (46)" in text
    assert "in layer 1 biases, layer 2 biases" in text
    record = json.loads(gradcheck_command("verify", *SMALL, "--engine", engine, "--json").out)
    assert record["verdict"] == "disagree"
    assert [array["counts"]["disagree"] for array in record["arrays"]] == [0, 3, 0, 2]


def test_black_images_are_exit_code_3(tmp_path: Path, gradcheck_command: Command) -> None:
    black = np.zeros((20, 4, 4))
    folder = write_digits(tmp_path, images=black)
    ended = gradcheck_command("verify", "--sizes", "16,5,10", "--data", folder)
    assert ended.code == 3
    text = " ".join(ended.out.split())
    assert "UNDECIDED" in text
    assert "could be confirmed in layer 1 weights" in text
    assert "Untested: 80 entries" in text


def test_engines_that_differ_are_exit_code_70(
    monkeypatch: pytest.MonkeyPatch, gradcheck_command: Command
) -> None:
    apart = EngineComparison(4, 17.0, "layer 1 weights", (2, 3))
    monkeypatch.setattr("gradcheck.verdicts.check_claims._compared", lambda *_: apart)
    ended = gradcheck_command("verify", *SMALL)
    assert ended.code == 70
    text = " ".join(ended.out.split())
    assert "FAULT" in text
    assert "17.00 error bars apart" in text
    assert "layer 1 weights [2, 3]" in text


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_interrupted_check_shows_what_was_finished_and_is_exit_code_130(
    monkeypatch: pytest.MonkeyPatch, gradcheck_command: Command, form: str
) -> None:
    measured: list[int] = []

    def interrupted(entries: Any, *arguments: Any) -> Any:
        if len(measured) == 2:
            raise KeyboardInterrupt
        measured.append(entries.which)
        return measure_slopes(entries, *arguments)

    monkeypatch.setattr("gradcheck.verdicts.check_claims.measure_slopes", interrupted)
    ended = gradcheck_command("verify", *SMALL, *(("--json",) if form == "json" else ()))
    assert ended.code == 130
    assert ended.err.strip() == "gradcheck: interrupted"
    if form == "json":
        assert ended.out == ""
    else:
        assert "layer 1 biases" in ended.out
        assert "layer 2" not in ended.out
        assert "INTERRUPTED These arrays were finished" in " ".join(ended.out.split())
        assert "AGREE" not in ended.out


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("engine", ["one-by-one", "batched"])
def test_ctrl_c_ends_a_long_check_at_once(engine: str) -> None:
    import pty

    sizes = {"one-by-one": "784,300,10", "batched": "3000,1000,1000,10"}[engine]
    terminal, other_end = pty.openpty()
    # Where the test itself runs in the background, children would inherit an ignored Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "gradcheck.cli", "verify", "--sizes", sizes, "--engine", engine],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=other_end,
        )
    finally:
        signal.signal(signal.SIGINT, before)
        os.close(other_end)
    with process:
        try:
            seen = b""
            while b"costs computed" not in seen:  # the progress line: it is at work
                seen += os.read(terminal, 1024)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=5) == 130
            with contextlib.suppress(OSError):  # how the end of a terminal reads
                while more := os.read(terminal, 1024):
                    seen += more
        finally:
            process.kill()
            os.close(terminal)
    assert seen.rstrip().endswith(b"gradcheck: interrupted")
    assert b"Traceback" not in seen


# Kinks


def test_inputs_that_sit_on_the_kink_of_relu_are_no_failure(
    tmp_path: Path, gradcheck_command: Command
) -> None:
    """Black images and biases of zero: every z of the first layer is 0 for half of the images."""
    generator = np.random.default_rng(1)
    images = generator.integers(1, 255, (20, 4, 4)) * (np.arange(20) % 2)[:, None, None]
    folder = write_digits(tmp_path, images=images)
    options = ("--sizes", "16,5,10", "--activation", "relu", "--init", "scaled", "--data", folder)
    ended = gradcheck_command("verify", *options, "--plain")
    text = " ".join(ended.out.split())
    assert "DISAGREE" not in text
    assert "Kink: " in text
    assert "on one side and" in text
    assert (
        "Any value between the two slopes is a valid subgradient, so this is not a mistake." in text
    )
    record = json.loads(gradcheck_command("verify", *options, "--json").out)
    assert record["counts"]["disagree"] == 0
    assert record["counts"]["kink"] > 0
    assert record["diagnosis"] is None
    kinked = next(array for array in record["arrays"] if array["worst_verdict"] == "kink")
    low, high = kinked["worst_slopes"]
    assert low < high
    assert low - 1e-6 <= kinked["worst_backprop"] <= high + 1e-6


# JSON


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


# Digits


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("single_file", [False, True])
def test_a_mini_batch_of_digits(
    tmp_path: Path, gradcheck_command: Command, compressed: bool, single_file: bool
) -> None:
    gz = ".gz" if compressed else ""
    names = IMAGES + gz, LABELS + gz
    folder = write_digits(tmp_path, names=names, compressed=compressed)
    path = folder / names[0] if single_file else folder
    ended = gradcheck_command("verify", "--sizes", "16,5,10", "--data", path, "--init", "scaled")
    assert ended.code == 0
    assert names[0] in " ".join(ended.out.split())


# Terminals


@pytest.mark.parametrize("options", [(), ("--plain",)])
@pytest.mark.parametrize(
    "arguments",
    [
        SMALL,
        ("--sizes", "784,30,10", "--sample", "30"),
        ("--sizes", "100,100,100,100,10", "--sample", "3", "--cost", "fused-softmax-cross-entropy"),
        ("--sizes", "4,3,2", "--activation", "relu", "--scheme", "five-point"),
    ],
)
def test_output_fits_80_columns(
    gradcheck_command: Command, arguments: tuple[str, ...], options: tuple[str, ...]
) -> None:
    ended = gradcheck_command("verify", *arguments, *options)
    assert ended.code == 0
    assert max(map(len, ended.out.splitlines())) <= 80


def test_plain_is_ascii_without_escapes(gradcheck_command: Command) -> None:
    ended = gradcheck_command("verify", *SMALL, "--plain")
    assert ended.out.isascii()
    assert "\x1b" not in ended.out


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("options", "environment", "escapes"),
    [
        ((), {}, True),
        (("--plain",), {}, False),
        ((), {"NO_COLOR": "1"}, None),
        (("--json",), {}, False),
    ],
)
def test_colour_on_a_terminal(
    options: tuple[str, ...], environment: dict[str, str], escapes: bool | None
) -> None:
    import pty

    terminal, other_end = pty.openpty()
    inherited = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    process = subprocess.Popen(
        [sys.executable, "-m", "gradcheck.cli", "verify", *SMALL, *options],
        cwd=ROOT,
        stdout=other_end,
        stderr=subprocess.PIPE,
        env={**inherited, "TERM": "xterm-256color", "COLUMNS": "80", **environment},
    )
    os.close(other_end)
    seen = b""
    with process, contextlib.suppress(OSError):  # how the end of a terminal reads
        while more := os.read(terminal, 4096):
            seen += more
    os.close(terminal)
    assert process.returncode == 0
    colours = {b"\x1b[1;32m", b"\x1b[32m"}
    assert any(colour in seen for colour in colours) is bool(escapes)
    if escapes is False:
        assert b"\x1b" not in seen


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"},
        {"PYTHONIOENCODING": "utf-8", "TERM": "dumb"},
    ],
    ids=str,
)
def test_any_terminal_is_survived(gradcheck_process: Command, environment: dict[str, str]) -> None:
    ended = gradcheck_process("verify", *SMALL, **environment)
    assert ended.code == 0
    assert ended.err == ""
    assert "\x1b" not in ended.out
    assert "AGREE 23 of 23 entries" in ended.out
    assert "\\u" not in ended.out  # no box drawing where it cannot be shown
    assert max(map(len, ended.out.splitlines())) <= 80


def test_a_name_that_the_terminal_cannot_print(tmp_path: Path, gradcheck_process: Command) -> None:
    names = f"\N{SNOWMAN}-{IMAGES}", f"\N{SNOWMAN}-{LABELS}"
    folder = write_digits(tmp_path, names=names)
    options = ("--sizes", "16,5,10", "--init", "scaled", "--data", folder)
    ended = gradcheck_process("verify", *options, PYTHONIOENCODING="ascii")
    assert ended.code == 0
    assert ended.err == ""
    assert "\\u2603" in ended.out


@pytest.mark.parametrize(
    "arguments",
    [
        "--sizes 8,25,23,20,5 --activation identity --seed 37",
        "--sizes 7,6,4,27,1 --cost fused-sigmoid-cross-entropy --batch-size 1 --seed 17",
    ],
)
def test_two_engines_whose_noise_adds_up_are_no_fault(
    gradcheck_command: Command, arguments: str
) -> None:
    assert gradcheck_command("verify", *arguments.split()).code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full device is a thing of Linux")
@pytest.mark.parametrize("option", ["--plain", "--json", "--help"])
def test_a_full_disk_is_told_in_one_line(option: str) -> None:
    command = [sys.executable, "-m", "gradcheck.cli", "verify", "--sizes", "3,2", option]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT
        )
    assert ended.returncode == 2
    assert "No space left" in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a thing of POSIX")
def test_a_pipe_in_place_of_a_file_is_refused_and_not_waited_for(
    gradcheck_command: Command, tmp_path: Path
) -> None:
    for name in ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"):
        os.mkfifo(tmp_path / name)
    ended = gradcheck_command("verify", "--data", tmp_path)
    assert ended.code == 2
    assert "is not a file" in ended.err


@pytest.mark.parametrize("size", ["9" * 5000, "1e999"])
def test_sizes_beyond_all_measure_are_refused(gradcheck_command: Command, size: str) -> None:
    ended = gradcheck_command("verify", "--sizes", f"{size},1")
    assert ended.code == 2
    assert ended.err.count("\n") == 1


def test_a_name_too_long_is_refused(gradcheck_command: Command) -> None:
    assert gradcheck_command("verify", "--data", "a" * 5000).code == 2
    assert gradcheck_command("verify", "--plot", "a" * 300 + ".png").code == 2


@pytest.mark.parametrize("options", [[], ["--scheme", "complex"], ["--sample", "1"]])
def test_an_engine_that_is_wrong_is_found_out_by_full_forward_passes(
    gradcheck_command: Command, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    def too_far(values: Any, steps: Any, offsets: Any) -> Any:
        return 1.001 * displacements(values, steps, offsets)

    monkeypatch.setattr("gradcheck.engines.batched.displacements", too_far)
    ended = gradcheck_command("verify", "--sizes", "6,5,3", "--plain", *options)
    assert ended.code == 70
    assert "This is a fault of gradcheck, not of the network" in " ".join(ended.out.split())
    assert gradcheck_command("verify", "--sizes", "6,5,3", "--engine", "one-by-one").code == 0
